"""Whether two claims are one: event, roles, item, figure, period, place and polarity decide, wording helps."""

import datetime
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportedly.link.names import Vector, cosine, folded, overlap, stem, vector, words
from reportedly.model import Claim, Findings, Link, Period, Quantity, Report, Span

LEAST = 0.3
"""The weakest likeness of two claims that is kept as a link."""
_BOUNDARY = re.compile(r"[.!?][\"\u201d\u2019')]*\s+(?=[\"\u201c(A-Z0-9])|\n")
_FIGURE = re.compile(r"\d")


class Told(NamedTuple):
    """One claim as comparing sees it: its words without figures, those of its sentence, its parts as word sets."""

    claim: Claim
    date: datetime.date | None
    wording: Vector
    around: Vector
    agents: frozenset[str]
    parties: frozenset[str]
    item: frozenset[str]
    place: frozenset[str]
    evidence: str

    @property
    def denied(self) -> bool:
        return self.claim.factuality == "denied"


class Likeness(NamedTuple):
    """How two claims compare. `frame` leaves figure and polarity out; each field is 1 same, 0 unknown, -1 different."""

    frame: float
    wording: float
    event: int
    figure: int
    agents: int
    item: int
    place: int
    period: int
    polarity: int

    @property
    def same(self) -> float:
        """The probability that the two are one claim."""
        if self.figure < 0 or self.polarity < 0:
            return 0.0
        return _odds(self.frame + 1.6 * self.figure)


def told(findings: Findings) -> tuple[Told, ...]:
    """The claims of a report, ready to compare; kept for the next comparison."""
    return _told(findings.report, findings.claims)


def pairs(a: tuple[Told, ...], b: tuple[Told, ...]) -> Iterator[tuple[Told, Told, Likeness]]:
    """Every pair worth a look, the lower claim id first; within one report (a is b) each pair once."""
    for i, one in enumerate(a):
        for other in a[i + 1 :] if a is b else b:
            first, second = (one, other) if one.claim.id < other.claim.id else (other, one)
            yield first, second, compare(first, second)


def same_claim(a: Told, b: Told, likeness: Likeness) -> Link | None:
    """A together-link, when the two may be one claim."""
    strength = likeness.same
    if strength < LEAST:
        return None
    return Link(
        kind="claim",
        stance="together",
        a=a.claim.id,
        b=b.claim.id,
        strength=round(strength, 4),
        reason="same-claim",
        text=_why(likeness),
        a_spans=(a.claim.evidence,),
        b_spans=(b.claim.evidence,),
        made_by="link",
    )


def compare(a: Told, b: Told) -> Likeness:
    """How two claims compare, field by field."""
    wording = cosine(a.wording, b.wording)
    event = 1 if a.claim.event == b.claim.event else -1
    agents, item, place = _parts(a.agents, b.agents), _parts(a.item, b.item), _parts(a.place, b.place)
    period = periods(a.claim.period, b.claim.period)
    frame = (
        -2.2
        + 3.4 * (wording if a.wording and b.wording else 0.35)
        + 1.2 * cosine(a.around, b.around)
        + (0.9 if event > 0 else -1.4)
        + (0.5, 0.7, -0.9)[agents]
        * (agents != 0)
        + 0.6 * item
        + 0.3 * place
        + (0.3 if period > 0 else 1.5 * period)
    )
    figure = figures(a.claim.quantity, b.claim.quantity)
    polarity = 1 if a.denied == b.denied else -1
    return Likeness(frame, wording, event, figure, agents, item, place, period, polarity)


def figures(a: Quantity | None, b: Quantity | None) -> int:
    """1 the same figure, 0 none or compatible bounds, -1 intervals apart or other units."""
    if a is None or b is None:
        return 0
    if a.unit and b.unit and stem(a.unit.lower()) != stem(b.unit.lower()):
        return -1
    (low, high), (floor, ceiling) = a.compared, b.compared
    if low > ceiling or floor > high:
        return -1
    return 1 if math.isfinite(low + high + floor + ceiling) or (low, high) == (floor, ceiling) else 0


def periods(a: Period | None, b: Period | None) -> int:
    """1 overlapping days, 0 unknown, -1 days apart."""
    if a is None or b is None or (a.first or a.last) is None or (b.first or b.last) is None:
        return 0
    apart = (a.first and b.last and a.first > b.last) or (b.first and a.last and b.first > a.last)
    if apart:
        return -1
    return 1 if a.first and b.first else 0


def _parts(a: frozenset[str], b: frozenset[str]) -> int:
    if not a or not b:
        return 0
    return 1 if overlap(a, b) >= 0.5 else -1


def _odds(total: float) -> float:
    return 1 / (1 + math.exp(-total))


def _why(likeness: Likeness) -> str:
    names = {"event": likeness.event, "figure": likeness.figure, "agents": likeness.agents, "item": likeness.item,
             "place": likeness.place, "period": likeness.period}  # fmt: skip
    same = [name for name, value in names.items() if value > 0]
    return f"same {', '.join(same) or 'wording'}; wording {likeness.wording:.2f}"


@lru_cache(maxsize=2048)
def _told(report: Report, claims: tuple[Claim, ...]) -> tuple[Told, ...]:
    return tuple(_one(report, claim) for claim in claims)


def _one(report: Report, claim: Claim) -> Told:
    evidence = claim.evidence.of(report.text)
    return Told(
        claim=claim,
        date=report.date,
        wording=vector(_plain(evidence)),
        around=vector(_plain(sentence(report.text, claim.evidence).of(report.text))),
        agents=_names(claim, ("agent",)),
        parties=_names(claim, ()),
        item=frozenset(words(claim.item or "")),
        place=frozenset(words(claim.place.name)) if claim.place else frozenset(),
        evidence=evidence,
    )


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


def _plain(text: str) -> list[str]:
    return [word for word in words(text) if not _FIGURE.search(word)]


def _names(claim: Claim, roles: tuple[str, ...]) -> frozenset[str]:
    found = [each.name for each in claim.actors if not roles or each.role in roles]
    return frozenset(word for name in found for word in words(folded(name)))
