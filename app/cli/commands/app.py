"""``qawl app``."""

from pathlib import Path

import click

from app.cli.dashboard import serve
from app.cli.options import host_options, port_option, workspace_option


@click.command(name="app")
@workspace_option
@port_option
@host_options
def command(workspace: Path, port: int | None, host: str, login: Path | None) -> None:
    """Open the dashboard on the workspace.

    Prints `Qawl is ready: URL` once the page answers and serves until Ctrl-C. It listens on this machine alone
    unless --host names another address; then everybody who can reach it may read, add and decide, unless --login has
    them log in. QAWL_NO_BROWSER=1 leaves the browser closed.

    \b
    Example:
      qawl app
      qawl app --workspace research/ --port 8600
      qawl app --host 0.0.0.0 --login login.toml
    """
    serve(workspace, port=port, host=host, login=login)
