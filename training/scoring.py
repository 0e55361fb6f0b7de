"""What was found against the gold, by the outside scorer."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from reportedly.attribute.page import Reading
from reportedly.attribute.scan import Found
from training.passages import Passage, Told


def load_scorer(path: Path) -> ModuleType:
    """The scorer's module from its file."""
    spec = importlib.util.spec_from_file_location("attribution_eval", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_scored(items: Sequence[Found | Reading | Told]) -> list[dict[str, Any]]:
    """Attributions in the scorer's form."""
    out = []
    for item in items:
        source = item.source if isinstance(item, Told) else [item.source] if item.source else []
        cue = item.cue if isinstance(item, Told) else [item.cue]
        out.append({"source": list(source) or None, "cue": list(cue), "content": list(item.content)})
    return out


def score(
    scorer: ModuleType, passages: Sequence[Passage], found: Sequence[Sequence[Found | Reading]]
) -> dict[str, Any]:
    """The scorer's figures for the outermost attributions of the passages."""
    total: Counter[Any] = Counter()
    for passage, items in zip(passages, found, strict=True):
        gold = as_scored([item for item in passage.told if item.within is None])
        total.update(scorer.count(scorer.Doc(passage.text), gold, as_scored(items)))
    got: dict[str, Any] = scorer.summarise(total)
    return got


def describe(figures: dict[str, Any]) -> str:
    """The figures to watch, in one line."""
    every = figures["all"]
    kinds = "/".join(f"{figures[kind]['joint']['f1']:.3f}" for kind in ("direct", "mixed", "indirect"))
    exact = "/".join(f"{every[m]['f1']:.3f}" for m in ("cue", "source_exact", "content_exact"))
    joint = every["joint"]
    return (
        f"joint {joint['f1']:.4f} (P {joint['p']:.3f} R {joint['r']:.3f}) strict {every['strict']['f1']:.3f} "
        f"d/m/i {kinds} cue/source/content exact {exact}"
    )
