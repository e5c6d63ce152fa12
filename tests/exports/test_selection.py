"""Filters leave the same claims in every format, and what is left still stands on its own."""

import io
import json
from datetime import date

import pyarrow.parquet as pq
import pyshacl
import pytest
import rdflib
from rdflib import RDF, Namespace

from graph.errors import DataError
from graph.exports import Selection, write
from graph.ontology import shapes_turtle
from graph.rdf import Iris
from tests.sample_claims import ARABIC, REJECTED, arabic_claims, english_claims

WARNS, SAYS, SUPPORTS, MEETS = (claim.id for claim in arabic_claims())
HOSTS, PRAISES, _, PROTESTS = (claim.id for claim in english_claims())
ALL = {WARNS, SAYS, SUPPORTS, MEETS, HOSTS, PRAISES, REJECTED, PROTESTS}
SCHEMA = Namespace("https://schema.org/")

CASES = [
    (Selection(), ALL),
    (Selection(actor="Q58217"), {WARNS, SAYS, MEETS}),
    (Selection(actor="Q159"), {SUPPORTS}),
    (Selection(actor="nobody"), set()),
    (Selection(relation="praises"), {PRAISES, REJECTED}),
    (Selection(since=date(2025, 7, 12)), {WARNS, SAYS, SUPPORTS, MEETS}),
    (Selection(since=date(2025, 7, 13)), set()),
    (Selection(until=date(2025, 7, 12)), {WARNS, SAYS, SUPPORTS, MEETS}),
    (Selection(until=date(2025, 7, 11)), set()),
    (Selection(language="en"), {HOSTS, PRAISES, REJECTED, PROTESTS}),
    (Selection(outlet="Qawl sample wire"), {WARNS, SAYS, SUPPORTS, MEETS}),
    (Selection(confidence=0.9), ALL - {WARNS}),
    (Selection(decision="rejected"), {REJECTED}),
    (Selection(decision="accepted"), set()),
    (Selection(decision="undecided"), ALL - {REJECTED}),
    (Selection(claim=SUPPORTS), {SUPPORTS}),
    (Selection(actor="Q79", other="Q43", role="subject"), {HOSTS, REJECTED}),
    (Selection(actor="Q79", other="Q43", role="object"), {PRAISES}),
    (Selection(actor="Q79", other="Q43"), {HOSTS, REJECTED, PRAISES}),
    (Selection(actor="Q58217", role="object"), set()),
    (Selection(quad_class="verbal conflict"), {WARNS}),
    (Selection(text="الامم المتحده"), set()),
    (Selection(text="FISHERMEN"), {PROTESTS}),
    (Selection(article=ARABIC.id), {WARNS, SAYS, SUPPORTS, MEETS}),
    (Selection(actor="Q79", relation="praises", decision="undecided"), {PRAISES}),
]


def written(view, format, where):
    out = io.BytesIO()
    write(view, "urn:qawl:", format, out, where=where)
    return out.getvalue()


def rdf(view, where):
    return rdflib.Graph().parse(data=written(view, "turtle", where), format="turtle")


@pytest.mark.parametrize(("where", "expected"), CASES)
def test_tables_hold_the_claims_that_are_meant(view, where, expected):
    parquet = pq.read_table(io.BytesIO(written(view, "parquet", where)))
    records = [json.loads(line) for line in written(view, "jsonl", where).splitlines()]

    assert expected == set(parquet["id"].to_pylist())
    assert expected == {record["id"] for record in records}
    assert view.claim_table().schema == parquet.schema


@pytest.mark.parametrize(("where", "expected"), CASES)
def test_rdf_holds_the_claims_that_are_meant_and_conforms_to_the_shapes(view, where, expected):
    graph = rdf(view, where)
    shapes = rdflib.Graph().parse(data=shapes_turtle(Iris()), format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)

    assert {f"urn:qawl:claim:{key}" for key in expected} == {
        str(node) for node in graph.subjects(RDF.type, RDF.Statement)
    }
    assert conforms, report


def test_a_voucher_that_is_left_out_is_there_as_a_reference(view):
    graph = rdf(view, Selection(claim=SUPPORTS))
    says = rdflib.URIRef(f"urn:qawl:claim:{SAYS}")

    assert [SCHEMA.Claim] == list(graph.objects(says, RDF.type))
    assert "Sergey Lavrov" in {str(label) for label in graph.objects(graph.value(says, RDF.subject), rdflib.RDFS.label)}


def test_articles_and_entities_are_those_of_the_claims(view):
    selected = Selection(relation="praises").of(view)

    assert ["Q43", "Q79"] == [entity.id for entity in selected.entities()]
    assert ["en"] == [article.language for article in selected.articles()]
    assert (1, 2, 2, 1) == (
        selected.counts().articles,
        selected.counts().claims,
        selected.counts().entities,
        selected.counts().rejected,
    )
    assert view.version == selected.version


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"relation": "warn"}, "did you mean warns"),
        ({"relation": "?"}, "relations.csv"),
        ({"decision": "maybe"}, "accepted, corrected, rejected, undecided"),
        ({"confidence": 1.5}, "from 0 to 1"),
    ],
)
def test_a_filter_that_can_match_nothing_is_refused(wrong, message):
    with pytest.raises(DataError, match=message):
        Selection(**wrong)
