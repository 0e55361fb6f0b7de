"""Through whom an attribution came to the reader: republisher, outlet, relays that the text shows, the speaker last."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from reportedly.lexicon import words
from reportedly.lexicon.sources import Catalogue
from reportedly.model import Attribution, Report, Segmented, Source
from reportedly.resolve.context import Speaker
from reportedly.resolve.relays import RELAYING, Scene, outlet, shown, surroundings

CARRIED = re.compile(r"\b(quoted|cited|carried|reported|published|broadcast|aired|released|relayed|run|issued)\b", re.I)
QUOTING = re.compile(r"\b(quoted|quoting|quotes|cited|citing|cites)\b")
# An occasion of its own: what is said there did not come through the paper that the paragraph before cites.
OCCASION = re.compile(r"\b(statements?|conference|interview|briefing|hearing|testified|court|speech)\b", re.I)
# A credit for a part of the text only.
SHARED = re.compile(r"\W*(?:with|additional|inputs?|by|agenc|staff|news agencies)\b", re.I)
PASSIVE = re.compile(r"\b(quoted|cited|reported)( as|$)|\bquoted\b", re.I)


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """The relays of the release that the last paragraphs pass on, and the words they gave it.

    `reach` is how many paragraphs after `paragraph` it still holds.
    """

    relays: tuple[Source, ...] = ()
    speakers: frozenset[str] = frozenset()
    content: str = ""
    paragraph: int = 0
    reach: int = 0


def publishers(segmented: Segmented, catalogue: Catalogue) -> tuple[Source, ...]:
    """Republisher, then outlet, then the wire whose copy it prints; the wire alone when no outlet is known."""
    report = segmented.report
    front = [outlet(each, catalogue) for each in (report.republisher, report.outlet) if each]
    if report.outlet is None:
        return (*front, *agencies(segmented, catalogue)[:1])
    wire = _copied(report, catalogue)
    own = {source.id for source in front}
    # A paper's own desk is no wire whose copy it prints.
    return (*front, wire) if wire and wire.id not in own and wire.part_of not in own else tuple(front)


def _copied(report: Report, catalogue: Catalogue) -> Source | None:
    """The known wire in the dateline, or in a credit that gives the whole text to it ("With reporting by" does not)."""
    part = any(n.kind == "agency" and SHARED.match(n.span.of(report.text)) for n in report.notices)
    names = (report.dateline.agency if report.dateline else None, None if part else report.agency)
    rows = (catalogue.find(name) for name in names if name)
    return next((row for row in rows if row and row.wire), None)


def agencies(segmented: Segmented, catalogue: Catalogue) -> tuple[Source, ...]:
    """The wires that credit or dateline name: sources of the report though no chain passes through them."""
    report = segmented.report
    names = (report.agency, report.dateline.agency if report.dateline else None)
    return tuple(outlet(name, catalogue) for name in names if name)


def chains(scene: Scene) -> dict[str, tuple[Source, ...]]:
    """Attribution id -> its chain."""
    made: dict[str, tuple[Source, ...]] = {}
    run = Run()
    front = publishers(scene.segmented, scene.catalogue)
    for attribution in sorted(scene.attributions.values(), key=lambda a: (_depth(a, scene), _start(a))):
        speaker = scene.speakers.get(attribution.id)
        parent = _parent(attribution, scene)
        before = _chain_of(parent, scene, made, front) if parent else front
        relays = _relays(attribution, scene, run) if not parent else shown(attribution, scene)
        if not parent:
            run = _next_run(attribution, speaker, relays, run, scene)
        known = {source.id for source in before}
        relays = tuple(relay for relay in relays if relay.id not in known)
        made[attribution.id] = _joined((*before, *relays, *((speaker.source,) if speaker else ())))
    return made


def _depth(attribution: Attribution, scene: Scene) -> int:
    """How many attributions it stands in, so that chains are made from the outside in."""
    seen = {attribution.id}
    parent = scene.attributions.get(attribution.within or "")
    while parent and parent.id not in seen:
        seen.add(parent.id)
        parent = scene.attributions.get(parent.within or "")
    return len(seen)


def _start(attribution: Attribution) -> int:
    spans = [span for span in (attribution.source, attribution.cue) if span] or list(attribution.content)
    return min(span.start for span in spans)


def _joined(chain: Iterable[Source]) -> tuple[Source, ...]:
    kept: list[Source] = []
    for source in chain:
        if not kept or kept[-1].id != source.id:
            kept.append(source)
    return tuple(kept)


def _parent(attribution: Attribution, scene: Scene) -> Attribution | None:
    """The attribution it came through: the one it stands in, unless that one only answers it."""
    parent = scene.attributions.get(attribution.within or "")
    if parent is None or _answers(parent, scene):
        return None
    return parent


def _answers(parent: Attribution, scene: Scene) -> bool:
    cue = parent.cue.of(scene.segmented.report.text).casefold() if parent.cue else ""
    return any(word in words("answers.txt") for word in re.findall(r"\w+", cue))


def _chain_of(
    parent: Attribution, scene: Scene, made: Mapping[str, tuple[Source, ...]], front: tuple[Source, ...]
) -> tuple[Source, ...]:
    if parent.id in made:
        return made[parent.id]
    speaker = scene.speakers.get(parent.id)
    return (*front, *((speaker.source,) if speaker else ()))


def _relays(attribution: Attribution, scene: Scene, run: Run) -> tuple[Source, ...]:
    return _twin(attribution, scene) or shown(attribution, scene) or _kept(attribution, scene, run)


def _twin(attribution: Attribution, scene: Scene) -> tuple[Source, ...]:
    """ "..., state television reported, cited by AFP": the second carries what the first says.

    So does A in "A quoted B as saying ..." and in "A, citing B, reported ..." where B does not stand inside A's words.
    """
    own = _cue(attribution, scene)
    for other in scene.attributions.values():
        if other is attribution or other.within or other.cue is None or other.id not in scene.speakers:
            continue
        cue = _cue(other, scene)
        carries = cue.endswith(" by") and CARRIED.search(cue)
        quotes = QUOTING.search(cue) and not cue.endswith(" by") and not QUOTING.search(own)
        cited = own in ("citing", "quoting") and not QUOTING.search(cue)
        if (carries or quotes or cited) and _shares_content(attribution, other):
            return (scene.speakers[other.id].source,)
    return ()


def _cue(attribution: Attribution, scene: Scene) -> str:
    return attribution.cue.of(scene.segmented.report.text).casefold() if attribution.cue else ""


def _shares_content(a: Attribution, b: Attribution) -> bool:
    return any(x.touches(y) for x in a.content for y in b.content)


def _kept(attribution: Attribution, scene: Scene, run: Run) -> tuple[Source, ...]:
    """A speaker quoted within a run of paragraphs that relays one release keeps that relay."""
    speaker = scene.speakers.get(attribution.id)
    if _paragraph(attribution, scene) > run.paragraph + run.reach:
        return ()
    if not run.relays or speaker is None or attribution.cue is None or not _is_human(speaker):
        return ()
    cue = attribution.cue.of(scene.segmented.report.text).casefold()
    if PASSIVE.search(cue):
        return run.relays
    if run.relays[0].kind == "outlet" and OCCASION.search(" ".join([cue, *_around(attribution, scene)])):
        return ()
    speaks = attribution.style == "direct" or any(w in words("speech.txt") for w in re.findall(r"\w+", cue))
    known = speaker.source.id in run.speakers or _is_named_in(speaker, run)
    return run.relays if speaks and known else ()


def _is_human(speaker: Speaker) -> bool:
    return speaker.source.kind not in RELAYING and speaker.source.kind != "document"


def _is_named_in(speaker: Speaker, run: Run) -> bool:
    last = speaker.source.name.split() or [" "]
    return any(re.search(rf"\b{re.escape(word)}\b", run.content) for word in {last[0], last[-1]} if word[0].isupper())


def _next_run(
    attribution: Attribution, speaker: Speaker | None, relays: tuple[Source, ...], run: Run, scene: Scene
) -> Run:
    if speaker is None:
        return run
    text = scene.segmented.report.text
    front = {source.id for source in publishers(scene.segmented, scene.catalogue)}
    said = " ".join(span.of(text) for span in attribution.content)
    if speaker.source.kind == "state_media" or (speaker.source.kind == "outlet" and speaker.source.id not in front):
        same = run.relays[:1] == (speaker.source,)
        return Run(
            relays=(speaker.source,),
            speakers=run.speakers if same else frozenset(),
            content=f"{run.content} {said}" if same else said,
            paragraph=_paragraph(attribution, scene),
            reach=2,
        )
    held = tuple(
        r for r in relays if r.id not in scene.catalogue.platforms and r.id not in front and _prints(attribution, scene)
    )
    if not held:
        return Run()
    here = _paragraph(attribution, scene)
    same = held == run.relays
    before = run.speakers if same else frozenset()
    # What was told to an agency goes on for a paragraph, a release for as long as it is passed on.
    reach = run.reach if same and run.content else 1
    return Run(
        relays=held,
        speakers=before | {speaker.source.id},
        content=run.content if same else "",
        paragraph=here,
        reach=reach,
    )


def _paragraph(attribution: Attribution, scene: Scene) -> int:
    at = (attribution.source or attribution.content[0]).start
    return sum(span.start <= at for span in scene.segmented.paragraphs)


def _around(attribution: Attribution, scene: Scene) -> list[str]:
    return [span.of(scene.segmented.report.text) for span in surroundings(attribution, scene)]


def _prints(attribution: Attribution, scene: Scene) -> bool:
    """Whether the relay passes on what was said to it or released, and is no stage ("speaking on Channel 5")."""
    around = " ".join(_around(attribution, scene))
    return not re.search(r"\b(speaking|appearing|interview(ed)?) (\w+ )?(on|with)\b", around, re.I)
