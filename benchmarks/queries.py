"""How queries that never end are stopped: ``python -m benchmarks.queries [CLAIMS] [WORKSPACE]``.

Over generated claims (:mod:`benchmarks.worlds`; a workspace that is named is made there once) each cross product is
asked as ``qawl query`` and the dashboard ask it, with their limit, and then a query that has an answer. Printed are the
seconds until either came back, and what was said.
"""

import inspect
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.worlds import CLAIMS, fill
from graph.errors import QueryError
from graph.generations import Indexes
from graph.queries import ask
from graph.workspace import Workspace

LIMIT: float = inspect.signature(ask).parameters["timeout"].default  # seconds
CROSS_PRODUCTS = {
    "Cypher, counted": "MATCH (a:Claim), (b:Claim) WHERE a.confidence < b.confidence RETURN count(*)",
    "Cypher, sorted": "MATCH (a:Claim), (b:Claim) RETURN a.id, b.id ORDER BY b.cue_text, a.id",
    "SPARQL, counted": "SELECT (COUNT(*) AS ?pairs) { ?a a schema:Claim . ?b a schema:Claim FILTER(?a != ?b) }",
    "SPARQL, sorted": "SELECT ?a ?b { ?a a schema:Claim . ?b a schema:Claim } ORDER BY ?b ?a",
}
ANSWERED = {
    "Cypher": "MATCH (c:Claim) RETURN count(c)",
    "SPARQL": "SELECT (COUNT(?c) AS ?claims) { ?c a schema:Claim }",
}


def main(claims: str = str(CLAIMS), folder: str | None = None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        workspace = Workspace.create(Path(folder or temporary, f"claims-{claims}"))
        if not workspace.ledger_path.exists():
            fill(workspace, int(claims))
        Indexes(workspace).refresh()
        print(f"cross products of {int(claims):,} claims with a limit of {LIMIT:g} s")
        print("query            stopped s  next s  next answer  error")
        for name, query in CROSS_PRODUCTS.items():
            stopped, error = _timed(workspace, query)
            after, answer = _timed(workspace, ANSWERED[name.partition(",")[0]])
            print(f"{name:15}  {stopped:9.2f}  {after:6.2f}  {answer:>11}  {error}", flush=True)


def _timed(workspace: Workspace, query: str) -> tuple[float, str]:
    """Seconds until the answer or the error, and its words."""
    start = time.perf_counter()
    try:
        said = str(ask(workspace, query).rows[0][0])
    except QueryError as error:
        said = str(error)
    return time.perf_counter() - start, said


if __name__ == "__main__":
    main(*sys.argv[1:])
