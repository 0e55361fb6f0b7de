"""Through whom an attribution came to the reader: republisher, outlet, relays that the text shows, the speaker last."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reportedly.lexicon import countries, words
from reportedly.lexicon.sources import Catalogue, fold
from reportedly.model import Attribution, Segmented, Source, Span, identify
from reportedly.resolve.context import MADE_BY, Speaker
from reportedly.resolve.kinds import media_kind
from reportedly.resolve.phrases import read
from reportedly.resolve.pieces import Piece, cut

RELAYING = ("outlet", "state_media")
CARRIED = re.compile(r"\b(quoted|cited|carried|reported|published|broadcast|aired|released|relayed|run|issued)\b", re.I)
PASSIVE = re.compile(r"\b(quoted|cited|reported)( as|$)|\bquoted\b", re.I)
PRESENTED = re.compile(r"\b(told|to|with|by|on|via|through|in|at|for)$", re.I)


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """The relays of the release that the last paragraphs pass on, and the words they gave it.

    `reach` is how many paragraphs after `paragraph` it still holds.
    """

    relays: tuple[Source, ...] = ()
    speakers: frozenset[str] = frozenset()
    content: str = ""
    paragraph: int = 0
    reach: int = 0


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One report with its resolved speakers."""

    segmented: Segmented
    catalogue: Catalogue
    attributions: Mapping[str, Attribution]
    speakers: Mapping[str, Speaker]


def publishers(segmented: Segmented, catalogue: Catalogue) -> tuple[Source, ...]:
    """Republisher, then outlet; the wire when no outlet is known."""
    report = segmented.report
    outlet = report.outlet or report.agency or (report.dateline.agency if report.dateline else None)
    return tuple(_outlet(name, catalogue) for name in (report.republisher, outlet) if name)


def agencies(segmented: Segmented, catalogue: Catalogue) -> tuple[Source, ...]:
    """The wires that credit or dateline name: sources of the report though no chain passes through them."""
    report = segmented.report
    names = (report.agency, report.dateline.agency if report.dateline else None)
    return tuple(_outlet(name, catalogue) for name in names if name)


def _outlet(name: str, catalogue: Catalogue) -> Source:
    row = catalogue.find(name)
    if row:
        return row
    return Source(
        id=identify("source", "outlet", fold(name)), name=name, kind="outlet", naming="named", made_by=MADE_BY
    )


def chains(scene: Scene) -> dict[str, tuple[Source, ...]]:
    """Attribution id -> its chain."""
    made: dict[str, tuple[Source, ...]] = {}
    run = Run()
    front = publishers(scene.segmented, scene.catalogue)
    for attribution in sorted(scene.attributions.values(), key=_order):
        speaker = scene.speakers.get(attribution.id)
        parent = _parent(attribution, scene)
        before = _chain_of(parent, scene, made, front) if parent else front
        relays = _relays(attribution, scene, run) if not parent else _shown(attribution, scene)
        if not parent:
            run = _next_run(attribution, speaker, relays, run, scene)
        known = {source.id for source in before}
        relays = tuple(relay for relay in relays if relay.id not in known)
        made[attribution.id] = _joined((*before, *relays, *((speaker.source,) if speaker else ())))
    return made


def _order(attribution: Attribution) -> tuple[int, int]:
    spans = [s for s in (attribution.source, attribution.cue) if s] or list(attribution.content)
    return (0 if attribution.within is None else 1, min(s.start for s in spans))


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
    return _twin(attribution, scene) or _shown(attribution, scene) or _kept(attribution, scene, run)


def _twin(attribution: Attribution, scene: Scene) -> tuple[Source, ...]:
    """ "..., state television reported, cited by AFP": the second carries what the first says."""
    for other in scene.attributions.values():
        if other is attribution or other.within or other.cue is None or other.id not in scene.speakers:
            continue
        cue = other.cue.of(scene.segmented.report.text).casefold()
        carries = cue.endswith(" by") and CARRIED.search(cue)
        if carries and _shares_content(attribution, other):
            return (scene.speakers[other.id].source,)
    return ()


def _shares_content(a: Attribution, b: Attribution) -> bool:
    return any(x.touches(y) for x in a.content for y in b.content)


def _shown(attribution: Attribution, scene: Scene) -> tuple[Source, ...]:
    """The relays in the words round source and cue: "told ISNA", "on Twitter", "in a statement carried by KCNA"."""
    text = scene.segmented.report.text
    own = _owned_by(attribution, scene)
    found = list(own)
    for span in _surroundings(attribution, scene):
        pieces = cut(span.of(text), scene.catalogue)
        for at in range(len(pieces)):
            relay = _relay(pieces, at, text, span.start, scene, attribution)
            if relay:
                found.append(relay)
    return tuple(found)


def _owned_by(attribution: Attribution, scene: Scene) -> tuple[Source, ...]:
    """ "The Courier's Ann Lee" speaks through the Courier."""
    if not attribution.source:
        return ()
    cut_up = cut(attribution.source.of(scene.segmented.report.text), scene.catalogue)
    pieces = [piece for piece in cut_up if piece.sort != "article"]
    if len(pieces) > 2 and pieces[0].source and pieces[1].sort == "own" and pieces[2].sort == "name":
        return (pieces[0].source,) if pieces[0].source.kind in RELAYING else ()
    return ()


def _surroundings(attribution: Attribution, scene: Scene) -> list[Span]:
    """The parts of the sentences with source and cue that are neither source nor content."""
    marks = [span for span in (attribution.source, attribution.cue) if span]
    taken = sorted([*attribution.content, *([attribution.source] if attribution.source else [])])
    found: list[Span] = []
    for sentence in scene.segmented.sentences:
        if not any(sentence.touches(mark) for mark in marks):
            continue
        start = sentence.start
        for span in taken:
            if span.touches(sentence):
                found.append(Span(start, max(start, span.start)))
                start = max(start, span.end)
        found.append(Span(start, max(start, sentence.end)))
    return [span for span in found if span.end - span.start > 2]


def _relay(
    pieces: Sequence[Piece], at: int, text: str, offset: int, scene: Scene, attribution: Attribution
) -> Source | None:
    piece = pieces[at]
    carrier = piece.source if piece.source and _carries(piece.source, scene.catalogue) else None
    local = _local_media(pieces, at) if carrier is None else ""
    if carrier is None and not local:
        return None
    lead = text[max(0, offset + piece.start - 80) : offset + piece.start]
    if not _presents(lead) or _is_other_source(offset + piece.start, scene, attribution):
        return None
    return carrier or _local(pieces, at, local, scene)


def _carries(source: Source, catalogue: Catalogue) -> bool:
    return source.kind in RELAYING or source.id in catalogue.platforms


def _local_media(pieces: Sequence[Piece], at: int) -> str:
    # "told Iranian media": a state and a media noun.
    piece = pieces[at]
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if piece.sort != "state" or after is None or after.role is None or after.role.sort != "media":
        return ""
    return f"{countries.countries()[piece.code].adjective} {after.text}"


def _local(pieces: Sequence[Piece], at: int, name: str, scene: Scene) -> Source:
    kind = media_kind(read(name, scene.catalogue), scene.catalogue)
    key = identify("source", "body", fold(name))
    return Source(id=key, name=name, kind=kind, naming="office", country=pieces[at].code, made_by=MADE_BY)


def _presents(lead: str) -> bool:
    """Whether the words before a medium make it the way the words came: "told the", "in an interview with"."""
    bare = re.sub(
        r"(\b(the|a|an|his|her|its|their|state|official|state-run|student|semi-official|local)\b|\s)+$",
        "",
        lead,
        flags=re.I,
    )
    return bool(PRESENTED.search(bare)) and not re.search(r"according to$", bare, re.I)


def _is_other_source(at: int, scene: Scene, attribution: Attribution) -> bool:
    others = (a for a in scene.attributions.values() if a.id != attribution.id)
    return any(a.source and a.source.start <= at < a.source.end for a in others)


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
    speaks = attribution.style == "direct" or any(w in words("speech.txt") for w in re.findall(r"\w+", cue))
    known = speaker.source.id in run.speakers or _is_named_in(speaker, run)
    return run.relays if speaks and known else ()


def _is_human(speaker: Speaker) -> bool:
    return speaker.source.kind not in RELAYING and speaker.source.kind != "document"


def _is_named_in(speaker: Speaker, run: Run) -> bool:
    last = speaker.source.name.split()
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


def _prints(attribution: Attribution, scene: Scene) -> bool:
    """Whether the relay passes on what was said to it or released, and is no stage ("speaking on Channel 5")."""
    around = " ".join(span.of(scene.segmented.report.text) for span in _surroundings(attribution, scene))
    return not re.search(r"\b(speaking|appearing|interview(ed)?) (\w+ )?(on|with)\b", around, re.I)
