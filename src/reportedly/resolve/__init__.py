"""Who speaks in each attribution, and through whom it came: `resolve`."""

from collections.abc import Iterable, Sequence

import msgspec

from reportedly.lexicon.sources import catalogue
from reportedly.model import Attribution, Options, Segmented, Source
from reportedly.resolve.chains import agencies, chains, publishers
from reportedly.resolve.relays import Scene
from reportedly.resolve.scan import scan
from reportedly.resolve.speakers import speakers


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """The attributions with `source_id` and `chain`, and every source that a chain or a credit names."""

    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]


def resolve(segmented: Segmented, attributions: Sequence[Attribution], options: Options = Options()) -> Resolved:
    """The speakers of a report as sources, names, offices and pronouns made one; chains run outermost first."""
    known = catalogue(options.lexicon)
    context, found = speakers(segmented, attributions, scan(segmented, known), known)
    by_id = {attribution.id: attribution for attribution in attributions}
    made = chains(Scene(segmented=segmented, catalogue=known, attributions=by_id, speakers=found, context=context))
    settled = tuple(
        msgspec.structs.replace(
            attribution,
            source_id=found[attribution.id].source.id if attribution.id in found else None,
            chain=tuple(source.id for source in made[attribution.id]),
        )
        for attribution in attributions
    )
    front = (*publishers(segmented, known), *agencies(segmented, known))
    return Resolved(attributions=settled, sources=_once((*front, *(s for chain in made.values() for s in chain))))


def _once(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple({source.id: source for source in sources}.values())
