"""A ledger file -> a connection: made when missing, migrated (after a copy) when older, refused when newer."""

import sqlite3
import struct
from contextlib import suppress
from importlib import resources
from pathlib import Path

from reportedly.errors import LedgerError

FORMAT = 4  # 1 was never released
MIGRATIONS = {
    2: "ALTER TABLE neighbours ADD COLUMN weight INTEGER NOT NULL DEFAULT 330;"
    "CREATE TABLE gists (report INTEGER PRIMARY KEY REFERENCES reports (seq) ON DELETE CASCADE, gist BLOB NOT NULL);",
    3: "CREATE TABLE keyed (number INTEGER PRIMARY KEY AUTOINCREMENT, report INTEGER NOT NULL UNIQUE REFERENCES"
    " reports (seq) ON DELETE CASCADE, day INTEGER NOT NULL, keys BLOB NOT NULL);"
    "INSERT INTO keyed (report, day, keys) SELECT report, day, packed(key, weight) FROM neighbours GROUP BY report;"
    "DROP TABLE neighbours;",
}
"""From-version -> SQL that leads to the next; `packed` makes bytes of a report's keys."""
LATER = "CREATE INDEX IF NOT EXISTS reports_brief ON reports (id, newest, day, outlet, touched, seq)"
"""What files of this format may lack: lists need not pass by the texts."""
WAIT_MS = 30_000
CACHE_KB = 65_536  # keys of neighbours are looked up all over the file
WAITING_PAGES = 4000  # written to the file's log before they go into the file: the same pages come again and again


def open_file(path: Path, *, make: bool = True) -> sqlite3.Connection:
    """The connection; LedgerError when the file is no ledger, is newer, or is missing and may not be made."""
    if not make and not path.exists():
        raise LedgerError(f"{path}: no such ledger; there is nothing to ask; make one: reportedly add FILE")
    db = _connect(path)
    try:
        _prepare(db, path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise LedgerError(f"{path}: not a ledger ({error}); nothing was changed; give another --ledger") from error
    except LedgerError:
        db.close()
        raise
    return db


def _connect(path: Path) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(path, timeout=WAIT_MS / 1000, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise LedgerError(f"{path}: cannot be opened ({error}); check the folder and its rights") from error
    db.row_factory = sqlite3.Row
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > FORMAT:
        raise LedgerError(
            f"{path}: format {version}, this program knows {FORMAT}; nothing was changed; install a newer one"
        )
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute(f"PRAGMA wal_autocheckpoint = {WAITING_PAGES}")
    if version == 0:
        _make(db, path)
    elif version < FORMAT:
        _migrate(db, path, version)
    with suppress(sqlite3.OperationalError):  # a file that cannot be written is read without
        db.execute(LATER)


def _make(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'reports'").fetchone() is None:
        if db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            raise LedgerError(f"{path}: a database of something else; nothing was changed; give another --ledger")
        script = resources.files(__package__).joinpath("schema.sql").read_text("utf-8")
        db.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {FORMAT};\nCOMMIT;")


def _migrate(db: sqlite3.Connection, path: Path, version: int) -> None:
    if not all(step in MIGRATIONS for step in range(version, FORMAT)):
        raise LedgerError(
            f"{path}: format {version} is of a version before the first release; nothing was changed; "
            "read the reports into a new ledger: reportedly --ledger NEW.db add FILES"
        )
    copy_file(db, path.with_name(f"{path.name}.format-{version}"))
    db.create_aggregate("packed", 2, _Packed)  # type: ignore[arg-type]
    for step in range(version, FORMAT):
        db.executescript(f"BEGIN IMMEDIATE;\n{MIGRATIONS[step]}\nPRAGMA user_version = {step + 1};\nCOMMIT;")


class _Packed:
    """Keys and their weights, one after the other in bytes, as they are held since format 4."""

    def __init__(self) -> None:
        self._held: list[tuple[int, ...]] = []

    def step(self, *row: int) -> None:
        self._held.append(row)

    def finalize(self) -> bytes:
        return b"".join(struct.pack("<qH", *each) for each in sorted(self._held))


def copy_file(db: sqlite3.Connection, target: Path) -> None:
    """A consistent copy of an open ledger (SQLite's backup); LedgerError when the target exists."""
    if target.exists():
        raise LedgerError(f"{target}: exists; nothing is written over; give another name or move it away")
    copy = sqlite3.connect(target)
    try:
        db.backup(copy)
    finally:
        copy.close()
