"""Gold ledgers of real reports without their texts, joined with them. `python -m bench.real_gold SHARED OUT`

`bench/real-gold` names documents of the shared sets; OUT gets a folder a set, in the form that `bench.predict` and the
gold ledgers' scorer read. A text that is not the one that was annotated is left out with its gold, and told.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "real-gold"
DOCS = {"ecbplus": "bench/ecbplus-stories/dev.docs.jsonl", "geovirus": "bench/geovirus/dev.jsonl"}
Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The lines of a JSON lines file."""
    yield from (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def texts(shared: Path) -> dict[tuple[str, str], str]:
    """The texts of the shared sets by set and document."""
    found = ((name, row) for name, path in DOCS.items() for row in rows(shared / path))
    return {(name, str(row.get("doc", row.get("id")))): row["text"] for name, row in found}


def join(folder: Path, known: dict[tuple[str, str], str], out: Path) -> int:
    """Writes one set with its texts; how many reports it has."""
    out.mkdir(parents=True, exist_ok=True)
    reports = []
    for row in rows(folder / "reports.jsonl"):
        text = known.get((row.pop("set"), row.pop("doc")), "")
        if hashlib.sha256(text.encode()).hexdigest() == row.pop("sha256"):
            reports.append({**row, "text": text, "title": None, "url": None})
        else:
            print(f"{row['id']}: not the text that was annotated; left out", file=sys.stderr)
    kept = {row["id"] for row in reports}
    gold = [row for row in rows(folder / "gold.jsonl") if row["id"] in kept]
    for name, lines in (("reports.jsonl", reports), ("gold.jsonl", gold)):
        (out / name).write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    for name in ("cross.json", "sources.json"):
        shutil.copyfile(folder / name, out / name)
    return len(reports)


def main() -> None:
    if len(sys.argv) != 3:
        raise SystemExit("python -m bench.real_gold SHARED OUT")
    known = texts(Path(sys.argv[1]))
    for folder in sorted(path for path in HERE.iterdir() if path.is_dir()):
        print(f"{folder.name}: {join(folder, known, Path(sys.argv[2]) / folder.name)} reports")


if __name__ == "__main__":
    main()
