"""What shows that two reports tell two happenings of one kind: another day, a smaller toll, "the second in a week"."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportedly import lexicon
from reportedly.link.claims import GAP, gap
from reportedly.link.names import stem
from reportedly.link.told import Told, told
from reportedly.model import Findings, Options

DAYS = 2
"""From so many days between two reports on a sign counts: what is told on one day is told in many ways."""
LEAD = 300
"""The characters in which a report tells its own happening, and what is only remembered mostly does not stand."""
LEAD_IN = 600
"""Those in which it says that there was one before."""
ONE_DAY = frozenset({"ASSAULT", "DISASTER", "ELECTION", "RETREAT", "TEST", "TRANSFER"})
"""Classes of deeds of which a story mostly has one, on one day; people are hurt, arrested and heard on many."""
TOLLS = frozenset({"killed", "injured"})
"""Fates of which a later count in one story is not smaller."""
SPARE = frozenset({"extra", "partial", "single", "definite", "early", "wide"})
"""Marks of a figure that is not the whole count."""
_AGAIN = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth)\s(?P<what>(?:[\w,’'-]+\s){1,10}?)"
    r"(?:in|within|of|for)\s(?:less than |under |just |only |about )?"
    r"(?:as many|the|a|this|two|three|four|five|six|seven|eight|nine|ten|\d+)\s"
    r"(?:days?|nights?|weeks?|fortnight|month)\b"
    r"|\b(?:second|third|fourth|fifth|sixth)\s(?P<kind>(?:[\w’'-]+\s){1,4}?)this\s(?:week|month)\b",
    re.IGNORECASE,
)


def signs(first: Findings, second: Findings, options: Options = Options()) -> int:
    """How many signs there are that two dated reports tell two happenings of one kind; 0 where they tell one."""
    one, other = first.report.date, second.report.date
    if one is None or other is None or abs((one - other).days) < DAYS:
        return 0
    earlier, later = (first, second) if one < other else (second, first)
    before, after = told(earlier, options), told(later, options)
    repeated = _says_again(later.report.text[:LEAD_IN]) and not _says_again(earlier.report.text[:LEAD_IN])
    return repeated + _other_days(before, after) + _fell(before, after)


def may_show(told: Told) -> bool:
    """Whether a claim can be part of such a sign: a deed of a day at the beginning, or a count of the dead or hurt."""
    return any(_deeds((told,))) or any(any(_counts((told,), fate, None)) for fate in TOLLS)


@lru_cache(maxsize=4096)
def _says_again(lead: str) -> bool:
    """Whether a report calls what it tells the second of its kind within days.

    >>> _says_again("It was the second attack on a mill in a week."), _says_again("The second arrest in a week.")
    (True, False)
    """
    within = lexicon.words("within_story.txt")
    found = ((each["what"] or each["kind"]).lower().split() for each in _AGAIN.finditer(lead))
    return any(within.isdisjoint(map(stem, words)) for words in found)


def _other_days(a: tuple[Told, ...], b: tuple[Told, ...]) -> bool:
    """Whether the two tell one kind of deed of days that lie apart."""
    others = list(_deeds(b))
    return any(
        one.claim.event == other.claim.event and gap(one.claim.period, other.claim.period) >= GAP
        for one in _deeds(a)
        for other in others
    )


def _deeds(found: Iterable[Told]) -> Iterator[Told]:
    """The deeds of which a report tells the day at its beginning."""
    for each in found:
        period, asserted = each.claim.period, each.claim.factuality == "asserted"
        if each.family not in ONE_DAY or each.claim.evidence.start >= LEAD or not (period and asserted):
            continue
        if each.timed and each.dated and period.first and period.last and (period.last - period.first).days < DAYS:
            yield each


def _fell(earlier: tuple[Told, ...], later: tuple[Told, ...]) -> bool:
    """Whether the later report has a smaller toll at its beginning, and nowhere one as high as the earlier."""
    for fate in TOLLS:
        before = [low for low, _ in _counts(earlier, fate, LEAD)]
        head, after = list(_counts(later, fate, LEAD)), [high for _, high in _counts(later, fate, None)]
        if before and head and min(before) > max(after):
            return True
    return False


def _counts(found: Iterable[Told], fate: str, within: int | None) -> Iterator[tuple[float, float]]:
    """The lowest and highest of each count of people whom a fate befell; an open end is the other."""
    for each in found:
        quantity = each.claim.quantity
        if fate not in each.fate or quantity is None or (quantity.unit or "person") != "person":
            continue
        if within is not None and (each.claim.evidence.start >= within or each.part or each.counted.marks & SPARE):
            continue
        ends = [x for x in (quantity.low, quantity.high) if x]
        if ends:
            yield min(ends), max(ends)
