"""Erasing: of a removed article no byte stays in any file of the workspace; all else does."""

import json
import os
import random
from io import BytesIO

import pyarrow.parquet as pq
import pytest

from graph.claims import Entity
from graph.generations import Indexes
from graph.ledger import Erasable, Ledger
from graph.ledger.decisions import copy_of
from graph.ledger.identity import about_two
from graph.workspace import Workspace
from tests.ledger.filling import content, decide, fill
from tests.ledger.test_compaction import killed, no_progress, undisturbed
from tests.making import LAVROV, article, claim, mention

KILLS = int(os.environ.get("QAWL_KILLS", "10"))
SEED = int(os.environ.get("QAWL_SEED", "1"))
SECRET = "Zorblatt"
TEXT = "Zorblatt warned the United States that Russia would answer."
GONE = article(7, TEXT, outlet="Zorblatt Daily")
ZORBLATT = Entity("e-zorblatt", "person", "Ulf Zorblatt", None, None, None)
CLAIM = claim(GONE, subject=mention(GONE.text, "Zorblatt", ZORBLATT))


def holding(workspace, words: str) -> list[str]:
    """The files that hold these words, seen through the compression of Parquet."""
    found = []
    for path in sorted(path for path in workspace.path.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.suffix == ".parquet":
            content += json.dumps(pq.read_table(BytesIO(content)).to_pylist(), ensure_ascii=False).encode()
        if words.encode() in content or words.encode("utf-16-le") in content:
            found.append(str(path.relative_to(workspace.path)))
    return found


@pytest.fixture
def full(workspace) -> Workspace:
    """Five articles that stay and one that was read twice, judged, indexed and then removed."""
    ledger = Ledger(workspace)
    fill(ledger, range(5))
    for extractor in ("test 1.0", "test 1.1"):
        with ledger.batch() as batch:
            made = claim(GONE, subject=mention(GONE.text, "Zorblatt", ZORBLATT), extractor=extractor)
            batch.add_article(GONE, extractor, [made])
            batch.add_article(article(5), extractor, [claim(article(5), extractor=extractor)])
    decide(ledger, "reject", CLAIM.id, "2026-01-01T00:00:00Z", copy_of(CLAIM))
    kept = claim(article(1))
    decide(ledger, "accept", kept.id, "2026-01-01T00:00:00Z", copy_of(kept))
    Indexes(workspace).refresh()
    decide(ledger, "remove", GONE.id, "2026-01-02T00:00:00Z")
    return workspace


def erase(path):
    Ledger(Workspace.open(path)).erase_removed(no_progress)


def test_no_byte_of_the_article_stays_and_the_rest_does(full):
    ledger = Ledger(full)
    before, version = content(ledger), ledger.view().version
    folders = {path.split("/")[1] for path in holding(full, SECRET)}
    assert {"data", "ladybug", "oxigraph"} == folders  # that is: this search sees into every kind of file
    assert Erasable(articles=1, claims=1) == ledger.erasable()

    erase(full.path)
    Indexes(full).refresh(force=True)

    assert [] == holding(full, SECRET)
    assert [] == holding(full, GONE.url)
    assert holding(full, "Lavrov warned")
    assert before == content(ledger)
    assert version != ledger.view().version
    assert Erasable(articles=0, claims=0) == ledger.erasable()


def test_decisions_stay_with_their_reasons_and_lose_the_words_of_the_article_alone(full):
    before = {made.target: made for made in Ledger(full).view().decisions()}
    erase(full.path)
    after = {made.target: made for made in Ledger(full).view().decisions()}

    assert before.keys() == after.keys()
    assert "because" == after[CLAIM.id].reason
    details = after[CLAIM.id].read_details()
    assert [CLAIM.cue.start, CLAIM.cue.end, ""] == details["cue"]
    assert "warns" == details["relation"]
    assert before[claim(article(1)).id] == after[claim(article(1)).id]


def test_what_was_erased_is_not_read_again_unless_it_is_restored(full):
    erase(full.path)
    assert Ledger(full).view().has_extraction(GONE.id, "test 2.0")

    decide(Ledger(full), "restore", GONE.id, "2026-01-03T00:00:00Z")
    assert not Ledger(full).view().has_extraction(GONE.id, "test 2.0")


def test_a_merged_actor_stays_as_people_made_it(full):
    with Ledger(full).batch() as batch:
        batch.decide(about_two("merge", LAVROV, ZORBLATT, reason="x", who="y", when="2026-01-02T00:00:00Z"))
    before = content(Ledger(full)), list(Ledger(full).view().actors())
    erase(full.path)
    Indexes(full).refresh(force=True)

    assert before == (content(Ledger(full)), list(Ledger(full).view().actors()))
    assert [] == holding(full, TEXT)


def test_nothing_is_written_where_nothing_is_removed(workspace):
    fill(Ledger(workspace), [0])
    files, version = sorted(workspace.ledger_path.rglob("*.*")), Ledger(workspace).view().version
    erase(workspace.path)

    assert {path for path in files if path.suffix != ".lock"} == {
        path for path in workspace.ledger_path.rglob("*.*") if path.suffix != ".lock"
    }
    assert version == Ledger(workspace).view().version


def test_an_erased_ledger_is_compacted_without_another_version(full):
    erase(full.path)
    fill(Ledger(full), [11])
    before = Ledger(full).view().version, content(Ledger(full))
    Ledger(full).compact(no_progress)
    Ledger(full).drop_old()

    assert before == (Ledger(full).view().version, content(Ledger(full)))
    assert 1 == len(list((full.ledger_path / "manifests").iterdir()))


def test_killed_at_any_moment_it_is_ended_by_the_next(full, tmp_path, capsys):
    with capsys.disabled():
        print(f"\n{KILLS} kills, seed {SEED}")
    rng, before = random.Random(SEED), content(Ledger(full))
    duration = undisturbed(erase, full.path, tmp_path / "copy")
    for kill in range(KILLS):
        gone = article(200 + kill, TEXT)
        with Ledger(full).batch() as batch:
            batch.add_article(gone, "test 1.0", [])
        decide(Ledger(full), "remove", gone.id, "2026-02-01T00:00:00Z")
        killed(erase, full.path, rng.uniform(0, duration))
        assert before == content(Ledger(full))
    erase(full.path)
    Indexes(full).refresh(force=True)

    assert before == content(Ledger(full))
    assert [] == holding(full, SECRET)
