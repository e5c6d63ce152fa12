"""``qawl query``."""

from pathlib import Path

import click

from app.cli.options import format_option, workspace_option
from app.cli.output import messages, print_rows
from graph.errors import QueryError
from graph.queries import ask
from graph.query_language import QueryLanguage, language_of
from graph.workspace import Workspace

_SECONDS = click.FloatRange(0, min_open=True)
_ROWS = click.IntRange(1)


@click.command(name="query")
@click.argument("query")
@click.option("--sparql", "language", flag_value="sparql", help="Read the query as SPARQL.")
@click.option("--cypher", "language", flag_value="cypher", help="Read the query as Cypher.")
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=30.0, show_default=True
)
@click.option("--limit", metavar="ROWS", type=click.IntRange(min=1), default=1000, show_default=True)
@format_option
@workspace_option
def command(
    workspace: Path, query: str, language: QueryLanguage | None, timeout: float, limit: int, format_: str
) -> None:
    """Ask the graph in SPARQL or Cypher.

    The language is recognised; --sparql or --cypher says it. Queries only read, and end at their time limit.
    SPARQL knows the project's prefixes without declaring them.

    \b
    Example:
      qawl query 'MATCH (a:Entity)-[:WARNS]->(b:Entity) RETURN a.label_en, b.label_en'
      qawl query 'SELECT ?a ?b WHERE { ?a rel:warns ?b }' --format csv
    """
    home = Workspace.open(workspace)
    try:
        language = language or language_of(query)
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    rows = ask(home, query, language=language, timeout=timeout, limit=limit)
    print_rows(rows.columns, rows.rows, format_=format_)
    if rows.truncated:
        messages().print(f"Stopped at {limit} rows; --limit allows more.")
