"""Commands that ask: reports, show, claims, origin, stories, conflicts, sources, stats."""

import datetime
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.settings import AsJson, day_of, filtered, open_ledger
from reportedly.errors import LexiconError, UsageError

if TYPE_CHECKING:
    from sqlite3 import Connection

    from reportedly.ledgers import Filters, Ledger


def register(app: typer.Typer) -> None:
    """Hangs the commands of this page on the app."""
    for command in (reports, claims, stories, conflicts):
        app.command()(filtered(command))
    for plain in (show, origin, sources, stats, diff):
        app.command()(plain)


def reports(ctx: typer.Context, filters: "Filters", as_json: AsJson = False) -> None:
    """List the reports. --about searches their full text."""
    from reportedly.cli.screens import put, report_table
    from reportedly.ledgers import questions

    with open_ledger(ctx) as ledger:
        put(questions.reports(ledger, filters), report_table, as_json, searched(ledger.db, filters, "reports"))


def show(
    ctx: typer.Context,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A report's id (its beginning will do) or name.")],
    as_json: AsJson = False,
) -> None:
    """Show one report. Its text, who says what in it, notices, dateline, problems."""
    from reportedly.cli.screens import put, report_page
    from reportedly.ledgers import questions
    from reportedly.ledgers.searching import expand

    with open_ledger(ctx) as ledger:
        put(questions.show(ledger, expand(ledger.db, report, "reports")), report_page, as_json, "")


def claims(ctx: typer.Context, filters: "Filters", as_json: AsJson = False) -> None:
    """Who claims what, from how many origins. When, how sure, and why mentions share an origin."""
    from reportedly.cli.screens import claim_page, put
    from reportedly.ledgers import questions

    with open_ledger(ctx) as ledger:
        known_event(ledger, filters)
        put(questions.claims(ledger, filters), claim_page, as_json, searched(ledger.db, filters, "claims"))


def origin(
    ctx: typer.Context,
    claim: Annotated[str | None, typer.Argument(metavar="CLAIM", help="A claim's id (its beginning will do).")] = None,
    quote: Annotated[str | None, typer.Option("--quote", help="Words of a passage instead of an id.")] = None,
    as_json: AsJson = False,
) -> None:
    """Who first said it and who only repeats. Chains, order, reasons for one origin."""
    from reportedly.cli.screens import origin_page, put
    from reportedly.ledgers import questions
    from reportedly.ledgers.searching import expand

    if (claim is None) == (quote is None):
        raise UsageError("origin: give the id of a claim, or --quote with some words; see reportedly claims")
    with open_ledger(ctx) as ledger:
        wanted = questions.quoting(ledger, quote) if quote else {expand(ledger.db, claim or "", "claims")}
        put(questions.origins(ledger, wanted), origin_page, as_json, f"no claim found that says {quote!r}")


def stories(ctx: typer.Context, filters: "Filters", as_json: AsJson = False) -> None:
    """Reports about one happening."""
    from reportedly.cli.screens import put, story_page
    from reportedly.ledgers import questions

    with open_ledger(ctx) as ledger:
        put(questions.stories(ledger, filters), story_page, as_json, searched(ledger.db, filters, "reports"))


def conflicts(ctx: typer.Context, filters: "Filters", as_json: AsJson = False) -> None:
    """What disagrees, is updated, or drifts."""
    from reportedly.cli.screens import conflict_page, put
    from reportedly.ledgers import questions

    with open_ledger(ctx) as ledger:
        known_event(ledger, filters)
        put(questions.conflicts(ledger, filters), conflict_page, as_json, searched(ledger.db, filters, "claims"))


def sources(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Who speaks, of what kind, how often. With the reliability that people gave."""
    from reportedly.cli.screens import put, source_table
    from reportedly.ledgers import questions

    with open_ledger(ctx) as ledger:
        put(questions.sources(ledger), source_table, as_json, "no source: the ledger holds no report that was analysed")


def stats(ctx: typer.Context, as_json: AsJson = False) -> None:
    """How much the ledger holds."""
    from reportedly.cli.screens import put, stats_table
    from reportedly.ledgers import questions

    with open_ledger(ctx) as ledger:
        put(questions.stats(ledger), stats_table, as_json, "")


def diff(
    ctx: typer.Context,
    since: Annotated[str, typer.Option("--since", help="A day (YYYY-MM-DD) or so many days back (7d).")],
    about: Annotated[str | None, typer.Option("--about", help="Words that the claim holds.")] = None,
    as_json: AsJson = False,
) -> None:
    """What was learned since a day. A copy is no news. Exit code 10 when there is something."""
    from reportedly.cli.screens import change_page, put
    from reportedly.ledgers import Filters
    from reportedly.ledgers.changes import changes

    with open_ledger(ctx) as ledger:
        found = {kind: news for kind, news in changes(ledger, moment(since), Filters(about=about)).items() if news}
        put(found, change_page, as_json, f"nothing new to this ledger since {since}")
    if found:
        raise typer.Exit(10)


def moment(words: str) -> datetime.datetime:
    """The beginning of a day (UTC), or so many days before now."""
    if words.removesuffix("d").isdigit() and words.endswith("d") and len(words) < 6:
        return datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=int(words[:-1]))
    day = day_of(words, "--since")
    if day is None:
        raise UsageError("--since: no day; nothing was compared; write YYYY-MM-DD or 7d")
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def known_event(ledger: "Ledger", filters: "Filters") -> None:
    """UsageError for a type of event that neither the ledger nor its vocabulary has: it names those of the ledger."""
    from reportedly.ledgers.searching import events
    from reportedly.lexicon import table

    if filters.event is None:
        return
    asked, options, held = filters.event.lower(), ledger.options, events(ledger.db)
    known = set(held)
    with suppress(LexiconError):  # the user's folder may be gone
        known |= {row["type"] for topic in options.topics for row in table(f"topics/{topic}.tsv", options.lexicon)}
    if asked not in known:
        raise UsageError(
            f"--event {filters.event}: no such type; nothing was searched; in this ledger: {', '.join(held) or 'none'}"
        )


def searched(db: "Connection", filters: "Filters", what: str) -> str:
    """What an empty answer says: what was looked through, and with which filters."""
    from reportedly.cli.settings import FILTERS

    total = db.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
    told = {name: getattr(filters, name) for name in FILTERS}
    used = [
        f"--{name.replace('_', '-')}" + ("" if value is True else f" {value}") for name, value in told.items() if value
    ]
    undated = db.execute("SELECT count(*) FROM reports WHERE newest AND day IS NULL").fetchone()[0]
    left = f"; {undated} undated reports were left out" if undated and (filters.since or filters.until) else ""
    return f"nothing found: {total} {what} searched{' with ' if used else ''}{' '.join(used)}{left}"
