"""Numbers that count nothing: in names and codes, scores, ages, ratios after "per", pronouns."""

import re

from reportedly.lexicon import words
from reportedly.normalise.numbers import value_of

SCORE_WORDS = r"(?:win|wins|victory|defeat|loss|draw|lead|vote|votes|margin|series|record|triumph|rout|scoreline|majority|decision|split|ruling)"
PRONOUN = r"(?: of\b(?! (?:the )?\w+ (?:killed|dead))| another\b|,|\.|;| who\b| that\b| day\b|-time\b|-on-one|-way\b|-sided\b| by one| (?:thing|side|hand|way|sort|kind|type|hell|point|reason|another|step)\b| more time| is\b| has\b| can\b| should\b| must\b| might\b| would\b|['’]s\b)"


def is_name(found: re.Match[str]) -> bool:
    """Whether a matched number counts nothing: "Flight 752", "2-1", "Article 5", "Ana Ruiz, 45,", "one of them"."""
    return (
        _is_address(found)
        or _is_labelled(found)
        or _goes_on(found)
        or _is_score(found)
        or _is_age(found)
        or _is_pronoun(found)
    )


def _is_labelled(found: re.Match[str]) -> bool:
    """A number after a word such as "Flight", or after a capitalised name and before no noun."""
    if found["cues"] or found["money"] or not found["first"][0].isdigit():
        return False
    before = re.search(r"([\w.]+)[ -]$", found.string[max(0, found.start() - 24) : found.start()])
    if not before:
        return False
    if before[1].lower() in words("number_labels.txt") or before[1].lower() == "per":
        return True
    named = before[1][0].isupper() and not before[1].endswith(".") and not _opens_sentence(found, before)
    plain = re.fullmatch(r"\d{1,4}", found[0].strip()) is not None
    return named and plain and not re.match(r" ?(?:%|[a-z])", found.string[found.end() :])


def _is_address(found: re.Match[str]) -> bool:
    """ "131 West 23rd Street", "Ground Zero"."""
    rest = found.string[found.end() : found.end() + 50]
    road = r"(?: [A-Z][\w.]*| \d+(?:st|nd|rd|th)){0,3} (?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Boulevard|Lane|Drive|Square|Place|Way)\b"
    if re.match(road, rest):
        return True
    named = re.search(r"[A-Z]\w+ $", found.string[max(0, found.start() - 20) : found.start()])
    capital = re.fullmatch(r"[A-Z][a-z]+", found["first"]) is not None and not found["cues"]
    inside = re.search(r"[a-z,] $", found.string[max(0, found.start() - 2) : found.start()]) and re.match(
        r" [A-Z]", rest
    )
    return capital and bool(named or inside)


def _opens_sentence(found: re.Match[str], before: re.Match[str]) -> bool:
    start = max(0, found.start() - 24) + before.start()
    return start == 0 or bool(re.search(r"[.!?:;\n\"“] ?$", found.string[max(0, start - 2) : start]))


def _goes_on(found: re.Match[str]) -> bool:
    """A number that a letter, a colon or another digit carries on: "5th", "10:30", "3-0"."""
    rest = found.string[found.end() :]
    return bool(
        re.match(r"(?:[:/]\d|st\b|nd\b|rd\b|th\b|[A-Za-z]\w*\d|[-–]\d|['’]s\b|\.\d+\.|-(?: to| and| or)\b)", rest)
    )


def _is_score(found: re.Match[str]) -> bool:
    if not found["second"] or not re.search(r"[-–—]", found["join"]) or found["cues"] or found["money"]:
        return False
    first, second = value_of(found["first"]) or 0, value_of(found["second"]) or 0
    scaled = re.search(r"[a-z]", found["second"].lower())
    return (first >= second and not scaled) or bool(re.match(rf" {SCORE_WORDS}\b", found.string[found.end("second") :]))


def _is_age(found: re.Match[str]) -> bool:
    """ "Ana Ruiz, 45," and "aged 9, 10 and 12"."""
    before = found.string[max(0, found.start() - 40) : found.start()]
    after = found.string[found.end() : found.end() + 12]
    if re.search(r"\b(?:aged|ages?|ages? of) (?:\d{1,3}(?:, | and |, and | to | or )?)*$", before):
        return True
    if re.search(r"\b(?:father|mother|parent|dad|mum|mom|grandmother|grandfather) of $", before):
        return True
    if re.match(r"[ -]years?[ -](?:old|of age)", after):
        return True
    stated = re.search(r"\b(?:who|he|she|I) (?:is|was|turned|turns)(?: now)? $|['’]s \w+ is $", before)
    aged = re.search(r"\b(?:people|children|those|women|men|adults|voters|anyone|everyone|youths|boys|girls) $", before)
    small = re.fullmatch(r"\d{1,3}", found["first"]) is not None
    if (
        (small
        and stated
        and re.match(r"[,.;)]| and\b|$", after))
        or (small and aged and re.match(r"(?:under|over) $", found["cues"] or ""))
    ):
        return True
    named = re.search(r"[A-Z][\w’'.-]+, $", before) and re.match(r"[,.;)]|$", after)
    return bool(named and re.fullmatch(r"\d{1,2}", found["first"]) and not found["second"])


def _is_pronoun(found: re.Match[str]) -> bool:
    """ "one of them", "the two", "zero tolerance": words of number that count nothing."""
    word, after = found["first"].lower(), found.string[found.end("first") :]
    if word == "one" and not found["cues"] and not found["ratio"] and re.match(PRONOUN, after):
        return True
    if word == "zero" and re.match(r"[ -](?:tolerance|in\b)", after):
        return True
    before = found.string[max(0, found.start() - 12) : found.start()]
    led = r"\b(?:the|this|that|no|any|every|each|some|another|number|day|which|these|those)(?: other| last| first| next)? $"
    return word in ("one", "two") and bool(re.search(led, before, re.IGNORECASE))
