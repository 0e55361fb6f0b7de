"""How many: every figure of a report with its bounds as stated, its unit and the counted words."""

import re
from functools import cache, lru_cache
from typing import Literal

import msgspec
from spacy.tokens import Doc, Token

from reportedly import language
from reportedly.lexicon import Row, table
from reportedly.model import Options, Quantity, Segmented, Span
from reportedly.normalise.figures import Figure, figures
from reportedly.normalise.numbers import alternatives
from reportedly.normalise.time_grammar import find
from reportedly.normalise.time_words import time_words

MADE_BY = "quantities 1"
SCORED_BOUND = {
    "exact": "eq",
    "about": "approx",
    "nearly": "approx",
    "at_least": "min",
    "at_most": "max",
    "between": "range",
}
SHARE = "share"
_MAGNITUDE_BEFORE = re.compile(r"\bmagnitude(?: of|-| was| at| ,)?(?: (?:about|around))? ?$", re.IGNORECASE)
_MAGNITUDE_AFTER = re.compile(
    r"(?: degrees)? on the (?:open-ended )?Richter|[ -]*magnitude\b|[ -](?:earth)?quake\b", re.IGNORECASE
)
_HARMED_BEFORE = re.compile(
    r"\b(?:kill|injur|wound|hurt|arrest|detain|displac|evacuat|rescu)(?:ed|ing|s|es)?(?: (?:up to|another))? $"
)
_HARM = re.compile(
    r"(?: of (?:them|those|the \w+))?(?: \w+){0,3} (?:hurt|killed|injured|wounded|died|dead|missing|harmed|survived|arrested"
    r"|detained|dismissed|released|freed|charged)\b"
)
_PHRASAL = re.compile(
    r"\b(?:ma[kd]\w+|sign\w*|set\w*|end\w*|pick\w*|ta?o?k\w+|add\w*|buil\w+|bl[oe]w\w*|shot|cut|broken?|h[oe]ld\w*|g[ai]ve\w*) $"
)
SKIPPED = {"more", "other", "others", "additional", "further", "new", "such", "separate", "different"}
STOPS = {"which", "whom", "them", "those", "these", "it", "us", "you", "its"}
HURT = {
    "killed",
    "dead",
    "wounded",
    "injured",
    "hurt",
    "missing",
    "homeless",
    "arrested",
    "detained",
    "displaced",
    "died",
    "others",
}


class Counted(msgspec.Struct, frozen=True):
    """What a figure counts: its unit, where the counted words stand, where a unit after the number ends."""

    unit: str | None = None
    span: Span | None = None
    end: int = 0


def quantities(segmented: Segmented, options: Options) -> tuple[Quantity, ...]:
    """Every figure in text order: numbers of people, things, money and measures with their bounds.

    Dates, clock times, ages, ordinals, scores and numbers in names are left out.
    """
    text = segmented.report.text
    doc = language.parse(segmented)
    taken = [meaning.span for meaning in find(text) if not _is_length(text, meaning.type, meaning.span)]
    found: list[Quantity] = []
    for figure in figures(text):
        if not any(figure.number.touches(span) for span in taken):
            quantity = _quantity(figure, doc, text)
            if quantity:
                found.append(quantity)
    return tuple(_lent(found, text))


def as_scored(quantity: Quantity) -> dict[str, float | str | None]:
    """Value, hi, bound and unit in the words of the quantity scorer; a vague figure has its base (dozens 12)."""
    if quantity.bound == "vague":
        low = quantity.low or 0.0
        return {"value": low if low < 10 else low / 2, "hi": None, "bound": "vague", "unit": scored_unit(quantity)}
    value = quantity.low if quantity.low is not None else quantity.high
    high = quantity.high if quantity.bound == "between" else None
    if quantity.made_by.endswith(SHARE) and value is not None:
        return {
            "value": round(value / 100, 6),
            "hi": None,
            "bound": SCORED_BOUND[quantity.bound],
            "unit": _item_unit(quantity),
        }
    return {"value": value, "hi": high, "bound": SCORED_BOUND[quantity.bound], "unit": scored_unit(quantity)}


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 4)


def scored_unit(quantity: Quantity) -> str:
    """The counted word itself, singular ("troop"); "-" where none is named."""
    for row in table("units.tsv"):
        if row["unit"] == quantity.unit and row["kind"] in ("measure", "money"):
            return row["scored"]
    return _item_unit(quantity)


def item_head(quantity: Quantity) -> Span | None:
    """Where the head of the counted words stands: "shells" in "artillery shells and rockets"."""
    if quantity.item is None or quantity.item_span is None:
        return None
    head = _head_word(quantity.item)
    start = quantity.item_span.start + quantity.item.index(head)
    return Span(start, start + len(head))


def _item_unit(quantity: Quantity) -> str:
    return _singular(_head_word(quantity.item)) if quantity.item else "-"


def _quantity(figure: Figure, doc: Doc, text: str) -> Quantity | None:
    counted = _counted(figure, doc, text)
    if counted is None:
        return None
    change = _change(text, figure.span.start, counted.unit)
    low, high = (_percent(figure.low), _percent(figure.high)) if figure.share else (figure.low, figure.high)
    rate = _rate(text, counted.span.end if counted.span else max(figure.span.end, counted.end))
    unit = f"{counted.unit}/{rate}" if counted.unit == "barrel" and rate else counted.unit
    return Quantity(
        low=low,
        high=high,
        bound=figure.bound,
        span=Span(figure.span.start, max(figure.span.end, counted.end)),
        approx=figure.approx,
        unit="percent" if figure.share else unit,
        item=counted.span.of(text) if counted.span else None,
        bound_span=figure.bound_span,
        item_span=counted.span,
        change=change,
        rate=rate,
        made_by=f"{MADE_BY} {SHARE}" if figure.share else MADE_BY,
    )


def _counted(figure: Figure, doc: Doc, text: str) -> Counted | None:
    """The unit and the counted words; None where a "no" counts nothing."""
    rows = _units("money")
    if figure.money:
        return Counted(rows[_sign(figure.money)]["unit"])
    before = text[max(0, figure.span.start - 30) : figure.span.start]
    if _is_magnitude(figure, before, text):
        return Counted("magnitude")
    measure = _measure_form().match(text, figure.number.end)
    if measure:
        row = (
            _measures()[measure["unit"].lower()]
            if measure["unit"].lower() in _measures()
            else _measures()[measure["unit"]]
        )
        return Counted(row["unit"], None, measure.end())
    if _is_compound(figure, text):
        return _compound(figure, text)
    words = None if figure.apart else _noun_phrase(figure, doc)
    if figure.number.of(text).lower().startswith(("no", "not", "none", "zero")):
        return _denied(figure, words, doc, text)
    if words is None and figure.number.of(text).lower() == "one" and figure.bound == "exact":
        return None
    if words is None:
        harmed = _next_word(text, figure.number.end) in HURT or _HARMED_BEFORE.search(before)
        return Counted("person" if harmed else None)
    return Counted(_unit(doc, words), words)


def _is_magnitude(figure: Figure, before: str, text: str) -> bool:
    """ "a magnitude of 6.1", "5.6 on the Richter scale", "a 6.1 quake"."""
    if figure.high is not None and figure.high >= 11:
        return False
    after = _MAGNITUDE_AFTER.match(text, figure.number.end)
    named = bool(after) and ("quake" not in (after[0] if after else "") or "." in figure.number.of(text))
    return named or bool(_MAGNITUDE_BEFORE.search(before))


def _is_compound(figure: Figure, text: str) -> bool:
    """ "a three-party coalition": a small number in words that belongs to a name of a kind."""
    return re.compile(r"-[a-z]").match(text, figure.number.end) is not None


def _compound(figure: Figure, text: str) -> Counted | None:
    """ "a five-boat attack", "a 46-page report": people, things and what digits count; no "three-party coalition"."""
    found = re.compile(r"-([a-z]+)\b").match(text, figure.number.end)
    known = found and any(found[1] in _units(kind) for kind in ("person", "round", "thing"))
    if not found or not (known or figure.number.of(text)[-1].isdigit()):
        return None
    return Counted(_name_of(found[1]), Span(found.start(1), found.end(1)))


def _noun_phrase(figure: Figure, doc: Doc) -> Span | None:
    """The words after a number up to the last noun of their phrase, with what is joined to it by "and"."""
    token = _token_after(doc, figure.number.end)
    of = False
    while (
        token is not None
        and (token.lower_ in SKIPPED or token.lower_ == "of" or (of and token.tag_ in ("DT", "PRP$", "CD")))
        and token.lower_ not in STOPS
    ):
        of = of or token.lower_ == "of"
        token = _next(token)
    if token is None or token.lower_ in STOPS:
        return None
    first, last = token, None
    while token is not None and _in_phrase(token):
        if token.pos_ in ("NOUN", "PROPN") and token.lower_ not in ("percent",):
            last = token
        token = _next(token)
    if last is None:
        return None
    last = _joined_noun(last) or last
    return Span(first.idx, last.idx + len(last))


def _in_phrase(token: Token) -> bool:
    if (
        token.is_space
        or token.is_sent_start
        or token.text in time_words("month")
        or token.text in time_words("weekday")
    ):
        return False
    if token.tag_ == "CC" and token.i and token.nbor(-1).text.endswith("-"):
        return True
    if token.lower_ in HURT and token.tag_ in ("VBN", "VBD"):
        return _next(token) is not None and token.dep_ == "amod"
    return (
        token.pos_ in ("NOUN", "PROPN", "ADJ")
        or token.tag_ in ("HYPH", "POS")
        or _is_model(token)
        or (token.tag_ in ("VBN", "VBG") and token.dep_ == "amod")
    )


def _is_model(token: Token) -> bool:
    """ "F-16", "AK-74": a name before the noun that is counted."""
    if token.tag_ == "CD" and token.i and token.nbor(-1).text.isupper():
        return True
    return any(each.isdigit() for each in token.text) and token.text[0].isalpha()


def _joined_noun(head: Token) -> Token | None:
    """ "shells and rockets": the last noun joined to the head without a number or article of its own."""
    joint = _next(head)
    if joint is None or joint.lower_ not in ("and", "or"):
        return None
    for other in head.conjuncts:
        own = any(child.pos_ in ("NUM", "DET", "PRON") for child in other.lefts)
        if other.i > joint.i and other.i - joint.i <= 3 and other.pos_ == "NOUN" and not own:
            return other
    return None


def _denied(figure: Figure, words: Span | None, doc: Doc, text: str) -> Counted | None:
    """A "no" that counts: "no casualties", "no one was hurt", "none of the crew"."""
    word, after = figure.number.of(text).lower(), text[figure.number.end : figure.number.end + 40]
    if word in ("nobody", "no one", "no-one"):
        return Counted("person") if _HARM.match(after) else None
    if word == "none" and words is None:
        return Counted("person") if _HARM.match(after) else None
    if words is None or not _is_deniable(_singular(_head(doc, words))):
        return None
    return Counted(_unit(doc, words), words)


def _is_deniable(noun: str) -> bool:
    return any(noun in _units(kind) for kind in ("deniable", "person", "round", "thing"))


def _lent(found: list[Quantity], text: str) -> list[Quantity]:
    """The unit of a later figure lent to the one before it: "from 5 million to 3.8 million tonnes"."""
    out = list(found)
    for place in range(len(out) - 2, -1, -1):
        one, two = out[place], out[place + 1]
        between = text[one.span.end : two.span.start]
        if (
            one.unit is None
            and one.item is None
            and re.fullmatch(r" (?:to|and|or|of|out of)(?: the| about| around| nearly)? ", between)
        ):
            out[place] = msgspec.structs.replace(one, unit=two.unit, item=two.item, item_span=two.item_span)
    return out


def _unit(doc: Doc, words: Span) -> str | None:
    return _name_of(_head(doc, words))


def _name_of(head: str) -> str:
    single = _singular(head)
    for kind in ("person", "round", "thing"):
        row = _units(kind).get(head.lower()) or _units(kind).get(single)
        if row:
            return row["unit"]
    return single


def _head(doc: Doc, words: Span) -> str:
    return _head_word(words.of(doc.text))


def _head_word(words: str) -> str:
    """The head of the counted words: the last word of the first of those joined by "and" """
    first = re.split(r",? (?:and|or) ", words)[0]
    return first.split()[-1].split("-")[-1] if first.split() else words


@lru_cache(maxsize=4096)
def _singular(word: str) -> str:
    """A noun in the singular by its ending; irregular ones by the table.

    >>> _singular("cities"), _singular("boxes"), _singular("men"), _singular("glass")
    ('city', 'box', 'man', 'glass')
    """
    word = word.lower()
    row = _units("person").get(word)
    if row and row["scored"]:
        return row["scored"]
    irregular = {
        "lives": "life",
        "wives": "wife",
        "knives": "knife",
        "feet": "foot",
        "teeth": "tooth",
        "aircraft": "aircraft",
        "series": "series",
        "species": "species",
        "buses": "bus",
        "mice": "mouse",
        "halves": "half",
        "leaves": "leaf",
        "thieves": "thief",
        "houses": "house",
        "bases": "base",
        "cases": "case",
    }
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$", word):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@cache
def _units(kind: str) -> dict[str, Row]:
    rows = (row for row in table("units.tsv") if row["kind"] == kind)
    return {row["word"]: row for row in rows}


@lru_cache(maxsize=1)
def _measures() -> dict[str, Row]:
    rows = [row for row in table("units.tsv") if row["kind"] in ("measure", "money", "time")]
    return {row["word"]: row for row in rows} | {row["word"].lower(): row for row in rows}


@lru_cache(maxsize=1)
def _measure_form() -> re.Pattern[str]:
    known = alternatives(
        {
            row["word"]: 1
            for row in table("units.tsv")
            if row["kind"] in ("measure", "money", "time") and row["word"] not in ("m", "$")
        }
    )
    return re.compile(rf"(?:[ -]| more | of a | -)?(?P<unit>{known}|m\b(?! ))(?!\w)", re.IGNORECASE)


def _sign(money: str) -> str:
    signs = _units("money")
    return money if money in signs else next(sign for sign in signs if sign.lower() == money.lower())


def _is_length(text: str, kind: str, span: Span) -> bool:
    """Whether an expression of time is a plain measure ("20 minutes") and so a figure as well."""
    words = span.of(text).lower()
    return (
        kind == "DURATION"
        and not words.startswith(("the ", "a ", "an ", "last", "past", "next", "half"))
        and not re.search(r"old$|-", words)
    )


def _change(text: str, start: int, unit: str | None) -> Literal["rise", "fall"] | None:
    """Whether the words before a figure speak of a rise or a fall by so much: "rose 5 percent", "cut rates by 25"."""
    found = _change_form().search(text[max(0, start - 64) : start].lower())
    if not found:
        return None
    if found["verb"] in ("up", "down") and _PHRASAL.search(found.string[: found.start()]):
        return None
    row = _changes()[found["verb"]]
    by, share = found["rest"].strip() != "", unit in ("percent", "percentage point", "basis point")
    return row["change"] if by or row["direct"] or share else None  # type: ignore[return-value]


@lru_cache(maxsize=1)
def _changes() -> dict[str, Row]:
    return {row["word"]: row for row in table("changes.tsv")}


@lru_cache(maxsize=1)
def _change_form() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<verb>{alternatives(_changes())})(?P<rest> (?:[^\s.;,]+ ){{0,5}}by | (?:in (?:\w+ ){{1,2}})?of | )(?:an? |another )?$"
    )


def _rate(text: str, end: int) -> str | None:
    found = re.match(
        r" (?:an?|per|each|every) (second|minute|hour|day|night|week|month|quarter|year|share|barrel|ton|tonne|person|head)\b",
        text[end : end + 20],
    )
    return found[1] if found else None


def _next_word(text: str, start: int) -> str:
    found = re.match(r"\W*(\w+)", text[start:])
    return found[1].lower() if found else ""


def _token_after(doc: Doc, offset: int) -> Token | None:
    """The first token that begins at or after an offset, in the same sentence as what stands before it."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if doc[middle].idx < offset else (low, middle)
    if low >= len(doc) or doc[low].is_sent_start:
        return None
    if doc[low].tag_ == "HYPH":
        return _next(doc[low])
    return doc[low]


def _next(token: Token) -> Token | None:
    following = token.i + 1
    if following >= len(token.doc) or token.doc[following].is_sent_start:
        return None
    return token.doc[following]
