"""Where the expressions of time stand in a text and what their words mean: the forms are lexicon/time_forms.tsv."""

from functools import lru_cache

from reportedly.normalise import time_lengths, time_meanings
from reportedly.normalise.forms import forms
from reportedly.normalise.numbers import plain_blanks
from reportedly.normalise.time_words import Build, Meaning


@lru_cache(maxsize=4)
def find(text: str) -> tuple[Meaning, ...]:
    """Every time expression of a text in order; of two that overlap the longer stays."""
    plain = plain_blanks(text)
    folded = plain.lower()
    tried = [form for form in forms("time_forms.tsv") if not form.needs or any(need in folded for need in form.needs)]
    found = [
        meaning for form in tried for match in form.pattern.finditer(plain) if (meaning := _reader(form.name)(match))
    ]
    return tuple(sorted(_longest(found, len(text)), key=lambda each: each.span.start))


def _longest(found: list[Meaning], size: int) -> list[Meaning]:
    kept: list[Meaning] = []
    taken = bytearray(size)
    for meaning in sorted(found, key=lambda each: (each.span.start - each.span.end, each.span.start)):
        start, end = meaning.span.start, meaning.span.end
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append(meaning)
    return kept


def _reader(name: str) -> Build:
    build: Build = getattr(time_lengths, name, None) or getattr(time_meanings, name)
    return build
