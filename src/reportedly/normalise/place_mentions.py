"""Which capitalised words name places: the index proposes, the words around decide."""

from functools import cache, lru_cache

import msgspec
from spacy.tokens import Doc, Token

from reportedly.lexicon import table
from reportedly.lexicon import words as word_list
from reportedly.lexicon.countries import countries, country_of, is_adjective
from reportedly.model import Segmented, Span
from reportedly.normalise.places_index import Candidate, candidates, fold

LONGEST = 8
# A name that is sure somewhere in the report needs less elsewhere.
SURE, POSSIBLE = 2.0, 0.5
LEADS = (("before", 2.2), ("toward", 1.2), ("loose", 0.3))
KINDS = {"state": 3.0, "area": 2.5, "region": 2.5}
SIZES = ((500_000, 2.0), (50_000, 1.0), (0, 0.3))
TOWN = 5000


class Mention(msgspec.Struct, frozen=True):
    """Tokens start..end (end excluded) of the parse, and what they may stand for."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    sure: float = 0.0


@cache
def used_as(use: str) -> frozenset[str]:
    """The words of place_words.tsv with a use."""
    return frozenset(row["word"] for row in table("place_words.tsv") if row["use"] == use)


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(row["name"] for row in table("given_names.tsv")) | used_as("given")


def _big(word: str) -> bool:
    # "Ivoire", "d'Ivoire"
    return word[:1].isupper() or (len(word) > 2 and word[1] in "'’" and word[2].isupper())


class Scene:
    """A parsed report as place names are sought in it."""

    def __init__(self, doc: Doc, segmented: Segmented) -> None:
        self.doc = doc
        self.text = doc.text
        self.words = [token.text for token in doc]
        self.places = [token.idx for token in doc]
        dateline = segmented.report.dateline
        self.dateline = dateline.span if dateline else Span(0, 0)
        self.starts = {span.start for span in segmented.sentences} | {span.start for span in segmented.paragraphs}
        self.small = {word for word in self.words if word.islower()}
        self.peoples = demonyms(self)
        self.states = {code for _, _, code in self.peoples} | _states(doc)
        self.people = {name for run in _runs(doc) for name in _person(doc, run)}

    def word(self, at: int) -> str:
        """The word at a token's index, "" outside the text."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def between(self, start: int, end: int) -> str:
        """The text from one token to the one before another."""
        return self.text[self.places[start] : self.places[end - 1] + len(self.words[end - 1])]

    def is_name(self, at: int) -> bool:
        """Whether the token is a capitalised word that is no function word or opening of a sentence."""
        if not self.word(at)[:1].isupper():
            return False
        token = self.doc[at]
        if token.text in used_as("date"):
            return False
        opens = token.idx in self.starts or self.word(at - 1) in '"“”‘:;—-'
        return not opens or (token.pos_ in {"PROPN"} and token.lower_ not in self.small)


def mentions(scene: Scene) -> list[Mention]:
    """All mentions that are sure enough, in the order of the text, none within another."""
    proposed = _proposed(scene)
    at_start = {m.start: m for m in proposed}
    at_end: dict[int, Mention] = {}
    judged = []
    for m in proposed:
        m = msgspec.structs.replace(m, sure=_sure(m, scene, at_start, at_end))
        judged.append(m)
        if m.sure >= POSSIBLE:
            at_end[m.end] = m
    known = {scene.between(m.start, m.end) for m in judged if m.sure >= SURE}
    return [m for m in judged if m.sure >= (POSSIBLE if scene.between(m.start, m.end) in known else SURE)]


def _proposed(scene: Scene) -> list[Mention]:
    out, at = [], 0
    while at < len(scene.words):
        found = _longest(scene, at)
        if found:
            out.append(found)
        at = found.end if found else at + 1
    return out


def _longest(scene: Scene, at: int) -> Mention | None:
    if not scene.words[at][:1].isupper():
        return None
    end = at + 1
    while end < min(len(scene.words), at + LONGEST) and (
        _big(scene.words[end]) or scene.words[end] in used_as("inside")
    ):
        end += 1
    for stop in range(end, at, -1):
        if not _big(scene.words[stop - 1]) or scene.words[stop - 1] in used_as("date"):
            continue
        words = scene.between(at, stop)
        inside = scene.dateline.start <= scene.places[at] < scene.dateline.end
        found = candidates(words.title() if words.isupper() and (inside or len(words) > 4) else words)
        if found:
            return Mention(at, stop, found)
    return None


def _sure(m: Mention, scene: Scene, at_start: dict[int, Mention], at_end: dict[int, Mention]) -> float:
    if _is_other(m, scene, at_end):
        return 0.0
    return _standing(m, scene) + _context(m, scene, at_start, at_end)


def _standing(m: Mention, scene: Scene) -> float:
    # What the name brings along, whatever stands around it.
    kind, words = m.candidates[0].kind, scene.between(m.start, m.end)
    people = max(c.people for c in m.candidates)
    known = {"state": 3.0, "area": 2.5, "region": 2.5}.get(kind) or next(
        sure for least, sure in SIZES if people >= least
    )
    known -= 0.7 * all(c.kind == "other" for c in m.candidates)
    known -= 3.0 * (words in scene.people)
    if m.end - m.start > 1:
        return known + 0.5
    small = people < 500_000 and kind != "state"
    like = words.lower() in scene.small or (small and words.lower() in word_list("place_like.txt"))
    known -= (0.8 if _before(m, scene) in used_as("before") else 2.0) * like
    known -= 1.0 * (small and words in _given())
    return known - 1.5 * (scene.doc[m.start].pos_ not in {"PROPN", "NOUN", "ADJ"})


def _context(m: Mention, scene: Scene, at_start: dict[int, Mention], at_end: dict[int, Mention]) -> float:
    before, after = _before(m, scene), scene.word(m.end)
    sure = 0.8 * any(c.country in scene.states for c in m.candidates if c.people >= TOWN)
    sure += (
        2.2 * (before in used_as("before")) + 1.2 * (before in used_as("toward")) + 0.3 * (before in used_as("loose"))
    )
    sure += 2.0 * (before == "of" and scene.word(m.start - 2).lower() in used_as("ofsort"))
    sure += 1.5 * (after in used_as("sort"))
    sure += 3.0 * (scene.dateline.start <= scene.places[m.start] < scene.dateline.end)
    following = at_start.get(m.end + 1) if after in {",", "and", "or"} else None
    sure += 3.5 * (following is not None and after == "," and _contains(following, m))
    previous = at_end.get(m.start - 1) if scene.word(m.start - 1) in {",", "and", "or"} else None
    return sure + 0.7 * (previous is not None) + 0.3 * (following is not None)


def _contains(outer: Mention, inner: Mention) -> bool:
    larger = {c.country for c in outer.candidates if c.kind in ("state", "region", "county", "area")}
    return any(c.country in larger for c in inner.candidates)


def _before(m: Mention, scene: Scene) -> str:
    # The word that leads to the name: "in northern X", "in the X".
    at = m.start - 1
    while scene.word(at).lower() in used_as("direction") or scene.word(at).lower() in {"the", "-"}:
        at -= 1
    return scene.word(at).lower()


def _is_other(m: Mention, scene: Scene, at_end: dict[int, Mention]) -> bool:
    """Whether the words around make it part of a person's, a body's or a thing's name."""
    words = scene.between(m.start, m.end)
    if (
        words in used_as("never")
        or words.split()[0] in used_as("no_place_of")
        or scene.word(m.start - 1).endswith("$")
        or (len(words) < 3 and words.istitle())
    ):
        return True
    if scene.word(m.start - 1).rstrip(".").lower() in used_as("title") and scene.word(m.start - 1)[:1].isupper():
        return True
    if scene.word(m.start - 1) == "of" and scene.word(m.start - 2) in used_as("no_place_of"):
        return True
    if scene.word(m.end) in used_as("sickness") and m.candidates[0].kind != "state":
        return True
    before = _joined_before(m, scene, at_end)
    return before or (scene.is_name(m.end) and _joined_after(m, scene)) or _is_demonym(words, m)


def _is_demonym(words: str, m: Mention) -> bool:
    return m.candidates[0].kind != "state" and country_of(words) is not None and is_adjective(words)


def _joined_before(m: Mention, scene: Scene, at_end: dict[int, Mention]) -> bool:
    word = scene.word(m.start - 1)
    if not scene.is_name(m.start - 1) or m.start in at_end:
        return False
    return word.lower() not in used_as("direction") and not is_adjective(word)


def _joined_after(m: Mention, scene: Scene) -> bool:
    after = scene.word(m.end)
    last = _end_of_run(m.end, scene)
    if after in used_as("place_tail") and not scene.is_name(m.end + 1):
        return False
    if any(scene.word(at) in used_as("no_place") for at in range(m.end, last)):
        return True
    if m.candidates[0].kind in ("state", "region"):
        return scene.between(m.start, m.end) in _given() and after not in used_as("body")
    # "Orrin Mayor" and "Orrin District Judge", but "Orrin Rovers" and "Orrin Bell": only of what is well known.
    known = m.candidates[0].kind == "area" or max(c.people for c in m.candidates) >= SIZES[0][0]
    return not known or after not in used_as("body")


def _end_of_run(at: int, scene: Scene) -> int:
    while scene.is_name(at):
        at += 1
    return at


def _states(doc: Doc) -> set[str]:
    """Codes of the states that single words name."""
    found = [c for t in doc if t.text[:1].isupper() for c in candidates(t.text)[:1]]
    return {c.country for c in found if c.kind in ("state", "region") and c.country}


def _runs(doc: Doc) -> list[list[Token]]:
    runs: list[list[Token]] = [[]]
    for token in doc:
        if (token.text[:1].isupper() and token.is_alpha) or (
            token.text in {"van", "von", "de", "al", "bin", "-"} and runs[-1]
        ):
            runs[-1].append(token)
        elif token.text != "." or not runs[-1] or len(runs[-1][-1].text) > 3:
            runs.append([])
    return [run for run in runs if run]


def _person(doc: Doc, run: list[Token]) -> set[str]:
    # The surname of a run that opens with a given name or a title: "Pamela Orin" -> "Orin".
    first = next((n for n, t in enumerate(run) if t.text in _given()), None)
    titled = run[0].i > 0 and doc[run[0].i - 1].text.rstrip(".").lower() in used_as("title")
    if first is not None and len(run) > first + 1 and not candidates(" ".join(t.text for t in run)):
        return {run[-1].text}
    return {run[-1].text} if titled and len(run) <= 3 else set()


def demonyms(scene: Scene) -> list[tuple[int, int, str]]:
    """Adjectives and peoples of states: token start, end, code of the state."""
    out, at = [], 0
    while at < len(scene.words):
        capital = scene.words[at][:1].isupper()
        size = next((n for n in (3, 2, 1) if _people(scene, at, at + n)), 0) if capital else 0
        if size:
            out.append((at, at + size, _people(scene, at, at + size) or ""))
        at += size or 1
    return out


@lru_cache(maxsize=1)
def _peoples() -> frozenset[str]:
    return frozenset(word for country in countries().values() for word in country.adjectives | country.people)


def _people(scene: Scene, start: int, end: int) -> str | None:
    words = scene.between(start, end) if end <= len(scene.words) else ""
    if words not in _peoples() or not words[:1].isupper() or words.startswith("The ") or fold(words) in ("us", "uk"):
        return None
    code = country_of(words)
    named = code and (words in countries()[code].adjectives or words in countries()[code].people)
    return code if named and (is_adjective(words) or not candidates(words)) else None
