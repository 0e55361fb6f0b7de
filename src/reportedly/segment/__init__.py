"""Cut a report up: paragraphs, sentences, quotations, headline, dateline and the lines about the text itself."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from reportedly.model import Notice, Report, Segmented, Span
from reportedly.segment.notices import notices, published_in, publishers
from reportedly.segment.opening import dateline
from reportedly.segment.quotations import quotations
from reportedly.segment.sentences import paragraphs, sentences

HEADLINE_WORDS = 22
HEAD_LINES = 3


def segment(report: Report) -> Segmented:
    """The report with its dateline, agency, notices and republisher, and the spans of its parts. Pure; never fails."""
    text = report.text
    blocks = paragraphs(text)
    quoted = quotations(text, blocks)
    notes = notices(text, blocks)
    if report.published is None:
        report = replace(report, published=published_in(text, notes))
    head = _headline(report, blocks, notes)
    opened = dateline(text, [block for block in blocks if block != head], report.published)
    outlet, republisher = publishers(report, notes)
    told = opened.agency if opened else None
    credits = [note.name for note in notes if note.kind == "agency" and note.name]
    agency = report.agency or _other(told, outlet) or (credits[0] if credits else None)
    full = replace(
        report, dateline=opened, notices=notes, outlet=outlet, republisher=republisher, agency=_other(agency, outlet)
    )
    cuts = sentences(text, blocks, quoted, opened.span if opened else None)
    return Segmented(report=full, paragraphs=blocks, sentences=cuts, quotations=quoted, headline=head)


def sentence_at(segmented: Segmented, offset: int) -> Span | None:
    """The sentence that holds the code point at `offset`; None between sentences."""
    return _holding(segmented.sentences, offset)


def paragraph_at(segmented: Segmented, offset: int) -> Span | None:
    """The paragraph that holds the code point at `offset`; None between paragraphs."""
    return _holding(segmented.paragraphs, offset)


def _holding(spans: tuple[Span, ...], offset: int) -> Span | None:
    at = bisect_right(_starts(spans), offset) - 1
    return spans[at] if at >= 0 and offset < spans[at].end else None


@lru_cache(maxsize=32)
def _starts(spans: tuple[Span, ...]) -> list[int]:
    return [span.start for span in spans]


def _other(name: str | None, than: str | None) -> str | None:
    """The name, unless it is that of the outlet itself."""
    return name if name and name.casefold() != (than or "").casefold() else None


def _headline(report: Report, blocks: Sequence[Span], notes: Sequence[Notice]) -> Span | None:
    head = blocks[:HEAD_LINES]
    for block in head:
        if report.title and _letters(block.of(report.text)) == _letters(report.title):
            return block
    free = [block for block in head if not any(note.span.touches(block) for note in notes)]
    return free[0] if free and _heads(free[0].of(report.text)) else None


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _heads(line: str) -> bool:
    """Whether a first line reads as a headline: short, without a final stop or with capitals throughout."""
    words = line.split()
    if not 2 <= len(words) <= HEADLINE_WORDS or re.search(r"[,;:—–-]$", line):
        return False
    capitals = sum(word.lstrip("“\"'‘(")[:1].isupper() for word in words if len(word) > 3)
    long = sum(len(word) > 3 for word in words)
    return not re.search(r"[.!?…][”\"’']?$", line) or capitals > 0.8 * long
