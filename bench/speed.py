"""Words a second, memory and growth, measured here and now. `python -m bench.speed [words|ledger|links]`

Machines are noisy: ratios within one run and medians over repeats are worth quoting, seconds are not.
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import invented
from bench.predict import Text
from reportedly import language
from reportedly.ledgers import Ledger
from reportedly.model import Options
from reportedly.pipeline import analyse
from reportedly.readers import Reading


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def megabytes() -> float:
    """The largest memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def words(repeats: int = 5, count: int = 60) -> None:
    """`analyse` against spaCy's parser + entity recogniser, turn by turn in the same process."""
    texts = [Text(row) for row in invented.reports(count)]
    total = sum(len(t.report.text.split()) for t in texts)
    package: Any = language.package()
    spacy_full = package.load(exclude=["tagger", "lemmatizer", "attribute_ruler", "senter"])
    for text in texts[:5]:
        analyse(text.report), spacy_full(text.report.text)
    ours, theirs = [], []
    for _ in range(repeats):
        language.parse.cache_clear()
        ours.append(timed(lambda: [analyse(t.report) for t in texts]))
        theirs.append(timed(lambda: list(spacy_full.pipe((t.report.text for t in texts), batch_size=16))))
    a, b = total / statistics.median(ours), total / statistics.median(theirs)
    print(f"analyse {a:,.0f} words/s, spaCy parser + NER {b:,.0f} words/s, ratio {a / b:.2f} (medians of {repeats})")
    print(f"memory {megabytes():,.0f} MB")


def ledger(count: int = 2000) -> None:
    """Example-like reports into one ledger: seconds for the first and the last hundred, memory."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Ledger(Path(folder, "speed.db"))
        took: list[float] = []
        for row in invented.reports(count):
            start = time.process_time()
            report = Text(row).report
            kept.add(Reading(report=report, original=row["text"].encode()), analyse(report, Options()))
            took.append(time.process_time() - start)
        kept.close()
    hundreds = [sum(took[i : i + 100]) for i in range(0, len(took), 100)]
    print(f"{count:,} reports: first hundred {hundreds[0]:.1f} s, last hundred {hundreds[-1]:.1f} s, "
          f"ratio {hundreds[-1] / hundreds[0]:.2f}, memory {megabytes():,.0f} MB")  # fmt: skip


PARTS: dict[str, Callable[[], None]] = {"words": words, "ledger": ledger}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    for part in parser.parse_args().parts:
        PARTS[part]()


if __name__ == "__main__":
    main()
