"""Values -> the words that screens show: figures as intervals, chains, days. Hostile signs are taken out."""

import difflib
import re
import unicodedata
from functools import cache
from typing import Any

from reportedly.lexicon import table

View = dict[str, Any]


def shown(text: object) -> str:
    """Text that cannot steer a terminal: controls, escapes and direction marks become visible.

    >>> shown("a\\x1b[31mb")
    'a\\ufffd[31mb'
    """
    return "".join(
        char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs") else _mark(char)
        for char in str(text)
    )


def figure(quantity: View | None) -> str:
    """A quantity as an interval, never as a bare number where it is a bound.

    >>> figure({"low": None, "high": 8000000.0, "approx": False, "unit": "round"})
    '<= 8,000,000'
    >>> figure({"low": 300.0, "high": 300.0, "approx": True, "unit": None})
    '~300'
    >>> figure({"low": 2.0, "high": 5.5, "approx": False, "unit": "percent"})
    '2-5.5 %'
    >>> figure({"low": 7.0, "high": 7.0, "approx": False, "unit": "km"})
    '7 km'
    """
    return f"{_interval(quantity)}{measure(quantity)}" if quantity else ""


def measure(quantity: View) -> str:
    """What a figure is measured in, with a blank before it; "" for one that counts: its item or words tell of what."""
    unit = quantity.get("unit")
    return " %" if unit == "percent" else f" {unit}" if unit in _measures() else ""


@cache
def _measures() -> frozenset[str]:
    return frozenset(row["unit"] for row in table("units.tsv") if row["kind"] in ("measure", "money", "time"))


def _interval(quantity: View) -> str:
    low, high, about = quantity["low"], quantity["high"], "~" if quantity["approx"] else ""
    if low is None and high is None:
        return "?"
    if low is None:
        return f"{'~' if about else '<= '}{number(high)}"
    if high is None:
        return f">= {about}{number(low)}"
    return f"{about}{number(low)}" if low == high else f"{about}{number(low)}-{number(high)}"


def number(value: float) -> str:
    """A figure with thousands parted."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def chain(names: list[str]) -> str:
    """Outermost first, the speaker last: "UPI <- KCNA <- Kim Jong Un"."""
    return " <- ".join(shown(name) for name in names) or "(outlet not known)"


def voice(mention: View) -> str:
    """The chain of a mention; where no outlet is known, the report's name stands for it in brackets.

    >>> voice({"chain": ["Hill Wire"], "outlet": "Hill Wire", "name": "flood.txt"})
    'Hill Wire'
    >>> voice({"chain": ["the mayor"], "outlet": None, "name": "flood.txt"})
    '(flood.txt) <- the mayor'
    """
    return chain(voices(mention))


def voices(mention: View) -> list[str]:
    """The names of `voice`, outermost first."""
    told: list[str] = mention["chain"]
    return told if mention["outlet"] else [f"({mention['name']})", *told]


def outlet(report: View) -> str:
    """Who printed a report (or a mention of it); where that is not known, the report's name in brackets."""
    return str(report["outlet"] or f"({report['name']})")


def cut(words: str, longest: int = 60) -> str:
    """The first words of many.

    >>> cut("the road is shut", 12)
    'the road is…'
    """
    return words if len(words) <= longest else f"{words[:longest].rsplit(' ', 1)[0]}…"


def days(period: View | None) -> str:
    """First and last day as one: "2024-11-11", "2024-11-11..15", "..2024-11-15"; the words where no day is known."""
    if period is None:
        return ""
    first, last = period["first"], period["last"]
    if not first and not last:
        return f"({shown(period['text'])})" if period["text"] else ""
    if first == last:
        return str(first)
    if first and last and first[:8] == last[:8]:
        return f"{first}..{last[8:]}"
    return f"{first or ''}..{last or ''}"


def span_of_origins(low: int, high: int) -> str:
    """The range: "1" or "1..3"."""
    return str(high) if low == high else f"{low}..{high}"


def drifted(a: str, b: str) -> list[tuple[str, str]]:
    """Two wordings word by word: (words, "same" | "gone" | "new") in order."""
    old, new = _tokens(a), _tokens(b)
    parts: list[tuple[str, str]] = []
    for tag, i, j, k, n in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append((" ".join(old[i:j]), "same"))
            continue
        parts += [(" ".join(old[i:j]), "gone")] if i < j else []
        parts += [(" ".join(new[k:n]), "new")] if k < n else []
    return parts


def _tokens(text: str) -> list[str]:
    return re.findall(r"\S+", shown(text))


def _mark(char: str) -> str:
    return "" if char in "\u00ad\u200b\ufeff\u200d\u200c" else "\ufffd"
