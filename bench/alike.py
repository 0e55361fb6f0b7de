"""Stories told apart and kept together, by threshold. `python -m bench.alike [GOLD_FOLDER ...]`

B-cubed F1, precision and recall of stories over the look-alikes of `tests/stories/alike` (open: may be read;
sealed: only totals) and over gold ledgers, from their texts, at each threshold for dated reports.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace
from tests.stories import look_alikes

from bench.predict import Text, rows
from reportedly.corroborate import story_groups
from reportedly.model import Findings, Link, Options
from reportedly.pipeline import analyse, connect

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)


class BCubed(NamedTuple):
    """How well groups are those that are meant, by the mean over their members."""

    f1: float
    precision: float
    recall: float


def b_cubed(told: Mapping[str, Hashable], meant: Mapping[str, Hashable]) -> BCubed:
    """The B-cubed figures of groups, each given as member -> group."""
    ours, theirs = _members(told), _members(meant)
    shared = {name: len(ours[told[name]] & theirs[meant[name]]) for name in meant}
    precision = sum(shared[name] / len(ours[told[name]]) for name in meant) / len(meant)
    recall = sum(shared[name] / len(theirs[meant[name]]) for name in meant) / len(meant)
    return BCubed(2 * precision * recall / (precision + recall), precision, recall)


def stories(found: Sequence[Findings], links: Sequence[Link], least: float) -> dict[str, str]:
    """Report id -> the first report of its story, where dated ones join from this likeness on."""
    dated = {each.report.id: each.report.date is not None for each in found}
    groups = story_groups(dated, links, replace(Options(), story_threshold=least))
    return {member: group[0] for group in groups for member in group}


def linked(found: Sequence[Findings]) -> list[Link]:
    """The links between reports."""
    made = (link for i, each in enumerate(found) for link in connect(each, found[:i]))
    return [link for link in made if link.kind == "story"]


def read(texts: Sequence[Mapping[str, Any]], reader: Options = Options()) -> dict[str, Findings]:
    """The findings of reports by their names."""
    return {str(row["id"]): analyse(Text(dict(row)).report, reader) for row in texts}


def _members(groups: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    found = defaultdict[Hashable, set[str]](set)
    for name, group in groups.items():
        found[group].add(name)
    return found


def _sets(folders: Sequence[str]) -> Iterator[tuple[str, list[dict[str, Any]], dict[str, str]]]:
    """Each set: its name, its reports, the story of each."""
    for name in ("open", "sealed"):
        texts = list(look_alikes(name))
        yield f"alike, {name}", [dict(row) for row in texts], {row["id"]: row["story"] for row in texts}
    for folder in map(Path, folders):
        known = json.loads((folder / "cross.json").read_text("utf-8"))["stories"]
        yield folder.name, [row for row in rows(folder / "reports.jsonl") if row["id"] in known], known


def main() -> None:
    print("set", *THRESHOLDS, sep="\t")
    for name, texts, meant in _sets(sys.argv[1:]):
        read_ = read(texts)
        found = list(read_.values())
        links, ids = linked(found), {each: findings.report.id for each, findings in read_.items()}
        cells = []
        for least in THRESHOLDS:
            home = stories(found, links, least)
            cells.append("{:.3f} ({:.2f} {:.2f})".format(*b_cubed({each: home[ids[each]] for each in ids}, meant)))
        print(name, *cells, sep="\t")


if __name__ == "__main__":
    main()
