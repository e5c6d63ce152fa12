"""What goes into the ledger and what a view shows of it."""

import json
from dataclasses import replace

import pytest

from graph.articles import Article
from graph.errors import DataError
from graph.ledger import Batch, Decision, Ledger
from graph.ledger.decisions import copy_of
from tests.ledger.filling import add, content, decide, fill
from tests.ledger.make_fixture import arabic
from tests.making import LAVROV, article, claim, mention


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


def test_rows_made_elsewhere_are_added_as_they_are(workspace):
    ledger = Ledger(workspace)
    made, other = article(), article(1)
    elsewhere = Batch()
    elsewhere.add_article(made, "test 1.0", [claim(made)])

    with ledger.batch() as batch:
        batch.add_article(other, "test 1.0", [claim(other)])
        batch.add_tables(elsewhere.tables())

    view = ledger.view()
    assert {claim(made), claim(other)} == {found.claim for found in view.claims()}
    assert sorted([made.id, other.id]) == sorted(view.read_by("test 1.0").to_pylist())
    assert [] == view.read_by("test 2.0").to_pylist()


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


def test_every_field_of_a_claim_comes_back(workspace):
    ledger = Ledger(workspace)
    made = article()
    plain = claim(made, confidence=0.123456789)
    bare = replace(plain, id="0" * 32, object=None, content=None, attributed_to=plain.id, modality="hoped")
    empty = replace(plain, id="1" * 32, subject=replace(plain.subject, span=mention(made.text, "", LAVROV).span))
    quoted = replace(plain, id="2" * 32, content=replace(plain.content, quoted=True), negated=True)

    add(ledger, 0, [plain, bare, empty, quoted])

    assert sorted([plain, bare, empty, quoted], key=lambda made: made.id) == [
        found.claim for found in ledger.view().claims()
    ]


def test_claims_stand_in_the_order_of_the_text(workspace):
    ledger = Ledger(workspace)
    made, claims = arabic()
    fill(ledger, [0], extractor="test 1.10")
    with ledger.batch() as batch:
        batch.add_article(made, "test 1.10", claims[::-1])

    found = [shown.claim for shown in ledger.view().claims()]

    assert claims == [claim_ for claim_ in found if claim_.document == made.id]
    assert sorted(found, key=lambda claim_: (claim_.document, claim_.cue.start, claim_.id)) == found


def test_tables_show_what_the_iterators_do(workspace):
    ledger = Ledger(workspace)
    fill(ledger, range(5))
    view = ledger.view()

    assert [found.claim.id for found in view.claims()] == view.claim_table()["id"].to_pylist()
    assert [found.id for found in view.articles()] == view.article_table()["id"].to_pylist()
    assert [found.text for found in view.articles()] == view.article_table()["text"].to_pylist()
    assert [found.id for found in view.entities()] == view.entity_table()["id"].to_pylist()
    assert ["Test wire"] * 5 == view.claim_table()["outlet"].to_pylist()


def test_articles_are_read_in_several_passes_when_they_are_many(workspace, monkeypatch):
    ledger = Ledger(workspace)
    fill(ledger, [*range(7), 3])
    expected = sorted((article(number) for number in range(7)), key=lambda made: made.id)

    monkeypatch.setattr("graph.ledger.view._TEXT_AT_ONCE", 1000)

    assert expected == list(ledger.view().articles())


def test_only_the_highest_version_of_an_extractor_counts(workspace):
    ledger = Ledger(workspace)
    made = article()
    for version in ("test 1.10", "test 1.10rc1", "test 1.9", "test nightly"):
        threat = claim(made, relation="threatens", extractor=version)
        add(ledger, 0, [claim(made, extractor=version), *([threat] if version == "test 1.9" else [])], version)

    assert ["test 1.10"] == [found.claim.extractor for found in ledger.view().claims()]


def test_of_several_extractors_the_one_that_came_last_counts(workspace):
    ledger = Ledger(workspace)
    made = article()
    with ledger.batch() as first:
        first.add_article(made, "test 9.0", [claim(made, extractor="test 9.0")])
        with ledger.batch() as second:
            second.add_article(made, "other 0.1", [claim(made, extractor="other 0.1")])
    fill(ledger, [0], extractor="test 9.0")  # what it had read already

    assert ["other 0.1"] == [found.claim.extractor for found in ledger.view().claims()]

    fill(ledger, [0], extractor="test 9.1")

    assert ["test 9.1"] == [found.claim.extractor for found in ledger.view().claims()]


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


def test_an_article_that_is_no_unicode_text_is_refused_and_the_others_of_its_batch_kept(workspace):
    ledger = Ledger(workspace)

    with ledger.batch() as batch:
        with pytest.raises(DataError, match="surrogate pair at character 5"):
            batch.add_article(Article(text="Half \ud83d of it", language="en"), "test 1.0", [])
        batch.add_article(article(), "test 1.0", [])

    assert [article()] == list(ledger.view().articles())


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

    assert (1, [article(0)]) == (before.counts().articles, list(before.articles()))
    assert (version, 2) == (before.version, ledger.view().counts().articles)
    assert version != ledger.view().version


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


def test_times_of_decisions_compare_across_offsets(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    target = article(0).id

    decide(ledger, "restore", target, "2026-01-01T12:00:00.5+03:00")
    decide(ledger, "remove", target, "2026-01-01T09:00:00Z")

    assert ledger.view().counts().articles == 1
    assert ["2026-01-01T09:00:00.000000Z", "2026-01-01T09:00:00.500000Z"] == [
        made.when for made in ledger.view().decisions()
    ]


@pytest.mark.parametrize("when", ["yesterday", "2026-01-01", "2026-01-01T09:00:00"])
def test_a_decision_without_a_time_is_refused(when):
    with pytest.raises(DataError, match="no time with an offset"):
        Decision("remove", "x", "because", "tester", when)


def test_a_decision_outlives_its_claim_and_applies_when_it_comes_back(workspace):
    ledger = Ledger(workspace)
    fill(ledger, [0])
    (found,) = ledger.view().claims()
    decide(ledger, "reject", found.claim.id, "2026-01-01T00:00:00Z", copy_of(found.claim))

    add(ledger, 0, [], "test 2.0")

    assert [] == list(ledger.view().claims())
    assert [found.claim.id] == [made.target for made in ledger.view().decisions()]

    add(ledger, 0, [replace(found.claim, extractor="test 3.0")], "test 3.0")

    assert ["rejected"] == [again.decision for again in ledger.view().claims()]
    assert ledger.view().counts().rejected == 1


def test_a_decision_stored_twice_is_one(workspace):
    ledger = Ledger(workspace)
    for _ in range(2):
        decide(ledger, "remove", article(0).id, "2026-01-01T00:00:00Z")

    assert len(list(ledger.view().decisions())) == 1
