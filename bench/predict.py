"""Writes what the scorers read, for any input of their forms. `python -m bench.predict PART INPUT OUTPUT`

Parts: attribution TEXT_DIR OUT.jsonl | time, quantity, place [--demonyms], factuality IN.jsonl OUT.jsonl |
stories, copies DOCS.jsonl OUT.jsonl | ledger REPORTS.jsonl OUT_DIR | cross REPORTS.jsonl LEDGER.jsonl OUT_DIR.
Offsets are those of the input text as it stands. Prints words/s or reports/s to standard error.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bench import given
from reportedly.attribute import attribute
from reportedly.attribute.learned import with_that
from reportedly.link import copied_pairs, story_of
from reportedly.model import Attribution, Claim, Findings, Options, Period, Segmented, Source, Span
from reportedly.normalise.factuality import factuality
from reportedly.normalise.periods import periods
from reportedly.normalise.quantities import as_scored, quantities
from reportedly.normalise.topics import class_of
from reportedly.pipeline import analyse, connect, group
from reportedly.readers import Hints, compose, date_of, offset_map
from reportedly.segment import segment

Row = dict[str, Any]
KINDS = {"international_body": "organization"}


class Text:
    """One input text as a report, with the way back to the offsets of the input."""

    def __init__(self, row: Row) -> None:
        raw, name = row["text"], str(row.get("id") or row.get("doc"))
        hints = Hints(
            outlet=row.get("publisher") or row.get("outlet"),
            published=date_of(row.get("published") or row.get("dct"), name),
            title=row.get("title"),
            url=row.get("url"),
        )
        self.report = compose(raw, name, hints)
        self._map = offset_map(raw, self.report.text)

    def segmented(self) -> Segmented:
        return segment(self.report)

    def pair(self, span: Span) -> list[int]:
        return [self._map.to_original(span.start), self._map.to_original(span.end)]

    def span(self, span: Span | None) -> Row | None:
        return None if span is None else dict(zip(("start", "end"), self.pair(span), strict=True))

    def here(self, start: int, end: int) -> Span:
        """A span given in offsets of the input, in those of the canonical text."""
        return Span(self._map.to_canonical(start), self._map.to_canonical(end))


def rows(path: Path) -> Iterator[Row]:
    """The lines of a JSONL file."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def write(path: Path, lines: Iterable[Row]) -> None:
    """A JSONL file."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


# -- one report at a time -------------------------------------------------------------------------------------------


def attribution(folder: Path, options: Options) -> Iterator[tuple[Row, int]]:
    for path in sorted(folder.glob("*.txt")):
        raw = path.read_bytes().decode("utf-8")
        text = Text({"id": path.stem, "text": raw})
        found = attribute(text.segmented(), options)
        yield {"doc": path.stem, "attributions": [_spans(text, a) for a in found if a.within is None]}, _words(raw)


def _spans(text: Text, a: Attribution) -> Row:
    contents = [with_that(text.report.text, span) for span in a.content]  # PolNeAR counts it in, our ledger does not
    return {
        "source": [text.pair(a.source)] if a.source else None,
        "cue": [text.pair(a.cue)] if a.cue else [],
        "content": [text.pair(s) for s in contents],
    }


def timexes(row: Row, text: Text, options: Options) -> Row:
    found = periods(text.segmented(), options)
    return {"timexes": [{**(text.span(p.span) or {}), "type": p.type, "value": p.value} for p in found]}


def figures(row: Row, text: Text, options: Options) -> Row:
    return {
        "quantities": [{**(text.span(q.span) or {}), **as_scored(q)} for q in quantities(text.segmented(), options)]
    }


def spots(row: Row, text: Text, options: Options, demonyms: bool = False) -> Row:
    from reportedly.normalise.places import places

    found = places(text.segmented(), options, demonyms)
    return {"places": [{**(text.span(p.span) or {}), "lat": p.lat, "lon": p.lon} for p in found]}


def facts(row: Row, text: Text, options: Options) -> Row:
    segmented = text.segmented()
    out = []
    for event in row["events"]:
        judged = factuality(segmented, text.here(event["start"], event["end"]), None)
        label = "asserted" if judged.label == "unknown" else judged.label
        out.append({"start": event["start"], "end": event["end"], "label": label, "score": judged.score})
    return {"events": out}


BY_ROW: dict[str, Callable[[Row, Text, Options], Row]] = {
    "time": timexes,
    "quantity": figures,
    "place": spots,
    "factuality": facts,
}


def by_row(part: str, path: Path, options: Options, demonyms: bool) -> Iterator[tuple[Row, int]]:
    for row in rows(path):
        text = Text(row)
        found = spots(row, text, options, True) if demonyms else BY_ROW[part](row, text, options)
        yield {"id": row["id"], **found}, _words(row["text"])


# -- across reports -------------------------------------------------------------------------------------------------


def across(part: str, path: Path, options: Options) -> tuple[int, list[Row]]:
    """How many documents there are, and their stories or the pairs of copies."""
    named = {segment(text.report).report: str(row["doc"]) for row in rows(path) for text in [Text(row)]}
    doc = {report.id: name for report, name in named.items()}
    if part == "copies":
        return len(doc), [{"a": doc[a], "b": doc[b]} for a, b in copied_pairs(named, options)]
    return len(doc), [{"doc": doc[report], "cluster": first} for report, first in story_of(named, options).items()]


def ledger(path: Path, out: Path, options: Options) -> int:
    texts = {text.report.id: (str(row["id"]), text) for row in rows(path) for text in [Text(row)]}
    found = [analyse(text.report, options) for _, text in texts.values()]
    out.mkdir(parents=True, exist_ok=True)
    write(out / "ledger.jsonl", (_findings(*texts[f.report.id], f, options) for f in found))
    names = {report: name for report, (name, _) in texts.items()}
    _cross(found, out, options, names)
    return len(found)


def cross(path: Path, gold: Path, out: Path, options: Options) -> int:
    found = given.findings(list(rows(path)), list(rows(gold)))
    out.mkdir(parents=True, exist_ok=True)
    (out / "ledger.jsonl").write_bytes(gold.read_bytes())
    _cross(found, out, options, {f.report.id: f.report.id for f in found})
    return len(found)


def _cross(found: list[Findings], out: Path, options: Options, names: dict[str, str]) -> None:
    links = [link for i, f in enumerate(found) for link in connect(f, found[:i], options)]
    groups = group(found, links, options)
    home = {c.id: f"{names[f.report.id]}:{given.bare(c.id)}" for f in found for c in f.claims}
    weights = {c.id: c.weight for f in found for c in f.claims}
    (out / "cross.json").write_text(json.dumps(given.cross(groups, names, home, weights), indent=1), encoding="utf-8")


def _findings(name: str, text: Text, f: Findings, options: Options) -> Row:
    sources = {s.id: s for s in f.sources}
    claims = sorted(f.claims, key=lambda c: -c.weight)
    return {
        "id": name,
        "attributions": [_attribution(text, a, sources) for a in f.attributions],
        "claims": [_claim(text, c, options) for c in claims],
    }


def _attribution(text: Text, a: Attribution, sources: dict[str, Source]) -> Row:
    source = sources.get(a.source_id or "")
    spoken = source is not None and source.naming != "none"
    return {
        "id": a.id,
        "source": text.span(a.source),
        "cue": text.span(a.cue),
        "content": [text.span(s) for s in a.content],
        "quotation": a.style,
        "source_name": source.name if source and spoken else None,
        "source_kind": KINDS.get(source.kind, source.kind) if source else "anonymous",
        "chain": [sources[i].name for i in a.chain if i in sources and sources[i].naming != "none"],
        "parent": a.within,
    }


def _claim(text: Text, c: Claim, options: Options) -> Row:
    q = c.quantity
    return {
        "id": c.id,
        "attribution": c.attribution,
        "evidence": text.span(c.evidence),
        "class": class_of(c.event, options),
        "actors": [a.name for a in c.actors],
        "weapon": c.item,
        "quantity": q
        and {"value": _value(q.low, q.high), "low": q.low, "high": q.high, "unit": q.unit, "approx": q.approx},
        "time": _interval(c.period),
        "place": c.place and c.place.name,
        "factuality": "asserted" if c.factuality == "unknown" else c.factuality,
    }


def _value(low: float | None, high: float | None) -> float | None:
    return low if low == high else None


def _interval(p: Period | None) -> Row | None:
    if p is None or (p.first is None and p.last is None):
        return None
    return {"start": p.first and p.first.isoformat(), "end": p.last and p.last.isoformat()}


def _words(text: str) -> int:
    return len(text.split())


# -- the command ----------------------------------------------------------------------------------------------------


def run(part: str, paths: list[Path], options: Options, demonyms: bool = False) -> str:
    """Writes the predictions of a part; returns the line that says how fast."""
    start, count, unit = time.perf_counter(), 0, "reports"
    if part == "ledger":
        count = ledger(paths[0], paths[1], options)
    elif part == "cross":
        count = cross(paths[0], paths[1], paths[2], options)
    elif part in ("stories", "copies"):
        count, found = across(part, paths[0], options)
        write(paths[1], found)
    else:
        pairs = list(
            attribution(paths[0], options) if part == "attribution" else by_row(part, paths[0], options, demonyms)
        )
        count, unit = sum(n for _, n in pairs), "words"
        write(paths[1], (row for row, _ in pairs))
    took = time.perf_counter() - start
    return f"{part}: {count:,} {unit} in {took:.1f} s, {count / took:,.0f} {unit}/s (loading included)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["attribution", *BY_ROW, "stories", "copies", "ledger", "cross"])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--demonyms", action="store_true", help="places: mark 'French' and the like too")
    parser.add_argument("--reading", choices=["rules", "model"], default="model")
    args = parser.parse_args()
    if len(args.paths) != (3 if args.part == "cross" else 2):
        parser.error("cross takes REPORTS LEDGER OUT_DIR; every other part takes INPUT OUTPUT")
    print(run(args.part, args.paths, Options(reading=args.reading), args.demonyms), file=sys.stderr)


if __name__ == "__main__":
    main()
