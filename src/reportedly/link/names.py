"""Words and names made comparable: folded names, stemmed words, and how much each word says."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reportedly import lexicon

TEXTS = 1200
"""The number of texts that word_weights.tsv counts."""

Vector = Mapping[str, float]

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[^\w' ]+|_")


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """A name without case, punctuation and a leading article.

    >>> folded("The U.S. Navy")
    'us navy'
    """
    plain = name.casefold().replace("\u2019", "'").replace(".", "")
    plain = " ".join(_BETWEEN.sub(" ", plain).split())
    return re.sub(r"^(the|a|an) ", "", plain)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A lower-case word without its plural ending.

    >>> stem("parties"), stem("shells"), stem("gas"), stem("less")
    ('party', 'shell', 'gas', 'less')
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        return word[:-1]
    return word


def words(text: str) -> list[str]:
    """The words of a text, lower case, plural endings off."""
    return [stem(word) for word in _WORD.findall(text.lower())]


def weight(word: str) -> float:
    """How much a word says: the logarithm of how rare it is in the package's background; a word not in it is rarest."""
    return WEIGHTS[word]


def vector(counted: Iterable[str], least: float = 1.0) -> dict[str, float]:
    """Words weighted by rarity and by the logarithm of their count, at length one; those under `least` left out."""
    raw = {
        word: x if n == 1 else x * (1 + math.log(n))
        for word, n in Counter(counted).items()
        if (x := WEIGHTS[word]) >= least
    }
    length = math.hypot(*raw.values()) or 1.0
    return {word: x / length for word, x in raw.items()}


def cosine(a: Vector, b: Vector) -> float:
    """The likeness of two vectors of length one, 0..1; summed exactly, so that no order of words changes it."""
    shared = a.keys() & b.keys()
    return math.fsum(a[word] * b[word] for word in shared) if shared else 0.0


def overlap(a: Iterable[str], b: Iterable[str]) -> float:
    """The weight of the words that two sets share, over that of the lighter set; 0 where either is empty."""
    first, second = set(a), set(b)
    lighter = min(math.fsum(map(weight, first)), math.fsum(map(weight, second)))
    return math.fsum(map(weight, first & second)) / lighter if lighter > 0 else 0.0


class Weights(dict[str, float]):
    """How much each word says. The background is read when a word is first asked for."""

    def __missing__(self, word: str) -> float:
        if not self:
            self.update((each, _rarity(texts)) for each, texts in _background().items())
        return self.get(word, RAREST)


def _rarity(texts: float) -> float:
    return math.log((TEXTS + 1) / (texts + 0.5))


@lru_cache(maxsize=1)
def _background() -> Mapping[str, float]:
    return {row["word"]: float(row["texts"]) for row in lexicon.table("word_weights.tsv")}


RAREST = _rarity(0.5)
"""The weight of a word that the background does not have."""
WEIGHTS = Weights()
