"""States and what they are called: names, adjectives, peoples, and the capitals that stand for them when they act."""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from reportedly.lexicon import Row, table

# "the United States", but "Iran": which names take an article.
ARTICLE = re.compile(
    r"^(United|Netherlands|Philippines|Maldives|Bahamas|Gambia|Czech R|DR C|Republic|Comoros|.*Islands$)"
)


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """One row of countries.tsv; `words` are all its names in their forms."""

    code: str
    name: str
    adjective: str
    wikidata: str
    names: frozenset[str]
    adjectives: frozenset[str]
    people: frozenset[str]
    capitals: frozenset[str]

    @property
    def government(self) -> str:
        """The name of its government: "Government of the United States"."""
        return f"Government of {'the ' if ARTICLE.match(self.name) else ''}{self.name}"


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """All states and territories by code (ISO 3166-1 alpha-2, small letters)."""
    return {row["code"]: _country(row) for row in table("countries.tsv")}


def country_of(words: str) -> str | None:
    """The code of the state that a name, an adjective, a people or a capital stands for.

    >>> country_of("South Korean"), country_of("the Kremlin"), country_of("U.S."), country_of("us")
    ('kr', 'ru', 'us', None)
    """
    return _by_word().get(_fold(words))


def is_capital(words: str) -> bool:
    """Whether the words name a seat of government ("Seoul", "the White House"), not a state."""
    folded = _fold(words)
    code = _by_word().get(folded)
    return code is not None and folded in countries()[code].capitals


def is_adjective(words: str) -> bool:
    """Whether the words are an adjective of a state ("Saudi", "U.S.")."""
    folded = _fold(words)
    code = _by_word().get(folded)
    return code is not None and folded in countries()[code].adjectives


def is_people(words: str) -> bool:
    """Whether the words are people of a state ("Saudis") and not the state or its adjective."""
    folded = _fold(words)
    country = countries().get(_by_word().get(folded, ""))
    return country is not None and folded in country.people and folded not in country.names | country.adjectives


def longest(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """How many words from `at` on name a state, and its code; None when they name none."""
    for size in range(min(_sizes().get(_fold(words[at]), 0), len(words) - at), 0, -1):
        code = country_of(" ".join(words[at : at + size]))
        if code:
            return size, code
    return None


@lru_cache(maxsize=1)
def _by_word() -> dict[str, str]:
    # Later sets never take a word from earlier ones: "Singapore" stays a name, "New Zealand" too.
    found: dict[str, str] = {}
    for field in ("names", "adjectives", "people", "capitals"):
        for country in countries().values():
            for word in getattr(country, field):
                found.setdefault(word, country.code)
    return found


@lru_cache(maxsize=1)
def _sizes() -> dict[str, int]:
    # First word -> how many words its longest name has.
    sizes: dict[str, int] = {}
    for word in _by_word():
        first = word.split()[0]
        sizes[first] = max(sizes.get(first, 0), len(word.split()))
        if word != first:
            sizes[first.replace(".", "")] = max(sizes.get(first.replace(".", ""), 0), len(word.split()))
    return sizes


def _country(row: Row) -> Country:
    adjectives = _cell(row["adjectives"])
    return Country(
        code=row["code"],
        name=row["name"],
        adjective=next(iter(row["adjectives"].split("|")), "") or row["name"],
        wikidata=row["wikidata"],
        names=_cell(row["aliases"]) | {_fold(row["name"]), _fold(row["full_name"])},
        adjectives=adjectives,
        people=_cell(row["people"]),
        capitals=_cell(row["capitals"]),
    )


def _cell(words: str) -> frozenset[str]:
    return frozenset(_fold(word) for word in words.split("|") if word)


@lru_cache(maxsize=65536)
def _fold(words: str) -> str:
    # Capitals count ("US" is no pronoun); dots, curly marks, possessives and the article do not.
    plain = re.sub(r"['’]s?$", "", words.strip().replace("’", "'")) if words[-1:] in "'’s" else words.strip()
    plain = re.sub(r"^[Tt]he ", "", plain.replace("’", "'"))
    return plain.replace(".", "") if re.fullmatch(r"(\w\.)+\w?", plain) else plain
