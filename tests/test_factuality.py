"""How sure a speaker is, on invented sentences that carry their own answer."""

from pathlib import Path

import pytest

from reportedly.language import parse
from reportedly.lexicon import table
from reportedly.model import Report, Segmented, Span
from reportedly.normalise.factuality import RANK, Judged, factuality, judged_under
from tests.marked import Marked, passages

PASSAGES = passages(Path(__file__).parent / "marked_texts" / "factuality.txt")


def segmented(text: str) -> Segmented:
    whole = (Span(0, len(text)),)
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r")
    return Segmented(report=report, paragraphs=whole, sentences=whole, quotations=())


def judged(text: str, word: str, scope: str | None = None) -> Judged:
    start = text.index(word)
    within = Span(text.index(scope), text.index(scope) + len(scope)) if scope else None
    return factuality(segmented(text), Span(start, start + len(word)), within)


@pytest.mark.parametrize("marked", PASSAGES.values(), ids=list(PASSAGES))
def test_label_is_the_speakers(marked: Marked) -> None:
    for span in marked.spans:
        found = factuality(segmented(marked.text), Span(span.start, span.end), None)
        assert found.label == span.label


def test_hedge_is_the_word_that_hedges() -> None:
    text = "The tanker may have leaked for days."
    hedge = judged(text, "leaked").hedge
    assert hedge is not None and hedge.of(text) == "may"


def test_plain_statement_has_no_hedge() -> None:
    assert judged("The tanker leaked for days.", "leaked").hedge is None


def test_words_outside_of_the_scope_have_no_say() -> None:
    text = "The airline denied that its crew had ignored the alarm."
    assert judged(text, "ignored").label == "denied"
    assert judged(text, "ignored", "its crew had ignored the alarm").label == "asserted"


def test_question_is_unknown() -> None:
    assert judged("Did the tanker leak for days?", "leak").label == "unknown"


def test_bare_condition_is_unknown() -> None:
    assert judged("If the dam bursts, the town is lost.", "bursts").label == "unknown"


def test_score_sets_a_statement_above_hedge_and_denial() -> None:
    stated = judged("The crew repaired the engine.", "repaired").score
    hedged = judged("The crew may have repaired the engine.", "repaired").score
    denied = judged("The crew never repaired the engine.", "repaired").score
    assert 3 >= stated > max(hedged, denied) and min(hedged, denied) >= -3


def test_an_order_makes_a_plan_of_its_content() -> None:
    plain = Judged("asserted", None, 2.0)
    assert judged_under(plain, "planned", Span(0, 3), "order").label == "planned"
    assert judged_under(plain, "deny", Span(0, 3), "deny").label == "denied"
    assert judged_under(plain, "assert", Span(0, 3), "say") == plain


def test_an_attempt_under_a_cue_stays_asserted() -> None:
    assert judged_under(Judged("asserted", None, 2.0), "planned", Span(0, 3), "attempt").label == "asserted"


def test_every_row_has_a_known_effect_and_stands_once() -> None:
    rows = table("hedges.tsv")
    assert {row["effect"] for row in rows} <= set(RANK)
    assert len({(row["word"], row["kind"]) for row in rows}) == len(rows)


def test_parses_once_for_a_report() -> None:
    same = segmented("The dam burst.")
    assert parse(same) is parse(same)
