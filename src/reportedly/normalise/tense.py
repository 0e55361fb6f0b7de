"""Whether the words around an expression of time speak of what was or of what is to come."""

import re
from functools import lru_cache

from reportedly.lexicon import words
from reportedly.model import Span
from reportedly.normalise.forms import sense
from reportedly.normalise.numbers import alternatives


def tense(span: Span, text: str) -> int:
    """1 for what is to come, -1 for what was, 0 where nothing tells: the nearest verb before decides, else after."""
    start = max(text.rfind(mark, 0, span.start) for mark in (". ", "\n", "; "))
    ends = [place for mark in (". ", "\n", "; ") if (place := text.find(mark, span.end)) >= 0]
    before, after = text[start + 1 : span.start], text[span.end : min(ends, default=len(text))]
    future, past = _places(before)
    if future or past:
        return 1 if max(future, default=-1) > max(past, default=-1) else -1
    future, past = _places(after)
    if future or past:
        return 1 if min(future, default=len(text)) < min(past, default=len(text)) else -1
    return 1 if sense("until_led").search(before) else 0


def _places(text: str) -> tuple[list[int], list[int]]:
    """Where the words of what is to come and of what was begin; a participle of the first is none of the second."""
    future = [found.span() for found in sense("to_come").finditer(text)]
    past = [found.start() for found in _past().finditer(text)]
    return [start for start, _ in future], [at for at in past if not any(start <= at < end for start, end in future)]


@lru_cache(maxsize=1)
def _past() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(words('past_verbs.txt'))}|\w{{2,}}(?<!ne)ed)\b")
