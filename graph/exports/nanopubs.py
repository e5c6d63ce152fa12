"""Nanopublications: for each claim an assertion, its provenance and the publication's own information, as TriG.

Each has four named graphs under ``nanopub:CLAIM#``: ``Head``, ``assertion``, ``provenance`` and ``pubinfo``
(https://nanopub.net/guidelines/working_draft/). They hold no clock time, and the sentence but not
the article's text.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode

from graph.ledger import LedgerClaim, LedgerView
from graph.rdf import Iris, Triple, date_literal, evidence_triples, plain_triple, statement_triples
from graph.turtle import TurtleWriter

_NP = "http://www.nanopub.org/nschema#"
# What the assertion says of the claim; who says that it says so is provenance.
_ASSERTED = (
    *("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object"),
    *("qawl:negated", "qawl:modality", "qawl:attributed_to", "qawl:content_text"),
)


def write_nanopubs(view: LedgerView, iris: Iris, out: BinaryIO) -> None:
    """One nanopublication for each claim."""
    pubs = iris.prefixes["claim"].replace("claim", "nanopub")
    writer = TurtleWriter(iris.prefixes | {"np": _NP, "nanopub": pubs})
    out.write(writer.header().encode())
    for reported in view.claims():
        out.writelines(
            block.encode() for block in _nanopub(reported, iris, NamedNode(pubs + reported.claim.id), writer)
        )


def _nanopub(reported: LedgerClaim, iris: Iris, pub: NamedNode, writer: TurtleWriter) -> Iterator[str]:
    names = ("Head", "assertion", "provenance", "pubinfo")
    head, assertion, provenance, info = (NamedNode(f"{pub.value}#{name}") for name in names)
    parts = zip(("hasAssertion", "hasProvenance", "hasPublicationInfo"), (assertion, provenance, info), strict=True)
    asserted, origin = _divided(reported, iris)
    for graph, triples in (
        (head, [_type(iris, pub), *(Triple(pub, NamedNode(_NP + name), part) for name, part in parts)]),
        (assertion, asserted),
        (provenance, [*_origin(reported, iris, assertion), *origin]),
        (info, _information(reported, iris, pub)),
    ):
        yield f"\n{writer.term(graph)} {{"
        yield from writer.blocks(triples)
        yield "}\n"


def _type(iris: Iris, pub: NamedNode) -> Triple:
    return Triple(pub, iris.term("rdf:type"), NamedNode(_NP + "Nanopublication"))


def _divided(reported: LedgerClaim, iris: Iris) -> tuple[list[Triple], list[Triple]]:
    """The claim's triples: what is asserted (with the plain triple, where there is one), and where it comes from."""
    asserted = {iris.term(name) for name in _ASSERTED}
    triples = list(statement_triples(reported, iris))
    plain = plain_triple(reported, iris)
    return (
        [*(triple for triple in triples if triple.predicate in asserted), *([plain] if plain else [])],
        [*(triple for triple in triples if triple.predicate not in asserted), *evidence_triples(reported, iris)],
    )


def _origin(reported: LedgerClaim, iris: Iris, assertion: NamedNode) -> Iterable[Triple]:
    """The assertion comes from the article, which is described without its text."""
    article = reported.article
    node = iris.article(article.id)
    yield Triple(assertion, iris.term("prov:wasDerivedFrom"), node)
    for name, value in (
        ("rdf:type", iris.term("schema:NewsArticle")),
        ("schema:url", Literal(article.url, datatype=iris.term("xsd:anyURI")) if article.url else None),
        ("schema:headline", Literal(article.title, language=article.language) if article.title else None),
        ("schema:publisher", Literal(article.outlet) if article.outlet else None),
        ("schema:datePublished", date_literal(iris, article.published) if article.published else None),
    ):
        if value is not None:
            yield Triple(node, iris.term(name), value)


def _information(reported: LedgerClaim, iris: Iris, pub: NamedNode) -> Iterable[Triple]:
    """What made the publication, and of what."""
    yield Triple(pub, iris.term("prov:wasDerivedFrom"), iris.claim(reported.claim.id))
    yield Triple(pub, iris.term("qawl:extractor"), Literal(reported.claim.extractor))
    if reported.decision:
        yield Triple(pub, iris.term("qawl:decision"), Literal(reported.decision))
