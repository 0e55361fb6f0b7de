"""What the words of a time expression mean before any date is known: one function for each family of patterns."""

import calendar
import re
from collections.abc import Callable
from functools import lru_cache
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
    "NI": "day",
    "W": "week",
    "WE": "weekend",
    "MO": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}
BACK = ("last", "this past", "previous", "the previous", "the preceding")
ON = ("next", "this coming", "the next", "the following", "following", "the coming")
THERE = ("that", "the same", "that same", "the previous", "the preceding", "the following", "the next")
MAYBE_NAMES = ("May", "March", "Sun.", "Sat.", "Wed.", "Mar", "Sep", "Jan", "Jun", "Dec", "Nov", "Oct", "Apr", "Aug", "Feb", "Jul")


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


Build = Callable[[re.Match[str]], Meaning | None]


@lru_cache(maxsize=None)
def time_words(kind: str) -> dict[str, str]:
    """The value of every word of a kind ("month", "season", "unit" ...)."""
    return {row["word"]: row["value"] for row in table("time_words.tsv") if row["kind"] == kind}


def date(found: re.Match[str]) -> Meaning | None:
    """ "Nov. 15, 2024", "15 November", "early November 2024", "last August", "2024-11-15"."""
    named = found.groupdict()
    month = int(named["monthnumber"]) if named.get("monthnumber") else int(time_words("month")[named["month"]])
    day = int(named["day"]) if named.get("day") else None
    if month > 12 or (day is None and not named.get("year") and _plain_word(found, named["month"])):
        return None
    step, frame = _stepped(named.get("step"))
    return Meaning(
        span=_span(found),
        type="TIME" if named.get("clock") else "DATE",
        grain="day" if day else "month",
        year=_full_year(named.get("year")),
        year_step=_year_step(named.get("yearstep")),
        month=month,
        day=day,
        weekday=_weekday(named.get("weekday")),
        step=step,
        frame=frame if named.get("step") else _year_frame(named.get("yearstep")),
        part=named.get("clock"),
        before_christ=bool(named.get("bc")),
    )


def edge_day(found: re.Match[str]) -> Meaning | None:
    """ "the last day of April": in February the 28th."""
    month = int(time_words("month")[found["month"]])
    day = 1 if found["edge"].lower() == "first" else calendar.monthrange(2001, month)[1]
    return Meaning(span=_span(found), month=month, day=day, year=_full_year(found["year"]))


def day_only(found: re.Match[str]) -> Meaning | None:
    """ "the 5th"."""
    return Meaning(span=_span(found), day=int(found["dayonly"]), frame="narrative")


def year(found: re.Match[str]) -> Meaning | None:
    """ "1943", "early 1943", "480 BC"; None where the number counts something."""
    if not found["bc"] and not _is_year(found):
        return None
    return Meaning(span=_span(found), grain="year", year=int(found["year"]), before_christ=bool(found["bc"]))


def short_year(found: re.Match[str]) -> Meaning | None:
    """The second year of "1990-94"; None where the two digits are a month or no later year."""
    before = re.search(r"\b((?:1[0-9]|20)\d\d)[-–/]$", found.string[: found.start()][-6:])
    if not before or int(found["short"]) <= int(before[1][2:]):
        return None
    return Meaning(span=_span(found), grain="year", year=int(before[1][:2] + found["short"]))


def second_day(found: re.Match[str]) -> Meaning | None:
    """The second day of "May 4-5" and "March 5 and 9, 1918"."""
    name = "day2" if found["day2"] else "day3"
    month = int(time_words("month")[found["month"]])
    span = Span(found.start(name), found.end())
    return Meaning(span=span, month=month, day=int(found[name]), year=_full_year(found["year"]), year_step=0, frame="narrative")


def decade(found: re.Match[str]) -> Meaning | None:
    """ "the 1990s", "the late '80s"."""
    named = found.groupdict()
    if named.get("spokendecade"):
        tens = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
        if not named["hundred"] and not found[0].lower().startswith(("the ", "early", "late", "mid")):
            return None
        if re.search(r"\b(?:in|into) (?:his|her|their|its) (?:early |late |mid-?)?$", found.string[max(0, found.start() - 24) : found.start()]):
            return None
        hundred = 1800 if (named["hundred"] or "").lower() == "eighteen" else 1900
        return Meaning(span=_span(found), grain="decade", year=hundred + 10 * (tens.index(named["spokendecade"].lower()) + 2))
    first = int(named["decade"]) if named.get("decade") else 1900 + int(named["shortdecade"])
    return Meaning(span=_span(found), grain="decade", year=first)


def century(found: re.Match[str]) -> Meaning | None:
    """ "the 19th century"."""
    number = _ordinal(found["century"])
    if not 1 <= number <= 30:
        return None
    return Meaning(span=_span(found), grain="century", year=(number - 1) * 100, before_christ=bool(found["bc"]))


def season(found: re.Match[str]) -> Meaning | None:
    """ "the spring of 2022", "last winter"; "fall" and "spring" only where they must be seasons."""
    word, step = found["season"].lower(), (found["step"] or "").lower()
    dated = found["year"] or found["yearstep"]
    before = found.string[max(0, found.start() - 12) : found.start()].lower()
    loose = step in ("", "the", "that", "the same") and not dated
    if word in ("fall", "spring") and loose and not _is_season(found, word, step, before):
        return None
    count, frame = _stepped(step)
    return Meaning(
        span=_span(found),
        grain="season",
        year=_full_year(found["year"]),
        year_step=_year_step(found["yearstep"]),
        index=time_words("season")[word],
        step=count,
        frame=frame,
        before_christ=bool(found["bc"]),
    )


def quarter(found: re.Match[str]) -> Meaning | None:
    """ "the third quarter of 2025", "Q3", "the first half of the year"."""
    named = {key: (word or "").lower() for key, word in found.groupdict().items()}
    half = named["piece"] == "half" or bool(named["h"])
    index = (named["q"] or named["h"]).upper() or _nth(named["nth"], "H" if half else "Q")
    dated = named["year"] or named["yearstep"]
    if (half and not dated) or not (index or named["step"]):
        return None
    step, frame = _stepped(named["step"])
    if index and named["step"]:
        return None
    return Meaning(
        span=_span(found),
        grain="half" if half else "quarter",
        year=_full_year(found["year"]),
        year_step=_year_step(named["yearstep"]),
        index=index or None,
        step=step,
        frame=frame,
    )


def weekend(found: re.Match[str]) -> Meaning | None:
    """ "last weekend"."""
    step, frame = _stepped(found["step"])
    return Meaning(span=_span(found), grain="weekend", step=step, frame=frame)


def weekday(found: re.Match[str]) -> Meaning | None:
    """ "Friday", "next Tuesday", "Thursday afternoon"."""
    step, frame = _stepped(found["step"])
    part = time_words("part").get((found["part"] or "").lower())
    return Meaning(
        span=_span(found),
        type="TIME" if part else "DATE",
        weekday=_weekday(found["weekday"]),
        step=step or None,
        frame=frame if step else "nearest",
        part=part,
    )


def deictic(found: re.Match[str]) -> Meaning | None:
    """ "yesterday", "today", "tomorrow morning"."""
    steps = {"yesterday": -1, "today": 0, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    part = time_words("part").get((found["part"] or "").lower())
    when = found["when"].lower()
    if _in_name(found):
        return None
    return Meaning(span=_span(found), type="TIME" if part else "DATE", step=steps[when], frame="report", part=part)


def part(found: re.Match[str]) -> Meaning | None:
    """ "this morning", "last night", "that evening", "the next morning"."""
    step, word = found["step"].lower(), found["part"].lower()
    code = time_words("part")[word]
    counts = {"this": 0, "last": -1, "that": 0, "the same": 0, "the": 0, "the previous": -1}
    if step == "the" and found.end() == found.end("part") and word in ("dawn", "noon", "midday", "midnight", "night"):
        return None
    if step == "last" and word != "night":
        return None
    frame: Frame = "report" if step in ("this", "last") else "narrative"
    return Meaning(
        span=Span(found.start(), found.end("part")), type="TIME", step=counts.get(step, 1), frame=frame, part=code
    )


def tonight(found: re.Match[str]) -> Meaning | None:
    """ "tonight", "overnight"."""
    now = found[0].lower() == "tonight"
    return Meaning(span=_span(found), type="TIME", step=0, frame="report" if now else "nearest", part="NI")


def unit_step(found: re.Match[str]) -> Meaning | None:
    """ "last month", "this week", "the following year", "that same day", "the end of the year", "the past year"."""
    step, unit = found["step"].lower(), found["unit"].lower()
    modified = found[0].lower().startswith(("end of", "the end", "early", "late", "mid", "the rest", "the begin", "the start", "the middle", "the close", "the turn", "the latter", "the early", "the remainder", "earlier", "the last days", "beginning of", "the very end"))
    code = _unit(unit)
    if step in ("the whole", "the entire", "the past", "the last") and code in ("D", "W", "MO", "Y", "DE", "CE", "H", "M", "S", "Q", "2W") and not modified:
        return Meaning(span=_span(found), type="DURATION", value=duration_value(1, code))
    if code not in GRAINS or (step == "the" and not (modified and code in ("D", "W", "MO", "Y", "DE", "CE"))):
        return None
    if code == "NI":
        return None
    if step in ("the next", "the coming") and re.search(r"\b(?:over|for|within) $", found.string[max(0, found.start() - 8) : found.start()]):
        return Meaning(span=_span(found), type="DURATION", value=duration_value(1, code))
    count, frame = _stepped(step)
    return Meaning(span=_span(found), grain=GRAINS[code], step=count or 0, frame=frame)


def shift(found: re.Match[str]) -> Meaning | None:
    """ "two weeks ago", "a day earlier", "three years later"."""
    code, direction = _unit(found["unit"]), found["direction"].lower()
    number = _count(found["number"])
    if found["number"].lower() == "the":
        return None
    return _shifted(found, number, code, direction)


def vague_shift(found: re.Match[str]) -> Meaning | None:
    """ "years ago", "weeks later"."""
    code = _unit(found["unit"])
    return _shifted(found, None, code, found["direction"].lower())


def day_before(found: re.Match[str]) -> Meaning | None:
    """ "the day before", "the week after"."""
    words = found["direction"].lower()
    code = time_words("unit")[words.split()[1]]
    if code not in GRAINS:
        return None
    return Meaning(span=_span(found), grain=GRAINS[code], step=1 if found[0].lower().endswith("after") else -1, frame="narrative")


def duration(found: re.Match[str]) -> Meaning | None:
    """ "five days", "more than a decade", "five-year", "the past six months", "61-year-old"."""
    number, unit = found["number"].lower(), found["unit"].lower()
    code = _unit(unit)
    after = found.string[found.end() : found.end() + 10]
    hyphen = found.string[found.end("number") : found.end("number") + 1] == "-"
    if number in ("a", "an") and found[0].rstrip("'’")[-1:] == "s" or found.end("number") == found.start("unit"):
        return None
    if found[0].lower() == "one day" and not re.search(r"\b(?:in|for|within|after|just|only|than|of|least|took|lasted) $", found.string[max(0, found.start() - 9) : found.start()]):
        return None
    if number == "the" or (code in ("Q", "WE", "NI") and number in ("a", "an")) or unit == "second" and not found[0].endswith("s"):
        return None
    if code == "Q" or (number in ("a", "an") and (re.match(r"-", after) or hyphen)):
        return None
    if number in ("a", "an") and (code in ("D", "Y", "MO", "W", "H") and _is_rate(found)):
        return Meaning(span=_span(found), type="SET", value=duration_value(1, code))
    if number in ("a", "an") and re.match(r" (earlier|later|ago|before|after)\b", after) and not re.match(r" (before|after) ", after):
        return None
    return Meaning(span=_span(found), type="DURATION", value=duration_value(_count(found["number"]), code))


def half(found: re.Match[str]) -> Meaning | None:
    """ "half an hour"."""
    words = found[0].lower()
    values = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}
    value = "PT1.5H" if words.startswith("an hour") else next(each for word, each in values.items() if word in words)
    return Meaning(span=_span(found), type="DURATION", value=value)


def bare_units(found: re.Match[str]) -> Meaning | None:
    """ "for weeks", "in recent years"."""
    lead, unit = found["recent"].lower(), found["unit"].lower()
    start = found.start()
    refs = {"recent": "PAST_REF", "the recent": "PAST_REF", "coming": "FUTURE_REF", "the coming": "FUTURE_REF"}
    if lead in refs:
        return Meaning(span=_span(found), value=refs[lead])
    if lead in ("the", "these"):
        return None
    if lead in ("for", "of", "in", "within", "over", "after", "took", "take", "lasted", "spent"):
        start = found.start("unit")
    code = _unit(unit)
    return Meaning(span=Span(start, found.end()), type="DURATION", value=duration_value(None, code))


def every(found: re.Match[str]) -> Meaning | None:
    """ "every month", "every two weeks", "each Monday"."""
    named = found.groupdict()
    if named["wd"]:
        return Meaning(span=_span(found), type="SET", value=f"XXXX-WXX-{_weekday(named['wd'])}")
    if named["pt"]:
        word = named["pt"].lower()
        code = time_words("part").get(word)
        return Meaning(span=_span(found), type="SET", value=f"XXXX-XX-XXT{code}" if code else f"XXXX-{time_words('season')[word]}")
    count = _count(named["number"]) if named["number"] else 2.0 if " other " in found[0].lower() else 1.0
    if named["number"] and named["number"].lower() == "the":
        return None
    return Meaning(span=_span(found), type="SET", value=duration_value(count, _unit(named["unit"])))


def weekdays(found: re.Match[str]) -> Meaning | None:
    """ "Mondays"."""
    return Meaning(span=_span(found), type="SET", value=f"XXXX-WXX-{_weekday(found['wd'][:-1])}")


def rate(found: re.Match[str]) -> Meaning | None:
    """ "twice a week", "per day", "40 a month"."""
    words, code = found[0].lower(), _unit(found["unit"])
    if words.startswith(("a ", "an ")) and not _is_rate(found):
        return None
    if code in ("S", "Q", "WE"):
        return None
    return Meaning(span=_span(found), type="SET", value=duration_value(1, code))


def set_word(found: re.Match[str]) -> Meaning | None:
    """ "daily", "annually"."""
    if _in_name(found):
        return None
    return Meaning(span=_span(found), type="SET", value=time_words("set")[found[0].lower()])


def reference(found: re.Match[str]) -> Meaning | None:
    """ "now", "recently", "the future"; None before a number or noun that makes them a span of time."""
    word = found["ref"].lower()
    if word == "soon" and not re.search(r"\b(?:will|would|could|may|might|should|shall|can|['’]ll|to|very|pretty|too)(?: \w+)? $", found.string[max(0, found.start() - 20) : found.start()]):
        return None
    if word == "recently" and re.search(r"\bas $", found.string[max(0, found.start() - 4) : found.start()]):
        return None
    after = found.string[found.end() : found.end() + 24].lower()
    if word == "the past" and re.match(r" (?:\w+ ){0,2}(second|minute|hour|day|week|month|quarter|year|decade|centur)", after):
        return None
    if word in ("recent", "current", "future", "the past") and re.match(r" (second|minute|hour|day|week|month|year|decade)s?\b", after):
        return None
    return Meaning(span=_span(found), value=time_words("ref")[word])


def history_word(found: re.Match[str]) -> Meaning | None:
    """ "former": an expression of time in annotated histories, not in news."""
    return Meaning(span=_span(found), value=time_words("history")[found["ref"].lower()], frame="narrative")


def feast(found: re.Match[str]) -> Meaning | None:
    """ "New Year's Day", "Christmas 2014"."""
    if re.search(r"[A-Z][a-z]+ $", found.string[max(0, found.start() - 12) : found.start()]):
        return None
    month, day = time_words("feast")[found["feast"]].split("-")
    return Meaning(span=_span(found), month=int(month), day=int(day), year=_full_year(found["year"]))


def clock(found: re.Match[str]) -> Meaning | None:
    """ "4:12 a.m.", "17:06", "0630 GMT"."""
    named = found.groupdict()
    hour, minute = int(named["hour"]), named.get("minute")
    half_of_day = (named.get("half") or "")[:1].lower()
    if half_of_day and not 1 <= hour <= 12 or hour > 24:
        return None
    hour = hour % 12 + 12 * (half_of_day == "p") if half_of_day else hour
    return Meaning(span=_span(found), type="TIME", frame="narrative", part=f"{hour:02}:{minute or '00'}")


def oclock(found: re.Match[str]) -> Meaning | None:
    """ "five o'clock"."""
    return Meaning(span=_span(found), type="TIME", part=f"{int(value_of(found['oclock']) or 0):02}:00")


def daypart(found: re.Match[str]) -> Meaning | None:
    """ "noon", "dawn"."""
    before = found.string[max(0, found.start() - 14) : found.start()]
    if found["daypart"][0].isupper() and re.search(r"[A-Za-z] $", before) or re.match(r" of (?!\d|[A-Z])", found.string[found.end() :]):
        return None
    part = time_words("part")[found["daypart"].lower()]
    return Meaning(span=_span(found), type="TIME", part=part)


def at_night(found: re.Match[str]) -> Meaning | None:
    """ "at night": any night."""
    return Meaning(span=_span(found), type="TIME", value="XXXX-XX-XXTNI")


def duration_value(count: float | None, code: str) -> str:
    """The TIMEX3 value of so many units, X for a count that the words leave open.

    >>> duration_value(2, "W"), duration_value(None, "D"), duration_value(36, "H")
    ('P2W', 'PXD', 'PT36H')
    """
    if code == "2W":
        count, code = None if count is None else 2 * count, "W"
    if code in ("WE", "NI", "Q", "ML"):
        return {"WE": "P{}WE", "NI": "P{}NI", "Q": "P{}Q", "ML": "P{}ML"}[code].format(_figure(count))
    if count == 0.5 and code == "H":
        return "PT30M"
    if code == "MO":
        return f"P{_figure(count)}M"
    return f"P{'T' if code in ('H', 'M', 'S') else ''}{_figure(count)}{code}"


def _unit(word: str) -> str:
    """The code of a unit word in either number."""
    word = {"centurie": "century", "centuries": "century", "millenni": "millennium", "moments": "second"}.get(word.lower(), word.lower())
    units = time_words("unit")
    return units[word] if word in units else units[word.removesuffix("s")]


def _figure(count: float | None) -> str:
    return "X" if count is None else f"{count:g}"


def _shifted(found: re.Match[str], number: float | None, code: str, direction: str) -> Meaning | None:
    back = direction in ("ago", "earlier", "before", "prior", "previously")
    frame: Frame = "report" if direction in ("ago", "from now", "hence") else "narrative"
    if number is None:
        return Meaning(span=_span(found), value="PAST_REF" if back else "FUTURE_REF")
    if code == "2W":
        number, code = number * 2, "W"
    if code not in GRAINS:
        return Meaning(span=_span(found), type="TIME", step=-number if back else number, frame=frame, part=f"T{code}")
    return Meaning(span=_span(found), grain=GRAINS[code], step=-number if back else number, frame=frame)


def _span(found: re.Match[str]) -> Span:
    words = found[0]
    start = found.start() + len(words) - len(words.lstrip())
    for lead in ("earlier on ", "later on "):
        if words.lower().startswith(lead):
            return Span(start, start + len(words.strip()))
    return Span(start, start + len(words.strip().rstrip(",")))


def _stepped(word: str | None) -> tuple[int | None, Frame]:
    word = (word or "").lower()
    frame: Frame = "narrative" if word in THERE else "report"
    if word in BACK:
        return -1, frame
    if word in ON:
        return 1, frame
    if word in ("this", "that", "the same", "that same", "current", "the current"):
        return 0, frame
    if word in ("the", "over the"):
        return None, "narrative" if word == "the" else "nearest"
    return None, "nearest"


def _in_name(found: re.Match[str]) -> bool:
    """Whether a capitalised word of time belongs to a name: "News Daily", "Nation Today"."""
    before = found.string[max(0, found.start() - 16) : found.start()]
    after = found.string[found.end() : found.end() + 3]
    return found[0][0].isupper() and bool(re.search(r"[A-Z][\w.]+ $", before) or (re.search(r"[a-z,] $", before) and re.match(r" [A-Z]", after)))


def _year_step(word: str | None) -> int | None:
    if not word:
        return None
    return _stepped(word)[0] or 0


def _year_frame(word: str | None) -> Frame:
    return _stepped(word)[1] if word else "nearest"


def _weekday(word: str | None) -> int | None:
    return int(time_words("weekday")[word]) if word else None


def _full_year(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if len(word) > 2 else int(word) + (2000 if int(word) < 70 else 1900)


def _ordinal(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else int(number_words("ordinal")[word.lower()])


def _is_season(found: re.Match[str], word: str, step: str, before: str) -> bool:
    """Whether "fall" or "spring" without a year is a season: "in the fall", "a spring offensive"."""
    after = found.string[found.end() : found.end() + 16]
    if step in ("that", "the same"):
        return True
    if re.match(r" (?:offensive|campaign|election|semester|session|harvest|thaw|planting|rains|floods|term|drills|exercise)s?\b", after):
        return True
    led = re.search(r"\b(?:in|by|during|until|since|throughout|spent|next|last) $", before)
    return bool(led) and (step == "the" or word == "spring") and not re.match(r" of (?!1|2)", after)


def _nth(word: str, letter: str) -> str | None:
    if not word:
        return None
    last = {"latter": 2, "final": 4 if letter == "Q" else 2, "last": 4 if letter == "Q" else 2}
    number = last.get(word) or _ordinal(word)
    return f"{letter}{number}"


def _count(words: str) -> float | None:
    words = words.lower().strip()
    if words in ("a", "an"):
        return 1.0
    if re.search(r"few|several|some|many|number of|dozens|hundreds of|numerous|countless", words):
        return None
    half_more = 0.5 if re.search(r"1/2|and a half", words) else 0.0
    number = value_of(re.sub(r" ?1/2| and a half", "", words))
    return None if number is None else number + half_more


def _plain_word(found: re.Match[str], month: str) -> bool:
    """Whether a month's name alone may be another word: "May", "March" as verbs, "Jan" as a name."""
    before = found.string[max(0, found.start("month") - 14) : found.start("month")]
    if found.start("month") > found.start():
        return False
    led = re.search(r"\b(?:in|of|by|since|until|till|from|to|through|before|after|during|between|and|for|last|this|next|late|early|mid|every|a)[ -]$", before, re.IGNORECASE)
    if month in ("May", "March"):
        return not led or bool(re.match(r" (?:has|will|is|was|said|told|have|we|I|God|he|they)\b", found.string[found.end() :]))
    return month.rstrip(".") in MAYBE_NAMES and (not led or bool(re.search(r"[A-Z]\w+ and $", before)))


def _is_year(found: re.Match[str]) -> bool:
    """Whether four digits name a year: not a count before a plural noun, not a flight, page or price."""
    before = found.string[max(0, found.start() - 16) : found.start()]
    after = found.string[found.end() : found.end() + 24]
    if found.start("year") > found.start():
        return True
    if re.search(r"(?:No\.?|Flight|Route|Resolution|Highway|page|pages|number|Article|Section|article|resolution|flight|room|Room|Boeing|about|some|around|nearly|than|least|almost|over|approximately|roughly|#|\d[.,/]) ?$|(?<!\b[12]\d{3})(?<!\d)-$", before) and not re.search(r"\b[12]\d{3}[-–/]$", before):
        return False
    counted = re.match(r" (?:[a-z]+ed |[a-z]+ing )?(?!(?:as|was|is|has|this|its|his|during|always|elections?|Olympics|games|polls|crisis|series|talks|protests|sales|results|floods|riots|attacks|bombings|sanctions|levels|figures|rules|accords|talks|prices|estimates|highs|lows)\b)[a-z]+(?<!s)s\b", after)
    led = re.search(r"\b(?:in|since|of|by|until|till|from|to|through|before|after|during|between|and|late|early|mid|the|year|for|a|an|its|his|their|our)[ -]$", before, re.IGNORECASE)
    if counted and (not led or re.search(r"\b(?:and|of|to|for) $", before)):
        return False
    if re.match(r" (?:people|men|women|children|troops|percent|per cent|km|miles|kilometers|kilometres|meters|metres|feet|tons|tonnes|dollars|pounds|euros|degrees|yards|acres|hectares|soldiers|kg)\b", after):
        return False
    return True


def _is_rate(found: re.Match[str]) -> bool:
    """Whether "a day" tells how often: a figure with its noun stands before it."""
    before = found.string[max(0, found.start() - 40) : found.start()]
    return bool(
        re.search(r"(?:\d|\b(?:once|twice|times|hundred|thousand|million|billion|dozen|one|two|three|four|five|six|ten))[%€£$]?(?: [a-zé-]+){0,3} $", before)
        and not re.search(r"\b(?:for|in|within|after|than|about|and|nearly|almost|over|of|at|was|is|or|to|by|took|lasted|with|half) $", before)
    )
