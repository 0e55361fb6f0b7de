"""The journey on one page: read -> segment -> attribute -> resolve -> normalise -> link -> corroborate.

`analyse` and `connect` are pure: map the first over reports and the second over blocks of neighbours.
"""

from collections.abc import Iterable, Sequence

from reportedly.attribute import attribute
from reportedly.corroborate import Groups, corroborate
from reportedly.link import link
from reportedly.model import VERSION, Findings, Link, Options, Problem, Report
from reportedly.normalise import normalise
from reportedly.resolve import resolve
from reportedly.segment import segment


def analyse(report: Report, options: Options = Options()) -> Findings:
    """All that one report says: attributions with their chains, sources, claims.

    A report that is not in English is kept, is not analysed, and says so in a Problem.
    """
    segmented = segment(report)
    if report.language != "en":
        return Findings(report=segmented.report, problems=(_foreign(report),), made_by=VERSION)
    attributions = attribute(segmented, options)
    resolved = resolve(segmented, attributions, options)
    claims = normalise(segmented, resolved, options)
    return Findings(
        report=segmented.report,
        attributions=resolved.attributions,
        sources=resolved.sources,
        claims=claims,
        quotations=segmented.quotations,
        problems=_undated(segmented.report),
        made_by=VERSION,
    )


def connect(findings: Findings, near: Sequence[Findings], options: Options = Options()) -> tuple[Link, ...]:
    """The links between one report's findings (and within them) and those of its neighbours."""
    return link(findings, near, options)


def group(findings: Iterable[Findings], links: Iterable[Link], options: Options = Options()) -> Groups:
    """Stories, claim groups with their origins and conflicts: computed from links alone."""
    return corroborate(findings, links, options)


def _foreign(report: Report) -> Problem:
    return Problem(
        what=f"the text is not in English ({report.language})",
        why="only English is analysed",
        now="it is kept and can be searched",
        report=report.id,
    )


def _undated(report: Report) -> tuple[Problem, ...]:
    if report.date:
        return ()
    return (
        Problem(
            what="the report has no date",
            why="relative dates in it stay unresolved",
            now="give one: reportedly edit REPORT --published YYYY-MM-DD",
            report=report.id,
        ),
    )
