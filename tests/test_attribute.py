"""Who says what, by rules: texts that carry their own answer, all invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.attribute import attribute, extractor
from reportedly.attribute import rules as rules_reader
from reportedly.model import Attribution, Options, Report, Span
from reportedly.segment import segment
from tests.marked import attributions, parse

RULES = Options(reading="rules")


def read(text: str) -> tuple[Attribution, ...]:
    """The attributions that rules find in `text`."""
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r")
    return attribute(segment(report), RULES)


def told(text: str) -> list[tuple[str, str, list[str], int]]:
    """Source, cue, contents and depth of each attribution found, as words, in the order of the cues."""
    found = read(text)
    parents = {each.id: each.within for each in found}

    def depth(name: str | None) -> int:
        return 0 if name is None else 1 + depth(parents[name])

    def words(span: Span | None) -> str:
        return span.of(text) if span else ""

    told = [(words(a.source), words(a.cue), [c.of(text) for c in a.content], depth(a.within)) for a in found]
    return sorted(told, key=lambda one: text.find(one[1]))


def expected(marked: str) -> tuple[str, list[tuple[str, str, list[str], int]]]:
    """The clean text and what its marks say, in the same form."""
    read = parse(marked)
    held = attributions(read)
    parents = {each.id: each.within for each in held}

    def depth(name: str | None) -> int:
        return 0 if name is None else 1 + depth(parents[name])

    out = [
        (
            read.words(a.source) if a.source else "",
            " ".join(read.words(cue) for cue in a.cues),
            [read.words(content) for content in a.contents],
            depth(a.within),
        )
        for a in held
    ]
    return read.text, sorted(out, key=lambda one: read.text.find(one[1]))


CASES = {
    "cue behind": "[content Six rockets hit the port], [source the navy of Sudmark] [cue said] on Monday.",
    "cue before": "[source The premier] [cue announced] that [content the border would close].",
    "cue inside": "[content The talks], [source the premier] [cue said], [content had failed].",
    "turned round": "[content “We stay,”] [cue said] [source Ana Holm, mayor of Port Vane], in an interview.",
    "interrupted": "[content “We stay,”] [source Holm] [cue said]. [content “This is our home.”] Rain fell.",
    "according": "[cue According to] [source Premier Olan Vest], [content the talks failed].",
    "according behind": "[content The talks failed], [cue according to] [source Premier Olan Vest].",
    "in the words of": "[cue In the words of] [source one aide], [content the plan was “a fever dream”].",
    "no comma": "[source Vest] [cue says] [content the deal is dead].",
    "mixed": "[source Vest] [cue said] [content he was “deeply sorry” for the error].",
    "denied": "[source The premier] [cue denied] that [content troops had crossed the border].",
    "accused": "[source Norland] [cue accused] [content Sudmark of shelling a market].",
    "blamed": "[source Police] [cue blamed] [content faulty wiring for the fire].",
    "ordered": "[source Norland] [cue ordered] [content its navy to leave the strait].",
    "threatened": "[source The front] [cue threatened] [content to cut the pipeline].",
    "condemned": "[source The UN] [cue condemned] [content the killing of 12 farmers in the Lask valley].",
    "called for": "[source The bishop] [cue called] for [content calm].",
    "claimed": "[source The rebels] [cue claimed responsibility for] [content the attack].",
    "claimed by": "[content The attack] was [cue claimed by] [source the Red Hills Front].",
    "concern": "[source The ministry] [cue voiced concern] that [content the dam could burst].",
    "concern over": "[source The ministry] [cue expressed concern] over [content the dam].",
    "picture": "[source Images released by Orbita] [cue showed] [content three trucks near the gate].",
    "reportedly": "[content Two bridges were [cue reportedly] destroyed].",
    "believed": "[content The general] is [cue believed] [content to have fled].",
    "shared subject": "[source#1,2 Vest] [cue#1 condemned] [content#1 the vote] and "
    "[cue#2 promised] [content#2 a new bridge].",
    "adding": "[source#1,2 Vest] [cue#1 said] [content#1 the deal was dead], "
    "[cue#2 adding] that [content#2 he would resign].",
    "relative": "The ferry sank, and [source divers who saw it] [cue said] [content its doors were open].",
    "aside": "[source A senior official], speaking on condition of anonymity, [cue said] [content the ship sank].",
    "quoted as": "[source The governor] was [cue quoted as saying]: [content “The road is open.”]",
    "chain": "[source#1 State radio] [cue#1 reported] that [content#1 [source#2 the premier] had [cue#2 ordered] "
    "[content#2 the army to leave]].",
    "quoted within": "[source#1 The agency] [cue#1 quoted] [content#1 [source#2 the governor] as [cue#2 saying] "
    "[content#2 the road was open]].",
    "inside marks": "[content#1 [source#2 Vest] “[cue#2 underscored] "
    "[content#2 the need for calm],”] [source#1 the agency] [cue#1 said].",
    "next paragraph": "[content “The water came,”] [source Holm] [cue said].\n[content “Then it went.”]",
    "many paragraphs": "[content “The water came.]\n[content “Then it went,”] [source Holm] [cue said].",
    "single marks": "[content ‘We lost it,’] [cue said] [source Tom Brill]. [content ‘All of it.’]",
    "headline": "[content Dam bursts in Lask, two dead][cue :] [source mayor]\nRain fell.",
    "source first": "[source Vest][cue :] [content Talks have failed]\nRain fell.",
    "dash": "[content “Never again.”] [cue —] [source Ada Holm, teacher]",
    "colon": "[source Vest] [cue said]:\n[content “We go.”]",
    "transcript": "[source#1 BRANT][cue#1 :] [content#1 Who won?]\n[source#2 VEST][cue#2 :] [content#2 We did.]\n"
    "[source#3 BRANT][cue#3 :] [content#3 By how much?]",
    "as": "[content Markets opened lower], [source traders] [cue said], as fears of a split grew.",
    "inserted": "[content#1 [source#2 The premier] visited the port and [cue#2 ordered] [content#2 a curfew]], "
    "[source#1 state media] [cue#1 reported] Friday, as ties deepen.",
    "clause between": "[content Sudmark has sold no more than 90,000 tents to Norland], [source the Lask Group], "
    "which follows the trade by telephone, [cue said] in a report on Tuesday.",
    "appended": "[content Foreign aid], [source a diplomat] [cue said], [content was welcome].",
    "lead author": "[content “It is a choice, not a bug,”] [source lead author Priya Holm] [cue wrote] in a post.",
    "which": "[cue According to] [source the paper], which was not reviewed, [content 40 boats may be lost].",
    "reported last week": "[content#1 [source#2 People familiar with the inquiry] [cue#2 said] "
    "[content#2 it began in June]], [source#1 The Daily Ledger] [cue#1 reported] last week.",
    "no comment": "[source The army] [cue declined] [content to comment on the figure].",
    "told to expect": "[source The yard’s owner] [cue told] [content customers to expect smaller boats].",
    "in a statement": "[source Lask council] [cue said] in a statement that [content it had changed its rules].",
    "with a judge": "Vest was jailed, with [source the judge, Helena Marsh], [cue describing] "
    "[content his conduct as “a betrayal”].",
    "a claim denied": "[content The bridge was sold for a song], a claim [cue denied by] [source the harbour master].",
    "in his view": "In [source his] [cue view], [content the inquiry was “a settling of scores”].",
    "sceptical": "[source The bank] is [cue sceptical] that [content the rise will last].",
    "raising": "[source Holm] [cue wants] [content his mills to start building boats], [cue#2 raising fears] that "
    "[content#2 they might be sold].",
}


def test_the_forms_of_reported_speech() -> None:
    missed = {}
    for name, marked in CASES.items():
        text, wanted = expected(marked)
        if (found := told(text)) != wanted:
            missed[name] = (found, wanted)
    assert not missed


@pytest.mark.parametrize(
    "text",
    [
        "Five boats tried to flee the area.",
        "The crew found six rifles and began to search the ship.",
        "Such boats, also known as “sea mules”, are cheap.",
        "The army attacked the port and held it for a week.",
        "In July the river rose.",
        "We believe in free speech.",
        "The treaty suggests that Norland may sell radars.",
        "The rampage of the river raised fears.",
        "Central bank seen raising its rate.",
    ],
)
def test_mere_events_are_nobodys_words(text: str) -> None:
    assert read(text) == ()


def test_what_is_no_ones_act_has_no_source() -> None:
    sources = {cue: source for source, cue, _, _ in told("The march of the rebels is long, fuelling fears of a siege.")}
    assert set(sources.values()) <= {""}


def test_two_who_speak_in_one_sentence_keep_their_own_words() -> None:
    found = told("The sponsor said that it was “following events”, but the league says it has left.")
    assert [one[:3] for one in found] == [
        ("The sponsor", "said", ["it was “following events”"]),
        ("the league", "says", ["it has left"]),
    ]


def test_citing_names_whom_the_speaker_relies_on() -> None:
    found = read("State radio, citing a police officer, reported that nine people had died.")
    inner = next(each for each in found if each.within)
    outer = next(each for each in found if not each.within)
    assert inner.within == outer.id
    assert inner.content == outer.content


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("“We go,” Holm said.", "direct"),
        ("Holm said that “we go” and left it there.", "mixed"),
        ("Holm said they would go.", "indirect"),
        ("Holm said the so-called “iron road” was shut.", "indirect"),
    ],
)
def test_style_follows_the_marks(text: str, style: str) -> None:
    assert [each.style for each in read(text)] == [style]


def test_marks_around_the_cue_belong_to_the_outer_speaker() -> None:
    text = "Vest “underscored the need for calm,” the agency said."
    assert {each.style for each in read(text) if each.within} == {"indirect"}
    assert {each.style for each in read(text) if not each.within} == {"mixed"}


def test_ids_name_report_and_place_and_differ() -> None:
    text = "State radio, citing a police officer, reported that nine people had died."
    assert len({each.id for each in read(text)}) == 2
    assert [each.id for each in read(text)] == [each.id for each in read(text)]


def test_rules_are_read_when_asked_for() -> None:
    assert extractor(RULES) is rules_reader.extract


def test_a_text_without_words_says_nothing() -> None:
    assert read("") == ()
    assert read("\n \n") == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Vest said", "“We go,”", "he", "added", "that", ",", ".", "\n", "the dam", '"']), max_size=25
    )
)
def test_every_span_lies_in_the_text_and_parents_exist(parts: list[str]) -> None:
    text = " ".join(parts)
    found = read(text)
    spans = [span for each in found for span in (*each.content, each.source, each.cue) if span]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert {each.within for each in found if each.within} <= {each.id for each in found}
