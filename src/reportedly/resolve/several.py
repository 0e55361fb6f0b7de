"""Several names joined by "and", which are one source called by its words."""

from collections.abc import Sequence

from reportedly.lexicon import roles
from reportedly.lexicon.sources import Catalogue
from reportedly.resolve.pieces import Piece

Found = dict[str, object] | None
"""What a reader of phrases has found of one, by the names of a Phrase's fields."""


def several(words: str, pieces: Sequence[Piece], main: Sequence[Piece], catalogue: Catalogue) -> Found:
    """ "Venn and Kolde": several names together are one source called by its words."""
    sorts = [p.sort for p in pieces if p.sort != "comma"]
    names = sorts.count("name") + sorts.count("row")
    if names > 1 and len(sorts) == 2 * names - 1 - _commas(pieces) and any(p.text == "and" for p in pieces):
        kind = next((p.source.kind for p in pieces if p.source), None)
        return {"form": "body", "name": words, "plural": True, "body": None, "kinds": (kind,) if kind else ("person",)}
    return _pair(pieces)


def _pair(pieces: Sequence[Piece]) -> Found:
    """ "Producers Ann Lee and Bo Venn, who made it": two full names joined are one source, titles left out."""
    bare = [p for p in pieces if p.sort not in ("article", "title", "state", "modifier", "own")]
    while bare and bare[0].role:
        bare = bare[1:]
    pair = [p for p in bare[:4] if not p.role]
    if [p.text for p in pair[1:2]] != ["and"] or len(pair) < 3 or (len(pair) > 3 and pair[3].sort != "comma"):
        return None
    if any(p.sort not in ("name", "row") or " " not in p.text for p in (pair[0], pair[2])):
        return None
    if any(word.casefold() in roles.body_words() for p in (pair[0], pair[2]) for word in p.text.split()):
        return None
    known = next((p.source.kind for p in (pair[0], pair[2]) if p.source), None)
    kind = known or next((p.role.kind for p in pieces if p.role and p.role.kind), "person")
    name = " and ".join(p.source.name if p.source else p.text.rstrip(".,") for p in (pair[0], pair[2]))
    return {"form": "body", "name": name, "plural": True, "body": None, "row": None, "kinds": (kind,)}


def _commas(pieces: Sequence[Piece]) -> int:
    return sum(p.sort == "comma" for p in pieces)
