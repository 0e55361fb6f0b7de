"""Scores of the network -> cue spans, and one well-formed source and content for each cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
PieceSpan = tuple[int, int]

TAGS = 9  # outside, then begin, inside, end, single for source (1-4) and for content (5-8)
SOURCE, CONTENT = 1, 5
IMPOSSIBLE = np.float32(-1e4)
OPEN = (1, 2, 5, 6)  # tags that need a next one


@dataclass(frozen=True)
class Roles:
    """The best source and contents of one cue, in pieces of its surroundings; `share` is their probability."""

    source: PieceSpan | None
    content: tuple[PieceSpan, ...]
    share: float


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    grown = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(grown / grown.sum(-1, keepdims=True), np.float32)


def find_cues(chances: Floats, threshold: float, keep: float) -> list[tuple[int, int, float]]:
    """Runs of pieces whose chance of being in a cue reaches `keep`, with one of `threshold` or more.

    `chances` [length, 3] are outside, begin, inside; a run is cut where a begin is likelier than an inside.
    """
    inside = 1 - chances[:, 0]
    found, start = [], -1
    for i in range(len(chances) + 1):
        held = i < len(chances) and inside[i] >= keep
        if start >= 0 and (not held or chances[i, 1] > chances[i, 2]):
            found.append((start, i, float(inside[start:i].max())))
            start = -1
        if held and start < 0:
            start = i
    return [cue for cue in found if cue[2] >= threshold]


def widen_moves(moves: Floats, copies: int) -> Floats:
    """Tag transitions [10, 9] -> [9 copies + 1, 9 copies] over (tag, what was seen): one source a path.

    With 2 copies what was seen is the source, with 4 the content too.
    """
    wide = np.full((copies * TAGS + 1, copies * TAGS), IMPOSSIBLE, np.float32)
    for before in range(copies * TAGS + 1):
        tag, seen = (TAGS, 0) if before == copies * TAGS else (before % TAGS, before // TAGS)
        for after in range(TAGS):
            opened = 1 if after in (SOURCE, SOURCE + 3) else 2 if after in (CONTENT, CONTENT + 3) else 0
            if not seen & opened & 1:
                wide[before, ((seen | opened) % copies) * TAGS + after] = moves[tag, after]
    return wide


def partition(emitted: Floats, moves: Floats, kept: Bools) -> Floats:
    """The logarithm of the sum over all paths, for each cue."""
    between = np.exp(np.maximum(moves[:TAGS], -60))
    alpha = emitted[:, 0] + moves[TAGS]
    for step in range(1, emitted.shape[1]):
        top = alpha.max(1, keepdims=True)
        new = top + np.log(np.exp(alpha - top) @ between) + emitted[:, step]
        alpha = np.where(kept[:, step, None], new, alpha)
    alpha[:, OPEN] = IMPOSSIBLE
    top = alpha.max(1)
    return np.asarray(top + np.log(np.exp(alpha - top[:, None]).sum(1)), np.float32)


def best_paths(emitted: Floats, moves: Floats, kept: Bools, needs_content: bool = False) -> tuple[Ints, Floats]:
    """The best tags [cues, length] with at most one source, on demand with a content, and their scores."""
    cues, length, _ = emitted.shape
    copies = 4 if needs_content else 2
    wide, emitted = widen_moves(moves, copies), np.tile(emitted, (1, 1, copies))
    come_from = np.ascontiguousarray(wide[:-1].T)  # [after, before]: the last axis is the one to search
    back = np.zeros((length, cues, copies * TAGS), np.int64)
    score = emitted[:, 0] + wide[-1]
    stay = np.arange(copies * TAGS)
    for step in range(1, length):
        through = score[:, None, :] + come_from
        come = through.argmax(2)
        new = through.max(2) + emitted[:, step]
        go = kept[:, step, None]
        score, back[step] = np.where(go, new, score), np.where(go, come, stay)
    score[:, [state for state in stay if state % TAGS in OPEN or (needs_content and state < 2 * TAGS)]] = IMPOSSIBLE
    states = np.zeros((cues, length), np.int64)
    states[:, -1] = score.argmax(1)
    for step in range(length - 1, 0, -1):
        states[:, step - 1] = back[step, np.arange(cues), states[:, step]]
    return np.where(kept, states % TAGS, 0), score.max(1)


def runs(tags: Ints, opener: int) -> tuple[PieceSpan, ...]:
    """The spans of one role in a well-formed tag sequence."""
    starts = np.flatnonzero((tags == opener) | (tags == opener + 3))
    ends = np.flatnonzero((tags == opener + 2) | (tags == opener + 3)) + 1
    return tuple(zip(starts.tolist(), ends.tolist(), strict=True))


def decode_roles(emitted: Floats, moves: Floats, kept: Bools, barred: Bools) -> list[Roles]:
    """The best roles for each cue; no content where none can be.

    emitted [cues, length, 9] and moves [10, 9] are log scores, `kept` is false on padding, `barred` is true where
    no content may stand.
    """
    emitted = emitted.copy()
    emitted[:, :, CONTENT:][barred] = IMPOSSIBLE
    paths, scores = best_paths(emitted, moves, kept)
    bare = ~(paths >= CONTENT).any(1)
    if bare.any():  # the second best reading: a cue that says something
        paths[bare], scores[bare] = best_paths(emitted[bare], moves, kept[bare], needs_content=True)
    shares = np.exp(np.minimum(0, scores - partition(emitted, moves, kept)))
    return [
        Roles(next(iter(runs(tags, SOURCE)), None), runs(tags, CONTENT) if score > IMPOSSIBLE / 2 else (), float(share))
        for tags, score, share in zip(paths, scores, shares, strict=True)
    ]
