"""The reads of a property graph in Cypher, the same for every engine that speaks it.

Statements are constants; ``{claims}`` takes what a filter matches and ``{where}`` its conditions (:func:`_conditions`),
every value travels as a parameter. Only what both Ladybug and Neo4j know is used. Schema:
:mod:`graph.stores.ladybug_build`.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from graph.articles import Article
from graph.claims import Claim, Content, Entity, Mention, Span
from graph.ledger import ArticleInfo, LedgerClaim
from graph.relations import relations
from graph.stores.base import CHECKED, EVERYTHING, ClaimFilter, Counts, Edge, Role, Store, Unit, entity_from
from graph.stores.folding import fold, folded_in_cypher

_NEWEST_FIRST = "c.date IS NULL, c.date DESC, c.article, c.cue_start, c.id"
_NOT_REJECTED = "(c.decision IS NULL OR c.decision <> 'rejected')"
_ASSERTED = "c.attributed_to IS NULL AND NOT c.negated AND c.modality = 'asserted'"

COUNTS = {
    "articles": "MATCH (a:Article) RETURN count(a)",
    "claims": "MATCH (c:Claim) RETURN count(c)",
    "entities": "MATCH (e:Entity) RETURN count(e)",
    "edges": "MATCH (:Entity)-[r]->(:Entity) RETURN count(r)",
}
ACTIVITY = {
    "subject": "MATCH {claims} WHERE {where} RETURN c.subject, count(c)",
    "object": """
MATCH {claims} WHERE {where} AND c.object IS NOT NULL AND c.object <> c.subject RETURN c.object, count(c)
""",
}
RELATION_MIX = """
MATCH {claims} WHERE {where}
RETURN c.relation AS relation, count(c) AS claims ORDER BY claims DESC, relation
"""
TIMELINE = """
MATCH {claims} WHERE {where} AND c.date IS NOT NULL
RETURN c.date AS day, count(c) AS claims ORDER BY day
"""
DAILY_MIX = """
MATCH {claims} WHERE {where} AND c.date IS NOT NULL
RETURN c.date AS day, c.relation AS relation, count(c) AS claims ORDER BY day, relation
"""
NAMED = f"""
MATCH (e:Entity)
WITH e, {folded_in_cypher("coalesce(e.label_en, '')")} AS en, {folded_in_cypher("coalesce(e.label_ar, '')")} AS ar
WHERE $text = '' OR en CONTAINS $text OR ar CONTAINS $text
RETURN e, $text <> '' AND (en = $text OR ar = $text)
"""
ENTITY = "MATCH (e:Entity) WHERE e.id = $id RETURN e"
EDGES = f"""
MATCH {{claims}} WHERE {{where}} AND c.object IS NOT NULL
RETURN c.subject AS subject, c.relation AS relation, c.object AS object, count(c) AS claims,
  sum(CASE WHEN {_ASSERTED} THEN 1 ELSE 0 END) AS asserted
ORDER BY claims DESC, subject, relation, object LIMIT $limit
"""
CLAIMS = f"MATCH {{claims}} WHERE {{where}} RETURN c.id ORDER BY {_NEWEST_FIRST} SKIP $offset LIMIT $limit"
NODES = {
    label: f"UNWIND $ids AS id MATCH (n:{label}) WHERE n.id = id RETURN {shown}"
    for label, shown in {
        "Entity": "n",
        "Claim": "n",
        "Article": "n.id, n.url, n.title, n.outlet, n.published, n.language",
    }.items()
}
ARTICLE = "MATCH (a:Article) WHERE a.id = $id RETURN a"
OUTLETS = "MATCH (a:Article) WHERE a.outlet IS NOT NULL RETURN DISTINCT a.outlet"
CLAIM_ROWS = f"MATCH (c:Claim) RETURN {', '.join(f'c.{name}' for name in CHECKED)}"
LANGUAGES = "MATCH (a:Article) RETURN DISTINCT a.language"


class CypherReads(Store):
    """A store asked in Cypher: an engine gives :meth:`_read`, everything else follows.

    ``_searched`` is the expression for the folded sentence of the claim ``c``.
    """

    _searched = folded_in_cypher("c.evidence_text")

    @abstractmethod
    def _read(self, statement: str, **parameters: Any) -> list[list[Any]]:
        """The rows of one of our statements; nodes are mappings of their properties, dates Python's."""

    @abstractmethod
    def _stream(self, statement: str) -> Iterator[list[Any]]:
        """The rows of a statement that returns plain values, as they come."""

    def counts(self) -> Counts:
        return Counts(**{name: self._read(query)[0][0] for name, query in COUNTS.items()})

    def top_actors(self, where: ClaimFilter = EVERYTHING, limit: int = 20) -> list[tuple[Entity, int]]:
        counts = sorted(self._activity(where).items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
        known = self._entities(id_ for id_, _ in counts)
        return [(known[id_], claims) for id_, claims in counts]

    def relation_mix(self, where: ClaimFilter = EVERYTHING) -> list[tuple[str, int]]:
        return [(relation, claims) for relation, claims in self._filtered(RELATION_MIX, where)]

    def timeline(self, where: ClaimFilter = EVERYTHING, unit: Unit = "month") -> list[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for day, claims in self._filtered(TIMELINE, where):
            counts[day.isoformat()[: 10 if unit == "day" else 7]] += claims
        return sorted(counts.items())

    def daily_mix(self, where: ClaimFilter = EVERYTHING) -> list[tuple[str, str, int]]:
        return [(day.isoformat()[:10], relation, claims) for day, relation, claims in self._filtered(DAILY_MIX, where)]

    def search_actors(self, text: str, limit: int = 20) -> list[Entity]:
        named = [(_entity(node), whole) for node, whole in self._read(NAMED, text=fold(text))]
        counts = self._activity(EVERYTHING) if named else {}
        named.sort(key=lambda pair: (not pair[1], -counts.get(pair[0].id, 0), pair[0].id))
        return [entity for entity, _ in named[:limit]]

    def entity(self, entity_id: str) -> Entity | None:
        return next((_entity(node) for (node,) in self._read(ENTITY, id=entity_id)), None)

    def edges(self, where: ClaimFilter = EVERYTHING, limit: int = 300) -> list[Edge]:
        rows = self._filtered(EDGES, where, limit=limit)
        known = self._entities(id_ for subject, _, object_, *_ in rows for id_ in (subject, object_))
        return [
            Edge(known[subject], relation, known[object_], claims, int(asserted))
            for subject, relation, object_, claims, asserted in rows
        ]

    def claims(self, where: ClaimFilter = EVERYTHING, limit: int = 50, offset: int = 0) -> list[LedgerClaim]:
        newest = self._newest(where, offset + limit)
        return self._claims(id_ for (id_,) in self._filtered(CLAIMS, newest, limit=limit, offset=offset))

    def claim(self, claim_id: str) -> LedgerClaim | None:
        return next(iter(self._claims([claim_id])), None)

    def article(self, article_id: str) -> Article | None:
        return next((_article(node) for (node,) in self._read(ARTICLE, id=article_id)), None)

    def outlets(self) -> list[str]:
        return sorted(outlet for (outlet,) in self._read(OUTLETS))

    def languages(self) -> list[str]:
        return sorted(language for (language,) in self._read(LANGUAGES))

    def claim_rows(self) -> Iterator[tuple[Any, ...]]:
        return map(tuple, self._stream(CLAIM_ROWS))

    def _newest(self, where: ClaimFilter, wanted: int) -> ClaimFilter:
        """The filter from the day on that leaves the newest ``wanted`` claims: to count is cheaper than to sort."""
        for day, claims in reversed(self._filtered(TIMELINE, where)):
            wanted -= claims
            if wanted <= 0:
                return replace(where, since=day)
        return where

    def _claims(self, ids: Iterable[str]) -> list[LedgerClaim]:
        """The claims with these ids, in their order.

        Nodes are looked up by their ids and joined here: an engine may read a whole table of edges to join a few, and
        Ladybug, with a million claims, has no memory for it.
        """
        wanted = [*ids]
        nodes = {node["id"]: node for (node,) in self._nodes("Claim", wanted)}
        found = [nodes[id_] for id_ in wanted if id_ in nodes]
        known = self._entities(id_ for c in found for id_ in (c["subject"], c["object"]) if id_ is not None)
        articles = {row[0]: ArticleInfo(*row) for row in self._nodes("Article", (c["article"] for c in found))}
        return [_claim(c, known, articles[c["article"]]) for c in found]

    def _entities(self, ids: Iterable[str]) -> dict[str, Entity]:
        return {node["id"]: _entity(node) for (node,) in self._nodes("Entity", ids)}

    def _nodes(self, label: str, ids: Iterable[str]) -> list[list[Any]]:
        distinct = sorted(set(ids))
        return self._read(NODES[label], ids=distinct) if distinct else []

    def _activity(self, where: ClaimFilter) -> Counter[str]:
        """The number of claims of each entity, as subject or object."""
        counts: Counter[str] = Counter()
        for statement in ACTIVITY.values():
            counts.update(dict(self._filtered(statement, where)))
        return counts

    def _filtered(self, statement: str, where: ClaimFilter, **parameters: Any) -> list[list[Any]]:
        claims, conditions, values = _conditions(where, self._searched)
        return self._read(statement.format(claims=claims, where=conditions), **values, **parameters)


def _conditions(where: ClaimFilter, searched: str) -> tuple[str, str, dict[str, Any]]:
    """A filter as what gives ``c``, the conditions on it, and their parameters; a text is looked for in ``searched``.

    An actor's claims are those at its node: to look for them among all takes a hundred times as long.
    """
    actor, other, role = where.actor, where.other, where.role
    if actor is None and other is not None:  # the same claims, seen from the other end
        actor, other, role = other, None, _OPPOSITE[role]
    asked = {
        "actor": (actor, _ACTOR_AS[role]),
        "other": (other, _OTHER_AS[role]),
        "relations": (where.relation_ids(), "c.relation IN $relations"),
        "since": (where.since, "c.date >= $since"),
        "until": (where.until, "c.date <= $until"),
        "language": (where.language, "c.language = $language"),
        "outlet": (where.outlet, "c.outlet = $outlet"),
        "text": (fold(where.text) if where.text else None, f"{searched} CONTAINS $text"),
        "article": (where.article, "c.article = $article"),
        "confidence": (where.confidence, "c.confidence >= $confidence"),
        "addressed": (where.addressed, "(c.object IS NOT NULL) = $addressed"),
        "decision": (where.decision, _DECIDED.get(where.decision or "", "false")),
    }
    values = {name: value for name, (value, _) in asked.items() if value is not None}
    conditions = [asked[name][1] for name in values]
    if where.decision is None:
        conditions.insert(0, _NOT_REJECTED)
    values.pop("decision", None)
    return _CLAIMS_OF[role] if actor else "(c:Claim)", " AND ".join(conditions), values


_CLAIMS_OF: dict[Role | None, str] = {
    None: "(e:Entity)<-[r:SUBJECT|OBJECT]-(c:Claim)",
    "subject": "(e:Entity)<-[:SUBJECT]-(c:Claim)",
    "object": "(e:Entity)<-[:OBJECT]-(c:Claim)",
}
_OPPOSITE: dict[Role | None, Role | None] = {None: None, "subject": "object", "object": "subject"}
_ACTOR_AS: dict[Role | None, str] = {
    None: "e.id = $actor AND (type(r) = 'SUBJECT' OR c.subject <> $actor)",
    "subject": "e.id = $actor",
    "object": "e.id = $actor",
}
_OTHER_AS: dict[Role | None, str] = {
    None: "(c.subject = $actor AND c.object = $other OR c.subject = $other AND c.object = $actor)",
    "subject": "c.object = $other",
    "object": "c.subject = $other",
}
_DECIDED = {
    "accepted": "c.decision = 'accepted'",
    "corrected": "c.decision = 'corrected'",
    "rejected": "c.decision = 'rejected'",
    "undecided": "c.decision IS NULL",
}
_ENTITY_FIELDS = tuple(field.name for field in fields(Entity))


def _entity(node: Mapping[str, Any]) -> Entity:
    return entity_from({name: node.get(name) for name in _ENTITY_FIELDS})


def _article(node: Mapping[str, Any]) -> Article:
    return Article(node["text"], node["language"], node["url"], node["title"], node["outlet"], node["published"])


def _claim(c: Mapping[str, Any], known: Mapping[str, Entity], article: ArticleInfo) -> LedgerClaim:
    claim = Claim(
        id=c["id"],
        document=c["article"],
        language=c["language"],
        evidence=_span(c, "evidence"),
        subject=Mention(_span(c, "subject"), known[c["subject"]]),
        relation=relations()[c["relation"]],
        cue=_span(c, "cue"),
        object=Mention(_span(c, "object"), known[c["object"]]) if c["object"] else None,
        content=Content(_span(c, "content"), c["quoted"]) if c["content_start"] is not None else None,
        attributed_to=c["attributed_to"],
        negated=c["negated"],
        modality=c["modality"],
        confidence=c["confidence"],
        extractor=c["extractor"],
    )
    return LedgerClaim(claim, article, c["decision"])


def _span(node: Mapping[str, Any], name: str) -> Span:
    return Span(node[f"{name}_start"], node[f"{name}_end"], node[f"{name}_text"])
