"""Times that stretch: "since January", "from March to May", "by the end of the year", "the year to April"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from reportedly.model import Period
from reportedly.normalise.dates import moved
from reportedly.normalise.numbers import value_of

NEAR = 40  # characters before a time in which the words stand that stretch it
_JOIN = re.compile(r" (?:and|to|until|till|through|up to) (?:the )?(?:end of )?", re.IGNORECASE)
_LED = re.compile(
    r"(?:^|\W)(?P<word>since|until|till|through|by|before|between|from|so far)"
    r"(?: (?:the|about|around|just|early|late|mid))* $",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\b(?:(?P<number>\w+) )?(?P<unit>year|months|weeks|quarters)(?: that)? (?:to|through|ended|ending)"
    r"(?: (?:in|on|to|the end of))? $",
    re.IGNORECASE,
)
_BACK = re.compile(r"(?:the )?(?:past|last)\b", re.IGNORECASE)
_LENGTH = re.compile(r"P(?P<time>T)?(?P<count>\d+)(?P<unit>[HDWMY])")
LONGEST = 999  # units; beyond that no report counts back from its own day
MONTHS = {"year": 12, "quarters": 3, "months": 1}


def stretched(periods: Sequence[Period], text: str, day: date | None) -> tuple[Period, ...]:
    """The periods with the days that the words around them add; `day` is that of the report."""
    found = []
    for place, period in enumerate(periods):
        following = periods[place + 1] if place + 1 < len(periods) else None
        found.append(_joined(period, following, text) or _back(period, text, day) or _led(period, text, day) or period)
    return tuple(found)


def _before(period: Period, text: str) -> str:
    start = period.span.start if period.span else 0
    return text[max(0, start - NEAR) : start]


def _joined(period: Period, following: Period | None, text: str) -> Period | None:
    """ "between October and February", "from March to May": from the first day of one to the last of the other."""
    if following is None or not (period.span and following.span and period.first and following.last):
        return None
    led = _LED.search(_before(period, text))
    if led is None or led["word"].lower() not in {"between", "from"} or following.last < period.first:
        return None
    link = _JOIN.fullmatch(text[period.span.end : following.span.start])
    return _days(period, period.first, following.last) if link else None


def _back(period: Period, text: str, day: date | None) -> Period | None:
    """ "over the past week": so long before the report's day."""
    length = _LENGTH.fullmatch(period.value) if period.type == "DURATION" else None
    if day is None or length is None or period.span is None or not _BACK.match(period.span.of(text)):
        return None
    count = int(length["count"])
    if count > LONGEST:
        return None
    if length["time"]:
        return _days(period, day - timedelta(days=-(-count // 24)), day)
    unit = {"D": "day", "W": "week", "M": "month", "Y": "year"}.get(length["unit"], "day")
    return _days(period, moved(day, unit, -count), day)  # type: ignore[arg-type]


def _led(period: Period, text: str, day: date | None) -> Period | None:
    """One time with the word before it: "since", "until", "by", "so far", "the year to"."""
    before = _before(period, text)
    if (length := _TRAILING.search(before)) is not None:
        return _trailing(period, length)
    led = _LED.search(before)
    if led is None:
        return None
    word = led["word"].lower()
    if word == "since":
        return _since(period, day)
    if day is None:
        return None
    if word == "so far":
        return _days(period, period.first, day)
    return _up_to(period, word, day) if word in {"until", "till", "through", "by", "before"} else None


def _since(period: Period, day: date | None) -> Period | None:
    """From the beginning of a time to the report's day; open where that is not known."""
    return _days(period, period.first, day) if period.first and (day is None or period.first <= day) else None


def _up_to(period: Period, word: str, day: date) -> Period | None:
    """To the end of a time: from the report's day where that is to come, else from no known day."""
    last = period.last
    if last is None:
        return None
    if word == "before" and period.first is not None:
        last = period.first - timedelta(days=1)
    return _days(period, day if last >= day else None, last)


def _trailing(period: Period, length: re.Match[str]) -> Period | None:
    """ "the year to April", "the three months to March": so long, up to the end of that time."""
    if period.first is None or period.last is None:
        return None
    unit = length["unit"].lower()
    count = 1 if unit == "year" else value_of(length["number"] or "") or 0
    if not count:
        return None
    if unit == "weeks":
        return _days(period, period.last - timedelta(weeks=int(count)), period.last)
    months = round(count * MONTHS[unit])
    following = period.last + timedelta(days=1)
    return _days(period, moved(following, "month", -months), period.last)


def _days(period: Period, first: date | None, last: date | None) -> Period:
    return replace(period, first=first, last=last, precision="other")
