"""Numbers in words and digits: "twenty-one", "8 million", "1.2bn", "half a million" -> 21, 8e6, 1.2e9, 5e5."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from reportedly.lexicon import table

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))


def plain_blanks(text: str) -> str:
    """The text with its special blanks as plain ones; every offset stays."""
    return text.translate(BLANKS)


@cache
def number_words(*kinds: str) -> dict[str, float]:
    """The value of each number word of these kinds; a loose word ("several") is NaN."""
    rows = (row for row in table("numbers.tsv") if row["kind"] in kinds)
    return {row["word"]: float(row["value"].replace("X", "nan")) for row in rows}


def alternatives(words: Iterable[str]) -> str:
    """A regular expression that finds any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def spoken() -> str:
    """A regular expression for a number in words ("two hundred and five"), without article."""
    small, scale = alternatives(number_words("small")), alternatives(number_words("scale"))
    return rf"(?:{small})(?:[ -](?:{small}|{scale}|and(?= (?:{small})\b)))*\b"


def value_of(words: str) -> float | None:
    """What the number says, or None where the words are no number.

    >>> value_of("two hundred and five"), value_of("1.2bn"), value_of("half a million"), value_of("a dozen")
    (205.0, 1200000000.0, 500000.0, 12.0)
    """
    parts = re.findall(rf"{DIGITS}|[a-z]+", words.casefold())
    small, fraction = number_words("small"), number_words("fraction")
    scale = number_words("scale") | number_words("suffix")
    total, current, seen = 0.0, 0.0, False
    for part in parts:
        if part in ("a", "an", "and", "of", "couple"):
            continue
        if part[0].isdigit() or part in small:
            current, seen = current + (small[part] if part in small else float(part.replace(",", ""))), True
        elif part in fraction and part != "half":
            current, seen = (current or 1.0) * fraction[part], True
        elif part == "half":
            current, seen = current + 0.5, True
        elif part in scale:
            total, current = _scaled(total, current if seen or current else 1.0, scale[part])
            seen = True
        else:
            return None
    if "couple" in parts:
        return (total + current) * 2 if seen else 2.0
    return round(total + current, 6) if seen else None


def _scaled(total: float, current: float, scale: float) -> tuple[float, float]:
    """A hundred or a dozen goes on with the group ("two hundred five thousand"), a thousand or more closes it."""
    if scale < 1000:
        return total, current * scale
    if 0 < total < scale:
        return (total + current) * scale, 0.0
    return total + current * scale, 0.0
