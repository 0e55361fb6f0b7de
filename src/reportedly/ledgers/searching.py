"""Filters -> the reports and claims of a ledger that pass them."""

import datetime
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import msgspec

from reportedly.errors import UsageError
from reportedly.lexicon import table
from reportedly.model import ClaimGroup, SourceKind

UNNAMED = ("unnamed", "none")


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; a claim group is shown whole when one of its mentions passes.

    `figure` is a number as people write it ("8 million", "8,000,000"); other words in it must stand in the claim;
    `since` and `until` bound the report's date (an undated one passes neither); `only_unnamed` and `min_origins`
    (the upper figure of the range) bound the group.
    """

    about: str | None = None
    source: str | None = None
    source_kind: SourceKind | None = None
    event: str | None = None
    figure: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    with_quantity: bool = False
    only_unnamed: bool = False
    min_origins: int = 0


def claim_ids(db: sqlite3.Connection, filters: Filters) -> set[str]:
    """The claims, of the newest versions, that pass the filters of single mentions."""
    where, values = _claim_terms(filters)
    reports, bounds = _report_terms(filters)
    where.append(f"+c.report IN (SELECT r.id FROM reports r WHERE {' AND '.join(reports)})")
    query = f"SELECT c.id FROM claims c WHERE {' AND '.join(where)}"
    return {row[0] for row in db.execute(query, values | bounds)}


def claim_numbers(db: sqlite3.Connection, filters: Filters) -> list[int]:
    """The numbers (`seq`) of the claims that pass, those of older versions among them: for who knows these by number.

    Words alone are looked up without a look at any claim.
    """
    where, values = _claim_terms(filters)
    reports, bounds = _report_terms(filters)
    if len(reports) > 1:
        where.append(f"+c.report IN (SELECT r.id FROM reports r WHERE {' AND '.join(reports)})")
    query = _WORDED if where == [_ABOUT] else f"SELECT c.seq FROM claims c WHERE {' AND '.join(where)}"
    return [row[0] for row in db.execute(query, values | bounds)]


def report_ids(db: sqlite3.Connection, filters: Filters) -> list[str]:
    """The reports, newest versions only, that pass: `about` searches title and text."""
    where, values = _report_terms(filters)
    if filters.about:
        # "+": through all reports by their index, which has no texts, is quicker than to each of them by number
        where.append("+r.seq IN (SELECT rowid FROM texts WHERE texts MATCH :about)")
        values["about"] = phrase(filters.about)
    if filters.source:
        where.append(f"(r.outlet LIKE :source OR r.id IN (SELECT report FROM sources WHERE {_NAMED}))")
        values["source"] = f"%{filters.source}%"
    query = f"SELECT r.id FROM reports r WHERE {' AND '.join(where)} ORDER BY r.day IS NULL, r.day, r.id"
    return [row[0] for row in db.execute(query, values)]


def named(db: sqlite3.Connection, reports: Iterable[int]) -> list[str]:
    """The ids of the reports with these numbers."""
    numbers = json.dumps(list(reports))
    query = "SELECT r.id FROM reports r WHERE +r.seq IN (SELECT value FROM json_each(?)) ORDER BY +r.seq"
    return [row[0] for row in db.execute(query, (numbers,))]


def owners(db: sqlite3.Connection, claims: set[str]) -> set[str]:
    """The reports that hold these claims."""
    query = "SELECT report FROM claims WHERE id = ?"
    return {row[0] for claim in claims for row in db.execute(query, (claim,))}


def passes(group: ClaimGroup, naming: Mapping[str, str | None], filters: Filters) -> bool:
    """Whether a whole group passes; `naming` gives that of each mention's speaker (None: the outlet's own voice).

    A lead in the outlet's own voice that shares its origin with an attributed mention rests on that mention's source.
    """
    if group.high < filters.min_origins:
        return False
    speakers = [{naming.get(claim) for claim in origin.members} - {None} for origin in group.origins]
    return not filters.only_unnamed or all(found and found <= {*UNNAMED} for found in speakers)


def expand(db: sqlite3.Connection, wanted: str, table: str) -> str:
    """The one id in `table` that is `wanted` or begins so (a report may be called by its name)."""
    if db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (wanted,)).fetchone():
        return wanted
    where = "id = :id OR (length(:id) >= 4 AND substr(id, 1, length(:id)) = :id)"
    if table == "reports":
        where = f"newest AND ({where} OR name = :id)"
    found = [row[0] for row in db.execute(f"SELECT DISTINCT id FROM {table} WHERE {where} LIMIT 3", {"id": wanted})]
    exact = [each for each in found if each == wanted]
    if not found:
        _refuse_other(db, wanted, table)
    if len(exact or found) != 1:
        how_many = f"{len(found)} {table} are" if found else f"no {table[:-1]} is"
        raise UsageError(f"{wanted}: {how_many} called so; nothing to show; see reportedly {_LISTS.get(table, table)}")
    return str((exact or found)[0])


def holds(db: sqlite3.Connection, wanted: str, table: str) -> bool:
    """Whether `table` has an id that is `wanted` or begins so, or a report of that name."""
    where = "id = :id OR (length(:id) >= 4 AND substr(id, 1, length(:id)) = :id)"
    named = " OR name = :id" if table == "reports" else ""
    return db.execute(f"SELECT 1 FROM {table} WHERE {where}{named} LIMIT 1", {"id": wanted}).fetchone() is not None


def events(db: sqlite3.Connection) -> list[str]:
    """The types of event that some claim of the ledger has."""
    return [row[0] for row in db.execute("SELECT DISTINCT event FROM claims ORDER BY event")]


def _refuse_other(db: sqlite3.Connection, wanted: str, table: str) -> None:
    """Says where to look, for the id of something else."""
    for other, command in _SHOWN.items():
        if db.execute(f"SELECT 1 FROM {other} WHERE id = ?", (wanted,)).fetchone():
            asked = command.format(wanted)
            raise UsageError(f"{wanted}: one of the {other}, not of the {table}; nothing to show; see {asked}")


def phrase(words: str) -> str:
    """Words as a full-text query that wants all of them, whatever signs they hold."""
    tokens = re.findall(r"\w+", words)
    if not tokens:
        raise UsageError(f"--about {words!r}: no word in it; nothing can be searched; give a word or more")
    return " ".join(f'"{token}"' for token in tokens)


class Stated(NamedTuple):
    """The numbers that some words name, and the words beside them."""

    values: tuple[float, ...]
    rest: str


def stated(words: str) -> Stated:
    """The numbers in what somebody asks for, however they are written.

    >>> stated("as many as 8 million shells"), stated("8 000 000")
    (Stated(values=(8000000.0,), rest='shells'), Stated(values=(8000000.0,), rest=''))
    """
    if not re.search(r"\d", words) and _number_words().isdisjoint(re.findall(r"\w+", words.casefold())):
        return Stated((), " ".join(re.findall(r"\w+", words)))
    from reportedly.normalise.figures import figures  # loads the reader of language: seconds, so only where needed

    plain = re.sub(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)", lambda found: found[0].replace(" ", ""), words)
    found = figures(plain)
    values = dict.fromkeys(end for each in found for end in (each.low, each.high) if end is not None)
    for each in reversed(found):
        plain = plain[: each.span.start] + plain[each.span.end :]
    return Stated(tuple(values), " ".join(re.findall(r"\w+", plain)))


@cache
def _number_words() -> frozenset[str]:
    return frozenset(row["word"] for row in table("numbers.tsv"))


def _claim_terms(filters: Filters) -> tuple[list[str], dict[str, object]]:
    """What a claim itself must be; `_report_terms` says what its report must be."""
    where, values = list[str](), dict[str, object]()
    if filters.about:
        where.append(_ABOUT)
        values["about"] = phrase(filters.about)
    if filters.event:
        where.append("c.event = :event")
        values["event"] = filters.event.lower()
    if filters.figure:
        _figure_terms(filters.figure, where, values)
    if filters.source_kind:
        where.append("c.kind = :kind")
        values["kind"] = filters.source_kind
    if filters.with_quantity:
        where.append("c.quantity")
    if filters.source:
        chained = f"SELECT h.attribution FROM chains h WHERE h.source IN ({_SOURCES})"
        printed = "SELECT r.id FROM reports r WHERE r.outlet LIKE :source"
        where.append(f"((c.attribution IS NULL AND c.report IN ({printed})) OR c.attribution IN ({chained}))")
        values["source"] = f"%{filters.source}%"
    return where, values


def _figure_terms(words: str, where: list[str], values: dict[str, object]) -> None:
    asked = stated(words)
    if not asked.values:
        raise UsageError(f"--figure {words!r}: no number in it; nothing can be searched; write digits, or 8 million")
    names = {f"figure_{n}": value for n, value in enumerate(asked.values)}
    listed = ", ".join(f":{name}" for name in names)
    where.append(f"(c.low IN ({listed}) OR c.high IN ({listed}))")
    values.update(names)
    if asked.rest:
        where.append("c.seq IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :beside)")
        values["beside"] = phrase(asked.rest)


def _report_terms(filters: Filters) -> tuple[list[str], dict[str, object]]:
    where, values = ["r.newest"], dict[str, object]()
    if filters.since:
        where.append("r.day >= :since")
        values["since"] = str(filters.since)
    if filters.until:
        where.append("r.day <= :until")
        values["until"] = str(filters.until)
    return where, values


_ABOUT = "c.seq IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :about)"
_WORDED = "SELECT rowid FROM claim_words WHERE claim_words MATCH :about"
_NAMED = "name LIKE :source OR '|' || aliases || '|' LIKE '%|' || trim(:source, '%') || '|%'"
_SOURCES = f"SELECT id FROM sources WHERE {_NAMED}"
_LISTS = {"attributions": "show REPORT"}
_SHOWN = {"claims": "reportedly origin {}", "reports": "reportedly show {}", "sources": "reportedly sources"}
