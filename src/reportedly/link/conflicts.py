"""Where two claims cannot both be so: figures, polarity, actors, opposite events, days; and which is only an update."""

from functools import lru_cache

from reportedly import lexicon
from reportedly.link.claims import Likeness, Told, figures
from reportedly.link.names import words
from reportedly.model import Link

FRAME = 0.2
"""From this likeness of all but figure and polarity on, two claims speak of one event and one count (log odds)."""


def conflict(a: Told, b: Told, likeness: Likeness, one_source: bool) -> Link | None:
    """An apart-link: a conflict or an update, with the field and both passages."""
    field = _field(a, b, likeness)
    if field is None:
        return None
    later = _later(a, b) if field == "quantity" else None
    update = later is not None and (one_source or _grows(a, b, later))
    reason = "update" if update else "conflict"
    return Link(
        kind="claim",
        stance="apart",
        a=a.claim.id,
        b=b.claim.id,
        strength=1.0,
        reason=reason,
        field=field,
        text=f"{a.evidence} / {b.evidence}",
        a_spans=(a.claim.evidence,),
        b_spans=(b.claim.evidence,),
        made_by="link",
    )


def _field(a: Told, b: Told, likeness: Likeness) -> str | None:
    if likeness.frame < FRAME or likeness.period < 0 or likeness.place < 0:
        return None
    if likeness.polarity < 0:
        return "factuality" if likeness.figure >= 0 else None
    if _apart(a, b) and likeness.item >= 0 and likeness.agents >= 0 and likeness.event > 0:
        return "quantity"
    if likeness.figure >= 0 and _opposite(a, b):
        return "event"
    return None


def _apart(a: Told, b: Told) -> bool:
    """Whether both give a figure of one unit and the intervals do not overlap."""
    one, other = a.claim.quantity, b.claim.quantity
    if one is None or other is None or figures(one, other) >= 0:
        return False
    return words(one.unit or "") == words(other.unit or "")


def _later(a: Told, b: Told) -> Told | None:
    """The claim that is later in a shown order."""
    first, second = _said(a), _said(b)
    if first is None or second is None or first == second:
        return None
    return a if first > second else b


def _said(told: Told) -> object:
    said = told.claim.said
    return (said.last if said and said.last else None) or told.date


def _grows(a: Told, b: Told, later: Told) -> bool:
    """Whether the count can only grow, and did."""
    earlier = b if later is a else a
    if not (set(a.wording) | {a.claim.event.lower()}) & _growing():
        return False
    assert later.claim.quantity and earlier.claim.quantity
    return later.claim.quantity.compared[0] > earlier.claim.quantity.compared[0]


def _opposite(a: Told, b: Told) -> bool:
    """Whether the two say opposite things of the same: captured and rescued, continue and halted."""
    table = _opposites()
    against = {word for each in a.wording for word in table.get(each, ())}
    return bool(against & set(b.wording)) and not set(a.wording) & set(b.wording) & set(table)


@lru_cache(maxsize=1)
def _growing() -> frozenset[str]:
    return lexicon.words("growing.txt")


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in lexicon.table("opposites.tsv"):
        one, other = set(words(row["one"])), set(words(row["other"]))
        for word in one:
            found.setdefault(word, set()).update(other)
        for word in other:
            found.setdefault(word, set()).update(one)
    return {word: frozenset(against) for word, against in found.items()}
