"""The commands: what they print, their JSON, their exit codes, and what they do with bad input."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from reportedly.cli import main

BUREAU = (
    "BELDEN, June 6 (Hill Wire) — Ardovia has shipped as many as 3 million mortar rounds and rockets to Quessland, "
    "said Ilse Brandt, a senior researcher at the Coastal Institute.\n"
    "President Omar Teller “stressed that the new lines must be opened without any delay this year,” "
    "the state-run Ardovian Press Bureau reported.\n"
    "At least 12 people were killed in the blast in Belden on Thursday, the interior ministry said.\n"
)
RADIO = (
    "President Omar Teller “stressed that the new lines must be opened without any delay this year,” "
    "the Ardovian Press Bureau reported.\n"
    "At least 12 people were killed and 40 hurt in the blast in Belden on Thursday, the interior ministry said.\n"
    "Several officials said that Quessland may be sharing engine designs with Ardovia.\n"
)


class Ran(NamedTuple):
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """Runs commands on one ledger in one folder."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.patch, self.capture = folder, patch, capture
        patch.chdir(folder)

    def __call__(self, *words: str) -> Ran:
        self.patch.setattr(sys, "argv", ["reportedly", "--ledger", "l.db", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = self.capture.readouterr()
        assert "Traceback" not in err
        return Ran(int(stopped.value.code or 0), out, err)

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return name


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capsys)


@pytest.fixture
def run(bare: Shell) -> Shell:
    """A ledger with two reports on one happening: one dated, one without a date."""
    hill = {"id": "hill", "publisher": "Hill Wire", "published": "2031-06-06", "text": BUREAU}
    radio = {"id": "radio", "publisher": "Radio Quess", "text": RADIO}
    bare.write("r.jsonl", f"{json.dumps(hill)}\n{json.dumps(radio)}\n")
    added = bare("add", "r.jsonl", "--reading", "rules")
    assert added == Ran(0, "", "2 reports kept\n")
    return bare


# --- questions


def test_claims_print_the_promised_json(run: Shell) -> None:
    groups = run("claims", "--json").json
    assert groups
    for group in groups:
        assert list(group) == ["event", "mentions", "origins", "conflicts", "drift"]
        assert set(group["origins"]) == {"low", "high", "interests", "groups"}
        ids = {mention["id"] for mention in group["mentions"]}
        for mention in group["mentions"]:
            assert list(mention) == [
                "id", "report", "name", "outlet", "published", "said", "chain", "source", "actors", "item", "quantity",
                "period", "place", "factuality", "hedge", "evidence",
            ]  # fmt: skip
            assert mention["source"] is None or set(mention["source"]) == {"id", "name", "kind", "naming"}
            assert mention["quantity"] is None or set(mention["quantity"]) == {
                "low",
                "high",
                "approx",
                "unit",
                "item",
                "text",
            }
            text = BUREAU if mention["outlet"] == "Hill Wire" else RADIO
            assert text[mention["evidence"]["start"] : mention["evidence"]["end"]] == mention["evidence"]["text"]
            assert mention["chain"][0] == mention["outlet"]
        for origin in group["origins"]["groups"]:
            assert set(origin) == {"name", "interest", "mentions", "reasons"} and set(origin["mentions"]) <= ids
            assert all(set(reason) == {"kind", "a", "b", "text"} for reason in origin["reasons"])


def test_a_figure_is_shown_as_the_bound_it_is(run: Shell) -> None:
    said = run("claims", "--with-quantity", "--about", "mortar rounds")
    assert "<= 3,000,000" in said.out and "Hill Wire <- Ilse Brandt" in " ".join(said.out.split())
    quantity = run("claims", "--with-quantity", "--about", "mortar", "--json").json[0]["mentions"][0]["quantity"]
    assert (quantity["low"], quantity["high"], quantity["text"]) == (None, 3000000, "as many as 3 million")
    assert said.out.count("not shown to depend on each other") == 1


def test_origin_tells_chain_reasons_and_what_order_is_not_known(run: Shell) -> None:
    said = " ".join(run("origin", "--quote", "Opened without any delay").out.split())
    assert "First known to this ledger: 2031-06-06" in said and "not established (Radio Quess: no date)" in said
    found = run("origin", "--quote", "opened without any delay", "--json").json
    assert found[0]["order"]["established"] is False and len(found[0]["order"]["undated"]) >= 1
    claim = found[0]["mentions"][0]["id"]
    assert run("origin", claim[:12], "--json").json[0]["mentions"][0]["id"] in {m["id"] for m in found[0]["mentions"]}


def test_reports_and_show(run: Shell) -> None:
    assert "undated" in run("reports").out and len(run("reports", "--json").json) == 2
    assert [report["name"] for report in run("reports", "--about", "engine", "--json").json] == ["radio"]
    page = run("show", "hill")
    assert "as many as 3 million" in page.out and "dateline: BELDEN" in page.out
    shown = run("show", "hill", "--json").json
    assert (
        shown["text"] == BUREAU and shown["attributions"] and shown["captures"][0]["location"].endswith("r.jsonl#hill")
    )


def test_the_other_questions_answer(run: Shell) -> None:
    assert len(run("stories", "--json").json[0]["members"]) == 2
    assert {"id", "name", "kind", "naming"} <= set(run("sources", "--json").json[0])
    assert run("stats", "--json").json["reports"] == 2 and isinstance(run("conflicts", "--json").json, list)
    for command in ("stories", "sources", "stats", "conflicts", "claims", "reports"):
        assert run(command).code == 0


def test_an_empty_answer_says_what_was_searched(run: Shell) -> None:
    said = run("claims", "--about", "submarine", "--since", "2031-01-01").out
    assert re.search(
        r"nothing found: \d+ claims searched with --about submarine --since 2031-01-01", " ".join(said.split())
    )
    assert "1 undated" in said
    assert run("claims", "--about", "submarine", "--json").json == []


def test_hostile_text_does_not_steer_the_terminal(bare: Shell) -> None:
    bare.write(
        "x.txt",
        "Mayor \x1b[31mOmar\x1b]0;title\x07 Teller said that 12 people were killed \u202egnp.exe [red]in Belden[/red].",
    )
    assert bare("add", "x.txt", "--reading", "rules").code == 0
    for command in (("show", "x.txt"), ("claims",), ("reports",)):
        out = bare(*command).out
        assert "\x1b" not in out and "\u202e" not in out and "\x07" not in out
    assert "[red]in Belden[/red]" in bare("show", "x.txt").out


# --- reading


def test_reading_twice_adds_nothing(run: Shell) -> None:
    before = run("claims", "--json").out
    assert run("add", "r.jsonl") == Ran(0, "", "0 reports kept, 2 known already\n")
    assert run("claims", "--json").out == before


def test_one_bad_input_of_many_keeps_the_others(bare: Shell) -> None:
    bare.write("a.txt", "The mayor said that 12 people were killed.")
    (bare.folder / "b.txt").write_bytes(b"\x00\x01\x02")
    bare.write("c.jsonl", '{"text": "The army said it left."}\n{bad\n')
    ran = bare("add", "a.txt", "b.txt", "c.jsonl", "none.txt", "d.xyz", "--reading", "rules")
    assert ran.code == 1 and ran.out == ""
    lines = ran.err.splitlines()
    assert lines[-1] == "2 reports kept, 4 could not be read"
    assert [line.split(":")[1].strip() for line in lines[:-1]] == ["b.txt", "c.jsonl", "none.txt", "d.xyz"]
    assert len(bare("reports", "--json").json) == 2


def test_options_name_outlet_and_date(bare: Shell) -> None:
    bare.write("a.txt", "The mayor said that 12 people were killed on Friday.")
    bare(
        "add",
        "a.txt",
        "--outlet",
        "Hill Wire",
        "--published",
        "2031-06-06",
        "--url",
        "https://h.example/1",
        "--reading",
        "rules",
    )
    report = bare("reports", "--json").json[0]
    assert (report["outlet"], report["published"], report["url"]) == ("Hill Wire", "2031-06-06", "https://h.example/1")


def test_workers_give_the_same_ledger(run: Shell) -> None:
    one = run("claims", "--json").out
    (run.folder / "l.db").unlink()
    assert run("add", "r.jsonl", "--reading", "rules", "--jobs", "2").code == 0
    assert run("claims", "--json").out == one


def test_a_report_that_breaks_the_analysis_does_not_stop_the_others(
    bare: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportedly import pipeline

    analyse = pipeline.analyse

    def fragile(report: Any, options: Any) -> Any:
        if "boom" in report.text:
            raise KeyError("boom")
        return analyse(report, options)

    monkeypatch.setattr(pipeline, "analyse", fragile)
    bare.write(
        "r.jsonl", '{"text": "The army said it left."}\n{"text": "boom"}\n{"text": "The mayor said it rained."}\n'
    )
    ran = bare("add", "r.jsonl", "--reading", "rules")
    assert ran.code == 1 and "r.jsonl:2: could not be analysed" in ran.err and "2 reports kept, 1 could not" in ran.err


def test_a_foreign_report_is_kept_and_says_so(bare: Shell) -> None:
    bare.write("a.txt", "Der Minister sagte am Freitag, dass die Hilfe für die Stadt Halden viel zu spät gekommen sei.")
    assert bare("add", "a.txt", "--reading", "rules").code == 0
    assert "not in English (de)" in bare("show", "a.txt").out and bare("claims", "--json").json == []
    assert len(bare("reports", "--about", "Hilfe", "--json").json) == 1


# --- judging


def test_judgements_change_what_is_seen_and_can_be_undone(run: Shell) -> None:
    claim = run("claims", "--about", "mortar", "--json").json[0]["mentions"][0]["id"]
    made = run("judge", "reject", claim, "--why", "misread", "--by", "Ana")
    assert made.code == 0 and run("claims", "--about", "mortar", "--json").json == []
    assert run("judge", "list", "--json").json[0]["who"] == "Ana"
    assert run("judge", "undo", made.out.split(":")[0]).code == 0
    assert run("claims", "--about", "mortar", "--json").json[0]["mentions"][0]["id"] == claim
    assert run("verify").code == 0


def test_correct_grade_split_and_merge(run: Shell) -> None:
    claim = run("claims", "--about", "mortar", "--json").json[0]["mentions"][0]
    assert run("judge", "correct", claim["id"], "item", "mortar rounds").code == 0
    assert run("claims", "--about", "mortar", "--json").json[0]["mentions"][0]["item"] == "mortar rounds"
    assert run("judge", "grade", claim["source"]["id"], "B", "--why", "record").code == 0
    assert run("judge", "grade", claim["id"], "2").code == 0
    assert next(s for s in run("sources", "--json").json if s["id"] == claim["source"]["id"])["reliability"] == "B"
    other = run("claims", "--about", "engine", "--json").json[0]["mentions"][0]["id"]
    assert run("judge", "merge", claim["id"], other, "--why", "same deal").code == 0
    merged = run("claims", "--about", "engine", "--json").json[0]
    assert {claim["id"], other} <= {mention["id"] for mention in merged["mentions"]}
    assert run("judge", "split", claim["id"], other, "--what", "claim").code == 0
    parted = run("claims", "--about", "engine", "--json").json[0]
    assert claim["id"] not in {mention["id"] for mention in parted["mentions"]}
    assert run("verify").code == 0


def test_edit_dates_a_report(run: Shell) -> None:
    assert run("edit", "radio", "--published", "2031-06-07", "--why", "masthead").code == 0
    report = next(r for r in run("reports", "--json").json if r["name"] == "radio")
    assert report["published"] == "2031-06-07" and report["problems"] == []
    assert run("add", "r.jsonl").err == "0 reports kept, 2 known already\n" and run("verify").code == 0


def test_remove_and_reread(run: Shell) -> None:
    assert run("remove", "radio", "--why", "asked").code == 0
    assert "removed earlier" in run("add", "r.jsonl").err
    before = run("claims", "--json").out
    assert run("reread").out.startswith("1 reports read again") and run("claims", "--json").out == before


# --- wrong commands and broken ledgers


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("add",),
        ("show", "nothing-like-it"),
        ("claims", "--since", "soon"),
        ("claims", "--source-kind", "alien"),
        ("claims", "--min-origins", "two"),
        ("claims", "--about", "!!"),
        ("origin",),
        ("edit", "radio"),
        ("remove", "radio"),
        ("judge", "grade", "s-x", "Z"),
        ("judge", "reject", "c-unknown"),
        ("judge", "undo", "j-unknown"),
        ("judge", "merge", "c-one"),
        ("export", "xml"),
        ("export", "db"),
        ("export", "csv", "--table", "chairs"),
        ("add", "r.jsonl", "--reading", "tea-leaves"),
        ("add", "r.jsonl", "--published", "31 June"),
        ("add", "r.jsonl", "--lexicon", "no/such/folder"),
    ],
)
def test_a_wrong_command_is_two(run: Shell, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.code == 2 and ran.out == "" and ran.err


def test_a_missing_or_broken_ledger_is_one(bare: Shell) -> None:
    assert bare("claims").code == 1 and not (bare.folder / "l.db").exists()
    (bare.folder / "l.db").write_bytes(b"no ledger" * 100)
    ran = bare("claims")
    assert ran.code == 1 and ran.err.startswith("reportedly: l.db: not a ledger") and ran.err.count("\n") == 1


def test_verify_fails_loudly(run: Shell) -> None:
    assert "everything holds" in run("verify").out
    with sqlite3.connect(run.folder / "l.db") as db:
        db.execute("UPDATE reports SET text_sha256 = 'x'")
    db.close()
    ran = run("verify")
    assert ran.code == 1 and "not the one that was read" in ran.out and run("verify", "--json").json


def test_schema_prints_json_schema(bare: Shell) -> None:
    assert "Claim" in bare("schema").json["$defs"]


def test_a_copy_of_the_ledger_opens(run: Shell) -> None:
    assert run("export", "db", "--out", "copy.db").code == 0
    assert run("export", "db", "--out", "copy.db").code == 1
    run.patch.setattr(sys, "argv", ["reportedly", "--ledger", "copy.db", "stats", "--json"])
    with pytest.raises(SystemExit):
        main()
    assert json.loads(run.capture.readouterr().out)["reports"] == 2


def test_every_table_is_exported(run: Shell) -> None:
    for form in ("csv", "jsonl", "md"):
        assert run("export", form, "--table", "all", "--out", "tables").code == 0
    names = {path.name for path in (run.folder / "tables").iterdir()}
    assert len(names) == 24 and (run.folder / "tables" / "claim_mentions.csv").read_text("utf-8").startswith(
        "claim,event,mention"
    )


# --- the process


def test_help_does_not_load_what_it_does_not_need() -> None:
    script = "import sys; sys.argv = ['reportedly', '--help']\nfrom reportedly.cli import main\n"
    script += "try: main()\nexcept SystemExit: pass\n"
    script += "print(*sorted(set(sys.modules) & {'spacy', 'numpy', 'trafilatura', 'onnxruntime', 'lxml', 'py3langid'}))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == ""


SLOW = """
import sys, time
from reportedly import pipeline
from reportedly.model import Findings
def analyse(report, options):
    time.sleep(0.02)
    return Findings(report=report, made_by="slow")
pipeline.analyse = analyse
sys.argv = ["reportedly", "--ledger", "l.db", "add", "many.jsonl"]
from reportedly.cli import main
main()
"""


def test_kill_nine_loses_at_most_the_report_in_hand(bare: Shell) -> None:
    lines = [
        json.dumps({"id": str(n), "text": f"The flood of day {n} took bridge {n} away, the mayor said."})
        for n in range(120)
    ]
    bare.write("many.jsonl", "\n".join(lines))
    for wanted in (5, 40):
        worker = subprocess.Popen([sys.executable, "-c", SLOW], cwd=bare.folder, stderr=subprocess.DEVNULL)
        try:
            wait_for(bare.folder / "l.db", wanted, worker)
        finally:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
        assert wanted <= counted(bare.folder / "l.db") < 120 and bare("verify").code == 0
    done = subprocess.run([sys.executable, "-c", SLOW], cwd=bare.folder, capture_output=True, text=True)
    assert done.returncode == 0 and counted(bare.folder / "l.db") == 120 and bare("verify").code == 0


def wait_for(path: Path, wanted: int, worker: "subprocess.Popen[bytes]") -> None:
    """Waits until so many reports are in the ledger."""
    for _ in range(6000):
        if counted(path) >= wanted or worker.poll() is not None:
            return
        time.sleep(0.02)


def counted(path: Path) -> int:
    """How many reports are in the ledger file; 0 while it is being made."""
    if not path.exists():
        return 0
    db = sqlite3.connect(path)
    try:
        return int(db.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        db.close()


# --- documentation


def test_every_command_has_its_section() -> None:
    import typer

    from reportedly.cli import app

    page = (Path(__file__).parent.parent / "docs" / "commands.md").read_text("utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        assert name in sections, f"{name} has no section in docs/commands.md"
        assert f"reportedly {name}" in sections[name]
        for words in getattr(command, "commands", {}):
            assert words in sections[name], f"judge {words} is not described"
        shared = sections["claims"] if "FILTERS" in sections[name] else ""
        for option in (option for parameter in command.params for option in parameter.opts if option.startswith("--")):
            assert option in sections[name] + shared + page[: page.index("## add")], f"{name} {option} is not described"


def test_diff_says_what_is_new_by_its_exit_code(run: Shell) -> None:
    ran = run("diff", "--since", "7d")
    assert ran.code == 10 and "NEW CLAIMS" in ran.out and run("diff", "--since", "7d", "--json").json["new claims"]
    assert run("diff", "--since", "7d", "--about", "submarine").code == 0
    assert run("diff", "--since", "2999-01-01").code == 0 and run("diff", "--since", "never").code == 2


def test_a_topic_in_the_users_folder_is_read(tmp_path: Path) -> None:
    topics = tmp_path / "mine" / "topics"
    topics.mkdir(parents=True)
    topics.joinpath("farming.tsv").write_text(
        "type\tparent\tclass\tverbs\tnouns\troles\tunit\nharvesting\tproduction\tPRODUCE\treap\t\t\ttonne\n", "utf-8"
    )
    report = tmp_path / "field.txt"
    report.write_text("Farmers reaped 40 tonnes of barley near Kesto on Monday, the farm ministry said.", "utf-8")
    run = [sys.executable, "-m", "reportedly", "--ledger", str(tmp_path / "own.db")]
    added = [
        *run,
        "add",
        str(report),
        "--published",
        "2025-03-14",
        "--lexicon",
        str(tmp_path / "mine"),
        "--reading",
        "rules",
    ]
    subprocess.run(added, check=True, capture_output=True)
    told = subprocess.run([*run, "claims", "--json"], check=True, capture_output=True, text=True).stdout
    assert "harvesting" in {group["event"] for group in json.loads(told)}


def test_quotations_that_drift_are_shown_once() -> None:
    from reportedly.cli.screens import conflict_page

    words = {"a_words": ["the water came"], "b_words": ["the water rose"], "a": None, "b": None, "field": "quotation"}
    drift = {"kind": "drift", "text": "came|rose", "claims": ["c-1", "c-2"], **words}
    turned = {**drift, "a_words": drift["b_words"], "b_words": drift["a_words"]}
    other = {**drift, "b_words": ["the water fell"]}
    shown = [str(each) for each in conflict_page([drift, drift, turned, other])]
    assert sum(line.startswith("DRIFT") for line in shown) == 2


NORTH = "A blast in Belden hurt 7 people on Thursday, the interior ministry said.\n"
SOUTH = "A blast in Belden hurt 9 people on Thursday, the mayor of Belden said.\n"


@pytest.fixture
def nameless(bare: Shell) -> Shell:
    """Three reports of one blast, two of them copies, none with an outlet."""
    for name, text in (("north.txt", NORTH), ("south.txt", SOUTH), ("copy.txt", f"More from Belden.\n\n{NORTH}")):
        bare.write(name, text)
    assert bare("add", ".", "--published", "2031-06-06", "--reading", "rules").code == 0
    return bare


def test_a_report_without_an_outlet_is_called_by_its_name(nameless: Shell) -> None:
    told = nameless("claims").out
    assert "(north.txt) <- interior ministry" in told and "outlet not known" not in told
    assert re.search(r"one origin: .+, in copy\.txt, north\.txt", " ".join(told.split()))


def test_two_claims_disagree_once_with_all_who_make_them(nameless: Shell) -> None:
    found = nameless("conflicts", "--json").json
    pairs = [each for each in found if each["field"] == "quantity"]
    assert len(pairs) == 2 and len({tuple(sorted(each["claims"])) for each in pairs}) == 1
    told = nameless("conflicts").out
    assert told.count("CONFLICT of quantity") == 1
    assert re.search(r"CONFLICT of quantity: (7 / 9|9 / 7), people\n", told)
    assert re.search(r"\n    also \((?:copy|north)\.txt\) <- interior ministry", told)


def test_an_update_shows_the_earlier_figure_first(bare: Shell) -> None:
    for day, words in ((8, "rose to 14 on Friday"), (7, "stands at 9")):
        text = f"The number of people killed by the blast in Belden {words}, the mayor of Belden said.\n"
        bare.write("r.txt", text)
        bare("add", "r.txt", "--published", f"2031-06-0{day}", "--outlet", f"Paper {day}", "--reading", "rules")
    updates = [line for line in bare("conflicts").out.splitlines() if line.startswith("UPDATE")]
    assert len(updates) == 1 and re.search(r"UPDATE of quantity: 9 -> 14, “The number", updates[0])


@pytest.mark.parametrize("words", [("reports",), ("stories",), ("sources",), ("origin", "--quote", "at least 12")])
def test_lists_can_be_read_at_eighty_columns(run: Shell, monkeypatch: pytest.MonkeyPatch, words: tuple[str]) -> None:
    wide = run(*words).out
    monkeypatch.setenv("COLUMNS", "80")
    narrow = run(*words).out
    assert max(map(len, narrow.splitlines())) <= 80 < max(map(len, wide.splitlines()))
    assert "───" in wide and "───" not in narrow
    assert set(re.findall(r"\b[rcs]-\w{16}\b", wide)) == set(re.findall(r"\b[rcs]-\w{16}\b", narrow))
    assert not re.search(r" $", wide + narrow, re.MULTILINE)


def test_a_column_in_which_nothing_stands_is_left_out(run: Shell) -> None:
    assert "PROBLEMS" in run("reports").out and "TITLE" not in run("reports").out


def test_a_heading_says_who_does_what_to_whom_or_the_words_that_say_most(run: Shell) -> None:
    heads = [line for line in run("claims").out.splitlines() if "independent origin" in line]
    assert any(re.match(r"HARM: “At least 12 people were killed.*”   1", line) for line in heads)
    assert all(re.match(r"[A-Z ]+: \S", line) for line in heads[1:])


def test_a_story_has_a_title_and_its_reports_in_order(run: Shell) -> None:
    told = run("stories").out
    assert re.search(r"^STORY: hill   2 reports, 2031-06-06$", told, re.MULTILINE)
    assert told.index("Hill Wire") < told.index("Radio Quess")


def test_measured_figures_say_in_what(bare: Shell) -> None:
    bare.write("r.txt", "The mayor of Belden said the aid would cost more than 3 million dollars on Friday.\n")
    bare("add", "r.txt", "--published", "2031-06-06", "--reading", "rules")
    assert ">= 3,000,000 USD" in bare("claims").out


def test_the_id_of_something_else_says_where_to_look(run: Shell) -> None:
    claim = run("claims", "--json").json[0]["mentions"][0]
    asked = run("show", claim["id"])
    assert asked.code == 2 and f"see reportedly origin {claim['id']}" in asked.err
    asked = run("origin", claim["report"])
    assert asked.code == 2 and f"see reportedly show {claim['report']}" in asked.err


def test_wrong_commands_name_the_program_and_what_is_missing(bare: Shell) -> None:
    ran = bare("add")
    assert ran.code == 2 and "Usage: reportedly add" in ran.err and "Missing argument 'FILE'" in ran.err
    assert bare("serve", "--port", "70000").code == 2


# --- what a claim and a disagreement are called


def mentioned(name: str, words: str, **told: Any) -> dict[str, Any]:
    """A mention as the heading functions read it."""
    blank: dict[str, Any] = {
        "quantity": None,
        "actors": [],
        "place": None,
        "period": None,
        "factuality": "asserted",
        "chain": [],
    }
    return {"id": name, "evidence": {"text": words}, "outlet": "Hill Wire", "name": "r.txt", **blank, **told}


COUNT: dict[str, Any] = {"low": 40.0, "high": 40.0, "approx": False, "unit": "person", "item": "miners"}
SAYING = [
    mentioned("c-6", "the fire in the mine was put out by the brigade on Friday", quantity=COUNT),
    mentioned("c-5", "the mine in the north of the valley was shut on Friday"),
    mentioned("c-4", "the mine was shut"),
    mentioned("c-3", "a fire in the mine that killed miners and shut the valley road", quantity=COUNT),
    mentioned("c-2", "they fled"),
    mentioned("c-1", "the fire"),
]


def test_a_claim_is_called_by_the_words_that_say_most_in_any_order() -> None:
    from reportedly.cli.leading import leading

    for n in range(len(SAYING) - 1):
        assert leading(SAYING[n:])["id"] == leading([*SAYING[:n:-1], SAYING[n]])["id"] == SAYING[n]["id"]
    twins = [mentioned(name, "the mine was shut") for name in ("c-8", "c-7")]
    assert leading(twins)["id"] == leading(twins[::-1])["id"] == "c-7"
    named = mentioned("c-9", "the mine was shut", actors=[{"role": "agent", "name": "Coal Board", "country": None}])
    assert leading([SAYING[1], named]) is named


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("The river has risen", True),
        ("a ship of the navy on Tuesday seized two boats", True),
        ("Storm hits 3 ports", True),
        ("both ministries have denied it", True),
        ("the port wasn’t closed", True),
        ("the storm", False),
        ("were under control", False),
        ("killing three soldiers", False),
        ("a bridge damaged by the flood", False),
        ("the need to be heard", False),
        ("several wounded men", False),
        ("his boat had sunk", False),
        ("which had sunk", False),
        ("recently deployed off the coast", False),
        ("On May 3", False),
        ("...", False),
    ],
)
def test_a_clause_has_a_subject_and_a_verb(words: str, clause: bool) -> None:
    from reportedly.cli.leading import is_clause

    assert is_clause(words) is clause


def test_a_disagreement_is_called_by_both_values() -> None:
    from reportedly.cli.leading import dispute

    minister = mentioned("c-1", "the attack", chain=["Hill Wire", "the minister"])
    envoy = mentioned("c-2", "the port was hit", chain=["Hill Wire", "the envoy"], factuality="denied", place="Sund")
    assert dispute("factuality", minister, envoy, " / ") == (
        "asserted by the minister / denied by the envoy, “the port was hit”"
    )
    agents = [{**m, "actors": [{"role": "agent", "name": n}]} for m, n in ((minister, "rebels"), (envoy, "pirates"))]
    assert dispute("actor", agents[0], agents[1], " / ").startswith("rebels / pirates, “")
    assert dispute("actor", minister, envoy, " / ") == "the attack (the minister) / the port was hit"
    assert dispute("place", {**minister, "place": "Harn"}, envoy, " / ").startswith("Harn / Sund, ")
    counts = [{**m, "quantity": {**COUNT, "low": n, "high": n}} for m, n in ((minister, 40.0), (envoy, 52.0))]
    assert dispute("quantity", counts[0], counts[1], " -> ") == "40 -> 52, miners"
    days = [{**m, "period": {"first": d, "last": d, "text": d}} for m, d in ((minister, "2031-06-01"), (envoy, None))]
    assert dispute("time", days[0], days[1], " / ") == "the attack (the minister) / the port was hit"


# --- messages that say what there is


@pytest.mark.parametrize("item", ["nonsense", "c-nonsense", "a-nonsense"])
def test_judging_what_is_not_there_says_where_ids_stand(run: Shell, item: str) -> None:
    ran = run("judge", "reject", item)
    assert ran.code == 2 and "no claim, attribution, source or report has this id" in ran.err
    assert "reportedly claims" in ran.err and run("judge", "list", "--json").json == []


def test_a_value_of_the_wrong_shape_is_told_the_shape(run: Shell) -> None:
    mentions = [m for group in run("claims", "--json").json for m in group["mentions"]]
    counted = next(m["id"] for m in mentions if m["quantity"])
    plain = next(m["id"] for m in mentions if not m["quantity"])
    for claim in (counted, plain):
        ran = run("judge", "correct", claim, "quantity", "40")
        assert ran.code == 2 and '{"low": 40, "high": 40}' in ran.err and "Expected" not in ran.err
    told = '{"low": 40, "high": 40, "bound": "exact", "span": {"start": 10, "end": 24}}'
    assert run("judge", "correct", counted, "quantity", '{"low": 40, "high": 40}').code == 0
    assert run("judge", "correct", plain, "quantity", told).code == 0
    assert "asserted or probable" in run("judge", "correct", plain, "factuality", "sure").err
    assert "holds no words" in run("judge", "correct", plain, "hedge", '{"start": 9, "end": 9}').err


def test_each_shape_that_is_shown_is_one() -> None:
    from reportedly.model import Attribution, Claim
    from reportedly.review import SHAPES

    claim: dict[str, Any] = {"id": "c-1", "report": "r-1", "evidence": {"start": 0, "end": 4}, "event": "harm"}
    attribution: dict[str, Any] = {"id": "a-1", "report": "r-1", "content": [{"start": 0, "end": 4}]}
    for field, shape in SHAPES.items():
        kind, fields = (Claim, claim) if field in Claim.__struct_fields__ else (Attribution, attribution)
        written = re.match(r"[{\[].*?[}\]](?=$|,)|\w+", shape)
        assert written and field in kind.__struct_fields__
        value: Any = written[0] if written[0][0] not in "{[" else json.loads(written[0])
        if field == "quantity":
            value |= {"bound": "exact", "span": {"start": 10, "end": 24}}
        msgspec.convert({**fields, field: value}, kind)


@pytest.mark.parametrize("command", ["claims", "conflicts"])
def test_an_unknown_event_names_those_there_are(run: Shell, command: str) -> None:
    ran = run(command, "--event", "picnic")
    assert ran.code == 2 and "--event picnic: no such type" in ran.err and "harm" in ran.err
    assert run(command, "--event", "Harm").code == 0
    assert "nothing found" in run(command, "--event", "resignation").out


def test_files_without_a_reader_are_told_in_one_line(bare: Shell) -> None:
    (bare.folder / "in").mkdir()
    for name in ("a.txt", "a.meta.json", "b.pdf", "c.PDF", "d.doc", ".hidden"):
        bare.write(f"in/{name}", "{}" if name.endswith("json") else NORTH)
    ran = bare("add", "in", "--reading", "rules")
    assert ran.code == 0 and ran.err.count("passed over") == 1
    assert "in: 3 files passed over: no reader for .doc, .pdf;" in ran.err and "1 report kept" in ran.err
