"""``qawl app``."""

from pathlib import Path

import click

from app.cli.dashboard import serve
from app.cli.options import port_option, workspace_option


@click.command(name="app")
@workspace_option
@port_option
def command(workspace: Path, port: int | None) -> None:
    """Open the dashboard on the workspace.

    Prints `Qawl is ready: URL` once the page answers and serves until Ctrl-C. It listens on this machine alone.
    QAWL_NO_BROWSER=1 leaves the browser closed.

    \b
    Example:
      qawl app
      qawl app --workspace research/ --port 8600
    """
    serve(workspace, port=port)
