"""When: every time expression of a report, placed on the calendar.

In news, times count from the report's date; in a history, from the last date told.
"""

import re
from datetime import date, timedelta

import msgspec

from reportedly.model import Options, Period, Segmented, Span
from reportedly.normalise.dates import SEASON_MONTH, days_of, moved, precision_of, value_at
from reportedly.normalise.narrative import Told, after, asides, begin
from reportedly.normalise.tense import tense
from reportedly.normalise.time_grammar import find
from reportedly.normalise.time_words import Meaning

MADE_BY = "periods 1"
UNKNOWN = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX"}
_LINK = re.compile(r" ?(?:and|to|or|through|until|-|–|—|/|,|and in|to the) ?")


def periods(segmented: Segmented, options: Options) -> tuple[Period, ...]:
    """Every time expression in the order of the text, with TIMEX3 value and type and, where known, its days."""
    text = segmented.report.text
    meanings = _dated_by_next(_joined(find(text), text), text)
    told = begin(meanings, segmented.report.date)
    aside = asides(meanings) if told.history else frozenset()
    placed: list[Period] = []
    for meaning in meanings:
        if meaning.value and meaning.frame == "narrative" and not told.history:
            continue
        period = place(meaning, told, text)
        placed.append(period)
        if meaning.span.start not in aside:
            told = after(told, meaning, period, text)
    return tuple(placed)


def place(meaning: Meaning, told: Told, text: str) -> Period:
    """One expression on the calendar, as far as the dates told allow."""
    if meaning.value is not None:
        return Period(
            first=None,
            last=None,
            precision="other",
            value=meaning.value,
            type=meaning.type,
            span=meaning.span,
            made_by=MADE_BY,
        )
    try:
        value, anchor = _value(meaning, told, text)
    except (ValueError, OverflowError):
        value, anchor = _unknown(meaning), None
    value += _part(meaning)
    first, last = _clipped(meaning.span.of(text).lower(), days_of(value), told.report)
    return Period(
        first=first,
        last=last,
        precision=precision_of(value),
        value=value,
        type=meaning.type,
        span=meaning.span,
        anchor=anchor,
        made_by=MADE_BY,
    )


def _clipped(
    words: str, days: tuple[date | None, date | None], reported: date | None
) -> tuple[date | None, date | None]:
    """ "earlier this week" ends with the report's day, "later this week" begins after it."""
    first, last = days
    if not (first and last and reported and first <= reported < last):
        return days
    if words.startswith(("earlier", "so far")):
        return first, reported
    return (reported + timedelta(days=1), last) if words.startswith(("later", "the rest", "rest of")) else days


def _value(meaning: Meaning, told: Told, text: str) -> tuple[str, date | None]:
    """The value and the date it was counted from."""
    if meaning.before_christ and meaning.year is not None:
        return _before_christ(meaning, meaning.year), None
    if meaning.year is not None:
        return _absolute(meaning, meaning.year), None
    if told.before_christ and meaning.frame != "report":
        return _before_christ(meaning, told.before_christ), None
    anchor = _anchor(meaning, told, text)
    if anchor is None:
        return _unknown(meaning), None
    if meaning.part and meaning.part.startswith("T"):
        return _hours(meaning, anchor), anchor
    if meaning.year_step is not None:
        return _absolute(meaning, anchor.year + meaning.year_step), anchor
    if meaning.step is not None and meaning.weekday is None and meaning.month is None and meaning.index is None:
        return value_at(moved(anchor, meaning.grain, meaning.step), meaning.grain), anchor
    return _nearest(meaning, anchor, told, text), anchor


def _before_christ(meaning: Meaning, year: int) -> str:
    """A value before Christ; years count backwards."""
    if meaning.step and meaning.grain == "year":
        year -= round(meaning.step)
    if meaning.grain == "decade":
        return f"BC{year // 10 - round(meaning.step or 0):03}"
    if meaning.grain == "century":
        return f"BC{year // 100:02}"
    if meaning.index:
        return f"BC{year:04}-{meaning.index}"
    if meaning.month:
        return f"BC{year:04}-{meaning.month:02}" + (f"-{meaning.day:02}" if meaning.day else "")
    return f"BC{year:04}" + ("" if meaning.grain == "year" else "-XX-XX")


def _hours(meaning: Meaning, anchor: date) -> str:
    """Hours before or after a day: the day itself, as no clock is known."""
    return value_at(anchor, "day")


def _absolute(meaning: Meaning, year: int) -> str:
    if meaning.day and meaning.month:
        return date(year, meaning.month, meaning.day).isoformat()
    if meaning.month:
        return f"{year:04}-{meaning.month:02}"
    if meaning.index:
        return f"{year:04}-{meaning.index}"
    return value_at(date(max(year, 1), 1, 1), meaning.grain)


def _anchor(meaning: Meaning, told: Told, text: str) -> date | None:
    if told.history:
        deictic = (
            meaning.frame == "report" and meaning.grain in ("year", "month", "week") and abs(meaning.step or 0) <= 1
        )
        return told.report if deictic and told.report else told.last or told.report
    close = told.end >= 0 and "\n" not in text[told.end : meaning.span.start].strip("\n")
    if meaning.frame == "narrative" and close and told.last:
        return told.last
    return told.report or told.last


def _nearest(meaning: Meaning, anchor: date, told: Told, text: str) -> str:
    """The unit that fits best: before the anchor in what is told, after it in what is to come."""
    ahead = 0 if told.history else tense(meaning.span, text)
    if meaning.weekday and not meaning.month:
        return _weekday_near(meaning, anchor, ahead)
    if meaning.day and not meaning.month:
        return date(anchor.year, anchor.month, meaning.day).isoformat()
    if meaning.month or meaning.index:
        return _month_near(meaning, anchor, ahead, told.history)
    if meaning.grain == "weekend":
        back = -1 if ahead <= 0 and anchor.weekday() < 5 else 0
        return value_at(moved(anchor, "week", back), "weekend")
    return value_at(anchor, meaning.grain)


def _weekday_near(meaning: Meaning, anchor: date, ahead: int) -> str:
    wanted = (meaning.weekday or 1) - 1
    if meaning.step == 1 or (meaning.step is None and ahead > 0):
        days = (wanted - anchor.weekday()) % 7 or (7 if meaning.step == 1 else 0)
    elif meaning.step == 0:
        days = wanted - anchor.weekday()
    else:
        days = -((anchor.weekday() - wanted) % 7) or (-7 if meaning.step == -1 else 0)
    return (anchor + timedelta(days=days)).isoformat()


def _month_near(meaning: Meaning, anchor: date, ahead: int, history: bool) -> str:
    month = meaning.month or _index_month(meaning.index or "")
    if history:
        year = _year_told(month, meaning, anchor)
    elif meaning.step == 0:
        year = anchor.year
    elif meaning.step == -1 or (meaning.step is None and ahead <= 0):
        year = anchor.year - (_later(month, meaning.day, anchor) or (meaning.step == -1 and month == anchor.month))
    else:
        year = anchor.year + _earlier(month, meaning.day, anchor)
    if meaning.step is None and not history and ahead <= 0 and _soon(month, meaning.day, anchor, 60 if ahead else 100):
        year = anchor.year + _earlier(month, meaning.day, anchor)
    return _absolute(meaning, year)


def _soon(month: int, day: int | None, anchor: date, days: int) -> bool:
    """Whether the next such day is near: who means that of almost a year ago says its year, or "last"."""
    coming = date(anchor.year + _earlier(month, day, anchor), month, min(day or 1, 28))
    return 0 < (coming - anchor).days <= days


def _year_told(month: int, meaning: Meaning, anchor: date) -> int:
    """In a history the year is that of the last date, unless the month says that it has gone on to the next."""
    if meaning.step:
        return (
            anchor.year + (meaning.step == 1 and month <= anchor.month) - (meaning.step == -1 and month >= anchor.month)
        )
    behind = anchor.month - month
    return anchor.year + 1 if behind >= 10 else anchor.year


def _index_month(index: str) -> int:
    if index in SEASON_MONTH:
        return SEASON_MONTH[index]
    return (int(index[1]) - 1) * (3 if index[0] == "Q" else 6) + (3 if index[0] == "Q" else 6)


def _later(month: int, day: int | None, anchor: date) -> bool:
    return (month, day or 1) > (anchor.month, anchor.day if day else 1)


def _earlier(month: int, day: int | None, anchor: date) -> bool:
    return (month, day or 1) < (anchor.month, anchor.day if day else 1)


def _unknown(meaning: Meaning) -> str:
    if meaning.month:
        return f"XXXX-{meaning.month:02}" + (f"-{meaning.day:02}" if meaning.day else "")
    if meaning.weekday:
        return f"XXXX-WXX-{meaning.weekday}"
    if meaning.index:
        return f"XXXX-{meaning.index}"
    return UNKNOWN.get(meaning.grain, "XXXX")


def _part(meaning: Meaning) -> str:
    if not meaning.part or meaning.part.startswith("T"):
        return ""
    return f"T{meaning.part}"


def _dated_by_next(meanings: tuple[Meaning, ...], text: str) -> tuple[Meaning, ...]:
    """A date without a year given that of the date it is joined to: "between March and April 1918"."""
    out = list(meanings)
    for place in range(len(out) - 2, -1, -1):
        one, two = out[place], out[place + 1]
        if (
            one.month is None
            or one.year is not None
            or two.year is None
            or two.month is None
            or one.year_step is not None
        ):
            continue
        if _LINK.fullmatch(text[one.span.end : two.span.start]):
            later = (one.month, one.day or 0) > (two.month, two.day or 31)
            out[place] = msgspec.structs.replace(one, year=two.year - later, before_christ=two.before_christ)
    return tuple(out)


def _joined(meanings: tuple[Meaning, ...], text: str) -> tuple[Meaning, ...]:
    """Clock times and parts of day taken together with the day beside them ("6:05 a.m. on Thursday")."""
    out: list[Meaning] = []
    for meaning in meanings:
        between = text[out[-1].span.end : meaning.span.start] if out else ""
        if (
            out
            and _is_bare_time(out[-1])
            and meaning.type == "DATE"
            and meaning.value is None
            and meaning.grain == "day"
            and between in (" on ", " ", ", ", ", on ", " of ")
        ):
            out[-1] = msgspec.structs.replace(
                meaning, span=Span(out[-1].span.start, meaning.span.end), type="TIME", part=out[-1].part
            )
        else:
            out.append(meaning)
    return tuple(out)


def _is_bare_time(meaning: Meaning) -> bool:
    return (
        meaning.type == "TIME"
        and meaning.weekday is None
        and meaning.month is None
        and meaning.day is None
        and bool(meaning.part)
        and meaning.frame != "report"
    )
