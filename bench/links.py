"""Copies and stories against many open reports: reports/s, growth, memory. `python -m bench.links [COUNT]`

The index stands in for the ledger's: keys of all reports in one SQLite table, the NEAREST that share most keys are
compared by sketch alone (claims are counted elsewhere). Texts are made of the background's words: no two are alike but
one in ten, which is a cut and reordered copy of an earlier one.
"""

import datetime
import heapq
import random
import resource
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterator

from reportedly.link import copies, stories
from reportedly.link.names import _background
from reportedly.link.sketches import Sketch, keys, searched, sketch
from reportedly.model import Findings, Report

NEAREST, OPEN_DAYS = 20, 28


def reports(count: int) -> Iterator[Findings]:
    """Findings without claims, in the order of their days."""
    chance = random.Random(0)
    words = list(_background())
    common, rare = words[:1500], words[1500:]
    told: list[str] = []
    for n in range(count):
        text = _copy(chance.choice(told), chance) if told and n % 10 == 0 else _text(chance, common, rare)
        told = [*told[-500:], text]
        day = datetime.date(2031, 1, 1) + datetime.timedelta(days=OPEN_DAYS * n // count)
        yield Findings(
            report=Report(
                id=f"r{n:06}", text=text, text_sha256=str(n), original_sha256=str(n), name=f"r{n}", published=day
            )
        )


def _text(chance: random.Random, common: list[str], rare: list[str]) -> str:
    own = [word.title() if chance.random() < 0.3 else word for word in chance.choices(rare, k=40)]
    sentences = []
    for _ in range(chance.randint(8, 24)):
        mixed = chance.choices(common, k=12) + chance.choices(own, k=5)
        chance.shuffle(mixed)
        sentences.append(" ".join(mixed).capitalize() + ".")
    return " ".join(sentences)


def _copy(text: str, chance: random.Random) -> str:
    sentences = text.split(". ")[:-2]
    chance.shuffle(sentences)
    return ". ".join(sentences) + "."


def neighbours(db: sqlite3.Connection, findings: Findings, number: int) -> list[int]:
    """The reports that share the most keys, best first, then the nearest in time; the report's own keys are written.

    As in the ledger: one passage or quotation, or two of the weightiest words.
    """
    wanted = {zlib.crc32(key.encode()): key.partition("@")[0] for key in searched(findings)}
    marks = ",".join("?" * len(wanted))
    shared: dict[int, list[str]] = {}
    for key, report in db.execute(f"SELECT key, report FROM keys WHERE key IN ({marks})", list(wanted)):
        shared.setdefault(report, []).append(wanted[key])
    worth = (x for x, hits in shared.items() if len(set(hits)) > 1 or not hits[0].startswith("t:"))
    found = heapq.nsmallest(NEAREST, worth, key=lambda report: (-len(shared[report]), -report))
    own = {zlib.crc32(key.encode()) for key in keys(findings)}
    db.executemany("INSERT INTO keys VALUES (?, ?)", [(key, number) for key in own])
    return found


def main(count: int) -> None:
    """Prints reports/s at the start and the end, growth, memory."""
    db = sqlite3.connect("")
    db.execute("PRAGMA cache_size = -262144")
    db.execute("CREATE TABLE keys (key INTEGER, report INTEGER, PRIMARY KEY (key, report)) WITHOUT ROWID")
    held: dict[int, Findings] = {}
    took, copied = list[float](), 0
    for number, findings in enumerate(reports(count)):
        start = time.process_time()
        own = sketch(findings)
        for near in neighbours(db, findings, number):
            copied += _compared(own, sketch(held[near]))
        took.append(time.process_time() - start)
        held[number] = findings
    block = min(1000, count // 2)
    first, last = sum(took[:block]) / block, sum(took[-block:]) / block
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} open reports: {1 / last:,.0f} reports/s at the end, {1 / first:,.0f} over the first {block:,}")
    print(f"growth {last / first:.2f}, {copied:,} copies found of about {count // 10:,}, memory {memory:,.0f} MB")


def _compared(a: Sketch, b: Sketch) -> bool:
    stories.likeness(a, b)
    return copies.shared(a, b).share >= 0.4


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
