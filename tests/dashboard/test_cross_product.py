"""A query that never ends, asked on the page for queries: an error at its limit, and the dashboard goes on.

``python -m benchmarks.queries`` measures the same over a million claims. :func:`stop_at_the_limit` is for the tests of
servers too.
"""

import time

import pytest

from benchmarks.worlds import fill
from graph.generations import Indexes
from graph.workspace import Workspace
from tests.dashboard.test_pages import press, start, texts

__all__ = ["start"]

CROSS_PRODUCTS = {
    "cypher": "MATCH (a), (b), (c), (d), (e), (f), (g), (h) WHERE a.id < h.id AND b.id < g.id RETURN count(*)",
    "sparql": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }",
}
SECONDS, BUSY_SECONDS = 2.0, 20.0  # the limit, and what a busy machine may need for two pages


def ask_again(at, language, query):
    """Ask on the page a query that stands in the history."""
    at.session_state["query_history"] = [(language, query)]
    at.segmented_control(key="query_language").select(language).run()
    at.selectbox(key=f"past-{language}").select_index(0).run()
    return press(at, "Run")


def stop_at_the_limit(at, language):
    """The cross product is answered with an error, then a small query with its rows; the page stays as it is."""
    began = time.monotonic()
    ask_again(at, language, CROSS_PRODUCTS[language])

    assert not at.exception
    assert ["no answer within 2 seconds"] == [error.value.partition(":")[0] for error in at.error]
    assert time.monotonic() - began < SECONDS + BUSY_SECONDS
    ask_again(at, language, "RETURN 1 AS one" if language == "cypher" else "SELECT (1 AS ?one) {}")
    assert not at.exception
    assert [] == list(at.error)
    assert "1 row" in texts(at)


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    workspace = Workspace.create(tmp_path_factory.mktemp("generated") / "workspace")
    fill(workspace, 2000)
    Indexes(workspace).refresh()
    return workspace


@pytest.mark.parametrize("language", CROSS_PRODUCTS)
def test_the_dashboard_stays_usable_after_a_cross_product(start, generated, language, monkeypatch):
    monkeypatch.setattr("app.dashboard.views.ask.SECONDS", SECONDS)
    stop_at_the_limit(start(generated, "query"), language)

    numbers = {metric.label: metric.value for metric in start(generated).metric}
    assert "2,000" == numbers["Claims"]
