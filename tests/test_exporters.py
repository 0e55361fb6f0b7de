"""Tables in other people's formats: nothing a spreadsheet would run, nothing that breaks a table."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.exporters import EXPORTERS, TABLES
from reportedly.exporters.formats import FORMULA

ROWS: list[dict[str, object]] = [
    {"id": "c-1", "words": "=HYPERLINK(\"http://x.example\")", "low": None, "high": 8_000_000.0, "rate": -3.5},
    {"id": "c-2", "words": "40 | 50\n<b>", "low": 2.5, "high": None, "rate": 0.0},
]  # fmt: skip


def written(form: str, rows: list[dict[str, object]]) -> str:
    stream = io.BytesIO()
    EXPORTERS[form](rows, stream)
    return stream.getvalue().decode()


def test_csv_keeps_open_ends_empty_and_figures_plain() -> None:
    first, second = csv.DictReader(io.StringIO(written("csv", ROWS), newline=""))
    assert first == {
        "id": "c-1",
        "words": '\'=HYPERLINK("http://x.example")',
        "low": "",
        "high": "8000000",
        "rate": "-3.5",
    }
    assert second["words"] == "40 | 50\n<b>" and second["low"] == "2.5"


@given(st.text(max_size=20))
def test_no_cell_starts_as_a_formula(words: str) -> None:
    cell = list(csv.reader(io.StringIO(written("csv", [{"a": words}]), newline="")))[1:]
    assert not any(each[0].lstrip(" \n").startswith(FORMULA) for each in cell if each)


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1"])
def test_every_start_of_a_formula_is_guarded(start: str) -> None:
    assert written("csv", [{"a": start}]).splitlines()[1].lstrip('"').startswith("'")


def test_json_lines_round_trip() -> None:
    assert [json.loads(line) for line in written("jsonl", ROWS).splitlines()] == ROWS


def test_markdown_is_one_line_a_row() -> None:
    lines = written("md", ROWS).splitlines()
    assert len(lines) == 4 and lines[1] == "| --- | --- | --- | --- | --- |"
    assert lines[3] == "| c-2 | 40 \\| 50 \\<b\\> | 2.5 |  | 0 |"


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_nothing_to_write_is_nothing(form: str) -> None:
    assert written(form, []) == ""


def test_the_tables_are_those_that_are_documented() -> None:
    assert set(TABLES) == {
        "reports",
        "attributions",
        "sources",
        "claims",
        "claim_mentions",
        "origins",
        "relations",
        "reviews",
    }
