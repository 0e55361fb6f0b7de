"""What sounds like an event and is none, on invented sentences."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from reportedly.model import Attribution, Claim, Options, Report, Span
from reportedly.normalise import normalise
from reportedly.normalise.topics import class_of
from reportedly.segment import segment

DAY = datetime.date(2026, 3, 18)  # a Wednesday


def claims(text: str, *attributions: Attribution) -> tuple[Claim, ...]:
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r", published=DAY)
    resolved: Any = SimpleNamespace(attributions=attributions, sources=())
    return normalise(segment(report), resolved, Options())


def spoken(text: str, source: str, cue: str, content: str) -> Attribution:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in (source, cue, content)]
    return Attribution(id="a1", report="r", source=spans[0], cue=spans[1], content=(spans[2],))


def classes(text: str, *attributions: Attribution) -> set[str]:
    return {class_of(claim.event) for claim in claims(text, *attributions)}


@pytest.mark.parametrize(
    "text",
    [
        "The reform has been a disaster for dairy farmers.",
        "Their presence was a calamity for the valley.",
        "A flood of complaints reached the ministry on Friday.",
        "The party suffered a political earthquake on Sunday.",
        "He lost his battle with cancer in May.",
        "The mayor began an attack on the reform.",
    ],
)
def test_a_figure_of_speech_is_no_disaster_and_no_assault(text: str) -> None:
    assert not classes(text) & {"DISASTER", "ASSAULT"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The landslide was a disaster for the village of Korr.", "DISASTER"),
        ("It was the worst flood in the valley since 1953.", "DISASTER"),
        ("A flood of muddy water swept through the valley.", "DISASTER"),
        ("Gunmen carried out an attack on the convoy.", "ASSAULT"),
    ],
)
def test_what_is_meant_as_it_stands_stays(text: str, wanted: str) -> None:
    assert wanted in classes(text)


def test_what_to_think_of_an_event_is_not_the_event() -> None:
    text = "The successful launch of the satellite is a concern, the analyst said."
    said = spoken(text, "the analyst", "said", "The successful launch of the satellite is a concern")
    assert [class_of(c.event) for c in claims(text, said)] == ["STATUS"]
    text = "The launch of the satellite was the third this year, the analyst said."
    said = spoken(text, "the analyst", "said", "The launch of the satellite was the third this year")
    assert class_of(claims(text, said)[0].event) == "TEST"


def test_regret_is_no_support_and_concern_no_blame() -> None:
    text = "The city regrets this terrible blunder."
    assert claims(text, spoken(text, "The city", "regrets", "this terrible blunder")) == ()
    text = "The union expressed concern over the slow pace of the work."
    said = spoken(text, "The union", "expressed concern over", "the slow pace of the work")
    assert "ACCUSE" not in classes(text, said)


def test_a_speech_is_not_transferred_to_the_town_where_it_is_delivered() -> None:
    text = "He spoke of peace in a speech that was delivered in Korval. The sermon delivered in Harn drew a crowd."
    assert "TRANSFER" not in classes(text)
    assert "TRANSFER" in classes("The tractors that were delivered in Korval came from Harn.")


def test_where_a_place_lies_on_the_map_is_no_figure() -> None:
    text = "The quake struck 40 km west of Korr at 41.25 degrees north and 17.5 degrees east, at a depth of 12 km."
    assert {c.quantity.low for c in claims(text) if c.quantity} == {40, 12}
    text = "The epicentre lay at latitude 41.25 and longitude 17.5, the wreck at 12.5°N."
    assert not [c for c in claims(text) if c.quantity]
    assert [c.quantity.low for c in claims("It was 31 degrees in Korr on Sunday.") if c.quantity] == [31]


def test_what_is_counted_by_itself_is_left_out_of_the_list() -> None:
    body = "Tarn has already provided Arle with howitzer shells, field guns, and over 9,000 guards"
    text = f"{body}, the mayor said."
    found = {c.evidence.of(text): c.quantity is not None for c in claims(text, spoken(text, "the mayor", "said", body))}
    assert found.pop("over 9,000 guards")
    assert found and all("guns" in words and "guards" not in words for words in found)
