"""How far to trust what the network finds: weights for its three measures, a threshold, and how well they hold."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly.attribute.edges import run_on, undisputed
from reportedly.attribute.page import Page, Reading, page_of
from reportedly.attribute.readings import Reader, Trust, as_inner, nested, outermost, without_echoes
from reportedly.attribute.scan import Found
from training.nested import matched
from training.passages import Passage
from training.scoring import as_scored

Floats = NDArray[np.float64]
FOLDS = 2


@dataclass(frozen=True)
class Judged:
    """What was found in one passage, and for each item whether cue, source and content agree with the gold."""

    passage: Passage
    found: Sequence[Found]
    right: Sequence[bool]


def judge(scorer: ModuleType, passage: Passage, found: Sequence[Found]) -> Judged:
    """The scorer's verdict on each item (its `joint`)."""
    doc = scorer.Doc(passage.text)
    gold = [doc.attribution(a) for a in as_scored([item for item in passage.told if item.within is None])]
    items = [doc.attribution(a) for a in as_scored(found)]
    right = [False] * len(found)
    for i, j, hit, share in scorer.align(gold, items):
        source = bool(gold[i]["source"] & items[j]["source"]) or not (gold[i]["source"] or items[j]["source"])
        right[j] = bool(hit and share >= 0.5 and source)
    return Judged(passage, found, right)


def judge_inner(scorer: ModuleType, passage: Passage, page: Page, found: Sequence[Found], reader: Reader) -> Judged:
    """The same for what stands inside the contents that the reader finds, however unlikely."""
    outer = outermost(page, found, reader)
    every = nested(page, outer, found, replace(reader, inner=0.0))
    hits = matched(scorer, passage, every)
    inner = [(place, r.cue) for place, r in enumerate(every) if r.within is not None]
    by_cue = {item.cue: as_inner(item) for item in found}
    right = [place in hits and passage.told[hits[place]].within is not None for place, _ in inner]
    return Judged(passage, [by_cue[cue] for _, cue in inner], right)


def best_inner(judged: Sequence[Judged], trust: Trust, gold: int) -> float:
    """The lowest threshold whose F1 of inner attributions, `gold` in number, is within a hundredth of the best.

    One that is missed breaks a chain of speakers.
    """

    def f1(least: float) -> float:
        kept = [ok for part in judged for f, ok in zip(part.found, part.right, strict=True) if trust.of(f) >= least]
        return 2 * sum(kept) / max(1, len(kept) + gold)

    tried = [round(t, 3) for t in np.arange(0.2, 0.62, 0.03)]
    return next(t for t in tried if f1(t) >= max(map(f1, tried)) - 0.01)


def measures(item: Found) -> list[float]:
    """The inputs of `Trust.of`, in the order of its fields."""
    odds = math.log(max(item.cue_chance, 1e-6) / max(1 - item.cue_chance, 1e-6))
    share = math.log(max(item.share, 1e-6))
    return [odds, item.real, share, float(item.source is None), float(len(item.content) > 1), 1.0]


def fit_trust(judged: Sequence[Judged]) -> Trust:
    """Logistic regression (Newton's method, a little ridge) of right or wrong on the measures."""
    x = np.array([measures(item) for part in judged for item in part.found])
    y = np.array([right for part in judged for right in part.right], float)
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(x @ weights).clip(-30, 30)))
        slope = x.T @ (y - chance) - 0.1 * weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + 0.1 * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return Trust(*(float(w) for w in weights))


def kept(part: Judged, trust: Trust, threshold: float) -> list[Reading]:
    """What the reader would give for a passage."""
    scored = [Reading(f.source, f.cue, f.content, trust.of(f)) for f in part.found]
    alone = without_echoes([r for r in scored if r.probability >= threshold])
    page = page_of(part.passage.text)
    return run_on(page, undisputed(page, alone))


def totals(scorer: ModuleType, judged: Sequence[Judged], trust: Trust, threshold: float) -> Counter[Any]:
    """The scorer's counts over passages."""
    total: Counter[Any] = Counter()
    for part in judged:
        gold = as_scored([item for item in part.passage.told if item.within is None])
        doc = scorer.Doc(part.passage.text)
        total.update(scorer.count(doc, gold, as_scored(kept(part, trust, threshold))))
    return total


def best_threshold(scorer: ModuleType, judged: Sequence[Judged], trust: Trust) -> float:
    """The threshold with the best joint F1."""
    tried = [round(t, 3) for t in np.arange(0.2, 0.62, 0.03)]
    return max(tried, key=lambda t: scorer.summarise(totals(scorer, judged, trust, t))["all"]["joint"]["f1"])


def calibration(chances: Floats, right: Floats, bins: int = 10) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error, and (mean chance, share right, how many) of each bin that holds any."""
    place = np.minimum((chances * bins).astype(int), bins - 1)
    rows = [(chances[place == b].mean(), right[place == b].mean(), int((place == b).sum())) for b in np.unique(place)]
    error = sum(abs(chance - share) * count for chance, share, count in rows) / len(chances)
    return float(error), [(float(chance), float(share), count) for chance, share, count in rows]


def cross_validated(scorer: ModuleType, judged: Sequence[Judged]) -> dict[str, Any]:
    """Figures with weights and threshold set on the other half of the passages each time."""
    total: Counter[Any] = Counter()
    chances: list[float] = []
    right: list[bool] = []
    for fold in range(FOLDS):
        rest = [part for i, part in enumerate(judged) if i % FOLDS != fold]
        here = [part for i, part in enumerate(judged) if i % FOLDS == fold]
        trust = fit_trust(rest)
        threshold = best_threshold(scorer, rest, trust)
        total.update(totals(scorer, here, trust, threshold))
        for part in here:
            answer = {f.cue: ok for f, ok in zip(part.found, part.right, strict=True)}
            for item in kept(part, trust, threshold):
                chances.append(item.probability)
                right.append(answer[item.cue])
    error, rows = calibration(np.array(chances), np.array(right, float))
    return {"figures": scorer.summarise(total), "calibration_error": error, "reliability": rows}
