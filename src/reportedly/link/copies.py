"""Copied text: how much of the shorter report's own words stands in the other, and which passages."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reportedly.link.names import folded
from reportedly.link.sketches import SHINGLE, Gist, Shingles, Sketch
from reportedly.model import Link, Report, Span

WINDOW = 61
"""Letters over which shared shingles are counted: about a line of print."""
DENSE = 0.5
"""The part of a window that must be covered by shared shingles for its middle to count as shared."""
TAKEN = 0.6
"""The part of a sentence's letters that must stand in one sentence of the other report: it is taken over."""
PASSAGE = 45
"""The fewest letters of a shared passage that is worth showing."""
ENOUGH = 180
"""The fewest characters that passages must have in all: about two sentences, fewer show nothing."""
FEWEST = 100
"""Own letters: a report with fewer, or two that share fewer in sentences taken over, show nothing about copying."""


class Shared(NamedTuple):
    """What two reports share: the share of the shorter one's own words that stands in sentences taken over, how many
    letters those have, and the passages in each."""

    share: float
    letters: int
    a: tuple[Span, ...]
    b: tuple[Span, ...]


NOTHING = Shared(0.0, 0, (), ())


def shared(a: Sketch, b: Sketch) -> Shared:
    """The passages that two reports share, and their part of the own words of the shorter."""
    if not worth(a.gist, b.gist):
        return NOTHING
    first, second = a.shingles, b.shingles
    if min(len(first.places), len(second.places)) < FEWEST:
        return NOTHING
    hits = _hits(first, second), _hits(second, first)
    taken = _taken(a, b, *hits[0]), _taken(b, a, *hits[1])
    lengths = len(first.places), len(second.places)
    shorter = max(taken) if lengths[0] == lengths[1] else taken[lengths.index(min(lengths))]
    covered = _covered(first, hits[0][0]), _covered(second, hits[1][0])
    passages = (tuple(_passages(covered[0], first)), tuple(_passages(covered[1], second)))
    return Shared(shorter / min(lengths), max(taken), *passages)


def worth(a: Gist, b: Gist) -> bool:
    """A quick look at a sample of the shingles: most pairs of reports share next to nothing."""
    return len(a.sample & b.sample) * 50 >= min(len(a.sample), len(b.sample))


def copy_links(a: Report, b: Report, found: Shared, likeness: float, least: float) -> Iterator[Link]:
    """The links of copied text and of notices between two reports, a.id < b.id."""
    said = notice(a, b)
    if said and (likeness >= 0.5 or found.share >= least / 2):
        reason, text = said
        yield Link(kind="copy", stance="together", a=a.id, b=b.id, strength=0.95, reason=reason, text=text,
                   a_spans=found.a, b_spans=found.b, made_by="link")  # fmt: skip
    if copies_text(found, least):
        text = f"{found.share:.0%} of the shorter report's own words stand in the other{_order(a, b)}"
        yield Link(kind="copy", stance="together", a=a.id, b=b.id, strength=min(1.0, found.share), reason="copied-text",
                   text=text, a_spans=found.a, b_spans=found.b, made_by="link")  # fmt: skip


def copies_text(found: Shared, least: float) -> bool:
    """Whether the sentences taken over are so large a part of the shorter report that one comes from the other."""
    return found.share >= least and found.letters >= FEWEST


def notice(a: Report, b: Report) -> tuple[str, str] | None:
    """What the reports' own notices say: "notice" or "agency" and the words for it."""
    for one, other in ((a, b), (b, a)):
        for each in one.notices:
            if each.kind in ("syndication", "agency") and _names(each.name, other):
                return "notice", f"{one.outlet or one.name} says it comes from {each.name}"
    wires = [_wire(a), _wire(b)]
    if wires[0] and wires[0] == wires[1]:
        return "agency", f"both carry {_credit(a)}"
    for one, other in ((a, b), (b, a)):
        if _wire(one) and other.outlet and _wire(one) == folded(other.outlet):
            return "agency", f"{one.outlet or one.name} carries {_credit(one)}"
    return None


def _names(name: str | None, report: Report) -> bool:
    return bool(name and report.outlet and folded(name) == folded(report.outlet))


def _credit(report: Report) -> str | None:
    return report.agency or (report.dateline.agency if report.dateline else None)


def _wire(report: Report) -> str:
    return folded(_credit(report) or "")


def _order(a: Report, b: Report) -> str:
    if not (a.date and b.date) or a.date == b.date:
        return "; which came first is not established"
    first = a if a.date < b.date else b
    return f"; {first.outlet or first.name} was first ({first.date})"


def _hits(own: Shingles, other: Shingles) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The own letters whose shingles stand in the other text, and where each stands there first."""
    order = np.argsort(other.hashes, kind="stable")
    known = other.hashes[order]
    at = np.searchsorted(known, own.hashes)
    at[at == len(order)] = 0
    hits = np.flatnonzero(known[at] == own.hashes)
    return hits, order[at[hits]]


def _taken(own: Sketch, other: Sketch, hits: NDArray[np.int64], there: NDArray[np.int64]) -> int:
    """The letters of a report in those of its sentences that stand, nearly word for word, in one of another report."""
    if not len(hits):
        return 0
    within, ends = _sentence(own, hits), np.append(own.sentences[1:], len(own.shingles.places))
    pairs = within * len(other.sentences) + _sentence(other, there)
    by_pair = np.argsort(pairs, kind="stable")
    hits, pairs = hits[by_pair], pairs[by_pair]
    # a hit adds the letters of its shingle, up to the next hit in the same two sentences and the sentence's end
    steps = np.minimum(SHINGLE, ends[within[by_pair]] - hits)
    steps[:-1] = np.where(np.diff(pairs) == 0, np.minimum(np.diff(hits), steps[:-1]), steps[:-1])
    which, first = np.unique(pairs, return_index=True)
    lengths, best = ends - own.sentences, np.zeros(len(ends), np.int64)
    np.maximum.at(best, which // len(other.sentences), np.add.reduceat(steps, first))
    return int(lengths[best >= TAKEN * lengths].sum())


def _sentence(own: Sketch, letters: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of the sentence in which each letter stands."""
    return np.searchsorted(own.sentences, letters, side="right") - 1


def _covered(own: Shingles, hits: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each own letter, whether its surroundings stand in the other text."""
    change = np.zeros(len(own.places) + 1, np.int32)
    change[hits] += 1
    change[hits + SHINGLE] -= 1
    covered = np.cumsum(change[:-1]) > 0
    sums = np.concatenate(([0], np.cumsum(covered)))
    size, half = len(covered), WINDOW // 2
    letters = np.arange(size)
    low, high = np.maximum(letters - half, 0), np.minimum(letters + half + 1, size)
    return np.asarray((sums[high] - sums[low]) >= DENSE * (high - low))


def _passages(inside: NDArray[np.bool_], own: Shingles) -> Iterator[Span]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.astype(np.int8), [0]))))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if end - start >= PASSAGE:
            yield Span(int(own.places[start]), int(own.places[end - 1]) + 1)
