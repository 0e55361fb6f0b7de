"""Fits the weights of story likeness and says how they carry over to other topics. `python -m training.stories FOLDER`

FOLDER holds dev.docs.jsonl and dev.gold.jsonl (`doc`, `cluster`, `topic`). Prints story_weights.tsv and, to standard
error, B-cubed F1 by threshold, fitted and cross-validated over topics (seven folds; five splits, their mean and range).
"""

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.link.grouping import grouped
from reportedly.link.names import cosine
from reportedly.link.sketches import Gist, sketch
from reportedly.link.stories import features
from reportedly.model import Findings, Link, Report

FOLDS, SPLITS, OTHER_TOPICS, RIDGE, FLOOR = 7, 5, 0.3, 1e-3, 0.05
Table = NDArray[np.float64]


def read(folder: Path) -> list[tuple[str, Gist, str, int]]:
    """Name, gist, story and topic of each report, in the order of the file."""
    lines = [json.loads(line) for line in (folder / "dev.docs.jsonl").read_text("utf-8").splitlines()]
    gold = {row["doc"]: row for row in map(json.loads, (folder / "dev.gold.jsonl").read_text("utf-8").splitlines())}
    return [(row["doc"], _gist(row), str(gold[row["doc"]]["cluster"]), gold[row["doc"]]["topic"]) for row in lines]


def _gist(row: dict[str, Any]) -> Gist:
    name = str(row["doc"])
    report = Report(id=name, text=row["text"], text_sha256="", original_sha256="", name=name)
    return sketch(Findings(report=report)).gist


def fit(x: Table, y: Table, weight: Table) -> tuple[Table, float]:
    """Weights and bias of a logistic regression (Newton's method, ridge on standardised columns)."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    a = np.c_[(x - mean) / spread, np.ones(len(x))]
    theta = np.zeros(a.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-a @ theta))
        slope = a.T @ (weight * (p - y)) / weight.sum() + RIDGE * np.r_[theta[:-1], 0]
        curve = (a * (weight * p * (1 - p))[:, None]).T @ a / weight.sum() + RIDGE * np.eye(a.shape[1])
        theta -= np.linalg.solve(curve, slope)
    raw = theta[:-1] / spread
    return raw, float(theta[-1] - (raw * mean).sum())


def b_cubed(
    names: Sequence[str], strengths: Table, pairs: NDArray[np.int64], gold: dict[str, str], least: float
) -> float:
    """B-cubed F1 of the groups at a threshold."""
    links = [
        Link(kind="story", stance="together", a=min(a, b), b=max(a, b), strength=float(s), reason="likeness")
        for (i, j), s in zip(pairs.tolist(), strengths.tolist(), strict=True)
        if s >= FLOOR
        for a, b in [(names[i], names[j])]
    ]
    groups = grouped(names, links, lambda a, b: least)
    home = {name: group for group in groups for name in group}
    true = defaultdict(set)
    for name in names:
        true[gold[name]].add(name)
    both = [(len(true[gold[n]].intersection(home[n])), len(home[n]), len(true[gold[n]])) for n in names]
    precision = sum(shared / size for shared, size, _ in both) / len(names)
    recall = sum(shared / size for shared, _, size in both) / len(names)
    return 2 * precision * recall / (precision + recall)


def main() -> None:
    rows = read(Path(sys.argv[1]))
    names, gold = [row[0] for row in rows], {row[0]: row[2] for row in rows}
    topics = np.array([row[3] for row in rows])
    pairs = np.stack(np.triu_indices(len(rows), 1), 1)
    made = [features(rows[i][1], rows[j][1], cosine(rows[i][1].words, rows[j][1].words)) for i, j in pairs.tolist()]
    columns = list(made[0])
    x = np.array([[row[name] for name in columns] for row in made])
    y = np.array([float(gold[names[i]] == gold[names[j]]) for i, j in pairs.tolist()])
    inside = topics[pairs[:, 0]] == topics[pairs[:, 1]]
    weight = np.where(inside, 1.0, OTHER_TOPICS * inside.sum() / (~inside).sum())
    weights, bias = fit(x, y, weight)
    print("feature\tweight")
    for name, value in [*zip(columns, weights.tolist(), strict=True), ("bias", bias)]:
        print(f"{name}\t{value:.3f}")
    _report(names, gold, topics, pairs, (x, y, weight), (weights, bias))


def _report(names: list[str], gold: dict[str, str], topics: NDArray[np.int64], pairs: NDArray[np.int64],
            data: tuple[Table, Table, Table], fitted: tuple[Table, float]) -> None:  # fmt: skip
    x, _, _ = data
    held = [_held_out(topics, pairs, data, split) for split in range(SPLITS)]
    everything = 1 / (1 + np.exp(-(x @ fitted[0] + fitted[1])))
    for least in (0.4, 0.45, 0.5, 0.55, 0.6):
        one = b_cubed(names, everything, pairs, gold, least)
        other = [b_cubed(names, each, pairs, gold, least) for each in held]
        told = f"{np.mean(other):.3f} ({min(other):.3f} to {max(other):.3f})"
        print(f"threshold {least}: fitted {one:.3f}, cross-validated {told}", file=sys.stderr)


def _held_out(
    topics: NDArray[np.int64], pairs: NDArray[np.int64], data: tuple[Table, Table, Table], split: int
) -> Table:
    """Each pair's likeness by weights fitted without its topics; 0 for pairs of two folds."""
    x, y, weight = data
    held = np.zeros(len(y))
    shuffled = np.random.RandomState(split).permutation(np.unique(topics))
    for fold in np.array_split(shuffled, FOLDS):
        out = np.isin(topics, fold)
        train = ~out[pairs[:, 0]] & ~out[pairs[:, 1]]
        test = out[pairs[:, 0]] & out[pairs[:, 1]]
        weights, bias = fit(x[train], y[train], weight[train])
        held[test] = 1 / (1 + np.exp(-(x[test] @ weights + bias)))
    return held


if __name__ == "__main__":
    main()
