"""What pages show while a ledger changes: put right story by story, and the same as a whole count says."""

import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportedly.ledgers import Filters, Ledger, changes, finding, grouping, searching, verify
from reportedly.model import ClaimGroup, Conflict
from reportedly.pipeline import analyse
from reportedly.readers import Hints, Reading, compose
from reportedly.web import board as boards
from reportedly.web.application import application
from reportedly.web.board import Board
from reportedly.web.counting import Counted, clashes
from tests.test_web import EXAMPLES, OURS, PAGES, filled

TEXT = "KESTO, June 3 — The port authority said on Tuesday that at least 14 boats sank in the storm."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "own.db", "0[14679]*.txt")


@pytest.fixture
def board(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    """A board that puts right what changed and never counts beside the pages by itself."""
    monkeypatch.setattr(boards, "AT_ONCE", -1.0)
    monkeypatch.setattr(Board, "_beside", lambda self: None)
    found = Board(path).fresh()
    yield found
    found.close()


def whole(path: Path) -> Counted:
    with Ledger(path, make=False) as ledger:
        return Counted(ledger)


def same(board: Board, other: Counted) -> None:
    own = board.counted
    assert own.groups == other.groups
    assert own.conflicts == other.conflicts
    assert own.clashes == other.clashes
    assert own.stories == other.stories
    assert own.waiting == other.waiting
    assert own.unnamed == other.unnamed
    assert own.home == other.home
    assert own.story == other.story
    assert own.by_claim.found(range(10_000)) == own.groups
    assert own.by_report.found(range(10_000)) == own.stories
    told_by_number(board)


def told_by_number(board: Board) -> None:
    """What is found by numbers is what is found by names."""
    for filters in (Filters(about="houses"), Filters(with_quantity=True), Filters(source="Vane")):
        assert board.claim_groups(filters) == board.groups_of(searching.claim_ids(board.ledger.db, filters))
    some = board.ledger.report_ids()[::2]
    assert board.groups_in(some) == board.groups_of(changes.claims_of(board.ledger, some))
    named = searching.report_ids(board.ledger.db, Filters(about="houses"))
    stories = {board.counted.story[report] for report in named if report in board.counted.story}
    assert set(board.stories_of(finding.passages(board.ledger.db, "houses", 1).all)) == stories


def added(path: Path) -> str:
    report = compose(TEXT, "storm", Hints(outlet="Coast Daily"))
    with Ledger(path, make=False) as ledger:
        ledger.add(Reading(report=report, original=TEXT.encode()), analyse(report, ledger.options))
    return report.id


@pytest.mark.parametrize("act", ["confirm", "reject", "split", "merge"])
def test_what_is_put_right_is_what_a_whole_count_says(board: Board, path: Path, act: str) -> None:
    group = next(group for group in board.groups if len(group.members) > 1)
    items = group.members[:2] if act in ("split", "merge") else group.members[:1]
    before = list(board.groups)
    with Ledger(path, make=False) as ledger:
        ledger.judge(act, items, "ana", "why", "claim" if len(items) > 1 else None, None)  # type: ignore[arg-type]
    same(board.fresh(), whole(path))
    assert act in ("confirm", "merge") or board.groups != before


def test_a_correction_is_seen_at_once(board: Board, path: Path) -> None:
    claim = next(claim for claim in board.counted.waiting if board.mentions([claim])[claim]["quantity"])
    with Ledger(path, make=False) as ledger:
        ledger.judge("correct", (claim,), "ana", "", "quantity", "null")
    assert board.fresh().mentions([claim])[claim]["quantity"] is None
    same(board, whole(path))


def test_a_new_report_stands_alone_until_it_is_counted(board: Board, path: Path) -> None:
    report = added(path)
    assert board.fresh().story_of(report) == (report,)
    assert board.lags
    assert report in {mention["report"] for mention in board.mentions(board.counted.home).values()}
    board._recount()
    same(board.fresh(), whole(path))


def test_what_filters_found_is_not_kept_beyond_a_change(board: Board, path: Path) -> None:
    filters = Filters(with_quantity=True)
    before = board.claim_groups(filters)
    assert board.fresh().claim_groups(filters) is before
    added(path)
    assert len(board.fresh().claim_groups(filters)) == len(before) + 1


def test_a_removed_report_is_gone(board: Board, path: Path) -> None:
    report = board.stories[0][0]
    gone = {row["id"] for row in board.ledger.db.execute("SELECT id FROM claims WHERE report = ?", (report,))}
    with Ledger(path, make=False) as ledger:
        ledger.remove(report, "ana", "asked for")
    board.fresh()
    assert gone
    assert gone.isdisjoint(board.counted.home)
    assert report not in board.counted.story
    assert all(report not in members for members in board.stories)


def test_many_changes_wait_for_the_count(board: Board, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "PATCHED", 0)
    report = added(path)
    assert report not in board.fresh().counted.story
    assert not board.counted.numbered  # numbers may be given again: what is found goes by names until then
    told_by_number(board)
    claim = board.ledger.db.execute("SELECT id FROM claims WHERE report = ?", (report,)).fetchone()["id"]
    assert claim in board.group_of(claim).members  # asked for by name, it is put right all the same
    board._recount()
    same(board.fresh(), whole(path))


def test_a_count_is_kept_in_the_ledger_and_checked(path: Path) -> None:
    with Ledger(path, make=False) as ledger:
        assert grouping.components(ledger) == grouping.components(ledger) == grouping.computed_components(ledger)
        assert list(verify(ledger)) == []
        with ledger.writing() as db:
            db.execute("UPDATE groups SET record = ? WHERE component = ?", (zlib.compress(b"[]"), grouping.ALL))
        assert any("stories" in problem.what for problem in verify(ledger))


def test_a_board_begins_with_the_count_that_the_ledger_keeps(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = whole(path)
    monkeypatch.setattr(grouping, "computed", lambda *given: pytest.fail("counted though it was kept"))
    board = Board(path).fresh()
    same(board, counted)
    assert not board.lags
    board.close()


def test_a_kept_count_is_shown_while_a_whole_one_comes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = whole(path)
    rejected = next(group for group in before.groups if len(group.members) > 1).members[0]
    with Ledger(path, make=False) as ledger:
        ledger.judge("reject", (rejected,), "ana", "", None, None)
    report = added(path)
    monkeypatch.setattr(boards, "AT_ONCE", -1.0)
    monkeypatch.setattr(boards, "PATCHED", 0)
    monkeypatch.setattr(Board, "_beside", lambda self: None)
    board = Board(path).fresh()
    assert board.behind
    assert report not in board.counted.story
    assert 0 < len(board.groups) <= len(before.groups)
    assert rejected not in board.counted.home
    assert all(view["mentions"] for view in board.shown(board.groups))
    board._recount()
    same(board.fresh(), whole(path))
    board.close()


def test_a_damaged_or_short_count_is_not_shown(path: Path) -> None:
    with Ledger(path, make=False) as ledger:
        counted = Counted(ledger)
        with ledger.writing() as db:
            db.execute("UPDATE groups SET record = x'00' WHERE component <> ?", (grouping.ALL,))
        assert grouping.kept(ledger) == {}
    board = Board(path).fresh()
    same(board, counted)
    board.close()


def test_pages_say_that_the_ledger_is_being_counted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, count = threading.Event(), Board._count

    def slow(board: Board, ledger: Ledger) -> Counted:
        assert go_on.wait(30)
        return count(board, ledger)

    monkeypatch.setattr(Board, "_count", slow)
    monkeypatch.setattr("reportedly.web.application.LONGEST", 0.01)
    with TestClient(application(path, user="ana", warm=True), base_url="http://localhost", headers=OURS) as client:
        waiting = client.get("/claims?about=flood")
        assert waiting.status_code == 202
        assert 'hx-get="/claims?about=flood"' in waiting.text
        report = client.get("/reports.json").json()[0]["id"]
        assert {client.get(page).status_code for page in ("/reports", f"/reports/{report}", "/audit", "/add")} == {200}
        threading.Timer(0.2, go_on.set).start()
        assert client.get("/claims.json").json()  # data is never half: it waits
        assert client.get("/claims?about=flood").status_code == 200


def test_what_a_judgement_needs_is_loaded_before_somebody_judges(path: Path) -> None:
    words = f"""
import pathlib, sys, time
from reportedly.web.application import application
application(pathlib.Path({str(path)!r}), user="ana")
assert "reportedly.link" not in sys.modules  # reading does without
application(pathlib.Path({str(path)!r}), user="ana", warm=True)
for _ in range(600):
    time.sleep(0.1)
    if getattr(sys.modules.get("reportedly.link"), "link", None):
        sys.exit(0)
sys.exit(1)
"""
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0


def test_two_claims_disagree_once_however_many_say_so() -> None:
    groups = [
        ClaimGroup(event="harm", members=members, origins=(), low=1, high=1, interests=(), conflicts=())
        for members in (("c-1", "c-4"), ("c-2",), ("c-3",))
    ]
    home = {claim: group for group in groups for claim in group.members}
    early = Conflict(a="c-1", b="c-2", kind="update", field="quantity")
    late = Conflict(a="c-2", b="c-4", kind="conflict", field="quantity")
    denied = Conflict(a="c-1", b="c-2", kind="conflict", field="factuality")
    drifts = [Conflict(a="c-1", b=end, kind="drift", field="quotation") for end in ("c-3", "c-4")]
    turned = [
        Conflict(a=a, b=b, kind="drift", field="quotation", text=f"the {words} came at night")
        for a, b, words in (("c-1", "c-2", "[river|water]"), ("c-2", "c-4", "[water|river]"))
    ]
    found = clashes([early, late, denied, *drifts, *turned], home)
    assert [(each.kind, each.field, each.pairs) for each in found] == [
        ("conflict", "factuality", (denied,)),
        ("conflict", "quantity", (late, early)),
        ("drift", "quotation", tuple(turned)),
        ("drift", "quotation", (drifts[0],)),
        ("drift", "quotation", (drifts[1],)),
    ]


def test_no_page_shows_two_claims_as_conflict_and_as_update(tmp_path: Path) -> None:
    path = filled(tmp_path / "own.db", "*-flood.[th]*", str(EXAMPLES.parent / "lexicon"))
    with TestClient(application(path, user="ana"), base_url="http://localhost", headers=OURS) as client:
        pairs = client.get("/conflicts.json").json()
        home = {m["id"]: n for n, g in enumerate(client.get("/claims.json").json()) for m in g["mentions"]}
        kinds: dict[tuple[int, int, str], set[str]] = {}
        for pair in pairs:
            ends = sorted((home[pair["a"]["id"]], home[pair["b"]["id"]]))
            kinds.setdefault((ends[0], ends[1], pair["field"]), set()).add(pair["kind"])
        assert {"conflict", "update"} in kinds.values()  # mentions of two claims do both; the page says it once
        page = client.get("/conflicts").text
        assert page.count('<article class="conflict') == len(kinds)
        assert page.count("May be an earlier and a later figure") == sum(len(each) > 1 for each in kinds.values())
        mixed = next(pair for pair in pairs if pair["kind"] == "update" and "52" in str(pair["text"]))
        assert client.get(f"/claims/{mixed['a']['id']}").text.count('<article class="conflict') == 1


def test_pages_do_not_wait_for_a_writer(path: Path) -> None:
    with TestClient(application(path, user="ana"), base_url="http://localhost", headers=OURS) as client:
        client.get("/")
        added(path)
        with Ledger(path, make=False) as ledger, ledger.writing() as db:
            db.execute("UPDATE reports SET touched = touched")
            start = time.monotonic()
            assert {client.get(page).status_code for page in (*PAGES, "/search?q=flood")} == {200}
            assert time.monotonic() - start < 20  # a writer is waited for longer than that
