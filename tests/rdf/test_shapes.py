"""The shapes accept every export and refuse what breaks the rules."""

from functools import cache

import pyshacl
import pytest
import rdflib

from graph.exports.rdf import graph_triples
from graph.ontology import shapes_turtle
from graph.rdf import Iris
from graph.turtle import TurtleWriter
from tests.sample_claims import REJECTED, arabic_claims, english_claims

IRIS = Iris()
WARNS, SAYS, SUPPORTS, MEETS = (f"claim:{claim.id}" for claim in arabic_claims())
HOSTS = f"claim:{english_claims()[0].id}"


def graph_of(view, iris=IRIS):
    writer = TurtleWriter(iris.prefixes)
    text = writer.header() + "".join(writer.blocks(graph_triples(view, iris)))
    return rdflib.Graph().parse(data=text, format="turtle")


@cache
def shapes(iris):
    return rdflib.Graph().parse(data=shapes_turtle(iris), format="turtle")


def report(graph, iris=IRIS):
    return pyshacl.validate(graph, shacl_graph=shapes(iris))


@pytest.mark.parametrize("base", ["urn:qawl:", "https://example.org/kg/"])
def test_export_conforms(view, base):
    iris = Iris(base)
    conforms, _, text = report(graph_of(view, iris), iris)

    assert conforms, text


BROKEN = {
    "no evidence": (f"DELETE WHERE {{ {WARNS} oa:hasSelector ?e }}", "oa:hasSelector"),
    "no relation": (f"DELETE WHERE {{ {WARNS} rdf:predicate ?r }}", "rdf:predicate"),
    "no subject": (f"DELETE WHERE {{ {SAYS} rdf:subject ?s }}", "rdf:subject"),
    "no article": (f"DELETE WHERE {{ {SAYS} prov:wasDerivedFrom ?a }}", "prov:wasDerivedFrom"),
    "unknown relation": (
        f"DELETE {{ {SAYS} rdf:predicate ?r }} INSERT {{ {SAYS} rdf:predicate rel:sings }}"
        f" WHERE {{ {SAYS} rdf:predicate ?r }}",
        "rdf:predicate",
    ),
    "unknown modality": (f'INSERT DATA {{ {SAYS} qawl:modality "rumoured" }}', "qawl:modality"),
    "confidence over one": (
        f"DELETE {{ {SAYS} qawl:confidence ?c }} INSERT {{ {SAYS} qawl:confidence 1.5 }}"
        f" WHERE {{ {SAYS} qawl:confidence ?c }}",
        "qawl:confidence",
    ),
    "negated plain triple": ("INSERT DATA { wd:Q58217 rel:meets wd:Q30 }", "A plain triple needs"),
    "nested plain triple": ("INSERT DATA { wd:Q423 rel:supports wd:Q159 }", "A plain triple needs"),
    "hoped plain triple": ("INSERT DATA { wd:Q79 rel:hosts wd:Q43 }", "A plain triple needs"),
    "rejected plain triple": ("INSERT DATA { wd:Q79 rel:praises wd:Q43 }", "A plain triple needs"),
    "missing plain triple": ("DELETE DATA { wd:Q58217 rel:warns wd:Q30 }", "must stand as a plain triple"),
    "other words": (
        f'DELETE {{ ?e oa:exact ?x }} INSERT {{ ?e oa:exact "غير ذلك"@ar }}'
        f" WHERE {{ {WARNS} oa:hasSelector ?e . ?e oa:exact ?x }}",
        "The evidence must be the article's characters",
    ),
    "object without its span": (f"DELETE WHERE {{ {WARNS} qawl:object_span ?s }}", "each come with their span"),
    "content without its span": (f"DELETE WHERE {{ {SAYS} qawl:content_span ?s }}", "each come with their span"),
    "attributed to another article's claim": (
        f"DELETE {{ {SUPPORTS} qawl:attributed_to ?p }} INSERT {{ {SUPPORTS} qawl:attributed_to {HOSTS} }}"
        f" WHERE {{ {SUPPORTS} qawl:attributed_to ?p }}",
        "stand in the same article",
    ),
    "attributed to nothing": (
        f"DELETE {{ {SUPPORTS} qawl:attributed_to ?p }} INSERT {{ {SUPPORTS} qawl:attributed_to claim:none }}"
        f" WHERE {{ {SUPPORTS} qawl:attributed_to ?p }}",
        "qawl:attributed_to",
    ),
    "unknown decision": (f'INSERT DATA {{ claim:{REJECTED} qawl:decision "maybe" }}', "qawl:decision"),
    "entity without a label": ("DELETE WHERE { wd:Q30 rdfs:label ?l }", "rdfs:label"),
    "unknown kind": ('INSERT DATA { wd:Q30 qawl:kind "planet" }', "qawl:kind"),
    "article without text": ("DELETE WHERE { ?a schema:articleBody ?b }", "schema:articleBody"),
    "span that is none": (f"INSERT DATA {{ {MEETS} qawl:cue_span article:x }}", "qawl:cue_span"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_graph_is_refused(view, name):
    update, message = BROKEN[name]
    graph = graph_of(view)
    before = set(graph)
    graph.update(update, initNs=IRIS.prefixes)

    conforms, _, text = report(graph)

    assert before != set(graph)
    assert not conforms
    assert message in text
