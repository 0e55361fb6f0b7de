"""Two figures contradict each other only when they count the same; every text is invented."""

import pytest
from msgspec.structs import replace

from reportedly import lexicon
from reportedly.link import claims, conflicts
from reportedly.link.concepts import plain
from reportedly.model import Findings, Span
from tests.stories import findings_of

DAY = "on=2031-05-04"
BLAST = f"event=harm,unit=person,in=Pell,{DAY}"
VOTE = f"event=election,unit=percent,in=Sarn,{DAY}"


def clash(a: str, b: str, days: tuple[str, str] = ("2031-05-05", "2031-05-05")) -> tuple[str, str | None] | None:
    """How the first claims of two reports disagree: reason and field."""
    return between(findings_of("r1", a, "Outlet 1", days[0]), findings_of("r2", b, "Outlet 2", days[1]))


def between(a: Findings, b: Findings) -> tuple[str, str | None] | None:
    one, other = claims.told(a)[0], claims.told(b)[0]
    made = conflicts.conflict(one, other, claims.compare(one, other), False)
    return (made.reason, made.field) if made else None


CONFLICT = ("conflict", "quantity")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (f"[is#1 Nine people lost their lives|n=9,{BLAST}] in the mill", f"[is#1 four are dead|n=4,{BLAST}]"),
        (f"[is#1 No loss of life|n=0,{BLAST}] was seen", f"[is#1 two men were shot dead|n=2,{BLAST}]"),
        (f"[is#1 a turnout of 61%|n=61,{VOTE}]", f"[is#1 the participation rate was 40%|n=40,{VOTE}]"),
        (f"[is#1 Ravnel had 40% of the vote|n=40,{VOTE}]", f"Ravnel: [is#1 she got 55% of the votes|n=55,{VOTE}]"),
        (f"[is#1 Ravnel won 52% of the vote|n=52,{VOTE}]", f"[is#1 Orsolan won 54% of the vote|n=54,{VOTE}]"),
        ("[is#1 the climber fell about 60 metres|event=harm,n=60,unit=metre,in=Hale]",
         "[is#1 after falling 600 feet at Hale|event=harm,n=600,unit=foot,in=Hale]"),
        (f"[is#1 Rangers took in 57 people|n=57,event=arrest,unit=person,in=Pell,{DAY}]",
         f"[is#1 112 people were taken into custody|n=112,event=arrest,unit=person,in=Pell,{DAY}]"),
        ("A barge with [is#1 134 people on board|n=134,event=status,unit=person]",
         "A clerk says that [is#1 162 people were aboard|n=162,event=status,unit=person]"),
        (f"[is#1 the barge Marten had 134 people on board|n=134,event=status,unit=person,{DAY}]",
         f"[is#1 she counted 162 passengers on the barge Marten|n=162,event=status,unit=person,{DAY}]"),
        ("[is#1 the Marten brought 62 lorries to Sund|n=62,event=transfer,unit=lorry]",
         "By the harbour's books [is#1 45 lorries were unloaded|n=45,event=transfer,unit=lorry]"),
        (f"of the 420 polling places [is#1 turnout in the 40 places it saw was 47%|n=47,{VOTE}]",
         f"[is#1 a turnout of 61%|n=61,{VOTE}]"),
    ],
)  # fmt: skip
def test_one_count_with_two_figures_is_a_conflict(a: str, b: str) -> None:
    assert clash(a, b) == CONFLICT
    assert clash(b, a) == CONFLICT


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("A barge with [is#1 134 people on board|n=134,event=status,unit=person]",
         "[is#1 She had 118 passengers|n=118,event=status,unit=person]"),
        ("A barge [is#1 licensed for 150 passengers|n=150,event=status,unit=person]",
         "[is#1 She had 118 passengers|n=118,event=status,unit=person]"),
        (f"[is#1 12 officers injured|n=12,{BLAST}]", f"[is#1 six marchers were injured|n=6,{BLAST}]"),
        (f"A doctor confirmed [is#1 the two deaths|n=2,{BLAST}]", f"[is#1 13 people died|n=13,{BLAST}]"),
        ("[is#1 a 36-year-old man fell 60 metres|event=harm,n=60,unit=metre,in=Hale]",
         "[is#1 a climber aged 32 fell 600 metres|event=harm,n=600,unit=metre,in=Hale]"),
        (f"[is#1 41 persons were injured|n=41,{BLAST}]", f"[is#1 11 persons have lost their lives|n=11,{BLAST}]"),
        (f"[is#1 nine of them in critical condition|n=9,{BLAST}]", f"[is#1 41 were injured|n=41,{BLAST}]"),
        (f"[is#1 Police arrested 30|n=30,{BLAST}]", f"[is#1 police have charged 12|n=12,{BLAST}]"),
        (f"[is#1 13 people died|n=13,{BLAST}]", f"[is#1 60 have died over the past three years|n=60,{BLAST}]"),
        (f"[is#1 13 people died|n=13,{BLAST}]", f"[is#1 one man had been killed by a car|n=1,{BLAST}]"),
        (f"[is#1 13 people died|n=13,{BLAST}]", f"[is#1 three more people died|n=3,{BLAST}]"),
        (f"[is#1 13 people died|n=13,{BLAST}]", f"[is#1 at most five may have died|n=..5,f=possible,{BLAST}]"),
        (f"[is#1 a turnout of 61%|n=61,{VOTE}]", f"[is#1 Ravnel won 53% of the vote|n=53,{VOTE}]"),
        (f"[is#1 Ravnel won 53% of the vote|n=53,{VOTE}]", f"[is#1 Orsolan won 40% of the vote|n=40,{VOTE}]"),
        (f"[is#1 Ravnel won 53%|n=53,{VOTE}] on a turnout of 61%", f"[is#1 a turnout of 61%|n=61,{VOTE}]"),
        (f"[is#1 its shares fell 8%|n=8,{VOTE}]", f"[is#1 wages rose to make up 30% of costs|n=30,{VOTE}]"),
        ("[is#1 the climber fell about 200 feet|event=harm,n=~200,unit=foot,in=Hale]",
         "[is#1 falling some 60 metres at Hale|event=harm,n=~60,unit=metre,in=Hale]"),
        # a narrower group, another happening, another deed
        (f"[is#1 four border guards were wounded|n=4,{BLAST}]",
         f"[is#1 Nine wounded men were taken to the army hospital|n=9,{BLAST}]"),
        (f"[is#1 six policemen were injured|n=6,{BLAST}]", f"[is#1 20 people were injured|n=20,{BLAST}]"),
        (f"[is#1 two women were killed|n=2,{BLAST}]", f"[is#1 nine people were killed|n=9,{BLAST}]"),
        (f"[is#1 four members of one family were killed|n=4,{BLAST}]", f"[is#1 9 people were killed|n=9,{BLAST}]"),
        (f"[is#1 seven people died in one village|n=7,{BLAST}]", f"[is#1 nine people died|n=9,{BLAST}]"),
        (f"[is#1 No one was hurt in the second blast|n=0,{BLAST}]",
         f"[is#1 9 were hurt in the first blast|n=9,{BLAST}]"),
        (f"[is#1 Turnout was 61 percent|n=61,{VOTE}]", f"[is#1 Turnout among young voters was 40%|n=40,{VOTE}]"),
        ("[is#1 The bank holds deposits of 40 million|event=business,n=40000000,unit=USD]",
         "[is#1 The bank lent 25 million|event=business,n=25000000,unit=USD]"),
        (f"[is#1 The drone flew 30 km|event=assault,n=30,unit=km,{DAY}]",
         f"[is#1 The drone fell 4 km from the border|event=assault,n=4,unit=km,{DAY}]"),
        ("[is#1 605 yards|event=status,n=605,unit=yard]", "[is#1 364 yards|event=status,n=364,unit=yard]"),
        ("[is#1 The minister resigned on Monday|event=resignation,who=minister,on=2031-05-05]",
         "[is#1 The deputy minister resigned on Wednesday|event=resignation,who=deputy minister,on=2031-05-07]"),
    ],
)  # fmt: skip
def test_two_counts_do_not_contradict_each_other(a: str, b: str) -> None:
    assert clash(a, b) is None
    assert clash(b, a) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (f"Police at first spoke of [is#1 six dead|n=6,{BLAST}]", f"[is#1 12 people died|n=12,{BLAST}]"),
        (f"In partial results [is#1 Ravnel had 55% of the vote|n=55,{VOTE}]",
         f"[is#1 Ravnel had 53% of the vote|n=53,{VOTE}]"),
    ],
)  # fmt: skip
def test_a_first_or_partial_figure_is_updated(a: str, b: str) -> None:
    assert clash(a, b) == ("update", "quantity")
    assert clash(b, a) == ("update", "quantity")


def test_a_toll_so_far_is_updated_by_a_higher_one_of_an_unknown_day() -> None:
    a, b = f"[is#1 Six bodies have been found|n=6,{BLAST}] so far", f"[is#1 12 people died|n=12,{BLAST}]"
    assert clash(a, b, ("2031-05-05", "")) == ("update", "quantity")
    assert clash(a, b) == CONFLICT


def within(text: str) -> set[tuple[str, str | None]]:
    """How the claims of one report disagree."""
    told = claims.told(findings_of("r1", text, "Outlet 1"))
    pairs = [(a, b) for a in told for b in told if a.claim.id < b.claim.id]
    made = [conflicts.conflict(a, b, claims.compare(a, b), False) for a, b in pairs]
    return {(each.reason, each.field) for each in made if each}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (f"[is#1 44 are missing|n=44,{BLAST}]", f"[is#1 30 are still missing|n=30,{BLAST}]"),
        (f"[is#1 71 survivors|n=71,{BLAST}]", f"[is#1 78 people survived|n=78,{BLAST}]"),
        (f"[is#1 about 300 houses were damaged|n=300,event=damage,unit=house,{DAY}]",
         f"[is#1 840 houses were damaged|n=840,event=damage,unit=house,{DAY}]"),
    ],
)  # fmt: skip
def test_what_passes_or_grows_is_updated_by_a_later_day(a: str, b: str) -> None:
    assert clash(a, b, ("2031-05-05", "2031-05-08")) == ("update", "quantity")
    assert clash(a, b) == CONFLICT


def test_who_gives_both_figures_counts_two_things() -> None:
    seized = f"event=seizure,unit=crate,in=Pell,{DAY}"
    one, both = f"[is#1 40 crates were seized|n=40,{seized}]", f"[is#1 55 crates were seized|n=55,{seized}]"
    assert clash(one, both) == CONFLICT
    assert clash(one, both + f". Before that [is#2 40 crates|n=40,{seized}]") is None


def test_one_happening_has_one_hour_and_one_place() -> None:
    sailed = f"event=status,{DAY}"
    five = f"The Marten [is#1 left the port of Pell at 5 p.m.|{sailed},in=Pell]"
    assert clash(five, f"The Marten [is#1 sailed from the port at 18:20|{sailed},in=Pell]") == ("conflict", "time")
    assert clash(five, f"The Marten [is#1 sailed from the port at 17:05|{sailed},in=Pell]") is None
    sank = f"event=disaster,{DAY}"
    a, b = f"She [is#1 went down off Harn|{sank},in=Harn]", f"[is#1 She sank in Sund Bay|{sank},in=Sund Bay]"
    assert clash(a, b + ", not off Harn.") == ("conflict", "place")
    assert clash(a, b) is None


def test_a_day_carried_over_parts_no_claims() -> None:
    text = "[is#1 The Marten sank|event=disaster,on={}] off Harn."
    a, b = (findings_of(f"r{i}", text.format(day), "Outlet") for i, day in enumerate(("2031-05-04", "2031-05-07")))
    assert claims.compare(claims.told(a)[0], claims.told(b)[0]).gap == 3
    far = Span(900, 906)
    moved = [replace(each, period=replace(each.period, span=far)) for each in b.claims if each.period]
    assert claims.compare(claims.told(a)[0], claims.told(replace(b, claims=tuple(moved)))[0]).gap == 0


def test_figures_of_one_sentence_and_of_one_voice_do_not_contradict_each_other() -> None:
    harm = "event=harm,unit=person,in=Pell"
    assert not within(f"[is#1 Six died|n=6,{harm}] in one house and [is#2 two died|n=2,{harm}] in another.")
    assert not within(f"[is#1 Six people died|n=6,{harm}]. Later we read: [is#2 two people died|n=2,{harm}].")


def test_two_winners_of_one_vote_are_a_conflict() -> None:
    vote = f"event=election,in=Sarn,{DAY}"
    a, b = f"[is#1 Ravnel has won the vote|{vote}]", f"The board gave [is#1 victory to Orsolan|{vote}]"
    assert clash(a, b) == ("conflict", "actor")
    assert clash(a, f"The board gave [is#1 victory to Ravnel|{vote}]") is None


def test_a_phrase_keeps_the_length_of_the_text() -> None:
    text = "Nine lost their lives; two are in critical condition after the participation rate fell."
    assert len(plain(text)) == len(text)
    assert "killed" in plain(text) and "critical" in plain(text) and "turnout" in plain(text)


def same(a: str, b: str) -> float:
    """How likely the first claims of two reports are one."""
    one, other = claims.told(findings_of("r1", a, "Outlet 1"))[0], claims.told(findings_of("r2", b, "Outlet 2"))[0]
    return claims.compare(one, other).same


def test_one_claim_in_other_words() -> None:
    toll = "event=harm,unit=person,in=Pell"
    assert same(f"[is#1 At least six workers were killed|n=6..,{toll}]", f"[is#1 six deaths in Pell|n=6,{toll}]") > 0.5


def test_two_states_without_a_word_in_common_are_two() -> None:
    mud, dyke = "[is#1 The mud came within minutes|event=status]", "[is#1 the tall dyke above held|event=status]"
    around = "after the river Aller burst its banks at Weir, the mayor Ada Lorn said at the town hall on Tuesday."
    assert same(f"{mud} {around}", f"{dyke} {around}") < 0.01
    assert same(f"{mud} {around}", f"[is#1 within minutes there was mud|event=status] {around}") > 0.5


def test_a_name_may_be_the_one_described_but_is_no_war() -> None:
    def agents(who: str, other: str) -> int:
        one, two = (f"[is#1 It gave us drones|event=status,who={name}]" for name in (who, other))
        first, second = (claims.told(findings_of(r, text, r))[0] for r, text in (("r1", one), ("r2", two)))
        return claims.compare(first, second).agents

    assert agents("Ada Lorn", "the mayor") == 0
    assert agents("Ada Lorn", "the war") == agents("the war", "Ada Lorn") == -1


def test_a_forecast_is_not_what_has_happened() -> None:
    toll = "event=harm,unit=person,in=Pell"
    has, may = f"[is#1 the toll rose|{toll}] in Pell", f"[is#1 the toll may rise|f=possible,{toll}] in Pell"
    assert same(has, may) < same(has, has)


def test_a_total_of_several_raids_is_never_the_figure_of_one() -> None:
    seizure = "event=seizure,n=410,unit=crate"
    total = f"In all four raids since spring [is#1 410 crates were seized|{seizure},on=2031-02-01..2031-05-01]"
    assert same(total, f"[is#1 410 crates were seized|{seizure},on=2031-05-04]") < 0.01


def test_every_feature_has_its_weight() -> None:
    told = claims.told(findings_of("r1", f"[is#1 Nine died|n=9,{BLAST}]", "Outlet 1"))[0]
    weighed = {row["feature"] for row in lexicon.table("claim_weights.tsv")}
    assert weighed == {*claims.features(told, told, claims.compare(told, told)), "bias"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (f"[is#1 six people were treated for burns|n=6,{BLAST}]", f"[is#1 20 people were injured|n=20,{BLAST}]"),
        (f"[is#1 Nine wounded were brought to the clinic of Pell|n=9,{BLAST}]", f"[is#1 12 were wounded|n=12,{BLAST}]"),
        (f"[is#1 No one was hurt on the Sarnian side|n=0,{BLAST}]", f"[is#1 40 people were injured|n=40,{BLAST}]"),
        (f"[is#1 11 Norwegian sailors were injured|n=11,{BLAST}]", f"[is#1 four Danish sailors were hurt|n=4,{BLAST}]"),
        (f"leaving 9 dead and [is#1 44|n=44,{BLAST}] missing, the firm said", f"[is#1 9 people died|n=9,{BLAST}]"),
    ],
)  # fmt: skip
def test_a_part_cared_for_and_those_of_another_side_are_other_counts(a: str, b: str) -> None:
    assert clash(a, b) is None
    assert clash(b, a) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (f"[is#1 60 people were treated for burns|n=60,{BLAST}]", f"[is#1 20 people were injured|n=20,{BLAST}]"),
        (f"[is#1 No one was hurt at Pell|n=0,{BLAST}]", f"[is#1 40 people were injured|n=40,{BLAST}]"),
        (f"[is#1 11 Norwegian sailors were injured|n=11,{BLAST}]", f"[is#1 four sailors were hurt|n=4,{BLAST}]"),
        (f"[is#1 134 people were on board|n=134,event=status,unit=person,{DAY}] of the Marten",
         f"Of tickets [is#1 162 passengers had one|n=162,event=status,unit=person,{DAY}]"),
    ],
)  # fmt: skip
def test_a_part_larger_than_the_whole_is_a_conflict(a: str, b: str) -> None:
    assert clash(a, b) == CONFLICT
    assert clash(b, a) == CONFLICT


@pytest.mark.parametrize(
    ("denial", "shown"),
    [
        ("Rescuers could not reach the climbers on Mount Hale until morning", False),
        ("Rescuers were not able to reach the climbers on Mount Hale", False),
        ("Rescuers never reached the climbers on Mount Hale", True),
    ],
)
def test_what_was_not_possible_for_a_time_denies_nothing(denial: str, shown: bool) -> None:
    who = f"event=rescue,who=Rescuers,in=Hale,{DAY}"
    found = clash(f"[is#1 {denial}|{who},f=denied]", f"[is#1 Rescuers reached the climbers on Mount Hale|{who}]")
    assert (found == ("conflict", "factuality")) is shown


def test_a_count_of_people_is_opposed_by_more_than_one_shared_word() -> None:
    missing = f"Off Pell [is#1 boats searched for dozens still missing|event=rescue,n=24..,unit=person,{DAY}]"
    assert clash(missing, f"They rowed out before [is#1 the first boat arrived at dusk|event=rescue,{DAY}]") is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (f"[is#1 26 policemen were injured|n=26,{BLAST}]", f"[is#1 20 people were injured|n=20,{BLAST}]"),
        (f"[is#1 six policemen were injured|n=6,{BLAST}]", f"[is#1 nine policemen were injured|n=9,{BLAST}]"),
        (f"[is#1 six policemen were injured|n=6,{BLAST}]", f"[is#1 nine were hurt|n=9,{BLAST}]"),
        ("[is#1 The bank lent 40 million|event=business,n=40000000,unit=USD]",
         "[is#1 The bank lent 25 million|event=business,n=25000000,unit=USD]"),
    ],
)  # fmt: skip
def test_a_larger_part_and_one_group_are_a_conflict(a: str, b: str) -> None:
    assert clash(a, b) == CONFLICT
    assert clash(b, a) == CONFLICT
