"""The surroundings of one cue as the network's second part sees them: which pieces, how far, on which side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

REACH = 192  # word pieces shown round one cue at most
ASIDE = 24  # of them before and behind its paragraph
MIDDLE = 16  # the distance bucket of the cue itself; 0 is padding
BORDERS = np.array([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 1 << 30])


def bucket(distance: Ints) -> Ints:
    """Signed distances in pieces -> 2..30, log-scaled, 16 on the cue."""
    size = np.searchsorted(BORDERS, np.abs(distance), side="right")
    return MIDDLE + np.sign(distance) * size


def shown_range(cue: tuple[int, int], paragraphs: Ints) -> tuple[int, int]:
    """The pieces [first, last) that the head is shown: the cue's paragraph and some of what stands next to it."""
    middle = (cue[0] + cue[1]) // 2
    own = np.flatnonzero(paragraphs == paragraphs[cue[0]])
    first = max(middle - REACH // 2, int(own[0]) - ASIDE, 0)
    last = min(middle + REACH // 2, int(own[-1]) + 1 + ASIDE, len(paragraphs))
    return first, max(last, cue[1])


def surroundings(cue: tuple[int, int], paragraphs: Ints) -> tuple[int, Ints, Ints]:
    """The first piece shown, the marks (1 on the cue, 2 in its paragraph, 0 elsewhere) and the distance buckets.

    `cue` counts pieces of one window, `paragraphs` is the paragraph number of each.
    """
    first, last = shown_range(cue, paragraphs)
    at = np.arange(first, last)
    distance = np.minimum(at - cue[0], 0) + np.maximum(at - cue[1] + 1, 0)
    marks = np.where(distance == 0, 1, np.where(paragraphs[at] == paragraphs[cue[0]], 2, 0))
    return first, marks.astype(np.int64), bucket(distance)
