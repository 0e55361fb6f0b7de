"""Whom and what a report's text names anywhere: people with their titles, catalogue rows, states and what they own."""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

import msgspec

from reportedly.lexicon import roles
from reportedly.lexicon.sources import Catalogue
from reportedly.model import Segmented, Source
from reportedly.resolve.persons import gender_of, names_person
from reportedly.resolve.pieces import Piece, cut


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A person named in the text at `start`, with the role nouns and the state beside the name.

    `in_full` is false for a surname alone; `sure` is false when nothing but two capitals shows that it is a person.
    """

    name: str
    start: int
    roles: frozenset[str] = frozenset()
    state: str | None = None
    gender: str = ""
    source: Source | None = None
    sure: bool = True
    in_full: bool = True


class Owned(msgspec.Struct, frozen=True, kw_only=True):
    """A state's word straight before a noun: "Iranian media", "Indian warship"."""

    state: str
    start: int
    sort: str
    kind: str


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """All that the text names, in its order."""

    people: tuple[Seen, ...]
    rows: tuple[tuple[int, Source], ...]
    states: tuple[tuple[int, str], ...]
    owned: tuple[Owned, ...]
    bodies: tuple[tuple[int, str], ...]
    nouns: frozenset[str]


def scan(segmented: Segmented, catalogue: Catalogue) -> Scan:
    """One pass over the sentences of a report."""
    people: list[Seen] = []
    rows: list[tuple[int, Source]] = []
    states: list[tuple[int, str]] = []
    owned: list[Owned] = []
    bodies: list[tuple[int, str]] = []
    nouns: set[str] = set()
    for span in segmented.sentences:
        pieces = cut(span.of(segmented.report.text), catalogue)
        if not _is_title_case(span.of(segmented.report.text)):
            people.extend(_people(pieces, span.start, catalogue))
        rows.extend((span.start + p.start, p.source) for p in pieces if p.source)
        states.extend((span.start + p.start, p.code) for p in pieces if p.code)
        owned.extend(_owned(pieces, span.start))
        nouns.update(p.role.noun for p in pieces if p.role)
        bodies.extend(_bodies(pieces, span.start))
    return Scan(
        people=tuple(people),
        rows=tuple(rows),
        states=tuple(states),
        owned=tuple(owned),
        bodies=tuple(bodies),
        nouns=frozenset(nouns),
    )


def _people(pieces: tuple[Piece, ...], offset: int, catalogue: Catalogue) -> Iterator[Seen]:
    for at, piece in enumerate(pieces):
        if piece.sort not in ("name", "row") or not names_person(pieces, at, catalogue):
            continue
        before = _titles_before(pieces, at)
        after = pieces[at + 1 : at + 5] if pieces[at + 1 : at + 2] and pieces[at + 1].sort == "comma" else ()
        shown = bool(at and pieces[at - 1].sort in ("role", "title")) or piece.source is not None
        given = any(word.casefold() in roles.given_names() for word in piece.text.split()[:2])
        sure = shown or given
        if not sure and at == 0:
            continue
        near = [p for p in (*before, *after) if p.role and p.role.sort in ("office", "person", "spokes")]
        yield Seen(
            name=piece.source.name if piece.source else piece.text.rstrip(".,"),
            start=offset + piece.start,
            roles=frozenset(p.role.noun for p in near if p.role),
            state=next((p.code for p in before if p.code), None),
            gender=gender_of(piece.text),
            source=piece.source,
            sure=sure,
            in_full=" " in piece.text,
        )


def _titles_before(pieces: tuple[Piece, ...], at: int) -> tuple[Piece, ...]:
    start = at
    while start and at - start < 5 and pieces[start - 1].sort in ("role", "title", "state", "modifier", "own"):
        start -= 1
    return pieces[start:at]


def _is_title_case(sentence: str) -> bool:
    # In "Quake Hits Island Off South" capitals show no names.
    words = re.findall(r"[^\W\d_][\w’'-]*", sentence)
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _owned(pieces: tuple[Piece, ...], offset: int) -> Iterator[Owned]:
    nouns = [p for p in pieces if p.sort != "own"]
    for state, noun in pairwise(nouns):
        if state.sort == "state" and noun.role and noun.role.kind:
            yield Owned(state=state.code, start=offset + state.start, sort=noun.role.sort, kind=noun.role.kind)
        elif state.sort == "state" and noun.kind:
            yield Owned(state=state.code, start=offset + state.start, sort="modifier", kind=noun.kind)


def _bodies(pieces: tuple[Piece, ...], offset: int) -> Iterator[tuple[int, str]]:
    """ "Indian Navy", "Zubaran Health Ministry": a state or a name before a body noun written with a capital."""
    for at, (first, second) in enumerate(pairwise(pieces)):
        if not _is_named(second) or first.sort not in ("state", "name"):
            continue
        more = takewhile(lambda p: p.sort in ("role", "name") and p.text[0].isupper(), pieces[at + 2 :])
        yield offset + first.start, " ".join(p.text for p in (first, second, *more))


def _is_named(noun: Piece) -> bool:
    # "Health Ministry", and "Surrey police" without a capital.
    if noun.role is None or noun.role.sort not in ("body", "media"):
        return False
    return noun.text[0].isupper() or noun.role.noun == "police"
