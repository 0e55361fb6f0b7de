"""The marked training texts keep the conventions of training/marked/README.md."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.marked import Marked, MarkedAttribution, Span, attributions, passages

MARKED = Path(__file__).parents[1] / "training" / "marked"
FILES = sorted(MARKED.glob("*/*.txt"))
PASSAGES = {f"{path.parent.name}/{path.stem}/{name}": read for path in FILES for name, read in passages(path).items()}
EVERY_PASSAGE = pytest.mark.parametrize("name", PASSAGES)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _cut(text: str, at: int) -> bool:
    """Whether an offset stands inside a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _is_adverb_inside(marked: Marked, span: Span, holder: Span) -> bool:
    """Whether a cue is a bare adverb ("reportedly") that its clause holds."""
    return marked.words(span).lower().endswith("ly") and holder.start <= span.start and span.end <= holder.end


def _clashes(marked: Marked, found: MarkedAttribution) -> list[str]:
    """Sources and cues that overlap a content or one another, as words."""
    outer = [*found.cues, *([found.source] if found.source else [])]
    clashing = [
        marked.words(span)
        for span in outer
        for content in found.contents
        if _overlap(span, content) and not _is_adverb_inside(marked, span, content)
    ]
    return clashing + [marked.words(cue) for cue in found.cues if found.source and _overlap(cue, found.source)]


def _stray(marked: Marked, found: MarkedAttribution) -> list[str]:
    """Spans that end in a comma, full stop or closing mark of the sentence around them, or cross a paragraph."""
    turn = marked.words(found.cues[0]) in {":", "—"}
    contents = [marked.words(span) for span in found.contents]
    closing = [words for words in contents if (words.endswith("”") and "“" not in words) or words.count('"') % 2]
    ending = [words for words in contents if words[-1] in ".,;:" and words[0] not in "“‘\"'" and not turn]
    source = [marked.words(found.source)] if found.source and marked.words(found.source).endswith(",") else []
    return closing + ending + source + [words for words in contents if "\n\n" in words]


def _runs(split: str) -> set[tuple[str, ...]]:
    """Every sequence of twelve words in the passages of `train` or `test`."""
    texts = [read.text.lower().split() for name, read in PASSAGES.items() if name.startswith(split)]
    return {tuple(words[i : i + 12]) for words in texts for i in range(len(words) - 11)}


def test_there_are_150_to_train_and_50_to_test() -> None:
    assert {split: sum(name.startswith(split) for name in PASSAGES) for split in ("train", "test")} == {
        "train": 150,
        "test": 50,
    }


@EVERY_PASSAGE
def test_every_attribution_has_content_and_cue(name: str) -> None:
    found = attributions(PASSAGES[name])
    assert [each.id for each in found if not each.contents or len(each.cues) != 1] == []


@EVERY_PASSAGE
def test_no_attribution_has_two_sources(name: str) -> None:
    sources = [span.id for span in PASSAGES[name].spans if span.label == "source"]
    assert sorted(set(sources)) == sorted(sources)


@EVERY_PASSAGE
def test_spans_end_at_words(name: str) -> None:
    marked = PASSAGES[name]
    assert {span.label for span in marked.spans} <= {"source", "cue", "content"}
    assert [marked.words(s) for s in marked.spans if marked.words(s) != marked.words(s).strip()] == []
    assert [marked.words(s) for s in marked.spans if _cut(marked.text, s.start) or _cut(marked.text, s.end)] == []


@EVERY_PASSAGE
def test_content_holds_neither_its_source_nor_its_cue(name: str) -> None:
    marked = PASSAGES[name]
    assert [words for found in attributions(marked) for words in _clashes(marked, found)] == []


@EVERY_PASSAGE
def test_content_does_not_open_with_that(name: str) -> None:
    marked = PASSAGES[name]
    assert [found.id for found in attributions(marked) if marked.words(found.contents[0]).startswith("that ")] == []


@EVERY_PASSAGE
def test_edges_hold_no_stray_mark(name: str) -> None:
    marked = PASSAGES[name]
    assert [words for found in attributions(marked) for words in _stray(marked, found)] == []


@EVERY_PASSAGE
def test_cues_hold_no_auxiliary(name: str) -> None:
    marked = PASSAGES[name]
    cues = [marked.words(span).lower().split() for span in marked.spans if span.label == "cue"]
    bare = [cue for cue in cues if "not" not in cue]
    assert [
        cue for cue in bare if cue[-1] == "that" or cue[0] in {"was", "were", "is", "are", "has", "have", "had"}
    ] == []


@EVERY_PASSAGE
def test_contents_of_one_attribution_do_not_overlap(name: str) -> None:
    for found in attributions(PASSAGES[name]):
        ordered = sorted(found.contents, key=lambda span: span.start)
        assert all(one.end <= other.start for one, other in pairwise(ordered))


@EVERY_PASSAGE
def test_parents_are_attributions_of_the_passage(name: str) -> None:
    parents = {found.id: found.within for found in attributions(PASSAGES[name])}
    for each in parents:
        chain = [each]
        while (parent := parents[chain[-1]]) is not None:
            assert parent in parents and parent not in chain
            chain.append(parent)


@pytest.mark.parametrize("split", ["train", "test"])
def test_half_of_the_passages_hold_a_chain(split: str) -> None:
    chained = [
        any(found.within for found in attributions(read)) for name, read in PASSAGES.items() if name.startswith(split)
    ]
    assert sum(chained) * 2 >= len(chained)


def test_train_and_test_share_no_twelve_words() -> None:
    assert _runs("train") & _runs("test") == set()
