"""A text -> the word pieces that the learned reader sees, with their offsets, features and windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

FIRST, LAST = 101, 102  # [CLS] and [SEP] of the vocabulary
ROOM = 254  # word pieces in one window, the two marks at its ends not counted
SINGLE_MARKS = "'‘‚‹"


@dataclass(frozen=True)
class Pieces:
    """Word pieces of one text: ids, offsets, features (0..23), paragraph numbers, word starts; all [length]."""

    ids: Ints
    starts: Ints
    ends: Ints
    features: Ints
    paragraphs: Ints
    heads: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Window:
    """Pieces [start, end) are shown, cues are taken from [inner_start, inner_end) only."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def quotation_state(text: str, quoted: Sequence[tuple[int, int]]) -> NDArray[np.int8]:
    """For each character 0 outside quotations, 1 in those with double marks, 2 in those with single ones."""
    state = np.zeros(len(text) + 1, np.int8)
    for start, end in quoted:
        state[start:end] = 2 if text[start] in SINGLE_MARKS else 1
    return state


def case_of(word: str) -> int:
    """0 lower case and the rest, 1 Capitalised, 2 CAPITALS or mIxed, 3 with a digit."""
    if any(c.isdigit() for c in word):
        return 3
    if word[:1].isupper():
        return 2 if len(word) > 1 and not word[1:].islower() else 1
    return 2 if any(c.isupper() for c in word) else 0


def read_pieces(text: str, tokenizer: Tokenizer, quoted: Sequence[tuple[int, int]]) -> Pieces:
    """The word pieces of a text with these quotations; a paragraph ends at each line break."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoded.offsets, np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    breaks = np.cumsum(np.fromiter((c == "\n" for c in text), bool, len(text))) if text else np.zeros(0, np.int64)
    paragraphs = breaks[starts].astype(np.int64) if len(starts) else np.zeros(0, np.int64)
    heads = np.fromiter((not t.startswith("##") for t in encoded.tokens), bool, len(starts))
    cases = np.fromiter((case_of(text[s:e]) for s, e in offsets.tolist()), np.int64, len(starts))
    for i in np.flatnonzero(~heads):
        cases[i] = cases[i - 1]
    opening = np.diff(paragraphs, prepend=-1) > 0
    features = cases + 4 * quotation_state(text, quoted)[starts] + 12 * opening
    return Pieces(np.array(encoded.ids, np.int64), starts, ends, features.astype(np.int64), paragraphs, heads)


def paragraph_borders(pieces: Pieces, room: int) -> list[int]:
    """Where windows may be cut: paragraph starts, and inside a paragraph longer than `room` every `room` pieces."""
    opening = [*np.flatnonzero(np.diff(pieces.paragraphs, prepend=-1)).tolist(), len(pieces)]
    borders = [0]
    for border in opening[1:]:
        while border - borders[-1] > room:
            borders.append(borders[-1] + room)
        borders.append(border)
    return borders


def windows(pieces: Pieces, room: int = ROOM, context: int = 0, first: int | None = None) -> Iterator[Window]:
    """Windows of at most `room` pieces cut at paragraph borders, with `context` pieces before and behind.

    `first` limits the first window's inner part; training uses it to move the borders from one epoch to the next.
    """
    if not len(pieces):
        return
    inner = room - 2 * context
    borders = paragraph_borders(pieces, inner)
    start, limit = 0, first or inner
    for this, following in zip(borders[1:], [*borders[2:], None], strict=True):
        if following is None or following - start > limit:
            yield Window(max(0, start - context), min(len(pieces), this + context), start, this)
            start, limit = this, inner
