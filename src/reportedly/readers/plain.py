"""Text and Markdown files: the words as they stand."""

from collections.abc import Iterator
from typing import BinaryIO

from reportedly.readers.composing import Reading, compose
from reportedly.readers.decoding import MAX_BYTES, decode


def read_plain(stream: BinaryIO, name: str) -> Iterator[Reading]:
    """The one report of a file."""
    original = stream.read(MAX_BYTES + 1)
    report = compose(decode(original, name), name, original=original, read_by="plain text")
    yield Reading(report=report, original=original)
