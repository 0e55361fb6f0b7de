"""Whether two claims say opposite things of one: rose and fell, comply and violate, safe and unsafe."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportedly import lexicon
from reportedly.link.claims import LARGE, Likeness
from reportedly.link.counts import RARE
from reportedly.link.names import overlap, stem, weight
from reportedly.link.told import Told

TELLING = 2.5
"""The weight of the words that two must share to say opposite things of one: one rare word, or two."""
NEAR = -1.5
"""From these log odds on, figure and polarity left out, opposite things are said of one happening."""
OTHER_CLASS = 1.7
"""What two classes of events take off those odds: to accept and to reject are two."""
LEAST = 0.4
"""The part of the words of the shorter of two claims that the other shares, what is opposed left out."""
ONE_EVENT = 0.05
"""The same, where they are of one day and of a class of events of which a story mostly has one."""
ONCE = frozenset({"DISASTER", "ELECTION", "TEST", "TRANSFER", "AGREE", "RETREAT"})
"""Those classes."""
OPEN = frozenset({"planned", "possible"})
"""What is only meant or feared is not opposed by what is."""
LONGEST = 4
"""Words of the longest phrase."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_FORMER = re.compile(
    r"\b(?:initially|at first|previously|formerly|no longer|again|later|earlier|then|since|after|until now)\b",
    re.IGNORECASE,
)
"""Words of what came first, or only afterwards."""
_ROUGHLY = re.compile(
    r"\b(?:generally|largely|mostly|broadly|overall|relatively|mainly|almost|nearly)\b", re.IGNORECASE
)
"""Words that leave room for the opposite."""
_NAMED = re.compile(r"(?<=\w )[A-Z][\w’'-]+")
_FORM = re.compile(r"(?<=\w{3})(?:ing|ed|es|e|s)$")
_Y = re.compile(r"(?<=\w{2})ie[ds]$")
_DOUBLED = re.compile(r"([bdgkmnprt])\1$")
_OWN = re.compile(r"\b(?:we|i|us|our|my|me)\b", re.IGNORECASE)


class Row(NamedTuple):
    """One row of opposites.tsv: words as they are looked for."""

    kind: str
    one: frozenset[str]
    other: frozenset[str]


def opposite(a: Told, b: Told, likeness: Likeness, beside: bool) -> bool:
    """Whether the two say opposite things of the same; `beside`: one report sets their two sources side by side."""
    if a.denied or b.denied or (a.claim.factuality in OPEN) != (b.claim.factuality in OPEN):
        return False
    found = [pair for kind, *pair in opposed(a.evidence, b.evidence) if _may(kind, a, b, likeness, beside)]
    if not found:
        return False
    if likeness.figure > 0 and a.claim.quantity is not None:
        return True
    rest_a, rest_b = (_rest(told, [pair[i] for pair in found]) for i, told in enumerate((a, b)))
    near = likeness.frame + OTHER_CLASS * (likeness.event < 0) >= NEAR
    halved = (a.claim.quantity is None) != (b.claim.quantity is None)
    once = a.family in ONCE and min(likeness.event, likeness.period) > 0
    telling = math.fsum(map(weight, rest_a & rest_b)) >= (1 if once else TELLING) and len(rest_a & rest_b) > halved
    one_thing = telling and overlap(rest_a, rest_b) >= (ONE_EVENT if once else LEAST - 0.1 * beside)
    return one_thing and likeness.fate >= 0 and (beside or near)


def opposed(one: str, other: str) -> Iterator[tuple[str, str, str]]:
    """The words of two texts that are opposite: kind, word of the one, word of the other.

    >>> list(opposed("The bridge was safe", "The bridge was unsafe"))
    [('', 'saf', 'unsaf')]
    """
    said, against = said_words(one, _phrases()), said_words(other, _phrases())
    for row in _touched(one):
        for here, there in ((row.one, row.other), (row.other, row.one)):
            found, facing = said & here, against & there
            if found and facing and not (said & there or against & here):
                yield row.kind, min(found), min(facing)


def _may(kind: str, a: Told, b: Told, likeness: Likeness, beside: bool) -> bool:
    """Whether two opposite words of a kind can be of one time and of one actor."""
    if _one_large_figure(a, likeness):
        return kind != "state" or _at_one_time(a, b, likeness)
    if _named_apart(a, b) or (likeness.agents < 0 and not beside):
        return False
    if kind == "deed":
        return likeness.agents > 0
    if kind == "stance":
        return likeness.agents >= 0 and not (_OWN.search(a.evidence) or _OWN.search(b.evidence))
    former = any(each.search(told.evidence) for each in (_FORMER, _ROUGHLY) for told in (a, b))
    return not former and (beside or kind != "state" or _at_one_time(a, b, likeness))


def _one_large_figure(a: Told, likeness: Likeness) -> bool:
    quantity = a.claim.quantity
    return likeness.figure > 0 and quantity is not None and quantity.compared[0] >= LARGE


def _at_one_time(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether two speak of one time: of days that meet, or in reports of one day; without dates, if neither names a
    time."""
    undated = a.date is None or b.date is None
    return likeness.period > 0 or (not (a.timed or b.timed) if undated else a.date == b.date)


def _named_apart(a: Told, b: Told) -> bool:
    """Whether both name somebody or something, and nothing that the other names."""
    named = [{stem(each.lower()) for each in _NAMED.findall(told.evidence)} for told in (a, b)]
    rare = [{each for each in names if weight(each) >= RARE} for names in named]
    return bool(rare[0] and rare[1] and not rare[0] & rare[1])


def _rest(told: Told, opposed: list[str]) -> set[str]:
    """The words of a claim without those that are opposed to the other's."""
    said = {word for each in opposed for word in each.split("_")}
    return {word for word in told.wording if _form(word) not in said}


@lru_cache(maxsize=8192)
def said_words(text: str, phrases: frozenset[str]) -> frozenset[str]:
    """The words of a text without their endings, and those of these phrases that it has, "_" for a blank."""
    words = [word.lower() for word in _WORD.findall(text)]
    runs = {"_".join(words[i : i + n]) for n in range(2, LONGEST + 1) for i in range(len(words) - n + 1)}
    return frozenset((*map(_form, words), *(runs & phrases)))


@lru_cache(maxsize=8192)
def _touched(text: str) -> tuple[Row, ...]:
    """The rows of which a text has a word."""
    said = said_words(text, _phrases())
    return tuple(row for row in _rows() if said & (row.one | row.other))


@lru_cache(maxsize=1)
def _rows() -> tuple[Row, ...]:
    rows = lexicon.table("opposites.tsv")
    return tuple(Row(row["kind"], _side(row["one"]), _side(row["other"])) for row in rows)


def _side(written: str) -> frozenset[str]:
    return frozenset(word if "_" in word else _form(word) for word in written.split())


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    """A lower-case word without the endings of plurals and verbs.

    >>> _form("capturing"), _form("captured"), _form("operational"), _form("cutting"), _form("carried")
    ('captur', 'captur', 'operational', 'cut', 'carry')
    """
    word = _Y.sub("y", word)
    short = _FORM.sub("", word)
    return _DOUBLED.sub(r"\1", short) if short != word else short


@lru_cache(maxsize=1)
def _phrases() -> frozenset[str]:
    return frozenset(word for row in _rows() for word in row.one | row.other if "_" in word)
