"""Readings put right at their edges: whole quotations, no gaps of mere punctuation, no comma at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportedly.attribute.contents import Span
from reportedly.attribute.readings import Reading

WORD = re.compile(r"\w+(?:[.,'’\-]\w+)*")
COVERED = 0.5  # of a quotation's words: from here on all of it is meant


def words(text: str, span: Span) -> int:
    """How many words stand in a span."""
    return len(WORD.findall(text, *span))


def overlap(a: Span, b: Span) -> Span:
    """What two spans share; empty or negative where nothing."""
    return max(a[0], b[0]), min(a[1], b[1])


def own_quotations(quotations: Sequence[Span], reading: Reading) -> list[Span]:
    """The quotations that hold neither cue nor source: those belong to an outer speaker."""
    others = [reading.cue, *([reading.source] if reading.source else [])]
    return [q for q in quotations if not any(min(q[1], o[1]) > max(q[0], o[0]) for o in others)]


def whole_quotations(text: str, span: Span, quotations: Sequence[Span]) -> Span:
    """The span grown to the ends of each quotation of which it covers half or more."""
    for quotation in quotations:
        shared = overlap(span, quotation)
        if shared[0] < shared[1] and words(text, shared) >= COVERED * words(text, quotation):
            span = min(span[0], quotation[0]), max(span[1], quotation[1])
    return span


def joined(text: str, spans: Sequence[Span], apart: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, joined where no word stands between them; `apart` are spans that must stay between."""
    out: list[Span] = []
    for span in sorted(spans):
        between = (out[-1][1], span[0]) if out else span
        free = not words(text, between) and not any(between[0] <= a[0] < between[1] for a in apart)
        if out and (free or between[1] <= between[0]):
            out[-1] = out[-1][0], max(out[-1][1], span[1])
        else:
            out.append(span)
    return tuple(out)


def settle(text: str, quotations: Sequence[Span], reading: Reading) -> Reading:
    """The reading with its content at proper borders."""
    own = own_quotations(quotations, reading)
    spans = [whole_quotations(text, span, own) for span in reading.content]
    apart = [reading.cue, *([reading.source] if reading.source else [])]
    return replace(reading, content=joined(text, spans, apart))
