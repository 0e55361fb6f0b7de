"""A ledger keeps what was found, adds nothing twice, forgets nothing by accident, and checks itself."""

import datetime
import random
import sqlite3
import struct
import zlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from reportedly.errors import LedgerError, UsageError
from reportedly.ledgers import Filters, Ledger, neighbours, verify
from reportedly.ledgers import questions as ask
from reportedly.ledgers.searching import expand
from reportedly.model import (
    Attribution,
    Claim,
    Findings,
    Options,
    Quantity,
    Quotation,
    Report,
    Source,
    Span,
    encode,
    identify,
)
from reportedly.readers import Hints, Reading, compose

DAY = datetime.date(2031, 5, 3)
TEXT = (
    "The Orla river burst its banks in the old town of Halden on Friday and flooded four hundred houses.\n"
    "At least 12 people were killed when the river flooded the market street, Governor Petra Vane said.\n"
    "“The water came within minutes and nobody had time to leave,” Vane told reporters at the bridge."
)
ELSEWHERE = (
    "A dam gave way above Quarn after weeks of rain in the hills and flooded four hundred houses, the mayor told radio."
)
VANE = Source(id="s-vane", name="Petra Vane", kind="government", naming="named", aliases=("the governor",))


def reading(text: str = TEXT, outlet: str | None = "Coast Daily", *, url: str | None = None, name: str = "a.txt",
            published: datetime.date | None = DAY, location: str | None = None) -> Reading:  # fmt: skip
    hints = Hints(outlet=outlet, published=published, url=url)
    return Reading(report=compose(text, name, hints), original=text.encode(), location=location)


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def found(report: Report, options: Options = Options()) -> Findings:
    """Findings made by hand: who said that how many were killed, and one claim in the outlet's own voice."""
    text, outlet = report.text, report.outlet or "unknown"
    house = Source(id=identify("source", outlet), name=outlet, kind="outlet", naming="named")
    claims: list[Claim] = []
    attributions: list[Attribution] = []
    if "flooded four hundred" in text:
        at = span(text, "flooded four hundred houses")
        claims.append(
            Claim(id=identify("claim", report.id, at), report=report.id, evidence=at, event="flood", item="houses")
        )
    for words in ("At least 12 people were killed", "At least 19 people were killed"):
        if words in text:
            at, number = span(text, words), float(words[9:11])
            attribution = Attribution(
                id=identify("attribution", report.id, at), report=report.id, content=(at,),
                source=span(text, "Governor Petra Vane"), cue=span(text, "said"),
                source_id=VANE.id, chain=(house.id, VANE.id),
            )  # fmt: skip
            figure = Quantity(
                low=number, high=None, bound="at_least", span=span(text, words[:11]), unit="person", item="people"
            )
            claims.append(Claim(id=identify("claim", report.id, at), report=report.id, evidence=at, event="death",
                                attribution=attribution.id, quantity=figure, item="people"))  # fmt: skip
            attributions.append(attribution)
    quotations = tuple(Quotation(span=Span(i, text.index("”", i) + 1)) for i, char in enumerate(text) if char == "“")
    return Findings(report=report, attributions=tuple(attributions), sources=(house, VANE), claims=tuple(claims),
                    quotations=quotations, made_by="hand")  # fmt: skip


def keep(ledger: Ledger, *readings: Reading) -> list[str]:
    return [ledger.add(each, found(each.report)) for each in readings]


def claim_of(ledger: Ledger, report: str, event: str = "death") -> str:
    return next(claim.id for claim in ledger.findings(report).claims if claim.event == event)


def faults(ledger: Ledger) -> list[str]:
    return [problem.what for problem in verify(ledger)]


def content(ledger: Ledger) -> dict[str, object]:
    """All that a ledger says, without what depends on when it was asked or told."""
    tables = ("originals", "sources", "attributions")
    rows = {t: sorted(map(tuple, ledger.db.execute(f"SELECT * FROM {t}"))) for t in tables}
    named = (  # reports by their ids: their numbers are those of their arrival
        "SELECT x.id, y.id, l.id, l.kind, stance, a, b, strength, reason, rest FROM links l"
        " JOIN reports x ON x.seq = a_report JOIN reports y ON y.seq = b_report"
    )
    rows["links"] = sorted(map(tuple, ledger.db.execute(named)))
    return {**rows, "groups": encode(ledger.groups()), "reports": sorted(ledger.report_ids())}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "l.db")


# --- in and out again


def test_what_is_kept_comes_back_whole(ledger: Ledger) -> None:
    one = reading()
    findings = found(one.report)
    assert ledger.add(one, findings) == "new"
    assert ledger.findings(one.report.id) == findings and ledger.original(one.report.id) == TEXT.encode()
    assert faults(ledger) == []


def test_reading_twice_adds_nothing(ledger: Ledger) -> None:
    one, two = reading(location="/x/a.txt"), reading(outlet="Post", location="/x/b.txt")
    keep(ledger, one, two)
    before = content(ledger)
    assert keep(ledger, one, two, one) == ["known", "known", "known"]
    assert content(ledger) == before and ledger.db.execute("SELECT count(*) FROM captures").fetchone()[0] == 2


def test_the_same_text_elsewhere_is_another_capture(ledger: Ledger) -> None:
    keep(ledger, reading(location="/x/a.txt"))
    assert keep(ledger, reading(location="/y/a.txt")) == ["known"]
    assert [capture["location"] for capture in ask.show(ledger, ledger.report_ids()[0])["captures"]] == [
        "/x/a.txt",
        "/y/a.txt",
    ]


def test_the_same_text_in_another_outlet_is_another_report(ledger: Ledger) -> None:
    assert keep(ledger, reading(), reading(outlet="Harbour Post")) == ["new", "new"]
    groups = ledger.groups()
    assert len(groups.stories) == 1 and len(groups.stories[0].members) == 2
    assert max(len(group.members) for group in groups.claim_groups) == 2
    assert all(group.high == 1 for group in groups.claim_groups)


@pytest.mark.parametrize("kind", [{"url": "https://coast.example/1"}, {"location": "/x/a.txt"}])
def test_the_newer_version_of_an_address_counts(ledger: Ledger, kind: dict[str, str]) -> None:
    old, new = reading(**kind), reading(TEXT.replace("12 people", "19 people"), **kind)  # type: ignore[arg-type]
    assert keep(ledger, old, new) == ["new", "version"]
    assert ledger.report_ids() == [new.report.id] and ask.show(ledger, new.report.id)["versions"] == [old.report.id]
    assert {claim for group in ledger.groups().claim_groups for claim in group.members} == {
        c.id for c in found(new.report).claims
    }
    assert ledger.original(old.report.id) == TEXT.encode()


def test_a_dated_version_counts_whatever_came_first(ledger: Ledger) -> None:
    url = "https://coast.example/1"
    new = reading(TEXT + " More.", url=url, published=DAY + datetime.timedelta(days=1))
    keep(ledger, new, reading(url=url))
    assert ledger.report_ids() == [new.report.id]


def test_the_same_file_name_in_two_folders_is_two_reports(ledger: Ledger) -> None:
    keep(ledger, reading(location="/x/a.txt"), reading(TEXT + " More.", location="/y/a.txt"))
    assert len(ledger.report_ids()) == 2


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_arrival_changes_nothing(tmp_path: Path, seed: int) -> None:
    other = TEXT.replace("12 people", "19 people").replace("within minutes", "in seconds")
    readings = [reading(), reading(outlet="Post"), reading(other, "Wire"), reading(other, "Radio", published=None),
                reading("A fire broke out at the mill in Quarn on Monday, the army said.", "Post")]  # fmt: skip
    first, second = Ledger(tmp_path / "1.db"), Ledger(tmp_path / "2.db")
    keep(first, *readings)
    random.Random(seed).shuffle(readings)
    keep(second, *readings)
    assert content(first) == content(second) and len(first.db.execute("SELECT 1 FROM links").fetchall()) > 4


def test_asking_between_additions_changes_nothing(tmp_path: Path) -> None:
    readings = [reading(), reading(outlet="Post"), reading(TEXT.replace("12", "19"), "Wire")]
    first, second = Ledger(tmp_path / "1.db"), Ledger(tmp_path / "2.db")
    keep(first, *readings)
    for each in readings:
        keep(second, each)
        second.groups()
    assert content(first) == content(second) and faults(second) == []


# --- removal and edits


def test_removal_leaves_a_tombstone(ledger: Ledger) -> None:
    one, two = reading(), reading(outlet="Post")
    keep(ledger, one, two)
    made = ledger.remove(one.report.id, "Kim Lee", "asked for by the outlet")
    assert ledger.report_ids() == [two.report.id] and keep(ledger, one) == ["removed"] and faults(ledger) == []
    assert ledger.db.execute("SELECT count(*) FROM links WHERE a_report <> b_report").fetchone()[0] == 0
    ledger.undo(made.id, "Kim Lee", "", found)
    assert keep(ledger, one) == ["new"]


def test_removal_takes_bytes_that_nobody_needs(ledger: Ledger) -> None:
    one, two = reading(), reading(outlet="Post")
    keep(ledger, one, two)
    for report, left in ((one, 1), (two, 0)):
        ledger.remove(report.report.id, "a", "b")
        assert ledger.db.execute("SELECT count(*) FROM originals").fetchone()[0] == left


def test_an_edit_is_read_again_and_can_be_undone(ledger: Ledger) -> None:
    one = reading(published=None)
    keep(ledger, one)
    seen: list[datetime.date | None] = []

    def analyse(report: Report, options: Options) -> Findings:
        seen.append(report.published)
        return found(report)

    made = ledger.edit(one.report.id, {"published": "2031-05-04", "outlet": "Post"}, "Kim", "masthead", analyse)
    report = ledger.findings(one.report.id).report
    assert (report.published, report.outlet, report.id) == (datetime.date(2031, 5, 4), "Post", one.report.id)
    assert ledger.recapture(one) == "known"
    ledger.undo(made[0].id, "Kim", "", analyse)
    assert ledger.findings(one.report.id).report.published is None and seen == [datetime.date(2031, 5, 4), None]
    assert ledger.findings(one.report.id).report.outlet == "Post" and faults(ledger) == []


def test_an_edited_address_makes_versions(ledger: Ledger) -> None:
    one, two = reading(url="https://coast.example/1"), reading(TEXT + " More.", url="https://coast.example/2")
    keep(ledger, one, two)
    ledger.edit(one.report.id, {"url": "https://coast.example/2"}, "Kim", "", found)
    assert ledger.report_ids() == [two.report.id]


# --- judgements


def test_a_rejected_claim_counts_no_more_until_undone(ledger: Ledger) -> None:
    one, two = reading(), reading(outlet="Post")
    keep(ledger, one, two)
    claim = claim_of(ledger, one.report.id)
    made = ledger.judge("reject", (claim,), "Kim", "no figure", None, None)
    assert claim not in {c for group in ledger.groups().claim_groups for c in group.members} and faults(ledger) == []
    ledger.undo(made.id, "Kim", "", found)
    assert any({claim, claim_of(ledger, two.report.id)} <= set(group.members) for group in ledger.groups().claim_groups)


def test_a_correction_is_compared_anew(ledger: Ledger) -> None:
    one, two = reading(), reading(outlet="Post")
    keep(ledger, one, two)
    claim = claim_of(ledger, one.report.id)
    ledger.judge("correct", (claim,), "Kim", "misread", "quantity", '{"low": 70}')
    view = next(m for g in ask.claims(ledger, Filters()) for m in g["mentions"] if m["id"] == claim)
    assert view["quantity"]["low"] == 70 and view["quantity"]["text"] == "At least 12"
    assert ledger.findings_as_read(one.report.id) == found(one.report) and faults(ledger) == []
    low = ledger.db.execute("SELECT low FROM claims WHERE id = ?", (claim,)).fetchone()[0]
    assert low == 70


@pytest.mark.parametrize(
    ("field", "value"), [("quantity", '"many"'), ("factuality", '"true"'), ("evidence", "{}"), ("colour", "1")]
)
def test_a_correction_that_does_not_fit_is_not_stored(ledger: Ledger, field: str, value: str) -> None:
    one = reading()
    keep(ledger, one)
    with pytest.raises(UsageError):
        ledger.judge("correct", (claim_of(ledger, one.report.id),), "Kim", "", field, value)
    assert ledger.judgements() == []


def test_split_and_merge_hold_against_the_program(ledger: Ledger) -> None:
    one, two, far = (
        reading(),
        reading(outlet="Post"),
        reading(ELSEWHERE, "Wire"),
    )
    keep(ledger, one, two, far)
    a, b = claim_of(ledger, one.report.id), claim_of(ledger, two.report.id)
    split = ledger.judge("split", (a, b), "Kim", "two counts", "claim", None)
    assert not any({a, b} <= set(group.members) for group in ledger.groups().claim_groups)
    ledger.undo(split.id, "Kim", "", found)
    assert any({a, b} <= set(group.members) for group in ledger.groups().claim_groups)
    other = claim_of(ledger, far.report.id, "flood")
    ledger.judge("merge", (a, other), "Kim", "", "claim", None)
    assert any({a, other} <= set(group.members) for group in ledger.groups().claim_groups) and faults(ledger) == []


def test_judgements_are_tied_again_by_their_words(ledger: Ledger) -> None:
    one = reading()
    keep(ledger, one)
    claim = claim_of(ledger, one.report.id)
    ledger.judge("reject", (claim,), "Kim", "", None, None)

    def narrower(report: Report, options: Options) -> Findings:
        findings = found(report)
        cut = [
            replace(c, evidence=replace(c.evidence, start=c.evidence.start + 9), id=f"c-new-{c.event}")
            for c in findings.claims
        ]
        return replace(findings, claims=tuple(cut))

    ledger.reread(one.report.id, narrower)
    assert [c.id for c in ledger.findings(one.report.id).claims] == ["c-new-flood"]
    ledger.reread(one.report.id, lambda report, options: replace(found(report), claims=()))
    assert ledger.hanging() and any("hangs" in fault for fault in faults(ledger))


def test_judgements_survive_a_new_opening(ledger: Ledger, tmp_path: Path) -> None:
    keep(ledger, reading())
    made = ledger.judge("grade", (VANE.id,), "Kim", "track record", "reliability", '"B"')
    ledger.close()
    again = Ledger(tmp_path / "l.db")
    assert (
        again.judgements() == [made] and next(s for s in ask.sources(again) if s["id"] == VANE.id)["reliability"] == "B"
    )


def test_what_is_not_there_cannot_be_judged(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="no such claim"):
        ledger.judge("confirm", ("c-none",), "Kim", "", None, None)


# --- questions


def test_filters_choose_groups(ledger: Ledger) -> None:
    one, two = reading(), reading("A fire broke out in Quarn and flooded four hundred houses.", "Wire", published=None)
    keep(ledger, one, two)

    def events(**given: object) -> list[str]:
        return sorted(group["event"] for group in ask.claims(ledger, Filters(**given)))  # type: ignore[arg-type]

    assert events() == ["death", "flood", "flood"] or events() == ["death", "flood"]
    assert events(with_quantity=True) == events(source="Petra") == events(source="the governor") == ["death"]
    assert events(source_kind="government") == events(event="death") == events(about="people KILLED") == ["death"]
    assert events(source="Wire") == ["flood"] and events(about='kill* OR "') == []
    assert "death" in events(since=DAY, until=DAY) and events(since=DAY + datetime.timedelta(days=1)) == []
    assert events(min_origins=2) == [] and events(only_unnamed=True) == []


def test_only_unnamed_finds_what_rests_on_unnamed_sources(ledger: Ledger) -> None:
    one = reading()
    findings = found(one.report)
    nobody = replace(VANE, name="officials", naming="unnamed")
    ledger.add(one, replace(findings, sources=(findings.sources[0], nobody)))
    assert [group["event"] for group in ask.claims(ledger, Filters(only_unnamed=True))] == ["death"]


def test_ids_may_be_cut_short_and_reports_called_by_name(ledger: Ledger) -> None:
    one = reading(name="flood.txt")
    keep(ledger, one)
    assert expand(ledger.db, one.report.id[:8], "reports") == expand(ledger.db, "flood.txt", "reports") == one.report.id
    with pytest.raises(UsageError, match="no report is called so"):
        expand(ledger.db, "r-zzzz", "reports")
    with pytest.raises(UsageError):
        expand(ledger.db, "", "reports")


def test_full_text_is_found_and_hostile_queries_do_no_harm(ledger: Ledger) -> None:
    keep(ledger, reading())
    assert len(ask.reports(ledger, Filters(about="market street flooding"))) == 1
    for words in ('"', "a OR b NOT", "') DROP TABLE reports; --", "NEAR(x y)", "title:x*"):
        try:
            ask.reports(ledger, Filters(about=words))
        except UsageError as error:
            assert "no word" in str(error)
    assert ledger.report_ids()


# --- the file


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    Ledger(tmp_path / "l.db").close()
    with sqlite3.connect(tmp_path / "l.db") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LedgerError, match="format 99, this program knows 4"):
        Ledger(tmp_path / "l.db")


def test_a_ledger_of_before_the_first_release_is_left_as_it_is(tmp_path: Path) -> None:
    Ledger(tmp_path / "l.db").close()
    with sqlite3.connect(tmp_path / "l.db") as db:
        db.execute("PRAGMA user_version = 1")
    db.close()
    with pytest.raises(LedgerError, match="read the reports into a new ledger"):
        Ledger(tmp_path / "l.db")
    assert [path.name for path in tmp_path.glob("l.db*")] == ["l.db"]


def test_a_report_that_is_read_again_keeps_its_links_to_more_than_the_nearest(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "NEAR", 1)
    keep(ledger, *(reading(TEXT.replace("Friday", day), f"Paper of {day}") for day in ("Monday", "Tuesday", "Friday")))
    for report in ledger.report_ids():
        before = ledger.links_between(ledger.report_ids())
        ledger.reread(report, found)
        assert set(before) <= set(ledger.links_between(ledger.report_ids()))


def test_an_older_ledger_is_copied_then_migrated(tmp_path: Path) -> None:
    first = Ledger(tmp_path / "l.db")
    assert keep(first, reading()) == ["new"]
    (old,) = first.report_ids()
    first.close()
    _as_in_format_2(tmp_path / "l.db")
    again = Ledger(tmp_path / "l.db")
    assert again.db.execute("PRAGMA user_version").fetchone()[0] == 4 and again.report_ids() == [old]
    keep(again, reading(TEXT.replace("Friday", "Thursday"), "Harbour Post"))
    assert any(link.kind == "story" for link in again.links_between(again.report_ids()))
    again.close()
    copy = sqlite3.connect(tmp_path / "l.db.format-2")
    assert copy.execute("SELECT count(*) FROM reports").fetchone()[0] == 1
    assert copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'gists'").fetchone()[0] == 0
    copy.close()


def _as_in_format_2(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute(
            "CREATE TABLE neighbours (key INTEGER NOT NULL, day INTEGER NOT NULL, report INTEGER NOT NULL,"
            " PRIMARY KEY (key, day, report)) WITHOUT ROWID"
        )
        for report, day, keys in db.execute("SELECT report, day, keys FROM keyed").fetchall():
            rows = [(key, day, report) for key, _ in struct.iter_unpack("<qH", keys)]
            assert rows
            db.executemany("INSERT INTO neighbours VALUES (?, ?, ?)", rows)
        db.executescript("DROP TABLE gists; DROP TABLE keyed; PRAGMA user_version = 2")
    db.close()


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be taken for one", b"SQLite format 3\x00" + b"\x01" * 200]
)
def test_what_is_no_ledger_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger(tmp_path / "x.db")
    assert (tmp_path / "x.db").read_bytes() == content


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "x.db")
    db.execute("CREATE TABLE mine (a)")
    db.close()
    with pytest.raises(LedgerError, match="something else"):
        Ledger(tmp_path / "x.db")


def test_a_missing_ledger_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger(tmp_path / "none.db", make=False)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE reports SET text = replace(text, 'Halden', 'Holden')", "not the one that was read"),
        ("UPDATE originals SET bytes = x'00'", "not what was read"),
        ("DELETE FROM claims WHERE event = 'death'", "filter rows in claims"),
        (
            "UPDATE groups SET record = packed(replace(unpacked(record), '\"high\":1', '\"high\":2'))",
            "not what their links say",
        ),
        ("UPDATE groups SET record = x'00'", "not what their links say"),
        ("UPDATE reports SET findings = json_set(findings, '$.claims[0].evidence.end', 9999)", "lies outside the text"),
        ("UPDATE reports SET findings = json_set(findings, '$.claims[1].attribution', 'a-x')", "which is missing"),
        ("UPDATE reports SET findings = json_set(findings, '$.attributions[0].source_id', 's-x')", "which is missing"),
        ("UPDATE reports SET findings = '{'", "cannot be read"),
        ("UPDATE links SET b = 'z-none' WHERE kind = 'claim'", "joins what is missing"),
    ],
)
def test_verify_finds_every_damage(ledger: Ledger, damage: str, words: str) -> None:
    keep(ledger, reading(), reading(outlet="Post"))
    ledger.groups()
    assert faults(ledger) == []
    ledger.db.create_function("packed", 1, lambda text: zlib.compress(text.encode()))
    ledger.db.create_function("unpacked", 1, lambda packed: zlib.decompress(packed).decode())
    ledger.db.execute(damage)
    assert any(words in fault for fault in faults(ledger)), faults(ledger)


def test_a_failed_addition_leaves_nothing(ledger: Ledger) -> None:
    keep(ledger, reading(outlet="Post"))
    before = content(ledger)
    bad = reading()
    twice = replace(found(bad.report), claims=found(bad.report).claims * 2)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.add(bad, twice)
    assert content(ledger) == before and faults(ledger) == []


def test_two_at_once_do_not_disturb_each_other(ledger: Ledger, tmp_path: Path) -> None:
    other = Ledger(tmp_path / "l.db")
    keep(ledger, reading())
    keep(other, reading(outlet="Post"))
    assert sorted(ledger.report_ids()) == sorted(other.report_ids()) and faults(ledger) == faults(other) == []


def test_the_options_of_a_reading_are_kept(ledger: Ledger, tmp_path: Path) -> None:
    ledger.keep_options(Options(reading="rules", story_days=3))
    assert Ledger(tmp_path / "l.db").options == Options(reading="rules", story_days=3)


# --- what is new


def test_a_copy_is_no_news_and_a_new_origin_is(ledger: Ledger) -> None:
    from reportedly.ledgers.changes import changes

    keep(ledger, reading())
    ledger.db.execute("UPDATE captures SET captured = '2031-05-03T00:00:00+00:00'")
    since = datetime.datetime(2031, 6, 1, tzinfo=datetime.UTC)
    assert not any(changes(ledger, since, Filters()).values())
    ledger.db.execute("UPDATE captures SET captured = '2031-05-03T00:00:00+00:00'")
    keep(ledger, reading(outlet="Post"), reading(ELSEWHERE, "Wire"))
    ledger.db.execute("UPDATE captures SET captured = '2031-07-01T00:00:00+00:00' WHERE captured NOT LIKE '2031-05%'")
    news = changes(ledger, since, Filters())
    outlets = {m["outlet"] for group in news["new claims"] for m in group["mentions"]}
    assert outlets == {"Wire"} and news["new independent origins"] == []


def test_a_version_and_a_judgement_are_news(ledger: Ledger) -> None:
    from reportedly.ledgers.changes import changes

    since = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    one = reading(url="https://coast.example/1")
    new = reading(TEXT.replace("12 people", "19 people"), url="https://coast.example/1")
    keep(ledger, one, new)
    ledger.judge("confirm", (claim_of(ledger, new.report.id),), "Kim", "", None, None)
    news = changes(ledger, since, Filters())
    assert news["new versions"][0]["versions"] == [one.report.id] and news["judgements"][0]["act"] == "confirm"
