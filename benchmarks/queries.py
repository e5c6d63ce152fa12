"""How queries that never end are stopped: ``python -m benchmarks.queries [CLAIMS] [WORKSPACE]``.

Over generated claims (:mod:`benchmarks.worlds`; a workspace that is named is made there once) each cross product is
asked as ``qawl query`` and the dashboard ask it, with their limit, and then a query that has an answer. Printed are the
seconds until either came back, and what was said. Last the first of each language is asked on the dashboard's page,
and then its first page is opened.
"""

import inspect
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import app.dashboard
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
        print("on the dashboard  stopped s  first page then s  error")
        for language in ("cypher", "sparql"):
            print(f"{language:16}  {_on_the_dashboard(workspace, language)}", flush=True)


def _on_the_dashboard(workspace: Workspace, language: str) -> str:
    """A cross product asked on the page for queries, and then the first page opened."""
    os.environ["QAWL_WORKSPACE"] = str(workspace.path)
    _page().run()  # opens the store
    at = _page()
    at._page_hash = calc_hash("query")
    query = next(query for name, query in CROSS_PRODUCTS.items() if name.lower().startswith(language))
    at.session_state["query_history"] = [(language, query)]
    at.run()
    at.segmented_control(key="query_language").select(language).run()
    at.selectbox(key=f"past-{language}").select_index(0).run()
    run = next(button for button in at.button if button.label == "Run")
    stopped = _seconds(lambda: run.click().run())
    [error] = at.error
    after = _seconds(lambda: _page().run())
    return f"{stopped:9.2f}  {after:17.2f}  {error.value}"


def _page() -> AppTest:
    return AppTest.from_file(str(Path(app.dashboard.__file__).parent / "main.py"), default_timeout=4 * LIMIT)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


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
