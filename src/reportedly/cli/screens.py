"""Plain values -> tables and pages on the terminal."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from reportedly.cli.words import chain, days, drifted, figure, shown, span_of_origins
from reportedly.model import Judgement

View = dict[str, Any]
WIDTH = 140  # where the output is no screen
NOT_SHOWN = "Independent origins: mentions that are not shown to depend on each other. Figures are never summed."
UNBROKEN = ("CLAIM", "REPORT", "ATTRIBUTION", "JUDGEMENT", "ID", "DAY", "DATE")
STYLES = {"same": "", "gone": "red strike", "new": "green"}


def put(found: Any, page: Callable[[Any], Iterator[RenderableType]], as_json: bool, empty: str) -> None:
    """Prints what was found as JSON or as a page; says what was searched where nothing was."""
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n")
        return
    console = Console(width=None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", WIDTH)), highlight=False)
    for part in page(found) if found else iter([Text(empty)]):
        console.print(part)


def claim_page(groups: Sequence[View]) -> Iterator[RenderableType]:
    """J1: one block a claim: its origins, each mention with figure, words and chain, the reasons for one origin."""
    yield Text(NOT_SHOWN)
    for group in groups:
        yield Text("")
        yield _headline(group)
        wide = max(len(figure(m["quantity"])) for m in group["mentions"])
        for mention in group["mentions"]:
            yield from _mention_lines(mention, wide)
        for origin in group["origins"]["groups"]:
            if len(origin["mentions"]) > 1:
                yield _why(origin, group)


def origin_page(groups: Sequence[View]) -> Iterator[RenderableType]:
    """J2: for each claim its origins, chains and timeline, reasons, and whether the order is known."""
    for group in groups:
        mentions = {m["id"]: m for m in group["mentions"]}
        origins = group["origins"]
        yield Text(_verdict(group), style="bold")
        table = _table("DAY", "REPORT", "CHAIN", "WORDS", "HEDGE", "CLAIM")
        for mention in group["mentions"]:
            table.add_row(*_timeline_cells(mention))
        yield table
        for number, origin in enumerate(origins["groups"], 1):
            outlets = {m["outlet"] or m["report"] for i in origin["mentions"] if (m := mentions.get(i))}
            yield Text(f"Origin {number}: {shown(origin['name'])}, in {', '.join(sorted(map(shown, outlets)))}")
            yield from _reasons(origin)
        yield Text(_order(group["order"], mentions))
        yield from (Text(f"Quotation differs: {shown(drift['text'])}") for drift in group["drift"])
        if group["conflicts"]:
            yield Text("Disagrees with: " + ", ".join(f"{c['with']} ({c['field']})" for c in group["conflicts"]))
        yield Text("")


def conflict_page(found: Sequence[View]) -> Iterator[RenderableType]:
    """Both passages of each disagreement; drift word by word, once for two quotations whatever rests on them."""
    drifts = set[str]()
    for each in found:
        if each["kind"] == "drift":
            quoted = f"{each['a_words']} {each['b_words']}"
            if quoted in drifts:
                continue
            drifts.add(quoted)
        yield Text(f"{each['kind'].upper()} of {each['field']}: {shown(each['text'])}", style="bold")
        for side in ("a", "b"):
            yield _side(each[side], each[f"{side}_words"])
        if each["kind"] == "drift" and each["a_words"] and each["b_words"]:
            yield _drift(" ".join(each["a_words"]), " ".join(each["b_words"]))
        yield Text("")


def change_page(found: dict[str, list[View]]) -> Iterator[RenderableType]:
    """J3: what is new to this ledger, kind by kind."""
    for kind, news in found.items():
        yield Text(f"{kind.upper()}: {len(news)}", style="bold")
        if kind in ("new claims", "new independent origins"):
            yield from claim_page(news)
        elif kind == "disagreements":
            yield from conflict_page(news)
        else:
            yield from (Text("  " + ", ".join(f"{key} {shown(x)}" for key, x in each.items() if x)) for each in news)


def report_table(found: Sequence[View]) -> Iterator[RenderableType]:
    """One line a report."""
    table = _table("REPORT", "NAME", "DATE", "OUTLET", "TITLE", "ATTRIBUTIONS", "CLAIMS", "PROBLEMS")
    for report in found:
        outlet = chain([name for name in (report["republisher"], report["outlet"]) if name])
        cells = [report["id"], report["name"], report["date"] or "undated", outlet, report["title"] or ""]
        counts = [str(report["attributions"]), str(report["claims"]), "; ".join(report["problems"])]
        table.add_row(*(shown(cell) for cell in cells + counts))
    yield table


def report_page(report: View) -> Iterator[RenderableType]:
    """The text, then who says what, notices, problems."""
    heads = ("id", "outlet", "republisher", "agency", "published", "title", "url", "language", "text_sha256", "made_by")
    for head in heads:
        if report[head]:
            yield Text(f"{head}: {shown(report[head])}")
    line = report["dateline"]
    if line:
        yield Text(f"dateline: {shown(line['text'])} ({line['date'] or 'no year known'})")
    yield from (Text(f"notice ({n['kind']}): {shown(n['text'])}") for n in report["notices"])
    yield from (
        Text(f"problem: {shown(p['what'])}; {shown(p['why'])}; {shown(p['now'])}", style="yellow")
        for p in report["problems"]
    )
    yield Text(f"\n{shown(report['text'])}\n")
    table = _table("ATTRIBUTION", "CHAIN", "CUE", "STYLE", "WORDS")
    for a in report["attributions"]:
        words = " ... ".join(content["text"] for content in a["content"])
        table.add_row(a["id"], chain(a["chain"]), shown(a["cue"]["text"] if a["cue"] else ""), a["style"], shown(words))
    yield table
    wide = max((len(figure(m["quantity"])) for m in report["claims"]), default=0)
    for mention in report["claims"]:
        yield Text(mention["event"].replace("_", " ").upper(), style="bold")
        yield from _mention_lines(mention, wide)


def story_page(found: Sequence[View]) -> Iterator[RenderableType]:
    """The reports of each story."""
    for story in found:
        dates = sorted(m["date"] for m in story["members"] if m["date"])
        when = f"{dates[0]}..{dates[-1]}" if dates else "undated"
        yield Text(f"Story of {len(story['members'])} reports, {when}", style="bold")
        yield from report_table(story["members"])


def source_table(found: Sequence[View]) -> Iterator[RenderableType]:
    """One line a source."""
    table = _table("SOURCE", "KIND", "NAMING", "COUNTRY", "ATTRIBUTIONS", "REPORTS", "RELIABILITY", "ID")
    for s in found:
        cells = [s["name"], s["kind"], s["naming"], s["country"] or "", s["attributions"], s["reports"]]
        table.add_row(*(shown(cell) for cell in [*cells, s["reliability"] or "", s["id"]]))
    yield table


def stats_table(found: View) -> Iterator[RenderableType]:
    """One line a count."""
    table = _table("WHAT", "HOW MANY")
    for name, count in found.items():
        table.add_row(name, f"{count:,}")
    yield table


def judgement_table(found: Sequence[Judgement]) -> Iterator[RenderableType]:
    """One line a judgement."""
    table = _table("JUDGEMENT", "WHEN", "WHO", "ACT", "ITEMS", "FIELD", "VALUE", "WHY")
    for j in found:
        act = f"{j.act} (undone)" if j.undone else j.act
        cells = [j.id, f"{j.when:%Y-%m-%d %H:%M}", j.who, act, " ".join(j.items), j.field or "", j.value or "", j.why]
        table.add_row(*map(shown, cells))
    yield table


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in UNBROKEN)
    return table


def _headline(group: View) -> Text:
    """The event, who takes part, how many independent origins, what disagrees."""
    first = group["mentions"][0]
    parties = [name for role in ("agent", "recipient", "destination", "patient") if (name := _actors(first, role))]
    who = f": {shown(' -> '.join(parties[:2]))}" if parties else ""
    low, high = group["origins"]["low"], group["origins"]["high"]
    count = f"{span_of_origins(low, high)} independent origin{'s' * (high > 1)}"
    line = Text(f"{group['event'].replace('_', ' ').upper()}{who}", style="bold")
    line.append(f"   {count}{_one_interest(group)}", style="bold green" if low > 1 else "bold yellow")
    for mark, found in (("! conflict", group["conflicts"]), ("~ quote drift", group["drift"])):
        line.append(f"   {mark}" if found else "", style="bold red")
    return line


def _one_interest(group: View) -> str:
    """Which origins are voices of one state or body: " (2 of them one interest: Tarvenia)"."""
    counted = Counter(origin["interest"] for origin in group["origins"]["groups"] if origin["interest"])
    found = [f"{n} of them one interest: {shown(name)}" for name, n in sorted(counted.items()) if n > 1]
    return f" ({'; '.join(found)})" if found else ""


def _mention_lines(m: View, wide: int) -> Iterator[RenderableType]:
    """The figure beside the words; below them the chain, when it was said and happened, how sure, the id."""
    doubt = "" if m["factuality"] == "asserted" else m["factuality"]
    hedge = f'{doubt} "{m["hedge"]["text"]}"'.strip() if m["hedge"] else doubt
    happened = days(m["period"])
    told = [chain(m["chain"]), f"said {_said(m)}", f"happened {happened}" if happened else "", shown(hedge), m["id"]]
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=2 + wide, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(Text(figure(m["quantity"]), style="bold"), Text(f"“{shown(' '.join(m['evidence']['text'].split()))}”"))
    grid.add_row("", Text(" · ".join(filter(None, told)), style="dim"))
    yield grid


def _why(origin: View, group: View) -> Text:
    """Which outlets count as one origin, and each kind of reason once."""
    outlets = {m["outlet"] or m["report"] for m in group["mentions"] if m["id"] in origin["mentions"]}
    reasons = dict.fromkeys(f"{r['kind'].replace('-', ' ')} ({shown(r['text'])})" for r in origin["reasons"])
    joined = "; ".join(list(reasons)[:3])
    return Text(f"  one origin: {shown(origin['name'])}, in {', '.join(sorted(map(shown, outlets)))}: {joined}")


def _actors(m: View, role: str) -> str:
    return ", ".join(dict.fromkeys(actor["name"] for actor in m["actors"] if actor["role"] == role))


def _said(m: View) -> str:
    return days(m["said"]) or (f"by {m['published']}" if m["published"] else "undated")


def _reasons(origin: View) -> Iterator[Text]:
    """Each reason once, with the mentions it joins."""
    joined: dict[tuple[str, str], set[str]] = {}
    for reason in origin["reasons"]:
        joined.setdefault((reason["kind"], reason["text"]), set()).update((reason["a"], reason["b"]))
    for (kind, text), mentions in joined.items():
        yield Text(f"  {kind}: {shown(text)} ({', '.join(sorted(mentions))})")


def _verdict(group: View) -> str:
    reports = len({m["report"] for m in group["mentions"]})
    low, high = group["origins"]["low"], group["origins"]["high"]
    many = "origin" if high == 1 else "origins"
    return f"{group['event']}: {reports} report{'s' * (reports > 1)}, {span_of_origins(low, high)} independent {many}"


def _timeline_cells(m: View) -> list[str]:
    hedge = m["hedge"]["text"] if m["hedge"] else ""
    outlet = m["outlet"] or "outlet not known"
    return [
        _said(m),
        shown(f"{outlet} {m['published'] or '(undated)'}"),
        chain(m["chain"]),
        shown(m["evidence"]["text"]),
        shown(hedge),
        m["id"],
    ]


def _order(order: View, mentions: dict[str, View]) -> str:
    first = order["first_known"]
    if first is None:
        return "First known to this ledger: not established, no mention carries a date."
    who = ", ".join(dict.fromkeys(chain(mentions[m]["chain"]) for m in first["mentions"]))
    said = f"First known to this ledger: {first['day']}, {who}."
    if order["undated"]:
        outlets = sorted({shown(mentions[m]["outlet"] or mentions[m]["report"]) for m in order["undated"]})
        return f"{said} Order of the others: not established ({', '.join(outlets)}: no date)."
    return said if order["established"] else f"{said} Order among them: not established, the day is the same."


def _side(mention: View | None, words: Sequence[str]) -> Text:
    if mention is None:
        return Text("  " + " ... ".join(shown(each) for each in words))
    passage = " ... ".join(words) or mention["evidence"]["text"]
    told = f"{figure(mention['quantity'])}; " if mention["quantity"] else ""
    return Text(f'  {chain(mention["chain"])}, {_said(mention)}: {told}"{shown(passage)}" ({mention["id"]})')


def _drift(a: str, b: str) -> Text:
    line = Text("  ")
    for words, kind in drifted(a, b):
        mark = {"gone": f"[-{words}-]", "new": f"{{+{words}+}}"}.get(kind, words)
        line.append(mark + " ", style=STYLES[kind])
    return line
