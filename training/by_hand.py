"""Attributions marked by hand without their texts, and the texts -> lines to train on.

`python -m training.by_hand SPANS.jsonl DOCS.jsonl OUT.jsonl`: SPANS are in `training/by_hand` (see README.md there),
DOCS has a `text` and a `doc` or `id` a line. A text whose digest is not that of the marked one is left out, and told.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a JSON lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def digest(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def joined(spans: Path, docs: Path) -> Iterator[dict[str, Any]]:
    """The marked spans with their texts."""
    texts = {str(row.get("doc", row.get("id"))): row["text"] for row in rows(docs)}
    for row in rows(spans):
        text = texts.get(row["doc"])
        if text is None or digest(text) != row["sha256"]:
            print(f"{row['doc']}: not the text that was marked; left out", file=sys.stderr)
        else:
            yield {"text": text, "attributions": row["attributions"]}


def main() -> None:
    """Write one line a text."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("spans", "docs", "out"):
        ap.add_argument(name, type=Path)
    args = ap.parse_args()
    lines = [json.dumps(row) + "\n" for row in joined(args.spans, args.docs)]
    args.out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
