"""Patterns kept as data: rows `kind name pattern` whose pieces and words are filled in, compiled once."""

import re
from functools import cache
from typing import NamedTuple

from reportedly.lexicon import table
from reportedly.normalise.numbers import DIGITS, alternatives, spoken

TABLES = {"words": "time_words.tsv", "numbers": "numbers.tsv", "bounds": "bounds.tsv", "units": "units.tsv"}
COLUMNS = {"words": ("word", "kind"), "numbers": ("word", "kind"), "bounds": ("cue", "side"), "units": ("word", "kind")}


@cache
def sense(name: str, rows: str = "time_forms.tsv") -> re.Pattern[str]:
    """The pattern of that name; those that look back end at the word, those that look on begin there.

    Raises KeyError for a name that the table does not have.
    """
    return re.compile(written(rows)[name])


def figure_sense(name: str) -> re.Pattern[str]:
    """A pattern of figure_forms.tsv."""
    return sense(name, "figure_forms.tsv")


@cache
def written(rows: str) -> dict[str, str]:
    """Every pattern of a table by name, filled in; the forms of times share names, so ask `forms` for them."""
    return {row["name"]: filled(row["pattern"], rows) for row in table(rows)}


class Form(NamedTuple):
    """A compiled pattern, the name of what reads it, and words without which it cannot match (none: always tried)."""

    name: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]


@cache
def forms(rows: str) -> tuple[Form, ...]:
    """The rows of kind `form`, compiled; no form begins inside a word or after a currency sign."""
    return tuple(
        Form(
            row["name"],
            re.compile(rf"(?<![\w$€£])(?:{filled(row['pattern'], rows)})"),
            tuple(row["needs"].split("|")) if row["needs"] else (),
        )
        for row in table(rows)
        if row["kind"] == "form"
    )


def filled(pattern: str, rows: str) -> str:
    """A pattern with pieces, words and numbers in the place of their names."""
    for name, piece in _pieces(rows).items():
        pattern = pattern.replace(name, piece)
    pattern = re.sub(r"\{(words|numbers|bounds|units):([\w|]+)\}", lambda found: _listed(found[1], found[2]), pattern)
    return pattern.replace("{digits}", DIGITS).replace("{spoken}", spoken())


@cache
def _pieces(rows: str) -> dict[str, str]:
    """Pieces in the order of the table: a later one may use those before it."""
    pieces: dict[str, str] = {}
    for row in table(rows):
        if row["kind"] == "piece":
            pattern = row["pattern"]
            for name, piece in pieces.items():
                pattern = pattern.replace(name, piece)
            pieces["{" + row["name"] + "}"] = pattern
    return pieces


def _listed(name: str, kinds: str) -> str:
    word, kind = COLUMNS[name]
    return alternatives({row[word]: 1 for row in table(TABLES[name]) if row[kind] in kinds.split("|")})
