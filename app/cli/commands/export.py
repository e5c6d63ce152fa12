"""``qawl export``."""

import shutil
import sys
import tempfile
from pathlib import Path

import click
from graph.exports import export
from graph.ledger import Ledger
from graph.workspace import Workspace

from app.cli.options import workspace_option

FORMATS = ("turtle", "nquads", "jsonld", "graphml", "gexf", "csv", "parquet")


@click.command(name="export")
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--output", metavar="PATH", default="-", show_default=True, help="Where to; - is standard output.")
@workspace_option
def command(workspace: Path, format_: str, output: str) -> None:
    """Write the graph to a file for other tools.

    turtle, nquads and jsonld hold all of it for RDF tools; graphml and gexf hold the actors' network for Gephi,
    networkx and igraph; csv and parquet hold the claims as a table. The same ledger gives the same file.

    \b
    Example:
      qawl export --format turtle --output claims.ttl
      qawl export --format nquads | sort | sha256sum
    """
    home = Workspace.open(workspace)
    view = Ledger(home).view()
    if output != "-":
        export(view, home.base_iri, format_, Path(output))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export")
        export(view, home.base_iri, format_, path)
        with path.open("rb") as written:
            shutil.copyfileobj(written, sys.stdout.buffer)
