"""The places that a report names, each with its state and point, and which of them an event happened at."""

from collections.abc import Sequence

from spacy.tokens import Doc

from reportedly.language import parse
from reportedly.model import Options, Place, Segmented, Span
from reportedly.normalise.place_mentions import Mention, Scene, demonyms as peoples_of, mentions
from reportedly.normalise.place_senses import Named, senses
from reportedly.normalise.places_index import Candidate, candidates

MADE_BY = "places 1"


def places(segmented: Segmented, options: Options, demonyms: bool = False) -> tuple[Place, ...]:
    """Every place named, in the order of the text; with `demonyms` also "French" and "the French" as France."""
    doc = parse(segmented)
    scene = Scene(doc, segmented)
    found = mentions(scene)
    people = peoples_of(scene)
    named = _tied(found, doc)
    chosen = senses(named, [code for _, _, code in people])
    out = [_place(doc, m.start, m.end, c) for m, c in zip(found, chosen, strict=True)]
    if demonyms:
        taken = {at for m in found for at in range(m.start, m.end)}
        out += [_of_people(doc, *each) for each in people if each[0] not in taken]
    return tuple(sorted(out, key=lambda place: place.span))


def _tied(found: Sequence[Mention], doc: Doc) -> list[Named]:
    starts = {m.start: m for m in found}
    outer = {m.end: o for m in found if (o := _outer(m, doc, starts)) is not None}
    inner = {outer[m.end].start: m for m in found if m.end in outer}
    out = []
    for n, m in enumerate(found):
        peers = tuple(o for o in found[max(0, n - 1) : n + 2] if o is not m and _listed(m, o, doc))
        out.append(Named(doc[m.start : m.end].text, m, outer.get(m.end), inner.get(m.start), peers))
    return out


def _outer(m: Mention, doc: Doc, starts: dict[int, Mention]) -> Mention | None:
    # "Ludlow, Shropshire", "Ludlow in Shropshire", "Ludlow (Shropshire)", "Ludlow, in Shropshire"; not "Iowa, Ohio".
    between = [token.lower_ for token in doc[m.end : m.end + 2]]
    if not between or between[0] not in {",", "in", "("}:
        return None
    size = 2 if between == [",", "in"] else 1
    found = starts.get(m.end + size)
    regions = {c.country for c in m.candidates if c.kind == "region"}
    listed = found and any(c.kind == "region" and c.country in regions for c in found.candidates)
    return None if listed and doc[m.start : m.end].text != doc[found.start : found.end].text else found


def _listed(a: Mention, b: Mention, doc: Doc) -> bool:
    between = doc[min(a.end, b.end) : max(a.start, b.start)]
    return 0 < len(between) < 3 and all(token.lower_ in {",", "and", "or", ";", "&"} for token in between)


def _place(doc: Doc, start: int, end: int, chosen: Candidate) -> Place:
    span = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))
    return Place(
        name=chosen.name,
        span=span,
        country=chosen.country,
        lat=chosen.lat,
        lon=chosen.lon,
        id=chosen.id,
        made_by=MADE_BY,
    )


def _of_people(doc: Doc, start: int, end: int, code: str) -> Place:
    from reportedly.lexicon.countries import countries

    state = next((c for c in candidates(countries()[code].name) if c.kind == "state"), None)
    assert state is not None
    return _place(doc, start, end, state)


def place_of_event(segmented: Segmented, evidence: Span, found: Sequence[Place]) -> Place | None:
    """Where the event of some evidence happened: the place within it, else one around it that is not the speaker's."""
    doc = parse(segmented)
    inside = [place for place in found if evidence.holds(place.span)]
    located = [place for place in inside if _is_location(doc, place)]
    return next(iter(located), None)


def _is_location(doc: Doc, place: Place) -> bool:
    return True
