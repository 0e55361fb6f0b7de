"""The index by which a ledger finds the reports worth comparing with one."""

import datetime
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.ledgers import neighbours as index
from reportedly.ledgers.opening import open_file
from reportedly.model import Findings, Options, Report

WRECK = (
    "The trawler Kestrel Dawn went down off Port Ansel in a gale and seven of her crew were taken from the water by "
    "the lifeboat of Marrow Bay. The harbour master, Odile Tarn, said that the skipper and two others were missing."
)
MARKET = (
    "Grain fetched more at the Velm exchange after the dry weeks in the valley, and millers laid in stocks for winter."
)


def finding(text: str, day: int | None) -> Findings:
    date = datetime.date(2031, 5, 1) + datetime.timedelta(days=day) if day is not None else None
    return Findings(report=Report(id="r", text=text, text_sha256="", original_sha256="", name="r", published=date))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_file(tmp_path / "l.db")
    opened.execute("PRAGMA foreign_keys = OFF")  # the index alone
    yield opened
    opened.close()


def kept(db: sqlite3.Connection, *days: int | None, text: str = WRECK) -> None:
    for seq, day in enumerate(days, 1):
        index.write_keys(db, seq, index.keyed(finding(text, day)))


def found(db: sqlite3.Connection, day: int | None, text: str = WRECK) -> set[int]:
    return set(index.Index(db).neighbours(index.keyed(finding(text, day)), Options()))


def test_a_dated_report_finds_those_of_its_time_and_the_undated(db: sqlite3.Connection) -> None:
    kept(db, 0, 14, 20, 34, 35, None)
    assert found(db, 20) == {2, 3, 4, 6}
    assert found(db, None) == {1, 2, 3, 4, 5, 6}


def test_what_shares_nothing_is_no_neighbour(db: sqlite3.Connection) -> None:
    kept(db, 0, 1, text=MARKET)
    assert not found(db, 1)


def test_of_very_many_the_nearest_in_time_are_looked_at(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "LOOKED", 3)
    kept(db, *range(10))
    assert found(db, 5) == {5, 6, 7}


@pytest.mark.parametrize("hashed", [0, index.HASHED])
def test_what_others_write_is_found_and_what_they_take_out_is_not(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, hashed: int
) -> None:
    monkeypatch.setattr(index, "HASHED", hashed)
    held, own = index.Index(db), index.keyed(finding(WRECK, 5))
    for seq, text in enumerate([WRECK, MARKET] * 20, 1):
        index.write_keys(db, seq, index.keyed(finding(text, 5)))
        assert set(held.neighbours(own, Options())) == set(range(1, seq + 1, 2))
    index.drop_keys(db, 3)
    index.write_keys(db, 1, index.keyed(finding(MARKET, 5)))
    assert set(held.neighbours(own, Options())) == set(range(5, 40, 2))
    assert set(held.neighbours(index.keyed(finding(MARKET, 5)), Options())) == {1, *range(2, 41, 2)}


def test_one_without_a_gist_is_compared(db: sqlite3.Connection) -> None:
    kept(db, 0)
    db.execute("DELETE FROM gists")
    assert found(db, 1) == {1}
