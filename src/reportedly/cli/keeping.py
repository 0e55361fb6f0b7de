"""Commands that keep: export, verify, schema."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.settings import AsJson, open_ledger
from reportedly.errors import UsageError

if TYPE_CHECKING:
    from reportedly.ledgers import Ledger


def register(app: typer.Typer) -> None:
    """Hangs the commands of this page on the app."""
    for command in (export, verify, schema):
        app.command()(command)


def export(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="csv, jsonl, md, or db (a copy of the ledger).")],
    table: Annotated[
        str, typer.Option("--table", help="Which table; all: every one, into the folder --out.")
    ] = "claim_mentions",
    out: Annotated[
        Path | None, typer.Option("--out", help="A file (a folder for all); standard output when left out.")
    ] = None,
) -> None:
    """Write tables, or a copy of the ledger."""
    from reportedly.exporters import EXPORTERS, TABLES

    if form not in ("db", *EXPORTERS):
        raise UsageError(f"export {form}: no such format; nothing was written; known: {' '.join(sorted(EXPORTERS))} db")
    if form == "db" and out is None:
        raise UsageError("export db: needs --out FILE; nothing was written; name the copy")
    if table not in ("all", *TABLES) or (table == "all" and out is None):
        raise UsageError(f"--table {table}: known: {' '.join(TABLES)}, and all with --out FOLDER")
    with open_ledger(ctx) as ledger:
        if form == "db" and out:
            ledger.backup(out)
        elif table == "all" and out:
            _write_all(ledger, form, out)
        elif out:
            _write(ledger, form, table, out)
        else:
            EXPORTERS[form](TABLES[table](ledger), sys.stdout.buffer)


def _write_all(ledger: "Ledger", form: str, folder: Path) -> None:
    from reportedly.exporters import TABLES

    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        _write(ledger, form, table, folder / f"{table}.{form}")


def _write(ledger: "Ledger", form: str, table: str, out: Path) -> None:
    from reportedly.exporters import EXPORTERS, TABLES

    with out.open("wb") as stream:
        EXPORTERS[form](TABLES[table](ledger), stream)


def verify(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Check the ledger against itself. Hashes, spans, references, cached groups; exit code 1 for any fault."""
    import msgspec

    from reportedly import ledgers

    with open_ledger(ctx) as ledger:
        problems = list(ledgers.verify(ledger))
        reports = len(ledger.report_ids(versions=True))
    if as_json:
        print(msgspec.json.encode(problems).decode())
    else:
        for problem in problems:
            print(f"{problem.what}; {problem.now}")
        print(f"{reports} reports checked: {f'{len(problems)} faults' if problems else 'everything holds'}")
    if problems:
        raise typer.Exit(1)


def schema() -> None:
    """Print the JSON Schema of every record."""
    import msgspec

    from reportedly.model import schema as json_schema

    print(msgspec.json.format(msgspec.json.encode(json_schema()), indent=1).decode())
