"""What a model folder finds, for the scorers: `python -m training.predict MODEL --texts DIR | --reports FILE`."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from reportedly.attribute.page import Reading, page_of
from reportedly.attribute.readings import Reader, reader_of, readings
from reportedly.models import open_model
from training.passages import read_text


def as_outermost(found: list[Reading]) -> list[dict[str, Any]]:
    """The attributions that stand in no other's content, as attribution_eval.py reads them."""
    return [
        {"source": [r.source] if r.source else None, "cue": [r.cue], "content": list(r.content)}
        for r in found
        if r.within is None
    ]


def bounds(start: int, end: int) -> dict[str, int]:
    """A span as ledger_eval.py reads it."""
    return {"start": start, "end": end}


def without_that(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a "that" at its start: the ledger's contents have none."""
    match = re.match(r"that\s+", text[start:end], re.IGNORECASE)
    return (start + len(match[0]) if match else start), end


def as_ledger(text: str, found: list[Reading]) -> list[dict[str, Any]]:
    """Every attribution as ledger_eval.py reads it."""
    return [
        {
            "id": str(place),
            "source": bounds(*r.source) if r.source else None,
            "cue": bounds(*r.cue),
            "content": [bounds(*without_that(text, *span)) for span in r.content],
            "parent": None if r.within is None else str(r.within),
            "probability": round(r.probability, 3),
        }
        for place, r in enumerate(found)
    ]


def lines_of(args: argparse.Namespace, reader: Reader) -> list[dict[str, Any]]:
    """The predictions that were asked for."""
    if args.texts:
        paths = sorted(args.texts.glob("*.txt"))
        return [{"doc": p.stem, "attributions": as_outermost(readings(page_of(read_text(p)), reader))} for p in paths]
    reports = [json.loads(line) for line in args.reports.read_text("utf-8").splitlines() if line.strip()]
    found = [(report, readings(page_of(report["text"]), reader)) for report in reports]
    return [{"id": r["id"], "attributions": as_ledger(r["text"], items), "claims": []} for r, items in found]


def main() -> None:
    """Read the command, write one line a document."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("model", type=Path)
    ap.add_argument("--texts", type=Path, help="a folder of NAME.txt")
    ap.add_argument("--reports", type=Path, help="a reports.jsonl with id and text")
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    loaded = open_model(args.model)
    found = lines_of(args, reader_of(loaded))
    args.out.write_text("".join(json.dumps(line) + "\n" for line in found), encoding="utf-8")


if __name__ == "__main__":
    main()
