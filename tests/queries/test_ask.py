"""Queries from people: right rows, clear errors with their place, and limits that hold."""

import resource
import time
from datetime import date

import pytest

from graph.errors import QueryError
from graph.generations import Indexes
from graph.queries import ask
from graph.workspace import Workspace
from tests.claim_world import LAVROV, NASTY, RUSSIA, USA, fill

WARNS_CYPHER = (
    "MATCH (a:Entity)-[r:WARNS]->(b:Entity) WHERE r.attributed_to IS NULL AND NOT r.negated "
    "AND r.modality = 'asserted' RETURN a.id, b.id"
)
WARNS_SPARQL = "SELECT ?a ?b { ?s rel:warns ?o . ?s qawl:id ?a . ?o qawl:id ?b }"


@pytest.mark.parametrize("query", [WARNS_CYPHER, WARNS_SPARQL], ids=["cypher", "sparql"])
def test_who_warns_whom(world: Workspace, query: str) -> None:
    assert [(LAVROV.id, USA.id)] == ask(world, query).rows


@pytest.mark.parametrize(
    ("query", "columns", "rows"),
    [
        (
            "MATCH (:Entity {id: 'Q58217'})-[r:WARNS]->() "
            "RETURN r.date AS day, r.confidence AS sure, r.negated AS denied",
            ("day", "sure", "denied"),
            [(date(2025, 7, 12), 0.875, False)],
        ),
        (
            "SELECT ?day ?sure ?denied { ?c rdf:subject wd:Q58217 ; rdf:predicate rel:warns ; qawl:date ?day ; "
            "qawl:confidence ?sure ; qawl:negated ?denied }",
            ("day", "sure", "denied"),
            [(date(2025, 7, 12), 0.875, False)],
        ),
        ("RETURN 1 AS a, 'نص' AS b, null AS c, [1, 2] AS d, {x: 1} AS e",
         ("a", "b", "c", "d", "e"), [(1, "نص", None, [1, 2], {"x": 1})]),
        ("SELECT (1 AS ?a) ('نص' AS ?b) ?c {}", ("a", "b", "c"), [(1, "نص", None)]),
        ("ASK { wd:Q58217 rel:warns wd:Q30 }", ("answer",), [(True,)]),
        ("ASK { wd:Q159 rel:warns wd:Q30 }", ("answer",), [(False,)]),
        (
            "CONSTRUCT { ?s rel:warns ?o } WHERE { ?s rel:warns ?o }",
            ("subject", "predicate", "object"),
            [("http://www.wikidata.org/entity/Q58217", "urn:qawl:relation:warns", "http://www.wikidata.org/entity/Q30")],
        ),
        ("MATCH (c:Claim)-[:ATTRIBUTED_TO]->(p:Claim) RETURN c.relation, p.relation",
         ("c.relation", "p.relation"), [("supports", "says")]),
        ("MATCH (:Entity)-[r:BOMBS]->(:Entity) RETURN r.claim", ("r.claim",), []),
    ],
)  # fmt: skip
def test_values_are_typed(
    world: Workspace, query: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]
) -> None:
    answer = ask(world, query)

    assert (columns, rows, False) == (answer.columns, answer.rows, answer.truncated)


def test_a_property_graph_answer_can_be_drawn(world: Workspace) -> None:
    answer = ask(world, "MATCH p = (a:Entity {id: 'Q58217'})-[r:WARNS]->(b:Entity) RETURN a, r, b, p")

    [(a, r, b, p)] = answer.rows
    assert {"_label": "Entity", "id": "Q58217", "label_en": "Sergey Lavrov", "label_ar": "سيرغي لافروف",
            "kind": "person", "country": "RUS", "sector": "GOV"} == a  # fmt: skip
    assert ("WARNS", date(2025, 7, 12)) == (r["_label"], r["date"])
    assert [a, b] == p["_nodes"]
    [edge] = answer.edges
    labels = {node.id: node.properties["label_en"] for node in answer.nodes}
    assert ("Sergey Lavrov", "WARNS", "United States") == (labels[edge.source], edge.label, labels[edge.target])


def test_a_triples_answer_can_be_drawn(world: Workspace) -> None:
    answer = ask(world, "DESCRIBE wd:Q58217")

    assert ("http://www.wikidata.org/entity/Q58217", "urn:qawl:ontology:kind", "person") in answer.rows
    [edge] = [edge for edge in answer.edges if edge.label == "urn:qawl:relation:warns"]
    assert "http://www.wikidata.org/entity/Q30" == edge.target
    assert {"person"} == {n.properties.get("urn:qawl:ontology:kind") for n in answer.nodes if n.id == edge.source}


def test_declared_prefixes_win(world: Workspace) -> None:
    assert [("urn:other:x",)] == ask(world, "PREFIX rel: <urn:other:> SELECT (rel:x AS ?x) {}").rows


@pytest.mark.parametrize(
    "query", ["UNWIND range(1, 10) AS x RETURN x", "SELECT ?x { VALUES ?x { 1 2 3 4 5 6 7 8 9 10 } }"]
)
def test_the_row_limit_is_told(world: Workspace, query: str) -> None:
    for limit, count, truncated in ((9, 9, True), (10, 10, False), (11, 10, False)):
        answer = ask(world, query, limit=limit)
        assert (count, truncated) == (len(answer), answer.truncated)
        assert [(number,) for number in range(1, count + 1)] == answer.rows


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("MATCH (a:Entity RETURN a", 1, 17),
        ("MATCH (a:Entity)\nWHERE a.label_ar = 'لافروف' RETURN (a", 2, 38),
        ("SELECT * {\n  ?s }", 2, 7),
        ("SELECT * { 'لافروف' ?s }", 1, 24),
        ("SELECT * { ?s foo:x ?o }", 1, 20),
        ("SELECT * { ?s rel:warns ?o", 1, 27),
    ],
)
def test_a_syntax_error_shows_its_place(world: Workspace, query: str, line: int, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        ask(world, query)
    message = str(caught.value).splitlines()

    assert (line, column) == (caught.value.line, caught.value.column)
    assert [query.splitlines()[line - 1], " " * (column - 1) + "^"] == message[-2:]


@pytest.mark.parametrize("query", ["MATCH (a:Nothing) RETURN a", "MATCH (a:Entity) RETURN a.nothing"])
def test_an_unknown_label_or_property_is_named(world: Workspace, query: str) -> None:
    with pytest.raises(QueryError, match=r"[Nn]othing"):
        ask(world, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b % 7 = 9 RETURN sum(a + b)",
    ],
)
def test_the_time_limit_holds(world: Workspace, query: str) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match="no answer within 1 seconds"):
        ask(world, query, timeout=1)
    assert 3 > time.monotonic() - started
    assert [(1,)] == ask(world, "RETURN 1").rows


def processor_seconds() -> float:
    """What ended children have used: on a busy machine it says more than the clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_what_a_child_costs_to_start(world: Workspace) -> None:
    for query, bound in (("RETURN 1", 1.5), ("ASK {}", 1.0)):
        times = []
        for _ in range(3):
            before = processor_seconds()
            ask(world, query)
            times.append(processor_seconds() - before)
        assert bound > min(times)


def test_an_index_that_is_missing_or_damaged_is_built_first(tmp_path) -> None:  # type: ignore[no-untyped-def]
    workspace = Workspace.create(tmp_path / "new")
    fill(workspace)

    assert [(LAVROV.id, USA.id)] == ask(workspace, WARNS_SPARQL).rows
    assert [(LAVROV.id, USA.id)] == ask(workspace, WARNS_CYPHER).rows
    for name, pattern in (("ladybug", "*/graph.lbug"), ("oxigraph", "*/store/MANIFEST*")):
        for path in (workspace.indexes_path / name).glob(pattern):
            path.write_bytes(b"\xff" * path.stat().st_size)
    assert [(LAVROV.id, USA.id)] == ask(workspace, WARNS_SPARQL).rows
    assert [(LAVROV.id, USA.id)] == ask(workspace, WARNS_CYPHER).rows


def test_trusted_queries_of_the_stores_give_the_same_rows(world: Workspace) -> None:
    with Indexes(world).sparql() as rdf, Indexes(world).cypher() as graph:
        assert rdf.sparql(WARNS_SPARQL) == ask(world, WARNS_SPARQL)
        assert graph.cypher(WARNS_CYPHER) == ask(world, WARNS_CYPHER)


def test_names_that_articles_bring_are_only_text(world: Workspace) -> None:
    rows = ask(world, "MATCH (a:Entity)-[r:CRITICIZES]->(b:Entity) RETURN a.id, a.label_en, b.id").rows

    assert [(NASTY.id, NASTY.label_en, RUSSIA.id)] == rows


def test_the_column_of_a_label_is_headed_as_it_was_written(world: Workspace) -> None:
    assert ("label(r)",) == ask(world, "MATCH (a:Entity)-[r]->(b:Entity) RETURN label(r)", limit=1).columns
