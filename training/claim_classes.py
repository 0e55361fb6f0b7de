"""How often the product gives a claim the class and certainty that readers gave it.

`python -m training.claim_classes training/by_hand/claims.jsonl DOCS.jsonl ...`: DOCS have a `text` and a `doc` or `id`
a line. Claims are compared where the product still finds the same words; ages are left out.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.predict import Text

from reportedly.model import Claim
from reportedly.normalise.ages import KIND as AGE
from reportedly.normalise.topics import class_of
from reportedly.pipeline import analyse
from training.by_hand import digest, rows


class Pair(NamedTuple):
    """One claim: class and certainty that a reader gave it, and those of the product."""

    wanted: tuple[str, str]
    given: tuple[str, str]


def pairs(labelled: list[list[int | str | None]], text: Text) -> Iterator[Pair]:
    """The labelled claims of one report that the product finds with the same words."""
    at: dict[tuple[object, ...], Claim] = {
        tuple(text.pair(claim.evidence)): claim for claim in reversed(analyse(text.report).claims)
    }
    for start, end, kind, certainty in labelled:
        claim = at.get((start, end))
        if claim is not None and kind is not None and claim.event != AGE:
            given = "asserted" if claim.factuality == "unknown" else claim.factuality
            yield Pair((str(kind), str(certainty)), (class_of(claim.event), given))


def every_pair(spans: Path, docs: list[Path]) -> Iterator[Pair]:
    """The pairs of all reports whose text is at hand."""
    texts = {str(row.get("doc", row.get("id"))): row["text"] for path in docs for row in rows(path)}
    for row in rows(spans):
        text = texts.get(row["doc"], "")
        if digest(text) == row["sha256"]:
            yield from pairs(row["claims"], Text({"id": row["doc"], "text": text}))


def told(found: list[Pair]) -> Iterator[str]:
    """Shares and what is taken for what."""
    right = sum(p.wanted[0] == p.given[0] for p in found)
    yield f"{len(found)} claims, class right {right / max(1, len(found)):.3f}"
    hits = sum(p.wanted[1] == p.given[1] != "asserted" for p in found)
    hedged = sum((p.wanted[1] != "asserted") + (p.given[1] != "asserted") for p in found)
    yield f"hedged F1 {2 * hits / max(1, hedged):.3f}"
    for (wanted, given), count in Counter((p.wanted[0], p.given[0]) for p in found).most_common(20):
        yield f"{wanted}\t{given}\t{count}"


def main(arguments: list[str]) -> None:
    """Print them."""
    print("\n".join(told(list(every_pair(Path(arguments[0]), [Path(path) for path in arguments[1:]])))))


if __name__ == "__main__":
    main(sys.argv[1:])
