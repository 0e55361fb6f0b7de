"""The catalogue of known sources: agencies, outlets, ministries, bodies, and a few people who speak for states."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import get_args

import msgspec

from reportedly.errors import LexiconError
from reportedly.lexicon import table
from reportedly.model import Source, SourceKind

KINDS: frozenset[str] = frozenset(get_args(SourceKind))
MADE_BY = "catalogue"
PLAIN = str.maketrans("ıøłđðŁØĐ", "ioldd" + "LOD")  # letters that do not come apart into a plain one and a mark


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """Sources by id and by every folded name.

    `people`, `main`, `platforms` are ids: persons, the one agency of a state, sites on which people post.
    `offices` are the nouns of what a person is or was (president, foreign minister); `sizes` says how many words the
    longest name with that first word has.
    """

    sources: Mapping[str, Source]
    names: Mapping[str, str]
    people: frozenset[str]
    main: frozenset[str]
    platforms: frozenset[str]
    sizes: Mapping[str, int]
    offices: Mapping[str, frozenset[str]]

    def find(self, words: str) -> Source | None:
        """The row of that name, or none: nothing is guessed."""
        return self.sources.get(self.names.get(fold(words), ""))

    def longest_at(self, words: Sequence[str], at: int) -> tuple[int, Source] | None:
        """How many words from `at` on name a row, and the row."""
        for size in range(min(self.sizes.get(first_word(words[at]), 0), len(words) - at), 0, -1):
            last = words[at + size - 1]
            if last == "'s" or not last[0].isalnum():
                continue
            source = self.find(" ".join(words[at : at + size]))
            if source:
                return size, source
        return None


def fold(words: str) -> str:
    """The form in which names are compared: no dots, hyphens, accents, article; "WHO" stays apart from "who".

    >>> fold("the Al-Masirah TV"), fold("U.N."), fold("who")
    ('al masirah tv', '^UN', 'who')
    """
    plain = _plain(words)
    letters = plain.replace(" ", "")
    if letters.isupper() and len(letters) <= 6 and " " not in plain:
        return "^" + letters
    return plain.casefold()


@lru_cache(maxsize=65536)
def first_word(word: str) -> str:
    """The key under which names that begin with the word are kept."""
    return _plain(word).split(" ")[0].casefold()


@lru_cache(maxsize=65536)
def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words.replace("’", "'").translate(PLAIN))
    bare = letters if letters.isascii() else "".join(c for c in letters if not unicodedata.combining(c))
    bare = re.sub(r"'s?$", "", bare.strip())
    bare = re.sub(r"^(the|a|an) ", "", bare, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", re.sub(r"[-/']", " ", bare.replace(".", ""))).strip(" ,;:")


@lru_cache(maxsize=4)
def catalogue(folder: str | None = None) -> Catalogue:
    """The package's rows and those of `folder`; LexiconError for an unknown kind or a name given twice."""
    sources: dict[str, Source] = {}
    names: dict[str, str] = {}
    offices: dict[str, frozenset[str]] = {}
    marked: dict[str, set[str]] = {"person": set(), "main": set(), "platform": set()}
    for row in table("sources.tsv", folder):
        source = _source(row, folder)
        if source.id in sources:
            raise LexiconError(f"{_where(row, folder)}: id {source.id!r} stands twice; ids must differ")
        sources[source.id] = source
        for name in (source.name, *source.aliases):
            owner = names.setdefault(fold(name), source.id)
            if owner != source.id:
                raise LexiconError(f"{_where(row, folder)}: {name!r} already names {owner}; a name leads to one row")
        if "person" in row["note"]:
            offices[source.id] = _offices(row["note"])
        for mark in marked.keys() & set(row["note"].split()):
            marked[mark].add(source.id)
    return Catalogue(
        sources=sources,
        names=names,
        people=frozenset(marked["person"]),
        main=frozenset(marked["main"]),
        platforms=frozenset(marked["platform"]),
        sizes=_sizes(sources.values()),
        offices=offices,
    )


def _offices(note: str) -> frozenset[str]:
    # "person m foreign_minister 2004-" -> foreign minister, minister.
    office = [word for word in note.split()[2:] if not word[0].isdigit()][:1]
    words = office[0].split("_") if office else []
    return frozenset(" ".join(words[at:]) for at in range(len(words)))


def _sizes(sources: Iterable[Source]) -> dict[str, int]:
    """First word -> how many words the longest name that begins with it has (an owner's 's counts as one)."""
    sizes: dict[str, int] = {}
    for name in (name for source in sources for name in (source.name, *source.aliases)):
        bare = re.sub(r"^the ", "", name, flags=re.IGNORECASE)
        first = first_word(bare.split()[0])
        sizes[first] = max(sizes.get(first, 0), len(bare.split()) + len(re.findall(r"['’]", bare)))
    return sizes


def _where(row: Mapping[str, str], folder: str | None) -> str:
    """File and line of a row, for messages; the user's file is looked into first."""
    own = Path(folder, "sources.tsv") if folder else None
    text = own.read_text("utf-8") if own and own.is_file() else ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.split("\t")[:2] == [row["id"], row["name"]]:
            return f"{own}:{number}"
    return f"sources.tsv: row {row['id']!r}"


def _source(row: Mapping[str, str], folder: str | None) -> Source:
    if row["kind"] not in KINDS:
        raise LexiconError(f"{_where(row, folder)}: unknown kind {row['kind']!r}; known: {', '.join(sorted(KINDS))}")
    if not (row["id"] and row["name"]):
        raise LexiconError(f"{_where(row, folder)}: a row needs an id and a name")
    return Source(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],  # type: ignore[arg-type]
        naming="named" if {"person", "document"} & {*row["note"].split(), row["kind"]} else "office",
        country=row["country"] or None,
        aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        part_of=row["part_of"] or None,
        wikidata=row["wikidata"] or None,
        wire=row["wire"] == "wire",
        made_by=MADE_BY,
    )
