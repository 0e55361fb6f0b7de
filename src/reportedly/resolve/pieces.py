"""A noun phrase cut into what its words are: names, states, catalogue rows, role nouns, small words."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from reportedly import lexicon
from reportedly.lexicon import countries, roles
from reportedly.lexicon.roles import Role
from reportedly.lexicon.sources import Catalogue
from reportedly.model import Source, SourceKind

Sort = Literal["row", "state", "role", "modifier", "name", "title", "word", "link", "comma", "own", "article"]

WORD = re.compile(r"[A-ZÀ-Þ]\w+ & [A-ZÀ-Þ]\w+|\w[\w.&’'/‑-]*|[,;:()–—]")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One piece: what it is, its words, where it stands in the phrase (code points)."""

    sort: Sort
    text: str
    start: int
    end: int
    code: str = ""
    source: Source | None = None
    role: Role | None = None
    plural: bool = False
    kind: SourceKind | None = None


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The tokens of a phrase, as written and in small letters, with their places."""

    text: str
    written: tuple[str, ...]
    small: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def cut(text: str, catalogue: Catalogue) -> tuple[Piece, ...]:
    """The pieces of a phrase in order; every word belongs to exactly one."""
    words = _words(text)
    pieces: list[Piece] = []
    at = 0
    while at < len(words.written):
        size, piece = _piece(words, at, catalogue)
        pieces.append(piece)
        at += size
    return tuple(pieces)


def _words(text: str) -> Words:
    # The stop that ends a sentence is no part of its last word; those of "U.S." are.
    bare = text if re.search(r"\b\w\.[\s”\"]*$", text) else re.sub(r"\.[\s”\"]*$", "", text)
    tokens = [part for hit in WORD.finditer(bare) for part in _owner(hit.group(), hit.start())]
    written = tuple(token for token, _ in tokens)
    small = tuple(token.casefold().replace("’", "'").rstrip(".") for token in written)
    return Words(text=text, written=written, small=small, places=tuple(place for _, place in tokens))


def _owner(token: str, start: int) -> list[tuple[str, tuple[int, int]]]:
    # "Iran's" -> "Iran" and "'s": the mark of an owner is a piece of its own.
    end = start + len(token)
    hit = token[-1] in "s'’" and re.search(r"(?<=\w)['’]s$|(?<=s)['’]$", token)
    if not hit:
        return [(token, (start, end))]
    middle = start + hit.start()
    return [(token[: hit.start()], (start, middle)), ("'s", (middle, end))]


Reader = Callable[[Words, int, Catalogue], tuple[int, Piece] | None]


def _piece(words: Words, at: int, catalogue: Catalogue) -> tuple[int, Piece]:
    for reader in READERS:
        hit = reader(words, at, catalogue)
        if hit:
            return hit
    return 1, _made(words, at, 1, "word")


def _made(words: Words, at: int, size: int, sort: Sort, **more: object) -> Piece:
    start, end = words.places[at][0], words.places[at + size - 1][1]
    return Piece(sort=sort, text=words.text[start:end], start=start, end=end, **more)  # type: ignore[arg-type]


def _mark(words: Words, at: int, _: Catalogue) -> tuple[int, Piece] | None:
    token = words.written[at]
    if token == "'s":
        return 1, _made(words, at, 1, "own")
    return (1, _made(words, at, 1, "comma")) if not token[0].isalnum() and token != "_" else None


def _row(words: Words, at: int, catalogue: Catalogue) -> tuple[int, Piece] | None:
    small = words.written[at].startswith("al-") or words.written[at] in lexicon.words("small_names.txt")
    if not _capital(words.written[at]) and not small:
        return None
    hit = catalogue.longest_at(words.written, at)
    if not hit or _is_state(words, at, hit[0]) or _lacks_article(words, at, *hit) or _is_given(words, at, hit[0]):
        return None
    if _is_common_noun(words, at, hit[0]) or _is_of_other_state(words, at, hit[1]):
        return None
    if hit[0] == 1 and hit[1].kind in ("outlet", "state_media") and _is_within_a_name(words, at):
        return None
    return hit[0], _made(words, at, hit[0], "row", source=hit[1])


def _is_common_noun(words: Words, at: int, size: int) -> bool:
    # "A diplomat", "the observer": an article and a common noun name no paper.
    if size == 1 or words.small[at] not in ("a", "an", "the"):
        return False
    return words.small[at] != "the" or words.written[at + 1].islower()


def _is_of_other_state(words: Words, at: int, source: Source) -> bool:
    # "the Kyrgyz Emergencies Ministry" is not the Russian one, whatever "Emergencies Ministry" alone may be.
    before = [words.written[i] for i in (at - 1, at - 2) if i >= 0 and words.written[i] != "'s"][:1]
    code = countries.country_of(before[0]) if before and _capital(before[0]) else None
    ruling = source.kind in ("government", "military", "intelligence")
    return ruling and code is not None and source.country is not None and source.country != code


def _is_given(words: Words, at: int, size: int) -> bool:
    # A known name of one word that is also a given name, before a surname.
    after = words.written[at + 1] if at + 1 < len(words.written) else ""
    return size == 1 and words.small[at] in roles.given_names() and after[:1].isupper()


def _is_within_a_name(words: Words, at: int) -> bool:
    # "Telegraph" is a paper, the "Norrish Telegraph Agency" is another.
    around = [words.written[i] for i in (at - 1, at + 1) if 0 <= i < len(words.written)]
    return len(around) == 2 and all(_capital(word) for word in around) and words.small[at - 1] != "the"


def _lacks_article(words: Words, at: int, size: int, source: Source) -> bool:
    # "The Sun" is a paper, "Sun" is not; "the National Guard" is no "National".
    if size > 1 or not source.name.startswith("The ") or " " in source.name[4:]:
        return False
    after = words.written[at + 1] if at + 1 < len(words.written) else ""
    before = words.small[at - 1] if at else ""
    return before != "the" or (after != "'s" and after[:1].isupper())


def _is_state(words: Words, at: int, size: int) -> bool:
    # "US Army" may be a row; "US" alone is a state whatever the catalogue says.
    return size == 1 and countries.country_of(words.written[at]) is not None


def _state(words: Words, at: int, _: Catalogue) -> tuple[int, Piece] | None:
    if not _capital(words.written[at]):
        return None
    hit = countries.longest(words.written, at)
    return (hit[0], _made(words, at, hit[0], "state", code=hit[1])) if hit else None


def _role(words: Words, at: int, _: Catalogue) -> tuple[int, Piece] | None:
    hit = roles.longest(words.small, at)
    if hit and (_is_rank(words, at, hit[0]) or _is_no_role(words, at, hit)):
        return None
    return (hit[0], _made(words, at, hit[0], "role", role=hit[1], plural=hit[2])) if hit else None


def _is_no_role(words: Words, at: int, hit: tuple[int, Role, bool]) -> bool:
    """ "Conservative host": no member of the Conservatives; "Mr Guest": a surname; "major clubs": large ones."""
    size, role, plural = hit
    after = words.written[at + size] if at + size < len(words.written) else ""
    capital = _capital(words.written[at])
    if role.noun[0].isupper() and not capital and not plural:
        return True
    if size == 1 and _is_addressed(words, at):
        return True
    telling = role.noun in lexicon.words("how_large.txt") and not plural and after.islower() and after.isalpha()
    return telling and _is_noun(words.small[at + 1])


def _is_addressed(words: Words, at: int) -> bool:
    # "Mr Guest", "Mrs. King": a surname that is a noun as well.
    after = words.written[at + 1] if at + 1 < len(words.written) else ""
    title = roles.titles().get(words.small[at - 1]) if at and _capital(words.written[at - 1]) else None
    polite = title is not None and (not title.role or words.written[at - 1].endswith("."))
    return polite and _capital(words.written[at]) and not after[:1].isupper()


def _is_noun(word: str) -> bool:
    # Nouns, unknown ones too: no small word, and no verb of speech.
    return word not in lexicon.words("small_words.txt") | lexicon.words("links.txt") | lexicon.words("speech.txt")


def _is_rank(words: Words, at: int, size: int) -> bool:
    """ "Officer Ann Lee" is the police's, whatever "the officer" is: a title that stands for another noun."""
    after = words.written[at + 1] if at + 1 < len(words.written) else ""
    title = roles.titles().get(words.small[at]) if size == 1 and after[:1].isupper() else None
    return title is not None and title.role not in ("", words.small[at]) and _capital(words.written[at])


def _title(words: Words, at: int, _: Catalogue) -> tuple[int, Piece] | None:
    found = roles.titles().get(words.small[at])
    if not found or not _capital(words.written[at]) or _is_addressed(words, at):
        return None
    role = roles.roles()[found.role][0] if found.role else None
    return 1, _made(words, at, 1, "title", role=role)


def _initial(words: Words, at: int, catalogue: Catalogue) -> tuple[int, Piece] | None:
    # "A. J. Venn" begins with a letter, not with an article.
    if len(words.written[at]) == 2 and re.fullmatch(r"[A-Z]\.", words.written[at]) and at + 1 < len(words.written):
        return _name(words, at, catalogue) if _capital(words.written[at + 1]) else None
    return None


def _count(words: Words, at: int, _: Catalogue) -> tuple[int, Piece] | None:
    # "several analysts" counts them; "several said" speaks of people.
    if words.small[at] in lexicon.words("determiners.txt") and at + 1 < len(words.written):
        return 1, _made(words, at, 1, "article")
    return None


def _small(words: Words, at: int, _: Catalogue) -> tuple[int, Piece] | None:
    word = words.small[at]
    if _is_first_name(words, at):
        return None
    if word in lexicon.words("determiners.txt"):
        return 1, _made(words, at, 1, "article")
    if word in lexicon.words("links.txt"):
        return 1, _made(words, at, 1, "link")
    if word in lexicon.words("small_words.txt") or word.endswith(("n't", "'re", "'ve", "'ll", "'m")):
        return 1, _made(words, at, 1, "word")
    kind = roles.modifiers().get(word)
    return (1, _made(words, at, 1, "modifier", kind=kind)) if kind else None


def _is_first_name(words: Words, at: int) -> bool:
    # "Jan Holm" begins with no month.
    after = words.written[at + 1] if at + 1 < len(words.written) else ""
    return words.written[at].istitle() and words.small[at] in roles.given_names() and after[:1].isupper()


def _name(words: Words, at: int, catalogue: Catalogue) -> tuple[int, Piece] | None:
    if not _capital(words.written[at]):
        return None
    after = words.small[at + 1] if at + 1 < len(words.small) else ""
    family = after in lexicon.words("surnames.txt") and words.small[at] not in lexicon.words("small_words.txt")
    given = words.small[at] in roles.given_names() or _behind_rank(words, at) or family
    size = 2 if given and _is_surname(words, at + 1) else 1
    while (
        not _is_letters(words.written[at]) and at + size < len(words.written) and _goes_on(words, at + size, catalogue)
    ):
        size += 1
    return size, _made(words, at, size, "name")


def _behind_rank(words: Words, at: int) -> bool:
    # "Chief Chuck Jordan": what follows an office is a given name.
    role = roles.roles().get(words.small[at - 1]) if at else None
    ranked = role is not None and role[0].sort in ("office", "person") and _capital(words.written[at - 1])
    return ranked or (at > 0 and words.small[at - 1] in roles.titles())


def _is_letters(token: str) -> bool:
    # "TARNET", "CTO": letters stand alone, whatever name follows; "JP" may be a name's beginning.
    return len(token) > 2 and token.isalpha() and token.isupper()


def _is_surname(words: Words, at: int) -> bool:
    # "Billy King said": a title word with a capital after a given name and before no other name.
    if at >= len(words.written) or not _capital(words.written[at]):
        return False
    last = at + 1 >= len(words.written)
    state = countries.country_of(words.written[at]) is not None
    if state and countries.is_adjective(words.written[at]):
        # "Mark Cuban said", not "Jordan German officials"
        state = last or (words.small[at + 1] not in roles.roles() and not _capital(words.written[at + 1]))
    if words.small[at] not in roles.roles() and not state:
        return False
    return last or not _capital(words.written[at + 1])


def _goes_on(words: Words, at: int, catalogue: Catalogue) -> bool:
    token = words.written[at]
    if words.small[at] in lexicon.words("particles.txt"):
        following = words.written[at + 1 : at + 3]
        return any(_capital(word) for word in following[:1]) or (
            len(following) == 2 and words.small[at + 1] in lexicon.words("particles.txt") and _capital(following[1])
        )
    if not _capital(token) and not re.match(r"[a-z]+-[A-Z]", token):
        return False
    small = words.small[at] in lexicon.words("small_words.txt") and not _is_first_name(words, at)
    if small and not re.fullmatch(r"[A-Z]\.", token):
        return False
    if _is_letters(token):
        return False
    return not any(reader(words, at, catalogue) for reader in (_mark, _state, _role, _title))


@lru_cache(maxsize=65536)
def _capital(token: str) -> bool:
    if "-" in token and re.search(
        r"-(old|based|backed|led|run|born|controlled|owned|held|occupied|supported|language)$", token
    ):
        return False
    return (
        token[0].isupper()
        or bool(re.match(r"[a-z]{1,2}[A-Z]|(?:al|el|as|an|ar|ash|ad|at|az)-[A-Z]", token))
        or (token[0].isdigit() and (any(c.isupper() for c in token) or token.endswith("ers")))
    )


READERS: Sequence[Reader] = (_mark, _row, _initial, _count, _role, _state, _title, _small, _name)
