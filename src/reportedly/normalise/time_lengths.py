"""What the words of a length, a rate, a part of day or a step mean: one function for each family of forms."""

import re

from reportedly.model import Span
from reportedly.normalise.forms import sense
from reportedly.normalise.numbers import value_of
from reportedly.normalise.time_words import (
    GRAINS,
    Found,
    Frame,
    Meaning,
    count_of,
    duration_value,
    span_of,
    stepped,
    time_words,
    unit_of,
    weekday_of,
    whole,
)
from reportedly.normalise.word_senses import after, before, in_name, is_rate

LENGTHS = ("the whole", "the entire", "the past", "the last")
REFERENCES = {"recent": "PAST_REF", "the recent": "PAST_REF", "coming": "FUTURE_REF", "the coming": "FUTURE_REF"}
HALVES = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}


def part(found: Found) -> Meaning | None:
    """ "this morning", "last night", "that evening", "the next morning"."""
    step, word = found["step"].lower(), found["part"].lower()
    alone = found.end() == found.end("part")
    if step == "last" and word != "night":
        return None
    if step == "the" and alone and word in ("dawn", "noon", "midday", "midnight", "night"):
        return None
    frame: Frame = "report" if step in ("this", "last") else "narrative"
    span = Span(found.start(), found.end("part"))
    return Meaning(span=span, type="TIME", step=stepped(step)[0] or 0, frame=frame, part=time_words("part")[word])


def tonight(found: Found) -> Meaning | None:
    """ "tonight", "overnight"."""
    now = found[0].lower() == "tonight"
    return Meaning(span=span_of(found), type="TIME", step=0, frame="report" if now else "nearest", part="NI")


def unit_step(found: Found) -> Meaning | None:
    """ "last month", "this week", "the following year", "the end of the year", "the past year"."""
    step, code = found["step"].lower(), unit_of(found["unit"])
    modified = found.start("step") > found.start()
    ahead = step in ("the next", "the coming") and bool(sense("over_led").search(before(found)))
    if ahead or (step in LENGTHS and not modified):
        return whole(found, "DURATION", duration_value(1, code))
    if code not in GRAINS or (step == "the" and (not modified or code in ("WE", "Q"))):
        return None
    count, frame = stepped(step)
    return Meaning(span=span_of(found), grain=GRAINS[code], step=count or 0, frame=frame)


def shift(found: Found) -> Meaning | None:
    """ "two weeks ago", "a day earlier", "three years later"."""
    if found["number"].lower() == "the":
        return None
    return _shifted(found, count_of(found["number"]))


def vague_shift(found: Found) -> Meaning | None:
    """ "years ago", "weeks later"."""
    return _shifted(found, None)


def _shifted(found: Found, number: float | None) -> Meaning | None:
    code, direction = unit_of(found["unit"]), found["direction"].lower()
    back = direction in ("ago", "earlier", "before", "prior", "previously")
    frame: Frame = "report" if direction in ("ago", "from now", "hence") else "narrative"
    if number is None:
        return whole(found, "DATE", "PAST_REF" if back else "FUTURE_REF")
    if code == "2W":
        number, code = number * 2, "W"
    step = -number if back else number
    if code not in GRAINS:
        return Meaning(span=span_of(found), type="TIME", step=step, frame=frame, part=f"T{code}")
    return Meaning(span=span_of(found), grain=GRAINS[code], step=step, frame=frame)


def day_before(found: Found) -> Meaning | None:
    """ "the day before", "the week after"."""
    code, step = unit_of(found["direction"].split()[1]), 1 if found[0].lower().endswith("after") else -1
    return Meaning(span=span_of(found), grain=GRAINS[code], step=step, frame="narrative") if code in GRAINS else None


def duration(found: Found) -> Meaning | None:
    """ "five days", "more than a decade", "five-year", "the past six months", "61-year-old"."""
    number, code = found["number"].lower(), unit_of(found["unit"])
    if number == "the" or code == "Q" or found.end("number") == found.start("unit"):
        return None
    if found[0].lower() == "one day" and not sense("one_day_led").search(before(found)):
        return None
    if number in ("a", "an"):
        return _single(found, code)
    if found["unit"].lower() == "second" and not found[0].endswith("s"):
        return None
    return whole(found, "DURATION", duration_value(count_of(number), code))


def _single(found: Found, code: str) -> Meaning | None:
    """ "a decade", "an hour"; None for "a day-long" and "a year earlier", a rate for "40 a day"."""
    rest, joint = after(found), found.string[found.end("number")]
    plural = found[0].rstrip("'’").endswith("s")
    if plural or joint == "-" or code in ("WE", "NI", "S") or re.match(r"-| (?:earlier|later|ago)\b", rest):
        return None
    return whole(found, "SET" if is_rate(found) else "DURATION", duration_value(1, code))


def lasting(found: Found) -> Meaning | None:
    """ "a week-long strike", "monthslong", "decades-old"; None where a figure before it counts the units."""
    unit = found["unit"].lower()
    if re.search(r"[\w)]-$", before(found)) or (
        unit == "year" and "old" in found[0].lower() and found[0][0] not in "aA"
    ):
        return None
    many = unit.endswith("s") or unit == "centuries"
    return whole(found, "DURATION", duration_value(None if many else 1, unit_of(unit)))


def period_end(found: Found) -> Meaning | None:
    """ "year-end", "month's end", "midyear", "for the year": the period itself."""
    return Meaning(span=span_of(found), grain=GRAINS[unit_of(found["unit"])], step=0, frame="nearest")


def year_ago(found: Found) -> Meaning | None:
    """ "the year-ago quarter", "year-earlier": a year before."""
    return Meaning(span=span_of(found), grain=GRAINS[unit_of(found["unit"])], step=-1, frame="nearest")


def weekly_part(found: Found) -> Meaning | None:
    """ "weekends", "weekdays"."""
    return whole(found, "SET", "XXXX-WXX-WE" if found["unit"].lower() == "weekends" else "XXXX-WXX")


def half(found: Found) -> Meaning | None:
    """ "half an hour"."""
    words = found[0].lower()
    halved = next(value for word, value in HALVES.items() if word in words)
    return whole(found, "DURATION", "PT1.5H" if words.startswith("an hour") else halved)


def bare_units(found: Found) -> Meaning | None:
    """ "for weeks", "in recent years"."""
    lead = found["recent"].lower()
    if lead in REFERENCES:
        return whole(found, "DATE", REFERENCES[lead])
    if lead in ("the", "these"):
        return None
    counted = lead in ("the past", "past", "the last", "the next", "the following", "several", "many", "few")
    span = Span(found.start() if counted else found.start("unit"), found.end())
    return Meaning(span=span, type="DURATION", value=duration_value(None, unit_of(found["unit"])))


def bare_lengths(found: Found) -> Meaning | None:
    """ "hours after the vote": how many stays open."""
    return whole(found, "DURATION", duration_value(None, unit_of(found["unit"])))


def every(found: Found) -> Meaning | None:
    """ "every month", "every two weeks", "each Monday"."""
    if found["wd"]:
        return whole(found, "SET", f"XXXX-WXX-{weekday_of(found['wd'])}")
    if found["pt"]:
        word = found["pt"].lower()
        code = time_words("part").get(word)
        return whole(found, "SET", f"XXXX-XX-XXT{code}" if code else f"XXXX-{time_words('season')[word]}")
    count = 2.0 if " other " in found[0].lower() else 1.0
    return whole(
        found,
        "SET",
        duration_value(count_of(found["number"] or "a") if found["number"] else count, unit_of(found["unit"])),
    )


def weekdays(found: Found) -> Meaning | None:
    """ "Mondays"."""
    return whole(found, "SET", f"XXXX-WXX-{weekday_of(found['wd'][:-1])}")


def rate(found: Found) -> Meaning | None:
    """ "twice a week", "per day", "40 a month"."""
    code = unit_of(found["unit"])
    if code in ("S", "Q", "WE") or (found[0].lower().startswith(("a ", "an ")) and not is_rate(found)):
        return None
    return whole(found, "SET", duration_value(1, code))


def set_word(found: Found) -> Meaning | None:
    """ "daily", "annually"."""
    return None if in_name(found) else whole(found, "SET", time_words("set")[found[0].lower()])


def reference(found: Found) -> Meaning | None:
    """ "now", "recently", "the future"; None before a noun of time that makes them a span ("the past week")."""
    word, lead = found["ref"].lower(), before(found)
    if word == "soon" and not sense("to_come_led").search(lead):
        return None
    if word == "recently" and lead.endswith("as "):
        return None
    if word in ("the past", "recent", "current", "future") and sense("span_of_time").match(after(found)):
        return None
    return whole(found, "DATE", time_words("ref")[word])


def history_word(found: Found) -> Meaning | None:
    """ "former": an expression of time in annotated histories, not in news."""
    return Meaning(span=span_of(found), value=time_words("history")[found["ref"].lower()], frame="narrative")


def clock(found: Found) -> Meaning | None:
    """ "4:12 a.m.", "17:06", "0630 GMT"."""
    named = found.groupdict()
    hour, minute, noon = int(named["hour"]), named.get("minute") or "00", (named.get("half") or "")[:1].lower()
    if hour > 24 or (noon and not 1 <= hour <= 12):
        return None
    hour = hour % 12 + 12 * (noon == "p") if noon else hour
    return Meaning(span=span_of(found), type="TIME", frame="narrative", part=f"{hour:02}:{minute}")


def oclock(found: Found) -> Meaning | None:
    """ "five o'clock"."""
    hour = int(value_of(found["oclock"]) or 0)
    return Meaning(span=span_of(found), type="TIME", frame="narrative", part=f"{hour:02}:00")


def daypart(found: Found) -> Meaning | None:
    """ "noon", "dawn"; not "the dawn of an era" or a name."""
    if found["daypart"][0].isupper() and re.search(r"[A-Za-z] $", before(found)):
        return None
    if re.match(r" of (?!\d|[A-Z])", after(found)):
        return None
    return Meaning(span=span_of(found), type="TIME", part=time_words("part")[found["daypart"].lower()])


def at_night(found: Found) -> Meaning | None:
    """ "at night": any night."""
    return whole(found, "TIME", "XXXX-XX-XXTNI")
