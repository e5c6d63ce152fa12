"""The examples of ``docs/ontology.md`` are what the program writes and what the endpoint answers."""

import re
from pathlib import Path

import pyoxigraph

from graph.exports.rdf import graph_triples
from graph.rdf import Iris, claim_triples, plain_triple
from graph.turtle import TurtleWriter

PAGE = (Path(__file__).parents[2] / "docs" / "ontology.md").read_text(encoding="utf-8")
IRIS = Iris()


def block(language):
    return re.search(rf"```{language}\n(.*?)\n```", PAGE, re.DOTALL)[1]


def test_example_is_what_is_written(view):
    warns = next(one for one in view.claims() if one.claim.relation.id == "warns")
    triples = [*claim_triples(warns, IRIS), plain_triple(warns, IRIS)]

    assert "".join(TurtleWriter(IRIS.prefixes).blocks(triples)).strip() == block("turtle")


def test_query_cuts_the_cue_from_the_text(view):
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(*triple) for triple in graph_triples(view, IRIS))
    rows = store.query(block("sparql"), prefixes=IRIS.prefixes)

    assert [row["cue"].value for row in rows] == ["حذر"]
