"""Plain values -> tables and pages on the terminal."""

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from reportedly.cli.leading import dispute, leading, spoken
from reportedly.cli.listing import Listing
from reportedly.cli.words import chain, cut, days, drifted, figure, shown, span_of_origins, voice
from reportedly.ledgers.views import day
from reportedly.model import Judgement

View = dict[str, Any]
WIDTH = 140  # where the output is no screen
NOT_SHOWN = "Independent origins: mentions that are not shown to depend on each other. Figures are never summed."
STYLES = {"same": "", "gone": "red strike", "new": "green"}


def put(found: Any, page: Callable[[Any], Iterator[RenderableType]], as_json: bool, empty: str) -> None:
    """Prints what was found as JSON or as a page; says what was searched where nothing was."""
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n")
        return
    console = Console(width=None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", WIDTH)), highlight=False)
    for part in page(found) if found else iter([Text(empty)]):
        with console.capture() as printed:
            console.print(part)
        sys.stdout.write(re.sub(r" +\n", "\n", printed.get()))


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
        table = Listing("DAY", "REPORT", "CHAIN", "WORDS", "HEDGE", "CLAIM")
        for mention in group["mentions"]:
            table.add(*_timeline_cells(mention))
        yield table
        for number, origin in enumerate(origins["groups"], 1):
            outlets = {m["outlet"] or m["name"] for i in origin["mentions"] if (m := mentions.get(i))}
            yield Text(f"Origin {number}: {shown(origin['name'])}, in {', '.join(sorted(map(shown, outlets)))}")
            yield from _reasons(origin)
        yield Text(_order(group["order"], mentions))
        yield from (Text(f"Quotation differs: {shown(drift['text'])}") for drift in group["drift"])
        if group["conflicts"]:
            yield Text("Disagrees with: " + ", ".join(f"{c['with']} ({c['field']})" for c in group["conflicts"]))
        yield Text("")


def conflict_page(found: Sequence[View]) -> Iterator[RenderableType]:
    """Two claims that disagree once, with all who make them; a quotation that drifts once, word by word."""
    for pairs in _same(found):
        yield from _disagreement(pairs)
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
    table = Listing("REPORT", "NAME", "DATE", "OUTLET", "TITLE", "ATTRIBUTIONS", "CLAIMS", "PROBLEMS")
    for report in found:
        outlet = chain([name for name in (report["republisher"], report["outlet"]) if name])
        cells = [report["id"], report["name"], report["date"] or "undated", outlet, report["title"] or ""]
        counts = [str(report["attributions"]), str(report["claims"]), "; ".join(report["problems"])]
        table.add(*(shown(cell) for cell in cells + counts))
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
    table = Listing("ATTRIBUTION", "CHAIN", "CUE", "STYLE", "WORDS")
    for a in report["attributions"]:
        words = " ... ".join(content["text"] for content in a["content"])
        table.add(a["id"], chain(a["chain"]), shown(a["cue"]["text"] if a["cue"] else ""), a["style"], shown(words))
    yield table
    wide = max((len(figure(m["quantity"])) for m in report["claims"]), default=0)
    for mention in report["claims"]:
        yield Text(mention["event"].replace("_", " ").upper(), style="bold")
        yield from _mention_lines(mention, wide)


def story_page(found: Sequence[View]) -> Iterator[RenderableType]:
    """The reports of each story in the order of their days, under the first title."""
    for story in found:
        members = sorted(story["members"], key=lambda m: (m["date"] or "9999", m["outlet"] or "", m["name"]))
        dates = [m["date"] for m in members if m["date"]]
        when = days({"first": dates[0], "last": dates[-1]}) if dates else "undated"
        title = next((m["title"] for m in members if m["title"]), members[0]["name"])
        many = f"{len(members)} report{'s' * (len(members) > 1)}"
        yield Text(f"STORY: {shown(title)}   {many}, {when}", style="bold")
        yield from report_table(members)
        yield Text("")


def source_table(found: Sequence[View]) -> Iterator[RenderableType]:
    """One line a source."""
    table = Listing("SOURCE", "KIND", "NAMING", "COUNTRY", "ATTRIBUTIONS", "REPORTS", "RELIABILITY", "ID")
    for s in found:
        cells = [s["name"], s["kind"], s["naming"], s["country"] or "", s["attributions"], s["reports"]]
        table.add(*(shown(cell) for cell in [*cells, s["reliability"] or "", s["id"]]))
    yield table


def stats_table(found: View) -> Iterator[RenderableType]:
    """One line a count."""
    table = Listing("WHAT", "HOW MANY")
    for name, count in found.items():
        table.add(name, f"{count:,}")
    yield table


def judgement_table(found: Sequence[Judgement]) -> Iterator[RenderableType]:
    """One line a judgement."""
    table = Listing("JUDGEMENT", "WHEN", "WHO", "ACT", "ITEMS", "FIELD", "VALUE", "WHY")
    for j in found:
        act = f"{j.act} (undone)" if j.undone else j.act
        cells = [j.id, f"{j.when:%Y-%m-%d %H:%M}", j.who, act, " ".join(j.items), j.field or "", j.value or "", j.why]
        table.add(*map(shown, cells))
    yield table


def _headline(group: View) -> Text:
    """The event, who takes part, how many independent origins, what disagrees."""
    low, high = group["origins"]["low"], group["origins"]["high"]
    count = f"{span_of_origins(low, high)} independent origin{'s' * (high > 1)}"
    line = Text(f"{group['event'].replace('_', ' ').upper()}: {shown(_subject(group))}", style="bold")
    line.append(f"   {count}{_one_interest(group)}", style="bold green" if low > 1 else "bold yellow")
    for mark, found in (("! conflict", group["conflicts"]), ("~ quote drift", group["drift"])):
        line.append(f"   {mark}" if found else "", style="bold red")
    return line


def _subject(group: View) -> str:
    """Who does it to whom and what is counted; where one of these at most is known, the words that say most."""
    counted = next((m["quantity"]["item"] for m in group["mentions"] if m["quantity"] and m["quantity"]["item"]), "")
    roles = ("agent", "recipient", "destination", *([] if counted else ["patient"]))
    told = ([name for role in roles if (name := _actors(m, role))] for m in group["mentions"])
    who = next(filter(None, told), [])[:2]
    parts = [*who, *([] if counted.casefold() in " ".join(who).casefold() else [counted])]
    if len(parts) > 1:
        return ", ".join(filter(None, (" -> ".join(who), *parts[len(who) :])))
    return f"“{cut(spoken(leading(group['mentions'])))}”"


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
    told = [voice(m), f"said {_said(m)}", f"happened {happened}" if happened else "", shown(hedge), m["id"]]
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=2 + wide, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(Text(figure(m["quantity"]), style="bold"), Text(f"“{shown(' '.join(m['evidence']['text'].split()))}”"))
    grid.add_row("", Text(" · ".join(filter(None, told)), style="dim"))
    yield grid


def _why(origin: View, group: View) -> Text:
    """Which outlets count as one origin, and each kind of reason once."""
    outlets = {m["outlet"] or m["name"] for m in group["mentions"] if m["id"] in origin["mentions"]}
    reasons: dict[str, str] = {}
    for reason in origin["reasons"]:
        reasons.setdefault(reason["kind"].replace("-", " "), shown(reason["text"]))
    joined = "; ".join(f"{kind} ({text})" for kind, text in reasons.items())
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
    outlet = m["outlet"] or f"({m['name']})"
    return [
        _said(m),
        shown(f"{outlet} {m['published'] or '(undated)'}"),
        voice(m),
        shown(m["evidence"]["text"]),
        shown(hedge),
        m["id"],
    ]


def _order(order: View, mentions: dict[str, View]) -> str:
    first = order["first_known"]
    if first is None:
        return "First known to this ledger: not established, no mention carries a date."
    who = ", ".join(dict.fromkeys(voice(mentions[m]) for m in first["mentions"]))
    said = f"First known to this ledger: {first['day']}, {who}."
    if order["undated"]:
        outlets = sorted({shown(mentions[m]["outlet"] or mentions[m]["name"]) for m in order["undated"]})
        return f"{said} Order of the others: not established ({', '.join(outlets)}: no date)."
    return said if order["established"] else f"{said} Order among them: not established, the day is the same."


def _same(found: Sequence[View]) -> list[list[View]]:
    """Pairs of mentions of the same two claims together; pairs that hold the same two quotations together."""
    together: dict[tuple[str, ...], list[View]] = {}
    for each in found:
        words = (" ".join(each["a_words"]), " ".join(each["b_words"]))
        quoted = sorted(words if each["kind"] == "drift" else each["claims"])
        together.setdefault((each["kind"], each["field"], *quoted), []).append(each)
    return list(together.values())


def _disagreement(pairs: Sequence[View]) -> Iterator[Text]:
    first = pairs[0]
    name = f"{first['kind'].upper()} of {first['field']}: "
    if first["kind"] == "drift":
        yield Text(name + shown(first["text"]), style="bold")
        yield from (_side(first[side], first[f"{side}_words"]) for side in ("a", "b"))
        if first["a_words"] and first["b_words"]:
            yield _drift(" ".join(first["a_words"]), " ".join(first["b_words"]))
        return
    sides, arrow = _sides(pairs)
    one, other = (next(iter(side.values())) for side in sides)
    yield Text(name + shown(dispute(first["field"], one, other, arrow)), style="bold")
    for side in sides:
        head, *others = side.values()
        yield _side(head, ())
        yield from [Text(f"    also {'; '.join(_also(m, head) for m in others)}")] if others else []


def _sides(pairs: Sequence[View]) -> tuple[list[dict[str, View]], str]:
    """The mentions on either side by id, and the sign between; of an update the earlier side stands first."""
    claims = pairs[0]["claims"]
    sides: list[dict[str, View]] = [{}, {}]
    for pair in pairs:
        for side, end in zip(sides, "ab" if pair["claims"] == claims else "ba", strict=True):
            side[pair[end]["id"]] = pair[end]
    days = [day(next(iter(side.values()))) or "" for side in sides]
    if pairs[0]["kind"] != "update" or "" in days or days[0] == days[1]:
        return sides, " / "
    return (sides if days[0] < days[1] else sides[::-1]), " -> "


def _also(mention: View, leading: View) -> str:
    """Who says so too, with the figure where it is another."""
    told = figure(mention["quantity"])
    more = "" if told in ("", figure(leading["quantity"])) else f": {told}"
    return f"{voice(mention)}, {_said(mention)}{more} ({mention['id']})"


def _side(mention: View | None, words: Sequence[str]) -> Text:
    if mention is None:
        return Text("  " + " ... ".join(shown(each) for each in words))
    passage = " ... ".join(words) or " ".join(mention["evidence"]["text"].split())
    told = f"{figure(mention['quantity'])}; " if mention["quantity"] else ""
    return Text(f'  {voice(mention)}, {_said(mention)}: {told}"{shown(passage)}" ({mention["id"]})')


def _drift(a: str, b: str) -> Text:
    line = Text("  ")
    for words, kind in drifted(a, b):
        mark = {"gone": f"[-{words}-]", "new": f"{{+{words}+}}"}.get(kind, words)
        line.append(mark + " ", style=STYLES[kind])
    return line
