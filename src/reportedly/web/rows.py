"""What pages show as rows of a table for a spreadsheet: one flat row each, bounds never as bare numbers."""

from typing import Any

View = dict[str, Any]


def mention(told: View, group: View) -> View:
    """One mention as a row of a table; bounds stay bounds."""
    quantity, period = told["quantity"] or {}, told["period"] or {}
    return {
        "claim": told["id"],
        "event": group["event"],
        "qty_low": quantity.get("low"),
        "qty_high": quantity.get("high"),
        "qty_text": quantity.get("text"),
        "unit": quantity.get("unit"),
        "item": told["item"],
        "chain": " <- ".join(told["chain"]),
        "t_first": period.get("first"),
        "t_last": period.get("last"),
        "factuality": told["factuality"],
        "words": told["evidence"]["text"],
        "report": told["report"],
        "outlet": told["outlet"],
        "published": told["published"],
        "origins_low": group["origins"]["low"],
        "origins_high": group["origins"]["high"],
        "interests": " ".join(group["origins"]["interests"]),
        "made_by": told["made_by"],
    }


def conflict(told: View) -> View:
    """A disagreement as a row of a table."""
    row: View = {"kind": told["kind"], "field": told["field"]}
    for name in ("a", "b"):
        side = told[name] or {}
        row |= {f"{name}_{key}": side.get(key) for key in ("id", "report", "outlet", "published")}
        row[f"{name}_chain"] = " <- ".join(side.get("chain", ()))
        row[f"{name}_words"] = side["evidence"]["text"] if side else None
        row[f"{name}_figure"] = side["quantity"]["text"] if side and side["quantity"] else None
    return row


def report(told: View) -> View:
    """A report without its lists."""
    return {key: value for key, value in told.items() if not isinstance(value, list)}


def story(told: View, member: View) -> View:
    """One report of a story."""
    return {"story": told["members"][0]["id"], "story_title": told["title"], **report(member)}
