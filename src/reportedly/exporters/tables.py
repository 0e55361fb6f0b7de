"""A ledger -> tables: one row a record, no bare number for a bound."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reportedly.ledgers import Filters, Ledger, questions
from reportedly.ledgers.views import View, attribution_view
from reportedly.review import grades

Row = Mapping[str, object]


def reports(ledger: Ledger) -> Iterator[Row]:
    """Every report that counts."""
    for view in questions.reports(ledger, Filters()):
        yield {**view, "problems": "; ".join(view["problems"])}


def attributions(ledger: Ledger) -> Iterator[Row]:
    """Who is given which words."""
    for report in ledger.report_ids():
        findings = ledger.findings(report)
        for attribution in findings.attributions:
            view = attribution_view(findings, attribution)
            yield {
                "id": view["id"],
                "report": report,
                "within": view["within"],
                "style": view["style"],
                "chain": " <- ".join(view["chain"]),
                "source": _text(view["source"]),
                "cue": _text(view["cue"]),
                "content": " ... ".join(part["text"] for part in view["content"]),
                "start": view["content"][0]["start"],
                "end": view["content"][-1]["end"],
                "probability": view["probability"],
                "made_by": view["made_by"],
            }


def sources(ledger: Ledger) -> Iterator[Row]:
    """Everyone who speaks."""
    yield from questions.sources(ledger)


def claims(ledger: Ledger) -> Iterator[Row]:
    """One row a claim group: addressed by its first mention, with the range of independent origins."""
    for group in questions.claims(ledger, Filters()):
        mentions = group["mentions"]
        yield {
            "claim": mentions[0]["id"],
            "event": group["event"],
            "mentions": len(mentions),
            "reports": len({mention["report"] for mention in mentions}),
            "origins_low": group["origins"]["low"],
            "origins_high": group["origins"]["high"],
            "origins": "; ".join(origin["name"] for origin in group["origins"]["groups"]),
            "conflicts": "; ".join(f"{c['with']} ({c['field']})" for c in group["conflicts"]),
            "drift": len(group["drift"]),
            "evidence": mentions[0]["evidence"]["text"],
        }


def claim_mentions(ledger: Ledger) -> Iterator[Row]:
    """One row a mention, figures and times with both ends."""
    graded = grades(ledger.judgements())
    for group in questions.claims(ledger, Filters()):
        for mention in group["mentions"]:
            yield {
                "claim": group["mentions"][0]["id"],
                "event": group["event"],
                **_mention_row(mention),
                "origins_low": group["origins"]["low"],
                "origins_high": group["origins"]["high"],
                "credibility": graded.get(mention["id"], {}).get("credibility"),
            }


def origins(ledger: Ledger) -> Iterator[Row]:
    """One row a mention in an origin, with the reasons that join the origin."""
    for group in questions.claims(ledger, Filters()):
        for number, origin in enumerate(group["origins"]["groups"], 1):
            reasons = "; ".join(f"{r['kind']}: {r['text']}" for r in origin["reasons"])
            for mention in origin["mentions"]:
                claim = group["mentions"][0]["id"]
                yield {"claim": claim, "origin": number, "name": origin["name"], "mention": mention, "reasons": reasons}


def relations(ledger: Ledger) -> Iterator[Row]:
    """Every stored link with its evidence."""
    for link in ledger.links_between(ledger.report_ids()):
        yield {
            "id": link.id,
            "kind": link.kind,
            "stance": link.stance,
            "a": link.a,
            "b": link.b,
            "reason": link.reason,
            "field": link.field,
            "strength": link.strength,
            "text": link.text,
            "made_by": link.made_by,
        }


def reviews(ledger: Ledger) -> Iterator[Row]:
    """Every judgement, undone ones marked."""
    for made in ledger.judgements():
        yield {
            "id": made.id,
            "when": made.when.isoformat(timespec="seconds"),
            "who": made.who,
            "act": made.act,
            "items": " ".join(made.items),
            "field": made.field,
            "value": made.value,
            "why": made.why,
            "words": made.words,
            "undone": made.undone,
        }


def _mention_row(mention: View) -> dict[str, Any]:
    quantity, period, said = (mention[field] or {} for field in ("quantity", "period", "said"))
    source = mention["source"] or {}
    return {
        "mention": mention["id"],
        "report": mention["report"],
        "outlet": mention["outlet"],
        "published": mention["published"],
        "evidence": mention["evidence"]["text"],
        "chain": " <- ".join(mention["chain"]),
        "source": source.get("name"),
        "source_kind": source.get("kind"),
        "source_naming": source.get("naming"),
        "actors": "; ".join(f"{actor['role']}: {actor['name']}" for actor in mention["actors"]),
        "item_text": mention["item"],
        "qty_low": quantity.get("low"),
        "qty_high": quantity.get("high"),
        "qty_low_open": bool(quantity) and quantity["low"] is None,
        "qty_high_open": bool(quantity) and quantity["high"] is None,
        "qty_approx": quantity.get("approx"),
        "qty_text": quantity.get("text"),
        "unit": quantity.get("unit"),
        "t_low": period.get("first"),
        "t_high": period.get("last"),
        "t_text": period.get("text"),
        "said_low": said.get("first"),
        "said_high": said.get("last"),
        "place": mention["place"],
        "factuality": mention["factuality"],
        "hedge": _text(mention["hedge"]),
        "start": mention["evidence"]["start"],
        "end": mention["evidence"]["end"],
    }


def _text(part: View | None) -> str | None:
    return part["text"] if part else None


TABLES: dict[str, Callable[[Ledger], Iterator[Row]]] = {
    "reports": reports,
    "attributions": attributions,
    "sources": sources,
    "claims": claims,
    "claim_mentions": claim_mentions,
    "origins": origins,
    "relations": relations,
    "reviews": reviews,
}
