"""Which language a query is in."""

import pytest

from graph.errors import QueryError
from graph.query_language import language_of, refuse_unless_reading


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "select ?s where { ?s a qawl:Entity }",
        "  \n\t# MATCH (a) RETURN a\nASK {}",
        "PREFIX match: <urn:match#> PREFIX : <urn:x>\nCONSTRUCT WHERE { ?s ?p ?o }",
        "BASE <http://return.example/>\nDESCRIBE <x>",
        "\ufeffSELECT(1 AS ?one){}",
        "PREFIX a: <urn:a>",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "SELECT ?match { ?match rel:warns ?return }",
    ],
)
def test_sparql(query: str) -> None:
    assert "sparql" == language_of(query)


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (a) RETURN a",
        "match(a:Entity) return a",
        "RETURN 1",
        "// SELECT\n/* ASK\n{} */ OPTIONAL MATCH (a) RETURN a",
        "CALL show_tables() RETURN *",
        "WITH 1 AS x RETURN x",
        "UNWIND [1] AS select RETURN select",
        "EXPLAIN MATCH (a) RETURN a",
        "CREATE (:Entity)",
        "MERGE (:Entity)",
    ],
)
def test_cypher(query: str) -> None:
    assert "cypher" == language_of(query)


@pytest.mark.parametrize("query", ["", "  ", "# only a comment", "HELLO", "{", "لافروف", "; SELECT", "'MATCH'"])
def test_neither(query: str) -> None:
    with pytest.raises(QueryError, match="start with SELECT"):
        language_of(query)


@pytest.mark.parametrize(
    "query", ["CREATE (:X)", "/* MATCH */ EXPORT DATABASE 'x'", "EXPLAIN DROP TABLE Entity", "copy (RETURN 1) TO 'x'"]
)
def test_statements_that_ask_nothing_are_told_so(query: str) -> None:
    with pytest.raises(QueryError, match="is not a question"):
        refuse_unless_reading(query)
