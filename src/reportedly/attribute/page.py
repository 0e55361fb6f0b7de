"""A text as the learned reader takes it, and one attribution as it gives it back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from reportedly.attribute.contents import Span
from reportedly.segment.quotations import quotations
from reportedly.segment.sentences import paragraphs, sentences


@dataclass(frozen=True)
class Page:
    """A text with its quotations and the starts of its sentences."""

    text: str
    quotations: tuple[Span, ...]
    sentences: tuple[int, ...]

    def sentence(self, at: int) -> int:
        """The number of the sentence at an offset."""
        return bisect_right(self.sentences, at)

    def is_quoted(self, at: int) -> bool:
        """Whether an offset stands in quotation marks, the marks included."""
        return any(start <= at < end for start, end in self.quotations)


def page_of(text: str) -> Page:
    """A text cut up as `segment` does it."""
    blocks = paragraphs(text)
    quoted = quotations(text, blocks)
    starts = tuple(span.start for span in sentences(text, blocks, quoted, None))
    return Page(text, tuple((q.span.start, q.span.end) for q in quoted), starts)


@dataclass(frozen=True)
class Reading:
    """One attribution in characters of the report; `within` is the place of the outer one in the same list."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    probability: float
    within: int | None = None
