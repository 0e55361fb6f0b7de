"""`serve`: the evidence browser over the ledger."""

from typing import Annotated

import typer

from reportedly.cli.settings import open_ledger, who


def register(app: typer.Typer) -> None:
    """Hangs the command of this page on the app."""
    app.command()(serve)


def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    host: Annotated[
        str, typer.Option(help="The address to listen on; beyond loopback a token is asked for.")
    ] = "127.0.0.1",
    fetch: Annotated[bool, typer.Option(help="Whether the page for adding may fetch an address.")] = True,
) -> None:
    """Read, question and correct the ledger in a browser."""
    from reportedly.readers import addresses
    from reportedly.web.application import application
    from reportedly.web.guards import LOOPBACK, hashed, new_token

    open_ledger(ctx, make=True).close()
    token = None if host in LOOPBACK else new_token()
    fetched = addresses.fetch if fetch else None
    kept = hashed(token) if token else None
    page = application(ctx.obj.ledger, user=who(None), token_hash=kept, fetch=fetched, warm=True)
    import uvicorn  # after the count has begun: it takes a second of its own

    print(f"http://{host}:{port}/{f'?token={token}' if token else ''}  (stop with Ctrl-C)", flush=True)
    uvicorn.run(page, host=host, port=port, log_level="warning", server_header=False)
