"""Figures as words: each number of a text with its bound, before the counted noun is known."""

import re
from functools import lru_cache

import msgspec

from reportedly.lexicon import table
from reportedly.model import Bound, Span
from reportedly.normalise.forms import figure_sense
from reportedly.normalise.names_with_numbers import is_name
from reportedly.normalise.numbers import number_words, plain_blanks, value_of

STRENGTH: dict[str, int] = {"exact": 0, "about": 1, "nearly": 2, "vague": 3, "between": 4, "at_most": 5, "at_least": 6}
VAGUE = {
    "ten": 20,
    "tens": 20,
    "dozen": 24,
    "score": 40,
    "hundred": 200,
    "thousand": 2000,
    "million": 2e6,
    "billion": 2e9,
    "handful": 3,
}


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number in the text: `span` with its bound words, `number` without; `money` the currency sign before it.

    `apart` marks the first of two that share a noun ("from 5 to 7 tanks"), `share` a fraction of something ("a third").
    """

    low: float | None
    high: float | None
    bound: Bound
    approx: bool
    span: Span
    number: Span
    bound_span: Span | None
    money: str | None
    apart: bool = False
    share: bool = False


def figures(text: str) -> tuple[Figure, ...]:
    """Every number that counts or measures something, in text order; names, scores and codes are left out."""
    return tuple(figure for found in figure_sense("number").finditer(plain_blanks(text)) for figure in _read(found))


@lru_cache(maxsize=1)
def _cues() -> tuple[dict[str, Bound], dict[str, Bound]]:
    rows = table("bounds.tsv")
    before: dict[str, Bound] = {row["cue"]: row["bound"] for row in rows if row["side"] == "before"}  # type: ignore[misc]
    after: dict[str, Bound] = {row["cue"]: row["bound"] for row in rows if row["side"] == "after"}  # type: ignore[misc]
    return before, after


def _read(found: re.Match[str]) -> tuple[Figure, ...]:
    """The figures of one match: two where it says "from 5 to 7", none where it is a name, an age or a score."""
    if found["none"]:
        return (_figure(found, (0.0, 0.0), "exact", Span(found.start("none"), found.end("none"))),)
    if found["vague"]:
        return (_figure(found, (_vague(found["vague"].lower()), None), "vague", _vague_span(found)),)
    low = value_of(found["first"])
    if low is None or is_name(found):
        return ()
    if _is_metres(found):
        size, end = low / 1_000_000, found.end("first") - 1
        return (_figure(found, _limits(_bound(found), size), _bound(found), Span(found.start("first"), end)),)
    if found["second"]:
        return _pair(found, low)
    if _is_ratio(found):
        part = round(low / (value_of(found["ratio"]) or 1.0), 6)
        return (_figure(found, (part, part), _bound(found), Span(found.start("first"), found.end("ratio"))),)
    bound = _bound(found)
    end = found.end("after") if found["after"] else found.end("tight")
    return (_figure(found, _limits(bound, low), bound, Span(found.start("first"), end)),)


def _limits(bound: Bound, value: float) -> tuple[float | None, float | None]:
    """The low and the high end of one number with its bound."""
    ends = {"at_least": (value, None), "at_most": (None, value), "nearly": (None, value)}
    return ends.get(bound, (value, value))


def _is_metres(found: re.Match[str]) -> bool:
    """Whether the "m" behind digits measures a length ("fell 60m from a ridge") and is no million ("60m people")."""
    tight = re.search(r"\dm$", found["first"]) is not None and not found["money"] and not found["second"]
    return tight and figure_sense("metres_after").match(found.string, found.end("first")) is not None


def _vague_span(found: re.Match[str]) -> Span:
    """ "dozens of", "a handful of": the "of" belongs to the figure."""
    end = found.end("vague")
    return Span(found.start("vague"), end + 3 if found.string[end : end + 4] == " of " else end)


def _pair(found: re.Match[str], low: float) -> tuple[Figure, ...]:
    """ "between 5 and 7" and "1.5-2 million" are one figure, "rose from 5 to 7" and "5 and 7" are two."""
    high = value_of(found["second"])
    if high is None or (high == 1 and found["join"] == " to "):
        return ()
    one, two = Span(found.start("first"), found.end("first")), Span(found.start("second"), found.end("second"))
    low = _with_scale(found["first"], found["second"], low, high)
    between = (found["between"] or "").lower()
    apart = found["join"].strip() == "and" and not between.startswith("between")
    if apart or (between.startswith("from") and (low >= high or _changes(found))) or low >= high:
        return (
            msgspec.structs.replace(_figure(found, (low, low), "exact", one), span=one, bound_span=None, apart=True),
            msgspec.structs.replace(_figure(found, (high, high), "exact", two), span=two, bound_span=None),
        )
    return (_figure(found, (low, high), "between", Span(one.start, two.end)),)


def _changes(found: re.Match[str]) -> bool:
    """Whether "from A to B" tells of a change: a word of rise or fall stands before it in the sentence."""
    before = re.split(r"[.;\n] ?", found.string[max(0, found.start() - 90) : found.start()])[-1]
    known = {row["word"] for row in table("changes.tsv")} | {"went", "moved", "changed", "turned", "swung", "improved"}
    return any(word in known for word in re.findall(r"[a-z]+", before.lower()))


def _with_scale(first: str, second: str, low: float, high: float) -> float:
    """The low end of "1.5-2 million" or "10 to 12 thousand" in the scale of the high end."""
    last = re.search(r"[a-z]+$", second.lower())
    scale = (number_words("scale") | number_words("suffix")).get(last[0], 1.0) if last else 1.0
    return low * scale if scale > 1 and low < 1000 and not re.search(r"[a-z]$", first.lower()) else low


def _is_ratio(found: re.Match[str]) -> bool:
    """Whether it is a share ("one in five"), not money or a larger number in so many parts ("$2m in five payments")."""
    if not found["ratio"] or found["money"]:
        return False
    return (value_of(found["first"]) or 0.0) < (value_of(found["ratio"]) or 1.0)


def _figure(found: re.Match[str], limits: tuple[float | None, float | None], bound: Bound, number: Span) -> Figure:
    cues = _cue_words(found) if bound != "vague" else ""
    start = found.start() if cues or found["second"] else number.start - len(found["money"] or "")
    bound_span = Span(start, start + len(cues)) if cues else None
    if found["after"] and not cues:
        bound_span = Span(found.start("after") + found["after"].startswith(" "), found.end("after"))
    return Figure(
        low=limits[0],
        high=limits[1],
        bound=bound,
        approx=bound in ("about", "nearly") or (bound == "between" and _said(found, ("about", "nearly"))),
        span=Span(start, number.end),
        number=number,
        bound_span=bound_span,
        money=found["money"],
        share=bool(_is_ratio(found) or (found["first"] and figure_sense("share").search(found["first"].lower()))),
    )


def _said(found: re.Match[str], bounds: tuple[str, ...]) -> bool:
    before, _ = _cues()
    return any(
        bound in bounds and re.search(rf"\b{re.escape(cue)}\b", found["cues"].lower()) for cue, bound in before.items()
    )


def _cue_words(found: re.Match[str]) -> str:
    """The words that bound a number; none in "talked about two things", "argued over three bills"."""
    cues = (found["cues"] or "").strip()
    lead = found.string[max(0, found.start() - 24) : found.start()]
    topic = re.match(r"(?:about|over|under|around)$", cues.lower()) and figure_sense("topic_led").search(lead)
    return "" if topic else cues


def _bound(found: re.Match[str]) -> Bound:
    """The strongest bound of the words around the number."""
    before, after = _cues()
    best: Bound = "exact"
    rest = figure_sense("over_and_cue").sub("", _cue_words(found).lower())
    for cue in sorted(before, key=len, reverse=True):
        if cue in rest and re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", rest):
            rest = rest.replace(cue, " ")
            best = max(best, before[cue], key=STRENGTH.__getitem__)
    behind = (found["after"] or "").strip().lower() or found["tight"] or ""
    return max(best, after.get(behind, "exact"), key=STRENGTH.__getitem__)


def _vague(words_: str) -> float:
    parts = [part.removesuffix("s") for part in re.findall(r"[a-z]+", words_)]
    scale = number_words("scale")
    low = 1.0
    known = [part for part in parts if part in VAGUE]
    for place, part in enumerate(known):
        low = VAGUE[part] if place == 0 else low * scale[part]
    return low
