"""What every command needs: the ledger's file, who is at work, and options that several commands share."""

import datetime
import getpass
import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import msgspec
import typer

from reportedly.errors import UsageError
from reportedly.model import Options, SourceKind

if TYPE_CHECKING:
    from reportedly.ledgers import Filters, Ledger
    from reportedly.readers import Hints


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The options that stand before the command."""

    ledger: Path
    debug: bool


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Why = Annotated[str, typer.Option("--why", help="The reason, kept with the judgement.")]
By = Annotated[str | None, typer.Option("--by", help="Who decides; the user's name when left out.")]
Lexicon = Annotated[Path | None, typer.Option("--lexicon", help="A folder with your own rows of vocabulary.")]
Reading = Annotated[str | None, typer.Option("--reading", help="How attributions are found: rules or model.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Worker processes.")]

FILTERS: dict[str, tuple[Any, Any, str]] = {
    "about": (str | None, None, "Words that the claim holds: item, place, actor, event."),
    "source": (str | None, None, "A name anywhere in the chain."),
    "source_kind": (str | None, None, f"Kind of the speaker: {', '.join(get_args(SourceKind))}."),
    "event": (str | None, None, "An event type, as the table shows it."),
    "figure": (str | None, None, "A number that the claim states: 8,000,000 or '8 million shells'."),
    "since": (str | None, None, "Reports of this day (YYYY-MM-DD) or later."),
    "until": (str | None, None, "Reports of this day or earlier."),
    "with_quantity": (bool, False, "Only claims that give a figure."),
    "only_unnamed": (bool, False, "Only claims that rest on unnamed sources alone."),
    "min_origins": (int, 0, "At least so many independent origins (upper figure)."),
}


HINTS: dict[str, tuple[Any, Any, str]] = {
    "outlet": (str | None, None, "Who published what is read; overrules what a file says."),
    "published": (str | None, None, "The day it was published, YYYY-MM-DD."),
    "url": (str | None, None, "Its address."),
    "title": (str | None, None, "Its title."),
}


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the filters as its options; it takes them as one `filters` argument."""
    return _gathered(command, "filters", FILTERS, _filters)


def hinted(command: Callable[..., None]) -> Callable[..., None]:
    """The command with what can be told of a report as its options; it takes them as one `hints` argument."""
    return _gathered(command, "hints", HINTS, _hints)


def _gathered(command: Callable[..., None], name: str, options: dict[str, tuple[Any, Any, str]],
              build: Callable[[dict[str, Any]], Any]) -> Callable[..., None]:  # fmt: skip
    """The command with these options; it takes what `build` makes of them as the argument `name`."""

    def run(**given: Any) -> None:
        told = {option: given.pop(option) for option in options}
        command(**{name: build(told)}, **given)

    keyword = inspect.Parameter.KEYWORD_ONLY
    own = [p.replace(kind=keyword) for p in inspect.signature(command).parameters.values() if p.name != name]
    for option, (kind, default, words) in options.items():
        annotation: Any = Annotated[kind, typer.Option(f"--{option.replace('_', '-')}", help=words)]
        own.append(inspect.Parameter(option, keyword, default=default, annotation=annotation))
    run.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in own}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


def open_ledger(ctx: typer.Context, *, make: bool = False) -> "Ledger":
    """The ledger that the command line names."""
    from reportedly.ledgers import Ledger

    return Ledger(ctx.obj.ledger, make=make)


def options_of(ledger: "Ledger", lexicon: Path | None, reading: str | None) -> Options:
    """The ledger's options with what the command line says of them; kept for the next time."""
    options = ledger.options
    if lexicon is not None:
        if not lexicon.is_dir():
            raise UsageError(f"--lexicon {lexicon}: no such folder; nothing was read; give a folder with .tsv files")
        own = sorted(file.stem for file in (lexicon / "topics").glob("*.tsv"))
        names = tuple(dict.fromkeys((*Options().topics, *own)))
        options = msgspec.structs.replace(options, lexicon=str(lexicon.resolve()), topics=names)
    if reading is not None:
        if reading not in ("rules", "model"):
            raise UsageError(f"--reading {reading}: not known; nothing was read; choose rules or model")
        options = msgspec.structs.replace(options, reading=reading)
    if options != ledger.options:
        ledger.keep_options(options)
    return options


def day_of(words: str | None, option: str) -> datetime.date | None:
    """The day that an option names; UsageError for words that name none."""
    if not words:
        return None
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        raise UsageError(f"{option} {words}: not a date; nothing was done; write YYYY-MM-DD") from None


def who(by: str | None) -> str:
    """Who decides: as told, else the user's name."""
    return by or os.environ.get("REPORTEDLY_USER") or getpass.getuser()


def _hints(told: dict[str, Any]) -> "Hints":
    from reportedly.readers import Hints

    return Hints(**{**told, "published": day_of(told["published"], "--published")})


def _filters(told: dict[str, Any]) -> "Filters":
    from reportedly.ledgers import Filters

    kind = told["source_kind"]
    if kind is not None and kind not in get_args(SourceKind):
        raise UsageError(f"--source-kind {kind}: not known; choose one of {', '.join(get_args(SourceKind))}")
    days = {name: day_of(told[name], f"--{name}") for name in ("since", "until")}
    return Filters(**{**told, **days})
