"""Which mention stands for a claim, in whose words; and what two claims disagree in, by its two values."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from reportedly.cli.words import cut, days, figure, voices
from reportedly.lexicon import words as listed

View = dict[str, Any]
WHOLE = 100  # signs that a heading can show: what is longer is cut, what is much shorter says little
BOUND = frozenset({"that", "which", "who", "by", "be", "been", "being", "to", "as", "and", "or", "but"})
"""Behind these a verb is none of the clause itself, or not its first."""
DONE = re.compile(r"[a-z]{3,}ed")
DOES = re.compile(r"[a-z]{2,}[^s\W]s")
SURE = {name: name for name in ("asserted", "denied")} | {name: f"called {name}" for name in ("probable", "possible")}
Worded = Callable[[View | None], str]


def leading(mentions: Iterable[View]) -> View:
    """The mention whose words say most, whatever the order: a clause first, then one with a figure or a named actor."""
    return min(mentions, key=_rank)


def is_clause(words: str) -> bool:
    """Whether words tell of somebody or something: a finite verb behind its subject, and no pronoun at the start.

    >>> [is_clause(words) for words in ("the quake hit Sund", "Storm kills seven people", "the river has risen")]
    [True, True, True]
    >>> [is_clause(words) for words in ("the quake that hit Sund", "hurt five people", "they fled", "three armed men")]
    [False, False, False, False]
    """
    told = re.findall(r"[^\W_]+(?:['-][^\W_]+)*", words.replace("’", "'"))
    if not told or told[0].casefold() in listed("pointing.txt") or _is_verb(["", *told, ""], 1):
        return False
    return any(_is_verb([*told, ""], n) for n in range(1, len(told)))


def _rank(m: View) -> tuple[bool, bool, int, str]:
    words = spoken(m)
    named = any(actor["name"][:1].isupper() for actor in m["actors"])
    return not is_clause(words), not (named or m["quantity"]), abs(WHOLE - len(words)), m["id"]


def _is_verb(told: Sequence[str], n: int) -> bool:
    """Whether a word is a finite verb of the clause itself, as far as the words beside it tell."""
    word, before, after = told[n], told[n - 1].casefold(), told[n + 1].casefold()
    if before in BOUND or (before and word[:1].isupper()):
        return False
    if word.casefold() in _finite():
        return True
    named = n > 1 and told[n - 1][:1].isupper()  # "a warship on Thursday seized": the day is no preposition
    if before.isdigit() or (n == 1 and before.endswith("ly")) or (before in _no_subject() and not named):
        return False
    if n == 1 and not before:
        return bool(re.fullmatch(r"[a-z]{2,}(?:ed|ing)", word))
    if DONE.fullmatch(word):
        return after != "by"
    return bool(DOES.fullmatch(word)) and (after.isdigit() or after in listed("determiners.txt"))


@cache
def _finite() -> frozenset[str]:
    return (listed("past_verbs.txt") | listed("finite.txt")) - {"been", "since", "ago"}


@cache
def _no_subject() -> frozenset[str]:
    """What stands before a participle or noun, not before a verb: articles, counts, prepositions, conjunctions."""
    return listed("determiners.txt") | listed("small_words.txt")


def dispute(field: str, one: View, other: View, arrow: str, told: Worded = figure, when: Worded = days) -> str:
    """What two mentions disagree in: either value and what it is about; where no value is known, both wordings."""
    a, b = (_value(field, m, told, when) for m in (one, other))
    if a and b and a != b:
        return f"{a}{arrow}{b}, {cut(_subject(field, (one, other)))}"
    return arrow.join(_wording(m) for m in (one, other))


def _value(field: str, m: View, told: Worded, when: Worded) -> str:
    if field in ("quantity", "time"):
        return told(m["quantity"]) if field == "quantity" else when(m["period"])
    if field == "factuality":
        return f"{SURE.get(m['factuality'], 'said')} by {_speaker(m)}"
    if field == "actor":
        return ", ".join(dict.fromkeys(actor["name"] for actor in m["actors"] if actor["role"] == "agent"))
    return str(m["place"] or "") if field == "place" else ""


def _subject(field: str, mentions: Sequence[View]) -> str:
    """The counted words, else the words that say most."""
    counted = (m["quantity"]["item"] for m in mentions if m["quantity"]) if field == "quantity" else ()
    return next(filter(None, counted), "") or f"“{spoken(leading(mentions))}”"


def _wording(m: View) -> str:
    """The words, with who says so where they alone tell little."""
    words = cut(spoken(m))
    return words if is_clause(words) or len(words) > WHOLE // 2 else f"{words} ({_speaker(m)})"


def _speaker(m: View) -> str:
    return (voices(m) or ["the outlet"])[-1]


def spoken(m: View) -> str:
    """The words of a mention on one line."""
    return " ".join(m["evidence"]["text"].split())
