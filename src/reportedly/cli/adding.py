"""Commands that read: add, edit, remove, reread."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.settings import By, Jobs, Lexicon, Reading, Why, day_of, hinted, open_ledger, options_of, who
from reportedly.cli.workers import Input, analysed
from reportedly.errors import ReadingError, UsageError

if TYPE_CHECKING:
    from reportedly import readers
    from reportedly.ledgers import Ledger
    from reportedly.model import Findings
    from reportedly.readers import Hints

SAID = {
    "new": "kept",
    "version": "kept as a version of a report from the same address; the newest counts",
    "known": "known already; nothing added",
    "removed": "was removed earlier; not added (reportedly judge undo takes the removal back)",
}


def register(app: typer.Typer) -> None:
    """Hangs the commands of this page on the app."""
    app.command()(hinted(add))
    for command in (edit, remove, reread):
        app.command()(command)


def add(
    ctx: typer.Context,
    inputs: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Files, folders, addresses, or - for standard input.")
    ],
    hints: "Hints",
    lexicon: Lexicon = None,
    reading: Reading = None,
    jobs: Jobs = 1,
) -> None:
    """Read reports (files, folders, addresses, standard input) into the ledger. What is known already adds nothing."""
    with open_ledger(ctx, make=True) as ledger:
        options = options_of(ledger, lexicon, reading)
        found = _known(ledger, (each for path in inputs for each in _read(path, hints)))
        counts: Counter[str] = Counter()
        with progress("reading") as step:
            for each in _kept(ledger, analysed(found, options, jobs)):
                counts[each.outcome or "failed"] += 1
                step()
    print(_summary(counts), file=sys.stderr)
    if counts["failed"]:
        raise typer.Exit(1)


def edit(
    ctx: typer.Context,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A report's id (its beginning will do) or name.")],
    published: Annotated[str | None, typer.Option(help="The day of publication, YYYY-MM-DD; empty: none.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it; empty: unknown.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address; empty: none.")] = None,
    why: Why = "",
    by: By = None,
) -> None:
    """Correct a report's outlet, date or address. What hangs on them is read again."""
    from reportedly.ledgers.searching import expand
    from reportedly.pipeline import analyse

    given = {"published": published, "outlet": outlet, "url": url}
    changes = {field: value or None for field, value in given.items() if value is not None}
    if not changes:
        raise UsageError("edit: nothing to change; give --published, --outlet or --url")
    day_of(published, "--published")
    with open_ledger(ctx) as ledger:
        found = expand(ledger.db, report, "reports")
        made = ledger.edit(found, changes, who(by), why, analyse)
        print(f"{found}: {', '.join(changes)} corrected ({' '.join(each.id for each in made)})")


def remove(
    ctx: typer.Context,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A report's id or name.")],
    why: Why,
    by: By = None,
) -> None:
    """Take a report out. A tombstone with its hash and the reason stays."""
    from reportedly.ledgers.searching import expand

    with open_ledger(ctx) as ledger:
        found = expand(ledger.db, report, "reports")
        made = ledger.remove(found, who(by), why)
        print(f"{found}: removed ({made.id}); to read it again: reportedly judge undo {made.id}")


def reread(
    ctx: typer.Context,
    reports: Annotated[list[str] | None, typer.Argument(metavar="REPORT", help="Reports; all when left out.")] = None,
    lexicon: Lexicon = None,
    reading: Reading = None,
) -> None:
    """Run the present rules over stored texts. Judgements are tied to the new records."""
    from reportedly.ledgers.searching import expand
    from reportedly.pipeline import analyse

    with open_ledger(ctx) as ledger:
        options_of(ledger, lexicon, reading)
        named = [expand(ledger.db, report, "reports") for report in reports or []]
        every = named or ledger.report_ids(versions=True)
        with progress("reading again", len(every)) as step:
            for report in every:
                ledger.reread(report, analyse)
                step()
        print(f"{len(every)} reports read again; judgements that lost their place: {len(ledger.hanging())}")


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """A bar on standard error where that is a screen, and the function that moves it."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def _read(path: str, hints: "Hints") -> Iterator[Input]:
    from reportedly import readers

    if path != readers.STDIN and Path(path).is_dir():
        known = " ".join(sorted(readers.READERS))
        if left := readers.passed_over(Path(path)):
            many = f"{len(left)} file{'s' * (len(left) > 1)}"
            kinds = ", ".join(sorted({each.suffix.lower() or each.name for each in left}))
            print(f"reportedly: {path}: {many} passed over: no reader for {kinds}; known: {known}", file=sys.stderr)
        if not readers.files(Path(path)):
            yield Input(path, fault=f"{path}: no file in it can be read; nothing was added; known: {known}")
    for each in readers.read(path, hints):
        yield Input(path, fault=str(each)) if isinstance(each, ReadingError) else Input(each.report.name, each)


def _known(ledger: "Ledger", inputs: Iterable[Input]) -> Iterator[Input]:
    """Marks what the ledger holds already, so that it is not analysed again."""
    for each in inputs:
        yield each._replace(outcome=ledger.recapture(each.reading)) if each.reading else each


def _kept(ledger: "Ledger", inputs: Iterable[Input]) -> Iterator[Input]:
    """Keeps what was analysed and says what did not go as asked."""
    for each in inputs:
        if each.findings and each.reading:
            each = _added(ledger, each, each.reading, each.findings)
        if each.fault or each.outcome in ("version", "removed"):
            print(f"reportedly: {each.fault or f'{each.name}: {SAID[each.outcome or str()]}'}", file=sys.stderr)
        yield each


def _added(ledger: "Ledger", each: Input, reading: "readers.Reading", findings: "Findings") -> Input:
    """The outcome of keeping a report, or what went wrong: its transaction is gone, the others' stand."""
    try:
        return each._replace(outcome=ledger.add(reading, findings))
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        fault = f"{each.name}: could not be kept ({type(error).__name__}: {error}); nothing of it was; run with --debug"
        return each._replace(fault=fault)


def _summary(counts: Counter[str]) -> str:
    kept = counts["new"] + counts["version"]
    said = [f"{kept} report{'s' * (kept != 1)} kept"]
    said += [f"{counts['known']} known already"] if counts["known"] else []
    said += [f"{counts['removed']} removed earlier"] if counts["removed"] else []
    said += [f"{counts['failed']} could not be read"] if counts["failed"] else []
    return ", ".join(said)
