"""Whether two mentions of a claim rest on one origin: the same body, quotation, notice, copied text, or own voice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from reportedly.lexicon.sources import catalogue
from reportedly.link.claims import Likeness, Told
from reportedly.link.copies import ENOUGH, Shared, notice
from reportedly.link.names import folded, overlap
from reportedly.link.offices import affiliations, holds, one_body, speaks_for, titles
from reportedly.link.sketches import Quoted, Sketch
from reportedly.model import Claim, Findings, Link, Source, Span

NO_TITLE = frozenset[str]()
PASSAGES = 2
"""From so many shared passages on (with shared quotations ENOUGH characters in all) two reports draw on one text."""
QUOTED_WORDS = 6
"""The fewest words of a quotation that show one origin (DESIGN, same origin, b)."""
SAME_WORDS = 0.6
"""The part of the words of the shorter mention that stands in the other, for the two to be one passage."""
ALIKE = 0.6
"""From this likeness of their words on two quotations of one speaker are one quotation, drifted."""


class Voice(NamedTuple):
    """Whose words a claim is: who speaks, and all the people and bodies its chain passes through (ids)."""

    speaker: Source | None
    through: frozenset[str]
    relays: frozenset[str]
    publisher: str | None
    own: bool


class Cited(NamedTuple):
    """A quotation and the source it is given to."""

    quoted: Quoted
    speaker: Source | None


class Side(NamedTuple):
    """One report of a pair: its sources, the voice of each claim, its quotations."""

    findings: Findings
    sources: Mapping[str, Source]
    voices: Mapping[str, Voice]
    cited: tuple[Cited, ...]
    titles: Mapping[str, frozenset[str]]
    beside: Mapping[str, tuple[tuple[str, ...], ...]]
    cites: frozenset[str]


class Quotation(NamedTuple):
    """Two wordings of one quotation: the same (no drift) or nearly so, with what differs."""

    a: Cited
    b: Cited
    drifted: bool


class Pairing(NamedTuple):
    """Two reports side by side: what they share; `copied` when that is most of the shorter one's own words."""

    first: Side
    second: Side
    shared: Shared
    copied: bool
    quoted: tuple[Quotation, ...]

    @property
    def flipped(self) -> "Pairing":
        """The same, the other report first."""
        quoted = tuple(Quotation(each.b, each.a, each.drifted) for each in self.quoted)
        shared = self.shared._replace(a=self.shared.b, b=self.shared.a)
        return Pairing(self.second, self.first, shared, self.copied, quoted)


def side(findings: Findings, sketch: Sketch) -> Side:
    """What the origins of a report's claims hang on."""
    return _side(findings, sketch.quoted)


def origin_link(a: Told, b: Told, reason: str, text: str, field: str | None = None,
                spans: tuple[tuple[Span, ...], tuple[Span, ...]] | None = None) -> Link:  # fmt: skip
    """A together-link between two mentions."""
    a_spans, b_spans = spans or ((a.claim.evidence,), (b.claim.evidence,))
    strength = {"own-voice": 0.8, "same-quotation": 0.9}.get(reason, 0.95)
    return Link(kind="origin", stance="together", a=a.claim.id, b=b.claim.id, strength=strength, reason=reason,
                field=field, text=text, a_spans=a_spans, b_spans=b_spans, made_by="link")  # fmt: skip


def same_body(a: Told, b: Told, first: Side, second: Side) -> Link | None:
    """Reason (a): both chains end in, or pass through, one person or body."""
    one, other = first.voices[a.claim.id], second.voices[b.claim.id]
    sources = {**first.sources, **second.sources}
    met = _met(one, other, sources, first is second) or _office_met(one, other, first, second)
    if met is None:
        return None
    return origin_link(a, b, "same-body", f"both rest on {met}")


def drawn(a: Told, b: Told, first: Side, second: Side) -> Link | None:
    """Reason (a) once more: what a report says in its own voice and an outlet's report says that it cites elsewhere."""
    one, other = first.voices[a.claim.id], second.voices[b.claim.id]
    outlet = _drawn(one, other, first) or _drawn(other, one, second)
    if outlet is None:
        return None
    return origin_link(a, b, "same-body", f"the one report cites {outlet}, whose report says the same")


def own_voice(a: Told, b: Told, here: Side) -> Link | None:
    """Reason (f): in one report, an unattributed mention of what the report also attributes."""
    one, other = here.voices[a.claim.id], here.voices[b.claim.id]
    if one.own == other.own:
        return None
    speaker = (other if one.own else one).speaker
    name = speaker.name if speaker else "its source"
    return origin_link(a, b, "own-voice", f"the report says it itself and gives it to {name}")


def copied(a: Told, b: Told, pair: Pairing, likeness: Likeness) -> Link | None:
    """Reasons (c) and (d): both mentions stand in passages that the reports share, or a notice says so.

    A like sentence with another figure is no shared passage, nor is one sentence of background a copied report.
    """
    inside = _inside(a.claim, pair.shared.a) and _inside(b.claim, pair.shared.b) and _same_words(a, b, likeness)
    said = notice(pair.first.findings.report, pair.second.findings.report)
    if said and (inside or likeness.wording >= 0.8):
        return origin_link(a, b, said[0], said[1])
    if inside and pair.copied:
        return origin_link(a, b, "copied-text", "both stand in a passage that the two reports share")
    return None


def one_text(a: Told, b: Told, pair: Pairing, likeness: Likeness) -> Link | None:
    """Reason (d) once more: two reports that share several passages draw on one text; so do mentions of which one is
    the report's own voice or nobody's by name. Quotations alone do not show it: both may quote one speech."""
    quotes, passages = {each.a.quoted.span for each in pair.quoted}, pair.shared.a
    length = sum(span.end - span.start for span in (*passages, *quotes))
    voices = pair.first.voices[a.claim.id], pair.second.voices[b.claim.id]
    if len(passages) < PASSAGES or length < ENOUGH or not any(_hidden(each.speaker) for each in voices):
        return None
    if not _one_figure(a, b, likeness):
        return None
    return origin_link(a, b, "copied-text", "the two reports share several passages and draw on one text")


def quotations(first: Side, second: Side) -> Iterator[Quotation]:
    """The quotations of six words or more that two reports share, from speakers who may be one."""
    sources = {**first.sources, **second.sources}
    for one, other in product(first.cited, second.cited):
        if _may_be_one(one.speaker, other.speaker, sources):
            found = drifted(one.quoted.words, other.quoted.words)
            if found is not None:
                yield Quotation(one, other, found)


def same_quotation(a: Told, b: Told, shared: Sequence[Quotation]) -> Link | None:
    """Reason (b): both mentions stand in one quotation; what differs in its wording is told."""
    for each in shared:
        if each.a.quoted.span.holds(_core(a.claim)) and each.b.quoted.span.holds(_core(b.claim)):
            spans = ((each.a.quoted.span,), (each.b.quoted.span,))
            one, other = each.a.quoted.words, each.b.quoted.words
            text = drift(one, other) if each.drifted else f"the same quotation: {' '.join(one[:12])}"
            return origin_link(a, b, "same-quotation", text, "quotation" if "[" in text else None, spans)
    return None


def same_speaker(a: Told, b: Told, pair: Pairing) -> Link | None:
    """Reason (b) once more: the two speakers are shown to be one by a quotation that both reports give."""
    one, other = pair.first.voices[a.claim.id].speaker, pair.second.voices[b.claim.id].speaker
    if one is None or other is None:
        return None
    for each in pair.quoted:
        if each.a.speaker and each.b.speaker and (each.a.speaker.id, each.b.speaker.id) == (one.id, other.id):
            words = " ".join(each.a.quoted.words[:12])
            who = f"{one.name} says" if one.name == other.name else f"{one.name} and {other.name} say"
            return origin_link(a, b, "same-quotation", f"{who} the same words: {words}")
    return None


def related(a: str, b: str, sources: Mapping[str, Source]) -> bool:
    """Whether two sources are one body: the same, one part of the other, or both parts of one body.

    What merely belongs to one state is not one body: two ministries are two.
    """
    if a == b:
        return True
    above_a, above_b = _above(a, sources), _above(b, sources)
    if a in above_b or b in above_a:
        return True
    return any(each in above_b and not _is_state(each, sources) for each in above_a)


def _above(source: str, sources: Mapping[str, Source]) -> list[str]:
    found: list[str] = []
    held = _held(source, sources)
    while held and held.part_of and held.part_of not in found:
        found.append(held.part_of)
        held = _held(held.part_of, sources)
    return found


def _held(source: str, sources: Mapping[str, Source]) -> Source | None:
    return sources.get(source) or catalogue().sources.get(source)


def _is_state(source: str, sources: Mapping[str, Source]) -> bool:
    held = _held(source, sources)
    return held is None or (held.kind == "government" and not held.part_of)


def _met(a: Voice, b: Voice, sources: Mapping[str, Source], one_report: bool) -> str | None:
    """The name of the person or body in which two voices meet; not in the agency that hears both."""
    host = a.publisher if a.publisher == b.publisher and not (a.own and b.own) else None
    for one in sorted(a.through):
        for other in sorted(b.through):
            if (
                host not in (one, other)
                and related(one, other, sources)
                and (one_report or (_known(sources[one]) and _known(sources[other])))
            ):
                return sources[one].name if one == other else f"{sources[one].name} and {sources[other].name}"
    if one_report:
        return None
    if _hidden(a.speaker) and _hidden(b.speaker):
        relays = (a.relays & {*b.relays, b.publisher}) | (b.relays & {*a.relays, a.publisher})
    else:
        relays = _retold(a, b) | _retold(b, a)
    return sources[min(relays)].name if relays else None


def _drawn(own: Voice, other: Voice, here: Side) -> str | None:
    """The name of the outlet from which a report that cites it also has what it says in its own voice."""
    if own.own and other.publisher in here.cites:
        return here.sources[other.publisher].name
    return None


def _retold(a: Voice, b: Voice) -> frozenset[str]:
    """The outlet to which one report gives a claim, when it is that outlet's report that gives it to somebody."""
    if a.own or a.speaker is None or a.speaker.kind != "outlet":
        return frozenset()
    return frozenset({a.speaker.id} & {*b.relays, b.publisher})


def _office_met(a: Voice, b: Voice, first: Side, second: Side) -> str | None:
    """The names of an office and of the one person whom the two reports give its title, or the two of one body."""
    if "office" not in (_naming(a), _naming(b)):
        return None
    if a.speaker and b.speaker and one_body(a.speaker, b.speaker):
        return " and ".join(sorted({a.speaker.name, b.speaker.name}))
    named = {each: first.titles.get(each, NO_TITLE) | second.titles.get(each, NO_TITLE)
             for each in first.titles.keys() | second.titles.keys()}  # fmt: skip
    for office, person in ((a.speaker, b.speaker), (b.speaker, a.speaker)):
        if office and person and (holds(office, person, named) or _speaks(office, person, first, second)):
            return f"{office.name} and {person.name}"
    return None


def _speaks(body: Source, person: Source, first: Side, second: Side) -> bool:
    return any(speaks_for(body, person, side.beside) for side in (first, second))


def _naming(voice: Voice) -> str:
    return voice.speaker.naming if voice.speaker else "none"


def _hidden(speaker: Source | None) -> bool:
    """Whether only an outlet answers for what is said."""
    return speaker is None or not _known(speaker) or speaker.kind == "outlet"


def _known(source: Source) -> bool:
    return source.naming in ("named", "office")


def _may_be_one(a: Source | None, b: Source | None, sources: Mapping[str, Source]) -> bool:
    if a is None or b is None or not _known(a) or not _known(b):
        return True
    return related(a.id, b.id, sources)


def _inside(claim: Claim, passages: Iterable[Span]) -> bool:
    middle = (claim.evidence.start + claim.evidence.end) // 2
    return any(span.start <= middle < span.end for span in passages)


def _same_words(a: Told, b: Told, likeness: Likeness) -> bool:
    return _one_figure(a, b, likeness) and overlap(a.wording, b.wording) >= SAME_WORDS


def _one_figure(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two mentions give one figure, or not both give one."""
    return likeness.figure > 0 or a.claim.quantity is None or b.claim.quantity is None


def _core(claim: Claim) -> Span:
    middle = (claim.evidence.start + claim.evidence.end) // 2
    return Span(middle, middle + 1)


def drifted(a: tuple[str, ...], b: tuple[str, ...]) -> bool | None:
    """None: not one quotation; False: the same words, or the one holds the other; True: nearly the same words."""
    if min(len(a), len(b)) < QUOTED_WORDS or not _common(a, b):
        return None
    matches = [SequenceMatcher(None, *pair, autojunk=False) for pair in ((a, b), (b, a))]
    longest = max(match.find_longest_match().size for match in matches)
    if longest == min(len(a), len(b)):
        return False
    # the matcher's blocks depend on which text comes first; the better of the two counts
    shared = max(sum(block.size for block in match.get_matching_blocks()) for match in matches)
    if shared < max(ALIKE * min(len(a), len(b)), QUOTED_WORDS - 1):
        return False if longest >= 2 * QUOTED_WORDS else None
    return True


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return len(set(a) & set(b)) >= ALIKE * QUOTED_WORDS


def drift(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """The words that differ, in brackets: "a [one|other] word"; what only one has at its ends is left out.

    >>> drift(("the", "old", "road"), ("the", "new", "road"))
    'the [old|new] road'
    """
    turned = _shared(b, a) > _shared(a, b) or (_shared(b, a) == _shared(a, b) and b < a)
    if turned:  # the matcher's blocks depend on which text comes first: the better ones, the same either way
        a, b = b, a
    steps = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    while steps and steps[0][0] != "equal":
        steps = steps[1:]
    while steps and steps[-1][0] != "equal":
        steps = steps[:-1]
    parts = []
    for kind, a_start, a_end, b_start, b_end in steps:
        one, other = " ".join(a[a_start:a_end]), " ".join(b[b_start:b_end])
        parts.append(one if kind == "equal" else f"[{other}|{one}]" if turned else f"[{one}|{other}]")
    return " ".join(parts)


def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    return sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())


@lru_cache(maxsize=2048)
def _side(findings: Findings, quoted: tuple[Quoted, ...]) -> Side:
    sources = {source.id: source for source in findings.sources}
    publisher = _publisher(findings, sources)
    attributions = {each.id: each for each in findings.attributions}
    voices = {}
    for claim in findings.claims:
        attribution = attributions.get(claim.attribution or "")
        if attribution is None:
            through = frozenset({publisher.id}) if publisher else frozenset[str]()
            voices[claim.id] = Voice(publisher, through, frozenset(), publisher.id if publisher else None, True)
        else:
            chain = [sources[each] for each in attribution.chain if each in sources]
            voices[claim.id] = _voice(chain, sources.get(attribution.source_id or ""), publisher)
    named = titles(findings.report.text, findings.sources)
    beside = affiliations(findings.report.text, findings.sources)
    heard = {each for attribution in findings.attributions for each in attribution.chain if each in sources}
    cites = frozenset(
        each for each in heard if sources[each].kind in ("outlet", "state_media") and sources[each] != publisher
    )
    return Side(findings, sources, voices, tuple(_cited(findings, sources, quoted)), named, beside, cites)


def _voice(chain: Sequence[Source], speaker: Source | None, publisher: Source | None) -> Voice:
    bodies = {each.id for each in chain[:-1] if each.kind != "outlet" and not _platform(each)}
    relays = {each.id for each in chain if each.kind == "outlet" and each != publisher}
    last = speaker or (chain[-1] if chain else None)
    if last and (last != publisher or speaker):  # who publishes its own statement is its origin
        bodies.add(last.id)
    return Voice(last, frozenset(bodies), frozenset(relays), publisher.id if publisher else None, False)


def _publisher(findings: Findings, sources: Mapping[str, Source]) -> Source | None:
    """Who speaks in the report's own voice: the wire whose copy it is, else its outlet."""
    report = findings.report
    wire = report.agency or (report.dateline.agency if report.dateline else None)
    wanted = folded(wire or report.outlet or "")
    for source in sources.values():
        if wanted and wanted in {folded(name) for name in (source.name, *source.aliases)}:
            return source
    return None


def _cited(findings: Findings, sources: Mapping[str, Source], quoted: tuple[Quoted, ...]) -> Iterator[Cited]:
    for each in quoted:
        if len(each.words) >= QUOTED_WORDS:
            holders = [a for a in findings.attributions if any(span.touches(each.span) for span in a.content)]
            holders.sort(key=lambda a: sum(span.end - span.start for span in a.content))
            speaker = sources.get(holders[0].source_id or "") if holders else None
            yield Cited(each, speaker)


def _platform(source: Source) -> bool:
    """Whether it is a site on which people post: that carries words and is never their origin."""
    row = catalogue().find(source.name)
    return row is not None and row.id in catalogue().platforms
