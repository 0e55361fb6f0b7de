"""What a rule finds, before it has a name of its own."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from reportedly.lexicon import Row, table
from reportedly.model import Quotation, Segmented, Span

CERTAIN, LIKELY, WEAK = 0.9, 0.75, 0.6


class Found(NamedTuple):
    """One source, one cue and what it says; `how` names the rule."""

    cue: Span | None
    source: Span | None
    content: tuple[Span, ...]
    chance: float
    how: str

    @property
    def reach(self) -> Span:
        """From the first to the last code point of the content."""
        return Span(min(part.start for part in self.content), max(part.end for part in self.content))


@lru_cache(maxsize=8)
def cues(kind: str, folder: str | None = None) -> dict[str, Row]:
    """The cue words of one kind by lemma; a user's own rows win."""
    return {row["lemma"]: row for row in table("cues.tsv", folder) if row["kind"] == kind}


def quotation_of(segmented: Segmented, span: Span) -> Quotation | None:
    """The quotation strictly around a span, if any."""
    return next((q for q in segmented.quotations if q.span.start < span.start and span.end < q.span.end), None)


def joined(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, those that overlap or have only blanks and commas between them made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and (span.start <= out[-1].end or not text[out[-1].end : span.start].strip(" ,")):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def framed(segmented: Segmented, found: Found) -> Found:
    """The same with quotation marks at the edge of its contents taken in."""
    return found._replace(content=tuple(_with_marks(segmented, part, found.cue) for part in found.content))


def _with_marks(segmented: Segmented, part: Span, cue: Span | None) -> Span:
    text = segmented.report.text
    for mark in (q.span for q in segmented.quotations if q.span.touches(part)):
        if cue and mark.start <= cue.start and cue.end <= mark.end:
            continue
        start = mark.start if mark.start < part.start and not _worded(text, mark.start, part.start) else part.start
        end = mark.end if part.end < mark.end and not _worded(text, part.end, mark.end) else part.end
        part = Span(start, end)
    return part


def _worded(text: str, start: int, end: int) -> bool:
    return any(char.isalnum() for char in text[start:end])
