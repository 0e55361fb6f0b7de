"""Figures as words: each number of a text with its bound, before the counted noun is known."""

import re
from functools import lru_cache

import msgspec

from reportedly.lexicon import table, words
from reportedly.model import Bound, Span
from reportedly.normalise.numbers import DIGITS, alternatives, number_words, spoken, value_of

STRENGTH: dict[str, int] = {"exact": 0, "about": 1, "nearly": 2, "vague": 3, "between": 4, "at_most": 5, "at_least": 6}
VAGUE = {"ten": 20, "tens": 20, "dozen": 24, "score": 40, "hundred": 200, "thousand": 2000, "million": 2e6, "billion": 2e9, "handful": 3}
MONEY = r"(?:US\$|C\$|A\$|[$€£¥₽₩₹₴₪]|Rs\.?)"
SCORE_WORDS = r"(?:win|victory|defeat|loss|draw|lead|vote|margin|series|record|triumph|rout|scoreline|majority)"
NOT_ABOUT = r"\b(?:talk|talks|talked|talking|speak|spoke|ask|asked|know|knew|worry|worried|complain|complained|question|questions|questioned|report|reports|story|stories|information|concern|concerns|concerned|learn|learned|hear|heard|think|thinking|details|lied|lying|joke|joked|warned|wrote|book|film|song|what) $"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number in the text: `span` with its bound words, `number` without; `money` the currency sign before it."""

    low: float | None
    high: float | None
    bound: Bound
    approx: bool
    span: Span
    number: Span
    bound_span: Span | None
    money: str | None


def figures(text: str) -> tuple[Figure, ...]:
    """Every number that counts or measures something, in text order; names, scores and codes are left out."""
    kept = []
    for found in _form().finditer(text):
        figure = _read(found)
        if figure:
            kept.append(figure)
    return tuple(kept)


@lru_cache(maxsize=1)
def _cues() -> tuple[dict[str, Bound], dict[str, Bound]]:
    rows = table("bounds.tsv")
    before: dict[str, Bound] = {row["cue"]: row["bound"] for row in rows if row["side"] == "before"}  # type: ignore[misc]
    after: dict[str, Bound] = {row["cue"]: row["bound"] for row in rows if row["side"] == "after"}  # type: ignore[misc]
    return before, after


@lru_cache(maxsize=1)
def _form() -> re.Pattern[str]:
    """One pattern for a figure: bound words, currency, number, range, bound words after it."""
    before, after = _cues()
    scale = alternatives({**number_words("scale"), **number_words("suffix")})
    big = "|".join(word for word in number_words("scale") if word != "dozen")
    digits = rf"(?:{DIGITS})(?:[ -]?(?:{scale})\b)*"
    article = rf"(?:an?|one) (?:dozen|hundred|thousand|million|billion|couple of)(?: (?:{big})\b)*"
    halves = rf"half an? (?:dozen|{big})|(?:an?|one|two|three|four)[ -](?:third|quarter|fifth|tenth)s?\b(?= of\b|,|\.| the\b| more\b| less\b)|half(?= of\b| the (?!way)| its\b| their\b| his\b| her\b| that\b)"
    vague = rf"(?:tens|hundreds|thousands|millions) of (?:thousands|millions|billions)|(?:many |several |a few )?(?:dozens|scores|hundreds|thousands|millions|billions|tens)(?= of\b|[ ,.;])|(?:several|a few|many) (?:dozen|hundred|thousand|million|billion)(?: (?:thousand|million|billion))?|a handful(?= of\b)"
    number = rf"(?:{digits}|{article}|{halves}|{spoken()}(?: (?:and a half|million|billion|thousand|hundred|dozen))*)"
    cue = rf"(?:(?:{alternatives(before)})[ -]?)"
    after_cue = rf"(?:(?: |(?=[-+]))(?:{alternatives(after)})(?!\w))"
    none = r"(?:not (?:a single|one)\b|no(?= [a-z])|none\b|nobody\b|no[ -]one\b)"
    return re.compile(
        rf"(?<![\w/.,:#@-])(?:(?<=[(\"“‘'])|(?<!\w))"
        rf"(?P<cues>(?:{cue}(?:the |a |an |all |another |its |)?)*)(?P<between>between |ranging from |from (?:about |around )?)?"
        rf"(?:(?P<money>{MONEY}) ?)?(?:(?P<vague>(?i:{vague}))|(?P<first>(?i:{number}))(?P<tight>\+?)"
        rf"(?:(?P<join> to |-to-| and | or | ?[-–—] ?)(?:{cue})?(?:{MONEY} ?)?(?P<second>(?i:{number})))?|(?P<none>(?i:{none})))"
        rf"(?P<of> of(?= the| his| its| their|\b))?(?P<after>{after_cue})?",
        re.IGNORECASE,
    )


def _read(found: re.Match[str]) -> Figure | None:
    text = found.string
    if found["none"]:
        return _figure(found, (0.0, 0.0), "exact", found.end("none"))
    if found["vague"]:
        low = _vague(found["vague"].lower())
        return _figure(found, (low, None), "vague", found.end("vague"))
    low = value_of(found["first"])
    if low is None or _is_name(found):
        return None
    if found["second"]:
        return _pair(found, low)
    bound = _bound(found)
    limits: dict[str, tuple[float | None, float | None]] = {"at_least": (low, None), "at_most": (None, low), "nearly": (None, low)}
    return _figure(found, limits.get(bound, (low, low)), bound, found.end("after") if found["after"] else found.end("tight"))


def _pair(found: re.Match[str], low: float) -> Figure | None:
    """ "between 5 and 7", "1.5-2 million" """
    high = value_of(found["second"])
    if high is None:
        return None
    join = found["join"].strip()
    return _figure(found, (_with_scale(found["first"], found["second"], low, high), high), "between", found.end("second")) if join else None


def _with_scale(first: str, second: str, low: float, high: float) -> float:
    """The low end of "1.5-2 million" or "10 to 12 thousand" in the scale of the high end."""
    last = re.search(r"[a-z]+$", second.lower())
    scale = (number_words("scale") | number_words("suffix")).get(last[0], 1.0) if last else 1.0
    return low * scale if scale > 1 and low < scale and not re.search(r"[a-z]$", first.lower()) else low


def _figure(found: re.Match[str], limits: tuple[float | None, float | None], bound: Bound, end: int) -> Figure:
    start = found.start()
    number = next(found.start(name) for name in ("none", "vague", "first") if found[name])
    cues = (found["cues"] or "").strip()
    bound_span = Span(start, start + len(cues)) if cues else Span(found.start("after"), found.end("after")) if found["after"] else None
    return Figure(
        low=limits[0],
        high=limits[1],
        bound=bound,
        approx=bound in ("about", "nearly") or bound == "between" and _said(found, ("about", "nearly")),
        span=Span(start, end),
        number=Span(number, end),
        bound_span=bound_span,
        money=found["money"],
    )


def _said(found: re.Match[str], bounds: tuple[str, ...]) -> bool:
    before, _ = _cues()
    return any(bound in bounds and re.search(rf"\b{re.escape(cue)}\b", found["cues"].lower()) for cue, bound in before.items())


def _bound(found: re.Match[str]) -> Bound:
    """The strongest bound of the words around the number."""
    before, after = _cues()
    best: Bound = "exact"
    rest = (found["cues"] or "").lower()
    for cue in sorted(before, key=len, reverse=True):
        if re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", rest):
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


def _is_name(found: re.Match[str]) -> bool:
    """Whether the number is part of a name, a score, a clock or a list: "Flight 752", "2-1", "Article 5"."""
    text, start, end = found.string, found.start("first"), found.end()
    before = re.search(r"([\w.]+)[ -]$", text[max(0, found.start() - 24) : found.start()])
    if before and before[1].lower() in words("number_labels.txt") and found["first"][0].isdigit() and not found["cues"]:
        return True
    if re.match(r"(?:[:/]\d|st\b|nd\b|rd\b|th\b|[A-Za-z]\w*\d|-\d|['’]s\b)", text[end:]):
        return True
    if found["second"] and "-" in found["join"] and _is_score(found):
        return True
    word = found["first"].lower()
    if word == "one" and re.match(r"(?: of\b| another\b|,|\.| who\b| that\b| day\b|-time\b|-on-one| by one)", text[found.end("first") :]):
        return True
    if word == "zero" and re.match(r"[ -](?:tolerance|in\b)", text[end:]):
        return True
    return word in ("one", "two") and bool(re.search(r"\b(?:the|this|that|no|any|every|each|some|another|number|day|which|these|those) $", text[:start], re.IGNORECASE))


def _is_score(found: re.Match[str]) -> bool:
    first, second = value_of(found["first"]) or 0, value_of(found["second"]) or 0
    after = found.string[found.end("second") :]
    return first >= second or bool(re.match(rf" {SCORE_WORDS}\b", after))
