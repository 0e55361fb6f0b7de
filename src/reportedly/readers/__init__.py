"""Files, folders and standard input -> reports.

A reader is a function from a stream and a name to readings; one bad report among many is handed on as a ReadingError.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from reportedly.errors import ReadingError
from reportedly.readers.addresses import read_address
from reportedly.readers.composing import Hints, Reading, compose, date_of, hinted
from reportedly.readers.decoding import OffsetMap, canonical, offset_map
from reportedly.readers.html import read_html
from reportedly.readers.jsonl import hints_of, read_jsonl
from reportedly.readers.plain import read_plain

__all__ = [
    "READERS",
    "Hints",
    "OffsetMap",
    "Reader",
    "Reading",
    "canonical",
    "compose",
    "date_of",
    "files",
    "offset_map",
    "passed_over",
    "read",
]

Reader = Callable[[BinaryIO, str], Iterator[Reading | ReadingError]]

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
}
STDIN = "-"


def read(path: str, hints: Hints = Hints()) -> Iterator[Reading | ReadingError]:
    """Every report of a file, of the files of a folder, of an address, or of standard input ("-")."""
    if path == STDIN:
        yield from _stream(sys.stdin.buffer, hints)
    elif path.startswith(("http://", "https://")):
        yield from read_address(path, hints)
    elif Path(path).is_dir():
        for file in files(Path(path)):
            yield from _file(file, file.relative_to(path).as_posix(), hints)
    else:
        yield from _file(Path(path), Path(path).name, hints)


def files(folder: Path) -> list[Path]:
    """The files below a folder that some reader knows, in the order of their names; hidden ones are left out."""
    return [path for path in _below(folder) if path.suffix.lower() in READERS]


def passed_over(folder: Path) -> list[Path]:
    """The files below a folder that no reader knows; what tells of a file beside it (.meta.json) is none of them."""
    found = (path for path in _below(folder) if path.suffix.lower() not in READERS)
    return [path for path in found if not path.name.endswith(".meta.json")]


def _below(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(top, name) for name in sorted(names) if name[0] != ".")


def _file(path: Path, name: str, hints: Hints) -> Iterator[Reading | ReadingError]:
    try:
        reader = _reader(path)
        beside = _beside(path)
        with path.open("rb") as stream:
            for reading in reader(stream, name):
                yield _placed(reading, path, beside, hints)
    except ReadingError as error:
        yield error
    except OSError as error:
        yield ReadingError(f"{name}: {error.strerror or error}; it was not read; check the path")


def _reader(path: Path) -> Reader:
    if not path.exists():
        raise ReadingError(f"{path}: no such file; nothing was read; check the path")
    if path.suffix.lower() in READERS:
        return READERS[path.suffix.lower()]
    raise ReadingError(f"{path.name}: no reader for {path.suffix!r}; known: {' '.join(sorted(READERS))}")


def _stream(stream: BinaryIO, hints: Hints) -> Iterator[Reading | ReadingError]:
    data = stream.read()
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    looks_html = head.startswith(b"<") and (b"<html" in head or b"<!doctype" in head)
    reader = read_html if looks_html else read_jsonl if head.startswith(b"{") else read_plain
    try:
        for reading in reader(BytesIO(data), "standard input"):
            yield _placed(reading, None, Hints(), hints)
    except ReadingError as error:
        yield error


def _placed(reading: Reading | ReadingError, path: Path | None, beside: Hints, hints: Hints) -> Reading | ReadingError:
    if isinstance(reading, ReadingError):
        return reading
    report = hinted(hinted(reading.report, beside), hints)
    location = str(path.resolve()) if path else None
    if path and reading.location:
        location = f"{location}#{reading.location.partition('#')[2]}"
    elif path and path.suffix.lower() == ".jsonl":
        location = None  # a line without an id has no address of its own
    return replace(reading, report=report, location=location)


def _beside(path: Path) -> Hints:
    """What NAME.meta.json beside a file tells ("kcna.meta.json" or "kcna.txt.meta.json" for kcna.txt)."""
    for meta in (path.with_name(f"{path.name}.meta.json"), path.with_name(f"{path.stem}.meta.json")):
        if meta.is_file():
            return _meta(meta)
    return Hints()


def _meta(path: Path) -> Hints:
    try:
        fields = json.loads(canonical(path.read_bytes(), path.name))
    except (ValueError, RecursionError):
        raise ReadingError(f"{path.name}: bad JSON; outlet and dates hang on it; mend it and read again") from None
    if not isinstance(fields, dict):
        raise ReadingError(f'{path.name}: not a JSON object; outlet and dates hang on it; write {{"outlet": ...}}')
    return hints_of(fields, path.name)
