"""``qawl export``."""

import sys
from pathlib import Path

import click

from app.cli.options import workspace_option
from app.cli.selecting import selection_options
from graph.exports import FORMATS, Selection, export, write
from graph.ledger import Ledger
from graph.workspace import Workspace


@click.command(name="export")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option("--output", metavar="PATH", default="-", show_default=True, help="Where to; - is standard output.")
@selection_options
@workspace_option
def command(workspace: Path, format_: str, output: str, where: Selection) -> None:
    """Write the graph to a file for other tools.

    turtle, trig, nquads, rdfxml and jsonld hold all of it for RDF tools, nanopubs a nanopublication for each claim;
    graphml and gexf hold the actors' network for Gephi, networkx and igraph; csv, parquet, jsonl and excel hold the
    claims as a table, events what articles assert in GDELT's columns. neo4j (for neo4j-admin import) and package (for a
    paper: data, codebook, checksums) are folders, or zip files where PATH ends in .zip. The same claims give the same
    bytes.

    Options say which claims; all that are given must hold.

    \b
    Example:
      qawl export --format turtle --output claims.ttl
      qawl export --format excel --relation warns --since 2025-01-01 --output warnings.xlsx
      qawl export --format package --output paper-data.zip
    """
    home = Workspace.open(workspace)
    view = Ledger(home).view()
    if output == "-":
        write(view, home.base_iri, format_, sys.stdout.buffer, where=where)
    else:
        export(view, home.base_iri, format_, Path(output), where=where)
