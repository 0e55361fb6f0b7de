"""Which clauses of whole reports become claims, and with which people, things and days; every text is invented."""

import datetime
import re

import pytest

from reportedly.model import Claim, Options, Report
from reportedly.pipeline import analyse

DAY = datetime.date(2026, 3, 18)  # a Wednesday


def told(text: str) -> tuple[Claim, ...]:
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r", outlet="Lower Post", published=DAY)
    return analyse(report, Options(reading="rules")).claims


def about(text: str, words: str) -> Claim:
    """The weightiest claim whose evidence holds the words."""
    return max((c for c in told(text) if words in c.evidence.of(text)), key=lambda c: c.weight)


def evidence(text: str) -> list[str]:
    return [claim.evidence.of(text) for claim in told(text)]


def days(text: str, words: str) -> tuple[str, str]:
    period = about(text, words).period
    return (str(period.first), str(period.last)) if period else ("", "")


def actors(text: str, words: str) -> set[tuple[str, str]]:
    return {(actor.role, actor.name) for actor in about(text, words).actors}


def test_what_two_clauses_tell_is_not_told_again_by_both_together() -> None:
    text = "“The roof fell in at noon, and nobody on the lower deck heard it,” said the mate, Ole Finn."
    assert not [e for e in evidence(text) if "fell" in e and "heard" in e]


def test_a_figure_is_not_told_again_by_the_rest_of_what_is_said() -> None:
    text = "“There are 27 wounded, and we have told every family,” Mayor Rhea Sand said on Tuesday."
    assert [e for e in evidence(text) if "27" in e] == ["There are 27 wounded"]


@pytest.mark.parametrize(
    "text",
    [
        "Three envoys close to the talks said that Ostia will sell the harbour.",
        "According to two brokers with knowledge of the sale, Ostia will sell the harbour.",
        "Nurses at the hospital in Harn said that Ostia will sell the harbour.",
    ],
)
def test_who_speaks_is_no_claim(text: str) -> None:
    assert [e for e in evidence(text) if re.search("envoys|brokers|Nurses", e)] == []


def test_a_noun_of_time_does_not_type_what_is_said() -> None:
    text = "The agency said that during the visit Premier Lund “stressed that the mill must run by night.”"
    assert "visit" not in {c.event for c in told(text) if "stressed" in c.evidence.of(text)}


@pytest.mark.parametrize(
    "text", ["The pumps have met every demand of the town.", "Crews will work until the order is met."]
)
def test_meeting_a_demand_is_no_talk(text: str) -> None:
    assert "consultation" not in {c.event for c in told(text)}


def test_in_the_event_that_is_a_condition() -> None:
    text = "The pact binds Ostia to send troops in the event that either state is attacked."
    assert {c.factuality for c in told(text) if c.evidence.of(text).startswith("either")} == {"unknown"}


@pytest.mark.parametrize(
    ("text", "scrap"),
    [
        ("The Senn group, which tracks fuel deliveries by air, counted 40 tankers in the bay.", "which tracks"),
        ("The envoy wants cheap grain, and the port can ship it.", "cheap grain"),
        ("A spokeswoman declined to comment on the arrest.", "comment"),
    ],
)
def test_scraps_are_no_claims(text: str, scrap: str) -> None:
    assert scrap not in [e[: len(scrap)] for e in evidence(text)]


def test_what_a_bare_noun_stands_for_ranks_last() -> None:
    text = "Ulf Sand, the mayor, rejected the number. He said that guards had shot four men."
    weights = {c.evidence.of(text): c.weight for c in told(text)}
    assert weights.pop("the number", 0) < min(weights.values())


def test_a_pronoun_is_who_was_last_the_subject() -> None:
    text = "Ostia has sent 300 soldiers to Harn. It has also shipped 20 howitzers to the islands."
    assert ("agent", "Ostia") in actors(text, "howitzers")


def test_the_country_is_the_state_last_named() -> None:
    text = "Denmark holds its vote on Sunday. The country has deployed 600 soldiers."
    assert ("agent", "Denmark") in actors(text, "600 soldiers")


def test_actors_are_never_bare_pronouns() -> None:
    text = "They were arrested in Harn. Some of those were beaten by guards."
    assert not {a.name.lower() for c in told(text) for a in c.actors} & {"they", "those", "some", "it", "them"}


def test_a_title_does_not_hide_a_name() -> None:
    text = "Interior minister Orsa Vell resigned on Monday. “I leave with regret,” Orsa Vell said."
    assert ("agent", "Orsa Vell") in actors(text, "resigned")


def test_what_somebody_is_provided_with_is_the_thing() -> None:
    claim = about("Vessia provided Ostia with artillery shells.", "shells")
    assert claim.item == "artillery shells"
    assert ("recipient", "Ostia") in {(a.role, a.name) for a in claim.actors}


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("Ostia has sent 300 soldiers to Harn since January.", "300", "2026-01-01", "2026-03-18"),
        ("The yard delivered 12 boats between October and February.", "12", "2025-10-01", "2026-02-28"),
        ("Exports fell 4 percent from November to January.", "4 percent", "2025-11-01", "2026-01-31"),
        ("Fever killed 31 people over the past week.", "31", "2026-03-11", "2026-03-18"),
        ("The mill will cut 90 jobs by the end of the year.", "90", "2026-03-18", "2026-12-31"),
        ("So far this year the police have arrested 70 smugglers.", "70", "2026-01-01", "2026-03-18"),
        ("Prices rose 5 percent in the year to February.", "5 percent", "2025-03-01", "2026-02-28"),
        ("Sales grew 5 percent in the three months to February.", "5 percent", "2025-12-01", "2026-02-28"),
        ("The navy seized 80 rifles in four operations since September.", "80", "2025-09-01", "2026-03-18"),
        ("Dockers will continue the boycott until Friday.", "boycott", "2026-03-18", "2026-03-20"),
    ],
)
def test_days_of_an_event_that_spans_many(text: str, words: str, first: str, last: str) -> None:
    assert days(text, words) == (first, last)


def test_an_old_figure_keeps_its_date_to_itself() -> None:
    text = "Turnout was 61 percent on Sunday, up from 55 percent six years ago."
    claims = [c for c in told(text) if c.quantity and c.quantity.low == 61]
    assert [str(c.period.first) for c in claims if c.period] == ["2026-03-15"]


def test_old_years_in_a_dated_report_do_not_move_its_weekdays() -> None:
    text = (
        "A court jailed the builder Ulf Sand on Monday over the dam, which broke in 2019.\n"
        "He was paid between May 2016 and June 2017. A partner fled in 2020."
    )
    assert days(text, "jailed") == ("2026-03-16", "2026-03-16")


def test_a_demand_is_made_whatever_comes_of_what_is_asked_for() -> None:
    said = "“The gates must be opened at once,” said the union leader, Piet Moor."
    duty = about(said, "must be opened")
    assert (duty.event, duty.factuality, duty.hedge and duty.hedge.of(said)) == ("obligation", "asserted", "must")
    call = "The council called on all towns not to sell the reservoir."
    asked = about(call, "not to sell")
    assert (asked.event, asked.factuality) == ("demand", "asserted")
    asks = "The union asks all states to respect the ban."
    assert about(asks, "respect the ban").evidence.of(asks) == "all states to respect the ban"
    assert about("The mine said it would ask the court to order them back.", "ask the court").factuality == "planned"
    law = "Owners of dams must inspect them every year."
    assert {c.factuality for c in told(law) if "inspect" in c.evidence.of(law)} <= {"asserted"}


def test_a_verb_that_opens_on_to_another_says_how_sure_both_are() -> None:
    better = "“We are going to make it better,” said the mayor, Ida Lom."
    assert about(better, "are going to").factuality == "planned"
    practice = "“It looks to be a lack of practice,” the guide, Bo Lund, said."
    assert about(practice, "lack of practice").factuality == "probable"
    assert about("Neither the town nor the bank paid the clerk.", "paid").factuality == "denied"


def test_a_figure_counts_what_was_done_to_what_it_counts() -> None:
    assert about("The hall holds 62 seized rifles.", "62").event == "seizure"


def test_money_in_instalments_is_no_share() -> None:
    claim = about("The clerk received at least $2.4 million in five payments.", "$2.4 million")
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.unit) == (2_400_000, "USD")


def test_a_scope_is_no_figure_of_its_own() -> None:
    text = "In their five operations the guards have seized 14 rifles."
    assert [c.quantity.low for c in told(text) if c.quantity] == [14]


def test_an_event_noun_is_not_told_again_beside_its_verb() -> None:
    text = "Lund guided a firing test of several rockets at the Orm range on Tuesday."
    assert len([c for c in told(text) if c.event in {"test", "arms_test"}]) == 1


def test_a_toll_that_rises_is_of_the_dead() -> None:
    claim = about("The number of people killed by the storm in Harn rose to 27 on Monday.", "27")
    assert (claim.event, claim.quantity and claim.quantity.unit) == ("harm", "person")


def test_a_pronoun_in_a_quotation_means_nothing_outside_of_it() -> None:
    text = "Turnout was 61 percent. “It is the will of the town, and the mayor must accept it,” Rhea Sand said."
    assert "Turnout" not in {a.name for c in told(text) if c.attribution for a in c.actors}


def test_the_government_is_one_thing() -> None:
    text = "The boycott has cost shops $3 million. The government may close the port. It has never closed a port."
    assert ("agent", "government") in actors(text, "never closed")


def test_an_act_of_a_pronoun_is_a_claim() -> None:
    assert "he would resign" in evidence("Premier Lund said on Monday that he would resign.")


def test_a_short_relative_clause_takes_its_noun_along() -> None:
    found = evidence("Guards shot the bargeman, who fled in May.")
    assert [e for e in found if "fled" in e and "bargeman" in e]


def test_a_conjunction_does_not_open_the_evidence() -> None:
    assert not [e for e in evidence("Six men drowned when the ferry hit a rock.") if e.startswith("when")]


def test_a_likely_act_is_told_once() -> None:
    found = evidence("The bank is likely to raise its main rate by half a point next week.")
    assert len([e for e in found if "raise" in e]) == 1


def test_a_stoppage_of_work_is_no_attack() -> None:
    text = "Ferry crews will continue their strike until Friday, their union said. Pickets stood there over wages."
    assert about(text, "strike").event == "protest"
    text = "The strike on the airfield killed two men. The rebels hold the city."
    assert "protest" not in {c.event for c in told(text)}


def test_he_is_a_person_and_never_the_agency_that_carries_him() -> None:
    text = (
        "Interior minister Orsa Vell toured the dam on Monday, the state-run Harn Press Agency reported. "
        "He watched the test of a pump. “It works,” Orsa Vell said."
    )
    assert ("agent", "Orsa Vell") in actors(text, "watched")


def test_only_the_first_object_receives() -> None:
    text = "Vessia provided Ostia with shells, rockets, and over 900 men."
    assert {a.name for c in told(text) for a in c.actors if a.role == "recipient"} <= {"Ostia"}


def test_a_denied_neglect_is_denied() -> None:
    text = "The ministry denied that any warning had been ignored."
    assert about(text, "ignored").factuality == "denied"


def test_homes_without_power_are_damage() -> None:
    assert about("The gale left 900 homes without power.", "900").event == "damage"


def test_what_is_asked_for_has_its_own_roles() -> None:
    roles = {role for role, name in actors("Rhea Sand asked the army to send pumps.", "send pumps") if name == "pumps"}
    assert "recipient" not in roles


def test_a_subject_with_a_long_aside_stays_out_of_the_evidence() -> None:
    text = "Mara Lind, who led the union for ten years and sang in two choirs, died on Monday in a clinic in Harn."
    assert "died on Monday in a clinic in Harn" in evidence(text)


def test_what_a_state_consists_of_stays_in_the_evidence() -> None:
    text = "Chief Tann, who has served the town of Harn for two decades now, was in a critical condition at a clinic."
    assert [e for e in evidence(text) if e.startswith("was in a critical condition")]


def test_a_figure_in_a_participle_leaves_the_main_verb_its_claim() -> None:
    text = "Raiders seized a Vessian tanker loaded with $100 million of crude oil."
    assert {"seizure"} <= {c.event for c in told(text)}


def test_what_a_machine_can_do_is_asserted() -> None:
    assert about("The rocket can hit targets 900 km away.", "rocket").factuality == "asserted"


def test_to_go_on_is_no_journey() -> None:
    assert not [c for c in told("The team went on to shatter records.") if c.event == "visit"]


def test_who_will_not_describe_a_thing_says_nothing() -> None:
    assert evidence("Captain Lund declined to describe the bomb in detail.") == []


def test_the_story_is_of_the_day_in_its_main_clauses() -> None:
    text = "The clerk, who was fired last week, shot three men on Tuesday. He wounded a guard."
    assert days(text, "wounded") == ("2026-03-17", "2026-03-17")


def test_an_hour_without_a_day_is_of_the_day_of_the_story() -> None:
    text = "An explosion killed two of the crew at about 8.40 p.m., a clerk said. The ferry sank off Marrow on Monday."
    assert days(text, "two of") == ("2026-03-16", "2026-03-16")


def test_the_day_that_most_is_told_of_is_the_storys() -> None:
    text = (
        "The navy sent two boats home on Monday. Three men drowned when the ferry sank on Saturday. The ferry hit a "
        "rock on Saturday. Forty people were rescued."
    )
    assert days(text, "Forty") == ("2026-03-14", "2026-03-14")


def test_what_has_been_suffered_is_of_the_day_of_the_story() -> None:
    text = "A quake shook Velm on Monday. About 300 houses have been damaged. Orlania has bought 20 ferries."
    assert days(text, "damaged") == ("2026-03-16", "2026-03-16")
    assert days(text, "bought") == ("None", "2026-03-18")


def test_years_that_describe_a_person_date_nothing() -> None:
    assert days("The 1950s film star has died in Harn.", "died") != ("1950-01-01", "1959-12-31")


def test_a_name_in_capitals_is_no_event() -> None:
    text = "The firm said that Orr Lund will not direct Catching Fire, the second film of the series."
    assert not [c for c in told(text) if c.event == "disaster"]


def test_as_many_as_stays_whole() -> None:
    assert "as many as 40 firemen fought the blaze" in evidence(
        "Chief Tann said that as many as 40 firemen fought the blaze."
    )


def test_a_refusal_denies_the_deed() -> None:
    assert about("Premier Lund refused to sign the treaty.", "treaty").factuality == "denied"


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Ana Lind, 66, of Harn was hurt.", 66),
        ("A 9-year-old boy was hurt.", 9),
        ("The winner, Bo Orr, aged 31, wept.", 31),
    ],
)
def test_an_age_is_a_figure_of_its_own(text: str, age: int) -> None:
    found = [c.quantity for c in told(text) if c.event == "age"]
    assert [(q.low, q.unit) for q in found if q] == [(age, "year")]


def test_a_term_of_prison_is_a_figure() -> None:
    quantity = about("A judge sentenced Bo Orr to 12 years in prison.", "12 years").quantity
    assert quantity is not None and (quantity.low, quantity.unit) == (12, "year")


def test_a_sentence_that_somebody_faces_is_possible() -> None:
    assert about("Orr faces up to 12 years in prison.", "12 years").factuality == "possible"


def test_what_is_threatened_is_planned() -> None:
    assert about("The brother threatened the witness.", "witness").factuality == "planned"


def test_the_number_hurt_that_rose_counts_people() -> None:
    quantity = about("The number injured rose to 85 by noon.", "85").quantity
    assert quantity is not None and quantity.unit == "person"


def test_an_undated_deed_is_of_the_day_of_its_like() -> None:
    text = "Orr was arrested on Tuesday. The shots killed Ana Lind on Friday. A clerk was wounded by the shots."
    assert days(text, "wounded") == ("2026-03-13", "2026-03-13")


def test_the_day_of_a_named_event_is_the_storys() -> None:
    assert days("The toll of Tuesday's explosion rose. A wall was damaged.", "wall") == ("2026-03-17", "2026-03-17")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Judge Rhea Sand imprisoned the broker for eight years.", 8),
        ("The new law raised the term to 25 years in prison.", 25),
        ("Ole Finn worked at the mill in Harn for 18 years.", 18),
    ],
)
def test_terms_and_years_of_work_are_figures(text: str, figure: int) -> None:
    assert figure in {claim.quantity.low for claim in told(text) if claim.quantity}


def test_what_is_only_said_of_people_is_probable() -> None:
    assert about("Villagers are said to have left the valley of Tarn.", "left").factuality == "probable"
    assert about("Villagers left the valley of Tarn, the mayor said.", "left").factuality == "asserted"


def test_two_deeds_told_side_by_side_share_the_day_behind_them() -> None:
    text = "A barge sank on March 16. Seventy crates had been opened and burned on February 2."
    assert days(text, "opened") == ("2026-02-02", "2026-02-02")


def test_since_is_open_at_the_end_where_the_report_has_no_date() -> None:
    text = "The clinic has counted 40 deaths since March 2021."
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r")
    found = [claim.period for claim in analyse(report, Options(reading="rules")).claims if claim.quantity]
    assert [(period.first, period.last) for period in found if period] == [(datetime.date(2021, 3, 1), None)]


def test_figures_of_one_clause_have_words_of_their_own() -> None:
    text = "Police arrested 57 people, among them nine minors."
    assert evidence(text) == ["Police arrested 57 people, among them nine minors", "nine minors"]


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("Sixty-three people were admitted, 17 of them children.", "17", "person"),
        ("The board put the number of damaged homes at 840.", "840", "home"),
        ("Police put the crowd at 18,000.", "18,000", "person"),
        ("The ferry had a crew of 16.", "16", "person"),
        ("The index stood at 18,000.", "18,000", None),
    ],
)
def test_a_bare_number_counts_what_it_is_the_number_of(text: str, words: str, unit: str | None) -> None:
    claim = next(c for c in told(text) if c.quantity and c.quantity.span.of(text) == words)
    assert claim.quantity and claim.quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "words", "event", "unit"),
    [
        ("“Four of those killed are members of one family,” Umed Karr said.", "Four", "harm", "person"),
        ("The official figure for houses damaged is about 300.", "about 300", "damage", "house"),
        ("More than 80,000 people turned out.", "More than 80,000", "protest", "person"),
    ],
)
def test_a_part_or_a_figure_for_something_is_of_its_event(text: str, words: str, event: str, unit: str) -> None:
    claim = next(c for c in told(text) if c.quantity and c.quantity.span.of(text) == words)
    assert claim.event == event and claim.quantity and claim.quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Denmark sent soldiers to Ostia.", "mobilization"),
        ("Orsa Vell denied that any soldier had been sent to Ostia.", "mobilization"),
        ("Denmark sent rescuers to Ostia.", "aid"),
        ("Denmark sent tents to Ostia.", "aid"),
        ("Ana Ruiz sent her son to school.", "circumstance"),
    ],
)
def test_what_is_sent_tells_more_than_that_it_is_sent_somewhere(text: str, event: str) -> None:
    assert [claim.event for claim in told(text)] == [event]


@pytest.mark.parametrize(
    ("text", "words", "event", "low", "unit"),
    [
        ("The council put the number of damaged homes at 840.", "840", "damage", 840, "home"),
        ("Guards put the haul at 62 stolen lamps.", "62", "seizure", 62, "lamp"),
        ("About 3,500 workers were on strike. The union puts the number at 6,200.", "6,200", "protest", 6200, "person"),
        ("Nine guards were wounded. The ministry speaks of seven.", "seven", "harm", 7, "person"),
        ("The mine will cut 1,900 jobs, including 1,300 underground.", "including 1,300", "business", 1300, None),
        ("Sixty people were hurt by Monday, 17 of them children.", "17 of them", "harm", 17, "person"),
        ("Four of the dead were from one town.", "Four", "harm", 4, "person"),
        ("Guards seized a lorry carrying 40 rifles.", "40", "seizure", 40, "rifle"),
    ],
)
def test_a_stated_figure_counts_what_was_told(text: str, words: str, event: str, low: int, unit: str | None) -> None:
    found = [
        (c.event, c.quantity.low, c.quantity.unit) for c in told(text) if c.quantity and words in c.evidence.of(text)
    ]
    assert (event, low, unit or found[-1][2]) in found


def test_a_stated_figure_far_from_the_one_before_is_another() -> None:
    text = "Nine guards were wounded. The mayor spoke of 18,000."
    assert about(text, "18,000").event == "status"


def test_numbers_of_names_models_and_hours_are_no_figures() -> None:
    text = "The ferry Lady Ann 3 sailed at five. Guards seized six AK 47 rifles. The toll stood at five."
    assert {(c.quantity.low, c.quantity.unit) for c in told(text) if c.quantity} == {(6, "rifle"), (5, "person")}


def test_words_of_a_claim_end_before_an_aside_and_hold_its_figure() -> None:
    text = "“We do not accept the report, which rests on the word of a clerk,” said Ida Lom."
    claim = about(text, "accept")
    assert (claim.evidence.of(text), claim.event, claim.factuality) == (
        "We do not accept the report",
        "rejection",
        "asserted",
    )
    text = "With results in from 62 percent of the booths, Piet Moor had 54 percent of the vote, the panel said."
    assert "With results in from 62 percent of the booths" in evidence(text)
    text = "The ferry sank, leaving at least 19 dead and 44 missing, the guard said."
    assert "44 missing" in evidence(text)


def test_a_clause_that_says_little_is_of_the_event_it_speaks_of() -> None:
    assert about("The guard said the town had no part in the raid.", "had no part").event == "coercion"
    assert about("The office said the valley is under an embargo.", "under an embargo").event == "sanction"
    assert about("The mill stands at Orm, where a blast took place at noon.", "blast").event == "disaster"


def test_what_only_tells_which_one_is_meant_is_not_denied() -> None:
    text = "The mayor denied any link with the lorry seized in Orm by guards."
    assert about(text, "seized").factuality == "asserted"


def test_what_is_to_be_held_is_planned_for_its_day() -> None:
    text = "They agreed on talks to be held next week. It was the first attack to kill a guard."
    claim = about(text, "talks to be held")
    assert claim.factuality == "planned"
    assert claim.period is not None
    assert str(claim.period.first) == "2026-03-23"
    assert about(text, "first attack").factuality == "asserted"


def test_people_counted_since_the_day_of_the_story() -> None:
    text = "A ferry sank off Orm on Monday. Seven people died. So far 71 people have been rescued. Thirty are missing."
    assert days(text, "died") == ("2026-03-16", "2026-03-16")
    assert days(text, "rescued") == ("2026-03-16", "2026-03-18")
    assert days(text, "missing") == ("2026-03-18", "2026-03-18")


@pytest.mark.parametrize(
    ("text", "words", "event"),
    [
        ("Guards fired tear gas at the crowd on Monday.", "tear gas", "coercion"),
        ("Guards answered with water cannon on Monday.", "water cannon", "coercion"),
        ("The freighter was carrying 40 rifles to Orm.", "40 rifles", "transfer"),
        ("The lamps were developed with foreign technical assistance, he said.", "developed", "cooperation"),
        ("The pact took effect at midnight, the council said.", "took effect", "agreement"),
        ("The union said it would appeal.", "would appeal", "rejection"),
    ],
)
def test_common_words_of_the_news(text: str, words: str, event: str) -> None:
    assert about(text, words).event == event


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Three soldiers were also reported killed in the north.", "harm"),
        ("Houses in three villages were reported damaged.", "damage"),
        ("Three men were reported to be missing.", "harm"),
    ],
)
def test_a_figure_counts_what_is_reported_of_those_it_stands_for(text: str, event: str) -> None:
    assert [c.event for c in told(f"A storm hit Harn on Monday. {text}") if c.quantity] == [event]
