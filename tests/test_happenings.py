"""Two happenings of one kind inside a fortnight are told apart, and one story told over days stays one."""

import datetime

import pytest
from bench.alike import b_cubed, linked, read, stories

from reportedly.link.happenings import _says_again, signs
from reportedly.link.stories import with_signs
from reportedly.model import Findings, Options
from tests.stories import findings_of, look_alikes

BURST = "[is#1 A boiler burst in the mill at Pell|event=disaster,in=Pell,on={day}] on {name}. "
KILLED = "[is#2 {n} people died|event=harm,n={n},unit=person,in=Pell,on={day}] there."


def told(name: str, published: str, day: str, n: int, more: str = "") -> Findings:
    weekday = datetime.date.fromisoformat(day).strftime("%A")
    return findings_of(name, (BURST + KILLED).format(day=day, name=weekday, n=n) + more, f"{name} Post", published)


FIRST = told("a", "2031-05-05", "2031-05-04", 9)


def test_one_kind_of_deed_on_two_days_is_two_happenings() -> None:
    other = told("b", "2031-05-11", "2031-05-10", 9)
    assert signs(FIRST, other) == signs(other, FIRST) == 1


def test_what_is_told_again_days_later_is_one_happening() -> None:
    assert signs(FIRST, told("b", "2031-05-11", "2031-05-04", 11)) == 0


def test_a_toll_that_falls_is_another_toll_unless_the_old_one_is_told_beside_it() -> None:
    assert signs(FIRST, told("b", "2031-05-08", "2031-05-04", 4)) == 1
    more = " Of [is#3 9 dead|event=harm,n=9,unit=person] the firm spoke at first."
    assert signs(FIRST, told("b", "2031-05-08", "2031-05-04", 4, more)) == 0


def test_reports_of_one_day_or_of_none_show_no_sign() -> None:
    assert signs(FIRST, told("b", "2031-05-06", "2031-05-04", 4)) == 0
    assert signs(FIRST, told("b", "", "2031-05-10", 4)) == 0


@pytest.mark.parametrize(
    ("lead", "again"),
    [
        ("It was the second fire in a warehouse of Selby within nine days.", True),
        ("Rovers won their third cup in as many weeks.", True),
        ("The state tested a rocket for the second time in a week.", True),
        ("It launched its second missile this month, the army said.", True),
        ("Police made the second arrest in three days.", False),
        ("Rain fell for the third straight day of the week.", False),
        ("The bank reports on the second quarter of the year this month.", False),
        ("The second minister left. Three days later he returned.", False),
    ],
)
def test_a_report_says_that_it_tells_the_second_of_its_kind(lead: str, again: bool) -> None:
    assert _says_again(lead) is again


def test_a_sign_outweighs_likeness_but_not_certainty() -> None:
    assert with_signs(0.9, 1) < Options().story_threshold < with_signs(0.995, 1)
    assert with_signs(1.0, 1) > 0.99


def test_look_alike_stories_are_told_apart() -> None:
    """Of the half that may be read; "sealed" is measured by `python -m bench.alike` alone."""
    texts = list(look_alikes("open"))
    named = read(texts, Options(reading="rules"))
    found = list(named.values())
    home = stories(found, linked(found), Options().story_threshold)
    told = {name: home[each.report.id] for name, each in named.items()}
    whole = b_cubed(told, {row["id"]: row["story"] for row in texts})
    assert len({row["story"] for row in texts}) == 28
    assert whole.precision >= 0.9 and whole.recall >= 0.84, whole
