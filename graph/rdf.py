"""Claims, entities and articles as RDF triples of the default graph.

Every node has an IRI derived from content: no blank nodes, no clock times, so the same articles give the same
triples. ``docs/ontology.md`` shows a claim in Turtle; ``data/ontology/qawl.ttl`` describes every term.

The exact characters of a text are IRIs too: the article's IRI with the fragment ``#char=START,END`` of RFC 5147,
which counts as our spans do (0-based, end exclusive). A claim has one triple for each of its spans that way. The
evidence is also described with the selectors of the Web Annotation vocabulary, once for all claims of a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from graph.articles import Article
from graph.claims import Entity, Span
from graph.errors import DataError
from graph.ledger import LedgerClaim, LedgerView
from graph.ledger.actors import SeenActor

VOCABULARIES = {
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Namespaces of others, by prefix; those of the workspace are in :attr:`Iris.prefixes`."""

KIND_CLASSES = {
    "person": "schema:Person",
    "country": "schema:Country",
    "organization": "schema:Organization",
    "group": "qawl:Group",
    "place": "schema:Place",
}
"""The class of an entity, by its kind."""

_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_SPAN = re.compile(r"#char=([0-9]+),([0-9]+)$")
# What may stand unescaped in an IRI's last segment: letters and digits of every script (RFC 3987), and these.
_ESCAPED = re.compile(r"[^\w.~-]")
_DATE_TYPES = {10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}


@dataclass(frozen=True)
class Iris:
    """Makes the IRIs of a workspace from its base, such as ``urn:qawl:`` or ``https://example.org/qawl/``.

    Raises:
        DataError: the base is no absolute IRI or has a fragment.
    """

    base: str = "urn:qawl:"

    def __post_init__(self) -> None:
        if "#" in self.base or not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", self.base):
            raise DataError(f"base IRI {self.base!r}: give an absolute IRI without '#', such as 'urn:qawl:'")
        try:
            NamedNode(self.base + "x")
        except ValueError as error:
            raise DataError(f"base IRI {self.base!r}: {error}") from None

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Every namespace by its prefix, sorted by prefix: ours, made from the base, and :data:`VOCABULARIES`."""
        separator = ":" if self.base.startswith("urn:") else "/"
        base = self.base if self.base.endswith(separator) else self.base + separator
        folders = {"article": "article", "claim": "claim", "ent": "entity", "qawl": "ontology", "rel": "relation"}
        ours = {prefix: f"{base}{folder}{separator}" for prefix, folder in folders.items()}
        return dict(sorted((ours | VOCABULARIES).items()))

    def term(self, name: str) -> NamedNode:
        """The node of a prefixed name: ``qawl:negated``, ``rel:warns``, ``rdf:type``."""
        return self._terms.get(name) or self._terms.setdefault(name, self._node(*name.split(":", 1)))

    def entity(self, id: str) -> NamedNode:
        """An entity's node: Wikidata's own IRI where the id is one of Wikidata's."""
        return self._node("wd" if _WIKIDATA.fullmatch(id) else "ent", _escape(id))

    def entity_id(self, iri: str) -> str:
        """The id of the entity whose node has this IRI."""
        return unquote(iri.removeprefix(self.prefixes["wd"]).removeprefix(self.prefixes["ent"]))

    def claim(self, id: str) -> NamedNode:
        """A claim's node."""
        return self._node("claim", id)

    def article(self, id: str) -> NamedNode:
        """An article's node."""
        return self._node("article", id)

    def relation(self, id: str) -> NamedNode:
        """A relation's node, which is the property of the plain triples."""
        return self.term(f"rel:{id}")

    def span(self, article_id: str, span: Span) -> NamedNode:
        """The node of some characters of an article."""
        return self._node("article", f"{article_id}#char={span.start},{span.end}")

    @cached_property
    def _terms(self) -> dict[str, NamedNode]:
        return {}

    def _node(self, prefix: str, local: str) -> NamedNode:
        return NamedNode(self.prefixes[prefix] + local)


def span_offsets(iri: str) -> tuple[int, int]:
    """Start and end of the characters that a span's IRI stands for (code points, end exclusive).

    Raises:
        DataError: the IRI is not that of a span.
    """
    found = _SPAN.search(iri)
    if not found:
        raise DataError(f"{iri!r} does not end in '#char=START,END'")
    return int(found[1]), int(found[2])


# --- what is said of each thing ----------------------------------------------------------------------------


class Triple(NamedTuple):
    """A subject, a predicate and an object. pyoxigraph's own takes five times as long to make."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal

    def __str__(self) -> str:
        """As N-Triples writes it, without the full stop."""
        return f"{self[0]} {self[1]} {self[2]}"


_Value = NamedNode | Literal | None


def article_triples(article: Article, iris: Iris) -> Iterator[Triple]:
    """An article with its text, which the spans count in."""
    title, published = article.title, article.published
    yield from _triples(
        iris,
        iris.article(article.id),
        ("rdf:type", iris.term("schema:NewsArticle")),
        ("qawl:id", Literal(article.id)),
        ("schema:url", Literal(article.url, datatype=iris.term("xsd:anyURI")) if article.url else None),
        ("schema:headline", Literal(title, language=article.language) if title else None),
        ("schema:publisher", _text(article.outlet)),
        ("schema:datePublished", date_literal(iris, published) if published else None),
        ("schema:inLanguage", Literal(article.language)),
        ("schema:articleBody", Literal(article.text, language=article.language)),
    )


def entity_triples(entity: Entity, iris: Iris) -> Iterator[Triple]:
    """An entity with its labels, its kind as a class and as a word, its country, sector and office."""
    labels = (("en", entity.label_en), ("ar", entity.label_ar))
    yield from _triples(
        iris,
        iris.entity(entity.id),
        ("rdf:type", iris.term("qawl:Entity")),
        ("rdf:type", iris.term(KIND_CLASSES[entity.kind])),
        *(("rdfs:label", Literal(label, language=tag)) for tag, label in labels if label),
        *(("skos:prefLabel", Literal(label, language=tag)) for tag, label in labels if label),
        ("qawl:id", Literal(entity.id)),
        ("qawl:label_en", _text(entity.label_en)),
        ("qawl:label_ar", _text(entity.label_ar)),
        ("qawl:kind", Literal(entity.kind)),
        ("qawl:country", _text(entity.country)),
        ("qawl:sector", _text(entity.sector)),
        ("qawl:office", _text(entity.office)),
    )


def actor_triples(actor: SeenActor, iris: Iris) -> Iterator[Triple]:
    """An entity, the words that stood for it in articles, and the ids that people merged into its own.

    An alias that is also a label is left out, as SKOS wants it.
    """
    entity = actor.entity
    labels = {("en", entity.label_en), ("ar", entity.label_ar)}
    aliases = dict.fromkeys((alias.language, alias.text) for alias in actor.aliases)
    yield from entity_triples(entity, iris)
    yield from _triples(
        iris,
        iris.entity(entity.id),
        *(("skos:altLabel", Literal(text, language=tag)) for tag, text in aliases if (tag, text) not in labels),
        *(("owl:sameAs", iris.entity(merged)) for merged in actor.merged),
    )


def claim_triples(reported: LedgerClaim, iris: Iris) -> Iterator[Triple]:
    """A claim's node and its evidence; claims of one sentence of an article repeat the evidence's triples."""
    yield from statement_triples(reported, iris)
    yield from evidence_triples(reported, iris)


def statement_triples(reported: LedgerClaim, iris: Iris) -> Iterator[Triple]:
    """A claim's node alone: 12 to 20 triples.

    The words of cue, subject and object are the article's characters at their spans and are not repeated; what is
    said is, since queries ask for it.
    """
    claim, article = reported.claim, reported.article
    content, parent, published = claim.content, claim.attributed_to, article.published
    yield from _triples(
        iris,
        iris.claim(claim.id),
        ("rdf:type", iris.term("rdf:Statement")),
        ("rdf:type", iris.term("schema:Claim")),
        ("rdf:subject", iris.entity(claim.subject.entity.id)),
        ("rdf:predicate", iris.relation(claim.relation.id)),
        ("rdf:object", iris.entity(claim.object.entity.id) if claim.object else None),
        ("qawl:attributed_to", iris.claim(parent) if parent else None),
        ("qawl:negated", Literal(claim.negated)),
        ("qawl:modality", Literal(claim.modality)),
        ("qawl:confidence", _decimal(iris, claim.confidence)),
        ("qawl:date", date_literal(iris, published) if published else None),
        ("qawl:decision", _text(reported.decision)),
        ("qawl:extractor", Literal(claim.extractor)),
        ("qawl:content_text", Literal(content.span.text, language=claim.language) if content else None),
        ("qawl:quoted", Literal(content.quoted) if content else None),
        ("qawl:cue_span", iris.span(article.id, claim.cue)),
        ("qawl:subject_span", iris.span(article.id, claim.subject.span)),
        ("qawl:object_span", iris.span(article.id, claim.object.span) if claim.object else None),
        ("qawl:content_span", iris.span(article.id, content.span) if content else None),
        ("prov:wasDerivedFrom", iris.article(article.id)),
        ("oa:hasSelector", iris.span(article.id, claim.evidence)),
    )


def reference_triples(reported: LedgerClaim, iris: Iris) -> Iterator[Triple]:
    """A claim that others are attributed to and that is itself left out: who says it, and where."""
    claim, parent = reported.claim, reported.claim.attributed_to
    yield from _triples(
        iris,
        iris.claim(claim.id),
        ("rdf:type", iris.term("schema:Claim")),
        ("rdf:subject", iris.entity(claim.subject.entity.id)),
        ("rdf:predicate", iris.relation(claim.relation.id)),
        ("qawl:attributed_to", iris.claim(parent) if parent else None),
        ("prov:wasDerivedFrom", iris.article(reported.article.id)),
    )


def evidence_triples(reported: LedgerClaim, iris: Iris) -> Iterator[Triple]:
    """The Web Annotation selectors of the sentence that a claim was read from: by position and by quotation."""
    evidence = reported.claim.evidence
    yield from _triples(
        iris,
        iris.span(reported.article.id, evidence),
        ("rdf:type", iris.term("oa:TextPositionSelector")),
        ("rdf:type", iris.term("oa:TextQuoteSelector")),
        ("oa:start", Literal(evidence.start)),
        ("oa:end", Literal(evidence.end)),
        ("oa:exact", Literal(evidence.text, language=reported.claim.language)),
    )


def plain_triple(reported: LedgerClaim, iris: Iris) -> Triple | None:
    """``:Lavrov rel:warns :UnitedStates``, for a claim that the graph may state as a fact and that nobody rejected."""
    claim = reported.claim
    if not claim.object or not claim.stated_as_fact or reported.decision == "rejected":
        return None
    subject, object_ = iris.entity(claim.subject.entity.id), iris.entity(claim.object.entity.id)
    return Triple(subject, iris.relation(claim.relation.id), object_)


def view_triples(view: LedgerView, iris: Iris) -> Iterator[Triple]:
    """Every triple of the graph, some of them more than once; nothing is held in memory."""
    for actor in view.actors():
        yield from actor_triples(actor, iris)
    for article in view.articles():
        yield from article_triples(article, iris)
    before = None
    for reported in view.claims():
        sentence = reported.article.id, reported.claim.evidence
        yield from statement_triples(reported, iris)
        if sentence != before:
            yield from evidence_triples(reported, iris)
        if triple := plain_triple(reported, iris):
            yield triple
        before = sentence


def date_literal(iris: Iris, text: str) -> Literal:
    """An ISO 8601 date as ``xsd:date``, a month or year as its own type, anything else as a plain string."""
    try:
        date.fromisoformat(text + "2000-01-01"[len(text) :])
        return Literal(text, datatype=iris.term(_DATE_TYPES[len(text)]))
    except (ValueError, KeyError):
        return Literal(text)


def _triples(iris: Iris, subject: NamedNode, *pairs: tuple[str, _Value]) -> Iterator[Triple]:
    return (Triple(subject, iris.term(name), value) for name, value in pairs if value is not None)


def _text(value: str | None) -> Literal | None:
    return Literal(value) if value else None


def _decimal(iris: Iris, number: float) -> Literal:
    # The shortest digits that give the number back, never in the notation with an exponent. 1 is 1.0: Jena gives a
    # stored 1 back as 1.0, and then cannot delete what it has so found.
    return Literal(f"{Decimal(repr(number)):f}", datatype=iris.term("xsd:decimal"))


def _escape(id: str) -> str:
    return _ESCAPED.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), id)
