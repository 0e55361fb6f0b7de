"""What clauses tell of, on invented sentences that carry their own answer."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reportedly.errors import LexiconError
from reportedly.lexicon import table
from reportedly.model import Claim, Options, Report
from reportedly.normalise import normalise
from reportedly.normalise.topics import class_of, topics
from reportedly.segment import segment
from tests.marked import Marked, Span, passages

PASSAGES = passages(Path(__file__).parent / "marked_texts" / "events.txt")
NAMES = """
    AGREE CONSULT SUPPORT COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT
    VISIT TEST PRODUCE TRANSFER CAPABILITY HARM DAMAGE DISASTER ELECTION BUSINESS STATUS
"""
CLASSES = frozenset(NAMES.split())


def claims(text: str, options: Options = Options()) -> tuple[Claim, ...]:
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r")
    nobody: Any = SimpleNamespace(attributions=(), sources=())
    return normalise(segment(report), nobody, options)


def overlap(claim: Claim, span: Span) -> float:
    common = min(claim.evidence.end, span.end) - max(claim.evidence.start, span.start)
    return 2 * max(common, 0) / (claim.evidence.end - claim.evidence.start + span.end - span.start)


@pytest.mark.parametrize("marked", PASSAGES.values(), ids=list(PASSAGES))
def test_each_event_is_told_by_about_these_words(marked: Marked) -> None:
    found = claims(marked.text)
    for span in marked.spans:
        near = {class_of(claim.event) for claim in found if overlap(claim, span) >= 0.6}
        assert span.label.upper() in near


def test_every_type_has_a_known_class_and_arms_types_a_general_parent() -> None:
    general = {row["type"]: row for row in table("topics/general.tsv")}
    arms = table("topics/arms.tsv")
    assert {row["class"] for row in (*general.values(), *arms)} <= CLASSES
    assert {row["class"] for row in general.values()} == CLASSES
    known = {*general, *(row["type"] for row in arms)}
    assert all(row["parent"] in known for row in arms)
    assert all(not row["parent"] or row["parent"] in known for row in general.values())


def test_a_user_adds_types_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    own = "type\tparent\tclass\tverbs\tnouns\troles\tunit\nharvesting\tproduction\tPRODUCE\treap\treaping\n"
    (tmp_path / "topics" / "general.tsv").write_text(own, "utf-8")
    options = Options(lexicon=str(tmp_path))
    assert class_of("harvesting", options) == "PRODUCE"
    assert [claim.event for claim in claims("The farmers reaped the barley.", options)] == ["harvesting"]


def test_a_user_adds_a_topic_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    own = "type\tparent\tclass\tverbs\tnouns\troles\tunit\nharvesting\tproduction\tPRODUCE\treap\treaping\n"
    (tmp_path / "topics" / "farming.tsv").write_text(own, "utf-8")
    options = Options(lexicon=str(tmp_path), topics=("general", "farming"))
    assert [claim.event for claim in claims("The farmers reaped the barley.", options)] == ["harvesting"]


def test_a_class_that_is_not_known_is_told(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    own = "type\tparent\tclass\tverbs\tnouns\troles\tunit\nharvesting\t\tFARM\treap\n"
    (tmp_path / "topics" / "farming.tsv").write_text(own, "utf-8")
    with pytest.raises(LexiconError, match="FARM"):
        topics(Options(lexicon=str(tmp_path), topics=("general", "farming")))


def test_unknown_type_is_a_state() -> None:
    assert class_of("no such type") == "STATUS"


def test_things_are_no_events() -> None:
    known = topics(Options())
    assert known.happens("assault") and not known.happens("weapon") and not known.happens(None)
    assert known.is_kind("arms_transfer", "transfer") and not known.is_kind("transfer", "arms_transfer")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("The delegations held talks in Harn.", "consultation"),
        ("The militia held six drivers captive.", "kidnapping"),
        ("The quake hit the valley on Sunday.", "disaster"),
        ("The rockets hit the airfield on Sunday.", "assault"),
        ("The studio released a new film.", "business"),
        ("The guards released four hostages.", "release"),
        ("Vessia provided Ostia with howitzers.", "arms_transfer"),
    ],
)
def test_the_company_of_a_verb_decides(text: str, event: str) -> None:
    assert claims(text)[0].event == event


@pytest.mark.parametrize(
    "text",
    [
        "The 12 wells were contaminated with salt.",
        "The rule was new to 40 of them.",
        "The 12 clouds blocked the sun.",
        "The 40 clerks returned to normal work.",
        "She ran for 60 metres along the quay.",
        "The 12 changes took effect on Monday.",
    ],
)
def test_everyday_senses_tell_of_no_happening(text: str) -> None:
    assert {class_of(claim.event) for claim in claims(text)} == {"STATUS"}
