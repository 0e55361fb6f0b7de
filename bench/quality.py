"""Figures over the shared benchmarks, held to pinned floors. `python -m bench.quality --shared DIR [--write]`

`bench/goals.tsv` names each figure, its floor and its goals; `bench/pinned.json` keeps the digest of the data the
floors were measured on and the figures by item, so that a change shows what it wins and loses. `--write` pins
today's figures and rewrites docs/quality.md; a floor is lowered only with --lower.
"""

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import predict
from reportedly.model import Options

HERE = Path(__file__).parent
SLACK = 0.005
LESS_IS_BETTER = ("asserted_called_otherwise", "fell_for_updates_or_near_misses")
Scores = dict[str, Any]
Goal = dict[str, str]

# part -> (predicted part, inputs, scorer and its arguments; {i} an input, {o} the prediction)
RUNS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "attribution": (
        "attribution",
        ("bench/polnear/dev/text",),
        "bench/attribution_eval.py bench/polnear/dev/attributions bench/polnear/dev/text {o} --json",
    ),
    "time": ("time", ("bench/wikiwars/dev.jsonl",), "bench/time_eval.py {i} {o} --json"),
    "time-own": ("time", ("bench/time-own/dev.jsonl",), "bench/time_eval.py {i} {o} --json"),
    "quantity": ("quantity", ("bench/quantity-own/dev.jsonl",), "bench/quantity_eval.py {i} {o} --json"),
    "place": ("place", ("bench/geovirus/dev.jsonl",), "bench/place_eval.py {i} {o} --json"),
    "factuality": ("factuality", ("bench/uds-factuality/dev.jsonl",), "bench/factuality_eval.py {i} {o} --json"),
    "factuality-own": ("factuality", ("bench/factuality-own/dev.jsonl",), "bench/factuality_eval.py {i} {o} --json"),
    "stories": (
        "stories",
        ("bench/ecbplus-stories/dev.docs.jsonl",),
        "bench/clustering_eval.py --gold bench/ecbplus-stories/dev.gold.jsonl --pred {o} --json",
    ),
    "copies": (
        "copies",
        ("bench/copy-ops/dev.docs.jsonl",),
        "bench/copies_eval.py --gold bench/copy-ops/dev.gold.jsonl --pred {o} --json",
    ),
    "copies-ecb": (
        "copies",
        ("bench/ecbplus-stories/dev.docs.jsonl",),
        "bench/copies_eval.py --gold bench/ecbplus-copies/dev.gold.jsonl --docs {i} --pred {o} --json",
    ),
    "ledger": ("ledger", ("gold/dev/reports.jsonl",), "gold/ledger_eval.py gold/dev {o} --json {s}"),
    "cross": (
        "cross",
        ("gold/dev/reports.jsonl", "gold/dev/gold.jsonl"),
        "gold/ledger_eval.py gold/dev {o} --json {s}",
    ),
}


def measure(name: str, shared: Path, scratch: Path) -> Scores:
    """Predicts one part and scores it with the shared scorer."""
    part, inputs, command = RUNS[name]
    folder = part in ("ledger", "cross")
    out, scores = scratch / (name if folder else f"{name}.jsonl"), scratch / f"{name}.scores.json"
    print(predict.run(part, [*(shared / i for i in inputs), out], Options()), file=sys.stderr)
    words = command.format(i=inputs[0], o=out.resolve(), s=scores.resolve()).split()
    told = subprocess.run([sys.executable, *words], cwd=shared, capture_output=True, text=True)
    if told.returncode:
        raise SystemExit(f"{name}: the scorer failed: {told.stderr.strip()[-400:]}")
    found: Scores = json.loads(scores.read_text("utf-8") if folder else told.stdout)
    return {**found["scores"], "by_report": found["by_report"]} if folder else found


def figure(scores: dict[str, Scores], path: str) -> float | None:
    """The figure that "part/key.key" names; None where the scorer has none."""
    part, keys = path.split("/")
    value: Any = scores[part]
    for key in keys.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return None if value is None else float(value)


def goals() -> list[Goal]:
    """The rows of goals.tsv."""
    with (HERE / "goals.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def digest(shared: Path) -> str:
    """SHA-256 over the inputs of every part: floors hold for these data only."""
    seen = hashlib.sha256()
    for path in sorted({shared / i for _, inputs, _ in RUNS.values() for i in inputs}):
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            seen.update(file.read_bytes())
    return seen.hexdigest()


def below(goal: Goal, value: float | None) -> bool:
    """Whether a figure misses its floor."""
    if not goal["floor"]:
        return False
    floor = float(goal["floor"])
    if value is None:
        return True
    return value > floor + SLACK if goal["path"].endswith(LESS_IS_BETTER) else value < floor - SLACK


def items(scores: dict[str, Scores]) -> dict[str, float]:
    """Figures by item: the gold reports' attributions and claims, copied text by operation."""
    out: dict[str, float] = {}
    for part in ("ledger", "cross"):
        for report, figures in scores[part]["by_report"].items():
            out |= {f"{part} {report} {key}": round(value, 4) for key, value in figures.items()}
    return out | {f"copies {op}": round(value, 4) for op, value in scores["copies"]["recall_by_op"].items()}


def changes(old: dict[str, float], new: dict[str, float]) -> list[str]:
    """What moved by more than a hundredth, largest first."""
    moved = sorted(
        ((new[k] - old[k], k) for k in new if k in old and abs(new[k] - old[k]) > 0.01), key=lambda x: -abs(x[0])
    )
    return [f"  {by:+.3f}  {key}" for by, key in moved]


def board(rows: list[tuple[Goal, float | None]]) -> str:
    """docs/quality.md's table of figures."""
    lines = ["| part | figure | simple or best tool | today | to land | aim |", "| --- | --- | --- | --- | --- | --- |"]
    for goal, value in rows:
        shown = "-" if value is None else f"{value:.3f}"
        lines.append(
            f"| {goal['part']} | {goal['figure']} | {goal['simple']} | **{shown}** | {goal['land']} | {goal['aim']} |"
        )
    return "\n".join(lines)


def pin(rows: list[tuple[Goal, float | None]], new: Scores, lower: bool) -> None:
    """Writes floors, items and the scoreboard; a floor never falls unless told to."""
    for goal, value in rows:
        if value is not None and (lower or not goal["floor"] or not below(goal, value)):
            goal["floor"] = f"{value:.3f}"
    with (HERE / "goals.tsv").open("w", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0][0]), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(goal for goal, _ in rows)
    (HERE / "pinned.json").write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    page = HERE.parent / "docs" / "quality.md"
    head, _, rest = page.read_text("utf-8").partition("<!-- figures -->")
    tail = rest.partition("<!-- end of figures -->")[2]
    page.write_text(f"{head}<!-- figures -->\n{board(rows)}\n<!-- end of figures -->{tail}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir(), "reportedly-quality"))
    parser.add_argument("--write", action="store_true", help="pin today's figures and rewrite docs/quality.md")
    parser.add_argument("--lower", action="store_true", help="let --write lower a floor")
    args = parser.parse_args()
    if not (args.shared / "bench").is_dir():
        print(f"{args.shared}: the benchmark data are not here; nothing is measured")
        return 0
    args.scratch.mkdir(parents=True, exist_ok=True)
    scores = {name: measure(name, args.shared, args.scratch) for name in RUNS}
    rows = [(goal, figure(scores, goal["path"])) for goal in goals()]
    print(board(rows))
    pinned = HERE / "pinned.json"
    old: Scores = json.loads(pinned.read_text("utf-8")) if pinned.exists() else {"digest": "", "items": {}}
    new: Scores = {"digest": digest(args.shared), "items": items(scores)}
    print("\ngains and losses by item:", *changes(old["items"], new["items"]) or ["  none"], sep="\n")
    if args.write:
        pin(rows, new, args.lower)
        return 0
    if old["digest"] != new["digest"]:
        print("the data are not those the floors were measured on: floors are not applied")
        return 0
    missed = [f"{g['figure']}: {v} is below the floor {g['floor']}" for g, v in rows if below(g, v)]
    print(*missed or ["every floor holds"], sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
