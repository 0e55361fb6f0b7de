"""What the network finds, put right at its edges: whole quotations, no stray sentences, no gaps of mere punctuation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportedly.attribute.contents import Span
from reportedly.attribute.page import Page, Reading
from reportedly.attribute.scan import Found

WORD = re.compile(r"\w+(?:[.,'’\-]\w+)*")
COVERED = 0.5  # of a quotation's words: from here on all of it is meant


def words(text: str, span: Span) -> int:
    """How many words stand in a span."""
    return len(WORD.findall(text, *span))


def touch(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def whole_quotations(text: str, span: Span, quoted: Sequence[Span]) -> Span:
    """The span grown to the ends of each quotation of which it covers half or more, or begins or ends a part."""
    for start, end in quoted:
        shared = max(span[0], start), min(span[1], end)
        if shared[0] < shared[1] and (
            words(text, shared) >= COVERED * words(text, (start, end)) or is_part(text, span, (start, end))
        ):
            span = min(span[0], start), max(span[1], end)
    return span


def is_part(text: str, span: Span, quotation: Span) -> bool:
    """Whether a span lies in a quotation and reaches one of its ends: its speaker has said the rest too."""
    before, behind = (quotation[0], span[0]), (span[1], quotation[1])
    return before[0] <= before[1] and behind[0] <= behind[1] and not (words(text, before) and words(text, behind))


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
    spans = [whole_quotations(page.text, span, own) for span in found.content]
    return replace(found, content=joined(page.text, spans, apart))


def sentences_apart(page: Page, cue: Span, span: Span) -> int:
    """How many sentences lie between a cue and a span; 0 where they share one."""
    here, first, last = page.sentence(cue[0]), page.sentence(span[0]), page.sentence(span[1] - 1)
    return max(first - here, here - last, 0)


def undisputed(page: Page, readings: Sequence[Reading]) -> list[Reading]:
    """The readings without those contents that another one, whose cue stands nearer, has too."""

    def is_taken(span: Span, own: Reading) -> bool:
        far = sentences_apart(page, own.cue, span)
        rivals = (r for r in readings if r is not own and any(touch(span, other) for other in r.content))
        return any(sentences_apart(page, r.cue, span) < far for r in rivals)

    kept = [tuple(span for span in r.content if not is_taken(span, r)) for r in readings]
    return [replace(r, content=content or r.content) for r, content in zip(readings, kept, strict=True)]


def run_on(page: Page, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with the paragraphs over which their quotations run, before and behind, unless another has them."""
    out = list(readings)
    pairs = [*page.continued, *((after, before) for before, after in reversed(page.continued))]
    for known, new in pairs:
        free = not any(touch(new, part) for r in out for part in (*r.content, r.cue))
        at = next((i for i, r in enumerate(out) if any(touch(known, part) for part in r.content)), None)
        if free and at is not None:
            out[at] = replace(out[at], content=tuple(sorted((*out[at].content, new))))
    return out
