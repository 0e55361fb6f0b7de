"""Which person holds which office, as two reports put it: "Governor Petra Vane" and "the governor's office"."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reportedly.link.names import folded
from reportedly.model import Source

_BEFORE = re.compile(r"((?:[^\W\d_]+[ -]){1,3})$")
_OFFICE = frozenset({"office", "department", "bureau", "press", "service", "of", "the", "s"})
_WORD = re.compile(r"[^\W\d_]+")


def titles(text: str, sources: Iterable[Source]) -> dict[str, frozenset[str]]:
    """For each named person (source id) the up to three words that stand before the name anywhere, lower case."""
    found = {}
    for each in sources:
        if each.naming == "named" and each.kind != "outlet" and " " in each.name:
            before = (_BEFORE.search(text[max(0, at - 60) : at]) for at in _places(text, each.name))
            found[each.id] = frozenset(word for hit in before if hit for word in _WORD.findall(hit[1].lower()))
    return {source: words for source, words in found.items() if words}


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
