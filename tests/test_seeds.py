"""The two real reports, when they are there: what the ledger must show of them, and of a disguised copy."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.corroborate import Groups
from reportedly.model import Claim, ClaimGroup, Findings, Options, Report, Span
from reportedly.pipeline import analyse, connect, group
from reportedly.readers import read

SHARED = Path(__file__).parent.parent.parent / "shared"
SEEDS, GOLD = SHARED / "seeds" / "reports.jsonl", SHARED / "gold" / "dev"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the two real reports are not here")
OPTIONS = Options()
DISGUISE = {
    "North Korean": "Belarusian", "North Korea": "Belarus", "The North has": "Belarus has", "the North’s": "Belarus’s",
    "the North": "Belarus", "Pyongyang": "Minsk", "Kim Jong Un": "Pavel Rudenko", "Kim": "Rudenko",
    "Korean Central News Agency": "Belarusian Telegraph Agency",
    "Korea Central News Agency": "Belarusian Telegraph Agency",
    "KCNA": "BelTA", "UPI": "AFP", "Radio Free Asia": "Deutsche Welle", "RFA": "DW", "Doo Jinho": "Sam Okoro",
    "Doo": "Okoro", "8 million": "3 million", "10,000": "7,000", "Bennett": "Harlow", "Klingner": "Marsh",
}  # fmt: skip


class Ledger:
    """Findings and groups of the two reports, and ways to ask for what must be there."""

    def __init__(self, change: Callable[[str], str]) -> None:
        rows = [json.loads(line) for line in SEEDS.read_text("utf-8").splitlines()]
        self.findings = [analyse(_report(row, change), OPTIONS) for row in rows]
        links = [link for i, f in enumerate(self.findings) for link in connect(f, self.findings[:i], OPTIONS)]
        self.groups: Groups = group(self.findings, links, OPTIONS)
        self.change = change

    def text(self, claim: Claim) -> str:
        return next(f.report.text for f in self.findings if f.report.id == claim.report)

    def claim(self, gold: str, report: int) -> Claim:
        """The claim of a report (0 or 1) that overlaps most with the one the hand-made gold puts in that cluster."""
        rows = {row["id"]: row for row in map(json.loads, (GOLD / "gold.jsonl").read_text("utf-8").splitlines())}
        clusters = json.loads((GOLD / "cross.json").read_text("utf-8"))["clusters"]
        members = next(c["claims"] for c in clusters if c["id"].endswith("/" + gold))
        name, _, claim = [m for m in members if m.startswith(("seed-upi", "seed-rfa")[report])][-1].partition(":")
        words = self.change(next(c["quote"] for c in rows[name]["claims"] if c["id"] == claim))
        f = self.findings[report]
        start = f.report.text.index(words)
        return max(f.claims, key=lambda c: overlap(c.evidence, Span(start, start + len(words))))

    def chains(self, report: int) -> set[tuple[str, ...]]:
        f = self.findings[report]
        names = {s.id: s.name for s in f.sources}
        return {tuple(names[i] for i in a.chain) for a in f.attributions}

    def group_of(self, claim: Claim) -> ClaimGroup:
        return next(g for g in self.groups.claim_groups if claim.id in g.members)


def _report(row: dict[str, str | None], change: Callable[[str], str]) -> Report:
    from reportedly.readers import Hints, compose, date_of

    hints = Hints(outlet=change(row["publisher"] or ""), published=date_of(row["published"], "seed"))
    return compose(change(row["text"] or ""), str(row["id"]), hints)


def overlap(a: Span, b: Span) -> float:
    """Shared characters over those of both (F1)."""
    return 2 * max(0, min(a.end, b.end) - max(a.start, b.start)) / (a.end - a.start + b.end - b.start)


def disguised(text: str) -> str:
    for real, other in DISGUISE.items():
        text = text.replace(real, other)
    return text


@pytest.fixture(scope="module", params=[str, disguised], ids=["as they are", "disguised"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return Ledger(request.param)


def test_the_readers_take_the_file() -> None:
    assert len(list(read(str(SEEDS)))) == 2


def test_the_release_reaches_both_outlets_through_the_agency(ledger: Ledger) -> None:
    say = ledger.change
    agency = "Korean Central News Agency" if say is str else say("KCNA")
    leader = say("Kim Jong Un")
    assert any(chain[0] != leader and chain[-2:] == (agency, leader) for chain in ledger.chains(0)), ledger.chains(0)
    assert any(chain[-2:] == (agency, leader) for chain in ledger.chains(1)), ledger.chains(1)
    assert any(len(chain) >= 3 and chain[1] == say("Radio Free Asia") for chain in ledger.chains(1))


def test_the_mass_production_order_is_one_origin_with_the_shared_passage(ledger: Ledger) -> None:
    upi, rfa = ledger.claim("mass-production", 0), ledger.claim("mass-production", 1)
    together = ledger.group_of(upi)
    assert rfa.id in together.members
    assert (together.low, together.high) == (1, 1)
    shared = upi.evidence.of(ledger.text(upi))[:24]
    assert any(shared in link.text for origin in together.origins for link in origin.reasons)


def test_two_wordings_of_one_quotation_are_drift(ledger: Ledger) -> None:
    upi, rfa = ledger.claim("drone-purpose", 0), ledger.claim("drone-purpose", 1)
    assert any({c.a, c.b} == {upi.id, rfa.id} for c in ledger.groups.conflicts if c.kind == "drift")


def test_troops_have_a_lower_bound_and_two_origins(ledger: Ledger) -> None:
    count = 10_000 if ledger.change is str else 7_000
    upi, rfa = ledger.claim("troops-to-russia", 0), ledger.claim("troops-to-russia", 1)
    for claim in (upi, rfa):
        assert claim.quantity and (claim.quantity.low, claim.quantity.high) == (count, None)
    together = ledger.group_of(upi)
    assert rfa.id in together.members
    assert together.high == 2


def test_shells_and_rockets_are_an_upper_bound(ledger: Ledger) -> None:
    quantity = ledger.claim("munitions-to-russia", 0).quantity
    top = 8_000_000 if ledger.change is str else 3_000_000
    assert quantity and (quantity.low, quantity.high) == (None, top)
    assert quantity.item and "shells and rockets" in quantity.item


def test_hedges_are_the_speakers(ledger: Ledger) -> None:
    sharing, helped = ledger.claim("tech-sharing", 0), ledger.claim("hwasong19-help", 0)
    assert (sharing.factuality, helped.factuality) == ("possible", "possible")
    assert sharing.hedge and sharing.hedge.of(ledger.text(sharing)) == "may"


def test_days_are_those_of_the_dateline(ledger: Ledger) -> None:
    days = {"kim-visit": ("2024-11-14", "2024-11-14"), "unveiled-august": ("2024-08-01", "2024-08-31"),
            "hwasong19-test": ("2024-10-31", "2024-10-31"), "pact-ratified": ("2024-11-11", "2024-11-15")}  # fmt: skip
    for gold, (first, last) in days.items():
        period = ledger.claim(gold, 0).period
        assert period and (str(period.first), str(period.last)) == (first, last), gold
    helped = ledger.claim("hwasong19-help", 0)
    assert helped.said and str(helped.said.first) == "2024-11-11"


def test_the_undated_report_keeps_its_dates_unresolved(ledger: Ledger) -> None:
    rfa: Findings = ledger.findings[1]
    assert rfa.report.date is None
    assert rfa.problems
    assert not any(c.period and c.period.first for c in rfa.claims)


def test_the_notice_of_the_republisher_is_seen(ledger: Ledger) -> None:
    assert ledger.findings[1].report.republisher
    assert any(n.kind == "syndication" for n in ledger.findings[1].report.notices)
