"""Many readers at once while reports come in: a real server, `reportedly add` in another process, and what they felt.

`python -m bench.speed readers --reports 2000 [--kept LEDGER]`. The kept ledger is copied first: this one grows.
"""

import asyncio
import json
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import invented

READERS = 20
SECONDS = 60.0
COMING = 200  # reports that come in


Felt = tuple[list[float], list[str]]  # seconds of each page, and what went wrong


def main(ledger: Path, longest: float = SECONDS) -> None:
    """Prints what `READERS` readers of a copy of this ledger meet while reports are added to it."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "readers.db")
        _copy(ledger, own)
        coming = Path(folder, "coming.jsonl")
        rows = invented.reports(COMING, seed=int(time.time()))
        coming.write_text("".join(json.dumps({**row, "url": None, "id": f"new-{row['id']}"}) + "\n" for row in rows))
        port = _free_port()
        command = [sys.executable, "-m", "reportedly", "--ledger", str(own)]
        start = time.monotonic()
        server = subprocess.Popen([*command, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
        try:
            asyncio.run(_measured(f"http://127.0.0.1:{port}", own, [*command, "add", str(coming)], start, longest))
        finally:
            server.terminate()
            server.wait()


def _copy(ledger: Path, own: Path) -> None:
    source, target = sqlite3.connect(ledger), sqlite3.connect(own)
    source.backup(target)
    source.close()
    target.close()


async def _measured(home: str, ledger: Path, adding: Sequence[str], start: float, longest: float) -> None:
    import httpx

    async with httpx.AsyncClient(base_url=home, timeout=120) as client:
        await _up(client)
        print(f"server up after {time.monotonic() - start:.1f} s", end="; ")
        print(f"first page {await first_page(client)}")
        addresses = await _addresses(client)
        alone = [await _took(client, address) for address in addresses]
        print(f"one reader, nothing coming in: median {_ms(alone)} ms")
        before, child = _count(ledger), subprocess.Popen(adding, stdout=subprocess.DEVNULL)
        end = time.monotonic() + longest
        asked = [_read(client, addresses, n, child, end) for n in range(READERS)]
        found = await asyncio.gather(*asked)
        running, after = child.poll() is None, _count(ledger)
        child.terminate()
        child.wait()
    _told(found, after - before, running, time.monotonic() - end + longest)


async def first_page(client: Any) -> str:
    """When the first page answered, and when it had the groups in it: before, it says that they are being counted."""
    begun = time.monotonic()
    answer = await client.get("/")
    answered = time.monotonic() - begun
    while answer.status_code == 202:
        await asyncio.sleep(0.2)
        answer = await client.get("/")
    answer.raise_for_status()
    return f"after {answered:.1f} s, with its groups after {time.monotonic() - begun:.1f} s"


def _told(found: Sequence[Felt], added: int, running: bool, took: float) -> None:
    times = sorted(each for times, _ in found for each in times)
    errors = [each for _, errors in found for each in errors]
    print(f"{READERS} readers while {added} reports came in ({'still coming' if running else 'all in'}): "
          f"{len(times):,} pages in {took:.0f} s, {len(errors)} errors, median {_ms(times)} ms, "
          f"95 % within {times[int(0.95 * len(times))] * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms")  # fmt: skip
    for error in errors[:5]:
        print(f"  {error}")


async def _up(client: Any) -> None:
    for _ in range(600):
        try:
            if (await client.get("/add")).status_code == 200:
                return
        except OSError:
            pass
        except Exception as error:
            if "Connect" not in type(error).__name__:
                raise
        await asyncio.sleep(0.1)
    raise SystemExit("the server did not come up")


async def _addresses(client: Any) -> list[str]:
    claims = [
        group["mentions"][0] for group in (await client.get("/claims.json?with_quantity=true&about=killed")).json()
    ]
    chosen = claims[:: max(1, len(claims) // 6)][:6]
    one = [f"/claims/{m['id']}" for m in chosen] + [f"/reports/{m['report']}" for m in chosen]
    lists = ["/", "/claims?with_quantity=true", "/claims?only_unnamed=true", "/conflicts", "/stories", "/reports"]
    return [*lists, "/sources", "/review", "/search?q=flood", "/changes?since=2100-01-01", *one]


async def _read(
    client: Any, addresses: list[str], number: int, child: Any, end: float
) -> tuple[list[float], list[str]]:
    times: list[float] = []
    errors: list[str] = []
    asked = 0
    while time.monotonic() < end and (child.poll() is None or asked < len(addresses)):
        address = addresses[(number + asked) % len(addresses)]
        asked += 1
        try:
            times.append(await _took(client, address))
        except Exception as error:
            errors.append(f"{address}: {type(error).__name__} {error}")
    return times, errors


async def _took(client: Any, address: str) -> float:
    start = time.monotonic()
    answer = await client.get(address)
    answer.raise_for_status()
    return time.monotonic() - start


def _count(ledger: Path) -> int:
    db = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    found = int(db.execute("SELECT count(*) FROM reports").fetchone()[0])
    db.close()
    return found


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _ms(times: Sequence[float]) -> str:
    return f"{statistics.median(times) * 1000:.0f}"
