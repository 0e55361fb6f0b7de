"""What a text has told so far: the date that "the next day" and "on September 17" count from."""

import re
from datetime import date
from statistics import median

import msgspec

from reportedly.model import Period
from reportedly.normalise.time_words import Meaning

FAR = 4  # years between a date and those told around it from which on it is an aside
AROUND = 4  # how many dated expressions on either side tell what the passage is about


class Told(msgspec.Struct, frozen=True):
    """The report's date, the last date mentioned (with the end of its words) and whether the text is a history."""

    report: date | None
    last: date | None = None
    end: int = -1
    history: bool = False
    before_christ: int | None = None


def is_history(meanings: tuple[Meaning, ...], reported: date | None) -> bool:
    """Whether a text tells of years long past: most of the years it names are not the report's."""
    years = [each.year for each in meanings if each.year is not None and each.grain in ("day", "month", "year")]
    far = [year for year in years if reported is None or abs(year - reported.year) > 1]
    today = sum(map(_is_of_today, meanings))
    enough = len(far) >= (8 if today else 4)  # a dated report looks back to a few years without being a history
    return enough and len(far) >= 0.6 * len(years) and len(far) > 3 * today


def _is_of_today(meaning: Meaning) -> bool:
    """Whether the words count from the day of writing: "Monday", "last week", "yesterday"."""
    weekday = meaning.weekday is not None and meaning.month is None
    return weekday or (meaning.frame == "report" and meaning.step is not None)


def begin(meanings: tuple[Meaning, ...], reported: date | None) -> Told:
    """What is known before the first word: the report's date; in a history also the first year that it names."""
    if not is_history(meanings, reported):
        return Told(reported)
    aside = asides(meanings)
    years = [each.year for each in meanings if each.year and not each.before_christ and each.span.start not in aside]
    return Told(reported, date(max(1, years[0]), 1, 1) if years else None, history=True)


def asides(meanings: tuple[Meaning, ...]) -> frozenset[int]:
    """The starts of the dated expressions far from those around them: "the largest since 1813"."""
    dated = [each for each in meanings if each.year is not None and not each.before_christ]
    years = [each.year or 0 for each in dated]
    found = set()
    for place, each in enumerate(dated):
        around = years[max(0, place - AROUND) : place] + years[place + 1 : place + 1 + AROUND]
        if len(around) >= AROUND and abs(years[place] - median(around)) > FAR:
            found.add(each.span.start)
    return frozenset(found)


def after(told: Told, meaning: Meaning, period: Period, text: str) -> Told:
    """What is told once this expression has been read."""
    if meaning.before_christ and meaning.year is not None:
        return msgspec.structs.replace(told, before_christ=meaning.year, end=meaning.span.end)
    if period.first is None or period.type in ("DURATION", "SET") or meaning.grain in ("decade", "century"):
        return told
    if told.history and (_looks_back(meaning) or _only_names(meaning, text)):
        return told
    if meaning.grain == "year" and told.last and told.last.year == period.first.year:
        return told
    return msgspec.structs.replace(told, last=period.first, end=meaning.span.end, before_christ=None)


def _looks_back(meaning: Meaning) -> bool:
    """ "the previous year", "two years earlier": the story does not go back with them."""
    return meaning.step is not None and meaning.step < 0 and meaning.month is None and meaning.weekday is None


def _only_names(meaning: Meaning, text: str) -> bool:
    """A year that only names a thing ("the 1954 accords") or a far end ("since 1813")."""
    if meaning.grain != "year" or meaning.step is not None:
        return False
    before, following = text[max(0, meaning.span.start - 12) : meaning.span.start], text[meaning.span.end :][:2]
    named = re.search(r"\b(?:the|a|an) (?:[12]\d{3}[-–/])?$", before) and re.match(r" [A-Za-z]", following)
    return bool(named) or bool(re.search(r"\bsince $", before))
