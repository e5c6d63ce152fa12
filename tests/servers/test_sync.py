"""A server follows the ledger, whatever happens to either of them."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from graph.articles import Article
from graph.claims import Entity
from graph.errors import ServerError
from graph.health import differences
from graph.ledger import Ledger
from graph.rdf import Iris
from graph.stores.endpoint_write import EndpointTarget
from graph.sync import SyncReport, sync
from graph.workspace import Workspace
from tests.claim_world import ARABIC, ENGLISH, LAVROV, RUSSIA, UNDATED, Words, claim, fill
from tests.real_servers import RealServer
from tests.servers.worlds import (
    TAMPERINGS,
    article,
    assert_holds,
    bring_up,
    claims_of,
    decide,
    fill_many,
    open_store,
    shown,
    tamper,
)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several batches, between which something may happen, in a ledger of a few thousand claims."""
    monkeypatch.setattr("graph.sync.CLAIMS_AT_ONCE", 1000)


def test_a_second_sync_has_nothing_to_do(running: RealServer, workspace: Workspace) -> None:
    fill(workspace)
    view = Ledger(workspace).view()
    bring_up(running, view)

    assert SyncReport(written=0, removed=0, unchanged=3) == bring_up(running, view)
    with open_store(running) as store:
        assert_holds(store, view)


def test_decisions_removals_and_new_articles_are_followed(running: RealServer, workspace: Workspace) -> None:
    fill(workspace)
    bring_up(running, Ledger(workspace).view())
    stated = next(found for found in Ledger(workspace).view().claims() if found.claim.stated_as_fact)
    chooser = random.Random(3)
    extra = article(7, 3)
    steps = [
        ("reject", stated.claim.id),
        ("remove", ENGLISH.id),
        ("reconsider", stated.claim.id),
        ("restore", ENGLISH.id),
        ("remove", ARABIC.id),
    ]
    for moment, (kind, target) in enumerate(steps):
        decide(workspace, kind, target, 10_000 + moment)  # type: ignore[arg-type]
        if moment == 2:
            with Ledger(workspace).batch() as batch:
                batch.add_article(extra, "test 1", claims_of(extra, chooser, extractor="test 1", sentences=[0, 1, 2]))
        view = Ledger(workspace).view()
        bring_up(running, view)
        with open_store(running) as store:
            assert_holds(store, view)


def test_articles_read_again_lose_what_is_no_longer_found(running: RealServer, workspace: Workspace) -> None:
    of, chooser = article(1, 4), random.Random(5)
    for extractor, sentences in (("test 1", [0, 1, 2, 3]), ("test 2", [3]), ("test 3", [])):
        with Ledger(workspace).batch() as batch:
            batch.add_article(of, extractor, claims_of(of, chooser, extractor=extractor, sentences=sentences))
        view = Ledger(workspace).view()
        bring_up(running, view)

        with open_store(running) as store:
            assert len(sentences) == store.counts().claims
            assert_holds(store, view)


def test_an_entity_that_changes_its_label_changes_everywhere(running: RealServer, workspace: Workspace) -> None:
    words = Words("United States", "warned", "Russia", "The United States warned Russia.")
    for number, label in ((1, "Old name"), (2, "New name")):
        named = Entity("local:renamed", "person", label)
        found = claim(UNDATED, "warns", named, RUSSIA, words)
        with Ledger(workspace).batch() as batch:
            batch.add_article(UNDATED, found.extractor, [found] if number == 1 else [])
        if number == 2:
            other = Article(UNDATED.text + " More.", "en")
            with Ledger(workspace).batch() as batch:
                batch.add_article(other, found.extractor, [claim(other, "warns", named, LAVROV, words)])
        view = Ledger(workspace).view()
        bring_up(running, view)

        with open_store(running) as store:
            assert_holds(store, view)


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_somebody_else_changed_is_mended(running: RealServer, workspace: Workspace, what: str) -> None:
    fill(workspace)
    view = Ledger(workspace).view()
    bring_up(running, view)
    tamper(running, what)

    assert 3 == bring_up(running, view).written
    with open_store(running) as store:
        assert_holds(store, view)


def test_ten_thousand_claims(running: RealServer, workspace: Workspace) -> None:
    view = fill_many(workspace, articles=100, claims_each=100)
    bring_up(running, view)

    assert 10_000 == view.counts().claims
    with open_store(running) as store:
        assert "" == differences(store, view)
        assert shown(view)[5000:5300] == store.claims(limit=300, offset=5000)


NASTY = [
    "'", '"', "\\", "\\u0022", "' OR 1=1 //", "'}) DETACH DELETE n //", '" . } ; CLEAR ALL ; #', "> . <urn:x",
    "${x} $id {where} {0}", "?c ; ?p ?o", "\n\r\t", "\u202e\u2028", "`", "😀 أَحْمَد", "%0A%00", "<b>&amp;</b>",
]  # fmt: skip


def test_injection_strings_in_every_text_field(running: RealServer, workspace: Workspace) -> None:
    with Ledger(workspace).batch() as batch:
        for number, text in enumerate(NASTY):
            actor = Entity(f"local:{number}{text}", "group", text, text, text, text)
            sentence = f"The {text} warned the {text}."
            of = Article(sentence, "en", f"https://example.org/{number}", text, text, "2025-07-01")
            found = claim(of, "warns", actor, actor, Words(text, "warned", text, sentence, text))
            batch.add_article(of, found.extractor, [found])
    view = Ledger(workspace).view()
    bring_up(running, view)

    with open_store(running) as store:
        assert_holds(store, view)
        for found in view.claims():
            assert found == store.claim(found.claim.id)


def test_readers_beside_a_sync_get_whole_claims(running: RealServer, workspace: Workspace) -> None:
    """Neo4j reads what is committed at each step, so there a page may be short while a batch is put in place."""
    view = fill_many(workspace, articles=30, claims_each=50, actors=20)
    bring_up(running, view)
    for moment, found in enumerate(list(view.claims())[::50]):
        decide(workspace, "accept", found.claim.id, moment)
    later = Ledger(workspace).view()
    known = {found.claim for each in (view, later) for found in each.claims()}
    over, pages = threading.Event(), []

    def read() -> None:
        with open_store(running) as store:
            while not over.is_set():
                pages.append([found.claim for found in store.claims(limit=100)])

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        bring_up(running, later)
        over.set()
        for reader in readers:
            reader.result()

    assert pages
    assert set() == {found for page in pages for found in page} - known
    if running.server.language == "sparql":
        assert {100} == set(map(len, pages))
    with open_store(running) as store:
        assert_holds(store, later)


def test_a_server_killed_in_the_middle_of_a_sync_converges(running: RealServer, workspace: Workspace) -> None:
    view = fill_many(workspace, articles=30, claims_each=50)
    killers: list[threading.Thread] = []

    def kill_soon(done: int, _: int) -> None:
        if done and not killers:
            killers.append(threading.Timer(0.05, running.kill))
            killers[0].start()
        time.sleep(0.05)

    with pytest.raises(ServerError, match=r"cannot reach|broke off"):
        bring_up(running, view, kill_soon)
    killers[0].join()
    running.start()
    bring_up(running, view)

    with open_store(running) as store:
        assert_holds(store, view)


def test_a_sync_that_stops_is_continued_where_it_was(running: RealServer, workspace: Workspace) -> None:
    view = fill_many(workspace, articles=45, claims_each=60)

    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_up(running, view, stop)
    report = bring_up(running, view)

    assert report.unchanged > 20
    assert 45 == report.unchanged + report.written
    with open_store(running) as store:
        assert_holds(store, view)


@pytest.mark.parametrize("graph", [None, "https://example.org/claims"])
def test_an_endpoint_that_holds_other_data_keeps_it(
    fuseki_server: RealServer, workspace: Workspace, graph: str | None
) -> None:
    fill(workspace)
    view = Ledger(workspace).view()
    server = replace(fuseki_server.server, graph=graph)
    other = "<urn:other:s> <urn:other:p> 'o'"
    with closing(EndpointTarget(server, Iris(), fuseki_server.password)) as target:
        target._update(f"INSERT DATA {{ {other} }}")
        for _ in range(2):
            report = sync(view, target, Iris().base)
        assert_holds(target.store, view)
        assert 1 == len(list(target._select("SELECT ?o { <urn:other:s> <urn:other:p> ?o }")))
        target._update(f"DELETE DATA {{ {other} }}")

    assert 3 == report.unchanged
