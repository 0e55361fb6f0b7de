"""Nouns that say what a source is: spokesman, analysts, ministry, news agency, report, residents."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from reportedly.lexicon import table, words
from reportedly.model import SourceKind

Sort = Literal["office", "person", "spokes", "body", "media", "document"]


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """One row of roles.tsv.

    `sort`: office (one person holds it), person, spokes (speaks for a body), body, media, document.
    `kind` is empty where only the body behind it tells; `refers` are the kinds that "the NOUN" may point back to.
    """

    noun: str
    sort: Sort
    kind: SourceKind | None
    refers: frozenset[str]


@lru_cache(maxsize=1)
def roles() -> Mapping[str, tuple[Role, bool]]:
    """Every noun in both numbers -> its role and whether it is plural."""
    found: dict[str, tuple[Role, bool]] = {}
    for row in table("roles.tsv"):
        kind = row["kind"] or None
        refers = frozenset(filter(None, row["refers"].split("|")))
        role = Role(noun=row["noun"], sort=row["sort"], kind=kind, refers=refers)  # type: ignore[arg-type]
        found.setdefault(row["noun"].casefold(), (role, row["noun"] == row["plural"]))
        if row["plural"]:
            found.setdefault(row["plural"].casefold(), (role, True))
    return found


def bears(noun: str, held: frozenset[str]) -> bool:
    """Whether who holds these offices may be called by the noun: "the minister" is the foreign minister.

    >>> bears("minister", frozenset({"foreign minister"})), bears("attorney", frozenset({"lawyer"}))
    (True, True)
    """
    return noun in held or any(one.endswith(f" {noun}") for one in held) or bool(held & _alike(noun))


@lru_cache(maxsize=1024)
def _alike(noun: str) -> frozenset[str]:
    lines = (frozenset(line.split()) for line in words("alike.txt"))
    return frozenset(word for line in lines if noun in line for word in line)


@lru_cache(maxsize=1)
def modifiers() -> Mapping[str, SourceKind]:
    """Words before a noun that say whose it is: "naval" officer."""
    return {row["word"]: row["kind"] for row in table("modifiers.tsv")}  # type: ignore[misc]


def longest(lower: Sequence[str], at: int) -> tuple[int, Role, bool] | None:
    """How many of the small-letter words from `at` on are a role noun, the role, whether plural."""
    for size in range(min(_sizes().get(lower[at], 0), len(lower) - at), 0, -1):
        hit = roles().get(" ".join(lower[at : at + size]))
        if hit:
            return size, *hit
    return None


@lru_cache(maxsize=1)
def _sizes() -> Mapping[str, int]:
    # First word -> how many words its longest noun has.
    sizes: dict[str, int] = {}
    for noun in roles():
        first, *rest = noun.split(" ")
        sizes[first] = max(sizes.get(first, 0), min(3, 1 + len(rest)))
    return sizes


@lru_cache(maxsize=1)
def body_words() -> Mapping[str, SourceKind | None]:
    """Words that make a run of capitals no person ("Corp", "Street") -> the kind of such a body, if it is one."""
    return {row["word"]: row["kind"] or None for row in table("body_words.tsv")}  # type: ignore[misc]


@lru_cache(maxsize=1)
def given_names() -> Mapping[str, str]:
    """Given names -> m, f or x (both)."""
    return {row["name"].casefold(): row["gender"] for row in table("given_names.tsv")}


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """One row of titles.tsv: the noun it stands for ("Gen." -> general) and the gender it shows."""

    role: str
    gender: str


@lru_cache(maxsize=1)
def titles() -> Mapping[str, Title]:
    """Titles and gendered nouns, small letters without the dot."""
    return {row["title"]: Title(role=row["role"], gender=row["gender"]) for row in table("titles.tsv")}
