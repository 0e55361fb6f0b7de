"""Who takes part in an event, on invented sentences."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from reportedly.model import Attribution, Claim, Options, Report, Source, Span
from reportedly.normalise import normalise
from reportedly.segment import segment

DAY = datetime.date(2026, 3, 18)  # a Wednesday


def claims(text: str, *attributions: Attribution, sources: tuple[Source, ...] = ()) -> tuple[Claim, ...]:
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r", published=DAY)
    resolved: Any = SimpleNamespace(attributions=attributions, sources=sources)
    return normalise(segment(report), resolved, Options())


def spoken(text: str, source: str, cue: str, content: str, speaker: str | None = None) -> Attribution:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in (source, cue, content)]
    return Attribution(id="a1", report="r", source=spans[0], cue=spans[1], content=(spans[2],), source_id=speaker)


def names(found: tuple[Claim, ...]) -> set[str]:
    return {actor.name for claim in found for actor in claim.actors}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The navy seized a total of 26 rifles.", {"navy", "26 rifles"}),
        ("The majority of the villagers fled to Korr.", {"villagers", "Korr"}),
        ("The number of injured rose to 14.", set()),
        ("Only the mayor of Harn was arrested.", {"mayor"}),
        ("The quake struck seven km east of Korr.", {"quake"}),
        ("Its army shelled the port.", {"army", "port"}),
    ],
)
def test_an_amount_gives_what_it_is_of_and_small_words_are_left_out(text: str, wanted: set[str]) -> None:
    assert names(claims(text)) == wanted


def test_what_cannot_act_takes_no_part() -> None:
    text = "Their presence destroyed the market."
    assert names(claims(text)) == {"market"}


def test_who_does_not_say_whether_there_were_deaths_did_not_do_them() -> None:
    text = "The agency did not mention if there were casualties."
    said = spoken(text, "The agency", "did not mention", "there were casualties")
    found = claims(text, said)
    assert [c.event for c in found] == ["harm"]
    assert names(found) == set()


def test_a_minister_means_his_state_by_our_government() -> None:
    text = "The Norwegian minister admitted his government had banned the ferry."
    minister = Source(id="s1", name="Norwegian minister", kind="government", naming="office", country="no")
    said = spoken(text, "The Norwegian minister", "admitted", "his government had banned the ferry", "s1")
    actors = [a for c in claims(text, said, sources=(minister,)) for a in c.actors if a.role == "agent"]
    assert [a.source_id for a in actors] == ["government-no"]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("The envoy led Ostia to send grain to Ferro.", "Ostia"),
        ("The miners were driven to burn the mill.", "miners"),
        ("The guards tried to seize the port.", "guards"),
    ],
)
def test_who_is_led_to_a_deed_does_it(text: str, agent: str) -> None:
    found = {actor.name for claim in claims(text) for actor in claim.actors if actor.role == "agent"}
    assert found == {agent}
