"""Judgements change what is seen, never what was found."""

import datetime
import json

import pytest
from msgspec.structs import replace

from reportedly.errors import UsageError
from reportedly.model import Act, Attribution, Claim, Findings, Judgement, Quantity, Source, Span
from reportedly.review import HIGHEST, edited, grades, judgement_links, review
from tests.invented_reports import report

TEXT = "At least 12 people were killed, Petra Vane said. The river rose."
VANE = Source(id="s-vane", name="Petra Vane", kind="government", naming="named")
SAID = Attribution(id="a-1", report="r", content=(Span(0, 30),), source_id="s-vane", chain=("s-vane",))
INNER = replace(SAID, id="a-2", content=(Span(9, 18),), within="a-1")
DEAD = Claim(id="c-1", report="r", evidence=Span(0, 30), event="death", attribution="a-1", made_by="rules 1",
             quantity=Quantity(low=12, high=None, bound="at_least", span=Span(0, 11)))  # fmt: skip
ROSE = Claim(id="c-2", report="r", evidence=Span(49, 64), event="flood")
FOUND = Findings(report=report(TEXT), attributions=(SAID, INNER), sources=(VANE,), claims=(DEAD, ROSE))


def judged(
    act: Act, *items: str, field: str | None = None, value: object = None, undone: bool = False, who: str = "Ana"
) -> Judgement:
    when = datetime.datetime(2031, 5, 4, tzinfo=datetime.UTC)
    text = None if value is None else json.dumps(value)
    return Judgement(id="j", act=act, items=items, who=who, when=when, field=field, value=text, undone=undone)


def test_nothing_judged_changes_nothing() -> None:
    assert review(FOUND, []) is FOUND and review(FOUND, [judged("reject", "c-1", undone=True)]) is FOUND


def test_a_rejected_claim_is_hidden() -> None:
    assert [claim.id for claim in review(FOUND, [judged("reject", "c-1")]).claims] == ["c-2"]


def test_a_rejected_attribution_takes_its_claims_along() -> None:
    seen = review(FOUND, [judged("reject", "a-1")])
    assert [a.id for a in seen.attributions] == ["a-2"] and seen.attributions[0].within is None
    assert [claim.id for claim in seen.claims] == ["c-2"]


def test_the_last_word_holds() -> None:
    assert len(review(FOUND, [judged("reject", "c-1"), judged("confirm", "c-1")]).claims) == 2
    assert len(review(FOUND, [judged("confirm", "c-1"), judged("reject", "c-1")]).claims) == 1


def test_a_confirmation_is_marked() -> None:
    assert review(FOUND, [judged("confirm", "c-1")]).claims[0].made_by == "rules 1; confirmed by Ana"


def test_a_correction_keeps_what_it_does_not_name() -> None:
    quantity = review(FOUND, [judged("correct", "c-1", field="quantity", value={"low": 40})]).claims[0].quantity
    assert quantity == Quantity(low=40, high=None, bound="at_least", span=Span(0, 11))


@pytest.mark.parametrize(("field", "value"), [("event", "injury"), ("factuality", "denied"), ("item", None)])
def test_a_field_is_corrected(field: str, value: str | None) -> None:
    made = replace(judged("correct", "c-1", field=field), value=json.dumps(value))
    assert getattr(review(FOUND, [made]).claims[0], field) == value


def test_a_source_is_corrected() -> None:
    seen = review(FOUND, [judged("correct", "s-vane", field="kind", value="analyst")])
    assert seen.sources[0].kind == "analyst" and FOUND.sources[0].kind == "government"


@pytest.mark.parametrize(
    ("field", "value"), [("evidence", {}), ("id", "c-9"), ("weight", "heavy"), ("none", 1), ("event", None)]
)
def test_what_does_not_fit_is_refused(field: str, value: object) -> None:
    made = replace(judged("correct", "c-1", field=field), value=json.dumps(value))
    with pytest.raises(UsageError):
        review(FOUND, [made])


def test_merge_and_split_draw_links_for_every_pair() -> None:
    links = judgement_links([judged("merge", "c-3", "c-1", "c-2", field="origin")])
    assert [(link.a, link.b) for link in links] == [("c-1", "c-2"), ("c-1", "c-3"), ("c-2", "c-3")]
    assert {(link.kind, link.stance, link.strength) for link in links} == {("origin", "together", HIGHEST)}


def test_the_last_word_on_a_pair_holds() -> None:
    made = [judged("merge", "c-1", "c-2"), judged("split", "c-2", "c-1"), judged("merge", "c-1", "c-2", undone=True)]
    assert [(link.kind, link.stance) for link in judgement_links(made)] == [("claim", "apart")]


def test_reports_are_joined_as_stories() -> None:
    assert judgement_links([judged("merge", "r-1", "r-2", field="story")])[0].kind == "story"


def test_edits_change_the_report_and_keep_its_id() -> None:
    one = report(TEXT)
    told = {"published": "2031-05-04", "outlet": "Post", "url": "https://x.example"}
    made = [judged("edit", one.id, field=field, value=value) for field, value in told.items()]
    made.append(judged("edit", "r-other", field="outlet", value="Harbour Post"))
    seen = edited(one, made)
    assert (seen.published, seen.outlet, seen.url, seen.id) == (
        datetime.date(2031, 5, 4),
        "Post",
        "https://x.example",
        one.id,
    )
    gone = replace(judged("edit", one.id, field="published"), value="null")
    assert edited(one, [*made, gone]).published is None and edited(one, [judged("edit", one.id, undone=True)]) == one


def test_grades_are_the_last_given() -> None:
    made = [judged("grade", "s-vane", field="reliability", value=value) for value in ("C", "B")]
    made += [judged("grade", "c-1", field="credibility", value="2")]
    made += [judged("grade", "c-2", field="credibility", value="1", undone=True)]
    assert grades(made) == {"s-vane": {"reliability": "B"}, "c-1": {"credibility": "2"}}
