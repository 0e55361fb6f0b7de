"""Which piece of a phrase or sentence is a person's name."""

import re
from collections.abc import Sequence

from reportedly.lexicon import countries, roles, words
from reportedly.lexicon.sources import Catalogue
from reportedly.resolve.pieces import Piece

# "Tarn Agrochem", "Veloris Pharma": what ends so is a business.
FIRM_ENDING = re.compile(r"(chem|pharma|tech|soft|agro|petro|telecom|biotech|systems|energies|airways|motors)$")


def gender_of(name: str) -> str:
    """m or f when the given name shows it, else ""."""
    known = roles.given_names().get(name.split()[0].casefold(), "")
    return "" if known == "x" else known


def names_person(pieces: Sequence[Piece], at: int, catalogue: Catalogue) -> bool:
    """Whether the piece at `at` is a person's name (and the person is not merely whose office it is)."""
    piece = pieces[at]
    if piece.sort == "row":
        known = piece.source is not None and piece.source.id in catalogue.people
        return known and not _behind_link(pieces, at) and not _is_owner(pieces, at)
    if piece.sort != "name" or _behind_link(pieces, at) or _of_organisation(pieces, at):
        return False
    if _is_owner(pieces, at) or _ends_as_body(piece.text):
        return False
    if re.match(r"([A-Z]{3,}|MV|MT|SS) |.* & ", piece.text) or _is_place(piece.text):
        return False
    size = len(piece.text.split())
    before = pieces[at - 1] if at else None
    if before and before.sort in ("role", "title"):
        return before.role is None or before.role.sort in ("office", "person", "spokes")
    if piece.text.replace(".", "").isupper() and len(piece.text) > 1:
        return False
    if before and before.sort == "article":
        return False
    if size == 1:
        apposed = before is not None and before.sort == "comma" and at > 1 and _is_personal(pieces[at - 2])
        return apposed or (at == 0 and _is_explained(pieces))
    return before is None or before.sort in ("comma", "own", "state", "word", "modifier", "row", "name")


def _ends_as_body(name: str) -> bool:
    """Whether a word of the name makes it a body's or a place's; "H. Dale Hall" and "Ann Bridge" are people."""
    words = [word.casefold() for word in name.split()]
    if len(words) > 1 and FIRM_ENDING.search(words[-1]):
        return True
    told = [word for word in words[1:] if word in roles.body_words()]
    given = any(word.strip(".") in roles.given_names() for word in words[:-1])
    return bool(told) and not (given and told == words[-1:] and roles.body_words()[told[0]] is None)


def _is_place(name: str) -> bool:
    first = name.split()[0].casefold().rstrip(".")
    return " " in name and first in words("place_starts.txt") and first not in roles.given_names()


def _is_explained(pieces: Sequence[Piece]) -> bool:
    # "Mitchell, the former attorney general": a surname with an office behind it.
    behind = pieces[2:7] if [p.sort for p in pieces[1:3]] == ["comma", "article"] else ()
    office = next((n for n, p in enumerate(behind) if p.role), None)
    return office is not None and _is_personal(behind[office]) and all(p.sort != "comma" for p in behind[:office])


def _is_owner(pieces: Sequence[Piece], at: int) -> bool:
    # "Venn spokesman Alan Reeve", "Venn's lawyer", "the Venn campaign": Venn is not who speaks.
    after = pieces[at + 1 : at + 3]
    if after and after[0].sort == "own":
        return True
    personal = bool(after) and after[0].role is not None and after[0].sort == "role" and after[0].text[0].islower()
    named = len(after) == 2 and after[0].role is not None and after[1].sort == "name"
    return personal or named or (personal_title(after) and _is_named_later(pieces, at + 2))


def personal_title(after: Sequence[Piece]) -> bool:
    """Whether an office or title comes first: "Chief Deputy Attorney"."""
    return bool(after) and _is_personal(after[0])


def _is_named_later(pieces: Sequence[Piece], start: int) -> bool:
    # "Santa Lena Deputy Mayor Ann Venn": the name behind the titles is the person's.
    for before, piece in zip(pieces[start - 1 :], pieces[start:], strict=False):
        if piece.sort in ("comma", "link"):
            return False
        if piece.sort == "name" and _is_personal(before):
            return True
    return False


def _behind_link(pieces: Sequence[Piece], at: int) -> bool:
    # "governor of Qeshm" names no person, "President of Ukraine Volodymyr Zelenskyy" does.
    names_between = [p for p in pieces[max(0, at - 1) : at] if p.sort == "state" and not countries.is_adjective(p.text)]
    links = [n for n in range(at) if pieces[n].sort == "link"]
    commas = [n for n in range(at) if pieces[n].sort == "comma"]
    if not links or (commas and commas[-1] > links[-1]) or names_between:
        return False
    # "Department of Health director Ann Venn" names her, "spokesman for President Ann Venn" does not.
    return not (_is_personal(pieces[at - 1]) and not any(_is_personal(p) for p in pieces[: links[0]]))


def _is_personal(piece: Piece) -> bool:
    return piece.sort == "title" or (piece.role is not None and piece.role.sort in ("office", "person", "spokes"))


def _of_organisation(pieces: Sequence[Piece], at: int) -> bool:
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    before = pieces[at - 1] if at else None
    bodies = ("body", "media")
    if after and after.role and after.role.sort in bodies and after.text[0].isupper():
        return True
    given = " " in pieces[at].text and pieces[at].text.split()[0].casefold() in roles.given_names()
    # "Ruva Toll of the University of Korval": two names before "of the" are a person's.
    given = given or (" " in pieces[at].text and (before is None or before.sort == "comma") and _is_of_the(pieces, at))
    if not given and after and after.sort == "link" and after.text in ("of", "for") and _tail_is_name(pieces, at + 2):
        return before is None or before.sort == "article"
    return bool(before and before.role and before.role.sort in bodies)


def _is_of_the(pieces: Sequence[Piece], at: int) -> bool:
    return [p.text for p in pieces[at + 1 : at + 3]] == ["of", "the"]


def _tail_is_name(pieces: Sequence[Piece], at: int) -> bool:
    tail = [p for p in pieces[at : at + 2] if p.sort != "article"]
    return bool(tail) and tail[0].text[0].isupper() and tail[0].sort == "role"
