"""Groups and findings -> plain values in the form that JSON, tables and pages show."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from reportedly.corroborate import called
from reportedly.model import Attribution, Claim, ClaimGroup, Conflict, Findings, Link, Period, Report, Source, Span

View = dict[str, Any]


def mentions(findings: Findings, wanted: Container[str] | None = None) -> dict[str, View]:
    """Claim id -> the claim as one mention: who says what, when, how sure, in which words (all, or those wanted)."""
    attributions = {a.id: a for a in findings.attributions}
    sources = {s.id: s for s in findings.sources}
    chosen = (c for c in findings.claims if wanted is None or c.id in wanted)
    return {c.id: _mention(findings, c, attributions.get(c.attribution or ""), sources) for c in chosen}


def group_view(group: ClaimGroup, known: Mapping[str, View]) -> View:
    """One claim and all who make it, with independent origins and what disagrees."""
    return {
        "event": group.event,
        "mentions": in_order(known[claim] for claim in group.members if claim in known),
        "origins": {
            "low": group.low,
            "high": group.high,
            "interests": list(group.interests),
            "groups": [
                {
                    "name": o.name,
                    "interest": o.interest,
                    "mentions": list(o.members),
                    "reasons": [reason(link) for link in o.reasons],
                }
                for o in group.origins
            ],
        },
        "conflicts": [
            {"with": _other(c, group.members), "field": c.field} for c in group.conflicts if c.kind == "conflict"
        ],
        "drift": [{"a": c.a, "b": c.b, "text": c.text} for c in group.conflicts if c.kind == "drift"],
    }


def namings(findings: Findings) -> dict[str, str | None]:
    """Claim id -> naming of whoever says it ("none": an unnamed "reportedly"; None: the outlet's own voice)."""
    named = {s.id: s.naming for s in findings.sources}
    speakers: dict[str, str | None] = {a.id: named.get(a.source_id or "", "none") for a in findings.attributions}
    return {c.id: speakers.get(c.attribution) if c.attribution else None for c in findings.claims}


def certainties(findings: Findings) -> dict[str, float]:
    """Claim id -> how sure the machine is of the attribution it hangs on; a claim of the outlet's own has none."""
    sure = {a.id: a.probability for a in findings.attributions}
    return {c.id: sure[c.attribution] for c in findings.claims if c.attribution in sure}


def in_order(views: Iterable[View]) -> list[View]:
    """Mentions by the report's date (undated last), outlet, place in the text."""
    return sorted(
        views, key=lambda m: (m["published"] or "9999", m["outlet"] or "", m["report"], m["evidence"]["start"], m["id"])
    )


def order(group: View) -> View:
    """Who is first known to have said it, and whether the order of the mentions can be told."""
    days = {m["id"]: day(m) for m in group["mentions"]}
    undated = [mention for mention, day in days.items() if day is None]
    first = min(filter(None, days.values()), default=None)
    firsts = [mention for mention, day in days.items() if day and day == first]
    return {
        "first_known": {"day": first, "mentions": firsts} if firsts else None,
        "undated": undated,
        "established": not undated and len(firsts) == 1,
    }


def dateline(report: Report) -> View | None:
    """Place, agency and day of a dateline, with its words."""
    line = report.dateline
    if line is None:
        return None
    return {
        "place": line.place,
        "agency": line.agency,
        "date": _iso(line.date),
        **(quoted(line.span, report.text) or {}),
    }


def reason(link: Link) -> View:
    """Why two mentions share an origin."""
    return {"kind": link.reason, "a": link.a, "b": link.b, "text": link.text}


def conflict_view(
    conflict: Conflict, known: Mapping[str, View], texts: Mapping[str, str], home: Mapping[str, ClaimGroup]
) -> View:
    """What disagrees: the field, both mentions, both passages, and of either claim the mention that stands for it."""
    return {
        "kind": conflict.kind,
        "field": conflict.field,
        "text": conflict.text,
        "claims": [home[end].members[0] if end in home else end for end in (conflict.a, conflict.b)],
        "a": known.get(conflict.a),
        "b": known.get(conflict.b),
        "a_words": _words(conflict.a_spans, conflict.a, known, texts),
        "b_words": _words(conflict.b_spans, conflict.b, known, texts),
    }


def report_view(findings: Findings) -> View:
    """One line about a report."""
    report = findings.report
    return {
        "id": report.id,
        "name": report.name,
        "outlet": report.outlet,
        "republisher": report.republisher,
        "agency": report.agency,
        "published": _iso(report.published),
        "date": _iso(report.date),
        "title": report.title,
        "url": report.url,
        "language": report.language,
        "attributions": len(findings.attributions),
        "claims": len(findings.claims),
        "problems": [problem.what for problem in findings.problems],
        "text_sha256": report.text_sha256,
        "original_sha256": report.original_sha256,
        "made_by": findings.made_by,
    }


def attribution_view(findings: Findings, attribution: Attribution) -> View:
    """Who is given which words, by which cue, through whom."""
    text, names = findings.report.text, {s.id: called(s) for s in findings.sources}
    return {
        "id": attribution.id,
        "within": attribution.within,
        "style": attribution.style,
        "source": quoted(attribution.source, text),
        "cue": quoted(attribution.cue, text),
        "content": [quoted(span, text) for span in attribution.content],
        "chain": [names.get(source, source) for source in attribution.chain],
        "probability": attribution.probability,
        "made_by": attribution.made_by,
    }


def quoted(span: Span | None, text: str) -> View | None:
    """A span with its words."""
    return {"start": span.start, "end": span.end, "text": span.of(text)} if span else None


def _mention(findings: Findings, claim: Claim, attribution: Attribution | None, sources: Mapping[str, Source]) -> View:
    report, text = findings.report, findings.report.text
    return {
        "id": claim.id,
        "report": report.id,
        "name": report.name,
        "outlet": report.outlet,
        "published": _iso(report.published),
        "said": _period(claim.said, text),
        "chain": _chain(attribution, sources, report.outlet),
        "source": _source(attribution, sources),
        "actors": [{"role": a.role, "name": a.name, "country": a.country} for a in claim.actors],
        "item": claim.item,
        "quantity": _quantity(claim, text),
        "period": _period(claim.period, text),
        "place": claim.place.name if claim.place else None,
        "factuality": claim.factuality,
        "hedge": quoted(claim.hedge, text),
        "evidence": quoted(claim.evidence, text),
    }


def _chain(attribution: Attribution | None, sources: Mapping[str, Source], outlet: str | None) -> list[str]:
    if attribution is None:
        return [outlet] if outlet else []
    return [called(sources[source]) for source in attribution.chain if source in sources]


def _source(attribution: Attribution | None, sources: Mapping[str, Source]) -> View | None:
    source = sources.get(attribution.source_id or "") if attribution else None
    if source is None:
        return None
    return {"id": source.id, "name": source.name, "kind": source.kind, "naming": source.naming}


def _quantity(claim: Claim, text: str) -> View | None:
    quantity = claim.quantity
    if quantity is None:
        return None
    return {
        "low": quantity.low,
        "high": quantity.high,
        "approx": quantity.approx,
        "unit": quantity.unit,
        "item": quantity.item,
        "text": quantity.span.of(text),
    }


def _period(period: Period | None, text: str) -> View | None:
    if period is None:
        return None
    return {
        "first": _iso(period.first),
        "last": _iso(period.last),
        "text": period.span.of(text) if period.span else None,
    }


def day(mention: View) -> str | None:
    """When it was said, as far as is known: the report's date where the text does not say."""
    said = mention["said"]
    first: str | None = (said["first"] if said else None) or mention["published"]
    return first


def _other(conflict: Conflict, members: Sequence[str]) -> str:
    return conflict.a if conflict.a not in members else conflict.b


def _words(spans: Iterable[Span], claim: str, known: Mapping[str, View], texts: Mapping[str, str]) -> list[str]:
    mention = known.get(claim)
    text = texts.get(mention["report"] if mention else claim)
    return [span.of(text) for span in spans] if text else []


def _iso(day: object) -> str | None:
    return str(day) if day else None
