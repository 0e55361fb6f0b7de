"""A report's claims as comparing sees them: the concepts of their words, their parts, what bare words point at."""

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from reportedly import lexicon
from reportedly.lexicon.countries import country_of
from reportedly.link.concepts import concept, concepts, senses
from reportedly.link.counts import RARE, Count, count
from reportedly.link.names import Vector, folded, stem, vector, weight, words
from reportedly.model import Claim, Findings, Options, Report, Span

FATES = {"PROTEST": "protest", "COERCE": "arrested"}
"""What befell or moved the people whom a class of events counts, when no word says it."""
BLAME = frozenset({"ASSAULT", "ACCUSE"})
"""Classes of events whose author is what people dispute."""
DENYING = frozenset({"deny", "reject"})
"""Concepts of the cues of a denial."""
CLAIMING = frozenset({"claim", "claimed", "claiming", "credit", "responsibility"})
"""Words of the cues with which somebody takes the blame or the praise for an attack."""
NEARBY = 900
"""A bare denial ("dismissed the claim") answers what stands at most so many characters before it."""
_BOUNDARY = re.compile(r"[.!?][\"\u201d\u2019')]*\s+(?=[\"\u201c(A-Z0-9])|\n")
_DAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_MONTH = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december|(?:19|20)\d\d)\b"
)
_WHOLE = re.compile(
    r"\b(totall?ing|altogether|overall|combined|since|each|per(?! cent)|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ )?(?:operations|raids|attacks|strikes|incidents))\b",
    re.IGNORECASE,
)
_NEAR_DAY = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|overnight)\b|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b", re.IGNORECASE
)
_BLAMED = re.compile(r"(?:the )?((?:[A-Z][\w’'-]*(?: of| the)? ?){1,5}) for\b")
_HOUR = re.compile(
    r"\b(?:at |until |by )?(?P<word>noon|midday|midnight)\b"
    r"|\b(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b"
    r"|\b(?P<full>[01]?\d|2[0-3]):(?P<past>[0-5]\d)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|rather than|instead of|never)(?: \w+){0,2}? ([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)")
_NAMED = re.compile(r"\b[A-Z][a-z]+")
_AGE = re.compile(r"\b(\d{1,3})\s*-?\s*years?\s*-?\s*old\b|, (\d{2}),|\baged (\d{1,3})\b", re.IGNORECASE)
_COMPASS = frozenset({"north", "south", "east", "west"})
_TALLY = re.compile(
    r"\b(rose|risen|rises|climb\w*|grew|grown|grows|increased|jumped|mounted|revised|updated|raised)\b[^.]{0,40}\bto\b"
    r"|\b(bring|brought|tak|took|push|lift|rais)\w*\b[^.]{0,60}\b(toll|number|total|tally|count)\b[^.]{0,60}",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r"\d[\d.,]*")
_KEPT = frozenset({"people", "cared", "spot", "family", "among"})
"""Marks of a count that hold for a figure that takes it up."""
_LIVES = re.compile(r"\b(claim|los|cost|took|tak)\w*\b[^.,;]{0,30}\blives\b", re.IGNORECASE)
_PART = re.compile(r"\b(including|of them|of whom|among them|one of|some of)\b", re.IGNORECASE)


Figure = tuple[str, float, float]


class Told(NamedTuple):
    """One claim as comparing sees it: the concepts of its words and of its sentence, its parts as sets of words.

    Of its sentence: `whole` and `part` say that it counts over several events, or a part of a count; `tally` that it
    tells what a toll rose to, whose period is the day of the counting; `when` holds the days, months and years that it
    names (else the first weekday of the report), `timed` says that it names one, `dated` that the claim's day is told
    there and not carried over; `ages` are those of people, `names` the rare words of names, `ruled_out` the names
    that it says it was not.
    Of the evidence: `clock` is the minute of the day, `things` the words that say what it is about (actors and places
    left out). `named` marks an agent that is named rather than described; `speaker` is the id of a known speaker;
    `besides` are the other figures of the same mouth in the report; `alone` says that no other figure of its kind
    (what is counted, of what class) stands there.
    """

    claim: Claim
    family: str
    date: datetime.date | None
    speaker: str | None
    wording: Vector
    around: Vector
    agents: frozenset[str]
    named: bool
    patients: frozenset[str]
    item: frozenset[str]
    place: frozenset[str]
    fate: frozenset[str]
    who: frozenset[str]
    when: frozenset[str]
    timed: bool
    clock: int | None
    dated: bool
    ages: frozenset[str]
    names: frozenset[str]
    ruled_out: frozenset[str]
    whole: bool
    part: bool
    tally: bool
    counted: Count
    evidence: str
    sentence: Span
    besides: frozenset[Figure] = frozenset()
    alone: bool = False
    things: frozenset[str] = frozenset()

    @property
    def figure(self) -> Figure | None:
        """What is counted (a fate, else the unit) and how many."""
        quantity = self.claim.quantity
        return (min(self.fate, default=quantity.unit or ""), *quantity.compared) if quantity else None

    @property
    def denied(self) -> bool:
        return self.claim.factuality == "denied"


def told(findings: Findings, options: Options = Options()) -> tuple[Told, ...]:
    """The claims of a report, ready to compare; kept for the next comparison."""
    return _told(findings, options.topics, options.lexicon)


@lru_cache(maxsize=2048)
def _told(findings: Findings, topics: tuple[str, ...], folder: str | None) -> tuple[Told, ...]:
    report, families = findings.report, _families(topics, folder)
    first = [each[1].lower() for each in _DAY.finditer(report.text)][:1]
    known = {each.id for each in findings.sources if each.naming in ("named", "office")}
    said = {each.id: each.source_id for each in findings.attributions if each.source_id in known}
    found = tuple(
        _one(report, claim, families.get(claim.event, claim.event), first, said.get(claim.attribution or ""))
        for claim in findings.claims
    )
    cues = {each.id: words(each.cue.of(report.text)) for each in findings.attributions if each.cue}
    names = {each.id: each.name for each in findings.sources}
    speakers = {each.id: names.get(each.source_id or "", "") for each in findings.attributions}
    read = [_as_meant(each, found, report.text, cues, speakers) for each in found]
    besides = defaultdict[str | None, set[Figure]](set)
    for each in read:
        besides[_mouth(each)] |= {each.figure} if each.figure else set()
    kinds = defaultdict[tuple[str, str], set[Figure]](set)
    for each in read:
        if each.figure:
            kinds[each.family, each.figure[0]].add(each.figure)
    return tuple(_placed(each, besides[_mouth(each)], kinds) for each in read)


def _placed(told: Told, besides: set[Figure], kinds: Mapping[tuple[str, str], set[Figure]]) -> Told:
    """A claim with the figures that stand beside its own."""
    alone = told.figure is not None and len(kinds[told.family, told.figure[0]]) == 1
    things = frozenset(told.wording) - frozenset(map(concept, told.agents | told.place))
    return told._replace(besides=frozenset(besides - {told.figure}), alone=alone, things=things)


def _mouth(told: Told) -> str | None:
    """Who says it in its report: a known speaker, else the attribution; None in the report's own voice."""
    return told.speaker or told.claim.attribution


def _as_meant(told: Told, others: tuple[Told, ...], text: str, cues: Mapping[str, list[str]],
              speakers: Mapping[str, str]) -> Told:  # fmt: skip
    """A claim whose few words mean more: a denial of what was said before, a deed that its speaker claims, a blame."""
    if told.claim.quantity and _is_bare_figure(told):
        return _counting_on(told, others)
    said, bare = told.claim.attribution or "", _is_bare(told)
    if bare and (told.denied or not DENYING.isdisjoint(map(concept, cues.get(said, ())))):
        return _answering(told, others, text)
    if told.agents or told.family not in BLAME:
        return told
    blamed = _BLAMED.match(told.evidence)
    doer = blamed[1] if blamed else speakers.get(said, "") if CLAIMING & {*cues.get(said, ())} else ""
    agents = _telling(doer, None)
    return told._replace(agents=agents, named=True) if agents else told


def _is_bare(told: Told) -> bool:
    """Whether the words of a claim only point at what somebody else has said ("the allegation")."""
    found = [word for word in words(told.evidence) if weight(word) >= 1 or word in lexicon.words("sayings.txt")]
    return bool(found) and all(word in lexicon.words("sayings.txt") for word in found)


def _is_bare_figure(told: Told) -> bool:
    """Whether a claim gives a figure and says nothing of what it counts ("put the number at 62")."""
    known = lexicon.words("figure_nouns.txt")
    return not told.fate and all(word in known for word in words(_NUMERAL.sub(" ", told.evidence)) if weight(word) >= 1)


def _counting_on(told: Told, others: tuple[Told, ...]) -> Told:
    """A bare figure with the words of the nearest claim before it that counts the same."""
    start, unit = told.claim.evidence.start, told.claim.quantity and told.claim.quantity.unit
    near = [each for each in others if 0 < start - each.claim.evidence.start <= NEARBY and each.family == told.family]
    near = [each for each in near if each.claim.quantity and unit in (None, each.claim.quantity.unit)]
    near = [each for each in near if not _is_bare_figure(each)]
    if not near:
        return told
    meant = max(near, key=lambda each: each.claim.evidence)
    counted = meant.counted._replace(marks=told.counted.marks | meant.counted.marks & _KEPT)
    return told._replace(wording=meant.wording, around=meant.around, agents=told.agents or meant.agents,
                         patients=told.patients or meant.patients, item=told.item or meant.item, fate=meant.fate,
                         who=meant.who, counted=counted)  # fmt: skip


def _answering(told: Told, others: tuple[Told, ...], text: str) -> Told:
    """A bare denial with the words and roles of what it answers, said by others nearby: the first thing of its class in
    the last paragraph that has one, else the last that counts nothing."""
    start, by = told.claim.evidence.start, (None, _mouth(told))
    near = [each for each in others if 0 < start - each.claim.evidence.start <= NEARBY and not each.denied]
    near = [each for each in near if _mouth(each) not in by and not _is_bare(each)]
    near = [each for each in near if each.claim.quantity is None] or near
    alike = [each for each in near if each.family == told.family and told.denied]
    near = alike or near
    if not near:
        return told
    meant = max(near, key=lambda each: each.claim.evidence)
    if alike:
        line = text.rfind("\n", 0, meant.claim.evidence.start)
        meant = min((each for each in alike if each.claim.evidence.start > line), key=lambda each: each.claim.evidence)
    period = told.claim.period and meant.claim.period
    claim = replace(told.claim, factuality="denied", event=meant.claim.event, period=period)
    return told._replace(claim=claim, family=meant.family, wording=meant.wording, around=meant.around,
                         agents=meant.agents, patients=meant.patients, item=meant.item, fate=meant.fate, who=meant.who,
                         counted=meant.counted)  # fmt: skip


class Heard(NamedTuple):
    """What a sentence says beside its claims: see `Told`."""

    around: Vector
    times: tuple[str, ...]
    timed: bool
    ages: frozenset[str]
    names: frozenset[str]
    ruled_out: frozenset[str]
    whole: bool


@lru_cache(maxsize=4096)
def _heard(text: str) -> Heard:
    times = tuple(_named_times(text))
    return Heard(
        around=vector(concepts(text)),
        times=times,
        timed=bool(times or _NEAR_DAY.search(text)),
        ages=frozenset(each[1] or each[2] or each[3] for each in _AGE.finditer(text)),
        names=frozenset(word for each in _NAMED.findall(text) if weight(word := stem(each.lower())) >= RARE),
        ruled_out=frozenset(word for each in _NOT.findall(text) for word in words(each)),
        whole=bool(_WHOLE.search(text)),
    )


def _one(report: Report, claim: Claim, family: str, first: list[str], speaker: str | None) -> Told:
    evidence, around = claim.evidence.of(report.text), sentence(report.text, claim.evidence)
    said, heard = concepts(evidence), _heard(around.of(report.text))
    counted = count(claim, report.text, around)
    fate = _fate(claim, family, counted, evidence)
    lead_in = report.text[max(around.start, claim.evidence.start - 25) : claim.evidence.end]
    before = report.text[max(around.start, claim.evidence.start - 60) : claim.evidence.end]
    tally = bool(claim.quantity and fate and _TALLY.search(before))
    return Told(
        claim=claim,
        family=family,
        date=report.date,
        speaker=speaker,
        wording=vector(said),
        around=heard.around,
        agents=_names(claim, "agent"),
        named=any(name.split()[-1][:1].isupper() for name in _written(claim, "agent")),
        patients=_names(claim, "patient"),
        item=_item(claim),
        place=frozenset(words(claim.place.name)) if claim.place else frozenset(),
        fate=fate,
        who=senses(said, "who"),
        when=frozenset(heard.times or first),
        timed=heard.timed,
        clock=_clock(evidence),
        dated=_is_dated(claim, around, bool(heard.times)),
        ages=heard.ages,
        names=heard.names,
        ruled_out=heard.ruled_out,
        whole=not tally and heard.whole,
        part=bool(_PART.search(lead_in)),
        tally=tally,
        counted=counted,
        evidence=evidence,
        sentence=around,
    )


def _fate(claim: Claim, family: str, counted: Count, evidence: str) -> frozenset[str]:
    """What befell the people counted, by the words, else by the type of the event."""
    if _LIVES.search(evidence):
        return frozenset({"killed"})
    if counted.fate or (claim.quantity and (claim.quantity.unit or "person") != "person"):
        return counted.fate
    if not claim.quantity:
        return senses([concept(claim.event)], "fate")
    known = FATES.get(claim.event if family == "COERCE" else family)  # who is gassed or robbed is not arrested
    return senses([concept(claim.event)], "fate") or frozenset({known} if known else ())


def sentence(text: str, span: Span) -> Span:
    """The sentence or sentences around a span, by full stops and line ends."""
    start, end = 0, len(text)
    for mark in _BOUNDARY.finditer(text, max(0, span.start - 1500), min(len(text), span.end + 1500)):
        if mark.end() <= span.start:
            start = mark.end()
        elif mark.start() >= span.end:
            end = mark.start() + 1
            break
    return Span(start, end)


def _is_dated(claim: Claim, around: Span, named: bool) -> bool:
    """Whether the words for a claim's period stand in its sentence and are more than an hour of an unnamed day."""
    period = claim.period
    if period is None or period.span is None:
        return True
    return around.touches(period.span) and (named or "T" not in period.value)


def _clock(text: str) -> int | None:
    """The minute of the day that a text names: 5 p.m., 17:00, at noon."""
    found = _HOUR.search(text)
    if not found:
        return None
    if found["word"]:
        return {"noon": 720, "midday": 720, "midnight": 0}[found["word"].lower()]
    hour = int(found["hour"] or found["full"])
    late = (found["half"] or "a").lower() == "p"
    return (hour % 12 + 12 * late if found["half"] else hour) * 60 + int(found["minute"] or found["past"] or 0)


def _named_times(text: str) -> list[str]:
    """The weekdays, months and years that a text names, in its order."""
    found = [(each.start(), each[1].lower()) for each in _DAY.finditer(text)]
    months = [each for each in _MONTH.finditer(text.lower()) if text[each.start() : each.end()] != "may"]
    found += [(each.start(), each[1]) for each in months]
    return [name for _, name in sorted(found)]


def _names(claim: Claim, role: str) -> frozenset[str]:
    """The telling words of the actors' names."""
    found = (_telling(each.name, each.country) for each in claim.actors if each.role == role)
    return frozenset(word for named in found for word in named)


def _telling(name: str, country: str | None) -> frozenset[str]:
    """The telling words of a name; a state by whatever name is one word."""
    named = frozenset(word for word in words(folded(name)) if weight(word) >= 1)
    state = country_of(name) or (country if named <= _COMPASS else None)
    return frozenset({f"state {state}"}) if state else named - _COMPASS


def _written(claim: Claim, role: str) -> list[str]:
    return [each.name for each in claim.actors if each.role == role and each.name.strip()]


def _item(claim: Claim) -> frozenset[str]:
    """The concepts of the item's telling words; a state that strayed into it is none."""
    written = claim.item or ""
    if country_of(written):
        return frozenset()
    return frozenset(concept(word) for word in words(written) if weight(word) >= 1)


@lru_cache(maxsize=16)
def _families(topics: tuple[str, ...], folder: str | None) -> dict[str, str]:
    """Event type -> coarse class."""
    rows = [row for name in topics for row in lexicon.table(f"topics/{name}.tsv", folder)]
    return {row["type"]: row["class"] or row["type"] for row in rows}
