"""Which person holds which office or speaks for which body, as two reports put it: "Governor Petra Vane" and "the
governor's office", "Jon Aker, a spokesman of the Harbour Police" and "the Harbour Police"."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reportedly import lexicon
from reportedly.lexicon.countries import country_of
from reportedly.lexicon.sources import catalogue
from reportedly.link.names import folded, stem
from reportedly.model import Source

_BEFORE = re.compile(r"((?:[^\W\d_]+[ -]){1,3})$")
_OFFICE = frozenset({"office", "department", "bureau", "press", "service", "of", "the", "s"})
_BESIDE = 90
_NEAR = 5
_CUT_BEFORE = re.compile(r".*[.;:?!\n\u201c\u201d\"]", re.DOTALL)
_AFTER = re.compile(r"\s*,\s*([^.;:?!\n\u201c\u201d\"]{0,90})")
_BODY = {"minister": "ministry", "secretary": "department", "defense": "defence"}
"""Words beside a name for those in the names of bodies: the interior minister speaks for the Interior Ministry."""
_POLICE = frozenset({"service", "force", "department", "national"})
"""Words in the names of a state's police that those who cite it leave out."""
_OVER_POLICE = frozenset({"interior", "ministry"})
_SMALL = frozenset({"of", "the", "for", "and", "s", "in"})
_WORD = re.compile(r"[^\W\d_]+")


def titles(text: str, sources: Iterable[Source]) -> dict[str, frozenset[str]]:
    """For each named person (source id) the up to three words that stand before the name anywhere, lower case."""
    found = {}
    for each in sources:
        if each.naming == "named" and each.kind != "outlet" and " " in each.name:
            before = (_BEFORE.search(text[max(0, at - 60) : at]) for at in _places(text, each.name))
            found[each.id] = frozenset(word for hit in before if hit for word in _WORD.findall(hit[1].lower()))
    return {source: words for source, words in found.items() if words}


def affiliations(text: str, sources: Iterable[Source]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each named person (source id) the words that stand beside the name: those before it back to the last verb of
    saying, and those of an apposition."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for each in sources:
        if each.naming == "named" and each.kind != "outlet" and " " in each.name:
            places = list(_places(text, each.name))
            before = (_CUT_BEFORE.sub("", text[max(0, at - _BESIDE) : at]) for at in places)
            after = (_AFTER.match(text, at + len(each.name)) for at in places)
            beside = [*(_unsaid(x, -1) for x in before), *(_unsaid(x[1], 0) for x in after if x)]
            found[each.id] = tuple(sorted(filter(None, set(beside))))
    return {source: beside for source, beside in found.items() if beside}


def _unsaid(words: str, side: int) -> tuple[str, ...]:
    """The words next to a name, up to a verb of saying; nearest first."""
    found = [stem(word) for word in _WORD.findall(words.lower())]
    spoken = [i for i, word in enumerate(found) if word in lexicon.words("speech.txt")]
    kept = found[spoken[-1] + 1 :] if side and spoken else found[: spoken[0]] if spoken else found
    return tuple(reversed(kept)) if side else tuple(kept)


def speaks_for(body: Source, person: Source, beside: Mapping[str, tuple[tuple[str, ...], ...]]) -> bool:
    """Whether the words beside a person's name hold all the telling words of a body's; one word must stand close."""
    told = _telling(body.name)
    if not told or body.naming != "office" or body.kind == "outlet":
        return False
    reach, letters = _NEAR if len(told) == 1 else _BESIDE, _letters(body.name)
    held = [[_BODY.get(word, word) for word in words[:reach]] for words in beside.get(person.id, ())]
    over = _OVER_POLICE if told == {"police"} else told  # what the police found out the minister above them may tell
    return any(told <= set(words) or over <= set(words) or letters in words[:_NEAR] for words in held)


def one_body(a: Source, b: Source) -> bool:
    """Whether two names may be one body's, each as its report writes it: "the Tamar emergencies committee" and "the
    Committee of Emergency Situations". Two rows of the catalogue are two bodies, as are those of two states."""
    if (
        {a.naming, b.naming} != {"office"}
        or "outlet" in (a.kind, b.kind)
        or (a.country or b.country) != (b.country or a.country)
    ):
        return False
    if {a.id, b.id} <= catalogue().sources.keys():
        return False
    fewer, more = sorted((_telling(a.name), _telling(b.name)), key=len)
    return len(fewer) > 1 and fewer <= more


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    """The letters by which a body of three words or more may be called: "srb" for the Sund River Board."""
    found = [word for word in _WORD.findall(name) if word[0].isupper()]
    return "".join(word[0] for word in found).lower() if len(found) > 2 else "-"


@lru_cache(maxsize=4096)
def _telling(name: str) -> frozenset[str]:
    """The telling words of a body's name, a state before or after them left out."""
    found = _WORD.findall(name.replace(".", ""))
    for length in (3, 2, 1):
        if len(found) > length + 2 and found[-length - 1] in ("of", "in") and country_of(" ".join(found[-length:])):
            found = found[: -length - 1]
            break
    for length in (3, 2, 1):
        if len(found) > length and country_of(" ".join(found[:length])):
            found = found[length:]
            break
    told = frozenset(_BODY.get(word, word) for word in (stem(each.lower()) for each in found)) - _SMALL
    return told - _POLICE if "police" in told else told


def holds(office: Source, person: Source, named: Mapping[str, frozenset[str]]) -> bool:
    """Whether the person is the one to whom the reports give the title that the office is called by."""
    title = _title(office.name)
    if not title or office.naming != "office" or not title <= named.get(person.id, frozenset()):
        return False
    return sum(title <= words for words in named.values()) == 1


@lru_cache(maxsize=4096)
def _title(office: str) -> frozenset[str]:
    """The words of a title in an office's name: "governor's office", "office of the mayor"; none in other names."""
    found = _WORD.findall(folded(office))
    return frozenset(found) - _OFFICE if "office" in found else frozenset()


def _places(text: str, name: str) -> Iterable[int]:
    return (hit.start() for hit in re.finditer(re.escape(name), text))
