"""Gold ledgers without texts: only the text that was annotated is joined with its gold."""

import hashlib
import json
from pathlib import Path

import pytest
from bench.real_gold import HERE, join


def test_gold_is_joined_with_its_text_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, text = tmp_path / "set", "Ada said it rains."
    folder.mkdir()
    row = {"set": "ecbplus", "sha256": hashlib.sha256(text.encode()).hexdigest(), "published": None}
    reports = [{"id": "one", "doc": "a", **row}, {"id": "two", "doc": "b", **row}]
    (folder / "reports.jsonl").write_text("".join(json.dumps(each) + "\n" for each in reports), "utf-8")
    (folder / "gold.jsonl").write_text('{"id": "one"}\n{"id": "two"}\n', "utf-8")
    for name in ("cross.json", "sources.json"):
        (folder / name).write_text("{}", "utf-8")
    assert join(folder, {("ecbplus", "a"): text, ("ecbplus", "b"): "other"}, tmp_path / "out") == 1
    (kept,) = (tmp_path / "out" / "reports.jsonl").read_text("utf-8").splitlines()
    assert json.loads(kept) == {"id": "one", "published": None, "text": text, "title": None, "url": None}
    assert (tmp_path / "out" / "gold.jsonl").read_text("utf-8") == '{"id": "one"}\n'
    assert "two: not the text" in capsys.readouterr().err


@pytest.mark.parametrize("folder", sorted(path for path in HERE.iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_no_text_stands_in_the_gold(folder: Path) -> None:
    rows = [json.loads(line) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()]
    assert rows and all("text" not in row and len(row["sha256"]) == 64 for row in rows)
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    assert {row["id"] for row in gold} == {row["id"] for row in rows}
    assert not any(
        {"quote", "quotes"} & claim.keys() for row in gold for claim in (*row["claims"], *row["attributions"])
    )
