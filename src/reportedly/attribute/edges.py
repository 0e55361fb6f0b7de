"""What the network finds, put right at its edges: whole quotations, no stray sentences, no gaps of mere punctuation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.attribute.contents import Span
from reportedly.attribute.scan import Found
from reportedly.segment.quotations import quotations
from reportedly.segment.sentences import paragraphs, sentences

WORD = re.compile(r"\w+(?:[.,'’\-]\w+)*")
COVERED = 0.5  # of a quotation's words: from here on all of it is meant


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


def words(text: str, span: Span) -> int:
    """How many words stand in a span."""
    return len(WORD.findall(text, *span))


def touch(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def whole_quotations(text: str, span: Span, quoted: Sequence[Span]) -> Span:
    """The span grown to the ends of each quotation of which it covers half or more."""
    for start, end in quoted:
        shared = max(span[0], start), min(span[1], end)
        if shared[0] < shared[1] and words(text, shared) >= COVERED * words(text, (start, end)):
            span = min(span[0], start), max(span[1], end)
    return span


def near_ones(page: Page, found: Found) -> tuple[Span, ...]:
    """The contents without those in other sentences that nobody quotes; all of them where none would be left."""
    here = page.sentence(found.cue[0])
    kept = [s for s in found.content if page.sentence(s[0]) <= here <= page.sentence(s[1] - 1) or page.is_quoted(s[0])]
    return tuple(kept) or found.content


def joined(text: str, spans: Sequence[Span], apart: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, joined where no word stands between them, unless one of `apart` does."""
    out: list[Span] = []
    for span in sorted(spans):
        between = (out[-1][1], span[0]) if out else span
        free = not words(text, between) and not any(touch(between, other) for other in apart)
        if out and (free or between[1] <= between[0]):
            out[-1] = out[-1][0], max(out[-1][1], span[1])
        else:
            out.append(span)
    return tuple(out)


def settle(page: Page, found: Found) -> Found:
    """The same with its content at proper borders; quotations around cue or source belong to somebody else."""
    apart = [found.cue, *([found.source] if found.source else [])]
    own = [q for q in page.quotations if not any(touch(q, other) for other in apart)]
    spans = [whole_quotations(page.text, span, own) for span in near_ones(page, found)]
    return replace(found, content=joined(page.text, spans, apart))
