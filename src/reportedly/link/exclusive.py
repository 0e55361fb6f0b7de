"""Whether one claim names a kind of thing alone, and the other another kind: only flour was carried, rifles were."""

import re
from functools import lru_cache
from itertools import groupby

from reportedly import lexicon
from reportedly.link.claims import Likeness
from reportedly.link.opposites import OPEN, said_words
from reportedly.link.told import Told

_NUMBER = (
    r"(?:about|around|some|nearly|almost|at most|a (?:few|handful|couple|dozen)|half|part|"
    r"one|two|three|four|five|six)\b|\d"
)
_AFTER = re.compile(
    r"(?<!not )(?<!the )\b(?:only|nothing but|solely|exclusively|none but|nothing except|nothing other than) "
    rf"(?!{_NUMBER})(.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What follows "only" and the like; "only two" is a count, "the only" one of several."""
_BEFORE = re.compile(r"(.*?)\W*\b(?:and |but )?(?:nothing else|nothing more|only that)\b", re.IGNORECASE | re.DOTALL)
_ALL = re.compile(r"\ball (?:that )?(?:the )?\w+(?: \w+){1,3} (?:was|were|is|are) (.*)", re.IGNORECASE | re.DOTALL)
"""What follows "all it received were"."""
CARGOES = frozenset({"goods"})
"""Groups of which a story may tell of several: the two must share a word more, or be of one class of events."""
NEAR = 6
"""Words within which the thing follows that is named alone."""


def excluded(a: Told, b: Told, likeness: Likeness) -> bool:
    """Whether one names a kind of thing alone in an act, and the other another kind in the same act."""
    if min(likeness.agents, likeness.figure) < 0 and a.claim.quantity and b.claim.quantity:
        return False
    return likeness.agents >= 0 and (_rules_out(a, b, likeness) or _rules_out(b, a, likeness))


def _rules_out(one: Told, other: Told, likeness: Likeness) -> bool:
    alone = _alone(one.evidence)
    if not alone or _alone(other.evidence) or one.denied or other.denied:
        return False
    if OPEN & {one.claim.factuality, other.claim.factuality}:
        return False
    joined = likeness.event > 0 or bool(one.things & other.things)
    kinds, against = _kinds(alone), _kinds(other.evidence)
    acts = [_acts(told.evidence) for told in (one, other)]
    return any(
        against.get(group) and not kinds[group] & against[group] and group in acts[0] & acts[1]
        for group in kinds
        if joined or group not in CARGOES
    )


@lru_cache(maxsize=8192)
def _alone(text: str) -> str:
    """The words of what a text names alone; "" where it names nothing so.

    >>> _alone("The barge carried only flour"), _alone("flour, and nothing else"), _alone("all it had was flour")
    ('flour', 'flour', 'flour')
    >>> _alone("not only flour"), _alone("only two sacks")
    ('', '')
    """
    after = _AFTER.search(text) or _ALL.search(text)
    if after:
        return " ".join(after[1].split()[:NEAR])
    before = _BEFORE.search(text)
    return before[1] if before else ""


@lru_cache(maxsize=8192)
def _kinds(text: str) -> dict[str, frozenset[str]]:
    """Group -> the kinds of it that a text names; a name inside a longer one does not count."""
    found = {(group, kind) for group, kind, words in _table() if kind not in ("act", "none") and _names(text) & words}
    return {group: frozenset(kind for _, kind in each) for group, each in groupby(sorted(found), lambda x: x[0])}


@lru_cache(maxsize=8192)
def _acts(text: str) -> frozenset[str]:
    """The groups of whose acts a text has one."""
    return frozenset(group for group, kind, words in _table() if kind == "act" and said_words(text, _phrases()) & words)


@lru_cache(maxsize=8192)
def _names(text: str) -> frozenset[str]:
    found = said_words(text, _phrases())
    inside = {word for each in found if "_" in each for word in said_words(each.replace("_", " "), frozenset())}
    return found - inside


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, str, frozenset[str]], ...]:
    rows = lexicon.table("exclusive.tsv")
    return tuple((row["group"], row["kind"], _looked_for(row["words"])) for row in rows)


def _looked_for(written: str) -> frozenset[str]:
    each = [word.replace("_", " ") for word in written.split()]
    return frozenset("_".join(word.split()) if " " in word else min(said_words(word, frozenset())) for word in each)


@lru_cache(maxsize=1)
def _phrases() -> frozenset[str]:
    rows = lexicon.table("exclusive.tsv")
    return frozenset(word for row in rows for word in row["words"].split() if "_" in word)
