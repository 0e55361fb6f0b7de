"""Attributions marked by hand: spans without texts, joined with the texts they were marked on."""

import json
from pathlib import Path

import pytest
from training.by_hand import digest, joined
from training.claim_classes import every_pair, told

FOLDER = Path(__file__).parent.parent / "training" / "by_hand"


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_only_the_text_that_was_marked_is_joined(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 17]], "within": None}]
    text = "Ada said it rains"
    spans = write(
        tmp_path / "spans.jsonl",
        {"doc": "a", "sha256": digest(text), "attributions": told},
        {"doc": "b", "sha256": digest(text), "attributions": told},
        {"doc": "c", "sha256": digest(text), "attributions": told},
    )
    docs = write(tmp_path / "docs.jsonl", {"doc": "a", "text": text}, {"id": "b", "text": text + "."})
    assert list(joined(spans, docs)) == [{"text": text, "attributions": told}]
    assert capsys.readouterr().err.count("left out") == 2


@pytest.mark.parametrize("name", ["ecbplus_train", "ecbplus_held", "geovirus_train"])
def test_marked_spans_are_well_formed(name: str) -> None:
    lines = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert len({line["doc"] for line in lines}) == len(lines)
    for line in lines:
        told = line["attributions"]
        for place, item in enumerate(told):
            assert item["cue"] and item["content"] and item["within"] != place
            assert all(0 <= start < end for role in ("source", "cue", "content") for start, end in item[role])
            outer = told[item["within"]]["content"] if item["within"] is not None else [item["cue"][0]]
            assert any(start <= item["cue"][0][0] < end for start, end in outer)


def test_no_report_is_both_trained_on_and_held_apart() -> None:
    train, held = (
        {json.loads(line)["sha256"] for line in (FOLDER / f"ecbplus_{part}.jsonl").read_text("utf-8").splitlines()}
        for part in ("train", "held")
    )
    assert train and held and not train & held


def test_labelled_claims_are_compared_where_the_same_words_are_found(tmp_path: Path) -> None:
    text = "The storm killed four people. The mayor resigned on Monday."
    labelled = [[0, 28, "HARM", "asserted"], [30, 58, "STATUS", "denied"], [4, 9, "DISASTER", "asserted"]]
    spans = write(tmp_path / "spans.jsonl", {"doc": "a", "sha256": digest(text), "claims": labelled})
    docs = write(tmp_path / "docs.jsonl", {"doc": "a", "text": text})
    found = list(every_pair(spans, [docs]))
    assert [pair.given for pair in found] == [("HARM", "asserted"), ("RETREAT", "asserted")]
    assert list(told(found))[:2] == ["2 claims, class right 0.500", "hedged F1 0.000"]


def test_labelled_claims_are_well_formed() -> None:
    lines = [json.loads(line) for line in (FOLDER / "claims.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 213 and sum(len(line["claims"]) for line in lines) == 5828
    known = {"asserted", "probable", "possible", "planned", "denied"}
    assert all(s < e and certainty in known for line in lines for s, e, _, certainty in line["claims"])
