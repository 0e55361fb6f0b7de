"""The content of an attribution as a text of its own, and the way back from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]

MARKS = "\"“”„«»‘’'"


@dataclass(frozen=True)
class Joined:
    """A text made of parts of another: `parts` are (start there, end there, start here)."""

    text: str
    parts: tuple[tuple[int, int, int], ...]

    def there(self, span: Span) -> tuple[Span, ...]:
        """A span of this text in the other one, in as many pieces as it has there."""
        cut = ((max(span[0], here), min(span[1], here + end - start), start - here) for start, end, here in self.parts)
        return tuple((low + by, high + by) for low, high, by in cut if low < high)

    def here(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Spans of the other text in this one, cut to what is left of them."""
        cut = [(max(low, a), min(high, b), c - a) for low, high in spans for a, b, c in self.parts]
        return tuple((low + by, high + by) for low, high, by in cut if low < high)


def bare(text: str, span: Span) -> Span:
    """The span without the blanks and quotation marks that open and close it."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in MARKS):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in MARKS):
        end -= 1
    return start, end


def join(text: str, spans: Sequence[Span]) -> Joined:
    """The spans, their outer quotation marks stripped, as one text.

    >>> join('"We won," he said, "and left."', [(0, 9), (19, 30)]).text
    'We won, and left.'
    """
    parts, words, done = [], [], 0
    for start, end in (bare(text, span) for span in spans):
        parts.append((start, end, done))
        words.append(text[start:end])
        done += end - start + 1
    return Joined(without_lone_marks(" ".join(words)), tuple(parts))


def without_lone_marks(text: str) -> str:
    """The text with blanks for double quotation marks that lost their partner when the outer ones were stripped.

    >>> without_lone_marks("Kim “hailed the pact")
    'Kim  hailed the pact'
    """
    lone = [text.rindex('"')] if text.count('"') % 2 else []
    opened: list[int] = []
    for at, mark in enumerate(text):
        if mark == "“":
            opened.append(at)
        elif mark == "”":
            lone += [] if opened else [at]
            opened = opened[:-1]
    for at in lone + opened:
        text = text[:at] + " " + text[at + 1 :]
    return text
