"""The parser of texts that carry their own answer."""

from pathlib import Path

import pytest

from tests.marked import MarkedError, attributions, parse, passages


def test_spans_are_offsets_of_the_clean_text() -> None:
    marked = parse("[content The pact was ratified], [source KCNA] [cue reported] on Friday.")
    assert marked.text == "The pact was ratified, KCNA reported on Friday."
    assert [(s.label, s.id, marked.words(s)) for s in marked.spans] == [
        ("content", "1", "The pact was ratified"),
        ("source", "1", "KCNA"),
        ("cue", "1", "reported"),
    ]


def test_offsets_count_code_points() -> None:
    marked = parse("Ćuk 🐟 [cue said]")
    assert (marked.spans[0].start, marked.spans[0].end) == (6, 10)


def test_spans_nest_in_the_order_in_which_they_open() -> None:
    marked = parse("[content#1 the [source#2 minister] [cue#2 lied]]")
    assert [(s.label, s.id) for s in marked.spans] == [("content", "1"), ("source", "2"), ("cue", "2")]


def test_one_bracket_serves_several_ids() -> None:
    marked = parse("[source#1,2 She] [cue#1 spoke] and [cue#2 warned]")
    assert [(s.id, s.start, s.end) for s in marked.spans if s.label == "source"] == [("1", 0, 3), ("2", 0, 3)]


def test_values_stand_behind_a_bar() -> None:
    marked = parse("[quantity at least 12|low=12,unit=person] hurt | shown")
    assert marked.text == "at least 12 hurt | shown"
    assert marked.spans[0].value == {"low": "12", "unit": "person"}


def test_literals_take_a_backslash() -> None:
    marked = parse(r"[content he \[the envoy\] said a\|b \\ c]")
    assert marked.text == r"he [the envoy] said a|b \ c"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[source the mayor", "never closed"),
        ("the mayor] said", "nothing to close"),
        ("[Source the mayor]", "no label"),
        ("he [the mayor] said", None),
        ("[cue  ]", "is empty"),
        ("[cue said|loudly]", "not key=word"),
        (r"a\b", "no label"),
    ],
)
def test_faults_are_told_with_the_name_of_the_passage(text: str, fault: str | None) -> None:
    if fault is None:
        assert parse(text).spans[0].label == "the"
        return
    with pytest.raises(MarkedError, match=f"flood: .*{fault}"):
        parse(text, "flood")


def test_attribution_with_several_contents_and_no_source() -> None:
    (one,) = attributions(parse("[content The envoy] is [cue believed] [content to be ill]."))
    assert one.source is None
    assert len(one.contents) == 2
    assert len(one.cues) == 1


def test_within_is_the_innermost_other_content() -> None:
    chain = "[source#1 A] [cue#1 said] [content#1 [source#2 B] [cue#2 told] him [content#2 [source#3 C] [cue#3 lied]]]."
    assert [(a.id, a.within) for a in attributions(parse(chain))] == [("1", None), ("2", "1"), ("3", "2")]


def test_within_may_be_stated() -> None:
    cited = "[source#1 The wire], [cue#2 citing|within=1] [source#2 aides], [cue#1 said] [content#1,2 he left]."
    assert {a.id: a.within for a in attributions(parse(cited))} == {"1": None, "2": "1"}
    alone = "[source#1 A] [cue#1 said] [content#1 [source#2 B] [cue#2 erred|within=none]]."
    assert {a.id: a.within for a in attributions(parse(alone))} == {"1": None, "2": None}


def test_an_adverb_inside_its_content_is_not_within_itself() -> None:
    (one,) = attributions(parse("[content The guards [cue reportedly] fled]."))
    assert one.within is None


def test_passages_are_read_by_name(tmp_path: Path) -> None:
    path = tmp_path / "wires.txt"
    path.write_text("%% one\n[cue said] it\n\nand more\n\n%% two\nnothing\n", encoding="utf-8")
    read = passages(path)
    assert list(read) == ["one", "two"]
    assert read["one"].text == "said it\n\nand more"
    assert read["two"].spans == ()


@pytest.mark.parametrize("text", ["%% one\na\n%% one\nb\n", "lost\n%% one\na\n", "%% one\n[cue said\n"])
def test_faults_in_files_name_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wires.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MarkedError, match=r"wires\.txt"):
        passages(path)
