"""Whether two figures count two kinds of thing, or one a part of what the other counts."""

import re

from reportedly.link.claims import Likeness, Told, measured, one_unit
from reportedly.link.concepts import concept, concepts
from reportedly.link.names import stem

SCOPES = frozenset({"wide", "single", "other", "age", "capacity", "among"})
"""Marks of a count that parts it from one without the mark."""
PARTS = frozenset({"cared", "spot", "family"})
"""Marks of a count that may be a part of a count without the mark, where it is the smaller."""
UNREAL = frozenset({"possible", "planned"})
"""What is only feared or meant is no figure against what is so."""
NAMED = re.compile(r"[A-Z][\w’'-]+")
"""A word of a name."""


HARMS = {"casualty": {"killed", "injured", "critical"}, "injured": {"killed", "critical"}}
"""What befell nobody where nobody was hurt."""
_HERE = re.compile(
    r"\b(?:in|at|on|inside|outside|near|aboard) (?:the|his|her|its|their|our|this|that|one) (\w+)", re.IGNORECASE
)
_NO = re.compile(r"\b(?:no|not|nobody|none|never|nor|nothing|without|zero|0|no-one)\b", re.IGNORECASE)
_OF_KIND = r"\b(?:no|not (?:a|one)(?: single)?|none of (?:the|its|their|his|her)|zero) ((?:[\w-]+ ){0,3}?)"


def none_and_some(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether one says that nobody was hurt, and the other counts some who were hurt, or worse."""
    for none, some in ((a, b), (b, a)):
        zero, counted = none.claim.quantity, some.claim.quantity
        if not zero or not counted or not _is_none(none) or counted.compared[0] <= 0 or not one_unit(zero, counted):
            continue
        real = none.claim.factuality not in UNREAL and some.claim.factuality not in UNREAL
        lesser = none.fate | {each for fate in none.fate for each in HARMS.get(fate, ())}
        cared = "cared" in some.counted.marks and not some.fate and bool(none.fate & HARMS.keys())
        harmed = cared or bool(some.fate & lesser)
        return harmed and real and likeness.event > 0 and not (_of_other_scope(a, b) or _none_of_others(none, some))
    return False


def _is_none(told: Told) -> bool:
    """Whether a claim says that there were none."""
    quantity = told.claim.quantity
    return quantity is not None and quantity.compared == (0, 0) and bool(_NO.search(told.evidence))


def _none_of_others(none: Told, some: Told) -> bool:
    """Whether "none" is said of a place, a group or a kind that the other does not name."""
    return not none.who <= some.who or _none_elsewhere(none, some) or _none_of_kind(none, some)


def _none_of_kind(none: Told, some: Told) -> bool:
    """Whether the one has none of a kind ("not one sealed bottle") that the other does not name."""
    quantity = none.claim.quantity
    if not _is_none(none) or quantity is None or not quantity.unit or quantity.unit == "person":
        return False
    kind = re.search(_OF_KIND + re.escape(stem(quantity.unit)), none.evidence, re.IGNORECASE)
    return kind is not None and not set(concepts(kind[1])) <= set(some.wording)


def of_two_kinds(a: Told, b: Told) -> bool:
    """Whether one figure is of another scope, comes on top of another figure, or is only hoped or feared."""
    marks, real = a.counted.marks ^ b.counted.marks, {a.claim.factuality, b.claim.factuality}
    if "cause" in a.counted.marks | b.counted.marks:
        return True
    if _of_other_scope(a, b) or _may_be_part(a, b) or _may_be_part(b, a) or _other_lengths(a, b):
        return True
    if any(_none_elsewhere(*pair) or _none_of_kind(*pair) for pair in ((a, b), (b, a))):
        return True
    return ("running" in marks and not a.fate) or len(real & UNREAL) == 1 < len(real)


def _of_other_scope(a: Told, b: Told) -> bool:
    """Whether two count two nations' people, or one counts over more, of another happening, or on top."""
    marks, nations = a.counted.marks | b.counted.marks, {a.counted.nation, b.counted.nation} - {None}
    parted = (a.counted.marks ^ b.counted.marks) & SCOPES
    extra = any("extra" in told.counted.marks and not _is_none(told) for told in (a, b))  # "none of the 12" is none
    return len(nations) > 1 or a.whole != b.whole or bool(parted) or extra or not marks.isdisjoint({"else", "definite"})


def _may_be_part(part: Told, whole: Told) -> bool:
    """Whether the one counts policemen, a family, those in one hospital, and not more than the other does of all."""
    one, other = part.claim.quantity, whole.claim.quantity
    if one is None or other is None or one.compared[0] > other.compared[1]:
        return False
    narrow = "people" in whole.counted.marks - part.counted.marks and bool(part.who - whole.who)
    return narrow or bool(PARTS & (part.counted.marks - whole.counted.marks))


def _other_lengths(a: Told, b: Told) -> bool:
    """Whether two lengths, weights or times are of two verbs (flew 30 km, fell 4 km off), or neither says of
    what they are ("605 yards")."""
    unit = a.claim.quantity.unit if a.claim.quantity else None
    if unit is None or not measured(unit):
        return False
    heads = {a.counted.head, b.counted.head} - {""}
    shared = (a.things & b.things) - {concept(stem(unit.lower()))} | a.agents & b.agents | a.patients & b.patients
    return len(heads) > 1 or not shared


def _none_elsewhere(none: Told, some: Told) -> bool:
    """Whether the one says "none" of what it names ("on the Sarnian side", "in the harbour") and the other does not."""
    if not _is_none(none):
        return False
    named = {each.lower() for each in NAMED.findall(none.evidence[1:])}
    here = {concept(stem(each.lower())) for each in _HERE.findall(none.evidence)}
    if not here <= set(some.wording) | set(some.around):
        return True
    return not {stem(each) for each in named} <= some.names | some.place | set(some.wording)
