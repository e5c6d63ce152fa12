"""``qawl demo``."""

from importlib.resources import as_file
from pathlib import Path

import click

from app.cli.dashboard import serve
from app.cli.ingesting import ingest_with_progress
from app.cli.options import port_option
from app.cli.output import messages
from data import resource
from graph.workspace import Workspace
from ingest.actors import extractor_of

DEMO_WORKSPACE = Path("qawl-demo")


@click.command(name="demo")
@click.option(
    "--workspace",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEMO_WORKSPACE,
    help="Folder to put the samples in.  [default: ./qawl-demo]",
)
@port_option
def command(workspace: Path, port: int | None) -> None:
    """See Qawl at work on its sample articles, in the dashboard.

    Reads the sample articles (Arabic and English) into a workspace of their own, then serves the dashboard until
    Ctrl-C.

    \b
    Example:
      qawl demo
    """
    with as_file(resource("samples")) as samples:
        home = Workspace.create(workspace)
        ingest_with_progress(home, [str(samples)], extractor=extractor_of(home))
    messages().print(f"Ask the samples from another terminal: qawl query --workspace {workspace} 'MATCH ...'")
    serve(workspace, port=port)
