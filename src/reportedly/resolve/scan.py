"""Whom and what a report's text names anywhere: people with their titles, catalogue rows, states and what they own."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise, takewhile

import msgspec

from reportedly.lexicon import roles, words
from reportedly.lexicon.roles import Role
from reportedly.lexicon.sources import Catalogue
from reportedly.model import Segmented, Source, Span
from reportedly.resolve.persons import gender_of, names_person
from reportedly.resolve.pieces import Piece, cut

NAMED = r"((?:[A-Z][\w&-]+ ){1,2}[A-Z][\w&-]+)"
FIRM = re.compile(
    rf"\b{NAMED}(?:, which (?:owns|runs|operates|makes|sells|employs|supplies|built|said|has|had|is)\b"
    r"|['’]s? (?:factory|plants?|shares?|stock|parent|board|chief executive|headquarters|products|profits?|employees))"
    rf"|\b(?:[Ss]hares in|owned by|run by|operated by|subsidiary of|maker|owner|the firm|the company),? {NAMED}\b"
)


# "the Tarn Rail Union (TRU)"
SPELLED = re.compile(
    r"\b((?!The )(?:[A-Z][\w’'-]+ (?:(?:of|the|for|and|on|in) )*){1,7}[A-Z][\w’'-]+)"
    r" \([\"“]?([A-Z][A-Za-z&-]*[A-Z])[\"”]?\)"
)


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A person named in the text at `start`, with the role nouns and the state beside the name.

    `words`: office and name where a comma parts them ("the president of the league, Ann Lee"), else "".
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
    words: str = ""


class Owned(msgspec.Struct, frozen=True, kw_only=True):
    """A state's word straight before a noun: "Iranian media", "Indian warship"."""

    state: str
    start: int
    sort: str
    kind: str


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """All that the text names, in its order; `called`: a name -> the noun before it ("the charity Oak Wells").

    `starts`: where its sentences begin; `leads`: the names with which they do; `crowds`: people in the plural, as
    written and by their noun ("local residents"); `letters`: a body's letters -> its name ("Tarn Rail Union (TRU)").
    """

    people: tuple[Seen, ...]
    rows: tuple[tuple[int, Source], ...]
    states: tuple[tuple[int, str], ...]
    owned: tuple[Owned, ...]
    bodies: tuple[tuple[int, str], ...]
    nouns: frozenset[str]
    called: Mapping[str, Role]
    starts: tuple[int, ...] = ()
    leads: tuple[tuple[int, str], ...] = ()
    crowds: tuple[tuple[int, str, Role], ...] = ()
    letters: Mapping[str, str] = {}


def scan(segmented: Segmented, catalogue: Catalogue) -> Scan:
    """One pass over the sentences of a report."""
    people: list[Seen] = []
    rows: list[tuple[int, Source]] = []
    states: list[tuple[int, str]] = []
    owned: list[Owned] = []
    bodies: list[tuple[int, str]] = []
    nouns: set[str] = set()
    called: dict[str, Role] = {}
    leads: list[tuple[int, str]] = []
    crowds: list[tuple[int, str, Role]] = []
    called.update((name, roles.roles()["company"][0]) for name in _firms(segmented.report.text))
    for span in segmented.sentences:
        pieces = cut(span.of(segmented.report.text), catalogue)
        if not _is_title_case(span.of(segmented.report.text)):
            people.extend(_people(pieces, span, segmented.report.text, catalogue))
            called.update(_called(pieces))
            leads.extend(_lead(pieces, span.start))
            crowds.extend(_crowds(pieces, span.start))
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
        called=called,
        starts=tuple(span.start for span in segmented.sentences),
        leads=tuple(leads),
        crowds=tuple(crowds),
        letters={hit[2]: hit[1] for hit in reversed(list(SPELLED.finditer(segmented.report.text)))},
    )


def _lead(pieces: tuple[Piece, ...], offset: int) -> Iterator[tuple[int, str]]:
    """The name of a person with which a sentence begins, behind titles: "Mayor Ann Lee opened the hall"."""
    front = list(takewhile(lambda p: p.sort in ("title", "role", "state", "modifier"), pieces[:5]))
    first = pieces[len(front) : len(front) + 2]
    if first and first[0].sort in ("name", "row") and not (len(first) > 1 and first[1].sort == "own"):
        yield offset + first[0].start, first[0].source.name if first[0].source else first[0].text.rstrip(".,")


def _crowds(pieces: tuple[Piece, ...], offset: int) -> Iterator[tuple[int, str, Role]]:
    for at, piece in enumerate(pieces):
        if piece.plural and piece.role and piece.role.sort in ("person", "office", "spokes"):
            front = pieces[at - 1 : at] if at and pieces[at - 1].sort in ("state", "modifier") else ()
            yield offset + piece.start, " ".join(p.text for p in (*front, piece)), piece.role


def _firms(text: str) -> Iterator[str]:
    """Names that what stands round them shows to be a business's: "Tarn Agro's factory", "shares in Tarn Agro"."""
    for hit in FIRM.finditer(text):
        name = next(filter(None, hit.groups()))
        if name.split()[0].casefold() not in roles.given_names():
            yield name


def _called(pieces: tuple[Piece, ...]) -> Iterator[tuple[str, Role]]:
    for at, (noun, name) in enumerate(pairwise(pieces)):
        if noun.role is None or name.sort != "name" or noun.plural or noun.role.noun not in words("callings.txt"):
            continue
        if at == 0 or noun.text[0].islower():
            yield name.text.rstrip(".,"), noun.role


def _people(pieces: tuple[Piece, ...], sentence: Span, text: str, catalogue: Catalogue) -> Iterator[Seen]:
    for at, piece in enumerate(pieces):
        if piece.sort not in ("name", "row"):
            continue
        if not (names_person(pieces, at, catalogue) or _owns(pieces, at) or _is_person_inside(pieces, at, catalogue)):
            continue
        apposed = _apposed(pieces, at)
        before = apposed or _titles_before(pieces, at)
        after = pieces[at + 1 : at + 5] if pieces[at + 1 : at + 2] and pieces[at + 1].sort == "comma" else ()
        shown = bool(apposed or (at and pieces[at - 1].sort in ("role", "title"))) or piece.source is not None
        given = any(word.casefold() in roles.given_names() for word in piece.text.split()[:2])
        sure = shown or given
        if not sure and at == 0 and not _recurs(piece.text.rstrip(".,"), text):
            continue
        near = [p for p in (*before, *after) if p.role and p.role.sort in ("office", "person", "spokes")]
        yield Seen(
            name=piece.source.name if piece.source else piece.text.rstrip(".,"),
            start=sentence.start + piece.start,
            roles=frozenset(p.role.noun for p in near if p.role),
            state=next((p.code for p in before if p.code), None),
            gender=gender_of(piece.text),
            source=piece.source,
            sure=sure,
            in_full=" " in piece.text,
            words=text[sentence.start + apposed[0].start : sentence.start + piece.end] if apposed else "",
        )


def _is_person_inside(pieces: tuple[Piece, ...], at: int, catalogue: Catalogue) -> bool:
    """Whether a name behind a preposition is a person's: "talks with the nominee Ann Lee"."""
    start = at
    while start and pieces[start - 1].sort not in ("word", "link", "comma"):
        start -= 1
    name = pieces[at].text.split()
    told = start < at and pieces[at - 1].sort in ("role", "title") and not pieces[at - 1].plural
    given = len(name) > 1 and name[0].casefold() in roles.given_names()
    held = pieces[start - 2].role if start > 1 and pieces[start - 1].sort == "link" else None
    free = start == 0 or held is None or held.sort == "document"
    return start > 0 and free and (told or given) and names_person(pieces[start : at + 5], at - start, catalogue)


def _owns(pieces: tuple[Piece, ...], at: int) -> bool:
    """Whether a full name owns something: "Ann Lee's house" names a person as well."""
    name = pieces[at].text.split()
    owner = len(name) > 1 and [p.sort for p in pieces[at + 1 : at + 2]] == ["own"]
    return owner and name[0].casefold() in roles.given_names() and name[-1].casefold() not in roles.body_words()


def _recurs(name: str, text: str) -> bool:
    """Whether the last word of a name of two stands alone later: "Tarin Reid won. ... Reid said" is a person."""
    last = name.split()[-1]
    return " " in name and bool(re.search(rf"(?:\b[a-z]+,?|[.“”\"]) {re.escape(last)}\b(?! [A-Z])", text))


def _apposed(pieces: tuple[Piece, ...], at: int) -> tuple[Piece, ...]:
    """The office before a comma: "The judge, Ann Lee, ...", "The president of the Boating League, Ann Lee, ..."."""
    after = pieces[at + 1 : at + 2]
    if at < 2 or pieces[at - 1].sort != "comma" or not after or after[0].sort != "comma":
        return ()
    start = at - 1
    while start and pieces[start - 1].sort not in ("comma", "word"):
        start -= 1
    held = pieces[start : at - 1]
    front = list(takewhile(lambda p: p.sort != "link", held))
    offices = [p for p in front if p.role and p.role.sort in ("office", "person", "spokes")]
    if not front or front[0].sort != "article" or not offices or offices[-1] is not front[-1] or offices[-1].plural:
        return ()
    return held


def _titles_before(pieces: tuple[Piece, ...], at: int) -> tuple[Piece, ...]:
    start = at
    while start and at - start < 5 and pieces[start - 1].sort in ("role", "title", "state", "modifier", "own"):
        start -= 1
    return pieces[start:at]


def _is_title_case(sentence: str) -> bool:
    # In "Quake Hits Island Off South" capitals show no names.
    found = re.findall(r"[^\W\d_][\w’'-]*", sentence)
    return len(found) > 3 and sum(word[0].isupper() for word in found) > 0.6 * len(found)


def _owned(pieces: tuple[Piece, ...], offset: int) -> Iterator[Owned]:
    nouns = [p for p in pieces if p.sort != "own"]
    for state, noun in pairwise(nouns):
        if state.sort == "state" and noun.role and noun.role.kind:
            yield Owned(state=state.code, start=offset + state.start, sort=noun.role.sort, kind=noun.role.kind)
        elif state.sort == "state" and noun.kind:
            yield Owned(state=state.code, start=offset + state.start, sort="modifier", kind=noun.kind)


def _bodies(pieces: tuple[Piece, ...], offset: int) -> Iterator[tuple[int, str]]:
    """ "Indian Navy", "Zubaran Health Ministry": a state or a name before a body noun written with a capital."""
    yield from ((offset + p.start, p.text) for p in pieces if _ends_as_body(p))
    for at, (first, second) in enumerate(pairwise(pieces)):
        if not _is_named(second) or first.sort not in ("state", "name"):
            continue
        more = takewhile(lambda p: p.sort in ("role", "name") and p.text[0].isupper(), pieces[at + 2 :])
        yield offset + first.start, " ".join(p.text for p in (first, second, *more))


def _ends_as_body(piece: Piece) -> bool:
    # "International Boating League"
    return (
        piece.sort == "name" and " " in piece.text and bool(roles.body_words().get(piece.text.split()[-1].casefold()))
    )


def _is_named(noun: Piece) -> bool:
    # "Health Ministry", and "Surrey police" without a capital.
    if noun.role is None or noun.role.sort not in ("body", "media"):
        return False
    return noun.text[0].isupper() or noun.role.noun == "police"
