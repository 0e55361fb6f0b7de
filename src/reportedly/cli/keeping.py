"""Commands that keep: export, verify, schema."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.settings import AsJson, open_ledger
from reportedly.errors import UsageError


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
    """Write tables for spreadsheets and notes, or a copy of the ledger."""
    from reportedly.exporters import EXPORTERS, TABLES

    if form == "db" and out is None:
        raise UsageError("export db: needs --out FILE; nothing was written; name the copy")
    if form not in ("db", *EXPORTERS):
        raise UsageError(f"export {form}: no such format; nothing was written; known: {' '.join(sorted(EXPORTERS))} db")
    if table not in ("all", *TABLES) or (table == "all" and out is None):
        raise UsageError(f"--table {table}: known: {' '.join(TABLES)}, and all with --out FOLDER")
    with open_ledger(ctx) as ledger:
        if form == "db" and out:
            ledger.backup(out)
        elif table == "all" and out:
            out.mkdir(parents=True, exist_ok=True)
            for name, rows in TABLES.items():
                with (out / f"{name}.{form}").open("wb") as stream:
                    EXPORTERS[form](rows(ledger), stream)
        elif out:
            with out.open("wb") as stream:
                EXPORTERS[form](TABLES[table](ledger), stream)
        else:
            EXPORTERS[form](TABLES[table](ledger), sys.stdout.buffer)


def verify(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Recompute hashes, spans, references and cached groups; exit code 1 when anything is wrong."""
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
