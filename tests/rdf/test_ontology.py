"""The checked-in ontology and shapes are what the generator gives, and describe every term the graph uses."""

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from data import resource
from graph.exports.rdf import graph_triples
from graph.ontology import ontology_turtle, shapes_turtle
from graph.rdf import Iris
from graph.relations import relations

IRIS = Iris()
REL = rdflib.Namespace(IRIS.prefixes["rel"])
QAWL = rdflib.Namespace(IRIS.prefixes["qawl"])


def ontology(iris=IRIS):
    return rdflib.Graph().parse(data=ontology_turtle(iris), format="turtle")


def test_checked_in_files_are_current():
    """Run ``python -m graph.ontology`` when this fails."""
    assert ontology_turtle(IRIS) == resource("ontology", "qawl.ttl").read_text(encoding="utf-8")
    assert shapes_turtle(IRIS) == resource("ontology", "shapes.ttl").read_text(encoding="utf-8")


def test_ontology_has_no_blank_nodes():
    assert not any(isinstance(term, rdflib.BNode) for triple in ontology() for term in triple)


def test_relation_is_a_property_and_a_concept_with_its_codes():
    graph, warns = ontology(), REL.warns

    assert {OWL.ObjectProperty, QAWL.Relation} == set(graph.objects(warns, RDF.type))
    assert {rdflib.Literal("warns", "en"), rdflib.Literal("يحذر", "ar")} == set(graph.objects(warns, RDFS.label))
    assert rdflib.Literal("130") == graph.value(graph.value(warns, SKOS.broadMatch), SKOS.notation)
    assert -4.4 == float(graph.value(warns, QAWL.goldstein))
    assert len(relations()) == len(set(graph.subjects(RDF.type, QAWL.Relation)))


def test_inverses_and_symmetry_are_those_of_the_list():
    graph = ontology()
    symmetric = {REL[r.id] for r in relations().values() if r.inverse == r.id}
    inverses = {(REL[r.id], REL[r.inverse]) for r in relations().values() if r.inverse and r.inverse != r.id}

    assert symmetric == set(graph.subjects(RDF.type, OWL.SymmetricProperty))
    assert inverses == set(graph.subject_objects(OWL.inverseOf))


def test_every_term_of_the_graph_is_described(view):
    described = {str(subject) for subject in ontology().subjects()}
    nodes = {t.predicate.value for t in graph_triples(view, IRIS)}
    nodes |= {t.object.value for t in graph_triples(view, IRIS) if t.predicate == IRIS.term("rdf:type")}
    ours = {node for node in nodes if node.startswith(IRIS.base)}

    assert QAWL.confidence in {rdflib.URIRef(node) for node in ours}
    assert ours <= described


def test_other_base_moves_the_terms():
    iris = Iris("https://example.org/")

    assert (rdflib.URIRef("https://example.org/relation/warns"), RDF.type, OWL.ObjectProperty) in ontology(iris)
    assert "urn:qawl" not in ontology_turtle(iris) + shapes_turtle(iris)
