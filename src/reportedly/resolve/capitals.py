"""Names of bodies that a noun phrase spells with capitals."""

import re
from collections.abc import Sequence

from reportedly.resolve.pieces import Piece


def capital_name(pieces: Sequence[Piece]) -> str:
    """The name of a body spelled with capitals: "Geophysics Institute of Tehran University"; "" when there is none."""
    taken: list[Piece] = []
    for piece in pieces:
        if piece.text[0].isupper() and piece.sort not in ("article", "word"):
            taken.append(piece)
        elif taken and not _joins(piece):
            if _is_naming(taken):
                break
            taken = []
    if not _is_naming(taken):
        return ""
    after = next((p for p in pieces if p.start > taken[-1].end), None)
    if after and after.role and after.role.noun == "police" and after.text.islower():
        taken.append(after)
    inside = [p.text for p in pieces if taken[0].start <= p.start and p.end <= taken[-1].end]
    return re.sub(r" (['’]s?)(?= |$)", r"\1", " ".join(inside))


def _is_naming(taken: Sequence[Piece]) -> bool:
    return any(p.sort == "name" or (p.sort in ("role", "modifier") and len(taken) > 1) for p in taken)


def _joins(piece: Piece) -> bool:
    # "Seismological network of the ... Institute", "Ministry of Health", "Iran's Red Crescent"
    noun = piece.role is not None and piece.role.sort in ("body", "media")
    return noun or piece.text in ("of", "for", "and", "the") or piece.sort == "own"
