"""Words that are times only in some places: "may", "fall", "second", numbers that look like years.

The patterns of their surroundings are data: rows of kind `sense` in lexicon/time_forms.tsv.
"""

import re

from reportedly.normalise.forms import sense
from reportedly.normalise.time_words import Found

NEAR = 40  # characters before and after that tell a sense


def before(found: Found, group: str | int = 0) -> str:
    """The words that lead up to a match or to one of its groups."""
    start = found.start(group)
    return found.string[max(0, start - NEAR) : start]


def after(found: Found) -> str:
    """The words that follow a match."""
    return found.string[found.end() : found.end() + NEAR]


def is_month(found: Found, month: str) -> bool:
    """Whether a month's name alone is one: not "May" or "March" as verbs or names, not "Jan" as a person."""
    lead = before(found, "month")
    if found.start("month") > found.start():
        return True
    led = bool(sense("month_led").search(lead))
    if month in ("May", "March"):
        return led and not sense("person_acts").match(after(found))
    short = len(month.rstrip(".")) <= 4 and month.rstrip(".") not in ("June", "July", "Sept")
    return not short or (led and not re.search(r"[A-Z]\w+ and $", lead))


def is_season(found: Found, word: str, step: str) -> bool:
    """Whether "fall" or "spring" without a year is a season: "in the fall", "a spring offensive"."""
    if step in ("that", "the same", "that same") or sense("season_noun").match(after(found)):
        return True
    led = bool(sense("season_led").search(before(found)))
    return led and (step == "the" or word == "spring") and not sense("fall_of").match(after(found))


def is_year(found: Found) -> bool:
    """Whether four digits name a year: not a count before a plural noun, not a flight, page or price."""
    lead, rest = before(found), after(found)
    if found.start("year") > found.start():
        return True
    if sense("number_led").search(lead) and not sense("year_range_led").search(lead):
        return False
    if sense("counted_people").match(rest):
        return False
    if found["year"] < "1500" and not sense("year_led").search(lead):
        return False  # "cases had reached 1004"
    counted = sense("counted_noun").match(rest)
    return not counted or bool(sense("year_led").search(lead) and not sense("count_led").search(lead))


def is_rate(found: Found) -> bool:
    """Whether "a day" tells how often: a figure with its noun stands before it."""
    lead = before(found)
    return bool(sense("rate_led").search(lead)) and not sense("length_led").search(lead)


def in_name(found: Found) -> bool:
    """Whether a capitalised word of time belongs to a name: "News Daily", "Nation Today"."""
    lead = before(found)
    inside = re.search(r"[a-z,] $", lead) and re.match(r" [A-Z]", after(found))
    return found[0][0].isupper() and bool(re.search(r"[A-Z][\w.]+ $", lead) or inside)
