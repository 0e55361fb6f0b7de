"""Figures and days -> coordinates for hand-made SVG: one axis, open ends as arrows, nothing summed."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from reportedly.cli.words import voices

WIDTH, LEFT, ROW, ARROW, THIN = 640, 20, 26, 14, 8
View = dict[str, Any]


class Bar(NamedTuple):
    """One interval on the axis; an open end runs to the edge and has an arrow."""

    x: float
    width: float
    y: int
    open_low: bool
    open_high: bool
    approx: bool
    label: str
    mention: str


class Chart(NamedTuple):
    """Bars over one axis with its ticks (x, label)."""

    bars: list[Bar]
    ticks: list[tuple[float, str]]
    width: int
    height: int


def intervals(mentions: Sequence[View]) -> Chart | None:
    """The figures of a claim group; None where fewer than one mention gives any. Log axis when they span far."""
    told = [(m, m["quantity"]) for m in mentions if m["quantity"]]
    ends = [value for _, q in told for value in _ends(q) if value is not None]
    if not ends:
        return None
    place = _axis(min(ends), max(ends))
    bars = [_bar(n, m, q, place) for n, (m, q) in enumerate(told)]
    stated = {value for _, q in told for value in (q["low"], q["high"]) if value is not None}
    ticks = [(place(value), f"{value:,.0f}" if value == int(value) else f"{value:,}") for value in sorted(stated)]
    return Chart(bars, _apart(ticks), WIDTH, ROW * len(bars) + 30)


def _axis(low: float, high: float) -> Any:
    wide = low > 0 and high / low > 20
    scale = math.log if wide else float
    first, last = scale(low), scale(high)
    inner, start = WIDTH - 2 * LEFT - 160, LEFT + 80
    return lambda value: start + (inner / 2 if last == first else inner * (scale(value) - first) / (last - first))


def _ends(q: View) -> tuple[float | None, float | None]:
    """Where a bar ends: "about N" is a tenth on either side, "nearly N" a tenth below, as they are compared."""
    low, high = q["low"], q["high"]
    if q["approx"] and high is not None and low in (None, high):
        return 0.9 * high, high if low is None else 1.1 * high
    return low, high


def _bar(row: int, mention: View, q: View, place: Any) -> Bar:
    low, high = _ends(q)
    left = LEFT + ARROW if low is None else place(low)
    right = WIDTH - LEFT - ARROW if high is None else place(high)
    if right - left < THIN:
        left, right = (left + right - THIN) / 2, (left + right + THIN) / 2
    label = f"{q['text']}: {' ← '.join(voices(mention))}"
    return Bar(left, right - left, 6 + ROW * row, low is None, high is None, q["approx"], label, mention["id"])


def _apart(ticks: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """The ticks whose labels do not run into each other."""
    kept: list[tuple[float, str]] = []
    for x, label in ticks:
        if not kept or x - kept[-1][0] > 8 * len(label):
            kept.append((x, label))
    return kept


class Chain(NamedTuple):
    """One path from the outlet to the speaker, with the mentions that took it."""

    names: list[str]
    mentions: list[str]


def chains(mentions: Sequence[View]) -> list[Chain]:
    """The distinct paths of a group, the longest first."""
    paths: dict[tuple[str, ...], list[str]] = {}
    for m in mentions:
        paths.setdefault(tuple(voices(m)), []).append(m["id"])
    return [Chain(list(path), ids) for path, ids in sorted(paths.items(), key=lambda item: (-len(item[0]), item[0]))]


class Box(NamedTuple):
    """A name in the diagram of chains; column 0 holds the outlets, the last one the speakers."""

    name: str
    x: int
    y: int


class Arrow(NamedTuple):
    """Who took it from whom, and how often."""

    x1: int
    y1: int
    x2: int
    y2: int
    words: str


class Diagram(NamedTuple):
    """Boxes and arrows of all chains of a story."""

    boxes: list[Box]
    arrows: list[Arrow]
    width: int
    height: int


BOX, BOX_HEIGHT, GAP, MOST_BOXES = 220, 26, 110, 24


def diagram(paths: Sequence[Chain]) -> Diagram | None:
    """The chains as boxes from the outlet (left) to the speaker (right); None where nobody takes from anybody."""
    told = [path for path in paths if len(path.names) > 1]
    if not told:
        return None
    last = max(len(path.names) for path in told) - 1
    columns: list[list[str]] = [[] for _ in range(last + 1)]
    steps: dict[tuple[tuple[int, str], tuple[int, str]], int] = {}
    for path in told:
        spots = [(last if n == len(path.names) - 1 else n, name) for n, name in enumerate(path.names)]
        if any(name not in columns[n] and len(columns[n]) >= MOST_BOXES for n, name in spots):
            continue
        for n, name in spots:
            if name not in columns[n]:
                columns[n].append(name)
        for pair in pairwise(spots):
            steps[pair] = steps.get(pair, 0) + len(path.mentions)
    place = {
        (n, name): Box(name, n * (BOX + GAP), row * (BOX_HEIGHT + 10))
        for n, names in enumerate(columns)
        for row, name in enumerate(names)
    }
    height = max(len(names) for names in columns) * (BOX_HEIGHT + 10)
    arrows = [_arrow(place[a], place[b], times) for (a, b), times in steps.items()]
    return Diagram(list(place.values()), arrows, last * (BOX + GAP) + BOX, height)


def _arrow(outer: Box, inner: Box, times: int) -> Arrow:
    half = BOX_HEIGHT // 2
    words = f"{outer.name} ← {inner.name}: {times}"
    return Arrow(inner.x, inner.y + half, outer.x + BOX, outer.y + half, words)
