"""Ledgers of any size for the tests of servers, and how servers are compared with them."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing

from graph.articles import Article
from graph.claims import Claim, Content, Entity, Mention, Span, claim_id
from graph.health import differences
from graph.ledger import Decision, Ledger, LedgerClaim, LedgerView
from graph.ledger.decisions import DecisionKind
from graph.rdf import Iris, plain_triple
from graph.relations import relations
from graph.stores.base import Store
from graph.stores.endpoint_ import EndpointStore
from graph.stores.endpoint_write import EndpointTarget
from graph.stores.ladybug_ import LadybugStore
from graph.stores.neo4j_ import Neo4jStore
from graph.stores.neo4j_write import Neo4jTarget
from graph.stores.oxigraph_ import OxigraphStore
from graph.sync import Progress, SyncReport, Target, sync
from graph.workspace import Workspace
from tests.real_servers import RealServer

RELATIONS = ("warns", "supports", "criticizes", "says", "meets")
EDGES = "MATCH (a:Entity)-[r]->(b:Entity) RETURN r.claim, a.id, type(r), b.id"
PLAIN = f"SELECT ?a ?r ?b {{ VALUES ?r {{ {' '.join(f'rel:{id_}' for id_ in relations())} }} ?a ?r ?b }}"
_ARTICLES_AT_ONCE = 1000
SENTENCE = "قال وزير إن Minister {0} spoke of state {1}. "


def target_of(running: RealServer) -> Target:
    if running.server.language == "cypher":
        return Neo4jTarget(running.server, running.password)
    return EndpointTarget(running.server, Iris(), running.password)


def open_store(running: RealServer) -> Store:
    if running.server.language == "cypher":
        return Neo4jStore(running.server, running.password)
    return EndpointStore(running.server, Iris(), running.password)


def bring_up(running: RealServer, view: LedgerView, on_progress: Progress = lambda *_: None) -> SyncReport:
    with closing(target_of(running)) as target:
        return sync(view, target, Iris().base, on_progress)


def assert_holds(store: Store, view: LedgerView) -> None:
    """The store has the ledger's counts and claims, and every claim, edge and entity in full."""
    assert "" == differences(store, view)
    expected = shown(view)
    assert expected == store.claims(limit=len(expected) + 1)
    for article in view.articles():
        assert article == store.article(article.id)
    assert {entity.id: entity for entity in view.entities()} == {
        entity.id: entity for entity in store.search_actors("", limit=10_000)
    }
    assert sum(1 for found in expected if found.claim.object) == sum(edge.claims for edge in store.edges(limit=100_000))
    if isinstance(store, Neo4jStore | LadybugStore):
        edges = ((found.claim, found.claim.object) for found in expected)
        assert sorted(
            (claim.id, claim.subject.entity.id, claim.relation.edge_label, target.entity.id)
            for claim, target in edges
            if target
        ) == sorted(store.cypher(EDGES).rows)
    if isinstance(store, EndpointStore | OxigraphStore):
        plain = {triple for found in expected if (triple := plain_triple(found, Iris()))}
        assert {tuple(node.value for node in triple) for triple in plain} == set(store.sparql(PLAIN).rows)


def shown(view: LedgerView) -> list[LedgerClaim]:
    claims = [found for found in view.claims() if found.decision != "rejected"]
    claims.sort(key=lambda found: (found.article.id, found.claim.cue.start, found.claim.id))
    return sorted(claims, key=lambda found: found.article.published or "", reverse=True)


def entity(number: int, label: str | None = None) -> Entity:
    return Entity(f"local:{number}", "person", label or f"Actor {number}", f"فاعل {number}", None, "GOV")


def article(number: int, sentences: int, *, day: int = 1) -> Article:
    text = "".join(SENTENCE.format(number, place) for place in range(sentences))
    return Article(text, "en", f"https://example.org/{number}", f"Report {number}", "Wire", f"2025-07-{day:02}")


def claims_of(
    of: Article,
    chooser: random.Random,
    *,
    extractor: str,
    sentences: Sequence[int],
    actors: int = 40,
    kinds: Sequence[str] = RELATIONS,
) -> list[Claim]:
    """A claim of each of these sentences, with ends and relation by chance; now and then with one end."""
    spans = list(_sentences(of.text))
    return [_claim(of, spans[place], chooser, extractor, (actors, kinds)) for place in sentences]


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.index(". ", start) + 2
        yield Span.of(text, start, end)
        start = end


def _claim(
    of: Article, sentence: Span, chooser: random.Random, extractor: str, choice: tuple[int, Sequence[str]]
) -> Claim:
    actors, kinds = choice

    def span(words: str) -> Span:
        first = of.text.index(words, sentence.start)
        return Span.of(of.text, first, first + len(words))

    relation = chooser.choice(kinds)
    subject, cue, object_ = span("Minister"), span("spoke"), span("state")
    alone = chooser.random() < 0.2
    negated = chooser.random() < 0.2
    content = span("of state") if alone else None
    return Claim(
        id=claim_id(of.id, cue, relation, subject, None if alone else object_, content, negated),
        document=of.id,
        language=of.language,
        evidence=sentence,
        subject=Mention(subject, entity(chooser.randrange(actors))),
        relation=relations()[relation],
        cue=cue,
        object=None if alone else Mention(object_, entity(chooser.randrange(actors))),
        content=Content(content) if content else None,
        attributed_to=None,
        negated=negated,
        modality=chooser.choice(["asserted", "asserted", "hoped"]),
        confidence=chooser.choice([0.5, 0.875, 1.0]),
        extractor=extractor,
    )


def fill_many(
    workspace: Workspace, *, articles: int, claims_each: int, actors: int = 200, kinds: Sequence[str] = RELATIONS
) -> LedgerView:
    chooser = random.Random(1)
    for start in range(0, articles, _ARTICLES_AT_ONCE):
        with Ledger(workspace).batch() as batch:
            for number in range(start, min(start + _ARTICLES_AT_ONCE, articles)):
                of, sentences = article(number, claims_each, day=1 + number % 28), range(claims_each)
                found = claims_of(of, chooser, extractor="test 1", sentences=sentences, actors=actors, kinds=kinds)
                batch.add_article(of, "test 1", found)
    return Ledger(workspace).view()


def decide(workspace: Workspace, kind: DecisionKind, target: str, moment: int) -> None:
    """One decision; a later ``moment`` goes before an earlier one."""
    when = f"2026-01-01T{moment // 3600:02}:{moment // 60 % 60:02}:{moment % 60:02}Z"
    with Ledger(workspace).batch() as batch:
        batch.decide(Decision(kind=kind, target=target, reason="a test", who="tests", when=when))


TAMPERINGS = {
    "a claim removed, another put in its place": (
        "MATCH (c:Claim) WITH c LIMIT 1 DETACH DELETE c CREATE (:Claim {id: 'stray', article: 'none'})",
        "DELETE { ?c a schema:Claim } INSERT { claim:stray a schema:Claim ; prov:wasDerivedFrom ?a } "
        "WHERE { { SELECT * { ?c a schema:Claim ; prov:wasDerivedFrom ?a } LIMIT 1 } }",
    ),
    "a denial made an assertion": (
        "MATCH (c:Claim) WHERE c.negated SET c.negated = false",
        "DELETE { ?c qawl:negated true } INSERT { ?c qawl:negated false } WHERE { ?c qawl:negated true }",
    ),
    "an object put for another": (
        "MATCH (c:Claim {object: 'Q30'}) SET c.object = 'Q423'",
        "DELETE { ?c rdf:object wd:Q30 } INSERT { ?c rdf:object wd:Q423 } WHERE { ?c rdf:object wd:Q30 }",
    ),
    "other words in a sentence": (
        "MATCH (c:Claim {language: 'en'}) SET c.evidence_text = 'Nobody said so.'",
        "DELETE { ?e oa:exact ?w } INSERT { ?e oa:exact 'Nobody said so.'@en } WHERE { ?e oa:exact ?w }",
    ),
}
"""What somebody may do to a server by hand, in Cypher and in SPARQL."""


def tamper(running: RealServer, what: str) -> None:
    cypher, sparql = TAMPERINGS[what]
    with closing(target_of(running)) as target:
        if isinstance(target, Neo4jTarget):
            target._write(cypher)
        elif isinstance(target, EndpointTarget):
            target._update(sparql)
