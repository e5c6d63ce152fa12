"""The ontology and the SHACL shapes, generated from ``data/relations.csv`` and the terms in ``data/ontology/``.

``python -m graph.ontology`` rewrites ``data/ontology/qawl.ttl`` and ``data/ontology/shapes.ttl``; a test fails when
they differ from what this module gives. A workspace with a base IRI of its own has the same terms under that base:
:func:`ontology_turtle` and :func:`shapes_turtle` give them.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

import data
from graph.claims import ENTITY_KINDS, MODALITIES
from graph.rdf import Iris, Triple
from graph.relations import Relation, relations
from graph.turtle import TurtleWriter

Pair = tuple[str, NamedNode | Literal | None]


def ontology_triples(iris: Iris) -> Iterator[Triple]:
    """Our classes and properties, the relations as a SKOS scheme and the CAMEO codes they map to.

    Grouped by subject. Each relation is a property (that of the plain triples) and a concept at once.
    """
    yield from _ontology_itself(iris)
    with data.resource("ontology", "terms.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            yield from _term_triples(iris, row)
    for relation in relations().values():
        yield from _relation_triples(iris, relation)
    for code in sorted({relation.cameo for relation in relations().values()}):
        yield from _cameo_triples(iris, code)


def ontology_turtle(iris: Iris) -> str:
    """The ontology as Turtle, the content of ``data/ontology/qawl.ttl`` for the default base."""
    writer = TurtleWriter(iris.prefixes)
    return writer.header() + "".join(writer.blocks(ontology_triples(iris)))


def shapes_turtle(iris: Iris) -> str:
    """The SHACL shapes as Turtle, the content of ``data/ontology/shapes.ttl`` for the default base."""
    text = data.resource("ontology", "shapes.template.ttl").read_text(encoding="utf-8")
    for name, value in {
        "PREFIXES": TurtleWriter(iris.prefixes).header().strip(),
        "DECLARATIONS": _declarations(iris),
        "RELATIONS": " ".join(f"rel:{relation}" for relation in relations()),
        "MODALITIES": _strings(MODALITIES),
        "KINDS": _strings(ENTITY_KINDS),
    }.items():
        text = text.replace(f"@@{name}@@", value)
    return text


def _ontology_itself(iris: Iris) -> Iterator[Triple]:
    node = NamedNode(iris.prefixes["qawl"][:-1])
    label = "Qawl: political claims, with who vouches for them and the words they were read from"
    yield Triple(node, iris.term("rdf:type"), iris.term("owl:Ontology"))
    yield Triple(node, iris.term("rdfs:label"), Literal(label, language="en"))


def _term_triples(iris: Iris, row: dict[str, str]) -> Iterator[Triple]:
    parent = {"owl:Class": "rdfs:subClassOf"}.get(row["type"], "rdfs:subPropertyOf")
    return _triples(
        iris,
        f"qawl:{row['name']}",
        ("rdf:type", iris.term(row["type"])),
        ("rdfs:label", Literal(row["name"].replace("_", " "), language="en")),
        (parent, _optional(iris, row["parent"])),
        ("rdfs:domain", _optional(iris, row["domain"])),
        ("rdfs:range", _optional(iris, row["range"])),
        ("skos:topConceptOf", iris.term("qawl:relations") if row["type"] == "skos:Concept" else None),
        ("rdfs:comment", Literal(row["definition"], language="en")),
    )


def _relation_triples(iris: Iris, relation: Relation) -> Iterator[Triple]:
    symmetric = relation.inverse == relation.id
    labels = [Literal(relation.label_en, language="en"), Literal(relation.label_ar, language="ar")]
    return _triples(
        iris,
        f"rel:{relation.id}",
        ("rdf:type", iris.term("owl:ObjectProperty")),
        ("rdf:type", iris.term("owl:SymmetricProperty") if symmetric else None),
        ("rdf:type", iris.term("qawl:Relation")),
        *(("rdfs:label", label) for label in labels),
        ("rdfs:comment", Literal(relation.definition, language="en")),
        ("rdfs:subPropertyOf", iris.term("qawl:relates")),
        ("owl:inverseOf", iris.relation(relation.inverse) if relation.inverse and not symmetric else None),
        ("skos:inScheme", iris.term("qawl:relations")),
        ("skos:broader", iris.term(f"qawl:{relation.kind}")),
        *(("skos:prefLabel", label) for label in labels),
        # Not exactMatch: one code often stands for several relations (criticises and condemns are both 111).
        ("skos:broadMatch", _cameo(iris, relation.cameo)),
        ("qawl:cameo", Literal(relation.cameo)),
        ("qawl:plover", Literal(relation.plover) if relation.plover else None),
        ("qawl:quad_class", Literal(relation.quad_class)),
        ("qawl:goldstein", Literal(str(relation.goldstein), datatype=iris.term("xsd:decimal"))),
    )


def _cameo_triples(iris: Iris, code: str) -> Iterator[Triple]:
    return _triples(
        iris,
        f"qawl:cameo_{code}",
        ("rdf:type", iris.term("skos:Concept")),
        ("skos:inScheme", iris.term("qawl:cameo_codes")),
        ("skos:notation", Literal(code)),
        ("skos:prefLabel", Literal(f"CAMEO {code}", language="en")),
    )


def _cameo(iris: Iris, code: str) -> NamedNode:
    return iris.term(f"qawl:cameo_{code}")


def _triples(iris: Iris, subject: str, *pairs: Pair) -> Iterator[Triple]:
    node = iris.term(subject)
    return (Triple(node, iris.term(name), value) for name, value in pairs if value is not None)


def _optional(iris: Iris, name: str) -> NamedNode | None:
    return iris.term(name) if name else None


def _strings(words: Iterable[str]) -> str:
    return " ".join(f'"{word}"' for word in words)


def _declarations(iris: Iris) -> str:
    pairs = (f'[ sh:prefix "{p}" ; sh:namespace "{n}"^^xsd:anyURI ]' for p, n in iris.prefixes.items())
    return "    sh:declare\n        " + ",\n        ".join(pairs)


def main() -> None:
    """Rewrite the checked-in files, in the package that is imported: run it from the checkout."""
    folder, iris = Path(data.__file__).parent / "ontology", Iris()
    for name, text in {"qawl.ttl": ontology_turtle(iris), "shapes.ttl": shapes_turtle(iris)}.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
