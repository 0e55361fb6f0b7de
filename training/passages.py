"""Texts that carry their answer -> passages: brat standoff (NAME.txt + NAME.ann), marked texts, or JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests import marked

from reportedly.attribute.contents import join

Span = tuple[int, int]
Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Told:
    """Who says what in a passage, as character spans; `within` is the place of the one whose content holds it."""

    source: Spans
    cue: Spans
    content: Spans
    within: int | None = None


@dataclass(frozen=True)
class Passage:
    """A text with its attributions; those `within` none are the ones that a reader of this text must find."""

    name: str
    text: str
    told: tuple[Told, ...]


def read_text(path: Path) -> str:
    """The file's characters with its line ends untouched, so that offsets hold."""
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def merged(text: str, spans: list[Span]) -> Spans:
    """The spans in order, joined where nothing but blanks stands between."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def read_standoff(annotation: Path, text: str) -> tuple[Told, ...]:
    """The attributions of a brat file: events whose roles are Source, Cue and Content (numbered ones are joined)."""
    spans: dict[str, list[Span]] = {}
    told = []
    for line in annotation.read_text(encoding="utf-8").split("\n"):
        if match := re.match(r"(T\d+)\t[\w-]+ (\d+ \d+(?:;\d+ \d+)*)\t", line):
            parts = (part.split() for part in match[2].split(";"))
            spans[match[1]] = [(int(start), int(end)) for start, end in parts]
        elif match := re.match(r"E\d+\t(.+)", line):
            found: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
            for role, _, ref in (part.partition(":") for part in match[1].split()):
                found.get(re.sub(r"\d+$", "", role).lower(), []).extend(spans.get(ref, []))
            if found["cue"] and found["content"]:
                source, cue, content = (merged(text, found[role]) for role in ("source", "cue", "content"))
                told.append(Told(source, cue, content))
    return tuple(told)


def read_brat(folder: Path) -> Iterator[Passage]:
    """A passage for each NAME.ann below `folder`; its text lies beside it or in a folder `text` next to its folder."""
    for annotation in sorted(folder.rglob("*.ann")):
        beside = annotation.with_suffix(".txt")
        path = beside if beside.exists() else annotation.parent.parent / "text" / beside.name
        text = read_text(path)
        yield Passage(annotation.stem, text, read_standoff(annotation, text))


def nest(told: list[Told]) -> tuple[Told, ...]:
    """The attributions with `within` set to the smallest content of another that holds their cue."""
    out = []
    for item in told:
        start, end = item.cue[0]
        around = [
            (high - low, place)
            for place, other in enumerate(told)
            for low, high in other.content
            if other is not item and low <= start and end <= high
        ]
        out.append(Told(item.source, item.cue, item.content, min(around)[1] if around else None))
    return tuple(out)


def widened(text: str, told: Told) -> Told:
    """`told` with its content begun at a "that" right before it, as in PolNeAR (the project drops it)."""
    content = []
    for start, end in told.content:
        match = re.search(r"\bthat\s+$", text[max(0, start - 8) : start], re.IGNORECASE)
        content.append((start - len(match[0]) if match else start, end))
    return Told(told.source, told.cue, tuple(content), told.within)


def read_marked(folder: Path) -> Iterator[Passage]:
    """The passages of all marked files below `folder`; a cue outside of all contents is outermost."""
    for path in sorted(folder.rglob("*.txt")):
        for name, read in marked.passages(path).items():
            told = [
                Told(spans_of([item.source] if item.source else []), spans_of(item.cues), spans_of(item.contents))
                for item in marked.attributions(read)
                if item.cues and item.contents
            ]
            yield Passage(f"{path.stem}/{name}", read.text, tuple(widened(read.text, item) for item in nest(told)))


def spans_of(found: Iterable[marked.Span]) -> Spans:
    """Marked spans as plain pairs."""
    return tuple((span.start, span.end) for span in found)


def pairs(spans: Iterable[Iterable[int]]) -> Spans:
    """Spans as JSON has them, as pairs."""
    return tuple((start, end) for start, end in spans)


def read_listed(path: Path) -> Iterator[Passage]:
    """The passages of a JSON lines file: `text`, `attributions` (spans of source, cue, content; the place `within`)."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        told = [
            Told(pairs(item["source"]), pairs(item["cue"]), pairs(item["content"]), item["within"])
            for item in row["attributions"]
        ]
        yield Passage(f"{path.stem}/{number}", row["text"], tuple(widened(row["text"], item) for item in told))


def contents(passage: Passage) -> Iterator[Passage]:
    """The contents of a marked passage as texts of their own, with what is told directly inside them."""
    for place, outer in enumerate(passage.told):
        joined = join(passage.text, outer.content)
        inner = [
            Told(joined.here(item.source), joined.here(item.cue), joined.here(item.content))
            for item in passage.told
            if item.within == place
        ]
        kept = tuple(item for item in inner if item.cue and item.content)
        yield Passage(f"{passage.name}/{place}", joined.text, kept)


def read_folder(folder: Path) -> list[Passage]:
    """Every passage below `folder`, in either form; contents of marked passages count as passages."""
    if folder.suffix == ".jsonl":
        return list(read_listed(folder))
    if next(folder.rglob("*.ann"), None):
        return list(read_brat(folder))
    whole = list(read_marked(folder))
    return whole + [inner for passage in whole for inner in contents(passage)]
