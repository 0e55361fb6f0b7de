"""Numbers that count nothing: in names and codes, scores, ages, addresses, pronouns."""

import re

from reportedly.lexicon import words
from reportedly.normalise.forms import figure_sense
from reportedly.normalise.numbers import value_of

NEAR = 40  # characters before and after a number that tell what it is
CODE = 8  # digits in a row without commas from which on, and one more, a number is a code
Found = re.Match[str]


def is_name(found: Found) -> bool:
    """Whether a matched number counts nothing: "Flight 752", "2-1", "Article 5", "Ana Ruiz, 45,", "one of them"."""
    goes_on = bool(figure_sense("goes_on").match(found.string, found.end()))
    return (
        (found["first"].isdecimal() and len(found["first"]) > CODE)
        or goes_on
        or any(test(found) for test in (_is_address, _is_labelled, _is_score, _is_age, _is_stated_age, _is_pronoun))
    )


def _before(found: Found) -> str:
    return found.string[max(0, found.start() - NEAR) : found.start()]


def _is_labelled(found: Found) -> bool:
    """A number after a word such as "Flight", or after a capitalised name and before no noun."""
    if found["cues"] or found["money"] or not found["first"][0].isdigit():
        return False
    if figure_sense("clock_led").search(_before(found)):
        return True
    label = re.search(r"(?P<opens>[.!?:;\n\"“] ?|^)?(?P<word>[\w.]+)[ -]$", _before(found))
    if not label:
        return False
    if label["word"].lower() in words("number_labels.txt"):
        return True
    if _is_counted_model(label, found):
        return True
    named = label["word"][0].isupper() and not label["word"].endswith(".") and label["opens"] is None
    plain = re.fullmatch(r"\d{1,4}", found[0].strip()) is not None
    return named and plain and not figure_sense("counts_on").match(found.string, found.end())


def _is_counted_model(label: Found, found: Found) -> bool:
    """The number of a model that another number counts: "six AK 47 rifles"."""
    counts = re.search(r"(\S+) $", label.string[: label.start("word")])
    model = re.fullmatch(r"[A-Z]{1,4}", label["word"]) is not None and re.fullmatch(r"\d{1,3}", found["first"])
    return bool(model and counts and value_of(counts[1]) is not None)


def _is_address(found: Found) -> bool:
    """ "131 West 23rd Street", "Ground Zero"."""
    if figure_sense("road").match(found.string, found.end()):
        return True
    lead, rest = _before(found), found.string[found.end() : found.end() + 2]
    capital = re.fullmatch(r"[A-Z][a-z]+", found["first"]) is not None and not found["cues"]
    inside = re.search(r"[a-z,] $", lead) and re.match(r" [A-Z]", rest)
    return capital and bool(re.search(r"[A-Z]\w+ $", lead) or inside)


def _is_score(found: Found) -> bool:
    """ "2-1", "a 5-4 ruling"."""
    if not found["second"] or not re.search(r"[-–—]", found["join"]) or found["cues"] or found["money"]:
        return False
    first, second = value_of(found["first"]) or 0, value_of(found["second"]) or 0
    scaled = re.search(r"[a-z]", found["second"].lower())
    return (first >= second and not scaled) or bool(
        figure_sense("score_words").match(found.string, found.end("second"))
    )


def _is_age(found: Found) -> bool:
    """ "aged 9, 10 and 12", "45 years old", "a mother of three"."""
    lead = _before(found)
    led = figure_sense("ages_led").search(lead) or figure_sense("parent_led").search(lead)
    return bool(led or figure_sense("age_after").match(found.string, found.end()))


def _is_stated_age(found: Found) -> bool:
    """ "Ana Ruiz, 45,", "who is 70.", "people under 30"."""
    lead, rest = _before(found), found.string[found.end() : found.end() + 6]
    if not re.fullmatch(r"\d{1,3}", found["first"]) or found["second"]:
        return False
    if figure_sense("people_led").search(lead) and re.match(r"(?:under|over) $", found["cues"] or ""):
        return True
    if re.match(r"[,.;)]| and\b|$", rest) and figure_sense("age_stated").search(lead):
        return True
    return bool(re.match(r"[,.;)]|$", rest) and figure_sense("named_led").search(lead) and len(found["first"]) < 3)


def _is_pronoun(found: Found) -> bool:
    """ "one of them", "the two", "zero tolerance": words of number that count nothing."""
    word, end = found["first"].lower(), found.end("first")
    bare = word == "one" and not found["cues"] and not found["ratio"]
    if bare and figure_sense("pronoun_one").match(found.string, end):
        return True
    if word == "zero" and re.match(r"[ -](?:tolerance|in\b)", found.string[end : end + 12]):
        return True
    if word == "two":
        told = figure_sense("two_things").match(found.string, end) and not figure_sense("two_led").search(
            _before(found)
        )
        return not told and bool(figure_sense("the_two").search(_before(found)))
    return word == "one" and bool(figure_sense("pronoun_led").search(_before(found)))
