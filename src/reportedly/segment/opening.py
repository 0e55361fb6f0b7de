"""The dateline that opens a wire report: place, date, agency."""

import datetime
import re
from collections.abc import Sequence

from reportedly.lexicon import words
from reportedly.model import Dateline, Span

LATER_MONTHS = 1
OPENING_PARAGRAPHS = 5
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JAN\w*|FEB\w*|MAR\w*|APR\w*|MAY|JUN\w*"
    r"|JUL\w*|AUG\w*|SEP\w*|OCT\w*|NOV\w*|DEC\w*)"
)
_DATE = (
    rf"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
    rf"(?:(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH}))(?:,?\s+(?P<year>(?:19|20)\d\d))?"
)
_UPPER = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]+(?:[ \-/][A-ZÀ-Þ][A-ZÀ-Þ.'’]*){0,4}"
_MIXED = r"[A-ZÀ-Þ][\w.'’]+(?:[ \-/][A-ZÀ-Þ][\w.'’]+){0,3}"
_REGION = rf"(?:,\s+{_MIXED}|\s*\({_MIXED}\))?"
_AGENCY = r"[(\[](?P<agency>[^()\[\]]{2,40})[)\]]"
_DASH = r"(?:\s*(?:—|–|--+|―|_)\s*|\s+-\s+)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<place>{_UPPER}{_REGION})(?:,?\s+{_DATE})?,?\s*{_AGENCY}\s*(?:{_DASH}|:\s+|\s-)",
        rf"(?P<place>{_UPPER}{_REGION}),?\s+{_DATE}(?:{_DASH}|:\s+)",
        rf"(?P<place>{_UPPER}{_REGION})(?:{_DASH})",
        rf"(?P<place>{_UPPER})(?P<colon>:)\s+",
        rf"(?P<place>{_MIXED}{_REGION}),?\s+(?:{_DATE}\s*)?{_AGENCY}(?:{_DASH}|:\s+)",
        rf"(?P<place>{_MIXED}{_REGION}),\s+{_DATE}(?:{_DASH}|:\s+)",
        rf"{_DATE},?\s+{_AGENCY}(?:{_DASH}|:\s+)",
        rf"{_AGENCY}(?:{_DASH}|:\s+)",
        rf"(?P<agency>[A-Z]{{2,6}}|[A-Z][a-z]+)\s+{_DATE},?"
        r"(?:\s+\d{1,2}[.:]\d\d\s*(?:[AaPp]\.?[Mm]\.?)?(?:\s+[A-Z]{2,4})?)?"
        rf"\s+(?P<place>{_UPPER}):",
    )
)
_SPEAKER = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ.'’ \-]+(?:\([^)]*\))?:\s", re.MULTILINE)


def dateline(text: str, blocks: Sequence[Span], published: datetime.date | None) -> Dateline | None:
    """The dateline at the head of one of the first paragraphs, or None.

    A year it does not give is that of `published`, or the year before when its month lies later than that.
    """
    for block in blocks[:OPENING_PARAGRAPHS]:
        for form in _FORMS:
            found = form.match(text, block.start, block.end)
            if found and _opens(text, found):
                return _read(found, published)
    return None


def read_date(line: str) -> datetime.date | None:
    """The first full date ("November 11, 2011", "11 Nov 2011", "2011-11-11") of a line, or None."""
    if found := re.search(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b", line):
        return _valid(*(int(part) for part in found.groups()))
    dated = re.search(_DATE, line)
    return _read(dated, None).date if dated else None


def _opens(text: str, found: re.Match[str]) -> bool:
    """Whether what looks like a dateline is one: no shout ("BREAKING:"), no speaker of a transcript."""
    parts = found.groupdict()
    place = (parts.get("place") or "").casefold()
    if place in words("shouts.txt") or place.split(" ")[0] in words("shouts.txt"):
        return False
    if re.search(r"\d", parts.get("agency") or ""):
        return False
    if parts.get("colon"):
        ends = re.search(r"(?:ED|ING)$", place.upper().split(" ")[0]) or place.split(" ")[0] in words("small_words.txt")
        return not ends and len(_SPEAKER.findall(text)) < 2
    return True


def _read(found: re.Match[str], published: datetime.date | None) -> Dateline:
    parts = found.groupdict()
    name = parts.get("month") or parts.get("month2")
    month = _MONTHS.index(name[:3].casefold()) + 1 if name else None
    day = int(parts.get("day") or parts.get("day2") or 0) or None
    year = int(parts["year"]) if parts.get("year") else None
    place = parts.get("place")
    return Dateline(
        span=Span(found.start(), found.start() + len(found[0].rstrip())),
        place=place.strip() if place else None,
        agency=(parts.get("agency") or "").strip() or None,
        date=_date(year, month, day, published),
        month=month,
        day=day,
    )


def _date(
    year: int | None, month: int | None, day: int | None, published: datetime.date | None
) -> datetime.date | None:
    if not month or not day or (year is None and published is None):
        return None
    if year is None and published is not None:
        year = published.year - (month > published.month + LATER_MONTHS)
        year += published.month == 12 and month == 1 and published.day > 25
    return _valid(year or 1, month, day)


def _valid(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
