"""Whether two reports are about one happening: a weighted likeness, as a probability."""

import math
from functools import lru_cache

from reportedly import lexicon
from reportedly.link.names import cosine
from reportedly.link.sketches import Sketch


def comparable(a: Sketch, b: Sketch, days: int) -> bool:
    """Whether the two may belong to one story at all: two dated reports further apart than `days` may not."""
    return not (a.date and b.date) or abs((a.date - b.date).days) <= days


def likeness(a: Sketch, b: Sketch) -> float:
    """The probability, 0..1, that two reports tell one story.

    A logistic regression over five cosines, fitted to pairs of ECB+ reports with topics held out (training/stories).
    """
    known = _weights()
    total = known["bias"] + sum(known[name] * value for name, value in features(a, b).items())
    return 1 / (1 + math.exp(-total))


def features(a: Sketch, b: Sketch) -> dict[str, float]:
    """Cosines of all words, of the leads, of names, of figures, and of the words that are no names."""
    return {
        "words": cosine(a.words, b.words),
        "lead": cosine(a.lead, b.lead),
        "names": cosine(a.names, b.names),
        "figures": cosine(a.figures, b.figures),
        "other": cosine(a.other, b.other),
    }


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in lexicon.table("story_weights.tsv")}


def why(a: Sketch, b: Sketch) -> str:
    """The rarest words that two reports share."""
    shared = sorted(set(a.words) & set(b.words), key=lambda word: (-a.words[word] * b.words[word], word))
    return f"both speak of {', '.join(shared[:6])}" if shared else ""
