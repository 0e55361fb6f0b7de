"""What a figure counts: its unit and the counted words, from the words after it and the grammar of the sentence."""

import re
from functools import cache, lru_cache

import msgspec
from spacy.tokens import Doc, Token

from reportedly.lexicon import Row, table
from reportedly.model import Span
from reportedly.normalise.figures import Figure
from reportedly.normalise.forms import figure_sense
from reportedly.normalise.time_words import time_words

NAMED = ("person", "round", "thing")
SKIPPED = {"more", "other", "others", "additional", "further", "new", "such", "separate", "different"}
STOPS = {"which", "whom", "them", "those", "these", "it", "us", "you", "its"}
LEAD = 30  # characters before a figure that may name what it measures


class Counted(msgspec.Struct, frozen=True):
    """The unit, where the counted words stand, and where a unit that follows the number ends."""

    unit: str | None = None
    span: Span | None = None
    end: int = 0


def counted(figure: Figure, doc: Doc, text: str) -> Counted | None:
    """The unit and the counted words; None where a number or a "no" counts nothing."""
    end = figure.number.end
    if figure.money:
        return Counted(_currency(figure.money))
    if _is_magnitude(figure, text):
        return Counted("magnitude")
    measure = figure_sense("unit_after").match(text, end)
    if measure:
        unit = "GBP" if _is_sterling(figure, measure, text) else _measure(measure["unit"])
        return Counted(unit, None, measure.end())
    if re.compile(r"-[a-z]").match(text, end):
        return _compound(figure, text)
    words = None if figure.apart else _noun_phrase(figure, doc)
    if figure.number.of(text).lower().startswith(("no", "zero")):
        return _none(figure, words, text)
    if words is None and _is_of_name(figure, doc):
        return None
    return _named(words, text) if words else _bare(figure, text)


def _is_of_name(figure: Figure, doc: Doc) -> bool:
    """Whether a bare number belongs to the name before it ("the Lady Ann 3 sailed")."""
    token = doc.char_span(figure.number.start, figure.number.end, alignment_mode="expand")
    if token is None or len(token) != 1 or figure.span != figure.number or token[0].i == 0:
        return False
    before = token[0].nbor(-1)
    return token[0].head.i == before.i and token[0].dep_ == "nummod" and before.pos_ == "PROPN"


def head_of(words: str) -> str:
    """The head of counted words: the last word of the first of those joined by "and".

    >>> head_of("artillery shells and rockets")
    'shells'
    """
    first = re.split(r",? (?:and|or) ", words)[0]
    last = first.split()[-1] if first.split() else words
    return last if re.search(r"-\d+s?$", last) else last.split("-")[-1]


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """A noun in the singular by its ending; irregular ones by the table.

    >>> singular("cities"), singular("boxes"), singular("men"), singular("glass")
    ('city', 'box', 'man', 'glass')
    """
    word = word.lower()
    if word in units("irregular"):
        return units("irregular")[word]["unit"]
    if word in units("person") and units("person")[word]["scored"]:
        return units("person")[word]["scored"]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$", word):
        return word[:-2]
    return word[:-1] if len(word) > 3 and re.search(r"[^sui]s$", word) else word


@cache
def units(*kinds: str) -> dict[str, Row]:
    """The rows of units.tsv of these kinds by word."""
    return {row["word"]: row for row in table("units.tsv") if row["kind"] in kinds}


@cache
def _folded() -> dict[str, str]:
    rows = units("measure", "money", "time")
    return {word.lower(): row["unit"] for word, row in rows.items()} | {word: row["unit"] for word, row in rows.items()}


def _measure(word: str) -> str:
    return _folded().get(word) or _folded()[word.lower()]


def _currency(sign: str) -> str:
    return _folded().get(sign) or _folded()[sign.lower()]


def _is_sterling(figure: Figure, measure: re.Match[str], text: str) -> bool:
    """Whether pounds are money: "cost 40 pounds", "at a cost of millions of pounds"; none of flour."""
    lead = text[max(0, figure.span.start - LEAD) : figure.span.start]
    paid = measure["unit"].lower() in {"pound", "pounds"} and figure_sense("pounds_led").search(lead)
    return bool(paid) and not text.startswith(" of ", measure.end())


def _named(words: Span, text: str) -> Counted:
    return Counted(unit_of(head_of(words.of(text))), words)


def unit_of(head: str) -> str:
    """ "person" for troops and people, "round" for shells, else the noun in the singular."""
    row = units(*NAMED).get(head.lower()) or units(*NAMED).get(singular(head))
    if row:
        return row["unit"]
    return "person" if figure_sense("people_named").fullmatch(head) else singular(head)


def _bare(figure: Figure, text: str) -> Counted | None:
    """A figure without a noun: people, where it says that they were hurt; a mere "one" counts nothing."""
    if figure.number.of(text).lower() == "one" and figure.bound == "exact":
        return None
    lead = text[max(0, figure.span.start - LEAD) : figure.span.start]
    if re.search(r"\bof whom (?:\w+ )?$", lead):
        return Counted("person")
    harmed = figure_sense("harmed").match(text, figure.number.end) or figure_sense("harm_led").search(lead)
    return Counted("person" if harmed else None)


def _is_magnitude(figure: Figure, text: str) -> bool:
    """ "a magnitude of 6.1", "5.6 on the Richter scale", "a 6.1 quake"."""
    if figure.high is None or figure.high >= 11:
        return False
    after = figure_sense("magnitude_after").match(text, figure.number.end)
    if after and ("quake" not in after[0].lower() or "." in figure.number.of(text)):
        return True
    lead = text[max(0, figure.span.start - LEAD) : figure.span.start]
    return bool(figure_sense("magnitude_led").search(lead))


def _compound(figure: Figure, text: str) -> Counted | None:
    """ "a five-boat attack", "a 46-page report": people, things and what digits count; no "three-party coalition"."""
    found = re.compile(r"-([a-z]+)\b").match(text, figure.number.end)
    if not found or not (found[1] in units(*NAMED) or figure.number.of(text)[-1].isdigit()):
        return None
    return Counted(unit_of(found[1]), Span(found.start(1), found.end(1)))


def _none(figure: Figure, words: Span | None, text: str) -> Counted | None:
    """A "no" that counts: "no casualties", "no one was hurt", "none of the crew"."""
    word = figure.number.of(text).lower()
    if word in ("nobody", "no one", "no-one") or (word == "none" and words is None):
        return Counted("person") if figure_sense("nobody_harmed").match(text, figure.number.end) else None
    if words is None or singular(head_of(words.of(text))) not in units("deniable", *NAMED):
        return None
    return _named(words, text)


def _noun_phrase(figure: Figure, doc: Doc) -> Span | None:
    """The words after a number up to the last noun of their phrase, with what is joined to it by "and"."""
    first = token = _first_counted(_token_after(doc, figure.number.end))
    last = None
    while token is not None and _in_phrase(token):
        last = token if token.pos_ in ("NOUN", "PROPN") else last
        token = _next(token)
    if first is None or last is None:
        return None
    last = _joined_noun(last) or last
    return Span(first.idx, last.idx + len(last))


def _first_counted(token: Token | None) -> Token | None:
    """Past "of the" and "other" to the counted words; None where a pronoun stands for them."""
    of = False
    while token is not None and token.lower_ not in STOPS:
        if token.lower_ not in SKIPPED and token.lower_ != "of" and not (of and token.tag_ in ("DT", "PRP$", "CD")):
            return token
        of = of or token.lower_ == "of"
        token = _next(token)
    return None


def _in_phrase(token: Token) -> bool:
    if (
        token.is_space
        or token.is_sent_start
        or token.text in time_words("month")
        or token.text in time_words("weekday")
    ):
        return False
    if token.tag_ in ("VBN", "VBG", "VBD"):
        return token.dep_ == "amod" and _next(token) is not None
    hanging = token.tag_ == "CC" and token.i > 0 and token.nbor(-1).text.endswith("-")
    return token.pos_ in ("NOUN", "PROPN", "ADJ") or token.tag_ in ("HYPH", "POS") or hanging or _is_model(token)


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
    first = _next(joint)
    if first is not None and first.lower_.endswith("ing") and "VBG" in (first.tag_, head.head.tag_):
        return None  # "hurting five people and damaging houses": another deed
    for other in head.conjuncts:
        own = any(child.pos_ in ("NUM", "DET", "PRON") for child in other.lefts)
        if joint.i < other.i <= joint.i + 3 and other.pos_ == "NOUN" and not own:
            return other
    return None


def _token_after(doc: Doc, offset: int) -> Token | None:
    """The first token that begins at or after an offset, in the same sentence as what stands before it."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if doc[middle].idx < offset else (low, middle)
    if low >= len(doc) or doc[low].is_sent_start:
        return None
    return _next(doc[low]) if doc[low].tag_ == "HYPH" else doc[low]


def _next(token: Token) -> Token | None:
    following = token.i + 1
    if following >= len(token.doc) or token.doc[following].is_sent_start:
        return None
    return token.doc[following]
