"""The small words of time: what a meaning is, and how steps, weekdays, counts and units are read."""

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

import msgspec

from reportedly.lexicon import table
from reportedly.model import Span
from reportedly.normalise.dates import Grain
from reportedly.normalise.numbers import number_words, value_of

Frame = Literal["report", "narrative", "nearest"]
Type = Literal["DATE", "TIME", "DURATION", "SET"]
GRAINS: dict[str, Grain] = {
    "D": "day",
    "W": "week",
    "WE": "weekend",
    "MO": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}
STEPS = {"back": -1, "there": 0, "on": 1}


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """What the words say of a time, to be placed on a calendar later.

    `value` is ready-made (durations, sets, references). Else `grain` with the known fields; `step` counts units from
    the anchor of `frame` (the report's date, the last date told, or the nearest that fits); `part` is a TIMEX3 part
    of day ("MO") or a clock time ("17:06"); `index` a season, quarter or half ("SP", "Q3").
    """

    span: Span
    type: Type = "DATE"
    value: str | None = None
    grain: Grain = "day"
    year: int | None = None
    year_step: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    index: str | None = None
    step: float | None = None
    frame: Frame = "nearest"
    part: str | None = None
    before_christ: bool = False


Found = re.Match[str]
Build = Callable[[Found], Meaning | None]


@cache
def time_words(kind: str) -> dict[str, str]:
    """The value of every word of a kind ("month", "season", "unit" ...)."""
    return {row["word"]: row["value"] for row in table("time_words.tsv") if row["kind"] == kind}


def span_of(found: Found) -> Span:
    """The words of a match without blanks and commas around them."""
    words = found[0]
    start = found.start() + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip().rstrip(",")))


def whole(found: Found, kind: Type, value: str) -> Meaning:
    """A meaning whose value is known from the words alone."""
    return Meaning(span=span_of(found), type=kind, value=value)


def stepped(word: str | None) -> tuple[int | None, Frame]:
    """How many units from where: "last" is -1 from the report, "the following" 1 from the last date told.

    >>> stepped("last"), stepped("the following"), stepped(None)
    ((-1, 'report'), (1, 'narrative'), (None, 'nearest'))
    """
    direction, _, frame = time_words("step").get((word or "").lower(), "none nearest").partition(" ")
    return STEPS.get(direction), frame  # type: ignore[return-value]


def year_step(word: str | None) -> int | None:
    """The step of the year in "March of last year"."""
    return (stepped(word)[0] or 0) if word else None


def weekday_of(word: str | None) -> int | None:
    """1 for Monday to 7 for Sunday."""
    return int(time_words("weekday")[word]) if word else None


def full_year(word: str | None) -> int | None:
    """A year of two digits lies between 1970 and 2069."""
    if not word:
        return None
    return int(word) if len(word) > 2 else int(word) + (2000 if int(word) < 70 else 1900)


def ordinal_of(word: str) -> int:
    """The number of "21st" or "twenty-first"."""
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else int(number_words("ordinal")[word.lower()])


def count_of(words: str) -> float | None:
    """How many, or None where the words leave it open ("several")."""
    words = words.lower().strip()
    if words in ("a", "an"):
        return 1.0
    half = r" ?1/2|[ -]and[ -]a[ -]half"
    half_more = 0.5 if re.search(half, words) else 0.0
    number = value_of(re.sub(half, "", words))
    return None if number is None else number + half_more


def unit_of(word: str) -> str:
    """The TIMEX3 code of a unit in either number.

    >>> unit_of("months"), unit_of("centuries")
    ('MO', 'CE')
    """
    units, word = time_words("unit"), word.lower()
    return units[word] if word in units else units[word.removesuffix("s")]


def duration_value(count: float | None, code: str) -> str:
    """The TIMEX3 value of so many units, X for a count that the words leave open.

    >>> duration_value(2, "W"), duration_value(None, "D"), duration_value(36, "H"), duration_value(0.5, "H")
    ('P2W', 'PXD', 'PT36H', 'PT30M')
    """
    if code == "2W":
        count, code = None if count is None else 2 * count, "W"
    if count == 0.5 and code == "H":
        count, code = 30, "M"
    figure = "X" if count is None else f"{count:g}"
    return f"P{'T' if code in ('H', 'M', 'S') else ''}{figure}{'M' if code == 'MO' else code}"
