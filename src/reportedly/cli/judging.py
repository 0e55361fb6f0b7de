"""Commands that judge: what a person decides stands beside the records, never over them."""

import json
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from reportedly.cli.settings import AsJson, By, Why, open_ledger, who
from reportedly.errors import UsageError
from reportedly.model import Act, Options

if TYPE_CHECKING:
    from sqlite3 import Connection

Items = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of claims, attributions, sources or reports.")]
What = Annotated[str | None, typer.Option("--what", help="claim or origin; what fits when left out.")]
judge = typer.Typer(help="Say what is right, wrong, one or two.", no_args_is_help=True, rich_markup_mode=None)
TABLES = {"c": "claims", "a": "attributions", "s": "sources", "r": "reports"}


def register(app: typer.Typer) -> None:
    """Hangs `judge` on the app."""
    app.add_typer(judge, name="judge")


@judge.command()
def confirm(ctx: typer.Context, items: Items, why: Why = "", by: By = None) -> None:
    """These records are right."""
    _judge(ctx, "confirm", items, why, by)


@judge.command()
def reject(ctx: typer.Context, items: Items, why: Why = "", by: By = None) -> None:
    """These records are wrong: they are hidden and count no more."""
    _judge(ctx, "reject", items, why, by)


@judge.command()
def correct(
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ID", help="The id of a claim, attribution or source.")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="The field, as `reportedly schema` names it.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Words or JSON, such as '{\"low\": 40}'.")],
    why: Why = "",
    by: By = None,
) -> None:
    """This field should say something else; comparisons are made again."""
    _judge(ctx, "correct", [item], why, by, (field, _as_json(value)))


@judge.command()
def split(ctx: typer.Context, items: Items, why: Why = "", by: By = None, what: What = None) -> None:
    """These do not belong together."""
    _judge(ctx, "split", items, why, by, (_joined(ctx, items, what, "split"), None))


@judge.command()
def merge(ctx: typer.Context, items: Items, why: Why = "", by: By = None, what: What = None) -> None:
    """These belong together."""
    _judge(ctx, "merge", items, why, by, (_joined(ctx, items, what, "merge"), None))


@judge.command()
def grade(
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ID", help="A source's id (grade A-F) or a claim's (grade 1-6).")],
    mark: Annotated[str, typer.Argument(metavar="GRADE", help="A-F: reliability; 1-6: credibility.")],
    why: Why = "",
    by: By = None,
) -> None:
    """How reliable a source is, or how credible a claim."""
    wanted = (
        ("reliability", "ABCDEF") if item.startswith("s-") or not item.startswith("c-") else ("credibility", "123456")
    )
    if len(mark) != 1 or mark.upper() not in wanted[1]:
        raise UsageError(
            f"grade {mark}: not a {wanted[0]}; nothing was stored; one of {' '.join(wanted[1])}, after the id"
        )
    _judge(ctx, "grade", [item], why, by, (wanted[0], json.dumps(mark.upper())))


@judge.command()
def undo(
    ctx: typer.Context,
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="The id of a judgement.")],
    why: Why = "",
    by: By = None,
) -> None:
    """Take a judgement back; it stays in the book, marked."""
    with open_ledger(ctx) as ledger:
        old = ledger.undo(judgement, who(by), why, _analyse)
        print(f"{old.id}: {old.act} of {' '.join(old.items)} undone")


@judge.command("list")
def list_all(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Every judgement, the oldest first."""
    from reportedly.cli.screens import judgement_table, put

    with open_ledger(ctx) as ledger:
        put(ledger.judgements(), judgement_table, as_json, "no judgement has been made")


def _judge(
    ctx: typer.Context,
    act: str,
    items: list[str],
    why: str,
    by: str | None,
    told: tuple[str | None, str | None] = (None, None),
) -> None:
    assert act in get_args(Act)
    with open_ledger(ctx) as ledger:
        found = _expanded(ctx, items)
        made = ledger.judge(act, found, who(by), why, *told)  # type: ignore[arg-type]
        print(f"{made.id}: {act} {' '.join(found)}; to take it back: reportedly judge undo {made.id}")


def _expanded(ctx: typer.Context, items: list[str]) -> tuple[str, ...]:
    with open_ledger(ctx) as ledger:
        return tuple(_named(ledger.db, item) for item in items)


def _named(db: "Connection", item: str) -> str:
    """The one id that is meant; UsageError says that none is, and where ids stand."""
    from reportedly.ledgers.searching import expand, holds

    table = TABLES.get(item[:1] if item[1:2] == "-" else "", "sources")
    if not any(holds(db, item, each) for each in (table, *TABLES.values())):
        raise UsageError(
            f"{item}: no claim, attribution, source or report has this id; nothing was stored; ids stand in what "
            "reportedly claims, show REPORT, sources and reports print"
        )
    return expand(db, item, table)


def _joined(ctx: typer.Context, items: list[str], what: str | None, act: str) -> str:
    """What is split or merged: stories of reports; of claims, their origins where they are one claim already."""
    found = _expanded(ctx, items)
    kinds = {item[0] for item in found}
    if len(set(found)) < 2 or kinds not in ({"c"}, {"r"}):
        raise UsageError(f"{act}: needs two or more claims, or two or more reports; nothing was stored; check the ids")
    if what not in (None, "claim", "origin"):
        raise UsageError(f"--what {what}: not known; nothing was stored; claim or origin")
    if kinds == {"r"}:
        return "story"
    return what or _fitting(ctx, set(found), act)


def _fitting(ctx: typer.Context, claims: set[str], act: str) -> str:
    from reportedly.ledgers.searching import owners

    with open_ledger(ctx) as ledger:
        groups = ledger.groups(owners(ledger.db, claims)).claim_groups
    group = next((each for each in groups if claims <= set(each.members)), None)
    one_origin = group is not None and any(claims <= set(origin.members) for origin in group.origins)
    return "origin" if group is not None and (act == "merge" or one_origin) else "claim"


def _analyse(report, options: Options):  # type: ignore[no-untyped-def]
    from reportedly.pipeline import analyse

    return analyse(report, options)


def _as_json(value: str) -> str:
    try:
        return json.dumps(json.loads(value), ensure_ascii=False)
    except ValueError:
        return json.dumps(value, ensure_ascii=False)
