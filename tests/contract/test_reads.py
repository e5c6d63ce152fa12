"""The reads of the dashboard: the same claims in, the same answers out, whatever the store."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from graph.ledger import LedgerClaim, LedgerView
from graph.stores.base import CHECKED, EVERYTHING, ClaimFilter, Counts, Edge, Store
from tests.claim_world import (
    ACCEPTED,
    AHMAD,
    ARABIC,
    ENGLISH,
    LAVROV,
    NASTY,
    NORTH_KOREA,
    REJECTED,
    RUSSIA,
    UNDATED,
    USA,
)


def shown(view: LedgerView) -> list[LedgerClaim]:
    """The claims that reads show, in their order: newest first, undated last."""
    claims = [claim for claim in view.claims() if claim.decision != "rejected"]
    claims.sort(key=lambda found: (found.article.id, found.claim.cue.start, found.claim.id))
    return sorted(claims, key=lambda found: found.article.published or "", reverse=True)


def names(store: Store, where: ClaimFilter) -> Counter[tuple[str, str]]:
    return Counter((found.claim.relation.id, found.claim.subject.entity.id) for found in store.claims(where))


def test_counts_are_the_ledgers(store: Store, view: LedgerView) -> None:
    counts = view.counts()

    assert Counts(articles=3, claims=9, entities=6, edges=6) == store.counts()
    assert (counts.articles, counts.claims, counts.entities) == (3, 9, 6)


def test_claims_come_back_as_the_ledger_has_them(store: Store, view: LedgerView) -> None:
    assert shown(view) == store.claims()


def test_each_claim_is_found_by_its_id_rejected_or_not(store: Store, view: LedgerView) -> None:
    for reported in view.claims():
        assert reported == store.claim(reported.claim.id)
    assert [("rejected", "accepted")] == [
        (found.decision, kept.decision)
        for found, kept in [(store.claim(REJECTED.id), store.claim(ACCEPTED.id))]
        if found and kept
    ]


def test_claim_rows_are_all_of_them_as_the_ledger_has_them(store: Store, view: LedgerView) -> None:
    expected = [tuple(row.values()) for row in view.claim_table().select(CHECKED).to_pylist()]

    assert sorted(expected) == sorted(store.claim_rows())


def test_pages_are_stable_and_do_not_overlap(store: Store, view: LedgerView) -> None:
    pages = [store.claims(limit=3, offset=offset) for offset in (0, 3, 6, 9)]

    assert [3, 3, 2, 0] == [len(page) for page in pages]
    assert shown(view) == [claim for page in pages for claim in page]


def test_evidence_is_the_exact_characters_of_the_article(store: Store) -> None:
    for found in store.claims():
        article = store.article(found.article.id)
        assert article
        for span in (found.claim.evidence, found.claim.cue, found.claim.subject.span):
            assert span.text == article.text[span.start : span.end]


@pytest.mark.parametrize("article", [ARABIC, ENGLISH, UNDATED], ids=["arabic", "english", "undated"])
def test_articles_come_back_whole(store: Store, article: object) -> None:
    assert article == store.article(article.id)  # type: ignore[attr-defined]


@pytest.mark.parametrize("entity", [LAVROV, USA, RUSSIA, NORTH_KOREA, AHMAD, NASTY], ids=lambda entity: entity.kind)
def test_entities_come_back_whole(store: Store, entity: object) -> None:
    assert entity == store.entity(entity.id)  # type: ignore[attr-defined]


def test_top_actors_count_claims_at_either_end(store: Store) -> None:
    assert [(RUSSIA, 5), (NORTH_KOREA, 3), (USA, 2), (LAVROV, 2)] == sorted(
        store.top_actors(limit=4), key=lambda pair: (-pair[1], -int(pair[0].id[1:] == "30"))
    )
    assert 6 == len(store.top_actors())
    assert ["Q159", "Q423", "Q30", "Q58217"] == [entity.id for entity, _ in store.top_actors(limit=4)]


def test_relation_mix(store: Store) -> None:
    assert [("warns", 3), ("says", 2), ("supports", 2), ("criticizes", 1)] == store.relation_mix()


def test_timeline_leaves_out_the_undated(store: Store) -> None:
    assert [("2025-07", 4), ("2025-08", 3)] == store.timeline(unit="month")
    assert [("2025-07-12", 4), ("2025-08-01", 3)] == store.timeline(unit="day")


def test_daily_mix_leaves_out_the_undated(store: Store) -> None:
    assert [
        ("2025-07-12", "says", 1),
        ("2025-07-12", "supports", 1),
        ("2025-07-12", "warns", 2),
        ("2025-08-01", "criticizes", 1),
        ("2025-08-01", "supports", 1),
        ("2025-08-01", "warns", 1),
    ] == store.daily_mix()


def test_edges_count_what_is_stated_as_fact_apart(store: Store) -> None:
    edges = store.edges()

    assert Edge(NORTH_KOREA, "supports", RUSSIA, claims=2, asserted=1) == edges[0]
    assert {
        ("Q58217", "warns", "Q30", 1, 1),
        (AHMAD.id, "warns", "Q159", 1, 0),
        ("Q159", "warns", "Q30", 1, 0),
        (NASTY.id, "criticizes", "Q159", 1, 1),
    } == {(edge.subject.id, edge.relation, edge.object.id, edge.claims, edge.asserted) for edge in edges[1:]}
    assert edges[:2] == store.edges(limit=2)


def test_neighbourhood_is_the_edges_at_the_entity(store: Store) -> None:
    edges = store.neighbourhood(USA.id)

    assert [("Q159", "warns", "Q30"), ("Q58217", "warns", "Q30")] == [
        (edge.subject.id, edge.relation, edge.object.id) for edge in edges
    ]
    assert edges[1:] == store.neighbourhood(USA.id, ClaimFilter(language="ar"))
    assert edges[:1] == store.neighbourhood(USA.id, ClaimFilter(actor=LAVROV.id, other=RUSSIA.id))


def test_outlets_and_languages(store: Store) -> None:
    assert ["Test's Wire", "وكالة الاختبار"] == store.outlets()
    assert ["ar", "en"] == store.languages()


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (ClaimFilter(actor="Q30"), {("warns", "Q58217"): 1, ("warns", "Q159"): 1}),
        (ClaimFilter(other="Q30"), {("warns", "Q58217"): 1, ("warns", "Q159"): 1}),
        (ClaimFilter(actor="Q30", other="Q159"), {("warns", "Q159"): 1}),
        (ClaimFilter(actor="Q159", other="Q30"), {("warns", "Q159"): 1}),
        (ClaimFilter(actor=NASTY.id), {("criticizes", NASTY.id): 1}),
        (ClaimFilter(relation="supports"), {("supports", "Q423"): 2}),
        (ClaimFilter(quad_class="verbal conflict", language="en"), {("warns", "Q159"): 1, ("criticizes", NASTY.id): 1}),
        (ClaimFilter(quad_class="verbal conflict", relation="supports"), {}),
        (ClaimFilter(since=date(2025, 7, 13)),
         {("supports", "Q423"): 1, ("warns", "Q159"): 1, ("criticizes", NASTY.id): 1}),
        (ClaimFilter(until=date(2025, 7, 11)), {}),
        (ClaimFilter(since=date(2025, 7, 12), until=date(2025, 7, 12), relation="says"), {("says", "Q58217"): 1}),
        (ClaimFilter(outlet="Test's Wire", relation="warns"), {("warns", "Q159"): 1}),
        (ClaimFilter(language="ar", relation="warns"), {("warns", "Q58217"): 1, ("warns", AHMAD.id): 1}),
        (ClaimFilter(text="NORTH korea SUPPORTS"), {("supports", "Q423"): 1}),
        (ClaimFilter(text="احمد"), {("warns", AHMAD.id): 1}),
        (ClaimFilter(text="😀"), {("warns", "Q159"): 1}),
        (ClaimFilter(text="'group'"), {("criticizes", NASTY.id): 1}),
        (ClaimFilter(actor="Q159", role="subject"), {("warns", "Q159"): 1}),
        (ClaimFilter(actor="Q30", role="subject"), {}),
        (ClaimFilter(actor="Q30", role="object"), {("warns", "Q58217"): 1, ("warns", "Q159"): 1}),
        (ClaimFilter(actor="Q159", other="Q30", role="subject"), {("warns", "Q159"): 1}),
        (ClaimFilter(actor="Q159", other="Q30", role="object"), {}),
        (ClaimFilter(other="Q30", role="subject"), {("warns", "Q58217"): 1, ("warns", "Q159"): 1}),
        (ClaimFilter(article=ENGLISH.id),
         {("supports", "Q423"): 1, ("warns", "Q159"): 1, ("criticizes", NASTY.id): 1}),
        (ClaimFilter(article=UNDATED.id), {("says", "Q423"): 1}),
        (ClaimFilter(confidence=0.9), {}),
        (ClaimFilter(confidence=0.875, outlet="Test's Wire", relation="warns"), {("warns", "Q159"): 1}),
        (ClaimFilter(decision="accepted"), {("supports", "Q423"): 1}),
        (ClaimFilter(decision="rejected"), {("warns", "Q30"): 1}),
        (ClaimFilter(decision="undecided", article=UNDATED.id), {("says", "Q423"): 1}),
        (ClaimFilter(addressed=False), {("says", "Q58217"): 1, ("says", "Q423"): 1}),
        (ClaimFilter(addressed=True, actor="Q423"), {("supports", "Q423"): 2}),
    ],
)  # fmt: skip
def test_each_filter(store: Store, where: ClaimFilter, expected: dict[tuple[str, str], int]) -> None:
    assert Counter(expected) == names(store, where)
    assert sum(expected.values()) == sum(count for _, count in store.relation_mix(where))
    assert Counter(expected).keys() >= {(edge.relation, edge.subject.id) for edge in store.edges(where)}
    assert sum(count for _, count in store.timeline(where)) <= sum(expected.values())
    assert sum(count for *_, count in store.daily_mix(where)) == sum(count for _, count in store.timeline(where))
    assert bool(expected) == bool(store.top_actors(where))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LAVROV", [LAVROV]),
        ("لافروف", [LAVROV]),
        ("احمد", [AHMAD]),
        ("أحمد الشامى", [AHMAD]),
        ("russia", [RUSSIA]),
        ("كُورِيا", [NORTH_KOREA]),
        ('"the" \\', [NASTY]),
        ("{WHERE}", [NASTY]),
        ("'س'", [NASTY]),
        ("ru", [RUSSIA]),
        ("nobody", []),
    ],
)
def test_search_actors_whatever_case_and_arabic_spelling(store: Store, text: str, expected: list[object]) -> None:
    assert expected == store.search_actors(text)


def test_search_actors_gives_the_most_active_first_up_to_the_limit(store: Store) -> None:
    assert [RUSSIA, NORTH_KOREA, LAVROV] == [
        entity for entity in store.search_actors("r") if entity in (RUSSIA, NORTH_KOREA, LAVROV)
    ]
    assert [RUSSIA] == store.search_actors("r", limit=1)
    assert [entity for entity, _ in store.top_actors()] == store.search_actors("")


HOSTILE = [
    "'", '"', "\\", "' OR 1=1 //", '" . ?s ?p ?o . #', "} UNION { ?c ?p ?o", "{where}", "{limit}", "$actor", "${x}",
    "> . <urn:x", "'}) DETACH DELETE n //", "\n\r\t", "%", "../..", "?c", "\u202e", "`", "",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_finds_nothing_and_breaks_nothing(store: Store, text: str) -> None:
    assert store.entity(text) is None
    assert store.claim(text) is None
    assert store.article(text) is None
    assert [] == store.neighbourhood(text or "-")
    for name in ("actor", "other", "relation", "quad_class", "language", "outlet", "article", "decision"):
        if text:
            where = ClaimFilter(**{name: text})
            answers = (store.claims(where), store.edges(where), store.top_actors(where), store.relation_mix(where))
            assert ([], [], [], []) == answers
            assert [] == store.timeline(where)
    matching = [found for found in store.claims() if text in found.claim.evidence.text]
    assert matching == store.claims(ClaimFilter(text=text))
    assert isinstance(store.search_actors(text), list)
    assert 9 == store.counts().claims


def test_concurrent_reads_agree(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: (store.claims(), store.edges()), range(32)))

    assert [(store.claims(EVERYTHING), store.edges(EVERYTHING))] * 32 == answers
