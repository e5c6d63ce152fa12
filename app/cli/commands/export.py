"""``qawl export``."""

import sys
from pathlib import Path

import click

from app.cli.options import workspace_option
from graph.exports import FORMATS, export, write
from graph.ledger import Ledger
from graph.workspace import Workspace


@click.command(name="export")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option("--output", metavar="PATH", default="-", show_default=True, help="Where to; - is standard output.")
@workspace_option
def command(workspace: Path, format_: str, output: str) -> None:
    """Write the graph to a file for other tools.

    turtle, nquads and jsonld hold all of it for RDF tools; graphml and gexf hold the actors' network for Gephi,
    networkx and igraph; csv and parquet hold the claims as a table. The same claims give the same bytes.

    \b
    Example:
      qawl export --format turtle --output claims.ttl
      qawl export --format nquads | sha256sum
    """
    home = Workspace.open(workspace)
    view = Ledger(home).view()
    if output == "-":
        write(view, home.base_iri, format_, sys.stdout.buffer)
    else:
        export(view, home.base_iri, format_, Path(output))
