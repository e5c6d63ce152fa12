"""The ledger: batches are whole or absent, ids make rows one, order of arrival changes nothing."""

import json
import random
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from graph.errors import DataError, WorkspaceError
from graph.ledger import Decision, Ledger
from graph.ledger.decisions import copy_of
from graph.workspace import Workspace
from tests.making import LAVROV, article, claim


def fill(ledger, numbers, extractor="test 1.0", retrieved=None):
    for number in numbers:
        with ledger.batch() as batch:
            made = article(number)
            batch.add_article(made, extractor, [claim(made, extractor=extractor)], retrieved=retrieved)


def content(ledger):
    view = ledger.view()
    return list(view.articles()), list(view.claims()), list(view.entities())


def test_what_goes_in_comes_out(workspace):
    ledger = Ledger(workspace)
    made = article()
    said = claim(made)

    with ledger.batch() as batch:
        batch.add_article(made, "test 1.0", [said])
    (found,) = ledger.view().claims()

    assert [made] == list(ledger.view().articles())
    assert said == found.claim
    assert (found.article.title, found.article.outlet, found.article.published) == (
        "Report 0",
        "Test wire",
        "2025-07-12",
    )


def test_an_article_without_claims_is_kept_and_known_as_read(workspace):
    ledger = Ledger(workspace)
    made = article()

    with ledger.batch() as batch:
        batch.add_article(made, "test 1.0", [])

    assert ledger.view().has_extraction(made.id, "test 1.0")
    assert not ledger.view().has_extraction(made.id, "test 2.0")
    assert (ledger.view().counts().articles, ledger.view().counts().claims) == (1, 0)


def test_an_empty_ledger_can_be_read(workspace):
    assert content(Ledger(workspace)) == ([], [], [])


def test_a_batch_that_raises_leaves_nothing(workspace):
    ledger = Ledger(workspace)

    with pytest.raises(RuntimeError), ledger.batch() as batch:
        batch.add_article(article(), "test 1.0", [])
        raise RuntimeError

    assert ledger.view().counts().articles == 0


def test_order_and_repetition_of_batches_change_nothing(tmp_path):
    results = []
    for seed in range(4):
        ledger = Ledger(Workspace.create(tmp_path / str(seed)))
        numbers = [*range(8), 3, 3, 5]
        random.Random(seed).shuffle(numbers)
        fill(ledger, numbers, retrieved=f"2026-01-0{seed + 1}T00:00:00Z")
        results.append(content(ledger))

    assert len(results[0][0]) == 8
    assert all(results[0] == other for other in results)


def test_only_the_newest_extraction_counts(workspace):
    ledger = Ledger(workspace)
    made = article()
    with ledger.batch() as batch:
        batch.add_article(made, "test 1.10", [claim(made, extractor="test 1.10")])
    with ledger.batch() as batch:
        batch.add_article(
            made, "test 1.9", [claim(made, relation=r, extractor="test 1.9") for r in ("warns", "threatens")]
        )

    assert [found.claim.extractor for found in ledger.view().claims()] == ["test 1.10"]


def test_a_newer_extraction_without_claims_takes_the_old_ones_away(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    with ledger.batch() as batch:
        batch.add_article(article(0), "test 2.0", [])

    assert list(ledger.view().claims()) == []


def test_labels_of_the_newest_extractor_win(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    made = article(1)
    renamed = replace(claim(made).subject, entity=replace(LAVROV, label_en="S. Lavrov"))
    with ledger.batch() as batch:
        batch.add_article(made, "test 2.0", [claim(made, subject=renamed, extractor="test 2.0")])

    assert {"S. Lavrov", "United States"} == {entity.label_en for entity in ledger.view().entities()}


def test_a_claim_of_another_article_is_refused(workspace):
    with pytest.raises(DataError, match="not of article"), Ledger(workspace).batch() as batch:
        batch.add_article(article(1), "test 1.0", [claim(article(2))])


def test_a_claim_of_another_extractor_is_refused(workspace):
    made = article(1)
    with pytest.raises(DataError, match=r"extractor 'test 1\.0'"), Ledger(workspace).batch() as batch:
        batch.add_article(made, "test 2.0", [claim(made)])


def test_a_view_is_a_snapshot(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    before = ledger.view()
    version = before.version
    fill(ledger, [1])

    assert before.counts().articles == 1
    assert (version, 2) == (before.version, ledger.view().counts().articles)
    assert version != ledger.view().version


def decide(ledger, kind, target, when, details="{}"):
    with ledger.batch() as batch:
        batch.decide(Decision(kind, target, "because", "tester", when, details))


def test_a_removed_article_is_gone_with_its_claims_until_restored(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0, 1])
    target = article(0).id

    decide(ledger, "remove", target, "2026-01-01T00:00:00Z")
    fill(ledger, [0])

    assert [article(1).id] == [found.id for found in ledger.view().articles()]
    assert [article(1).id] == [found.article.id for found in ledger.view().claims()]
    assert ledger.view().counts().removed == 1

    decide(ledger, "restore", target, "2026-01-02T00:00:00Z")

    assert ledger.view().counts().claims == 2


def test_the_latest_verdict_stands_in_whatever_order_it_came(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (found,) = ledger.view().claims()
    details = copy_of(found.claim)

    decide(ledger, "reject", found.claim.id, "2026-01-03T00:00:00Z", details)
    decide(ledger, "accept", found.claim.id, "2026-01-02T00:00:00Z", details)

    assert [again.decision for again in ledger.view().claims()] == ["rejected"]
    assert json.loads(next(ledger.view().decisions()).details)["cue"][2] == "warned"

    decide(ledger, "reconsider", found.claim.id, "2026-01-04T00:00:00Z", details)

    assert [again.decision for again in ledger.view().claims()] == [None]


def test_a_decision_of_an_unknown_kind_is_refused():
    with pytest.raises(DataError, match="unknown decision"):
        Decision("burn", "x", "because", "tester", "2026-01-01T00:00:00Z")


# --- files ---


def test_every_file_carries_the_format(workspace):
    fill(Ledger(workspace), [0])

    for path in workspace.ledger_path.glob("data/*.parquet"):
        assert pq.ParquetFile(path).schema_arrow.metadata[b"qawl.format"] == b"1"
    for path in workspace.ledger_path.glob("manifests/*.json"):
        assert json.loads(path.read_text())["format"] == 1


def test_a_later_format_is_refused_with_what_to_do(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (manifest,) = workspace.ledger_path.glob("manifests/*.json")
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 2'))

    with pytest.raises(WorkspaceError, match=r"format 2.*format 1.*upgrade"):
        ledger.view()


@pytest.mark.parametrize("pattern", ["manifests/*.json", "data/*-claims.parquet"])
def test_a_damaged_file_is_named(workspace, pattern):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (path,) = workspace.ledger_path.glob(pattern)
    path.write_bytes(path.read_bytes()[:20])

    with pytest.raises(WorkspaceError, match=path.name):
        ledger.view().counts()


def test_files_of_a_dead_batch_are_swept_and_others_kept(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    data = workspace.ledger_path / "data"
    (data / "dead-claims.parquet").write_bytes(b"half")
    (data / "dead.lock").touch()
    before = content(ledger)

    assert ledger.sweep() == 1
    assert not list(data.glob("dead*"))
    assert before == content(ledger)
