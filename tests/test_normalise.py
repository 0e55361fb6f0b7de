"""Claims as wholes: evidence, speaker, figure, time, certainty."""

import datetime
from types import SimpleNamespace
from typing import Any

from reportedly.model import Attribution, Claim, Options, Report, Source, Span
from reportedly.normalise import normalise
from reportedly.segment import segment

DAY = datetime.date(2026, 3, 18)  # a Wednesday


def spoken(text: str, source: str, cue: str, content: str, id: str = "a1", within: str | None = None) -> Attribution:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in (source, cue, content)]
    return Attribution(id=id, report="r", source=spans[0], cue=spans[1], content=(spans[2],), within=within)


def claims(
    text: str, *attributions: Attribution, sources: tuple[Source, ...] = (), dated: bool = True
) -> tuple[Claim, ...]:
    published = DAY if dated else None
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r", published=published)
    resolved: Any = SimpleNamespace(attributions=attributions, sources=sources)
    return normalise(segment(report), resolved, Options())


def words(claim: Claim, text: str) -> str:
    return claim.evidence.of(text)


def test_each_figure_of_a_list_is_a_claim() -> None:
    text = "The coast guard seized 14 rifles, 31 magazines and 900 rounds of ammunition."
    found = [(words(c, text), c.event, c.quantity.low) for c in claims(text) if c.quantity]
    assert [low for _, _, low in found] == [14, 31, 900]
    assert {event for _, event, _ in found} == {"seizure"}
    assert found[1][0] == "31 magazines"


def test_two_verbs_share_a_subject_and_split_the_figures() -> None:
    text = "The mudslide killed six people and injured 40."
    found = {c.quantity.low: words(c, text) for c in claims(text) if c.quantity}
    assert found == {6: "killed six people", 40: "injured 40"}


def test_bare_number_counts_people_where_people_are_hurt() -> None:
    text = "The mudslide killed six people and injured 40."
    assert {c.quantity.unit for c in claims(text) if c.quantity} == {"person"}


def test_evidence_stays_in_what_the_innermost_speaker_says() -> None:
    text = "The harbour office said the mayor told it that two ferries had sunk off Pell on Monday night."
    outer = spoken(
        text, "The harbour office", "said", "the mayor told it that two ferries had sunk off Pell on Monday night"
    )
    inner = spoken(text, "the mayor", "told", "two ferries had sunk off Pell on Monday night", "a2", "a1")
    for claim in claims(text, outer, inner):
        assert claim.attribution == "a2"
        assert inner.content[0].holds(claim.evidence)


def test_the_outlets_own_voice_has_no_attribution() -> None:
    text = "Two ferries sank off Pell."
    assert [c.attribution for c in claims(text)] == [None]


def test_time_of_the_event_is_told_from_the_time_of_saying() -> None:
    text = "The ministry said Monday that rebels shelled the airfield on Saturday."
    said = spoken(text, "The ministry", "said", "rebels shelled the airfield on Saturday")
    (claim,) = claims(text, said)
    assert claim.period is not None and claim.period.first == claim.period.last == datetime.date(2026, 3, 14)
    assert claim.said is not None and claim.said.first == datetime.date(2026, 3, 16)


def test_past_event_without_a_date_lies_before_the_report() -> None:
    (claim,) = claims("Vessia has delivered 24 howitzers to Ostia.")
    assert claim.period is not None
    assert (claim.period.first, claim.period.last) == (None, DAY)


def test_told_events_take_the_day_of_the_story() -> None:
    text = "Rebels shelled the airfield on Monday. The shells destroyed four helicopters."
    for claim in claims(text):
        assert claim.period is not None and claim.period.first == datetime.date(2026, 3, 16)


def test_without_a_date_nothing_is_guessed() -> None:
    assert all(
        c.period is None or c.period.first is None
        for c in claims("Rebels shelled the airfield on Monday.", dated=False)
    )


def test_a_denied_claim_is_what_is_denied() -> None:
    text = "The navy denied that it had sunk the trawler."
    denial = spoken(text, "The navy", "denied", "it had sunk the trawler")
    (claim,) = claims(text, denial)
    assert claim.factuality == "denied"
    assert claim.hedge == denial.cue


def test_blame_without_a_clause_is_an_accusation() -> None:
    text = "The senator blamed the cartel for the fires."
    (claim,) = claims(text, spoken(text, "The senator", "blamed", "the cartel for the fires"))
    assert claim.event == "accusation"


def test_none_is_a_figure_and_no_denial() -> None:
    text = "No casualties were reported."
    found = [c for c in claims(text) if c.quantity and c.quantity.high == 0]
    assert found and found[0].factuality == "asserted"


def test_who_did_it_and_to_whom() -> None:
    (claim,) = claims("Vessia delivered 24 howitzers to Ostia.")
    assert {(a.role, a.name, a.country) for a in claim.actors} == {
        ("agent", "Vessia", None),
        ("recipient", "Ostia", None),
    }
    assert claim.item == "howitzers"


def test_states_are_named_by_their_adjectives() -> None:
    (claim,) = claims("Norwegian police arrested six men.")
    assert ("agent", "no") in {(a.role, a.country) for a in claim.actors}


def test_a_pronoun_is_who_it_was_resolved_to() -> None:
    text = "Governor Ilva Tamm said she had visited the camp."
    said = spoken(text, "Governor Ilva Tamm", "said", "she had visited the camp")
    source = Source(id="s1", name="Ilva Tamm", kind="government", naming="named")
    spoken_by = Attribution(**{f: getattr(said, f) for f in said.__struct_fields__} | {"source_id": "s1"})
    (claim,) = claims(text, spoken_by, sources=(source,))
    assert [(a.name, a.source_id) for a in claim.actors if a.role == "agent"] == [("Ilva Tamm", "s1")]


def test_weightiest_first_and_ids_are_of_the_words() -> None:
    text = "The camp is quiet. At least 14 villagers were killed when the dam burst."
    found = claims(text)
    assert found[0].quantity is not None
    assert [c.weight for c in found] == sorted((c.weight for c in found), reverse=True)
    assert len({c.id for c in found}) == len(found)


def test_the_same_words_are_told_once() -> None:
    found = claims("Rebels shelled the airfield at dawn.")
    assert len(found) == 1


def test_how_the_outlet_frames_a_speaker() -> None:
    text = "The minister claimed, without evidence, that the dam had been sabotaged."
    said = spoken(text, "The minister", "claimed", "the dam had been sabotaged")
    (claim,) = claims(text, said)
    assert claim.framing is not None and claim.framing.stance == "doubted"
    assert claim.framing.span.of(text) == "without evidence"


def test_what_another_event_answers_came_before_the_day_of_the_story() -> None:
    text = "Tarn fired rockets at a camp on Tuesday in response to the raid that killed General Aker."
    days = {words(c, text): c.period for c in claims(text)}
    raid = days["the raid that killed General Aker"]
    assert raid is not None and (raid.first, raid.last) == (None, datetime.date(2026, 3, 17))


def test_a_deed_of_old_is_no_time_of_saying() -> None:
    text = "In 2012, Arle began supporting the rebels, providing air raids."
    deed = spoken(text, "Arle", "began supporting", "the rebels, providing air raids")
    found = claims(text, deed)
    assert found and all(c.said is None for c in found)
    assert {c.period.first for c in found if c.period} == {datetime.date(2012, 1, 1)}
    text = "In 2012, the minister said the dam had cracked."
    old = spoken(text, "the minister", "said", "the dam had cracked")
    assert claims(text, old)[0].said is not None
