"""How often the count of independent origins is right, beside simpler counts. `python -m bench.counting --shared DIR`

Over the gold's clusters of two reports or more (gold's claims given) and over the invented stories of `tests/stories`:
always one; the reports; the outlets; the clusters of copied text among the reports; and ours, the upper figure.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.stories import stories

from bench import given
from bench.predict import rows
from reportedly.corroborate import Groups
from reportedly.link import copied_pairs
from reportedly.model import Findings, Options
from reportedly.pipeline import connect, group


class Cluster(NamedTuple):
    """Mentions of one claim (ids) and how many independent origins they really have."""

    claims: frozenset[str]
    origins: int


class Counted(NamedTuple):
    """The true count of one cluster and what each way of counting says."""

    truth: int
    said: dict[str, int]


def counted(found: Sequence[Findings], clusters: Iterable[Cluster], groups: Groups) -> Iterator[Counted]:
    """What each way of counting says of the clusters of two reports or more."""
    home = {claim.id: each.report for each in found for claim in each.claims}
    text = _text_clusters(found)
    for cluster in clusters:
        reports = {home[each] for each in cluster.claims if each in home}
        if len(reports) > 1:
            best = max(groups.claim_groups, key=lambda held: len(cluster.claims & set(held.members)))
            said = {
                "always one": 1,
                "reports": len(reports),
                "outlets": len({each.outlet or each.id for each in reports}),
                "clusters of copied text": len({text[each.id] for each in reports}),
                "ours": best.high,
            }
            yield Counted(cluster.origins, said)


def _text_clusters(found: Sequence[Findings]) -> dict[str, str]:
    """Report -> the first of those it hangs together with by copied text."""
    home = {each.report.id: each.report.id for each in found}
    for a, b in copied_pairs((each.report for each in found), Options()):
        first, second = sorted((home[a], home[b]))
        home = {report: first if head == second else head for report, head in home.items()}
    return home


def gold(shared: Path) -> list[Counted]:
    """The gold's clusters."""
    folder = shared / "gold" / "dev"
    found = given.findings(list(rows(folder / "reports.jsonl")), list(rows(folder / "gold.jsonl")))
    told = json.loads((folder / "cross.json").read_text("utf-8"))["clusters"]
    clusters = [
        Cluster(frozenset(each["claims"]), each["origin_count"]) for each in told if each.get("origins_scored", True)
    ]
    return list(counted(found, clusters, _groups(found)))


def invented(pattern: str) -> list[Counted]:
    """The groups of the invented stories that say how many origins they have."""
    out: list[Counted] = []
    for story in stories(pattern):
        clusters = [
            Cluster(frozenset(c for c, name in story.group_of.items() if name == each.group), each.high)
            for each in story.expected
        ]
        out += counted(story.findings, clusters, _groups(story.findings))
    return out


def _groups(found: Sequence[Findings]) -> Groups:
    return group(
        found, [link for i, each in enumerate(found) for link in connect(each, found[:i], Options())], Options()
    )


def table(held: Sequence[Counted]) -> str:
    """For each way of counting how often it is right: of all, and balanced over one origin and several."""
    lines = []
    for name in held[0].said:
        right = [each.said[name] == each.truth for each in held]
        sides = [
            [ok for ok, each in zip(right, held, strict=True) if (each.truth > 1) is many] for many in (False, True)
        ]
        balanced = sum(sum(side) / len(side) for side in sides if side) / sum(1 for side in sides if side)
        lines.append(f"  {name:24} right {sum(right) / len(held):.2f}   balanced {balanced:.2f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    parts = {"invented, rules made on them": invented("*.txt"), "invented, measured": invented("measured/*.txt")}
    if (shared / "gold").is_dir():
        parts = {"gold clusters": gold(shared), **parts}
    for name, held in parts.items():
        print(f"{name}: {len(held)} of two reports or more, {sum(each.truth > 1 for each in held)} of several origins")
        print(table(held))


if __name__ == "__main__":
    main()
