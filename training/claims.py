"""Fits the weights that join mentions into claims. `python -m training.claims FOLDER... [--without FOLDER]...`

Each FOLDER holds a gold ledger (reports.jsonl, gold.jsonl, cross.json). Two claims of one story are one claim or two;
so are the claims that the product itself reads there, where their evidence is that of a gold claim. Prints
claim_weights.tsv and, to standard error, F1 over the pairs of two reports in every folder, from gold claims and as
read; the folders after --without are only measured.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from bench import given
from bench.predict import Text, rows

from reportedly.link import claims
from reportedly.model import Claim, Findings
from reportedly.pipeline import analyse
from training.stories import Table

RIDGE, MATCHED, LEAN = 1.0, 0.4, 0.9
"""`LEAN` is added to the bias, for groups ask for the mean over all pairs (tried 0.4, 0.9, 1.3)."""


class Pair(NamedTuple):
    """Two claims of one story: their features, whether they can be one, are one, and stand in two reports."""

    features: dict[str, float]
    possible: bool
    one: bool
    apart: bool


def pairs(folder: Path) -> tuple[list[Pair], list[Pair]]:
    """All pairs of claims of one story in a gold ledger: as given, and as read."""
    cross = json.loads((folder / "cross.json").read_text("utf-8"))
    home = {claim: each["id"] for each in cross["clusters"] for claim in each["claims"]}
    texts = list(rows(folder / "reports.jsonl"))
    known = {each.report.id: each for each in given.findings(texts, list(rows(folder / "gold.jsonl")))}
    story_of = {report: cross["stories"][report] for report in known}
    read, meant = list[Findings](), dict[str, str]()
    for row in texts:
        found = analyse(Text(row).report)
        read.append(found)
        story_of[found.report.id] = story_of[row["id"]]
        meant |= matched(found, known[row["id"]], home)
    return list(_pairs(known.values(), story_of, home)), list(_pairs(read, story_of, meant))


def matched(read: Findings, gold: Findings, home: Mapping[str, str]) -> dict[str, str]:
    """Id of a read claim -> cluster of the gold claim whose evidence it shares most, best first, each once."""
    found, used = dict[str, str](), set[str]()
    scores = [(shared(a, b), a.id, b.id) for a in read.claims for b in gold.claims]
    for score, a, b in sorted(scores, reverse=True):
        if score >= MATCHED and a not in found and b not in used:
            found[a] = home[b]
            used.add(b)
    return found


def shared(a: Claim, b: Claim) -> float:
    """F1 of two evidences over characters, a little more with one figure."""
    both = min(a.evidence.end, b.evidence.end) - max(a.evidence.start, b.evidence.start)
    length = a.evidence.end - a.evidence.start + b.evidence.end - b.evidence.start
    return 2 * max(0, both) / length + 0.1 * claims.figures(a.quantity, b.quantity)


def _pairs(found: Iterable[Findings], story_of: Mapping[str, str], home: Mapping[str, str]) -> Iterator[Pair]:
    told = defaultdict[str, list[claims.Told]](list)
    for each in found:
        told[story_of[each.report.id]] += [x for x in claims.told(each) if x.claim.id in home]
    for story in told.values():
        for a, b in combinations(story, 2):
            likeness = claims.compare(a, b)
            possible, one = likeness.odds > claims.NEVER, home[a.claim.id] == home[b.claim.id]
            yield Pair(claims.features(a, b, likeness), possible, one, a.claim.report != b.claim.report)


def fit(found: list[Pair]) -> dict[str, float]:
    """Feature -> weight, and the bias: logistic regression by Newton's method."""
    usable = [pair for pair in found if pair.possible]
    names = list(usable[0].features)
    x, y = table(usable, names), np.array([float(pair.one) for pair in usable])
    ridge, theta = np.full(x.shape[1], RIDGE), np.zeros(x.shape[1])
    ridge[-1] = 0.01
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ theta))
        slope = x.T @ (p - y) + ridge * theta
        theta -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), slope)
    return dict(zip([*names, "bias"], theta.tolist(), strict=True))


def table(found: list[Pair], names: list[str]) -> Table:
    """The features of pairs as rows, and a column of ones."""
    return np.array([[*(float(pair.features[name]) for name in names), 1.0] for pair in found])


def f1(found: list[Pair], weights: dict[str, float]) -> float:
    """F1 over the pairs of two reports."""
    held = [pair for pair in found if pair.apart]
    names = [name for name in weights if name != "bias"]
    right = table(held, names) @ np.array([*(weights[name] for name in names), weights["bias"]]) >= 0
    joined = [bool(yes) and pair.possible for yes, pair in zip(right, held, strict=True)]
    hits = sum(yes and pair.one for yes, pair in zip(joined, held, strict=True))
    return 2 * hits / max(1, sum(joined) + sum(pair.one for pair in held))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--without", nargs="*", default=[], type=Path)
    args = parser.parse_args()
    found = {folder: pairs(folder) for folder in [*args.folders, *args.without]}
    weights = fit([pair for folder in args.folders for part in found[folder] for pair in part])
    weights["bias"] += LEAN
    for folder, (as_given, as_read) in found.items():
        print(f"{folder}: given {f1(as_given, weights):.3f}, read {f1(as_read, weights):.3f}", file=sys.stderr)
    print("feature\tweight")
    for name, weight in weights.items():
        print(f"{name}\t{weight:.3f}")


if __name__ == "__main__":
    main()
