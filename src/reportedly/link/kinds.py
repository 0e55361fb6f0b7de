"""Whether two figures count two kinds of thing, or one a part of what the other counts."""

import re

from reportedly.link.claims import Told, measured
from reportedly.link.names import stem

SCOPES = frozenset({"wide", "single", "other", "age", "capacity", "among"})
"""Marks of a count that parts it from one without the mark."""
PARTS = frozenset({"cared", "spot", "family"})
"""Marks of a count that may be a part of a count without the mark, where it is the smaller."""
UNREAL = frozenset({"possible", "planned"})
"""What is only feared or meant is no figure against what is so."""
NAMED = re.compile(r"[A-Z][\w’'-]+")
"""A word of a name."""


def of_two_kinds(a: Told, b: Told) -> bool:
    """Whether one figure is of another scope, comes on top of another figure, or is only hoped or feared."""
    marks, real = a.counted.marks ^ b.counted.marks, {a.claim.factuality, b.claim.factuality}
    nations = {a.counted.nation, b.counted.nation} - {None}
    if len(nations) > 1 or a.whole != b.whole or marks & SCOPES or "extra" in a.counted.marks | b.counted.marks:
        return True
    if "definite" in a.counted.marks | b.counted.marks or _may_be_part(a, b) or _may_be_part(b, a):
        return True
    if _none_elsewhere(a, b) or _none_elsewhere(b, a) or _other_lengths(a, b):
        return True
    return ("running" in marks and not a.fate) or len(real & UNREAL) == 1 < len(real)


def _may_be_part(part: Told, whole: Told) -> bool:
    """Whether the one counts policemen, a family, those in one hospital, and not more than the other does of all."""
    one, other = part.claim.quantity, whole.claim.quantity
    if one is None or other is None or one.compared[0] > other.compared[1]:
        return False
    narrow = "people" in whole.counted.marks - part.counted.marks and bool(part.who - whole.who)
    return narrow or bool(PARTS & (part.counted.marks - whole.counted.marks))


def _other_lengths(a: Told, b: Told) -> bool:
    """Whether two lengths, weights or times are of two verbs: flew 30 km, fell 4 km from the border."""
    unit = a.claim.quantity.unit if a.claim.quantity else None
    heads = {a.counted.head, b.counted.head} - {""}
    return unit is not None and measured(unit) and len(heads) > 1


def _none_elsewhere(none: Told, some: Told) -> bool:
    """Whether the one says "none" of what it names ("on the Sarnian side") and the other does not."""
    quantity = none.claim.quantity
    if quantity is None or quantity.compared != (0, 0):
        return False
    named = {each.lower() for each in NAMED.findall(none.evidence[1:])}
    return not {stem(each) for each in named} <= some.names | some.place | set(some.wording)
