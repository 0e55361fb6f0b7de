"""Words a second, memory and growth, measured here and now. `python -m bench.speed [words|links|ledger|web|readers]`

Machines are noisy: ratios within one run and medians over repeats are worth quoting, seconds are not.
"""

import argparse
import asyncio
import gzip
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench import invented, readers
from bench import links as against
from bench.predict import Text
from reportedly import language
from reportedly.attribute import attribute
from reportedly.ledgers import Ledger
from reportedly.model import Options
from reportedly.pipeline import analyse
from reportedly.readers import Hints, Reading, compose


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def megabytes() -> float:
    """The largest memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def words(repeats: int = 5, count: int = 40) -> None:
    """Attribution and `analyse`, by model and by rules, against spaCy's parser + entity recogniser, turn by turn.

    Every turn reads texts of its own, so that no cache helps.
    """
    package: Any = language.package()
    spacy_full = package.load(exclude=["tagger", "lemmatizer", "attribute_ruler", "senter"])
    model, rules = Options(), Options(reading="rules")
    work: dict[str, Callable[[list[Text]], object]] = {
        "spaCy parser + NER": lambda texts: list(spacy_full.pipe((t.report.text for t in texts), batch_size=16)),
        "attribution, model": lambda texts: [attribute(t.segmented(), model) for t in texts],
        "attribution, rules": lambda texts: [attribute(t.segmented(), rules) for t in texts],
        "analyse, model": lambda texts: [analyse(t.report, model) for t in texts],
        "analyse, rules": lambda texts: [analyse(t.report, rules) for t in texts],
    }
    rates: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(repeats + 1):
        for name, done in work.items():
            texts = [Text(row) for row in invented.reports(count, seed=1000 * turn + len(name))]
            took = timed(partial(done, texts))
            rates[name].append(sum(len(t.report.text.split()) for t in texts) / took)
    spacy_rate = statistics.median(rates["spaCy parser + NER"][1:])
    for name, found in rates.items():
        rate = statistics.median(found[1:])
        print(f"{name:30} {rate:8,.0f} words/s   ratio {rate / spacy_rate:.2f}   (median of {repeats})")
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


def web(count: int = 2000, kept: Path | None = None) -> None:
    """The evidence browser over so many example-like reports: server time of each page, the first load, a long report.

    `kept` names a ledger that is filled up to `count` reports and stays for the next time.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = kept or Path(folder, "web.db")
        long = _fill(path, count)
        asyncio.run(_ask(path, long))
    print(f"memory {megabytes():,.0f} MB")


def _fill(path: Path, count: int) -> str:
    """Adds what is missing; the id of a report of 30,000 signs."""
    with Ledger(path) as ledger:
        options = Options(reading="rules")
        for row in invented.reports(count):
            report = Text(row).report
            if not ledger.holds(report.id):
                ledger.add(Reading(report=report, original=row["text"].encode()), analyse(report, options))
        text = "\n\n".join(str(row["text"]) for row in invented.reports(120, seed=77))[:30_000]
        long = compose(text, "long", Hints(outlet="The Long Read"))
        if not ledger.holds(long.id):
            ledger.add(Reading(report=long, original=text.encode()), analyse(long, options))
        return long.id


async def _ask(path: Path, long: str) -> None:
    import httpx

    from reportedly.web.application import application

    ours = {"sec-fetch-site": "same-origin"}
    app: Any = application(path, user="speed")
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=ours) as client:
        print(f"first page of all by the clock: {await readers.first_page(client)}")
        await _settled(client, app.app.state.board)
        with Ledger(path, make=False) as ledger:
            every = [(row["id"], row["report"]) for row in ledger.db.execute("SELECT id, report FROM claims")]
        chosen = every[:: max(1, len(every) // 15)][:15]
        print(f"{len(every):,} claims; server time of a page, ms: median (longest)")
        sources = [each["id"] for each in (await client.get("/sources.json")).json()[:9]]
        for name, addresses in _pages(chosen, sources, long).items():
            took = [await _took(client, address) for address in addresses]
            print(f"  {name:22} {statistics.median(took):7.1f} ({max(took):.0f})")
        shown = (await client.get(f"/reports/{long}")).text
        print(f"long report: {shown.count('<mark')} marked pieces, {len(shown):,} signs of HTML")
        await _judged(client, [claim for claim, _ in chosen], app.app.state.board)
        print(f"first load {await _load(client):,.0f} kB compressed")


async def _settled(client: Any, board: Any) -> None:
    """Waits until nothing is counted beside the pages: it would be measured with them."""
    while board.lags:
        await asyncio.sleep(0.2)
        await client.get("/")


async def _judged(client: Any, claims: list[str], board: Any) -> None:
    """Milliseconds of each kind of judgement, by processor and by the clock, and of the page after it."""
    given: dict[str, dict[str, str]] = {
        "confirm": {},
        "reject": {},
        "correct": {"field": "item", "value": '"boats"'},
        "grade": {"field": "credibility", "value": '"2"'},
    }
    await _settled(client, board)
    for act, more in given.items():
        took = []
        for claim in claims[:5]:
            clock, start = time.monotonic(), time.process_time()
            answer = await client.post("/judge", data={"act": act, "items": claim, **more})
            waited, between = time.monotonic() - clock, time.process_time()
            assert answer.status_code == 303, answer.text
            await client.get("/review")
            took.append((between - start, waited, time.process_time() - between))
        post, waited, after = (statistics.median(each) * 1000 for each in zip(*took, strict=True))
        print(f"{act:8} {post:5.0f} ms ({waited:.0f} by the clock), the page after it {after:5.0f} ms; of {len(took)}")


def _pages(chosen: list[tuple[str, str]], sources: list[str], long: str) -> dict[str, list[str]]:
    words = ("flood", "soldiers", "warehouse", "houses", "ministry")
    return {
        "home": ["/"] * 9,
        "claims": [f"/claims?from={20 * n}" for n in range(15)],
        "claims with a figure": [f"/claims?with_quantity=true&from={20 * n}" for n in range(15)],
        "claims about": [f"/claims?about={word}" for word in words],
        "unnamed only": [f"/claims?only_unnamed=true&from={20 * n}" for n in range(9)],
        "claim": [f"/claims/{claim}" for claim, _ in chosen],
        "report": [f"/reports/{report}" for _, report in chosen],
        "reports": [f"/reports?from={50 * n}" for n in range(15)],
        "reports about": [f"/reports?about={word}" for word in words],
        "search for words": [f"/search?q={word}" for word in words],
        "search for a name": [f"/search?q={name}" for name in ("Vane", "civil protection", "ministry")],
        "search for a figure": [
            f"/search?q={figure}" for figure in ("12", "40 people", "5,000 soldiers", "1.5 million")
        ],
        "stories": [f"/stories?from={25 * n}" for n in range(5)],
        "story": [f"/stories/{report}" for _, report in chosen],
        "conflicts": [f"/conflicts?from={20 * n}" for n in range(9)],
        "sources": [f"/sources?from={50 * n}" for n in range(9)],
        "a source": [f"/sources/{source}" for source in sources],
        "what changed": ["/changes?since=2000-01-01", "/changes?since=2100-01-01"] * 3,
        "review": [f"/review?from={10 * n}" for n in range(15)],
        "correct": [f"/review/{claim}" for claim, _ in chosen],
        "long report": [f"/reports/{long}"] * 9,
    }


async def _took(client: Any, address: str) -> float:
    """Processor milliseconds of a page: the wall clock of a shared machine tells more about its other work."""
    start = time.process_time()
    answer = await client.get(address)
    took = (time.process_time() - start) * 1000
    assert answer.status_code == 200, (address, answer.status_code)
    return took


async def _load(client: Any) -> float:
    """Kilobytes of the first page with all it asks for, packed."""
    page = (await client.get("/")).text
    assets = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    bodies = [page.encode(), *[(await client.get(asset)).content for asset in assets]]
    return sum(len(gzip.compress(body)) for body in bodies) / 1000


def many_readers(count: int = 2000, kept: Path | None = None) -> None:
    """Twenty readers of a ledger of so many reports while others are added."""
    with tempfile.TemporaryDirectory() as folder:
        path = kept or Path(folder, "web.db")
        _fill(path, count)
        readers.main(path)


def links(count: int = 20_000) -> None:
    """Copies and stories against many open reports."""
    against.main(count)


PARTS: dict[str, Callable[..., None]] = {
    "words": words,
    "links": links,
    "ledger": ledger,
    "web": web,
    "readers": many_readers,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["words", "ledger"])
    parser.add_argument("--reports", type=int, default=2000, help="how many, for ledger, web and readers")
    parser.add_argument("--kept", type=Path, help="a ledger file to fill and keep, for web and readers")
    told = parser.parse_args()
    size = (told.reports, told.kept)
    given: dict[str, tuple[Any, ...]] = {"ledger": (told.reports,), "web": size, "readers": size}
    for part in told.parts:
        PARTS[part](*given.get(part, ()))


if __name__ == "__main__":
    main()
