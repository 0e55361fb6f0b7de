"""How the outlet frames who speaks: doubted ("claimed without evidence") or backed ("rightly noted")."""

import re
from functools import lru_cache

from reportedly.lexicon import table
from reportedly.model import Attribution, Framing, Span
from reportedly.normalise.reading import Reading

NEAR = 60  # code points between the word that reports and the words that frame it


def framing(attribution: Attribution | None, reading: Reading) -> Framing | None:
    """The framing that stands in the outlet's words of the same sentence; None for a neutral one."""
    if attribution is None or attribution.cue is None or attribution.within is not None:
        return None
    cue = attribution.cue
    sentence = next((s for s in reading.segmented.sentences if s.start <= cue.start < s.end), cue)
    for match in _pattern().finditer(reading.text, sentence.start, sentence.end):
        span = Span(match.start(), match.end())
        near = min(abs(span.start - cue.end), abs(cue.start - span.end)) <= NEAR
        if near and not any(content.touches(span) for content in attribution.content):
            return Framing(stance="doubted" if _stances()[match.group().lower()] == "doubted" else "backed", span=span)
    return None


@lru_cache(maxsize=1)
def _stances() -> dict[str, str]:
    return {row["words"]: row["stance"] for row in table("framing.tsv")}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest = sorted(_stances(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b", re.IGNORECASE)
