"""The learned reader over one or many texts: windows in, attributions with a chance out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from reportedly.attribute.decode import Floats, Roles, decode_roles, find_cues, softmax
from reportedly.attribute.near import surroundings
from reportedly.attribute.page import Page
from reportedly.attribute.pieces import FIRST, LAST, ROOM, Ints, Pieces, Window, read_pieces, windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Bools = NDArray[np.bool_]
Item = TypeVar("Item")
Array = TypeVar("Array", Floats, Ints, Bools)
Span = tuple[int, int]

NEAR_AT_ONCE = 1024  # pieces round cues that the head reads in one batch, padding included


class Network(Protocol):
    """What the reader asks of a network, whichever library runs it."""

    moves: Floats

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats]:
        """[1, length] twice -> cue scores [1, length, 6], token vectors [1, length, width].

        Of the six, three are for cues that stand in nobody's content, three for those inside one.
        """

    def roles(self, near: Floats, marks: Ints, distances: Ints) -> tuple[Floats, Floats]:
        """[cues, reach, width] and [cues, reach] twice -> role scores [cues, reach, 9], reality scores [cues]."""


@dataclass(frozen=True)
class Settings:
    """How the reader cuts and decides; the values were set on development texts."""

    threshold: float = 0.3
    keep: float = 0.3
    context: int = 0
    room: int = ROOM


@dataclass(frozen=True)
class Found:
    """One attribution as the network reads it, in characters; the rest are its own measures of trust.

    `cue_chance` is that of an outermost cue, `inner_chance` that of a cue inside a content.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    cue_chance: float
    inner_chance: float
    real: float
    share: float


@dataclass(frozen=True)
class Place:
    """A window of one of the texts."""

    text: int
    window: Window


@dataclass(frozen=True)
class Cue:
    """A cue at pieces [start, end) of a shown window (its first end mark counted), with the vectors round it."""

    place: Place
    start: int
    end: int
    chance: float
    inner_chance: float
    first: int
    near: Floats
    marks: Ints
    distances: Ints


def stacked(rows: Sequence[Array]) -> Array:
    """Rows of different length as one array, padded behind."""
    length = max(len(row) for row in rows)
    out = np.zeros((len(rows), length, *rows[0].shape[1:]), rows[0].dtype)
    for row, into in zip(rows, out, strict=True):
        into[: len(row)] = row
    return out


def batched(items: Sequence[Item], sizes: Sequence[int], room: int) -> Iterator[Sequence[Item]]:
    """Runs of items, sorted by size, whose number times the largest size stays within `room`; one at least."""
    start = 0
    for at in range(1, len(items) + 1):
        if at == len(items) or (at + 1 - start) * sizes[at] > room:
            yield items[start:at]
            start = at


def with_marks(pieces: Pieces, window: Window) -> tuple[Ints, Ints, Ints]:
    """Ids, features and paragraph numbers of a window between its two end marks."""
    at = slice(window.start, window.end)
    numbers = pieces.paragraphs[at]
    return (
        np.concatenate([[FIRST], pieces.ids[at], [LAST]]),
        np.concatenate([[0], pieces.features[at], [0]]),
        np.concatenate([numbers[:1], numbers, numbers[-1:]]),
    )


def scan_cues(texts: Sequence[Pieces], network: Network, settings: Settings) -> Iterator[Cue]:
    """The cues of all texts; windows are read one by one, so that none is padded."""
    for place in [Place(i, w) for i, p in enumerate(texts) for w in windows(p, settings.room, settings.context)]:
        ids, features, paragraphs = with_marks(texts[place.text], place.window)
        scores, vectors = network.encode(ids[None], features[None])
        yield from cues_of(place, softmax(scores[0].reshape(-1, 2, 3)), vectors[0], paragraphs, settings)


def cues_of(place: Place, chances: Floats, near: Floats, paragraphs: Ints, settings: Settings) -> Iterator[Cue]:
    """The cues inside one window, at either level; `chances` [length, 2, 3]."""
    window = place.window
    chances[[0, -1]] = (1, 0, 0)
    likelier = np.take_along_axis(chances, chances[:, :, :1].argmin(1)[:, :, None], 1)[:, 0]
    inside = 1 - chances[:, :, 0]
    for start, end, _ in find_cues(likelier, settings.threshold, settings.keep):
        if window.inner_start <= start - 1 + window.start < window.inner_end:
            first, marks, distances = surroundings((start, end), paragraphs)
            outer, inner = inside[start:end].max(0).tolist()
            yield Cue(place, start, end, outer, inner, first, near[first : first + len(marks)], marks, distances)


def to_characters(pieces: Pieces, start: int, end: int) -> Span:
    """Pieces [start, end) as characters, whole words only."""
    while start > 0 and not pieces.heads[start]:
        start -= 1
    while end < len(pieces) and not pieces.heads[end]:
        end += 1
    return int(pieces.starts[start]), int(pieces.ends[end - 1])


def place_roles(cue: Cue, roles: Roles, real: float, pieces: Pieces) -> Found | None:
    """The cue and its roles as characters of its text; None where no content is left."""
    shift = cue.place.window.start - 1
    low, high = cue.place.window.start, cue.place.window.end

    def characters(span: tuple[int, int], by: int) -> Span | None:
        start, end = max(low, span[0] + by), min(high, span[1] + by)
        return to_characters(pieces, start, end) if start < end else None

    source = characters(roles.source, cue.first + shift) if roles.source else None
    content = tuple(span for span in (characters(c, cue.first + shift) for c in roles.content) if span)
    said = characters((cue.start, cue.end), shift)
    if not said or not content:
        return None
    return Found(source, said, content, cue.chance, cue.inner_chance, real, roles.share)


@dataclass(frozen=True)
class Cut:
    """The pieces of a text, the sentence number of each, and whether it stands in quotation marks."""

    pieces: Pieces
    sentences: Ints
    quoted: Bools


def cut_up(page: Page, tokenizer: Tokenizer) -> Cut:
    """A text in pieces."""
    pieces = read_pieces(page.text, tokenizer, page.quotations)
    quoted = np.zeros(len(pieces), bool)
    for start, end in page.quotations:
        quoted |= (pieces.starts >= start) & (pieces.starts < end)
    return Cut(pieces, np.searchsorted(page.sentences, pieces.starts, "right"), quoted)


def barred(cue: Cue, cut: Cut, text: str) -> Bools:
    """Which of the pieces round a cue cannot be its content: those in other sentences that stand in no quotation.

    Of PolNeAR's contents one in 460 is such a one. A cue with a colon opens what follows.
    """
    shift = cue.place.window.start - 1
    at = np.clip(np.arange(cue.first, cue.first + len(cue.marks)) + shift, 0, len(cut.pieces) - 1)
    if ":" in text[cut.pieces.starts[cue.start + shift] : cut.pieces.ends[cue.end - 1 + shift] + 2]:
        return np.zeros(len(at), bool)
    return np.asarray((cut.sentences[at] != cut.sentences[cue.start + shift]) & ~cut.quoted[at])


def scan(pages: Sequence[Page], network: Network, tokenizer: Tokenizer, settings: Settings) -> list[list[Found]]:
    """The attributions of each text as the network alone reads them, in the order of their cues."""
    cuts = [cut_up(page, tokenizer) for page in pages]
    cues = sorted(scan_cues([cut.pieces for cut in cuts], network, settings), key=lambda cue: len(cue.marks))
    found: list[list[Found]] = [[] for _ in pages]
    for group in batched(cues, [len(cue.marks) for cue in cues], NEAR_AT_ONCE):
        marks, distances = stacked([c.marks for c in group]), stacked([c.distances for c in group])
        scores, real = network.roles(stacked([c.near for c in group]), marks, distances)
        bars = stacked([barred(c, cuts[c.place.text], pages[c.place.text].text) for c in group])
        for cue, roles, score in zip(
            group, decode_roles(scores, network.moves, distances > 0, bars), real, strict=True
        ):
            item = place_roles(cue, roles, float(score), cuts[cue.place.text].pieces)
            if item:
                found[cue.place.text].append(item)
    return [sorted(items, key=lambda item: item.cue) for items in found]
