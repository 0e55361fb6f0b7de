"""A text as the learned reader takes it, and one attribution as it gives it back."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly import model
from reportedly.attribute.contents import Span
from reportedly.model import Quotation
from reportedly.segment.quotations import quotations
from reportedly.segment.sentences import paragraphs, sentences


@dataclass(frozen=True)
class Page:
    """A text with its quotations and the starts of its sentences.

    `continued` are pairs of quotations of which the second goes on from the paragraph before.
    """

    text: str
    quotations: tuple[Span, ...]
    sentences: tuple[int, ...]
    continued: tuple[tuple[Span, Span], ...] = ()

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
    return paged(text, quoted, sentences(text, blocks, quoted, None))


def paged(text: str, quoted: Sequence[Quotation], cuts: Sequence[model.Span]) -> Page:
    """A text that has been cut up."""
    spans = tuple((q.span.start, q.span.end) for q in quoted)
    pairs = zip(itertools.pairwise(spans), quoted[1:], strict=True)
    return Page(text, spans, tuple(cut.start for cut in cuts), tuple(pair for pair, q in pairs if q.continues))


@dataclass(frozen=True)
class Reading:
    """One attribution in characters of the report; `within` is the place of the outer one in the same list."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    probability: float
    within: int | None = None
