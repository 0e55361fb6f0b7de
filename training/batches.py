"""Passages -> windows with their answers -> batches of nearly equal length."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from reportedly.attribute.near import surroundings
from reportedly.attribute.page import page_of
from reportedly.attribute.pieces import FIRST, LAST, ROOM, Pieces, read_pieces, windows
from training.passages import Passage, Spans

Ints = NDArray[np.int64]
MASK = 103  # [MASK] of the vocabulary
BATCH = 2560  # word pieces in one batch, padding included
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True)
class Cue:
    """One cue of a window, [start, end) in its pieces, and the role tag of every piece; no tags: not a cue."""

    start: int
    end: int
    tags: Ints | None


@dataclass(frozen=True)
class Shown:
    """One window as the network gets it: ids with the two end marks, features, paragraph numbers, cue tags, cues.

    `tags` are of outermost cues, `inner` of those inside a content.
    """

    ids: Ints
    features: Ints
    paragraphs: Ints
    tags: Ints
    inner: Ints
    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Batch:
    """Tensors of one step; `rows`, `firsts`: which window and piece each cue's surroundings start at."""

    ids: Tensor
    features: Tensor
    cue_tags: Tensor
    rows: Tensor
    firsts: Tensor
    marks: Tensor
    distances: Tensor
    role_tags: Tensor
    answered: Tensor


def touched(pieces: Pieces, spans: Spans) -> list[tuple[int, int]]:
    """Character spans -> piece spans [start, end)."""
    found = (
        (int(np.searchsorted(pieces.ends, s, "right")), int(np.searchsorted(pieces.starts, e, "left")))
        for s, e in spans
    )
    return [pair for pair in found if pair[0] < pair[1]]


def paint(tags: Ints, spans: Iterable[tuple[int, int]], opener: int) -> None:
    """Write begin, inside, end, single (opener, +1, +2, +3) over each span."""
    for start, end in spans:
        tags[start:end] = opener + 1
        tags[start], tags[end - 1] = opener, opener + 2
        if end == start + 1:
            tags[start] = opener + 3


def cut(spans: list[tuple[int, int]], start: int, end: int, shift: int) -> list[tuple[int, int]]:
    """The parts of the spans inside [start, end), moved by `shift`."""
    return [(max(s, start) + shift, min(e, end) + shift) for s, e in spans if min(e, end) > max(s, start)]


def restyled(text: str, rng: random.Random) -> str:
    """The text as it is, or with its curly marks made straight (same length), so that neither form is needed."""
    return text.translate(STRAIGHT) if rng.random() < 0.3 else text


def shown_windows(passage: Passage, tokenizer: Tokenizer, rng: random.Random) -> Iterator[Shown]:
    """The windows of a passage, cut at other paragraphs each time, with its attributions as answers."""
    page = page_of(restyled(passage.text, rng))
    pieces = read_pieces(page.text, tokenizer, page.quotations)
    spans = [[touched(pieces, part) for part in (item.source, item.cue, item.content)] for item in passage.told]
    inside = [item.within is not None for item in passage.told]
    for window in windows(pieces, first=rng.randint(ROOM // 4, ROOM)):
        length = window.end - window.start + 2
        tags = np.zeros((2, length), np.int64)
        cues = []
        for (source, cue, content), level in zip(spans, inside, strict=True):
            here = [cut(part, window.start, window.end, 1 - window.start) for part in (source, cue, content)]
            for start, end in here[1]:
                tags[int(level), start:end], tags[int(level), start] = 2, 1
            if here[1] and here[2]:
                roles = np.zeros(length, np.int64)
                paint(roles, here[2], 5)
                paint(roles, here[0], 1)
                cues.append(Cue(*here[1][0], roles))
        at = slice(window.start, window.end)
        ids = np.concatenate([[FIRST], pieces.ids[at], [LAST]])
        features = np.concatenate([[0], pieces.features[at], [0]])
        numbers = pieces.paragraphs[at]
        paragraphs = np.concatenate([numbers[:1], numbers, numbers[-1:]])
        yield Shown(ids, features, paragraphs, *tags, tuple(cues))


def forget(shown: Shown, rng: np.random.Generator, share: float) -> Shown:
    """The window with some pieces masked, capitalised ones twice as often: names should not be learned by heart."""
    odds = share * np.where(shown.features % 4 == 1, 2, 1)
    hidden = (rng.random(len(shown.ids)) < odds) & (shown.tags + shown.inner == 0)
    hidden[[0, -1]] = False
    return replace(shown, ids=np.where(hidden, MASK, shown.ids))


def cue_rates(shown: list[Shown]) -> NDArray[np.float64]:
    """For each vocabulary entry the share of its places that lie in a cue, a little above nought everywhere."""
    ids, tags = (np.concatenate([getattr(s, name) for s in shown]) for name in ("ids", "tags"))
    size = int(ids.max()) + 1
    seen, cue = np.bincount(ids, minlength=size), np.bincount(ids[tags > 0], minlength=size)
    return np.asarray((cue + 0.01) / (seen + 5))


def decoys(shown: Shown, rates: NDArray[np.float64], rng: np.random.Generator) -> Shown:
    """The window with some words added that are no cues here but often are elsewhere: the head learns to refuse."""
    odds = np.where(shown.tags + shown.inner == 0, rates[shown.ids], 0)
    odds[[0, -1]] = 0
    if not odds.any():
        return shown
    size = min(int((odds > 0).sum()), 1 + len(shown.cues) // 4)
    picked = rng.choice(len(odds), size, replace=False, p=odds / odds.sum())
    return replace(shown, cues=shown.cues + tuple(Cue(int(at), int(at) + 1, None) for at in picked))


def collate(group: list[Shown]) -> Batch:
    """Windows, padded to the longest, as tensors."""
    width = max(len(shown.ids) for shown in group)

    def padded(rows: Iterable[Ints], size: int, value: int = 0) -> Tensor:
        return torch.tensor(np.array([np.pad(row, (0, size - len(row)), constant_values=value) for row in rows]))

    cues = [
        (row, cue, surroundings((cue.start, cue.end), s.paragraphs)) for row, s in enumerate(group) for cue in s.cues
    ]
    reach = max(len(marks) for _, _, (_, marks, _) in cues)
    empty = np.zeros(width, np.int64)
    roles = [
        (empty if cue.tags is None else cue.tags)[first : first + len(marks)] for _, cue, (first, marks, _) in cues
    ]
    return Batch(
        ids=padded((s.ids for s in group), width),
        features=padded((s.features for s in group), width),
        cue_tags=torch.stack(
            [padded(rows, width, -100) for rows in zip(*((s.tags, s.inner) for s in group), strict=True)], -1
        ),
        rows=torch.tensor([row for row, _, _ in cues]),
        firsts=torch.tensor([near[0] for _, _, near in cues]),
        marks=padded((near[1] for _, _, near in cues), reach),
        distances=padded((near[2] for _, _, near in cues), reach),
        role_tags=padded(roles, reach),
        answered=torch.tensor([cue.tags is not None for _, cue, _ in cues]),
    )


def batches(passages: list[Passage], tokenizer: Tokenizer, seed: int, forgotten: float) -> list[Batch]:
    """The shuffled batches of one epoch; the same seed gives the same ones."""
    rng, chance = random.Random(seed), np.random.default_rng(seed)
    shown = [s for passage in passages for s in shown_windows(passage, tokenizer, rng)]
    rates = cue_rates(shown)
    shown = [forget(decoys(s, rates, chance), chance, forgotten) for s in shown]
    shown.sort(key=lambda s: len(s.ids) + rng.random() * 24)
    groups: list[list[Shown]] = [[]]
    for item in shown:
        if groups[-1] and (len(groups[-1]) + 1) * max(len(s.ids) for s in [*groups[-1], item]) > BATCH:
            groups.append([])
        groups[-1].append(item)
    rng.shuffle(groups)
    return [collate(group) for group in groups if any(s.cues for s in group)]
