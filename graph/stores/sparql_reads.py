"""The reads of an RDF graph in SPARQL 1.1, the same for every engine that speaks it.

Queries are constants; ``{where}`` takes the pattern that leaves the claims of a filter (:func:`_pattern`). Values are
written as pyoxigraph's own terms, which escape themselves. A query gives the nodes in their order and their
numbers, and :data:`DESCRIBED` their properties; the mapping is that of :mod:`graph.rdf`.
"""

import re
from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.articles import Article
from graph.claims import Claim, Content, Entity, Mention, Span
from graph.ledger import ArticleInfo, LedgerClaim
from graph.rdf import Iris, span_offsets
from graph.relations import relations
from graph.stores.base import EVERYTHING, ClaimFilter, Counts, Edge, Store, Unit, entity_from
from graph.stores.folding import fold, folded_in_sparql
from graph.stores.rows import sparql_value

_NOT_REJECTED = 'FILTER NOT EXISTS { ?c qawl:decision "rejected" }'
_ENDS = "rdf:subject|rdf:object"

COUNTS = {
    "articles": "SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }",
    "claims": "SELECT (COUNT(*) AS ?n) { ?c a schema:Claim }",
    "entities": "SELECT (COUNT(*) AS ?n) { ?e a qawl:Entity }",
    "edges": f"SELECT (COUNT(*) AS ?n) {{ ?c a schema:Claim ; rdf:object ?o {_NOT_REJECTED} }}",
}
TOP_ACTORS = f"""
SELECT ?e (COUNT(DISTINCT ?c) AS ?claims) {{ {{where}} ?c {_ENDS} ?e . ?e qawl:id ?id }}
GROUP BY ?e ?id ORDER BY DESC(?claims) ?id LIMIT {{limit}}
"""
RELATION_MIX = """
SELECT ?r (COUNT(?c) AS ?claims) { {where} ?c rdf:predicate ?r } GROUP BY ?r ORDER BY DESC(?claims) ?r
"""
TIMELINE = """
SELECT ?day (COUNT(?c) AS ?claims) { {where} ?c qawl:date ?day FILTER(DATATYPE(?day) = xsd:date) } GROUP BY ?day
"""
DAILY_MIX = """
SELECT ?day ?r (COUNT(?c) AS ?claims) {
  {where} ?c qawl:date ?day ; rdf:predicate ?r FILTER(DATATYPE(?day) = xsd:date)
} GROUP BY ?day ?r
"""
SEARCH_ACTORS = f"""
SELECT ?e {{
  {{ SELECT ?e ?id (COUNT(DISTINCT ?c) AS ?claims) (MIN(?part) AS ?rank) {{
    ?e qawl:id ?id ; qawl:label_en|qawl:label_ar ?label
    BIND({folded_in_sparql("?label")} AS ?folded)
    FILTER(CONTAINS(?folded, {{text}})) BIND(IF(?folded = {{text}}, 0, 1) AS ?part)
    OPTIONAL {{ ?c {_ENDS} ?e {_NOT_REJECTED} }}
  }} GROUP BY ?e ?id }}
}} ORDER BY ?rank DESC(?claims) ?id LIMIT {{limit}}
"""
EDGES = """
SELECT ?s ?r ?o (COUNT(?c) AS ?claims) (SUM(?plain) AS ?asserted) {
  {where} ?c rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o ; qawl:negated ?negated ; qawl:modality ?modality .
  ?s qawl:id ?from . ?o qawl:id ?to
  BIND(IF(!?negated && ?modality = "asserted" && NOT EXISTS { ?c qawl:attributed_to ?by }, 1, 0) AS ?plain)
} GROUP BY ?s ?r ?o ?from ?to ORDER BY DESC(?claims) ?from ?r ?to LIMIT {limit}
"""
CLAIMS = """
SELECT ?c {
  {where} ?c prov:wasDerivedFrom ?a ; qawl:cue_span ?cue
  OPTIONAL { ?c qawl:date ?day FILTER(DATATYPE(?day) = xsd:date) }
  BIND(xsd:integer(STRBEFORE(STRAFTER(STR(?cue), "#char="), ",")) AS ?start)
} ORDER BY DESC(?day) ?a ?start ?c LIMIT {limit} OFFSET {offset}
"""
DESCRIBED = "SELECT ?node ?property ?value { VALUES ?node { {nodes} } ?node ?property ?value }"
OUTLETS = "SELECT DISTINCT ?outlet { ?a a schema:NewsArticle ; schema:publisher ?outlet }"
CLAIM_ROWS = """
SELECT ?c ?a ?s ?r ?o ?by ?negated ?modality ?confidence ?decision ?words {
  ?c a schema:Claim ; prov:wasDerivedFrom ?a ; rdf:subject ?s ; rdf:predicate ?r ; qawl:negated ?negated ;
    qawl:modality ?modality ; qawl:confidence ?confidence ; oa:hasSelector ?evidence . ?evidence oa:exact ?words
  OPTIONAL { ?c rdf:object ?o } OPTIONAL { ?c qawl:attributed_to ?by } OPTIONAL { ?c qawl:decision ?decision }
}
"""
LANGUAGES = "SELECT DISTINCT ?language { ?a a schema:NewsArticle ; schema:inLanguage ?language }"

_PLACE = re.compile(r"\{(where|text|nodes|limit|offset)\}")

# The properties of one node by prefixed name; of a property with several values one, none of which is read here.
Properties = dict[str, Any]


class SparqlReads(Store):
    """A store asked in SPARQL: an engine gives :meth:`_solutions`, everything else follows."""

    def __init__(self, iris: Iris) -> None:
        self._iris = iris

    @abstractmethod
    def _solutions(self, query: str) -> Iterable[Iterable[Any]]:
        """The solutions of one of our SELECT queries, in pyoxigraph's terms; the prefixes are known."""

    def counts(self) -> Counts:
        return Counts(**{name: self._select(query)[0][0] for name, query in COUNTS.items()})

    def top_actors(self, where: ClaimFilter = EVERYTHING, limit: int = 20) -> list[tuple[Entity, int]]:
        rows = self._filtered(TOP_ACTORS, where, limit=limit)
        entities = self._entities(iri for iri, _ in rows)
        return [(entities[iri], claims) for iri, claims in rows]

    def relation_mix(self, where: ClaimFilter = EVERYTHING) -> list[tuple[str, int]]:
        return [(self._local("rel", iri), claims) for iri, claims in self._filtered(RELATION_MIX, where)]

    def timeline(self, where: ClaimFilter = EVERYTHING, unit: Unit = "month") -> list[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for day, claims in self._filtered(TIMELINE, where):
            counts[str(day)[: 10 if unit == "day" else 7]] += claims
        return sorted(counts.items())

    def daily_mix(self, where: ClaimFilter = EVERYTHING) -> list[tuple[str, str, int]]:
        rows = self._filtered(DAILY_MIX, where)
        return sorted((str(day), self._local("rel", relation), claims) for day, relation, claims in rows)

    def search_actors(self, text: str, limit: int = 20) -> list[Entity]:
        rows = self._select(SEARCH_ACTORS, text=str(Literal(fold(text))), limit=limit)
        entities = self._entities(iri for (iri,) in rows)
        return [entities[iri] for (iri,) in rows]

    def entity(self, entity_id: str) -> Entity | None:
        return next(iter(self._entities([self._iris.entity(entity_id).value]).values()), None)

    def edges(self, where: ClaimFilter = EVERYTHING, limit: int = 300) -> list[Edge]:
        rows = self._filtered(EDGES, where, limit=limit)
        entities = self._entities(iri for s, _, o, _, _ in rows for iri in (s, o))
        return [Edge(entities[s], self._local("rel", r), entities[o], claims, plain) for s, r, o, claims, plain in rows]

    def claims(self, where: ClaimFilter = EVERYTHING, limit: int = 50, offset: int = 0) -> list[LedgerClaim]:
        return self._claims(iri for (iri,) in self._filtered(CLAIMS, where, limit=limit, offset=offset))

    def claim(self, claim_id: str) -> LedgerClaim | None:
        return next(iter(self._claims(_valid(self._iris.prefixes["claim"] + claim_id))), None)

    def article(self, article_id: str) -> Article | None:
        nodes = self._described(_valid(self._iris.prefixes["article"] + article_id))
        return next((_article(node) for node in nodes.values()), None)

    def outlets(self) -> list[str]:
        return sorted(outlet for (outlet,) in self._select(OUTLETS))

    def languages(self) -> list[str]:
        return sorted(language for (language,) in self._select(LANGUAGES))

    def claim_rows(self) -> Iterator[tuple[Any, ...]]:
        for row in self._solutions(CLAIM_ROWS):
            *named, negated, modality, confidence, decision, words = map(sparql_value, row)
            claim, article, subject, relation, object_, voucher = (node and str(node) for node in named)
            yield (
                self._local("claim", claim),
                self._local("article", article),
                self._iris.entity_id(subject),
                self._local("rel", relation),
                object_ and self._iris.entity_id(object_),
                voucher and self._local("claim", voucher),
                negated,
                modality,
                confidence,
                decision,
                words,
            )

    # --- asking ------------------------------------------------------------------------------------------------

    def _filtered(self, query: str, where: ClaimFilter, **values: Any) -> list[tuple[Any, ...]]:
        return self._select(query, where=_pattern(where, self._iris), **values)

    def _select(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        # In one pass, so that nothing inside a value is taken for a place of the query.
        filled = _PLACE.sub(lambda place: str(values[place[1]]), query)
        return [tuple(map(sparql_value, row)) for row in self._solutions(filled)]

    def _described(self, iris: Iterable[str]) -> dict[str, Properties]:
        """The properties of nodes by IRI, in the order given; those that the graph does not hold are absent."""
        nodes = list(dict.fromkeys(iris))
        found: dict[str, Properties] = defaultdict(dict)
        values = " ".join(str(NamedNode(iri)) for iri in nodes)
        for node, name, value in self._select(DESCRIBED, nodes=values):
            found[node][self._short(name)] = value
        return {iri: found[iri] for iri in nodes if iri in found}

    def _entities(self, iris: Iterable[str]) -> dict[str, Entity]:
        return {iri: _entity(node) for iri, node in self._described(iris).items() if "qawl:kind" in node}

    def _claims(self, iris: Iterable[str]) -> list[LedgerClaim]:
        nodes = {iri: node for iri, node in self._described(iris).items() if "qawl:cue_span" in node}
        entities = self._entities(node[end] for node in nodes.values() for end in _ROLES if end in node)
        articles = {
            iri: _article(node)
            for iri, node in self._described(node["prov:wasDerivedFrom"] for node in nodes.values()).items()
        }
        return [self._claim(iri, node, entities, articles[node["prov:wasDerivedFrom"]]) for iri, node in nodes.items()]

    def _claim(self, iri: str, node: Properties, entities: dict[str, Entity], article: Article) -> LedgerClaim:
        def mention(role: str) -> Mention | None:
            return Mention(_span(article, node[_ROLES[role]]), entities[node[role]]) if role in node else None

        subject = mention("rdf:subject")
        assert subject  # noqa: S101  # the mapping gives every claim one
        content, parent = node.get("qawl:content_span"), node.get("qawl:attributed_to")
        claim = Claim(
            id=self._local("claim", iri),
            document=article.id,
            language=article.language,
            evidence=_span(article, node["oa:hasSelector"]),
            subject=subject,
            relation=relations()[self._local("rel", node["rdf:predicate"])],
            cue=_span(article, node["qawl:cue_span"]),
            object=mention("rdf:object"),
            content=Content(_span(article, content), node["qawl:quoted"]) if content else None,
            attributed_to=self._local("claim", parent) if parent else None,
            negated=node["qawl:negated"],
            modality=node["qawl:modality"],
            confidence=float(node["qawl:confidence"]),
            extractor=node["qawl:extractor"],
        )
        return LedgerClaim(claim, _info(article), node.get("qawl:decision"))

    def _local(self, prefix: str, iri: str) -> str:
        return iri.removeprefix(self._iris.prefixes[prefix])

    def _short(self, iri: str) -> str:
        for prefix in ("qawl", "rdf", "schema", "prov", "oa"):
            if iri.startswith(self._iris.prefixes[prefix]):
                return f"{prefix}:{self._local(prefix, iri)}"
        return iri


_ROLES = {"rdf:subject": "qawl:subject_span", "rdf:object": "qawl:object_span"}


def _pattern(where: ClaimFilter, iris: Iris) -> str:
    """A filter as a pattern that binds ``?c`` once to each claim it leaves."""
    ids = where.relation_ids()
    asked = [
        "?c a schema:Claim",
        _DECIDED.get(where.decision, "FILTER(false)"),
        _between(where, iris),
        where.addressed is not None and f"FILTER {'' if where.addressed else 'NOT '}EXISTS {{ ?c rdf:object ?whom }}",
        where.since and f'?c qawl:date ?since FILTER(?since >= "{where.since.isoformat()}"^^xsd:date)',
        where.until and f'?c qawl:date ?until FILTER(?until <= "{where.until.isoformat()}"^^xsd:date)',
        ids is not None
        and f"VALUES ?relation {{ {' '.join(f'rel:{id_}' for id_ in ids)} }} ?c rdf:predicate ?relation",
        where.language is not None and f"?c prov:wasDerivedFrom/schema:inLanguage {Literal(where.language)}",
        where.outlet is not None and f"?c prov:wasDerivedFrom/schema:publisher {Literal(where.outlet)}",
        where.article is not None and _from_article(where.article, iris),
        where.confidence is not None
        and f"?c qawl:confidence ?confidence FILTER(?confidence >= {float(where.confidence)!r})",
        where.text
        and "?c oa:hasSelector/oa:exact ?evidence "
        f"FILTER(CONTAINS({folded_in_sparql('STR(?evidence)')}, {Literal(fold(where.text))}))",
    ]
    return "{ SELECT DISTINCT ?c { " + " . ".join(part for part in asked if part) + " } }"


def _between(where: ClaimFilter, iris: Iris) -> str | None:
    if where.actor is None and where.other is None:
        return None
    actor, other = (None if end is None else str(iris.entity(end)) for end in (where.actor, where.other))
    ways = [_ways(actor, other)] if where.role != "object" else []
    ways += [_ways(other, actor)] if where.role != "subject" else []
    return " UNION ".join(f"{{ ?c {way} }}" for way in ways)


def _ways(subject: str | None, object_: str | None) -> str:
    ends = (("rdf:subject", subject), ("rdf:object", object_))
    return " ; ".join(f"{name} {end}" for name, end in ends if end is not None)


def _from_article(article_id: str, iris: Iris) -> str:
    found = _valid(iris.prefixes["article"] + article_id)
    return f"?c prov:wasDerivedFrom {NamedNode(found[0])}" if found else "FILTER(false)"


_DECIDED: dict[str | None, str] = {
    None: _NOT_REJECTED,
    "accepted": '?c qawl:decision "accepted"',
    "corrected": '?c qawl:decision "corrected"',
    "rejected": '?c qawl:decision "rejected"',
    "undecided": "FILTER NOT EXISTS { ?c qawl:decision ?decision }",
}


def _valid(iri: str) -> list[str]:
    """The IRI, if it is one: what a person typed need not be, and then no node has it."""
    try:
        return [NamedNode(iri).value]
    except ValueError:
        return []


def _entity(node: Properties) -> Entity:
    return entity_from({name: node.get(f"qawl:{name}") for name in Entity.__dataclass_fields__})


def _article(node: Properties) -> Article:
    published = node.get("schema:datePublished")
    return Article(
        text=node["schema:articleBody"],
        language=node["schema:inLanguage"],
        url=node.get("schema:url"),
        title=node.get("schema:headline"),
        outlet=node.get("schema:publisher"),
        published=None if published is None else str(published),
    )


def _info(article: Article) -> ArticleInfo:
    return ArticleInfo(article.id, article.url, article.title, article.outlet, article.published, article.language)


def _span(article: Article, iri: str) -> Span:
    return Span.of(article.text, *span_offsets(iri))
