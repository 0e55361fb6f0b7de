"""What must hold for any report: spans lie inside the text, ids are stable, JSON goes round."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly import model
from reportedly.model import Findings, Options, Span
from reportedly.pipeline import analyse
from tests.invented_reports import report

RULES = Options(reading="rules")
PIECES = (
    "Officials said on Monday that 12 people were hurt.",
    "“We saw nothing,” Ana Lisko told Radio Morrow. “Nobody did.",
    "The army denied the claim",
    "KESTO, March 3 (Coast Wire) — At least 40 boats sank,",
    "according to the port authority.",
    "\u201cUnclosed and \u2018nested words",
    "He reportedly left. It may rain\u00ad tomorrow\ufe0f.",
    "\u00a9 2025 Daily Meridian. Read more: here",
    "",
    "\u05e9\u05dc\u05d5\u05dd \U0001f30a e\u0301t\u00e9",
    "Minister: 'No, we won't,' she said; between 5 and 7 trucks -- or dozens -- were seen.",
)
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).flatmap(
    lambda parts: st.sampled_from(["\n", " ", "\n\n"]).map(lambda glue: glue.join(parts))
)
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def spans(findings: Findings) -> list[Span]:
    """Every span of a report's findings."""
    out = [q.span for q in findings.quotations] + [n.span for n in findings.report.notices]
    for a in findings.attributions:
        out += [*a.content, *filter(None, (a.source, a.cue))]
    for c in findings.claims:
        more = [c.head, c.hedge, *(part.span for part in (c.quantity, c.period, c.place) if part)]
        out += [c.evidence, *(span for span in more if span)]
    return out


@often
@given(texts)
def test_spans_lie_inside_the_text_and_are_not_empty(text: str) -> None:
    assert all(0 <= s.start < s.end <= len(text) for s in spans(analyse(report(text), RULES)))


@often
@given(texts)
def test_findings_hang_together(text: str) -> None:
    found = analyse(report(text), RULES)
    attributions, sources = {a.id for a in found.attributions}, {s.id for s in found.sources}
    assert len(attributions) == len(found.attributions)
    assert len({c.id for c in found.claims}) == len(found.claims)
    assert all(a.within in attributions for a in found.attributions if a.within)
    assert all(c.attribution in attributions for c in found.claims if c.attribution)
    assert all(i in sources for a in found.attributions for i in a.chain)


@often
@given(texts)
def test_reading_twice_finds_the_same_and_json_goes_round(text: str) -> None:
    found = analyse(report(text), RULES)
    assert analyse(report(text), RULES) == found
    assert model.decode(model.encode(found)) == found
