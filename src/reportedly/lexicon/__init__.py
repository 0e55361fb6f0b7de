"""Vocabulary as data: tables of the package, with a user's own rows added from a folder.

The one loader. A table is a .tsv file with a header line; lines that begin with '#' are remarks.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

from reportedly.errors import LexiconError

Row = Mapping[str, str]


@cache
def table(name: str, folder: str | None = None) -> tuple[Row, ...]:
    """The rows of `name` (such as "sources.tsv" or "topics/arms.tsv"), then those of the same file in `folder`.

    Raises LexiconError with file and line for a row of the wrong length, and for a table that is in neither place.
    """
    packaged = resources.files(__package__).joinpath(name)
    own = Path(folder, name) if folder else None
    more = _rows(own.read_text("utf-8"), str(own)) if own and own.is_file() else ()
    if not packaged.is_file() and not more:
        raise LexiconError(f"{name}: there is no such table, in the package or in {folder or 'a folder of your own'}")
    return (_rows(packaged.read_text("utf-8"), name) if packaged.is_file() else ()) + more


@cache
def words(name: str) -> frozenset[str]:
    """The lines of a .txt word list, folded to lower case."""
    text = resources.files(__package__).joinpath(name).read_text("utf-8")
    return frozenset(line.strip().casefold() for line in text.splitlines() if line.strip() and line[0] != "#")


def _rows(text: str, name: str) -> tuple[Row, ...]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return ()
    header = lines[0][1].split("\t")
    return tuple(_row(header, line, f"{name}:{n}") for n, line in lines[1:])


def _row(header: list[str], line: str, where: str) -> Row:
    cells = line.split("\t")
    if len(cells) > len(header):
        raise LexiconError(f"{where}: {len(cells)} cells for {len(header)} columns; columns are {', '.join(header)}")
    return dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))
