"""Queries from people on servers: answered like those on the indexes, with limits and places of errors."""

import time

import pytest

from graph.errors import QueryError
from graph.queries import ask
from graph.stores.rows import Rows
from graph.workspace import Workspace

EDGES = {
    "cypher": "MATCH (a:Entity)-[r:WARNS]->(b:Entity) RETURN a.id, b.id, r.date ORDER BY a.id, b.id",
    "sparql": "SELECT ?a ?b { ?a rel:warns ?b }",
}


def embedded(named: Workspace, query: str) -> Rows:
    """The answer of the index, which a workspace without servers asks."""
    return ask(Workspace(named.path, named.base_iri), query)


@pytest.mark.parametrize(
    "query",
    [
        EDGES["cypher"],
        "MATCH (c:Claim) RETURN c.id, c.negated, c.confidence, c.date, c.evidence_start ORDER BY c.id",
        "MATCH (e:Entity) RETURN e.label_ar ORDER BY e.id",
        "UNWIND [1, 2.5, true, null, 'س'] AS x RETURN x",
        "MATCH (n:Nothing) RETURN n",
    ],
)
def test_neo4j_gives_the_rows_that_ladybug_gives(on_neo4j: Workspace, query: str) -> None:
    if "Nothing" in query:  # an unknown label is an error in Ladybug
        assert [] == ask(on_neo4j, query).rows
    elif "UNWIND" in query:  # Ladybug has no lists of mixed types
        assert [(1,), (2.5,), (True,), (None,), ("س",)] == ask(on_neo4j, query).rows
    else:
        expected, found = embedded(on_neo4j, query), ask(on_neo4j, query)
        assert (expected.columns, expected.rows) == (found.columns, found.rows)


def test_neo4j_gives_nodes_edges_and_paths_as_a_picture(on_neo4j: Workspace) -> None:
    found = ask(on_neo4j, "MATCH p = (a:Entity {id: 'Q58217'})-[r:WARNS]->(b:Entity) RETURN a, r, b, p")

    assert ["Q58217", "Q30"] == [node.properties["id"] for node in found.nodes]
    assert ["WARNS"] == [edge.label for edge in found.edges]
    assert "Entity" == found.rows[0][0]["_label"]


@pytest.mark.parametrize(
    "query",
    [
        EDGES["sparql"],
        "SELECT ?c ?n ?x ?d { ?c a schema:Claim ; qawl:negated ?n ; qawl:confidence ?x OPTIONAL { ?c qawl:date ?d } }",
        "SELECT ?l { ?e qawl:label_ar ?l }",
        "ASK { wd:Q58217 rel:warns wd:Q30 }",
        "CONSTRUCT { ?a rel:warns ?b } WHERE { ?a rel:warns ?b }",
        "SELECT ?x { VALUES ?x { 1 2.5 true 'س' } }",
    ],
)
def test_fuseki_gives_the_rows_that_oxigraph_gives(on_fuseki: Workspace, query: str) -> None:
    expected, found = embedded(on_fuseki, query), ask(on_fuseki, query)

    assert (expected.columns, sorted(map(str, expected))) == (found.columns, sorted(map(str, found)))
    assert [node.id for node in expected.nodes] == [node.id for node in found.nodes]


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("cypher", "UNWIND range(1, 100000000000) AS x RETURN count(x)"),
        ("cypher", "MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN max(a.id + h.id)"),
        ("sparql", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"),
    ],
)
def test_a_slow_query_is_an_error_within_two_seconds_of_its_limit(
    request: pytest.FixtureRequest, language: str, query: str
) -> None:
    named = request.getfixturevalue("on_neo4j" if language == "cypher" else "on_fuseki")
    began = time.monotonic()
    with pytest.raises(QueryError, match="no answer within 2 seconds"):
        ask(named, query, timeout=2)

    assert time.monotonic() - began < 4.5  # connecting and planning come before
    assert ask(named, EDGES[language]).rows


@pytest.mark.parametrize("fixture", ["on_neo4j", "on_fuseki"])
def test_rows_stop_at_the_limit(request: pytest.FixtureRequest, fixture: str) -> None:
    named = request.getfixturevalue(fixture)
    query = "MATCH (c:Claim) RETURN c.id" if fixture == "on_neo4j" else "SELECT ?c { ?c a schema:Claim }"

    assert (4, True) == (len(ask(named, query, limit=4)), ask(named, query, limit=4).truncated)
    assert (9, False) == (len(ask(named, query, limit=9)), ask(named, query, limit=9).truncated)


@pytest.mark.parametrize(
    ("fixture", "query", "line", "column"),
    [
        ("on_neo4j", "MATCH (a)\nRETURN a.id b", 2, 13),
        ("on_neo4j", "RETURN nothing", 1, 8),
        ("on_fuseki", "SELECT ?a\n{ ?a ?b }", 2, 3),
        ("on_fuseki", "SELECT ?a { ?a unknown:b ?c }", 1, 16),
    ],
)
def test_an_error_has_its_place(
    request: pytest.FixtureRequest, fixture: str, query: str, line: int, column: int
) -> None:
    with pytest.raises(QueryError) as found:
        ask(request.getfixturevalue(fixture), query, language="cypher" if fixture == "on_neo4j" else "sparql")

    assert line == found.value.line
    assert column == pytest.approx(found.value.column, abs=4)
