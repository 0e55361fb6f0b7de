"""Fit the weights of `reportedly.normalise.scale`: python -m training.fit_factuality SCORED.jsonl OUT.tsv

SCORED.jsonl holds lines of id, text and events (start, end, score -3..3). Sentences whose id has an even first byte of
SHA-256 are fitted on; the rest only measures the fit.
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportedly.model import Report, Segmented, Span
from reportedly.normalise.clauses import root_of
from reportedly.normalise.factuality import judge, operators
from reportedly.normalise.scale import CONSTANT, features

PENALTY = 60.0
SEEN = 4

Matrix = NDArray[np.float64]


def is_fitted_on(name: str) -> bool:
    """Which half a sentence belongs to."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0


def read(path: Path) -> list[tuple[bool, frozenset[str], float]]:
    """For each event: whether it is fitted on, its features, its score."""
    from reportedly.language import parse

    rows = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        text = entry["text"]
        report = Report(id=entry["id"], text=text, text_sha256="", original_sha256="", name=entry["id"])
        whole = (Span(0, len(text)),)
        doc = parse(Segmented(report=report, paragraphs=whole, sentences=whole, quotations=()))
        for event in entry["events"]:
            token = root_of(doc, Span(event["start"], event["end"]))
            if token is not None:
                effects = tuple((o.effect, o.word.lemma_.lower()) for o in operators(token))
                rows.append((is_fitted_on(entry["id"]), features(token, judge(token).label, effects), event["score"]))
    return rows


def matrix(rows: list[frozenset[str]], names: list[str]) -> Matrix:
    """One row an event, one column a feature, 1 where it has it."""
    column = {name: n for n, name in enumerate(names)}
    out = np.zeros((len(rows), len(names)))
    for n, row in enumerate(rows):
        out[n, [column[name] for name in row if name in column]] = 1.0
    return out


def main(arguments: list[str]) -> None:
    """Read, fit, write the weights, print how well they do on the other half."""
    rows = read(Path(arguments[0]))
    fitted = [(found, score) for on, found, score in rows if on]
    counts = Counter(name for found, _ in fitted for name in found)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    known = matrix([found for found, _ in fitted], names)
    wanted = np.array([score for _, score in fitted])
    middle, level = known.mean(axis=0), wanted.mean()
    centred = known - middle
    weights = np.linalg.solve(centred.T @ centred + PENALTY * np.eye(len(names)), centred.T @ (wanted - level))
    constant = level - middle @ weights
    others = [(found, score) for on, found, score in rows if not on]
    guessed = np.clip(matrix([found for found, _ in others], names) @ weights + constant, -3, 3)
    r = np.corrcoef(guessed, np.array([score for _, score in others]))[0, 1]
    head = (
        f"# training/fit_factuality.py on half of UDS factuality's dev split ({len(fitted)} events, CC BY-SA 4.0); "
        f"penalty {PENALTY:g}, features seen {SEEN} times.\n"
    )
    lines = [
        f"{CONSTANT}\t{constant:.4f}",
        *(f"{name}\t{w:.4f}" for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005),
    ]
    Path(arguments[1]).write_text(head + "feature\tweight\n" + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} weights; r on the other half ({len(others)} events) {r:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
