"""Places by name, on invented sentences that carry their own answer: state, and a point where the name is shared."""

from pathlib import Path

import pytest

from reportedly.model import Options, Place, Report, Segmented, Span
from reportedly.normalise.places import place_of_event, places
from reportedly.normalise.places_index import candidates, fold
from reportedly.segment import segment
from tests.marked import Marked, passages

PASSAGES = passages(Path(__file__).parent / "marked_texts" / "places.txt")


def segmented(text: str) -> Segmented:
    return segment(Report(id="r", text=text, text_sha256="", original_sha256="", name="r"))


def read(text: str, demonyms: bool = False) -> tuple[Place, ...]:
    return places(segmented(text), Options(), demonyms)


@pytest.mark.parametrize("marked", PASSAGES.values(), ids=list(PASSAGES))
def test_finds_what_is_marked_and_nothing_else(marked: Marked) -> None:
    found = read(marked.text)
    assert [each.span.of(marked.text) for each in found] == [marked.words(span) for span in marked.spans]
    for each, span in zip(found, marked.spans, strict=True):
        assert each.country == span.value.get("country", each.country)
        if near := span.value.get("near"):
            lat, lon = map(float, near.split("/"))
            assert each.lat == pytest.approx(lat, abs=1)
            assert each.lon == pytest.approx(lon, abs=1)


def test_peoples_and_adjectives_only_when_asked() -> None:
    text = "Kenyan and Norwegian divers met in Malta."
    assert [p.country for p in read(text)] == ["mt"]
    assert [p.country for p in read(text, demonyms=True)] == ["ke", "no", "mt"]


def test_a_people_stands_without_its_article_and_a_capital_is_none() -> None:
    text = "The Kenyans praised the Paris Pact."
    assert [p.span.of(text) for p in read(text, demonyms=True)] == ["Kenyans"]


def test_every_place_says_what_made_it() -> None:
    (found,) = read("Snow fell in Ankara.")
    assert found.made_by == "places 1"
    assert found.id == "323786"


def test_names_are_looked_up_without_accents_marks_and_capitals() -> None:
    assert fold("St. John's") == fold("Saint Johns")
    assert candidates("us") == ()
    assert candidates("US")[0].country == "us"


def test_the_place_of_the_event_is_not_that_of_the_speaker() -> None:
    text = "A minister said in Oslo that the dam near Kisumu had burst."
    found = read(text)
    start = text.index("the dam")
    event = place_of_event(segmented(text), Span(start, len(text) - 1), found)
    assert event is not None
    assert event.name == "Kisumu"


def test_no_place_where_the_evidence_names_none_and_its_sentence_only_the_speakers() -> None:
    text = "The Kenya minister said prices rose."
    assert place_of_event(segmented(text), Span(text.index("prices"), len(text) - 1), read(text)) is None


def test_what_is_struck_is_where_it_happened() -> None:
    text = "A strong quake jolted part of Sicily on Monday."
    event = place_of_event(segmented(text), Span(0, len(text) - 1), read(text))
    assert event is not None
    assert event.name == "Sicily"


def test_where_something_goes_counts_only_within_the_evidence() -> None:
    text = "Norway sent tents to Malta, and prices rose."
    found = read(text)
    sent = place_of_event(segmented(text), Span(0, text.index(",")), found)
    assert sent is not None
    assert sent.name == "Malta"
    assert place_of_event(segmented(text), Span(text.index("prices"), len(text) - 1), found) is None
