"""Whether two claims are one: event, roles, item, figure, period, place and polarity decide, wording helps."""

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from reportedly import lexicon
from reportedly.link.concepts import concept, senses
from reportedly.link.names import cosine, overlap, stem
from reportedly.link.told import Told as Told
from reportedly.link.told import told as told
from reportedly.model import Link, Period, Quantity

LEAST = 0.3
"""The weakest likeness of two claims that is kept as a link."""
NEVER = -99.0
"""Log odds of two claims that cannot be one."""
LARGE = 10
"""From here on a figure is no small number that many things have."""
SURE = 0.85
"""Log odds from which on two claims speak of one happening beyond doubt."""
GAP = 2
"""From so many days between two periods on they are two events; one day apart may be the hour, or the clock's zone."""
WIDE = 5
"""Days by which one period must outlast the other for the two to be of another scope (one raid, a year of raids)."""
SOON = 10
"""Minutes by which two hours of one event may differ."""
DEPUTY = frozenset({"deputy", "vice", "assistant"})
"""Words of titles that make another person of the one who has the title without them."""
STATE = "STATUS"
"""The class of what holds or is: of all that is no event of another class."""
ANY = frozenset({"unit", "item", "piece"})
"""Counted words that may stand for any other."""
ROUNDED = 0.03
"""The part by which a figure converted to another unit may be off."""


class Likeness(NamedTuple):
    """How two claims compare. `frame` is how far they speak of one happening, set by hand, figure and polarity left
    out; `odds` the fitted log odds that they are one claim, where nothing speaks against it.

    `gap` counts the days between two periods that have both ends. Each field is 1 same, 0 unknown, -1 different;
    `scope` is -1 where one counts over several events.
    """

    frame: float
    odds: float
    wording: float
    gap: int
    event: int
    figure: int
    agents: int
    item: int
    place: int
    period: int
    fate: int
    who: int
    scope: int
    polarity: int

    @property
    def same(self) -> float:
        """The probability that the two are one claim."""
        return 1 / (1 + math.exp(-self.odds))


def worth(a: Told, others: Iterable[Told]) -> Iterator[Told]:
    """Those that share a word, or a class of events, with a claim: what shares neither is neither one nor opposed."""
    for each in others:
        if each.family == a.family or not a.wording.keys().isdisjoint(each.wording):
            yield each


def same_claim(a: Told, b: Told, likeness: Likeness) -> Link | None:
    """A together-link, when the two may be one claim."""
    strength = likeness.same
    if strength < LEAST:
        return None
    return Link(kind="claim", stance="together", a=a.claim.id, b=b.claim.id, strength=round(strength, 4),
                reason="same-claim", text=_why(likeness), a_spans=(a.claim.evidence,), b_spans=(b.claim.evidence,),
                made_by="link")  # fmt: skip


def agreeing(a: tuple[Told, ...], b: tuple[Told, ...]) -> int:
    """How many happenings two reports share beyond doubt, whatever figures they give: alike, of one day and of one
    actor or place, or of one figure."""
    used: set[str] = set()
    for one in a:
        for other in worth(one, b):
            if other.claim.id not in used and _beyond_doubt(one, other, compare(one, other)):
                used.add(other.claim.id)
                break
    return len(used)


def _beyond_doubt(a: Told, b: Told, likeness: Likeness) -> bool:
    if likeness.frame + 1.6 * max(0, likeness.figure) < SURE or likeness.gap >= GAP:
        return False
    if min(likeness.place, likeness.fate, likeness.period) < 0:
        return False
    worded = likeness.wording >= 0.5 and not (a.names and b.names and a.names.isdisjoint(b.names))
    counted = likeness.figure > 0 and a.claim.quantity is not None and worded
    return counted or (likeness.period > 0 and (likeness.agents > 0 or likeness.place > 0 or worded))


def compare(a: Told, b: Told) -> Likeness:
    """How two claims compare, field by field."""
    wording = cosine(a.wording, b.wording) if a.wording and b.wording else 0.3
    event = _events(a, b)
    agents, item, place = _agents(a, b), parts(a.item, b.item), parts(a.place, b.place)
    told_days = a.dated and b.dated
    scope, period = scopes(a.claim.period, b.claim.period) if told_days else 0, periods(a, b)
    fate, who = _fates(a.fate, b.fate), _people(a.who, b.who)
    one, other = a.claim.quantity, b.claim.quantity
    days = 0 if a.tally or b.tally or not told_days else gap(a.claim.period, b.claim.period)
    frame = (
        -2.1
        + 3.2 * wording
        + 1.2 * cosine(a.around, b.around)
        + (0.9, 0.5, -1.2)[1 - event]
        + (0.5, 0.0, -0.8)[1 - agents]
        + (0.7, 0.0, -0.6)[1 - item]
        + (0.4, 0.0, -0.5)[1 - place]
        + (0.3, 0.0, -1.8)[1 - period]
        + (0.8, 0.0, -1.0)[1 - fate]
        + 0.5 * (scope == 0 and _again(a, b))
        - 0.4 * (who < 0)
        - 0.3 * (_open(a) != _open(b))
        - 3.5 * (scope < 0)
        - 0.3 * ((one is None) != (other is None))
    )
    polarity = 1 if a.denied == b.denied else -1
    fields = (event, figures(one, other), agents, item, place, period, fate, who, scope, polarity)
    found = Likeness(frame, NEVER, wording, days, *fields)
    if min(found.figure, polarity, fate) < 0 or days >= GAP or (scope < 0 and a.whole != b.whole):
        return found
    if a.family == b.family == STATE and not (wording or found.figure > 0 or _one_hour(a, b)):
        return found  # two states of things, not a word in common: one topic at most
    if event < 0 and _only_number(a, b, found):
        return found
    weights = _weights()
    odds = math.fsum(weights[name] * value for name, value in features(a, b, found).items() if value)
    return found._replace(odds=odds + weights["bias"])


def _only_number(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether a small number of people is all that two claims share, or the people are of two kinds: three missing
    nurses, three managers charged."""
    counted = a.claim.quantity
    if likeness.figure <= 0 or counted is None or counted.unit not in ("person", None) or likeness.fate > 0:
        return False
    small = (counted.low or 0) < LARGE and not (a.things & b.things) - numbers()
    return small or likeness.who < 0


@lru_cache(maxsize=1)
def numbers() -> frozenset[str]:
    """The concepts of the words for numbers."""
    rows = (row for row in lexicon.table("numbers.tsv") if row["kind"] in ("small", "scale", "suffix"))
    return frozenset(concept(stem(row["word"])) for row in rows)


def features(a: Told, b: Told, likeness: Likeness) -> dict[str, float]:
    """What speaks for two claims being one, and against it (lexicon/claim_weights.tsv has the weights)."""
    one, other = a.claim.quantity, b.claim.quantity
    figure, one_report = likeness.figure > 0, a.claim.report == b.claim.report
    return {
        "wording": likeness.wording,
        "shared words": _shared(frozenset(a.wording), frozenset(b.wording)),
        "shared things": _shared(a.things, b.things) if a.wording and b.wording else likeness.wording,
        "sentence": cosine(a.around, b.around),
        "other event": likeness.event < 0,
        "figures off": _off(one, other) if likeness.figure == 0 else 0.0,
        "other hour": a.clock is not None and b.clock is not None and abs(a.clock - b.clock) > SOON,
        "same hour": _one_hour(a, b),
        "same agents": likeness.agents > 0,
        "other agents": likeness.agents < 0,
        "other place": likeness.place < 0,
        "same period": likeness.period > 0,
        "other scope": likeness.scope < 0,
        "one whole": a.whole != b.whole,
        "one figure only": (one is None) != (other is None),
        "same figure": figure,
        "same figure, wording": figure * likeness.wording,
        "same large figure": figure and one is not None and (one.low or 0) >= LARGE,
        "same speaker": _again(a, b),
        "one still open": _open(a) != _open(b),
        "one report": one_report,
        "one sentence": one_report and a.sentence == b.sentence,
    }


def _off(a: Quantity | None, b: Quantity | None) -> float:
    """How far the bounds of two figures that may both hold lie apart (the logarithm of their ratio, 1 at most)."""
    ends = [next((x for x in (each.low, each.high) if x), None) if each else None for each in (a, b)]
    return min(1.0, abs(math.log(abs(ends[0] / ends[1])))) if ends[0] and ends[1] else 0.0


def _one_hour(a: Told, b: Told) -> bool:
    return a.clock is not None and a.clock == b.clock


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    """The part of the lighter set that the other shares; less of it where that is but a word."""
    return overlap(a, b) * (1 if min(len(a), len(b)) > 1 else 0.75)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in lexicon.table("claim_weights.tsv")}


def _events(a: Told, b: Told) -> int:
    """1 one type of event, or one fate of which a toll is told; 0 one class, -1 two."""
    if a.claim.event == b.claim.event or ((a.tally or b.tally) and a.fate & b.fate):
        return 1
    return 0 if a.family == b.family else -1


def figures(a: Quantity | None, b: Quantity | None) -> int:
    """1 the same figure, 0 none or compatible bounds, -1 intervals apart or other units."""
    if a is None or b is None:
        return 0
    if not one_unit(a, b):
        return 1 if a.compared == b.compared and _any_unit(a, b) else -1
    (low, high), (floor, ceiling) = interval(a, b), interval(b, a)
    if low > ceiling or floor > high:
        return -1
    return 1 if math.isfinite(low + high + floor + ceiling) or (low, high) == (floor, ceiling) else 0


def interval(a: Quantity, b: Quantity) -> tuple[float, float]:
    """The interval of a figure as compared with another: where they have two units of one measure, in the smallest
    of them, and a little wider: converted figures are rounded."""
    low, high = a.compared
    if not a.unit or not b.unit or stem(a.unit.lower()) == stem(b.unit.lower()):
        return low, high
    factor = _measures()[a.unit][1]
    return low * factor * (1 - ROUNDED), high * factor * (1 + ROUNDED)


def one_unit(a: Quantity, b: Quantity) -> bool:
    """Whether two figures count the same kind of thing in the same way; an unknown unit fits any."""
    if (a.change, a.rate) != (b.change, b.rate):
        return False
    if not a.unit or not b.unit or stem(a.unit.lower()) == stem(b.unit.lower()):
        return True
    known = _measures()
    return a.unit in known and b.unit in known and known[a.unit][0] == known[b.unit][0]


def _any_unit(a: Quantity, b: Quantity) -> bool:
    """Whether one counts "units" of what the other names: bottles, jobs, rifles."""
    units = {a.unit or "", b.unit or ""}
    return (a.change, a.rate) == (b.change, b.rate) and bool(units & ANY) and units.isdisjoint(_measures())


def measured(unit: str) -> bool:
    """Whether a unit is of length, weight, time and the like."""
    return unit in _measures()


@lru_cache(maxsize=1)
def _measures() -> dict[str, tuple[str, float]]:
    """Unit -> what it measures, and how many of the smallest go into it."""
    return {row["unit"]: (row["kind"], float(row["factor"])) for row in lexicon.table("measures.tsv")}


def periods(a: Told, b: Told) -> int:
    """1 overlapping days, 0 unknown, -1 days apart; in undated reports, what the sentences call the day or month."""
    one, other = a.claim.period, b.claim.period
    if one is None or other is None or not (one.first or one.last) or not (other.first or other.last):
        return -1 if a.when and b.when and not (a.when & b.when or one or other or (a.date and b.date)) else 0
    late = one.first and other.last and one.first > other.last and not a.tally
    early = other.first and one.last and other.first > one.last and not b.tally
    if late or early:
        return -1 if a.dated and b.dated else 0
    return 1 if one.first and other.first else 0


def gap(a: Period | None, b: Period | None) -> int:
    """The days between two periods that have both ends; 0 where they meet or an end is open."""
    if not (a and b and a.first and a.last and b.first and b.last):
        return 0
    return max(0, (a.first - b.last).days, (b.first - a.last).days)


def scopes(a: Period | None, b: Period | None) -> int:
    """-1 where one period is far longer than the other, else 0."""
    lengths = [(each.last - each.first).days for each in (a, b) if each and each.first and each.last]
    return -1 if len(lengths) == 2 and max(lengths) > 4 * (min(lengths) + 1) + WIDE else 0


def parts(a: frozenset[str], b: frozenset[str]) -> int:
    """1 much the same words, 0 none on one side, -1 others."""
    if not a or not b:
        return 0
    return 1 if overlap(a, b) >= 0.5 else -1


def _agents(a: Told, b: Told) -> int:
    """As `parts`; but one who is named may be the one whom another report describes, and steelworkers are workers."""
    found = parts(a.agents, b.agents)
    if found > 0 and DEPUTY & (a.agents ^ b.agents):
        return -1
    described = a.named != b.named and not (b if a.named else a).agents <= _fights()
    if found < 0 and (described or any(_ends(x, y) or _ends(y, x) for x in a.agents for y in b.agents)):
        return 0
    return found


@lru_cache(maxsize=1)
def _fights() -> frozenset[str]:
    """Nouns of fighting: "the war" describes nobody."""
    return frozenset(map(concept, lexicon.words("combats.txt")))


def _ends(word: str, other: str) -> bool:
    return len(other) >= 5 and word.endswith(other)


def _again(a: Told, b: Told) -> bool:
    """Whether two reports give one known speaker, who counts in both or in neither: mostly it is one statement."""
    heard = a.speaker is not None and a.speaker == b.speaker and a.claim.report != b.claim.report
    return heard and (a.claim.quantity is None) == (b.claim.quantity is None)


def _open(of: Told) -> bool:
    """Whether it is still to come, or only possible."""
    return of.claim.factuality in ("planned", "possible")


def _senses(a: frozenset[str], b: frozenset[str]) -> int:
    if not a or not b:
        return 0
    return 1 if a & b else -1


def _people(a: frozenset[str], b: frozenset[str]) -> int:
    """As `_senses`; but men may be soldiers or workers."""
    found = _senses(a, b)
    return 0 if found < 0 and {"man"} in (a, b) and not {"woman", "child"} & (a | b) else found


def _fates(a: frozenset[str], b: frozenset[str]) -> int:
    """As `_senses`; but those aboard a ship may well be those who were captured."""
    found = _senses(a, b)
    return 0 if found < 0 and bool(senses(a, "spare")) != bool(senses(b, "spare")) else found


def _why(likeness: Likeness) -> str:
    fields = ("event", "figure", "agents", "item", "place", "period", "fate")
    same = [name for name in fields if getattr(likeness, name) > 0]
    return f"same {', '.join(same) or 'wording'}; wording {likeness.wording:.2f}"
