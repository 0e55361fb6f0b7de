"""Score of all attributions of marked passages, inner ones too, and how often the outer one is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from reportedly.attribute.page import Reading
from training.passages import Passage
from training.scoring import as_scored


def matched(scorer: ModuleType, passage: Passage, found: Sequence[Reading]) -> dict[int, int]:
    """Places of found attributions -> places of the gold ones that they hit (cue, source and content)."""
    doc = scorer.Doc(passage.text)
    gold, items = ([doc.attribution(a) for a in as_scored(side)] for side in (passage.told, found))
    hits = {}
    for i, j, cue, share in scorer.align(gold, items):
        source = bool(gold[i]["source"] & items[j]["source"]) or not (gold[i]["source"] or items[j]["source"])
        if cue and share >= 0.5 and source:
            hits[j] = i
    return hits


def count(scorer: ModuleType, passage: Passage, found: Sequence[Reading]) -> Counter[str]:
    """How many are gold, found, hit; of the hits how many have the right outer one; the same for inner ones alone."""
    hits = matched(scorer, passage, found)
    total: Counter[str] = Counter(gold=len(passage.told), found=len(found), hit=len(hits))
    for j, i in hits.items():
        outer, wanted = found[j].within, passage.told[i].within
        total["parent"] += wanted is None if outer is None else hits.get(outer) == wanted and wanted is not None
        total["inner_hit"] += wanted is not None
    total["inner_gold"] = sum(item.within is not None for item in passage.told)
    total["inner_found"] = sum(item.within is not None for item in found)
    return total


def figures(total: Counter[str]) -> dict[str, Any]:
    """Precision, recall and F1 (cue, source and content) at all depths, and the share of right parents."""
    precision, recall = total["hit"] / max(1, total["found"]), total["hit"] / max(1, total["gold"])
    return {
        "precision": precision,
        "recall": recall,
        "joint": 2 * precision * recall / max(1e-9, precision + recall),
        "parents_right": total["parent"] / max(1, total["hit"]),
        "inner_recall": total["inner_hit"] / max(1, total["inner_gold"]),
        "inner_found": total["inner_found"],
        "inner_gold": total["inner_gold"],
    }
