"""Whether two reports are about one happening: a weighted likeness, as a probability."""

import math
from functools import lru_cache

from reportedly import lexicon
from reportedly.link.names import cosine, weight
from reportedly.link.sketches import Gist, Weighed

CLOSE = 1.75
"""Log odds that two dated reports of one day have over undated ones. Set by hand (look-alike stories in the tests): the
corpus that the other weights come from has no dates."""
EVEN = 8
"""Days after which they are none; further apart they turn against one story, to as much at most."""
SIGN = 3.0
"""Log odds that each sign of two happenings takes away."""
AGREED = 3
PER_CLAIM = 0.5
"""Log odds of each happening that two reports share, from AGREED on; set by hand (invented follow-ups in the tests)."""
DATED = 1.2
"""The same for two dated reports, from the first on: within `story_days` no yearly event can be meant."""
MOST = 3.0
"""The log odds that shared happenings can add."""
HOPELESS = 0.03
"""Under this likeness of all their words two reports are not looked at further."""


def comparable(a: Gist, b: Gist, days: int) -> bool:
    """Whether the two may belong to one story at all: two dated reports further apart than `days` may not."""
    return not (a.date and b.date) or abs((a.date - b.date).days) <= days


def likeness(a: Gist, b: Gist) -> float:
    """The probability, 0..1, that two reports tell one story.

    A logistic regression fitted to pairs of ECB+ reports, topics held out (training/stories.py), and how close in time.
    """
    words = cosine(a.words, b.words)
    if words < HOPELESS:
        return 0.0
    known = _weights()
    total = known["bias"] + sum([known[name] * value for name, value in features(a, b, words).items() if value])
    return 1 / (1 + math.exp(-total - _closeness(a, b)))


def features(a: Gist, b: Gist, words: float) -> dict[str, float]:
    """Cosines of words, names, figures; the shared part of the leads; the shorter length; years, months, weekdays."""
    return {
        "words": words,
        "names": cosine(a.names, b.names),
        "figures": cosine(a.figures, b.figures),
        "lead": _shared(a.lead, b.lead),
        "length": math.log(max(2, min(a.size, b.size))),
        "years_shared": _part(a.years, b.years),
        "years_apart": _apart(a.years, b.years),
        "months_apart": _apart(a.months, b.months),
        "weekdays_apart": _apart(a.weekdays, b.weekdays),
    }


def with_claims(likeness: float, agreed: int, dated: bool) -> float:
    """The likeness once happenings are counted that two reports share to the day, the place, the actor or the figure.

    A follow-up tells little of the old story, but what it tells agrees. Where a date is missing three are asked for.
    """
    if agreed < (1 if dated else AGREED):
        return likeness
    return _moved(likeness, min(MOST, agreed * (DATED if dated else PER_CLAIM)))


def with_signs(likeness: float, signs: int) -> float:
    """The likeness once signs are counted that two reports tell two happenings of one kind."""
    return _moved(likeness, -SIGN * signs)


def _moved(likeness: float, by: float) -> float:
    """A probability whose log odds have moved."""
    odds = likeness / max(1 - likeness, 1e-12) * math.exp(by)
    return odds / (1 + odds)


def why(a: Gist, b: Gist) -> str:
    """The rarest words that two reports share."""
    shared = sorted(set(a.words) & set(b.words), key=lambda word: (-a.words[word] * b.words[word], word))
    return f"both speak of {', '.join(shared[:6])}" if shared else ""


def _closeness(a: Gist, b: Gist) -> float:
    if not (a.date and b.date):
        return 0.0
    return CLOSE * max(-1.0, 1 - abs((a.date - b.date).days) / EVEN)


def _shared(a: Weighed, b: Weighed) -> float:
    lighter = min(a.weight, b.weight)
    return math.fsum(map(weight, a.words & b.words)) / lighter if lighter else 0.0


def _part(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _apart(a: frozenset[str], b: frozenset[str]) -> float:
    return float(bool(a and b) and a.isdisjoint(b))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in lexicon.table("story_weights.tsv")}
