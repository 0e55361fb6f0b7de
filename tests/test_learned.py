"""The learned reader: its parts with a network made by hand, then the model that the package carries."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training.passages import contents, nest, read_brat, read_marked, widened

from reportedly.attribute import attribute, learned
from reportedly.attribute.contents import bare, join
from reportedly.attribute.decode import OPEN, TAGS, Floats, best_paths, decode_roles, find_cues, partition
from reportedly.attribute.edges import run_on, settle, undisputed
from reportedly.attribute.learned import announced, cited, is_mute, is_sure, opened, quoted_as, told_of
from reportedly.attribute.near import bucket, surroundings
from reportedly.attribute.page import Reading, page_of
from reportedly.attribute.pieces import Ints, Pieces, quotation_state, read_pieces, windows
from reportedly.attribute.readings import Trust, as_inner, clashes, is_own_voice, nested, reader_of, without_echoes
from reportedly.attribute.scan import Found, Settings, batched, scan
from reportedly.attribute.vocabulary import is_cue
from reportedly.errors import ReportedlyError
from reportedly.model import Attribution, Options, Report
from reportedly.models import digest, folder, is_present, load, open_model
from reportedly.segment import segment

HERE = learned.MODEL
needs_model = pytest.mark.skipif(not is_present(HERE), reason="the package was built without the model")


def moves() -> Floats:
    """Tag transitions of which only the well-formed ones are possible."""
    out = np.full((TAGS + 1, TAGS), -1e4, np.float32)
    for before in (0, 3, 4, 7, 8, 9):
        out[before, [0, 1, 4, 5, 8]] = 0
    for first in (1, 5):
        out[first, [first + 1, first + 2]] = out[first + 1, [first + 1, first + 2]] = 0
    return out


def enumerated(emitted: Floats, between: Floats) -> list[tuple[float, tuple[int, ...]]]:
    """Every well-formed path of one short sequence with its score."""
    out = []
    for path in itertools.product(range(TAGS), repeat=len(emitted)):
        score = between[TAGS, path[0]] + sum(between[pair] for pair in itertools.pairwise(path))
        if path[-1] not in OPEN and score > -1e3:
            out.append((float(score + sum(emitted[i, tag] for i, tag in enumerate(path))), path))
    return out


@pytest.mark.parametrize("length", [2, 4])
def test_best_path_and_sum_are_those_of_enumeration(length: int) -> None:
    rng = np.random.default_rng(length)
    between = moves() + np.where(moves() == 0, rng.normal(size=(TAGS + 1, TAGS)), 0).astype(np.float32)
    emitted = rng.normal(size=(3, length, TAGS)).astype(np.float32)
    kept = np.ones((3, length), bool)
    paths, scores = best_paths(emitted, between, kept)
    sums = partition(emitted, between, kept)
    for one, path, score, total in zip(emitted, paths, scores, sums, strict=True):
        every = enumerated(one, between)
        best = max((s, p) for s, p in every if sum(tag in (1, 4) for tag in p) <= 1)
        assert best[0] == pytest.approx(float(score), abs=1e-3)
        assert best[1] == tuple(path.tolist())
        assert np.logaddexp.reduce([s for s, _ in every]) == pytest.approx(float(total), abs=1e-3)


def test_padding_changes_no_path() -> None:
    emitted = np.random.default_rng(1).normal(size=(1, 6, TAGS)).astype(np.float32)
    short, _ = best_paths(emitted[:, :4], moves(), np.ones((1, 4), bool))
    kept = np.array([[True] * 4 + [False] * 2])
    assert best_paths(emitted, moves(), kept)[0][0, :4].tolist() == short[0].tolist()


def test_barred_pieces_are_never_content() -> None:
    emitted = np.zeros((1, 3, TAGS), np.float32)
    emitted[0, :, 8] = (9, 5, 0)
    barred = np.array([[True, False, False]])
    (roles,) = decode_roles(emitted, moves(), np.ones((1, 3), bool), barred)
    assert roles.content == ((1, 2),)


def test_cues_are_cut_where_one_begins_anew() -> None:
    chances = np.array([[0.9, 0.1, 0], [0.1, 0.9, 0], [0.2, 0.1, 0.7], [0.3, 0.6, 0.1], [0.8, 0.2, 0]], np.float32)
    assert [(start, end) for start, end, _ in find_cues(chances, 0.5, 0.3)] == [(1, 3), (3, 4)]
    assert [(start, end) for start, end, _ in find_cues(chances, 0.85, 0.3)] == [(1, 3)]


def test_distances_grow_with_their_size_and_keep_their_side() -> None:
    got = bucket(np.array([-300, -5, -1, 0, 1, 6, 300])).tolist()
    assert got == sorted(got)
    assert got[3] == 16
    assert min(got) >= 1


def test_surroundings_hold_cue_and_paragraph() -> None:
    paragraphs = np.repeat([0, 1, 2], [100, 40, 100])
    first, marks, distances = surroundings((110, 112), paragraphs)
    assert first < 100
    assert first + len(marks) > 140
    assert np.flatnonzero(marks == 1).tolist() == [110 - first, 111 - first]
    assert (marks == 2).sum() == 38
    assert len(distances) == len(marks) < 140


def test_quotation_marks_of_either_kind_are_seen() -> None:
    text = "\"Go,\" she said.\n“Stay,” and 'no more' it's he.\n“Open"
    inside = quotation_state(text, page_of(text).quotations)
    assert {
        text.index(word): int(inside[text.index(word)]) for word in ("Go", "said", "Stay", "no", "it's", "Open")
    } == {
        text.index("Go"): 1,
        text.index("said"): 0,
        text.index("Stay"): 1,
        text.index("no"): 2,
        text.index("it's"): 0,
        text.index("Open"): 1,
    }


def test_batches_keep_every_item_and_the_room() -> None:
    sizes = [3, 4, 10, 11, 40]
    groups = list(batched("abcde", sizes, 22))
    assert ["".join(group) for group in groups] == ["ab", "cd", "e"]


@given(st.lists(st.integers(1, 90), min_size=1, max_size=12), st.integers(20, 80))
def test_windows_cover_each_piece_once(lengths: list[int], room: int) -> None:
    pieces = read_pieces_of(lengths)
    found = list(windows(pieces, room))
    assert [at for w in found for at in range(w.inner_start, w.inner_end)] == list(range(len(pieces)))
    assert all(w.end - w.start <= room for w in found)


def read_pieces_of(lengths: list[int]) -> Pieces:
    """Pieces of paragraphs with so many words each, without a tokenizer."""
    total = sum(lengths)
    at = np.arange(total)
    paragraphs = np.repeat(np.arange(len(lengths)), lengths)
    return Pieces(at, at * 2, at * 2 + 1, at * 0, paragraphs, np.ones(total, bool))


def test_a_content_is_joined_without_its_marks_and_found_again() -> None:
    text = '"We won," he said, "and left."'
    joined = join(text, [(0, 9), (19, 30)])
    assert joined.text == "We won, and left."
    assert [text[a:b] for a, b in joined.there((3, 11))] == ["won,", "and"]
    assert [joined.text[a:b] for a, b in joined.here([(1, 3), (24, 28)])] == ["We", "left"]
    assert text[slice(*bare(text, (0, 9)))] == "We won,"


def test_marks_that_lost_their_partner_are_blanked_in_place() -> None:
    text = "Osk “hailed the pact,” Radio Orrel said."
    joined = join(text, [(0, 22)])
    assert joined.text == "Osk  hailed the pact,"
    assert [text[a:b] for a, b in joined.there((5, 11))] == ["hailed"]


def found(text: str, cue: str, *content: str, source: str | None = None) -> Found:
    """A find of given words, each at its first place."""

    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return Found(span(source) if source else None, span(cue), tuple(map(span, content)), 0.9, 0.0, 1.0, 0.5)


def test_content_grows_to_the_marks_it_mostly_fills() -> None:
    text = "“The dam at Orrel will hold for years,” the engineer said."
    page = page_of(text)
    got = settle(page, found(text, "said", "dam at Orrel will hold", source="the engineer"))
    assert text[slice(*got.content[0])] == "“The dam at Orrel will hold for years,”"
    small = settle(page, found(text, "said", "hold", source="the engineer"))
    assert text[slice(*small.content[0])] == "hold"


def test_marks_around_the_cue_are_somebody_elses() -> None:
    text = "“My boss says the dam will hold,” the engineer told us."
    got = settle(page_of(text), found(text, "says", "the dam will hold", source="My boss"))
    assert text[slice(*got.content[0])] == "the dam will hold"


def test_contents_are_joined_over_commas_but_not_over_the_cue() -> None:
    text = "The dam, he said, would hold, and well."
    got = settle(page_of(text), found(text, "said", "The dam", "would hold", "and well", source="he"))
    assert [text[a:b] for a, b in got.content] == ["The dam", "would hold, and well"]


def reading(text: str, cue: str, *content: str, chance: float = 0.8) -> Reading:
    """A reading of given words."""
    item = found(text, cue, *content)
    return Reading(None, item.cue, item.content, chance)


def test_a_disputed_quotation_goes_to_the_nearer_cue() -> None:
    text = "“We left,” she said. “We came back,” he added."
    both = [reading(text, "said", "“We left,”", "“We came back,”"), reading(text, "added", "“We came back,”")]
    kept = undisputed(page_of(text), both)
    assert [[text[a:b] for a, b in one.content] for one in kept] == [["“We left,”"], ["“We came back,”"]]


def test_a_quotation_over_two_paragraphs_keeps_its_speaker() -> None:
    text = "“We left at dawn,” she said. “It was raining.\n\n“Nobody saw us go.”"
    (got,) = run_on(page_of(text), [reading(text, "said", "“We left at dawn,”", "“It was raining.")])
    assert [text[a:b] for a, b in got.content] == ["“We left at dawn,”", "“It was raining.", "“Nobody saw us go.”"]


def test_a_quotation_that_ends_lines_below_its_mark_is_one_speakers() -> None:
    text = '"The dam held.\nIt rained for days.\nNobody was hurt, " the warden said.\nThe road is open.'
    (got,) = run_on(page_of(text), [reading(text, "said", 'Nobody was hurt, "')])
    assert [text[a:b] for a, b in got.content] == ['"The dam held.', "It rained for days.", 'Nobody was hurt, "']


def nesting(text: str, *items: tuple[str, str, str | None], chance: float = 0.9) -> list[tuple[str, int | None]]:
    """Cues with the place of the outer one, the first item being outermost; items are cue, content, source."""
    every = [found(text, cue, content, source=source) for cue, content, source in items]
    every = [every[0], *(replace(item, cue_chance=0.0, inner_chance=chance) for item in every[1:])]
    reader = replace(reader_of(load(HERE)), inner_trust=Trust(1, 0, 0, 0, 0, 0), inner=0.5)
    outer = [Reading(every[0].source, every[0].cue, every[0].content, 0.9)]
    return [(text[slice(*r.cue)], r.within) for r in nested(page_of(text), outer, every, reader)]


@needs_model
def test_inner_ones_stand_in_the_smallest_content_that_holds_them() -> None:
    text = "Radio Orrel said Ada had told it that Bo feared the dam would go"
    told = ("told", "Bo feared the dam would go", "Ada")
    feared = ("feared", "the dam would go", "Bo")
    said = ("said", "Ada had told it that Bo feared the dam would go", "Radio Orrel")
    assert nesting(text, said, feared, told) == [("said", None), ("told", 0), ("feared", 1)]
    assert nesting(text, said, feared, told, chance=0.3) == [("said", None)]


@needs_model
def test_what_reaches_out_of_a_content_is_cut_to_it_or_left_out() -> None:
    text = "Ada said Bo feared the flood, and the road was closed"
    said = ("said", "Bo feared the flood", "Ada")
    assert nesting(text, said, ("feared", "the flood, and the road was closed", "Bo")) == [("said", None)]
    assert nesting(text, said, ("feared", "flood, and", "Bo")) == [("said", None), ("feared", 0)]
    assert nesting(text, said, ("feared", "the flood", "Ada")) == [("said", None)]


def test_of_two_where_one_holds_the_other_the_outer_stays() -> None:
    text = "She said he thought the road was closed"
    outer, inner = (
        reading(text, "said", "he thought the road was closed"),
        reading(text, "thought", "the road was closed"),
    )
    assert without_echoes([inner, outer]) == [outer]
    assert clashes(inner, [outer])


def test_of_two_in_each_other_the_likelier_stays() -> None:
    text = "She said he thought"
    one, other = reading(text, "said", "he thought"), reading(text, "thought", "She said", chance=0.9)
    assert without_echoes([one, other]) == [other]


def test_i_inside_my_own_quotation_is_no_source() -> None:
    text = "“I fear the worst,” she said, and that I fear it"
    outer = reading(text, "said", "“I fear the worst,”")
    assert is_own_voice(text, outer, [(1, 2)])
    assert not is_own_voice(text, reading(text, "said", "I fear the worst"), [(1, 2)])


def test_trust_rises_with_each_measure() -> None:
    trust = Trust(0.7, 0.3, 0.6, -1.5, 0.0, -1.0)
    low, high = Found((0, 1), (2, 3), ((4, 5),), 0.4, 0.2, -1, 0.1), Found((0, 1), (2, 3), ((4, 5),), 0.9, 0.6, 3, 0.8)
    assert 0 < trust.of(low) < trust.of(high) < 1
    assert trust.of(Found(None, high.cue, high.content, 0.9, 0.6, 3, 0.8)) < trust.of(high)
    assert trust.of(as_inner(replace(low, inner_chance=0.8))) > trust.of(low) == trust.of(as_inner(low))


class SaysNetwork:
    """Calls one vocabulary entry a cue, the piece before it its source, all pieces behind it its content."""

    def __init__(self, cue: int) -> None:
        self.cue, self.moves = cue, moves()

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats]:
        scores = np.zeros((*ids.shape, 6), np.float32)
        scores[:, :, 0], scores[:, :, 1], scores[:, :, 3] = 9, np.where(ids == self.cue, 18, 0), 9
        vectors = np.stack([ids, ids], -1).astype(np.float32)
        vectors[:, :, 1] = ids > 102
        return scores, vectors

    def roles(self, near: Floats, marks: Ints, distances: Ints) -> tuple[Floats, Floats]:
        scores = np.zeros((*marks.shape, TAGS), np.float32)
        scores[:, :, 4] = np.where(distances == 15, 9, -9)
        behind = (distances > 16) & (near[:, :, 1] > 0)
        scores[:, :, 5:8] = np.where(behind[:, :, None], (2, 3, 2), -9)
        return scores, np.ones(len(near), np.float32)


@needs_model
def test_spans_are_characters_of_the_text_in_every_window() -> None:
    tokenizer = load(HERE).tokenizer
    filler = "The harbour of Quellin was closed to ferries all week. " * 12
    text = f"{filler}\n\nMayor Obrecht said unbelievable things happened.\n\n{filler}\n\nNobody said otherwise."
    said = tokenizer.token_to_id("said")
    assert said is not None
    (got,) = scan([page_of(text)], SaysNetwork(said), tokenizer, Settings(room=100))
    assert [(text[slice(*f.source)] if f.source else None, text[slice(*f.cue)]) for f in got] == [
        ("Obrecht", "said"),
        ("Nobody", "said"),
    ]
    assert text[slice(*got[0].content[0])].startswith("unbelievable things happened")


@needs_model
def test_pieces_know_case_paragraph_and_place() -> None:
    text = "NATO met\nKörmend’s 12 men."
    pieces = read_pieces(text, load(HERE).tokenizer, [])
    assert [text[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True)][:2] == ["NATO", "met"]
    assert pieces.paragraphs.tolist().count(0) == 2
    assert (pieces.features[:2] % 4).tolist() == [2, 0]
    assert pieces.features[2] >= 12


# -- the model of the package ---------------------------------------------------------------------------------------


def read(text: str) -> tuple[Attribution, ...]:
    """What the model finds in a text."""
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r")
    return attribute(segment(report), Options(reading="model"))


@needs_model
def test_card_names_the_files_it_lies_beside() -> None:
    card = load(HERE).card
    assert card["sha256"] == digest(folder(HERE))
    assert {"data", "licence", "version", "date", "scores", "calibration_error"} <= set(card)
    assert "not stated" in card["licence"]
    assert folder(HERE).joinpath("NOTICE").is_file()


@needs_model
def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    for part in ("model.onnx", "head.onnx", "tokenizer.json", "card.json"):
        (tmp_path / part).write_bytes(folder(HERE).joinpath(part).read_bytes())
    card = json.loads((tmp_path / "card.json").read_text("utf-8"))
    (tmp_path / "card.json").write_text(json.dumps({**card, "sha256": "0"}), "utf-8")
    with pytest.raises(ReportedlyError, match="install"):
        open_model(tmp_path)


@needs_model
@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The ministry of Veldania said on Monday that two ferries had been sunk off Cape Dunn.",
            "The ministry of Veldania",
            "said",
            ["two ferries had been sunk off Cape Dunn"],
        ),
        (
            "“We will not sell the port,” Mayor Ilka Obrecht told reporters. “Not today.”",
            "Mayor Ilka Obrecht",
            "told",
            ["“We will not sell the port,”", "“Not today.”"],
        ),
        (
            "At least 12 miners are missing, according to the Tessaly News Agency.",
            "the Tessaly News Agency",
            "according to",
            ["At least 12 miners are missing"],
        ),
    ],
)
def test_plain_attributions_are_read_to_the_letter(text: str, source: str, cue: str, content: list[str]) -> None:
    (got,) = [one for one in read(text) if one.within is None]
    assert got.source and got.source.of(text) == source
    assert got.cue and got.cue.of(text) == cue
    assert [span.of(text) for span in got.content] == content
    assert 0.5 < got.probability <= 1


@needs_model
def test_a_report_in_the_outlets_own_voice_has_none() -> None:
    assert read("The ferry left Quellin at noon and reached the island two hours later. It rained.") == ()


@needs_model
@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.sampled_from(["He", "said", "“", "”", "\n\n", "that", "Orrel", ".", "😀", "according to", ","]), max_size=40
    )
)
def test_spans_lie_inside_any_text(words: list[str]) -> None:
    text = " ".join(words)
    for one in read(text):
        spans = [*one.content, *filter(None, (one.source, one.cue))]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


# -- training data --------------------------------------------------------------------------------------------------


def test_brat_standoff_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("He said so, again.", encoding="utf-8")
    lines = [
        "T1\tSource 0 2\tHe",
        "T2\tCue 3 7\tsaid",
        "T3\tContent 8 10;12 17\tso again",
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
    ]
    (tmp_path / "a.ann").write_text("\n".join(lines), encoding="utf-8")
    (passage,) = read_brat(tmp_path)
    assert passage.told[0].source == ((0, 2),)
    assert passage.told[0].content == ((8, 10), (12, 17))


def test_marked_texts_give_outer_ones_and_contents_as_texts(tmp_path: Path) -> None:
    marked = (
        "%% one\n[source#1 Radio Orrel] [cue#1 said] that "
        "[content#1 [source#2 Ada] had [cue#2 told] it [content#2 the dam held]].\n"
    )
    (tmp_path / "a.txt").write_text(marked, encoding="utf-8")
    (passage,) = read_marked(tmp_path)
    assert [item.within for item in passage.told] == [None, 0]
    start, end = passage.told[0].content[0]
    assert passage.text[start:end].startswith("that Ada")
    inner, innermost = contents(passage)
    assert [inner.text[a:b] for a, b in inner.told[0].cue] == ["told"]
    assert innermost.text == "the dam held"
    assert nest(list(passage.told)) == passage.told
    assert widened(passage.text, passage.told[0]) == passage.told[0]


def test_an_act_is_heard_only_where_the_network_is_surer_than_for_a_known_cue() -> None:
    text = "The firm unveiled a lorry. The firm denied the leak."
    act, word = reading(text, "unveiled", "a lorry", chance=0.5), reading(text, "denied", "the leak", chance=0.5)
    assert not is_sure(text, act, Options())
    assert is_sure(text, replace(act, probability=0.8), Options())
    assert is_sure(text, word, Options())


def test_a_quotation_may_open_with_the_verb_of_an_inner_speaker() -> None:
    text = "Osk “stressed that the port must open at once,” the Varn News Bureau said."
    outer = reading(text, "said", "Osk “stressed that the port must open at once,”")
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r")
    (got,) = opened(segment(report), [outer], Options())
    assert got.source and text[slice(*got.source)] == "Osk"
    assert (text[slice(*got.cue)], text[slice(*got.content[0])]) == ("stressed", "the port must open at once")
    assert opened(segment(report), [], Options()) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Varn Post, citing a leaked memo, said the mill would shut.", "a leaked memo"),
        ("The Varn Post, quoting two people close to the talks, said the mill would shut.",
         "two people close to the talks"),
        ("The Varn Post said the mill would shut, citing Ada Ruhl.", "Ada Ruhl"),
        ("The Varn Post said the mill would shut, citing port officers.", "port officers"),
        ("The Varn Post said the mill would shut, citing weak demand.", None),
        ("The Varn Post said the mill would shut. Owls live there, citing Ada Ruhl.", None),
    ],
)  # fmt: skip
def test_who_is_cited_says_what_the_paper_reports(text: str, who: str | None) -> None:
    outer = replace(reading(text, "said", "the mill would shut"), source=(0, 13))
    amiss = replace(reading(text, "citing", "a leaked memo"), source=(0, 13)) if "memo" in text else None
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r")
    got = cited(segment(report), [outer, *([amiss] if amiss else [])])
    assert got[0] == outer
    assert [text[slice(*each.source)] for each in got[1:] if each.source] == ([who] if who else [])
    assert all(each.content == outer.content for each in got)


@pytest.mark.parametrize(
    ("text", "who", "cue", "told"),
    [
        ("“The mill is shut,” the Varn Post quoted Ada Ruhl as saying.", "Ada Ruhl", "quoted",
         ["“The mill is shut,”", "Ada Ruhl as saying"]),
        ("“The mill is shut,” Ada Ruhl was quoted by the Varn Post as saying.", "Ada Ruhl", "quoted by",
         ["“The mill is shut,”"]),
        ("The mill is shut, Ada Ruhl was quoted as saying by the Varn Post.", "Ada Ruhl", "quoted as saying by",
         ["The mill is shut"]),
        ("In Orrel, the Varn Post quoted Ada Ruhl as saying the mill was shut.", None, "quoted", ["Ada Ruhl"]),
    ],
)  # fmt: skip
def test_who_is_quoted_as_saying_what_stands_before(text: str, who: str | None, cue: str, told: list[str]) -> None:
    paper = text.index("the Varn Post")
    outer = replace(reading(text, cue, "Ada Ruhl"), source=(paper, paper + 13))
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r")
    got = quoted_as(segment(report), [outer])
    assert [text[slice(*part)] for part in got[0].content] == told
    assert [text[slice(*each.source)] for each in got[1:] if each.source] == ([who] if who else [])
    assert all(each.content == got[0].content[:1] for each in got[1:])


def test_the_vocabulary_is_known_in_every_form() -> None:
    assert all(is_cue(words) for words in ("has denied", "says", "told", "admitting", "urges", "according to"))
    assert not any(is_cue(words) for words in ("unveiled", "guided", "ratified"))


def test_an_event_is_no_speaker() -> None:
    text = "The recent rampage in Orrel suggests a plan. The report on the rampage suggests a plan."
    event = replace(reading(text, "suggests", "a plan"), source=(0, 27))
    report = replace(event, source=(text.index("The report"), text.index("The report") + 25))
    assert is_mute(text, event)
    assert not is_mute(text, report)


def test_what_is_reported_damaged_does_not_speak() -> None:
    text = "Roads in the valley were also reported flooded. The mayor reported floods. Osk was quoted in the report."
    roads = replace(reading(text, "reported", "flooded"), source=(0, 19))
    got = told_of(text, roads)
    assert got.source is None and [text[slice(*span)] for span in got.content] == ["Roads in the valley", "flooded"]
    at = text.index("reported floods")
    mayor = replace(roads, source=(text.index("The mayor"), at - 1), cue=(at, at + 8))
    quoted = replace(roads, source=(text.index("Osk"), text.index("Osk") + 3), cue=(text.index("quoted"),) * 2)
    assert told_of(text, mayor) == mayor and told_of(text, quoted) == quoted


def test_things_of_which_is_said_do_not_speak() -> None:
    text = "They found ropes and hooks, all of which confirmed their intent to board, he said."
    assert is_mute(text, replace(reading(text, "confirmed", "their intent to board"), source=(28, 40)))


def test_a_colon_at_the_end_of_a_paragraph_announces_the_quotation_below() -> None:
    text = "On Monday Bo made this comment:\n\n“The dam held for years.”\n\nAda said: it did.\n\n“Nobody” knew."
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r")
    found = [reading(text, "made this comment:", "On Monday"), reading(text, "said", "it did")]
    got = announced(segment(report), found)
    assert [[text[a:b] for a, b in one.content] for one in got] == [["“The dam held for years.”"], ["it did"]]
