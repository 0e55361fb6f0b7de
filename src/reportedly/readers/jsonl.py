"""JSON lines: one report a line, `text` with `id publisher|outlet published title url`."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from reportedly.errors import ReadingError
from reportedly.readers.composing import Hints, Reading, compose, date_of
from reportedly.readers.decoding import MAX_BYTES, decode, sound


def read_jsonl(stream: BinaryIO, name: str) -> Iterator[Reading | ReadingError]:
    """A report for each line; a line that cannot be read is handed on as a ReadingError that names it."""
    number, empty = 0, True
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            empty = False
            yield _line(line, f"{name}:{number}", name)
        if len(line) > MAX_BYTES:
            return
    if empty:
        yield ReadingError(f"{name}: empty; nothing to read; give a file that holds text")


def _line(line: bytes, where: str, name: str) -> Reading | ReadingError:
    try:
        return _reading(line, where, name)
    except ReadingError as error:
        return error


def _reading(line: bytes, where: str, name: str) -> Reading:
    fields = _fields(decode(line, where), where)
    hints = hints_of(fields, where)
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ReadingError(f'{where}: no text; a report needs words; each line takes "text"')
    known = fields.get("id")
    report = compose(sound(text, where), str(known or where), hints, original=line, read_by="JSON line")
    return Reading(report=report, original=line, location=f"{name}#{known}" if known else None)


def hints_of(fields: dict[str, Any], where: str) -> Hints:
    """What a JSON object tells about a text; ReadingError for a bad date or a field that is no text."""
    for field in ("publisher", "outlet", "title", "url"):
        if not isinstance(fields.get(field), str | None):
            raise ReadingError(f"{where}: {field!r} is not text; it would name nothing; write a string or null")
    return Hints(
        outlet=fields.get("outlet") or fields.get("publisher") or None,
        published=date_of(fields.get("published"), where),
        title=fields.get("title") or None,
        url=fields.get("url") or None,
    )


def _fields(line: str, where: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = getattr(error, "msg", "nested too deep")
        raise ReadingError(
            f"{where}: bad JSON ({why}); the line is left out; mend it and read the file again"
        ) from None
    if not isinstance(fields, dict):
        raise ReadingError(f'{where}: not a JSON object; the line is left out; write {{"text": ...}}')
    return fields
