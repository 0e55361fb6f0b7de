"""What pages call things: figures with their bounds in words, disagreements, judgements, reports without a title."""

import re
from typing import Any

from reportedly.cli.leading import dispute
from reportedly.cli.words import drifted, measure, number, shown
from reportedly.ledgers.views import day
from reportedly.model import Judgement, Report

View = dict[str, Any]
LONG = 90
DISAGREEMENTS = {
    "quantity": "The figures disagree",
    "factuality": "One says so, the other denies it",
    "actor": "They name different people or bodies",
    "time": "The days disagree",
    "event": "They say opposite things",
    "quotation": "One quotation in two wordings",
}
PLACES = (
    (r"show REPORT", "/reports"),
    (r"show (\S+)", r"/reports/\1"),
    (r"origin (\S+)", r"/claims/\1"),
    (r"judge list|export jsonl --table reviews", "/audit"),
    (r"schema", "/openapi.json"),
    (r"add FILE", "/add"),
    (r"(claims|conflicts|reports|sources|stories)", r"/\1"),
)
"""Which page shows what a command of the terminal shows."""
INNER = str.maketrans("“”", "‘’")  # quotation marks within quotation marks
STYLES = {"direct": "quoted", "indirect": "in other words", "mixed": "partly quoted"}
FIELDS = {
    "quantity": "the figure",
    "period": "when it happened",
    "place": "where",
    "evidence": "the words of the claim",
    "hedge": "the hedge",
    "event": "the event",
    "item": "the item",
    "factuality": "how sure the speaker is",
    "source": "who speaks, in the text",
    "cue": "the word that reports",
    "content": "what is said",
    "source_id": "the speaker",
    "chain": "through whom it came",
    "reliability": "the reliability of a source",
    "credibility": "the credibility of a claim",
    "outlet": "the outlet",
    "url": "the address",
    "published": "the day it was published",
}
DEEDS = {
    "confirm": "accepted",
    "reject": "rejected",
    "correct": "corrected {}",
    "grade": "graded {}",
    "edit": "corrected {} of a report",
    "remove": "took a report out",
    "split": "parted: not one {}",
    "merge": "joined: one {}",
}
NAMINGS = {"named": "named", "office": "an office, no person named", "unnamed": "unnamed", "none": "not given"}


def bounded(quantity: View | None) -> str:
    """A figure with its bound in words, never a bare number for a bound.

    >>> bounded({"low": None, "high": 8000000.0, "approx": False, "unit": "round"})
    'at most 8,000,000'
    >>> bounded({"low": 300.0, "high": 300.0, "approx": True, "unit": None})
    'about 300'
    >>> bounded({"low": 2.0, "high": 5.5, "approx": False, "unit": "percent"})
    '2 to 5.5 %'
    """
    if quantity is None:
        return ""
    low, high, about = quantity["low"], quantity["high"], quantity["approx"]
    ends = [number(end) for end in dict.fromkeys((low, high)) if end is not None]
    bound = "at least " if high is None else ("nearly " if about else "at most ") if low is None else ""
    words = f"{bound}{'about ' if about and low is not None else ''}{' to '.join(ends)}" if ends else "no number"
    return f"{words}{measure(quantity)}"


def origins(low: int, high: int) -> str:
    """How many independent origins, as a range: "1", "2 to 3"."""
    return str(high) if low == high else f"{low} to {high}"


def days(period: View | None) -> str:
    """First and last day: "2024-11-11", "2024-11-11 to 15", "until 2024-11-15"; the words where no day is known."""
    if period is None:
        return ""
    first, last = period["first"], period["last"]
    if not first and not last:
        words: str | None = period["text"]
        return f"({shown(words)})" if words else ""
    if first and last:
        rest = str(last)[8 * (first[:8] == last[:8]) :]
        return f"{first}" if first == last else f"{first} to {rest}"
    return f"since {first}" if first else f"until {last}"


def disagreement(conflict: View) -> str:
    """What a disagreement is about, in words."""
    if conflict["kind"] == "update":
        return "A later figure"
    return DISAGREEMENTS.get(conflict["field"], str(conflict["field"]))


def heading_of_dispute(clash: View) -> str:
    """What two claims disagree about, with both values or wordings: "The figures disagree: 40 / 52, people"."""
    if clash["kind"] == "drift" or not all(clash["sides"]):
        return disagreement(clash)
    one, other = (side[0] for side in clash["sides"])
    if clash["kind"] == "update" and (day(one) or "") > (day(other) or "9999"):
        one, other = other, one  # the earlier figure first
    return f"{disagreement(clash)}: {dispute(clash['field'], one, other, ' / ', bounded, days)}"


def for_pages(words: str) -> str:
    """What went wrong as pages say it: addresses in place of commands.

    >>> for_pages("c-1: no claim is called so; nothing to show; see reportedly claims")
    'c-1: no claim is called so; nothing to show; see /claims'
    >>> for_pages("--about '!!': no word in it; give a word or more")
    "about '!!': no word in it; give a word or more"
    """
    kept, _, last = re.sub(r"^--", "", words).rpartition("; ")
    for command, address in PLACES:
        last = re.sub(rf"\breportedly {command}(?![\w-])", address, last)
    return f"{kept}; {last}" if kept else last


def worded(found: list[View]) -> list[View]:
    """Disagreements, each with its two wordings compared word by word where a quotation drifts."""
    return [{**c, "words": drifted(c["a_words"][0], c["b_words"][0]) if _drifts(c) else []} for c in found]


def _drifts(conflict: View) -> bool:
    return bool(conflict["kind"] == "drift" and conflict["a_words"] and conflict["b_words"])


def deed(made: Judgement) -> str:
    """What a judgement did: "corrected the figure", "parted: not one origin"."""
    field = made.field or ("story" if made.items[0].startswith("r-") else "claim")
    return DEEDS[made.act].format(FIELDS.get(field, field.replace("_", " ")))


def heading(title: str | None, text: str, start: int = 0) -> str:
    """What a report is called: its title, else its first words (from `start`: after the dateline).

    >>> heading(None, "KESTO, June 3 — The port is shut. More soon.", 16)
    '“The port is shut.”'
    >>> heading(None, "He is “tired” now.")
    '“He is ‘tired’ now.”'
    """
    if title:
        return shown(title)
    line = next((line for line in text[start:].split("\n") if re.search(r"\w", line)), "")
    words = re.sub(r"^[\s—–:-]+", "", shown(line)).strip()
    first = re.match(r".+?[.!?](?=\s|$)", words)
    words = (first[0] if first else words).translate(INNER)
    return f"“{words if len(words) <= LONG else words[:LONG].rsplit(' ', 1)[0] + '…'}”" if words else "(empty text)"


def heading_of(report: Report) -> str:
    """What a report is called on pages."""
    return heading(report.title, report.text[:2000], report.dateline.span.end if report.dateline else 0)
