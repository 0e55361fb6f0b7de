"""A trained network -> the folder that the package ships: int8 graphs, tokenizer, card."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from reportedly.attribute.edges import settle
from reportedly.attribute.page import page_of
from reportedly.attribute.readings import Reader as TextReader
from reportedly.attribute.readings import Trust, reader_of, readings
from reportedly.attribute.scan import Network, Settings, scan
from reportedly.models import digest, open_model
from training.export import export
from training.nested import count, figures
from training.network import Reader
from training.passages import Passage, read_marked
from training.trust import best_inner, best_threshold, cross_validated, fit_trust, judge, judge_inner

WATCHED = ("cue", "source_exact", "source_overlap", "content_exact", "content_token", "joint", "strict")
LICENCE = (
    "Trained on texts whose licence is not stated (PolNeAR) and on texts of this project (CC0); started from MiniLM-L6 "
    "weights (Apache-2.0). No text of either ships with it. See NOTICE."
)


def short(found: dict[str, Any]) -> dict[str, Any]:
    """The scorer's figures, rounded, F1 only, with precision and recall of the headline."""
    kinds = {k: {m: round(found[k][m]["f1"], 4) for m in WATCHED} for k in found}
    joint = found["all"]["joint"]
    return {**kinds, "joint_precision": round(joint["p"], 4), "joint_recall": round(joint["r"], 4)}


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """card.json, with the digest of the graphs as they lie there."""
    (folder / "card.json").write_text(json.dumps({**card, "sha256": digest(folder)}, indent=1) + "\n", encoding="utf-8")


def nested_figures(scorer: ModuleType, folder: Path, reader: TextReader) -> dict[str, Any]:
    """Scores at all depths on a folder of marked texts."""
    total: Counter[str] = Counter()
    for passage in read_marked(folder):
        total.update(count(scorer, passage, readings(page_of(passage.text), reader)))
    return {name: round(value, 4) for name, value in figures(total).items()}


def measured(
    scorer: ModuleType, network: Network, dev: Sequence[Passage], tokenizer: Tokenizer, settings: Settings
) -> dict[str, Any]:
    """Weights and threshold from the development passages, with figures that were cross-validated over two halves."""
    pages = [page_of(p.text) for p in dev]
    every = scan(pages, network, tokenizer, settings)
    found = [[settle(page, item) for item in items] for page, items in zip(pages, every, strict=True)]
    judged = [judge(scorer, passage, items) for passage, items in zip(dev, found, strict=True)]
    held = cross_validated(scorer, judged)
    trust = fit_trust(judged)
    return {
        "settings": asdict(settings),
        "trust": asdict(trust),
        "threshold": best_threshold(scorer, judged, trust),
        "scores": short(held["figures"]),
        "calibration_error": round(held["calibration_error"], 4),
        "reliability": held["reliability"],
    }


def measured_inside(test: Test, reader: TextReader) -> dict[str, Any]:
    """Weights and threshold for what stands inside a content."""
    judged = []
    for passage in test.inner:
        page = page_of(passage.text)
        (found,) = scan([page], reader.network, reader.tokenizer, reader.settings)
        judged.append(judge_inner(test.scorer, passage, page, [settle(page, item) for item in found], reader))
    if not any(part.found for part in judged):
        return {}
    trust = fit_trust(judged)
    gold = sum(item.within is not None for passage in test.inner for item in passage.told)
    return {"inner_trust": asdict(trust), "inner_threshold": best_inner(judged, trust, gold)}


@dataclass(frozen=True)
class Test:
    """What a model is measured by: development texts, texts with inner attributions to set their threshold by, marked
    ones held apart, scorer; `spare` takes float graphs."""

    dev: Sequence[Passage]
    inner: Sequence[Passage]
    marked: Path | None
    scorer: ModuleType
    spare: Path


def first_card(reader: Reader, told: dict[str, Any]) -> dict[str, Any]:
    """A card that lets the model run before it has been measured."""
    moves = np.round(reader.chain.transitions().detach().numpy(), 5).tolist()
    return {
        "name": "attribution-en",
        **told,
        "date": datetime.now(UTC).date().isoformat(),
        "licence": LICENCE,
        "moves": moves,
        "settings": asdict(Settings()),
        "trust": asdict(Trust(1, 0, 0, 0, 0, 0)),
        "inner_trust": asdict(Trust(1, 0, 0, 0, 0, 0)),
        "threshold": 0.5,
        "inner_threshold": 0.5,
    }


def package(reader: Reader, tokenizer: Tokenizer, test: Test, folder: Path, told: dict[str, Any]) -> dict[str, Any]:
    """Write the model folder and give back its card; `told` is what the card says of data and run."""
    export(reader.eval(), folder, test.spare)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    card = first_card(reader, told)
    write_card(folder, card)
    loaded = open_model(folder)
    card |= measured(test.scorer, loaded.network, test.dev, tokenizer, Settings())
    card |= measured_inside(test, reader_of(replace(loaded, card=card)))
    if test.marked:
        card["marked_test"] = nested_figures(test.scorer, test.marked, reader_of(replace(loaded, card=card)))
    write_card(folder, card)
    return card
