"""Bytes -> canonical text (NFC, "\\n" line ends), and the map that leads back from it to the original."""

import codecs
import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

from reportedly.errors import ReadingError

MAX_BYTES = 20_000_000
MAX_CHARACTERS = 1_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1250", "cp1252", "cp1254", "cp1257", "iso8859_2", "iso8859_9", "iso8859_15", "latin_1", "mac_roman")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=["']([\w.:-]+)""", re.I
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def canonical(original: bytes | str, name: str = "input", declared: str | None = None) -> str:
    """The text that every offset counts in: decoded, NFC, line ends as "\\n"; nothing else stripped or folded.

    ReadingError when the bytes are empty, binary, cut off inside a character or in no known encoding.
    """
    text = original if isinstance(original, str) else decode(original, name, declared)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def decode(original: bytes, name: str = "input", declared: str | None = None) -> str:
    """The characters of the bytes: byte-order mark, declared encoding, UTF-8, then a guess."""
    if not original.strip():
        raise ReadingError(f"{name}: empty; nothing to read; give a file that holds text")
    if len(original) > MAX_BYTES:
        raise ReadingError(f"{name}: {len(original):,} bytes; one report has {MAX_BYTES:,} at most; split the file")
    mark = next((encoding for bom, encoding in _BOMS if original.startswith(bom)), None)
    if mark is None and _is_binary(original):
        raise ReadingError(f"{name}: binary, not text; only text can be read; save it as text or HTML")
    for encoding in filter(None, (mark, declared, _declared(original), "utf-8")):
        text = _decoded(original, encoding)
        if text is not None:
            return sound(text, name)
    return sound(_guessed(original, name), name)


class OffsetMap(NamedTuple):
    """Where stretches of canonical and original text begin; from each start on, both run in step."""

    canonical: tuple[int, ...]
    original: tuple[int, ...]

    def to_original(self, offset: int) -> int:
        """The offset in the original text; inside a composed character, that of the character's start."""
        return _mapped(offset, self.canonical, self.original)

    def to_canonical(self, offset: int) -> int:
        """The offset in the canonical text; inside a decomposed character, that of the next one."""
        return _mapped(offset, self.original, self.canonical)


def offset_map(original: str, canonical_text: str) -> OffsetMap:
    """The map between a text as it came and its canonical form.

    >>> offset_map("Cafe\\u0301\\r\\nSeoul", "Caf\\u00e9\\nSeoul").to_original(5)
    7
    """
    if original == canonical_text:
        return OffsetMap((0,), (0,))
    starts, at = [(0, 0)], 0
    for first, last in _pieces(original):
        length = len(canonical(original[first:last]))
        if length != last - first:
            starts += [(at, first), (at + length, last)]
        at += length
    return OffsetMap(tuple(start for start, _ in starts), tuple(start for _, start in starts))


def _mapped(offset: int, here: tuple[int, ...], there: tuple[int, ...]) -> int:
    index = bisect_right(here, offset) - 1
    moved = there[index] + offset - here[index]
    return min(moved, there[index + 1]) if index + 1 < len(there) else moved


def _pieces(text: str) -> list[tuple[int, int]]:
    """Stretches that normalise on their own: none begins with a character that could join the one before."""
    starts = [i for i, char in enumerate(text) if not _joins(char, text[i - 1 : i])]
    if not starts or starts[0]:
        starts.insert(0, 0)
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _joins(char: str, before: str) -> bool:
    if char <= "\u02ff":
        return char == "\n" and before == "\r"
    if "\u1160" <= char <= "\u11a7":  # a Korean vowel follows an initial
        return "\u1100" <= before < "\u1160"
    if "\u11a8" <= char <= "\u11ff":  # a final follows a vowel, or a syllable without a final
        return "\u1160" <= before <= "\u11a7" or ("\uac00" <= before <= "\ud7a3" and (ord(before) - 0xAC00) % 28 == 0)
    return unicodedata.category(char).startswith("M") or unicodedata.combining(char) != 0


def _is_binary(original: bytes) -> bool:
    head = original[:65536]
    return b"\x00" in head or len(_CONTROLS.findall(head)) > len(head) / 20


def _declared(original: bytes) -> str | None:
    found = _DECLARED.search(original[:4096])
    return next(filter(None, found.groups())).decode("ascii") if found else None


def _decoded(original: bytes, encoding: str) -> str | None:
    try:
        return original.decode(encoding)
    except (LookupError, ValueError):
        return None


def _guessed(original: bytes, name: str) -> str:
    if _cut(original):
        raise ReadingError(f"{name}: cut off inside its last character; the file is truncated; fetch it again")
    from charset_normalizer import from_bytes

    best = from_bytes(original[:262144]).best()
    encoding = best.encoding if best else ""
    text = _decoded(original, "cp1252" if encoding in _WESTERN else encoding) or _decoded(original, encoding)
    if text is None:
        raise ReadingError(f"{name}: in no known encoding; its words cannot be told; save it as UTF-8")
    return text


def _cut(original: bytes) -> bool:
    """Whether the bytes are UTF-8 but for an unfinished last character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(original, final=False)
    except ValueError:
        return False
    return True


def sound(text: str, name: str) -> str:
    """The text, when it can be read; ReadingError when it is blank, huge or has lost its characters."""
    if not text.strip():
        raise ReadingError(f"{name}: empty; nothing to read; give a file that holds text")
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(
            f"{name}: {len(text):,} characters; one report has {MAX_CHARACTERS:,} at most; split the file"
        )
    if text.count("\ufffd") > len(text) / 100 or any("\ud800" <= char <= "\udfff" for char in text):
        raise ReadingError(
            f"{name}: mis-encoded (U+FFFD or half characters); words are lost; fetch it again or save it as UTF-8"
        )
    return text
