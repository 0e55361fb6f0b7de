"""Days and TIMEX3 values: a date as a value of any grain, a date moved by units, the days that a value covers."""

import calendar
import re
from datetime import date, timedelta
from typing import Literal

from reportedly.model import Precision

Grain = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

SEASONS = ("SP", "SU", "FA", "WI")
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
MONTHS_OF: dict[str, int] = {
    "month": 1,
    "quarter": 3,
    "season": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
DAYS_OF = {"day": 1, "week": 7, "weekend": 7}

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_SPAN = re.compile(r"(\d{4})-([QH])(\d)")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")


def value_at(day: date, grain: Grain) -> str:
    """The TIMEX3 value of the unit of this grain that holds the day.

    >>> value_at(date(2024, 11, 15), "week"), value_at(date(2024, 11, 15), "decade")
    ('2024-W46', '202')
    """
    week = day.isocalendar()
    values = {
        "day": day.isoformat(),
        "week": f"{week.year}-W{week.week:02}",
        "weekend": f"{week.year}-W{week.week:02}-WE",
        "month": f"{day.year:04}-{day.month:02}",
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "half": f"{day.year:04}-H{(day.month + 5) // 6}",
        "season": _season_value(day),
        "year": f"{day.year:04}",
        "decade": f"{day.year // 10:03}",
        "century": f"{day.year // 100:02}",
    }
    return values[grain]


def moved(day: date, grain: Grain, count: float) -> date:
    """The day `count` units later (earlier when negative); the last day of a shorter month where there is none.

    Raises OverflowError or ValueError beyond the years 1 to 9999.
    """
    if grain in DAYS_OF:
        return day + timedelta(days=round(DAYS_OF[grain] * count))
    months = day.year * 12 + day.month - 1 + round(MONTHS_OF[grain] * count)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def days_of(value: str) -> tuple[date | None, date | None]:
    """The first and last day that a calendar value covers; (None, None) for all others.

    >>> days_of("2024-W46")
    (datetime.date(2024, 11, 11), datetime.date(2024, 11, 17))
    """
    try:
        return _days(value.split("T")[0])
    except (ValueError, OverflowError):
        return None, None


def _days(value: str) -> tuple[date | None, date | None]:
    if found := _DAY.fullmatch(value):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return day, day
    if found := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday + timedelta(days=5 if found[3] else 0), monday + timedelta(days=6)
    if found := _MONTH.fullmatch(value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := _SPAN.fullmatch(value):
        length = 3 if found[2] == "Q" else 6
        return _months(int(found[1]), length * (int(found[3]) - 1) + 1, length)
    if found := _SEASON.fullmatch(value):
        return _months(int(found[1]), SEASON_MONTH[found[2]], 3)
    if value.isdecimal() and 2 <= len(value) <= 4:
        length = 10 ** (4 - len(value))
        return date(max(1, int(value) * length), 1, 1), date(int(value) * length + length - 1, 12, 31)
    return None, None


def precision_of(value: str) -> Precision:
    """How fine a value is."""
    if "T" in value and not value.startswith("P"):
        return "time"
    forms: tuple[tuple[re.Pattern[str], Precision], ...] = (
        (_DAY, "day"),
        (_WEEK, "week"),
        (_MONTH, "month"),
        (_SEASON, "season"),
        (_SPAN, "quarter"),
    )
    for form, precision in forms:
        if form.fullmatch(value):
            return precision
    if value.isdecimal():
        lengths: dict[int, Precision] = {4: "year", 3: "decade", 2: "century"}
        return lengths.get(len(value), "other")
    return "other"


def _season_value(day: date) -> str:
    season = SEASONS[(day.month - 3) // 3 % 4]
    return f"{day.year - (day.month < 3):04}-{season}"


def _months(year: int, month: int, length: int) -> tuple[date, date]:
    end_year, end_month = divmod(year * 12 + month - 1 + length - 1, 12)
    return date(year, month, 1), date(end_year, end_month + 1, calendar.monthrange(end_year, end_month + 1)[1])
