"""Invented stories that carry their own answer: who says what in each report, which claims are one, how many origins.

A file holds stories (`%% name`), a story its sources, its reports and what is expected:

    source NAME | KIND | NAMING | country=XX | part_of=NAME
    @ ID | OUTLET | YYYY-MM-DD or nothing | agency=NAME | notice=NAME
    text with [said#ID words|by=RELAY>SPEAKER] and, inside or outside of it,
    [is#ID words|event=TYPE,n=12,unit=person,on=DAY..DAY,in=PLACE,who=AGENT,to=PATIENT,item=..,f=denied,g=GROUP]
    expect GROUP LOW-HIGH interests=N
    conflict GROUP GROUP FIELD
    update GROUP GROUP
    drift GROUP

The folder `alike` holds plain stories without marks, to be told from each other: see its files.
"""

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from reportedly.model import (
    Actor,
    Attribution,
    Bound,
    Claim,
    Findings,
    Notice,
    Period,
    Place,
    Quantity,
    Report,
    Source,
    Span,
    identify,
)
from tests import marked

FOLDER = Path(__file__).parent


class Expected(NamedTuple):
    """What a story's answer says of one group of claims."""

    group: str
    low: int
    high: int
    interests: int | None


class Story(NamedTuple):
    """An invented story: its findings, and what should come of them. `group_of` leads from claim ids to groups."""

    name: str
    findings: tuple[Findings, ...]
    group_of: Mapping[str, str]
    expected: tuple[Expected, ...]
    conflicts: frozenset[tuple[str, str, str]]
    updates: frozenset[tuple[str, str]]
    drifts: frozenset[str]


def stories(pattern: str = "*.txt") -> Iterator[Story]:
    """Every invented story; "measured/*.txt" are those that nothing was fitted to one by one."""
    for path in sorted(FOLDER.glob(pattern)):
        for passage in path.read_text("utf-8").split("%% ")[1:]:
            yield _story(passage)


def look_alikes(name: str) -> Iterator[dict[str, str]]:
    """The reports of alike/NAME.txt, look-alikes inside a fortnight: id, pair, story, outlet, published, text."""
    head, *passages = (FOLDER / "alike" / f"{name}.txt").read_text("utf-8").split("%% ")
    noted = (line[5:].split(" | ", 1) for line in head.splitlines() if line.startswith("note "))
    notes = {key: f"\n{text}" for key, text in noted}
    for passage in passages:
        pair, _, reports = passage.partition("\n")
        for number, report in enumerate(reports.split("@ ")[1:]):
            line, _, text = report.strip().partition("\n")
            story, outlet, date, note = (cell.strip() for cell in line.split("|"))
            yield {"id": f"{pair}/{number}", "pair": pair, "story": f"{pair}/{story}", "outlet": outlet,
                   "published": date, "text": text + notes.get(note, "")}  # fmt: skip


def findings_of(name: str, text: str, outlet: str, date: str = "2031-05-05") -> Findings:
    """One marked text as findings, in the voice of its outlet."""
    return _findings(name, f"{name} | {outlet} | {date}", text, {})[0]


def _story(passage: str) -> Story:
    name, *lines = [line for line in passage.splitlines() if line.strip() and not line.startswith("#")]
    sources = dict(_source(line) for line in lines if line.startswith("source "))
    findings, groups = [], dict[str, str]()
    for head, body in _reports(lines):
        made, told = _findings(name, head, body, sources)
        findings.append(made)
        groups |= told
    wanted = [line.split() for line in lines]
    return Story(
        name=name,
        findings=tuple(findings),
        group_of=groups,
        expected=tuple(_expected(words) for words in wanted if words[0] == "expect"),
        conflicts=frozenset((*sorted(words[1:3]), words[3]) for words in wanted if words[0] == "conflict"),  # type: ignore[misc]
        updates=frozenset((words[1], words[2]) for words in wanted if words[0] == "update"),
        drifts=frozenset(words[1] for words in wanted if words[0] == "drift"),
    )


def _reports(lines: list[str]) -> Iterator[tuple[str, str]]:
    head, body = "", list[str]()
    for line in lines:
        if line.startswith(("@ ", "expect ", "conflict ", "update ", "drift ", "source ")):
            if head:
                yield head, "\n".join(body)
            head, body = (line[2:], []) if line.startswith("@ ") else ("", [])
        elif head:
            body.append(line)
    if head:
        yield head, "\n".join(body)


def _source(line: str) -> tuple[str, Source]:
    name, kind, naming, *rest = [cell.strip() for cell in line.removeprefix("source ").split("|")]
    more = dict(cell.split("=") for cell in rest)
    made = Source(
        id=identify("source", name),
        name=name,
        kind=kind,  # type: ignore[arg-type]
        naming=naming,  # type: ignore[arg-type]
        country=more.get("country"),
        part_of=identify("source", more["part_of"]) if "part_of" in more else None,
        wire=kind == "outlet" and "wire" in name.lower(),
    )
    return name, made


def _findings(story: str, head: str, body: str, sources: Mapping[str, Source]) -> tuple[Findings, dict[str, str]]:
    named, outlet, date, *rest = [cell.strip() for cell in head.split("|")]
    more = dict(cell.split("=") for cell in rest)
    parsed = marked.parse(body, f"{story}: {named}")
    report = _report(f"{story}/{named}", parsed.text, outlet, date, more)
    own = {name: _own(source, report.id) for name, source in sources.items()}
    own.setdefault(outlet, Source(id=identify("source", outlet), name=outlet, kind="outlet", naming="office"))
    said = [span for span in parsed.spans if span.label == "said"]
    claims = [span for span in parsed.spans if span.label == "is"]
    attributions = tuple(_attribution(report, span, own) for span in said)
    made = Findings(
        report=report,
        attributions=attributions,
        sources=tuple(sorted(own.values(), key=lambda source: source.id)),
        claims=tuple(_claim(report, span, said) for span in claims),
    )
    return made, {f"{report.id}:c{span.id}": span.value.get("g", "") for span in claims}


def _own(source: Source, report: str) -> Source:
    """An unnamed source belongs to its report alone."""
    if source.naming != "unnamed":
        return source
    return Source(id=identify("source", report, source.name), name=source.name, kind=source.kind, naming="unnamed")


def _report(name: str, text: str, outlet: str, date: str, more: Mapping[str, str]) -> Report:
    notices = (Notice(kind="syndication", span=Span(0, 0), name=more["notice"]),) if "notice" in more else ()
    return Report(
        id=name,
        text=text,
        text_sha256=identify("text", text),
        original_sha256=identify("text", text),
        name=name,
        outlet=outlet,
        published=datetime.date.fromisoformat(date) if date else None,
        agency=more.get("agency"),
        notices=notices,
    )


def _attribution(report: Report, span: marked.Span, sources: Mapping[str, Source]) -> Attribution:
    chain = [sources[name].id for name in span.value["by"].split(">")]
    return Attribution(
        id=f"{report.id}:a{span.id}",
        report=report.id,
        content=(Span(span.start, span.end),),
        source_id=chain[-1],
        chain=tuple(chain) if report.outlet not in sources else (sources[report.outlet or ""].id, *chain),
    )


def _claim(report: Report, span: marked.Span, said: list[marked.Span]) -> Claim:
    value, evidence = span.value, Span(span.start, span.end)
    around = [each for each in said if each.start <= span.start and span.end <= each.end]
    actors = [("agent", value.get("who")), ("patient", value.get("to"))]
    return Claim(
        id=f"{report.id}:c{span.id}",
        report=report.id,
        evidence=evidence,
        event=value["event"],
        attribution=f"{report.id}:a{around[-1].id}" if around else None,
        actors=tuple(Actor(role=role, name=name) for role, name in actors if name),
        item=value.get("item"),
        quantity=quantity(value["n"], value["unit"], evidence) if "n" in value else None,
        period=_period(value["on"]) if "on" in value else None,
        place=Place(name=value["in"], span=evidence) if "in" in value else None,
        factuality=value.get("f", "asserted"),  # type: ignore[arg-type]
    )


def quantity(written: str, unit: str, span: Span) -> Quantity:
    """`12`, `12..` at least, `..12` at most, `10..12`, `~12` about, `<12` nearly."""
    bound: Bound = "exact"
    low: float | None
    high: float | None
    if written[0] in "~<":
        bound = "about" if written[0] == "~" else "nearly"
        high = float(written[1:])
        low = high if bound == "about" else None
    elif ".." in written:
        first, last = written.split("..")
        low, high = float(first) if first else None, float(last) if last else None
        bound = "between" if first and last else "at_least" if first else "at_most"
    else:
        low = high = float(written)
    return Quantity(low=low, high=high, bound=bound, span=span, unit=unit)


def _period(written: str) -> Period:
    first, _, last = written.partition("..")
    days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
    return Period(first=days[0], last=days[1], precision="day", value=first, type="DATE")


def _expected(words: list[str]) -> Expected:
    low, _, high = words[2].partition("-")
    interests = words[3].removeprefix("interests=") if len(words) > 3 else None
    return Expected(words[1], int(low), int(high), int(interests) if interests else None)
