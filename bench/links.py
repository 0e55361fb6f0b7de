"""Copies and stories against many open reports: reports/s, growth, memory. `python -m bench.links [COUNT]`

A ledger's own index finds the neighbours, which are compared by their gists, and by their texts where those may be
copied (claims, and reading them, are counted elsewhere). Texts are made of the background's words: no two are alike
but one in ten, which is a cut and reordered copy of an earlier one. All of them are open: they lie within twice
`story_days`.
"""

import datetime
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from reportedly.ledgers.embedded import SEEN
from reportedly.ledgers.neighbours import Index, Keyed, keyed, write_keys
from reportedly.ledgers.opening import open_file
from reportedly.link.copies import copies_text, shared, worth
from reportedly.link.names import _background
from reportedly.link.sketches import Gist, sketch
from reportedly.link.stories import likeness
from reportedly.model import Findings, Options, Report

OPEN_DAYS, BATCH, BLOCK = 28, 100, 10_000
"""`BLOCK`: reports of the first and of the last measure. Near 100,000 the index sorts its keys every 6,000: a block of
fewer would hold more than its share of that, or none."""


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
        yield _findings(f"r{n:06}", text, str(n), day)


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


def main(count: int) -> None:
    """Prints reports/s at the start, at the end and over all, growth, memory."""
    block = min(BLOCK, count // 2)
    took, copied = list[float](), 0
    with tempfile.TemporaryDirectory() as folder:
        db = open_file(Path(folder, "links.db"))
        db.execute("PRAGMA foreign_keys = OFF")  # no bytes are kept here
        db.execute("DROP TRIGGER reports_written")  # nor is text made searchable: both belong to reading
        index, coming = Index(db), reports(count)
        while batch := list(islice(coming, BATCH)):  # made beforehand: making them is not what is measured
            db.execute("BEGIN")
            for findings in batch:
                start = time.process_time()
                copied += _linked(db, index, findings)
                took.append(time.process_time() - start)
            start = time.process_time()
            db.execute("COMMIT")
            took[-1] += time.process_time() - start
    slow, fast = sum(took[-block:]) / block, sum(took[:block]) / block
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} open reports: {1 / slow:,.0f} reports/s over the last {block:,}, {1 / fast:,.0f} over the first,")
    print(f"{count / sum(took):,.0f} over all; growth {slow / fast:.2f}, memory {memory:,.0f} MB,")
    print(f"{copied:,} copies found of about {count // 10:,}")


def _linked(db: sqlite3.Connection, index: Index, findings: Findings) -> int:
    """How many of its neighbours a report copies or is copied by; it is kept."""
    own = keyed(findings)
    near = index.neighbours(own, Options()).items()
    copied = sum(_compared(db, findings, seq, gist) for seq, gist in near if gist)
    _keep(db, findings, own)
    return copied


def _keep(db: sqlite3.Connection, findings: Findings, own: Keyed) -> None:
    """Writes a report and its keys, as a ledger does, without its claims."""
    report = findings.report
    seq = db.execute(_KEEP, (report.id, report.text, report.original_sha256, report.date)).lastrowid or 0
    write_keys(db, seq, own)


def _compared(db: sqlite3.Connection, findings: Findings, near: int, gist: Gist) -> bool:
    """Whether a neighbour has copied, for which its text is read where the gists show so much; and their likeness."""
    own = sketch(findings)
    likeness(own.gist, gist)
    if not worth(own.gist, gist):
        return False
    return copies_text(shared(own, sketch(_stored(db, near), gist)), Options().copied_share)


@lru_cache(maxsize=SEEN)
def _stored(db: sqlite3.Connection, seq: int) -> Findings:
    """A report as the ledger has it; those asked for last are held in memory, as there."""
    name, text, sha256, day = db.execute(
        "SELECT id, text, text_sha256, day FROM reports WHERE seq = ?", (seq,)
    ).fetchone()
    return _findings(name, text, sha256, datetime.date.fromisoformat(day))


def _findings(name: str, text: str, sha256: str, day: datetime.date) -> Findings:
    return Findings(
        report=Report(id=name, text=text, text_sha256=sha256, original_sha256=sha256, name=name, published=day)
    )


_KEEP = """
INSERT INTO reports (id, text, text_sha256, original_sha256, name, language, record, findings, made_by, touched, day)
VALUES (?1, ?2, ?3, ?3, ?1, 'en', '', '', '', 0, ?4)
"""


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
