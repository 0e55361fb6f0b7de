"""The command line: `reportedly [--ledger FILE] COMMAND`.

Heavy modules are imported inside the commands that need them, so that help appears at once.
"""

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.settings import Settings
from reportedly.errors import ReportedlyError, UsageError

app = typer.Typer(
    help="An evidence ledger from news reports: who says what, taken from whom, and who says so independently.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # drawing boxes takes longer than everything else that help does
    add_completion=False,
)


@app.callback()
def begin(
    ctx: typer.Context,
    ledger: Annotated[Path, typer.Option(help="The ledger file.", envvar="REPORTEDLY_LEDGER")] = Path("reportedly.db"),
    debug: Annotated[bool, typer.Option("--debug", help="Show where a fault arose.")] = False,
) -> None:
    """Who says what, taken from whom, and who says so independently."""
    ctx.obj = Settings(ledger=ledger, debug=debug)


def main() -> None:
    """Runs a command: exit code 0, 1 when some inputs failed or the ledger cannot serve, 2 for a wrong command."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    debug = "--debug" in sys.argv
    try:
        app(prog_name="reportedly")
    except ReportedlyError as error:
        if debug:
            raise
        _stop(str(error), 2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        _stop(f"{type(error).__name__}: {error}; a fault of the program; run with --debug and report it", 1)


def _stop(message: str, code: int) -> None:
    print(f"reportedly: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)


from reportedly.cli import adding, asking, judging, keeping, serving  # noqa: E402

for commands in (adding, asking, judging, keeping, serving):
    commands.register(app)
