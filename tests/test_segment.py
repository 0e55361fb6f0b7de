"""Cutting reports up: every text here is invented."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Report, Segmented, Span
from reportedly.segment import paragraph_at, segment, sentence_at
from reportedly.segment.quotations import quotations


def report(text: str, **known: object) -> Report:
    """A report that says `text`."""
    facts = {"id": "r", "text_sha256": "", "original_sha256": "", "name": "r", **known}
    return Report(text=text, **facts)  # type: ignore[arg-type]


def cut(text: str, **known: object) -> Segmented:
    """The segmented report that says `text`."""
    return segment(report(text, **known))


def sentences(text: str) -> list[str]:
    """The words of each sentence."""
    return [span.of(text) for span in cut(text).sentences]


def quoted(text: str) -> list[str]:
    """The words of each quotation, marks included."""
    return [each.span.of(text) for each in cut(text).quotations]


def test_sentences_end_at_full_stops() -> None:
    assert sentences("The dam burst. Two people died! Why? Nobody knows.") == [
        "The dam burst.",
        "Two people died!",
        "Why?",
        "Nobody knows.",
    ]


@pytest.mark.parametrize(
    "whole",
    [
        "On Nov. 15 the U.S. Navy left.",
        "Gen. A. B. Holm and Mr. Vest met in St. Orrin.",
        "The firm, Orbita Inc. of Sudmark, paid 5.6 million crowns.",
        "He left at 9 a.m. on Friday with Dr. Marr.",
        "It was No. 4 in the list.",
        "The quake of 5.6 -magnitude struck .",
    ],
)
def test_abbreviations_initials_and_figures_end_nothing(whole: str) -> None:
    assert sentences(whole) == [whole]


def test_an_abbreviation_may_end_a_sentence() -> None:
    assert sentences("They came from the U.S. The rest stayed.") == ["They came from the U.S.", "The rest stayed."]


def test_a_unit_of_length_ends_a_sentence() -> None:
    assert len(sentences("It struck at a depth of 9 km. Vellmark's centre put it at 6.1.")) == 2


def test_no_sentence_breaks_inside_a_quotation() -> None:
    text = "“It is over. We lost. Go home,” she said. Then she left."
    assert sentences(text) == ["“It is over. We lost. Go home,” she said.", "Then she left."]


def test_a_question_in_marks_keeps_its_speaker() -> None:
    text = "“Who fired?” Holm asked the crowd. “Who?” Nobody answered."
    assert sentences(text) == ["“Who fired?” Holm asked the crowd.", "“Who?”", "Nobody answered."]


def test_no_sentence_crosses_a_paragraph() -> None:
    assert sentences("Dam bursts in Lask\nTwo people died") == ["Dam bursts in Lask", "Two people died"]


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    lines = [
        "The river rose for the third day in a row and took two bridges with",
        "it, officials in the valley said, while farmers moved their cattle to",
        "the hills above the town of Lask before the second wave came down on",
        "the lower villages. Nobody was hurt.",
        "",
        "Rain is expected to go on until Friday, and the weather office of the",
        "valley warned of further floods in all of the districts that lie to",
        "the south of the capital.",
    ]
    text = "\n".join(lines)
    found = cut(text)
    assert len(found.paragraphs) == 2
    assert len(found.sentences) == 3


def test_curly_and_straight_quotations() -> None:
    assert quoted('He called it “a farce” and said: "Go home."') == ["“a farce”", '"Go home."']


def test_tokenised_straight_quotations() -> None:
    assert quoted('" We go now , " he said . " Good bye . "') == ['" We go now , "', '" Good bye . "']


def test_british_single_quotations_are_told_from_apostrophes() -> None:
    text = "‘We lost the workers’ hall,’ said Brill. It’s the farmers’ turn. 'Don't go,' he'd said in the '90s."
    assert quoted(text) == ["‘We lost the workers’ hall,’", "'Don't go,'"]


def test_german_quotations_and_guillemets() -> None:
    assert quoted("Er sagte: „Wir gehen.“ Dann: «Nie wieder.»") == ["„Wir gehen.“", "«Nie wieder.»"]


def test_doubled_single_marks() -> None:
    assert quoted("''We go,'' he said. ''Now.''") == ["''We go,''", "''Now.''"]


def test_quotations_inside_quotations_are_left_alone() -> None:
    text = "“He told me, “Go,” and I went,” she said."
    assert quoted(text) == ["“He told me, “Go,” and I went,”"]


def test_a_quotation_over_paragraphs() -> None:
    text = "“The water came.\n“We ran.\n“We lived,” he said."
    found = cut(text).quotations
    assert [(each.closed, each.continues) for each in found] == [(False, False), (False, True), (True, True)]


def test_a_quotation_that_closes_in_the_next_paragraph_without_opening() -> None:
    text = '"The boats turned back. "They had no flag.\nWe found six crates," the officer said.'
    assert quoted(text) == ['"The boats turned back.', '"They had no flag.', 'We found six crates,"']


def test_a_lost_opening_mark_is_repaired() -> None:
    text = "The vote is over. We will not accept it,” the leader said. “Never.”"
    assert quoted(text) == ["We will not accept it,”", "“Never.”"]


def test_one_slip_does_not_spoil_the_next_paragraph() -> None:
    text = "The “deal is off.\nHolm said “no” twice."
    assert quoted(text) == ["“no”"]


def test_scare_quotes_name_and_report_nothing() -> None:
    text = "The so-called “iron road” runs north. He called it “a lie”. The film “Red Hills” opened."
    assert [each.scare for each in cut(text).quotations] == [True, False, True]


@pytest.mark.parametrize(
    ("line", "place", "agency", "month", "day"),
    [
        ("PORT VANE, Nov. 15 (NIA) — Two died.", "PORT VANE", "NIA", 11, 15),
        ("LASK (Orbita) - Two died.", "LASK", "Orbita", None, None),
        ("LASK: Two died.", "LASK", None, None, None),
        ("LASK, Sudmark — Two died.", "LASK, Sudmark", None, None, None),
        ("Nov 9 (NIA) -- Two died.", None, "NIA", 11, 9),
        ("Lask, 3 May (NIA) - Two died.", "Lask", "NIA", 5, 3),
        ("Lask (NIA) – Two died.", "Lask", "NIA", None, None),
        ("NIA Nov 12, 2011, 05.51AM IST LASK:\nTwo died.", "LASK", "NIA", 11, 12),
    ],
)
def test_datelines(line: str, place: str | None, agency: str | None, month: int | None, day: int | None) -> None:
    found = cut(line).report.dateline
    assert found is not None
    assert (found.place, found.agency, found.month, found.day) == (place, agency, month, day)


@pytest.mark.parametrize(
    "line",
    [
        "BREAKING: Two died in Lask.",
        "HOLM: We go.\nVEST: No.\nHOLM: Yes.",
        "The plan (new) - which failed - is dead.",
        "NATO said two died.",
    ],
)
def test_what_only_looks_like_a_dateline(line: str) -> None:
    assert cut(line).report.dateline is None


@pytest.mark.parametrize(
    ("published", "date"),
    [
        (datetime.date(2031, 11, 16), datetime.date(2031, 11, 15)),
        (datetime.date(2032, 1, 2), datetime.date(2031, 11, 15)),
        (None, None),
    ],
)
def test_the_year_of_a_dateline(published: datetime.date | None, date: datetime.date | None) -> None:
    found = cut("LASK, Nov. 15 (NIA) — Two died.", published=published).report.dateline
    assert found is not None
    assert found.date == date


def test_the_dateline_is_a_sentence_of_its_own() -> None:
    assert sentences("LASK, Nov. 15 (NIA) — Two died.") == ["LASK, Nov. 15 (NIA) —", "Two died."]


def test_the_agency_of_a_dateline_makes_a_copy_only_in_another_outlet() -> None:
    assert cut("LASK (NIA) - Two died.", outlet="Daily Lantern").report.agency == "NIA"
    assert cut("LASK (NIA) - Two died.", outlet="NIA").report.agency is None


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("This article was originally published by The Daily Lantern.", "syndication", "The Daily Lantern"),
        ("This content originally appeared on Radio Sund and was authored by A. Holm.", "syndication", "Radio Sund"),
        ("First published in Lantern Weekly", "syndication", "Lantern Weekly"),
        ("Reprinted with permission of Lantern Weekly.", "syndication", "Lantern Weekly"),
        ("The post Dam bursts appeared first on Sund Today.", "syndication", "Sund Today"),
        ("With agency inputs", "agency", None),
        ("(With inputs from NIA)", "agency", "NIA"),
        ("Source: Xinhua", "agency", "Xinhua"),
        ("(AFP)", "agency", "AFP"),
        ("— Reuters", "agency", "Reuters"),
        ("Photo: Ada Holm/NIA", "photo", "Ada Holm/NIA"),
        ("By Ada Holm and Om Tal", "byline", "Ada Holm and Om Tal"),
        ("Edited by Ada Holm.", "editing", "Ada Holm"),
        ("(Reporting by Ada Holm; Editing by Om Tal)", "editing", "Ada Holm; Editing by Om Tal"),
        ("Om Tal contributed to this report.", "editing", "Om Tal"),
        ("Read more: Five things about the dam", "site", None),
        ("Advertisement", "site", None),
        ("Sign up for our newsletter", "site", None),
    ],
)
def test_notices(line: str, kind: str, name: str | None) -> None:
    text = f"Dam bursts in Lask\nTwo people died on Friday.\n{line}"
    found = cut(text).report.notices
    assert [(each.kind, each.name) for each in found] == [(kind, name)]
    assert text[found[0].span.start : found[0].span.end] == line


@pytest.mark.parametrize(
    "line",
    [
        "The story first appeared to be false.",
        "By Friday the water had gone.",
        "The photo by the door was old, she said.",
        "Police said the source of the leak was a pipe.",
        "They read more books than before.",
    ],
)
def test_ordinary_lines_are_no_notices(line: str) -> None:
    assert cut(f"Dam bursts in Lask\n{line}\nTwo died.").report.notices == ()


SHOWN_FIRST = "Two died.\nThis article was originally published by Lantern."


@pytest.mark.parametrize(
    ("text", "outlet", "first", "carrier"),
    [
        (SHOWN_FIRST, None, "Lantern", None),
        (SHOWN_FIRST, "Lantern", "Lantern", None),
        (SHOWN_FIRST, "Sund Today", "Lantern", "Sund Today"),
        (f"{SHOWN_FIRST}\nThis post was originally published on Sund Today.", "Lantern", "Lantern", "Sund Today"),
        (f"{SHOWN_FIRST}\nThis post was originally published on Sund Today.", None, "Lantern", "Sund Today"),
        ("Two died.\n© 2031 Lantern. All rights reserved.", "Sund Today", "Sund Today", None),
    ],
)
def test_who_published_and_who_carries(text: str, outlet: str | None, first: str | None, carrier: str | None) -> None:
    found = cut(text, outlet=outlet).report
    assert (found.outlet, found.republisher) == (first, carrier)


def test_an_updated_line_dates_a_report_that_has_no_date() -> None:
    text = "Updated: November 11, 2031 20:09\nDam bursts in Lask\nTwo people died, the mayor said."
    assert cut(text).report.published == datetime.date(2031, 11, 11)
    assert cut(text, published=datetime.date(2030, 1, 1)).report.published == datetime.date(2030, 1, 1)


def test_the_headline_is_the_title_or_a_short_first_line() -> None:
    text = "Dam bursts in Lask\nTwo people died on Friday."
    for title in (None, "Dam Bursts in Lask!"):
        head = cut(text, title=title).headline
        assert head is not None
        assert head.of(text) == "Dam bursts in Lask"
    assert cut("Two people died on Friday.\nOne was saved.").headline is None


def test_what_stands_at_an_offset() -> None:
    text = "One came. Two went.\nThree stayed."
    found = cut(text)
    assert [span and span.of(text) for span in (sentence_at(found, 10), sentence_at(found, 9))] == ["Two went.", None]
    here = paragraph_at(found, 22)
    assert here is not None
    assert here.of(text) == "Three stayed."


@given(st.text(alphabet="aA. ,\n\"'“”‘’„«»!?():—-1", max_size=200))
def test_spans_lie_in_order_inside_the_text(text: str) -> None:
    found = cut(text)
    for spans in (found.paragraphs, found.sentences, tuple(each.span for each in found.quotations)):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(any(block.holds(each) for block in found.paragraphs) for each in found.sentences)
    words = [at for at, char in enumerate(text) if char.isalnum()]
    assert all(sentence_at(found, at) for at in words)


def test_single_marks_inside_double_ones_never_close_them() -> None:
    text = "\"She said 'go home' or 'stay here' to the crew, and nobody moved at all,\" the mate said."
    blocks = [Span(0, len(text))]
    assert [q.span.of(text) for q in quotations(text, blocks)] == [text[: text.index(" the mate")]]


def test_a_quotation_runs_over_lines_without_marks_to_the_one_that_ends_it() -> None:
    lines = ['"The dam held.', "It rained for days.", 'Nobody was hurt, " the warden said.', 'The "old" road is open.']
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    blocks = [Span(at, at + len(line)) for at, line in zip(starts, lines, strict=True)]
    found = quotations(text, blocks)
    assert [(q.span.of(text), q.closed, q.continues) for q in found] == [
        ('"The dam held.', False, False),
        ("It rained for days.", False, True),
        ('Nobody was hurt, "', True, True),
        ('"old"', True, False),
    ]
