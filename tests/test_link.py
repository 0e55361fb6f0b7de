"""Links between reports: copied text, stories, quotations, notices; and the keys by which neighbours are found."""

import datetime
import re

import pytest
from msgspec.structs import replace

from reportedly.link import copied_pairs, link, story_of
from reportedly.link.concepts import concept, senses
from reportedly.link.copies import copies_text, notice, shared
from reportedly.link.names import cosine, folded, overlap, vector, weight, words
from reportedly.link.origins import drift, drifted, quotations, related, side
from reportedly.link.sketches import furniture, keys, marked, named, sketch, tokens
from reportedly.link.stories import comparable, likeness, with_claims
from reportedly.link.told import sentence
from reportedly.model import Findings, Link, Notice, Options, Report, Source, Span
from tests.stories import stories

FIRE = (
    "The old rope works of Selby burned to the ground in the night to Tuesday. Two hundred firemen fought the flames "
    "until morning, and the wind carried sparks as far as the fish market. Nobody was hurt. The works had stood empty "
    "since the spring, when the last eleven ropemakers were sent home with half a month of wages. Chief Anders Pole "
    "said a night watchman had seen smoke shortly after one. The town council will decide on Friday what becomes of "
    "the quay, whose cranes were damaged by the heat."
)
FERRY = (
    "A ferry with sixty passengers ran aground off the isle of Tessel on Wednesday evening. Fishing boats took all of "
    "them ashore within two hours, among them a school choir from Pella that had sung at the harbour feast. The "
    "shipping office said the buoy that marks the shoal had been missing since the storm of last week."
)


def finding(
    text: str, name: str = "r1", outlet: str = "Selby Times", day: int | None = None, **more: object
) -> Findings:
    published = datetime.date(2031, 5, day) if day else None
    report = Report(
        id=name, text=text, text_sha256="", original_sha256="", name=name, outlet=outlet, published=published
    )
    return Findings(report=replace(report, **more))


def share(a: str, b: str) -> float:
    return shared(sketch(finding(a, "r1")), sketch(finding(b, "r2"))).share


def kinds(a: Findings, b: Findings, options: Options = Options()) -> set[tuple[str, str]]:
    return {(made.kind, made.reason) for made in link(a, [b], options)}


# -- copied text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "copy"),
    [
        ("cut tail", FIRE[:330]),
        ("new lead", "Selby has lost its landmark. " + FIRE[75:]),
        ("reordered", " ".join(reversed(FIRE.split(". "))).replace(" The", ". The")),
        ("inserted", FIRE[:200] + FERRY[:130] + FIRE[200:]),
        ("site text", "Sign up for our newsletter. We use cookies. " + FIRE + " All rights reserved."),
        ("light rewording", FIRE.replace("fought", "battled").replace("seen smoke", "noticed smoke")),
        ("misprints", FIRE.replace("firemen", "firernen").replace("morning", "morn ing").replace("market", "rnarket")),
    ],
)
def test_a_copy_is_seen_through(operation: str, copy: str) -> None:
    assert share(FIRE, copy) >= 0.6, operation


def test_another_story_shares_nothing() -> None:
    assert share(FIRE, FERRY) == 0.0


def test_one_quotation_in_two_reports_is_no_copied_text() -> None:
    quoted = "“" + FIRE[:330] + "”"
    assert share(f"{quoted} the chief said. {FERRY}", f"In a long statement: {quoted} The rest of Selby slept.") < 0.1


def test_site_text_alone_is_no_copied_text() -> None:
    page = " Sign up for our newsletter to get the news of the day. We use cookies to improve your visit. " * 3
    assert share(FIRE + page, FERRY + page) < 0.1


def test_shared_passages_lead_back_to_the_words() -> None:
    a, b = finding(FIRE, "r1"), finding("New lead from the harbour itself. " + FIRE[75:330], "r2")
    found = shared(sketch(a), sketch(b))
    assert copies_text(found, 0.4)
    assert found.a[0].of(a.report.text)[:40] in b.report.text or found.b[0].of(b.report.text)[40:80] in a.report.text


def test_who_copied_is_told_only_where_dates_show_it() -> None:
    dated = link(finding(FIRE, "r1", "Selby Times", 3), [finding(FIRE, "r2", "Coast Radio", 4)])
    unknown = link(finding(FIRE, "r1", "Selby Times"), [finding(FIRE, "r2", "Coast Radio")])
    texts = [next(made.text for made in found if made.reason == "copied-text") for found in (dated, unknown)]
    assert "Selby Times was first" in texts[0]
    assert "not established" in texts[1]


def test_a_notice_and_a_wire_are_named() -> None:
    said = Notice(kind="syndication", span=Span(0, 1), name="The Selby Times")
    copy = finding(FIRE, "r2", "World Digest", notices=(said,))
    assert notice(finding(FIRE).report, copy.report) == ("notice", "World Digest says it comes from The Selby Times")
    wires = [finding(FIRE, name, name, agency="Northwire").report for name in ("r1", "r2")]
    assert notice(*wires) == ("agency", "both carry Northwire")
    assert notice(finding(FIRE).report, finding(FERRY, "r2", "Coast Radio").report) is None


# -- stories ----------------------------------------------------------------------------------------------------------


def test_reports_of_one_story_are_linked_and_others_not() -> None:
    other = (
        "Selby mourns its rope works, which burned down on Tuesday night; the fish market and quay escaped the flames."
    )
    assert ("story", "likeness") in kinds(finding(FIRE, "r1", day=3), finding(other, "r2", day=4))
    assert likeness(sketch(finding(FIRE, "r1")).gist, sketch(finding(FERRY, "r2")).gist) < 0.05


@pytest.mark.parametrize(("days", "compared"), [(14, True), (15, False)])
def test_reports_too_far_apart_are_not_compared(days: int, compared: bool) -> None:
    a, b = finding(FIRE, "r1", day=1), finding(FIRE, "r2", day=1 + days)
    assert comparable(sketch(a).gist, sketch(b).gist, Options().story_days) is compared
    assert bool(link(a, [b])) is compared
    assert link(a, [finding(FIRE, "r2")])


def test_reports_of_one_day_are_likelier_one_story_and_those_of_two_weeks_are_not() -> None:
    near = likeness(sketch(finding(FIRE, "r1", day=3)).gist, sketch(finding(FIRE[:300], "r2", day=3)).gist)
    far = likeness(sketch(finding(FIRE, "r1", day=3)).gist, sketch(finding(FIRE[:300], "r3", day=16)).gist)
    unknown = likeness(sketch(finding(FIRE, "r1")).gist, sketch(finding(FIRE[:300], "r4")).gist)
    assert near > unknown > far


def test_claims_that_agree_make_a_follow_up_the_same_story() -> None:
    assert with_claims(0.15, 2, False) == 0.15
    assert with_claims(0.15, 3, False) < 0.5 < with_claims(0.15, 5, False)
    assert with_claims(0.3, 0, True) == 0.3 < 0.5 < with_claims(0.3, 1, True)


def test_documents_are_grouped_whatever_their_order() -> None:
    reports = [finding(FIRE, "a").report, finding(FERRY, "b").report, finding(FIRE[:400], "c").report]
    labels = story_of(reports)
    assert labels["a"] == labels["c"] != labels["b"]
    assert story_of(reports[::-1]) == labels
    assert copied_pairs(reports) == copied_pairs(reports[::-1]) == [("a", "c")]


def test_two_parts_of_one_report_are_copies_of_it_and_not_of_each_other() -> None:
    both = FIRE + " " + FERRY
    assert copied_pairs([finding(text, name).report for name, text in (("a", both), ("b", FIRE), ("c", FERRY))]) == [
        ("a", "b"),
        ("a", "c"),
    ]


def test_words_met_in_many_sentences_are_no_sentence_taken_over() -> None:
    scattered = (
        "Two hundred firemen fought the cold. The flames until morning lit the hill of Orm. The wind carried sparks of "
        "hope, said the vicar. As far as the fish market all was quiet that evening. Nobody was hurt in Orm, "
        "where the last eleven ropemakers were sent word at once. With half a month of wages they may begin anew."
    )
    assert share(FIRE, scattered) < 0.15


# -- quotations and sources -------------------------------------------------------------------------------------------


def test_drift_is_told_word_by_word() -> None:
    story = next(each for each in stories() if each.name == "two translations of one quotation")
    first, second = (side(each, sketch(each)) for each in story.findings[:2])
    (found,) = quotations(first, second)
    assert found.drifted
    told = drift(found.a.quoted.words, found.b.quoted.words)
    assert "[to be used|intended for use]" in told
    assert "[different|various]" in told


def test_whether_words_drifted_does_not_hang_on_which_report_comes_first() -> None:
    one = "the kites to be flown at different heights are to lift a mission to precisely lift any stranded crew by day"
    other = (
        "the kites designed to be flown at different heights by day are to lift a precise mission for any stranded crew"
    )
    a, b = tuple(one.split()), tuple(other.split())
    assert drifted(a, b) is drifted(b, a) is True
    assert drifted(a, a[:8]) is False
    assert re.sub(r"\[([^|]*)\|([^\]]*)\]", r"[\2|\1]", drift(a, b)) == drift(b, a)
    assert drifted(a, ("nothing", "of", "this", "was", "ever", "said")) is None


def test_the_same_words_of_two_named_people_are_not_one_quotation() -> None:
    story = next(each for each in stories() if each.name == "two translations of one quotation")
    first, second = story.findings[:2]
    other = Source(id="s-other", name="Ina Voss", kind="person", naming="named")
    said = tuple(replace(each, source_id="s-other", chain=("s-other",)) for each in second.attributions)
    second = replace(second, sources=(*second.sources, other), attributions=said)
    assert not list(quotations(side(first, sketch(first)), side(second, sketch(second))))


def test_a_spokesman_and_his_body_are_one_but_two_ministries_are_two() -> None:
    def made(name: str, above: str | None = None) -> Source:
        return Source(id=name, name=name, kind="government", naming="office", part_of=above)

    above = {"state": None, "war": "state", "trade": "state", "captain": "war", "major": "war"}
    known = {name: made(name, body) for name, body in above.items()}
    assert related("captain", "war", known)
    assert related("captain", "major", known)
    assert related("captain", "state", known)
    assert not related("war", "trade", known)


# -- sketches ---------------------------------------------------------------------------------------------------------


def test_keys_find_neighbours_and_are_few() -> None:
    own = set(keys(finding(FIRE, "r1", day=3)))
    assert len(own) <= 34
    assert len(own & set(keys(finding(FIRE[:400], "r2", day=9)))) >= 8
    assert len(own & set(keys(finding(FERRY, "r3", day=3)))) <= 1


def test_a_gist_keeps_the_weightiest_words_as_they_weigh_among_all() -> None:
    names = [f"{a}{b}rn{c}el" for a in "bdfgklm" for b in "aeiou" for c in "io"]
    few = sketch(finding(" ".join(names[:40]), "r1")).gist.words
    many = sketch(finding(" ".join([*names, *names[:40]]), "r2")).gist.words
    assert len(names) == 70 and len(few) == 40 and len(many) == 64
    assert many.keys() >= few.keys() and {many[name] for name in names[:40]} == {max(many.values())}
    assert sum(x * x for x in few.values()) == pytest.approx(1) and sum(x * x for x in many.values()) < 0.99


def test_furniture_is_told_from_the_report() -> None:
    text = "The dike holds. Sign up for our newsletter! Read more in our world section. The pumps run."
    assert [span.of(text).strip() for span in furniture(text, set(words(text)))] == [
        "Sign up for our newsletter!",
        "Read more in our world section.",
    ]


def test_quotation_marks_of_every_kind_are_seen() -> None:
    text = 'He said "one two three" and ``four five\'\' and “six”.\n"seven eight nine\n"ten eleven," she said.'
    assert [span.of(text) for span in marked(text)] == [
        '"one two three"',
        "``four five''",
        "“six”",
        '"seven eight nine',
        '"ten eleven,"',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('So it was. "\nThe "old" mill stands.', ['"old"']),
        ('He said, "It is so. "\nShe said " no " twice.', ['"It is so. "', '" no "']),
        ('"It rains," he said. "It pours.\n"It hails."', ['"It rains,"', '"It pours.', '"It hails."']),
    ],
)
def test_a_straight_mark_opens_before_a_word_and_closes_after_one(text: str, said: list[str]) -> None:
    assert [span.of(text) for span in marked(text)] == said


def test_names_are_capitals_inside_sentences() -> None:
    assert named(tokens("The rope works of Selby burned. Nobody in Pella saw it.")) == ["selby", "pella"]
    assert named(tokens("Rope Works Of Selby Burn Down")) == []


# -- words ------------------------------------------------------------------------------------------------------------


def test_names_fold() -> None:
    assert folded("The U.S. Department of State") == folded("US Department of State")
    assert folded("Kim Jong-un") == folded("Kim Jong Un")


def test_rare_words_weigh_more() -> None:
    assert weight("zyxw") > weight("boat") > weight("said") >= weight("the")
    assert overlap(["the", "ferry"], ["the", "quay"]) < 0.1
    assert cosine(vector(words("ferry aground")), vector(words("ferries aground"))) == pytest.approx(1.0)


def test_concepts_join_words_and_part_counts() -> None:
    assert concept("died") == concept("killed") != concept("wounded")
    assert concept("shipped") == concept("delivered")
    assert senses({concept("killed"), concept("rope")}, "fate") == {"killed"}


def test_a_sentence_is_found_around_a_span() -> None:
    text = 'One. Two "three." Four five six.\nSeven.'
    assert sentence(text, Span(text.index("five"), text.index("five") + 4)).of(text) == "Four five six."


def test_links_say_which_passages_and_are_named_by_what_they_join() -> None:
    found = link(finding(FIRE, "r2"), [finding(FIRE, "r1")])
    assert found == link(finding(FIRE, "r1"), [finding(FIRE, "r2")])
    copied: Link = next(each for each in found if each.reason == "copied-text")
    assert (copied.a, copied.b) == ("r1", "r2")
    assert copied.a_spans and copied.b_spans
