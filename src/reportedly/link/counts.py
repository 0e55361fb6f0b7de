"""What a figure counts: the fate of those counted, what a share is a share of and whose, which events it spans."""

import math
import re
from functools import lru_cache
from typing import NamedTuple

from reportedly import lexicon
from reportedly.lexicon.countries import country_of
from reportedly.link.concepts import concept, concepts, plain, senses
from reportedly.link.names import stem, weight
from reportedly.model import Claim, Quantity, Span

NOBODY = frozenset[str]()
FAR = 60
"""Characters by which a comma or "and" sets a word further from a figure."""
NEXT = 12
"""Characters after a figure within which the word that says what it counts may follow ("44 missing")."""
RARE = 3.0
"""From this weight on a capitalised word is taken for a name."""

_BESIDE = re.compile(r"[ -](?:of the |of |other |more )?([A-Z]\w+)(?=\s[a-z]|[.,]|$)")
_WORD = re.compile(r"[^\W\d_][^\W_]*")
_FIGURE = re.compile(r"\d[\d.,]*")
_BREAK = re.compile(r"[,;]| and | but | while ")
_OF_THOSE = re.compile(r"\b(?:of|among) (?:the|those|these|them|whom)\s+$")
_PLACED = re.compile(r"\b(?:in|at|on|near|from|off|outside|around|across|since|until|by) (?:the )?$", re.IGNORECASE)
_OF_FIGURE = re.compile(r" (?:of|at|to|was|is|stood at|rose to) (?:about |some |only |just )?(\d[\d.,]*)")
_VOTED = frozenset({"vote", "win", "elect"})
_FOR = re.compile(r"^\W*(?:per ?cent|percent|%|votes?|victory|win)?\W{0,2}(?:for|to) ", re.IGNORECASE)


class Count(NamedTuple):
    """What one figure counts. `fate` what befell those counted, `share` what it is a share of, `owner` the rare words
    of the name that it belongs to, `nation` whose people or things they are; `marks` what the words around it say of
    its kind ("early", "running", "partial", "wide": over other events or years, "extra": on top of another figure,
    "single": one man's story, "cared": those whom a hospital has had)."""

    fate: frozenset[str]
    share: frozenset[str]
    owner: frozenset[str]
    head: str
    marks: frozenset[str]
    nation: str | None = None


def count(claim: Claim, text: str, around: Span) -> Count:
    """What the figure of a claim counts; of a claim without a figure, all fates that its words tell."""
    start, end = claim.evidence.start - around.start, claim.evidence.end - around.start
    line = plain(around.of(text))
    figure = _figure(claim, text, around)
    unit = claim.quantity.unit or "person" if claim.quantity else "person"
    fate = _sense(line, start, end, figure, "fate", "spare") if unit == "person" else NOBODY
    share = _sense(line, start, end, figure, "share") if unit == "percent" else NOBODY
    if unit == "percent" and not share and not _VOTED.isdisjoint(concepts(line[start:end])):
        share = frozenset({"balloted"})
    owner = _owner(around.of(text), start, end, figure)
    head = _head(line[start : figure.start]) if figure else ""
    nation = _nation(around.of(text), figure)
    return Count(fate, share, owner, head, _marks(line, claim.evidence.of(text), start, end, figure), nation)


def _nation(line: str, figure: Span | None) -> str | None:
    """The state whose people or things are counted: "11 Norwegian sailors"."""
    beside = _BESIDE.match(line, figure.end) if figure else None
    return country_of(beside[1]) if beside else None


def _head(before: str) -> str:
    """The concept of the last telling word before a figure."""
    for each in reversed(_WORD.findall(before.lower())):
        if weight(stem(each)) >= 1 and each not in _bounding():
            return concept(stem(each))
    return ""


@lru_cache(maxsize=1)
def _bounding() -> frozenset[str]:
    return frozenset(word for row in lexicon.table("bounds.tsv") for word in row["cue"].split())


def _figure(claim: Claim, text: str, around: Span) -> Span | None:
    """Where in its sentence the number of a claim stands."""
    quantity, evidence = claim.quantity, claim.evidence
    if quantity is None:
        return None
    if quantity.span != evidence and evidence.touches(quantity.span):
        return Span(quantity.span.start - around.start, quantity.span.end - around.start)
    written = list(_FIGURE.finditer(evidence.of(text)))
    meant = [each for each in written if each[0].strip(".,").replace(",", "") in _digits(quantity)]
    found = next(iter(meant or written), None) or _spelled().search(evidence.of(text))
    at = evidence.start - around.start
    return Span(at + found.start(), at + found.end()) if found else Span(at, at)


def _digits(quantity: Quantity) -> set[str]:
    """How the numbers of a figure are written."""
    return {f"{each:.10g}" for each in (quantity.low, quantity.high) if each is not None}


@lru_cache(maxsize=1)
def _spelled() -> re.Pattern[str]:
    words = sorted((row["word"] for row in lexicon.table("numbers.tsv") if row["word"].isalpha()), key=len)
    return re.compile(rf"\b(?:{'|'.join(reversed(words))}|no|nobody|none)\b", re.IGNORECASE)


def _sense(line: str, start: int, end: int, figure: Span | None, *families: str) -> frozenset[str]:
    """The concept that a figure goes with: the nearest in its evidence of the first family that is there, else the last
    before it of the first family."""
    words = _meant(line)
    found = [(Span(at, ends), name) for at, ends, name in words if senses((name,), families[0])]
    if figure is None:
        return frozenset(name for span, name in found if start <= span.start < end)
    for family in families:
        inside = [(Span(at, ends), name) for at, ends, name in words if start <= at < end and senses((name,), family)]
        inside = [each for each in inside if not _belongs_elsewhere(line, each[0], figure)]
        if inside:
            return frozenset({min(inside, key=lambda each: _distance(line, figure, each[0]))[1]})
    beside = [each for each in found if figure.end <= each[0].start <= figure.end + NEXT]
    if beside and families[0] == "fate" and not _BREAK.search(line[figure.end : beside[0][0].start]):
        return frozenset({beside[0][1]})
    before = [name for span, name in found if span.end <= start]
    return frozenset(before[-1:])


@lru_cache(maxsize=1024)
def _meant(line: str) -> tuple[tuple[int, int, str], ...]:
    """The words of a sentence, where they begin and end, and their concepts; kept for the next claim in it."""
    return tuple((each.start(), each.end(), concept(stem(each[0].lower()))) for each in _WORD.finditer(line))


def _belongs_elsewhere(line: str, word: Span, figure: Span) -> bool:
    """Whether a word goes with another figure ("a turnout of 61 percent"), or names those of whom it is told more."""
    follows = _OF_FIGURE.match(line, word.end)
    elsewhere = follows is not None and not figure.start <= follows.start(1) < figure.end
    return elsewhere or bool(_OF_THOSE.search(line[: word.start]))


def _distance(line: str, figure: Span, word: Span) -> tuple[int, int]:
    first, last = (figure, word) if word.start >= figure.end else (word, figure)
    between = line[first.end : last.start]
    return len(between) + FAR * len(_BREAK.findall(between)), -word.start


def _owner(line: str, start: int, end: int, figure: Span | None) -> frozenset[str]:
    """The rare words of the name that a figure or a victory belongs to: named after "for", else the last before it."""
    at = figure.end if figure else start
    if _FOR.search(line[at:end]):
        return next(iter(_names(line, at, end)), NOBODY)
    before = _names(line, start, at) or (_names(line, start, end) if not figure else []) or _names(line, 0, start)
    return before[-1] if before else NOBODY


def _names(line: str, start: int, end: int) -> list[frozenset[str]]:
    """The runs of rare capitalised words between two places, those after "in", "at" and the like left out."""
    found: list[frozenset[str]] = []
    last = -9
    for each in _WORD.finditer(line, start, end):
        word = each[0].lower()
        if not each[0][0].isupper() or weight(stem(word)) < RARE or _PLACED.search(line[: each.start()]):
            continue
        if each.start() - last <= 1:
            found[-1] |= {word}
        else:
            found.append(frozenset({word}))
        last = each.end()
    return found


def _marks(line: str, written: str, start: int, end: int, figure: Span | None) -> frozenset[str]:
    places = {place: _place(line, place, start, end, figure) for place in ("evidence", "before", "beside")}
    places["written"] = written
    looked = ((mark, pattern, places.get(place)) for mark, place, pattern in _patterns())
    return _sentence_marks(line) | {mark for mark, pattern, words in looked if words and pattern.search(words)}


@lru_cache(maxsize=1024)
def _sentence_marks(line: str) -> frozenset[str]:
    """What a whole sentence says of the kind of its figures; kept for the next claim in it."""
    return frozenset(mark for mark, place, pattern in _patterns() if place == "sentence" and pattern.search(line))


def _place(line: str, place: str, start: int, end: int, figure: Span | None) -> str:
    """The words in which a mark is looked for: the evidence, or what stands beside the figure."""
    if place == "evidence" or figure is None:
        return line[start:end] if place == "evidence" else ""
    before = line[max(0, start - 25, figure.start - 25) : figure.start] + "#"
    return before if place == "before" else before + line[figure.end : figure.end + 25]


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Mark, where it is looked for, pattern; in the table "N" is a number and "#" the figure itself."""
    number = r"(?:\d[\d.,]*|an?|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few)"
    return tuple(
        (row["mark"], row["place"], re.compile(rf"(?:{row['words'].replace('N', number)})", re.IGNORECASE))
        for row in lexicon.table("counting.tsv")
    )


def one_share(a: Count, b: Count) -> bool:
    """Whether two shares are of one whole and of one owner, as far as their words show; else nothing is said."""
    if not a.share or not b.share:
        return False
    return bool(a.share & b.share) and ("balloted" not in a.share or bool(a.owner & b.owner))


def over_whole(a: Count, b: Count, lows: tuple[float, float]) -> bool:
    """Whether two owners together have more than the whole: both cannot be so."""
    parts = a.owner and b.owner and not a.owner & b.owner and "balloted" in a.share & b.share
    return bool(parts) and math.isfinite(sum(lows)) and sum(lows) > 100.5
