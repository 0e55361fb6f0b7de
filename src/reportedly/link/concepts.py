"""What words mean, as far as comparing claims needs it: roots, concepts that share words, concepts that part counts."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reportedly import lexicon
from reportedly.link.names import stem, words

_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es)$|(?<=\w{4})(?:er|or|ation|ion|ment|ly|al)$")
_DOUBLED = re.compile(r"([bdgkmnprt])\1$")
_NUMBER = re.compile(r"\d")
_RUN = re.compile(r"\w+")


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """A lower-case word without plural, -ed, -ing and some endings that make nouns of verbs.

    >>> root("shipped"), root("building"), root("killed"), root("swimmers"), root("agreement")
    ('ship', 'build', 'kill', 'swim', 'agree')
    """
    short = _ENDING.sub("", stem(word))
    return _DOUBLED.sub(r"\1", short) if short != word else short


@lru_cache(maxsize=65536)
def concept(word: str) -> str:
    """What a word stands for: the concept it belongs to, else its root."""
    known = _concepts()
    return known.get(word) or known.get(root(word)) or root(word)


def concepts(text: str) -> list[str]:
    """The concepts of a text in order; words with figures left out."""
    return [concept(word) for word in words(plain(text)) if not _NUMBER.search(word)]


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A text with each known phrase replaced by the name of its concept, at its old place and length.

    >>> plain("Two men lost their lives.")
    'Two men killed          .'
    """
    if _begins().isdisjoint(_RUN.findall(text.lower())):
        return text
    return _phrase().sub(lambda found: _phrases()[found[0].lower()].ljust(len(found[0])), text)


def senses(found: Iterable[str], family: str) -> frozenset[str]:
    """The concepts of a family ("fate": killed, injured ...; "who": soldiers, children ...) among these."""
    return frozenset(found) & _families().get(family, frozenset())


@lru_cache(maxsize=1)
def _concepts() -> Mapping[str, str]:
    rows = lexicon.table("concepts.tsv")
    named = {row["concept"]: row["concept"] for row in rows if any(map(_is_phrase, row["words"].split()))}
    single = {word: row["concept"] for row in reversed(rows) for word in row["words"].split() if not _is_phrase(word)}
    return named | single


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, str]:
    rows = [(row["concept"], row["words"].split()) for row in lexicon.table("concepts.tsv")]
    return {each.lstrip("=").replace("_", " "): name for name, found in rows for each in found if _is_phrase(each)}


def _is_phrase(written: str) -> bool:
    return "_" in written or written.startswith("=")


@lru_cache(maxsize=1)
def _phrase() -> re.Pattern[str]:
    longest = sorted(map(re.escape, _phrases()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest)})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _begins() -> frozenset[str]:
    """How known phrases begin: most texts hold no such word, and looking for every phrase takes long."""
    return frozenset(_RUN.findall(phrase)[0] for phrase in _phrases())


@lru_cache(maxsize=1)
def _families() -> Mapping[str, frozenset[str]]:
    rows = lexicon.table("concepts.tsv")
    names = {row["family"] for row in rows if row["family"]}
    return {name: frozenset(row["concept"] for row in rows if row["family"] == name) for name in names}
