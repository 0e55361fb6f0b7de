"""The forms of time expressions, read from lexicon/time_forms.tsv: where they stand in a text and what they mean."""

import re
from functools import lru_cache

from reportedly.lexicon import table
from reportedly.normalise import time_lengths, time_meanings
from reportedly.normalise.numbers import DIGITS, alternatives, number_words, plain_blanks, spoken
from reportedly.normalise.time_words import Build, Meaning, time_words


@lru_cache(maxsize=4)
def find(text: str) -> tuple[Meaning, ...]:
    """Every time expression of a text in order; of two that overlap the longer stays."""
    plain = plain_blanks(text)
    found = [meaning for form, build in _forms() for match in form.finditer(plain) if (meaning := build(match))]
    kept: list[Meaning] = []
    taken = bytearray(len(text) + 1)
    for meaning in sorted(found, key=lambda each: (each.span.start - each.span.end, each.span.start)):
        start, end = meaning.span.start, meaning.span.end
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append(meaning)
    return tuple(sorted(kept, key=lambda each: each.span.start))


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], Build], ...]:
    """Every pattern, compiled, with the function that reads its words."""
    rows = table("time_forms.tsv")
    pieces = {"{" + row["name"] + "}": _filled(row["pattern"]) for row in rows if row["kind"] == "piece"}
    forms = [row for row in rows if row["kind"] == "form"]
    return tuple((_compiled(row["pattern"], pieces), _reader(row["name"])) for row in forms)


def _reader(name: str) -> Build:
    build: Build = getattr(time_lengths, name, None) or getattr(time_meanings, name)
    return build


def _compiled(form: str, pieces: dict[str, str]) -> re.Pattern[str]:
    for name, piece in pieces.items():
        form = form.replace(name, piece)
    return re.compile(rf"(?<![\w$€£])(?:{_filled(form)})")


def _filled(pattern: str) -> str:
    """A pattern with the words of the tables in the place of their names."""
    pattern = re.sub(r"\{words:(\w+)\}", lambda found: alternatives(time_words(found[1])), pattern)
    pattern = re.sub(r"\{numbers:(\w+)\}", lambda found: alternatives(number_words(found[1])), pattern)
    return pattern.replace("{digits}", DIGITS).replace("{spoken}", spoken())
