"""Times on the calendar, on invented sentences that carry their own answer."""

import datetime
from pathlib import Path

import pytest

from reportedly.model import Options, Period, Report, Segmented, Span
from reportedly.normalise.dates import days_of, moved, value_at
from reportedly.normalise.periods import periods
from tests.marked import Marked, passages

PASSAGES = passages(Path(__file__).parent / "marked_texts" / "periods.txt")
WEDNESDAY = datetime.date(2026, 3, 18)


def read(text: str, published: datetime.date | None = WEDNESDAY) -> tuple[Period, ...]:
    whole = Span(0, len(text))
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r", published=published)
    return periods(Segmented(report=report, paragraphs=(whole,), sentences=(whole,), quotations=()), Options())


def values(text: str, published: datetime.date | None = WEDNESDAY) -> list[str]:
    return [period.value for period in read(text, published)]


@pytest.mark.parametrize(("name", "marked"), PASSAGES.items(), ids=list(PASSAGES))
def test_finds_what_is_marked_and_nothing_else(name: str, marked: Marked) -> None:
    day = name.split()[-1]
    found = read(marked.text, None if day == "none" else datetime.date.fromisoformat(day))
    shown = [
        (period.type.lower(), period.span.of(marked.text) if period.span else "", period.value) for period in found
    ]
    assert shown == [(span.label, marked.words(span), span.value["v"]) for span in marked.spans]


def test_days_are_a_closed_interval_and_the_anchor_is_told() -> None:
    (found,) = read("The mill shut last week.")
    assert (found.first, found.last) == (datetime.date(2026, 3, 9), datetime.date(2026, 3, 15))
    assert (found.precision, found.anchor) == ("week", WEDNESDAY)


def test_a_full_date_needs_no_anchor() -> None:
    (found,) = read("It was sold on 4 May 2011.", None)
    assert found.first == found.last == datetime.date(2011, 5, 4)
    assert found.anchor is None


def test_without_any_date_the_words_stay_unresolved() -> None:
    weekday, month = read("It closed on Friday and reopens in June.", None)
    assert (weekday.value, weekday.first, weekday.last) == ("XXXX-WXX-5", None, None)
    assert (month.value, month.first, month.last) == ("XXXX-06", None, None)


def test_a_weekday_on_that_weekday_is_the_day_itself() -> None:
    assert values("The court ruled Wednesday.") == ["2026-03-18"]


def test_earlier_this_week_ends_with_the_report() -> None:
    (found,) = read("Earlier this week, the pact was ratified.")
    assert (found.first, found.last) == (datetime.date(2026, 3, 16), WEDNESDAY)


def test_later_this_month_begins_after_the_report() -> None:
    (found,) = read("The list is due later this month.")
    assert (found.first, found.last) == (datetime.date(2026, 3, 19), datetime.date(2026, 3, 31))


def test_durations_and_sets_give_no_days() -> None:
    for found in read("For three weeks the dam was watched every day."):
        assert found.type in ("DURATION", "SET")
        assert (found.first, found.last) == (None, None)


HISTORY = (
    "The league of Tarn was founded on 3 May 1871. On 12 June, its fleet sailed. The next day it was lost. "
    "In November 1872 a truce was signed, the first since 1655. In January, the war went on. "
    "Two years later, in 1875, it ended. On March 4 a pact followed, and in 1876 the last fort fell."
)


def test_a_history_counts_from_the_last_date_told() -> None:
    assert values(HISTORY, datetime.date(2010, 12, 31)) == [
        "1871-05-03",
        "1871-06-12",
        "1871-06-13",
        "1872-11",
        "1655",
        "1873-01",
        "1875",
        "1875",
        "1875-03-04",
        "1876",
    ]


def test_news_about_the_past_still_counts_from_the_report() -> None:
    text = "In 1986, 1990, 1994 and 1998 the dam leaked. On Monday it burst, and on Tuesday it was drained."
    assert values(text)[-2:] == ["2026-03-16", "2026-03-17"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fighting lasted from 12 to 16 June 1940.", ["1940-06-12", "1940-06-16"]),
        ("The poll ran on March 3-5, 2024.", ["2024-03-03", "2024-03-05"]),
        ("It fell between March and April 1918.", ["1918-03", "1918-04"]),
        ("The 1990-94 survey was lost.", ["1990", "1994"]),
        ("The city fell in 480 BC.", ["BC0480"]),
    ],
)
def test_both_ends_of_a_range_are_found(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He may march to the sea, the second to do so.",
        "The Sun sat by Mark and Jan.",
        "It sold 1,987 cars and 2,024 vans.",
        "Prices fall; the fall of Ostrel changed little.",
        "Flight 1987 left gate 12.",
    ],
)
def test_words_and_numbers_that_are_no_times(text: str) -> None:
    assert values(text) == []


def test_a_29th_of_february_that_never_was_stays_unresolved() -> None:
    (found,) = read("The bill passed on Feb. 29.", datetime.date(2026, 3, 18))
    assert (found.first, found.value) == (None, "XXXX-02-29")


def test_values_and_days_agree() -> None:
    day = datetime.date(2024, 11, 15)
    for grain in ("day", "week", "month", "quarter", "half", "year", "decade", "century"):
        first, last = days_of(value_at(day, grain))
        assert first is not None and last is not None and first <= day <= last


def test_the_last_day_of_a_shorter_month() -> None:
    assert moved(datetime.date(2024, 3, 31), "month", -1) == datetime.date(2024, 2, 29)
