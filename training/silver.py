"""What the shipped product finds, as answers to train on: `python -m training.silver TEXTS OUT.jsonl`.

TEXTS is a folder of brat standoff, whose answers stay and get the inner ones that the corpus leaves out, or JSON lines
with a `text` each. A network that learns from them does in one pass, without a parse, what the product does in several.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from reportedly.attribute import attribute
from reportedly.model import Attribution, Options
from reportedly.readers import Hints, compose
from reportedly.segment import segment
from training.passages import Passage, Span, Told, nest, read_brat, widened


def touch(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def told_of(each: Attribution) -> Told:
    """An attribution of the product as an answer."""
    source = ((each.source.start, each.source.end),) if each.source else ()
    cue = ((each.cue.start, each.cue.end),) if each.cue else ()
    return Told(source, cue, tuple((part.start, part.end) for part in each.content))


def found_in(text: str) -> list[Told]:
    """What the product finds in a text, at all depths; nothing where the text is not canonical."""
    report = compose(text, "silver", Hints())
    if report.text != text:
        return []
    return [told for told in map(told_of, attribute(segment(report), Options())) if told.cue]


def with_inner(passage: Passage) -> Passage:
    """The passage with what the product finds inside its contents, cues that are told already aside."""
    known = [cue for item in passage.told for cue in item.cue]
    contents = [part for item in passage.told for part in item.content]

    def is_inner(item: Told) -> bool:
        spans = (*item.source, *item.cue, *item.content)
        low, high = min(s for s, _ in spans), max(e for _, e in spans)
        free = not any(touch(cue, item.cue[0]) for cue in known)
        return free and any(start <= low and high <= end for start, end in contents)

    inner = [item for item in found_in(passage.text) if is_inner(item)]
    nested = nest([*passage.told, *(widened(passage.text, item) for item in inner)])
    return Passage(passage.name, passage.text, (*passage.told, *nested[len(passage.told) :]))


def passages(path: Path) -> Iterator[Passage]:
    """The passages of a folder or a JSON lines file with their answers."""
    if path.is_dir():
        yield from map(with_inner, read_brat(path))
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        yield Passage("", text, nest([widened(text, item) for item in found_in(text)]))


def main() -> None:
    """Write one line a text."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("texts", type=Path)
    ap.add_argument("out", type=Path)
    args = ap.parse_args()
    with args.out.open("w", encoding="utf-8") as out:
        for passage in passages(args.texts):
            row = {"text": passage.text, "attributions": [asdict(item) for item in passage.told]}
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
