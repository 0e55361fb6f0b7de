"""What the words of a date mean before any date is known: one function for each family of forms."""

import calendar
import re

from reportedly.model import Span
from reportedly.normalise.time_words import (
    Found,
    Meaning,
    full_year,
    ordinal_of,
    span_of,
    stepped,
    time_words,
    weekday_of,
    year_step,
)
from reportedly.normalise.word_senses import before, in_name, is_month, is_season, is_year

TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def date(found: Found) -> Meaning | None:
    """ "Nov. 15, 2024", "15 November", "early November 2024", "last August", "2024-11-15"."""
    named = found.groupdict()
    month = int(named["monthnumber"]) if named.get("monthnumber") else int(time_words("month")[named["month"]])
    day = int(named["day"]) if named.get("day") else None
    if month > 12 or (day is None and not named.get("year") and not is_month(found, named["month"])):
        return None
    step, frame = stepped(named.get("step"))
    return Meaning(
        span=span_of(found),
        type="TIME" if named.get("clock") else "DATE",
        grain="day" if day else "month",
        year=full_year(named.get("year")),
        year_step=year_step(named.get("yearstep")),
        month=month,
        day=day,
        weekday=weekday_of(named.get("weekday")),
        step=step,
        frame=frame if named.get("step") else stepped(named.get("yearstep"))[1],
        part=named.get("clock"),
        before_christ=bool(named.get("bc")),
    )


def edge_day(found: Found) -> Meaning | None:
    """ "the last day of April": in February the 28th."""
    month = int(time_words("month")[found["month"]])
    day = 1 if found["edge"].lower() == "first" else calendar.monthrange(2001, month)[1]
    return Meaning(span=span_of(found), month=month, day=day, year=full_year(found["year"]))


def day_only(found: Found) -> Meaning | None:
    """ "the 5th"."""
    return Meaning(span=span_of(found), day=int(found["dayonly"]), frame="narrative")


def year(found: Found) -> Meaning | None:
    """ "1943", "early 1943", "480 BC"; None where the number counts something."""
    if not found["bc"] and not is_year(found):
        return None
    return Meaning(span=span_of(found), grain="year", year=int(found["year"]), before_christ=bool(found["bc"]))


def short_year(found: Found) -> Meaning | None:
    """The second year of "1990-94"; None where the two digits are a month or no later year."""
    before = re.search(r"\b((?:1[0-9]|20)\d\d)[-–/]$", found.string[: found.start()][-6:])
    if not before or int(found["short"]) <= int(before[1][2:]):
        return None
    return Meaning(span=span_of(found), grain="year", year=int(before[1][:2] + found["short"]))


def second_day(found: Found) -> Meaning | None:
    """The second day of "May 4-5" and "March 5 and 9, 1918"."""
    name = "day2" if found["day2"] else "day3"
    month = int(time_words("month")[found["month"]])
    span = Span(found.start(name), found.end())
    return Meaning(
        span=span, month=month, day=int(found[name]), year=full_year(found["year"]), year_step=0, frame="narrative"
    )


def decade(found: Found) -> Meaning | None:
    """ "the 1990s", "the late '80s"."""
    named = found.groupdict()
    if named.get("spokendecade"):
        return _spoken_decade(found)
    first = int(named["decade"]) if named.get("decade") else 1900 + int(named["shortdecade"])
    return Meaning(span=span_of(found), grain="decade", year=first)


def _spoken_decade(found: Found) -> Meaning | None:
    """ "the sixties", "nineteen-fifties"; not "in his sixties"."""
    told = found["hundred"] or found[0].lower().startswith(("the ", "early", "late", "mid"))
    if not told or re.search(r"\b(?:his|her|their|its) (?:early |late |mid-?)?$", before(found)):
        return None
    hundred = 1800 if (found["hundred"] or "").lower() == "eighteen" else 1900
    first = hundred + 10 * (TENS.index(found["spokendecade"].lower()) + 2)
    return Meaning(span=span_of(found), grain="decade", year=first)


def century(found: Found) -> Meaning | None:
    """ "the 19th century"."""
    number = ordinal_of(found["century"])
    if not 1 <= number <= 30:
        return None
    return Meaning(span=span_of(found), grain="century", year=(number - 1) * 100, before_christ=bool(found["bc"]))


def season(found: Found) -> Meaning | None:
    """ "the spring of 2022", "last winter"; "fall" and "spring" only where they must be seasons."""
    word, step = found["season"].lower(), (found["step"] or "").lower()
    dated = found["year"] or found["yearstep"]
    loose = step in ("", "the", "that", "the same") and not dated
    if word in ("fall", "spring") and loose and not is_season(found, word, step):
        return None
    count, frame = stepped(step)
    return Meaning(
        span=span_of(found),
        grain="season",
        year=full_year(found["year"]),
        year_step=year_step(found["yearstep"]),
        index=time_words("season")[word],
        step=count,
        frame=frame,
        before_christ=bool(found["bc"]),
    )


def quarter(found: Found) -> Meaning | None:
    """ "the third quarter of 2025", "Q3", "the first half of the year"."""
    named = {key: (word or "").lower() for key, word in found.groupdict().items()}
    half = named["piece"] == "half" or bool(named["h"])
    index = (named["q"] or named["h"]).upper() or _nth(named["nth"], "H" if half else "Q")
    dated = named["year"] or named["yearstep"]
    if (half and not dated) or not (index or named["step"]):
        return None
    step, frame = stepped(named["step"])
    if index and named["step"]:
        return None
    return Meaning(
        span=span_of(found),
        grain="half" if half else "quarter",
        year=full_year(found["year"]),
        year_step=year_step(named["yearstep"]),
        index=index or None,
        step=step,
        frame=frame,
    )


def weekend(found: Found) -> Meaning | None:
    """ "last weekend"."""
    step, frame = stepped(found["step"])
    return Meaning(span=span_of(found), grain="weekend", step=step, frame=frame)


def weekday(found: Found) -> Meaning | None:
    """ "Friday", "next Tuesday", "Thursday afternoon"."""
    step, frame = stepped(found["step"])
    part = time_words("part").get((found["part"] or "").lower())
    return Meaning(
        span=span_of(found),
        type="TIME" if part else "DATE",
        weekday=weekday_of(found["weekday"]),
        step=step or None,
        frame=frame if step else "nearest",
        part=part,
    )


def deictic(found: Found) -> Meaning | None:
    """ "yesterday", "today", "tomorrow morning"."""
    steps = {"yesterday": -1, "today": 0, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    part = time_words("part").get((found["part"] or "").lower())
    when = found["when"].lower()
    if in_name(found):
        return None
    return Meaning(span=span_of(found), type="TIME" if part else "DATE", step=steps[when], frame="report", part=part)


def feast(found: Found) -> Meaning | None:
    """ "New Year's Day", "Christmas 2014"."""
    if re.search(
        r"\b(?!On|In|At|By|For|Since|Until|Last|This|Next|After|Before|From|Every|Each|And)[A-Z][a-z]+ $", before(found)
    ):
        return None
    month, day = time_words("feast")[found["feast"]].split("-")
    return Meaning(span=span_of(found), month=int(month), day=int(day), year=full_year(found["year"]))


def _nth(word: str, letter: str) -> str | None:
    if not word:
        return None
    last = {"latter": 2, "final": 4 if letter == "Q" else 2, "last": 4 if letter == "Q" else 2}
    number = last.get(word) or ordinal_of(word)
    return f"{letter}{number}"
