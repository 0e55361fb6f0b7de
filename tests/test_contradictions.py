"""Pairs of claims that contradict each other are never counted as support, and most are shown as conflicts."""

from collections import Counter
from collections.abc import Iterator

import pytest

from reportedly.link import claims, conflicts
from reportedly.model import Findings
from tests.stories import FOLDER, findings_of

FIELDS = ("polarity", "figure", "date", "actor")


def pairs() -> Iterator[tuple[str, Findings, Findings]]:
    """Every invented pair: what it differs in, and its two sides, said by two bodies on one day."""
    field, lines = "", list[str]()
    for line in (FOLDER / "contradictions.md").read_text("utf-8").splitlines():
        if line in FIELDS:
            field = line
        elif line != "--":
            lines.append(line)
        if len(lines) == 2:
            yield field, findings_of("pair1", lines[0], "Outlet 1"), findings_of("pair2", lines[1], "Outlet 2")
            lines.clear()


PAIRS = list(pairs())


def test_there_are_sixty_pairs_fifteen_of_each_field() -> None:
    assert Counter(field for field, _, _ in PAIRS) == dict.fromkeys(FIELDS, 15)


def test_at_most_one_contradiction_is_called_support() -> None:
    called = [a.report.text for _, a, b in PAIRS if joined(a, b)]
    assert len(called) <= 1, called


@pytest.mark.parametrize(("field", "least"), [("polarity", 14), ("figure", 14), ("date", 12), ("actor", 12)])
def test_most_contradictions_are_shown_with_their_field(field: str, least: int) -> None:
    name = {"polarity": "factuality", "figure": "quantity", "date": "time", "actor": "actor"}[field]
    shown = [a.report.text for each, a, b in PAIRS if each == field and clash(a, b) == name]
    assert len(shown) >= least, shown


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        ("Mara Venn, 45|event=age,n=45,unit=year", "Mara Venn, 47|event=age,n=47,unit=year", "quantity"),
        ("Mara Venn, 45|event=age,n=45,unit=year", "Olo Prell, 47|event=age,n=47,unit=year", None),
        ("9-year-old boy|event=age,n=9,unit=year", "12-year-old boy|event=age,n=12,unit=year", None),
    ],
)
def test_two_ages_clash_only_where_both_name_one_person(one: str, other: str, field: str | None) -> None:
    sides = (f"The dead of the fire in Harn: [is#1 {words}]." for words in (one, other))
    assert clash(*(findings_of(f"age{place}", text, f"Outlet {place}") for place, text in enumerate(sides))) == field


def joined(a: Findings, b: Findings) -> bool:
    """Whether grouping alone would count the two as one claim."""
    one, other = claims.told(a)[0], claims.told(b)[0]
    likeness = claims.compare(one, other)
    made = claims.same_claim(one, other, likeness)
    return made is not None and made.strength >= 0.5 and conflicts.conflict(one, other, likeness, False) is None


def clash(a: Findings, b: Findings) -> str | None:
    one, other = claims.told(a)[0], claims.told(b)[0]
    made = conflicts.conflict(one, other, claims.compare(one, other), False)
    return made.field if made else None


def told_apart(a: str, b: str, days: tuple[str, str] = ("2031-05-05", "2031-05-05")) -> str | None:
    """The field in which the first claims of two reports of given days clash, whichever comes first."""
    sides = [findings_of(f"side{place}", text, f"Outlet {place}", days[place]) for place, text in enumerate((a, b))]
    fields = {clash(*sides), clash(*sides[::-1])}
    assert len(fields) == 1, fields
    return fields.pop()


OPPOSED = [
    ("The bridge at Harn was declared safe|event=status", "Engineers found the bridge at Harn unsafe|event=status"),
    ("The mill complied with the safety rules|event=status", "The mill had violated the safety rules|event=status"),
    ("The truce in Sund was extended|event=agreement", "The truce in Sund was cut short|event=agreement"),
    ("The union accepted the pay offer|event=agreement", "The union turned down the pay offer|event=rejection"),
    ("The guarantee was given by Talia|event=agreement", "Talia withheld the guarantee|event=rejection"),
    ("The vote in Pell passed calmly|event=election", "Riots marred the vote in Pell|event=election"),
    ("The ballot passed in calm and in order everywhere|event=election,on=2031-05-04",
     "Sunday's vote was marred by delays and riots in the hills|event=election,on=2031-05-04"),
    ("The vaccine proved effective in calves|event=test", "The vaccine was ineffective in calves|event=test"),
    ("The Lund tunnel is on schedule|event=status", "The Lund tunnel is two years late|event=status"),
    ("The dockyard made a profit in spring|event=business", "The dockyard made a loss in spring|event=business"),
    ("The wildfire near Orm was contained|event=disaster", "The wildfire near Orm was still spreading|event=disaster"),
    ("The verdict against Voll was upheld|event=status", "The verdict against Voll was quashed|event=status"),
    ("The barge was insured|event=status,who=barge", "The barge was uninsured|event=status,who=barge"),
    ("The fire in the granary was arson|event=disaster", "Lightning caused the fire in the granary|event=disaster"),
]  # fmt: skip
AGREED = [
    # two actors, two days, one voice each, other things, what is only meant
    ("Sarn accepted the border plan|event=deal,who=Sarn", "Orlen rejected the border plan|event=rejection,who=Orlen"),
    ("Exports of wool rose|event=business", "Imports of grain fell|event=business"),
    ("Ferry fares in Sund were raised|event=business", "Ferry fares in Sund may be reduced|event=business,f=possible"),
    ("The mayor resisted arrest and was calm|event=status", "Violence broke out in Lund|event=status"),
    ("We accept the tunnel plan|event=agreement", "We reject the tunnel plan|event=rejection"),
    ("Clerks of Orlen approved the tunnel|event=agreement", "Voters near Sarnhill rejected the tunnel|event=rejection"),
    ("The march in Pell was peaceful at first|event=protest", "The march in Pell turned violent|event=protest"),
    ("The ballot was largely calm|event=election,on=2031-05-04", "Riots marred the vote|event=election,on=2031-05-04"),
    ("The bridge was not unsafe|event=status,f=denied", "The bridge was safe|event=status"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), OPPOSED)
def test_opposite_words_of_one_thing_clash(a: str, b: str) -> None:
    assert told_apart(f"[is#1 {a}].", f"[is#1 {b}].") == "event"


@pytest.mark.parametrize(("a", "b"), AGREED)
def test_opposite_words_of_two_things_do_not_clash(a: str, b: str) -> None:
    assert told_apart(f"[is#1 {a}].", f"[is#1 {b}].") is None


def test_what_holds_today_may_have_been_otherwise_yesterday() -> None:
    shut, open_ = "[is#1 The pass at Orm is closed|event=status].", "[is#1 The pass at Orm has reopened|event=status]."
    assert told_apart(shut, open_) == "event"
    assert told_apart(shut, open_, ("2031-05-05", "2031-05-08")) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("No charges were filed against the miller|event=status,f=denied",
         "Charges may be filed against the miller|event=status,f=possible"),
        ("Nobody is thought to be inside the mill|event=status",
         "No one was inside the mill|event=status,f=denied"),
        ("the barge had made the same trip in August|event=transfer,in=Sund",
         "that any northern port was used to ship in flour by barge|event=transfer,in=Sund,f=denied"),
        ("Ada Lorn had left the party|event=status,who=Ada Lorn",
         "Ada Lorn never looked upset|event=status,who=Ada Lorn,f=denied"),
    ],
)  # fmt: skip
def test_a_denial_of_something_else_denies_nothing(a: str, b: str) -> None:
    assert told_apart(f"[is#1 {a}].", f"[is#1 {b}].") is None


ALONE = [
    ("The barge Oriole carried only flour and beans|event=transfer", "The Oriole was carrying rifles|event=transfer"),
    ("all the depot received were blankets|event=aid", "the depot at Lund received mortars|event=transfer"),
    ("The lorries brought medicine, nothing else|event=aid", "One of the lorries brought pistols|event=transfer"),
    ("Only military sites were hit|event=assault,in=Pell", "A school was hit in the raid|event=assault,in=Pell"),
    ("Only tear gas was used|event=protest", "two marchers were wounded by live rounds|event=harm,n=2,unit=person"),
    ("The raid killed only militants|event=harm,in=Pell", "Three children died|event=harm,n=3,unit=person,in=Pell"),
]  # fmt: skip
NOT_ALONE = [
    ("The barge Oriole carried only two rifles|event=transfer", "The Oriole was carrying flour|event=transfer"),
    ("The Oriole carried not only flour|event=transfer", "The Oriole was carrying rifles|event=transfer"),
    ("The Oriole carried only flour|event=transfer", "The Oriole was carrying beans and rice|event=transfer"),
    ("The Oriole carried only flour|event=transfer,who=Oriole", "Sarn sent rifles by rail|event=transfer,who=Sarn"),
    ("The Oriole carried only flour|event=transfer", "The Oriole was carrying no rifles|event=transfer,f=denied"),
    ("The Oriole carried only flour|event=transfer", "The Oriole was stopped under an arms embargo|event=transfer"),
    ("Only military sites were hit|event=assault", "An army base near the school was hit|event=assault"),
]


@pytest.mark.parametrize(("a", "b"), ALONE)
def test_another_kind_than_the_one_named_alone_clashes(a: str, b: str) -> None:
    assert told_apart(f"[is#1 {a}].", f"[is#1 {b}].") == "event"


@pytest.mark.parametrize(("a", "b"), NOT_ALONE)
def test_what_is_not_named_alone_or_of_one_kind_does_not_clash(a: str, b: str) -> None:
    assert told_apart(f"[is#1 {a}].", f"[is#1 {b}].") != "event"


HARMED = "event=harm,unit=person,in=Pell"
NONE_AND_SOME = [
    (f"Nobody was hurt|n=0,{HARMED}", f"The clinic treated nine people|n=9,{HARMED}"),
    (f"Nobody was hurt|n=0,{HARMED}", f"two weavers were hit by live rounds|n=2,{HARMED}"),
    (f"No one was injured|n=0,{HARMED}", f"a blast killed three people|n=3,{HARMED}"),
    (f"There were no casualties|n=0,{HARMED}", f"six people were wounded|n=6,{HARMED}"),
    ("None of the bottles was tainted|event=test,n=0,unit=bottle,in=Pell",
     "two bottles were tainted|event=test,n=2,unit=bottle,in=Pell"),
]  # fmt: skip
NONE_OF_OTHERS = [
    (f"Nobody was killed|n=0,{HARMED}", f"The clinic treated nine people|n=9,{HARMED}"),
    (f"No one else was hurt|n=0,{HARMED}", f"two weavers were hurt|n=2,{HARMED}"),
    (f"No policemen were hurt|n=0,{HARMED}", f"The clinic treated nine people|n=9,{HARMED}"),
    (f"Nobody in the harbour was hurt|n=0,{HARMED}", f"nine people were hurt|n=9,{HARMED}"),
    (f"Nobody was hurt|n=0,{HARMED}", f"nine people were hurt in an earlier blast|n=9,{HARMED}"),
    ("Not one sealed bottle was tainted|event=test,n=0,unit=bottle,in=Pell",
     "two opened bottles were tainted|event=test,n=2,unit=bottle,in=Pell"),
    (f"two weavers were hit by live rounds|n=2,{HARMED}", f"seven people were hurt|n=7,{HARMED}"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), NONE_AND_SOME)
def test_none_and_some_of_one_count_clash(a: str, b: str) -> None:
    assert told_apart(f"[is#1 {a}].", f"[is#1 {b}].") == "quantity"


@pytest.mark.parametrize(("a", "b"), NONE_OF_OTHERS)
def test_none_of_one_kind_says_nothing_of_another(a: str, b: str) -> None:
    assert told_apart(f"[is#1 {a}].", f"[is#1 {b}].") is None


TAKEN_UP = [
    ("Around 85 crates were sold|event=business,n=85,unit=crate", "the figure at 62|event=business,n=62,unit=crate"),
    ("9 percent of the crew came|event=aid,n=9,unit=percent", "it was closer to half|event=aid,n=50,unit=percent"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), TAKEN_UP)
def test_a_bare_figure_counts_what_was_counted_before_it(a: str, b: str) -> None:
    one = claims.told(findings_of("r1", f"[is#1 {a}].", "Outlet 1"))[0]
    text = f"[is#1 {a}]. A clerk [said#1 put [is#2 {b}]|by=Outlet 2]."
    other = claims.told(findings_of("r2", text, "Outlet 2"))[1]
    made = conflicts.conflict(one, other, claims.compare(one, other), False)
    assert made is not None and made.field == "quantity"


def test_two_calendar_dates_of_one_deed_clash() -> None:
    docked = "[is#1 the Oriole docked in Lund on {} June|event=transfer,in=Lund,on=2031-06-{}]."
    moored = "[is#1 the barge Oriole tied up at the grain quay on {} June|event=transfer,in=Lund,on=2031-06-{}]."
    day = ("2031-06-30", "2031-06-30")
    assert told_apart(docked.format(11, 11), moored.format(14, 14), day) == "time"
    assert told_apart(docked.format(11, 11), moored.replace("Lund", "Sund").format(14, 14), day) is None


def test_two_measures_of_what_one_did_clash() -> None:
    fell = "A climber aged {} [is#1 fell about {} metres|event=harm,n=~{},unit=metre,in=Hale]"
    assert told_apart(fell.format(36, 200, 200), fell.format(36, 60, 60)) == "quantity"
    assert told_apart(fell.format(36, 200, 200), fell.format(29, 60, 60)) is None
    drifted = "A climber aged 36 [is#1 drifted about 60 metres|event=harm,n=~60,unit=metre,in=Hale]"
    assert told_apart(fell.format(36, 200, 200), drifted) is None
