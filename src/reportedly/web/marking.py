"""A text with spans over it -> paragraphs of segments for <mark>: cut at every border, so overlaps are right."""

import html
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup


class Layer(NamedTuple):
    """A span of one record: `role` is source, cue or content; `depth` counts the attributions around it."""

    start: int
    end: int
    record: str
    role: str
    depth: int = 0


class Segment(NamedTuple):
    """A stretch of text that the same records cover: their ids, and classes for the style sheet."""

    text: str
    records: str
    classes: str
    id: str


def paragraphs(text: str, layers: Iterable[Layer]) -> list[list[Segment]]:
    """The paragraphs of a text as segments, in order; empty lines are left out."""
    coming, seen, start = deque(sorted(layers)), set[str](), 0
    here: list[Layer] = []
    out = []
    for line in text.split("\n"):
        end = start + len(line)
        here = [layer for layer in here if start < layer.end]
        while coming and coming[0].start < end:
            here.append(coming.popleft())
        if line.strip():
            out.append(_segments(text, start, end, [layer for layer in here if start < layer.end], seen))
        start = end + 1
    return out


def around(text: str, start: int, end: int, most: int | None = None) -> tuple[str, str, str]:
    """The paragraph around a span: before, its words, after; of a long one `most` signs on each side."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before, after = text[first:start], text[end : last if last >= 0 else len(text)]
    if most and len(before) > most:
        before = "…" + before[-most:].partition(" ")[2]
    if most and len(after) > most:
        after = after[:most].rpartition(" ")[0] + "…"
    return before, text[start:end], after


def as_html(found: Sequence[Sequence[Segment]]) -> Markup:
    """The paragraphs as HTML, every word and every name in it escaped here: a template takes ten times as long."""
    return Markup("".join('<p dir="auto">' + "".join(map(_mark, each)) + "</p>\n" for each in found))


def _mark(segment: Segment) -> str:
    words = html.escape(segment.text)
    if not segment.records:
        return words
    name = f' id="{html.escape(segment.id)}"' if segment.id else ""
    return f'<mark class="{segment.classes}" data-s="{html.escape(segment.records)}"{name}>{words}</mark>'


def _segments(text: str, start: int, end: int, layers: Sequence[Layer], seen: set[str]) -> list[Segment]:
    borders = {start, end} | {at for layer in layers for at in (layer.start, layer.end) if start < at < end}
    cuts = sorted(borders)
    return [_segment(text, a, b, layers, seen) for a, b in pairwise(cuts)]


def _segment(text: str, start: int, end: int, layers: Sequence[Layer], seen: set[str]) -> Segment:
    over = [layer for layer in layers if layer.start <= start and end <= layer.end]
    records = list(dict.fromkeys(layer.record for layer in over))
    first = next((record for record in records if record not in seen), "")
    seen.update(records)
    deepest = max((layer.depth for layer in over), default=0)
    classes = sorted({layer.role for layer in over}) + ([f"depth-{min(deepest, 3)}"] if over else [])
    return Segment(text[start:end], " ".join(records), " ".join(classes), first)
