"""Corrected claims in the view, the indexes and the exports; taken back, they are as they were."""

import io
from contextlib import closing
from dataclasses import replace

import pytest

from graph.actors.decisions import merge
from graph.claims import Content, Entity, Mention, Span
from graph.errors import DataError
from graph.exports import write
from graph.generations import Indexes
from graph.ledger import Decision, Ledger
from graph.relations import relations
from graph.reviewing import correct, decide, reviews, span_of_words, take_back
from graph.sync import reported
from tests.ledger.filling import add, fill
from tests.making import LAVROV, RUSSIA, article, claim

CHINA = Entity("Q148", "country", "China", "الصين", "CHN", "GOV")
EDITOR = {"who": "Nadia", "reason": "misread"}


@pytest.fixture
def ledger(workspace):
    made = Ledger(workspace)
    fill(made, range(3))
    return made


def shown(ledger, claim_id=None):
    found = {one.claim.id: one for one in ledger.view().claims()}
    return found[claim_id or claim(article(1)).id]


def exported(workspace):
    out = io.BytesIO()
    write(Ledger(workspace).view(), workspace.base_iri, "nquads", out)
    return out.getvalue()


def wanted(of):
    """Another subject, an actor that nobody stored; another relation; no object; shorter content."""
    words = span_of_words(of.evidence, "Russia", of.content.span.start)
    return replace(
        of,
        subject=Mention(of.subject.span, CHINA),
        relation=relations()["threatens"],
        object=None,
        content=Content(words, quoted=True),
    )


def test_a_correction_changes_what_it_names_and_nothing_else(workspace, ledger):
    before = shown(ledger).claim
    correct(workspace, before, wanted(before), **EDITOR)

    after = shown(ledger)
    assert (wanted(before), "corrected") == (after.claim, after.decision)
    assert CHINA in [*ledger.view().entities()]
    assert (3, 3) == (ledger.view().counts().claims, ledger.view().claim_table().num_rows)
    assert [None, None] == [one.decision for one in ledger.view().claims() if one.claim.id != before.id]


def test_it_survives_a_new_reading_and_applies_again_when_the_claim_returns(workspace, ledger):
    before = shown(ledger).claim
    correct(workspace, before, replace(before, relation=relations()["threatens"]), **EDITOR)

    add(ledger, 1, [], "test 2.0")
    assert before.id not in {one.claim.id for one in ledger.view().claims()}
    add(ledger, 1, [claim(article(1), extractor="test 3.0")], "test 3.0")

    assert ("threatens", "corrected") == (shown(ledger).claim.relation.id, shown(ledger).decision)


def test_taken_back_the_graph_is_as_it_was_byte_for_byte(workspace, ledger):
    untouched = exported(workspace)
    before = shown(ledger).claim
    correct(workspace, before, wanted(before), **EDITOR)
    assert untouched != exported(workspace)

    (opinion,) = reviews(workspace).in_force
    take_back(workspace, opinion, who="Nadia", reason="I was wrong")

    assert untouched == exported(workspace)
    take_back(workspace, opinion, who="Omar", reason="clicked twice")
    assert ["uncorrect", "correct"] == [one.kind for one in reviews(workspace).made]


def test_corrections_add_up_and_withdraw_a_verdict(workspace, ledger):
    before = shown(ledger).claim
    decide(workspace, [before], "reject", **EDITOR)
    correct(workspace, before, replace(before, relation=relations()["threatens"]), **EDITOR)
    correct(workspace, shown(ledger).claim, replace(shown(ledger).claim, object=None), **EDITOR)

    after = shown(ledger)
    assert ("threatens", None, "corrected") == (after.claim.relation.id, after.claim.object, after.decision)
    decide(workspace, [after.claim], "accept", who="Omar")
    assert ("threatens", "accepted") == (shown(ledger).claim.relation.id, shown(ledger).decision)


def test_merged_actors_stand_in_corrections_too(workspace, ledger):
    before = shown(ledger).claim
    correct(workspace, before, wanted(before), **EDITOR)
    merge(workspace, RUSSIA, CHINA, reason="a test", who="Nadia")

    assert RUSSIA.id == shown(ledger).claim.subject.entity.id


def test_the_indexes_follow(workspace, ledger):
    Indexes(workspace).refresh()
    before = shown(ledger).claim
    correct(workspace, before, wanted(before), **EDITOR)
    Indexes(workspace).refresh()

    for open_store in (Indexes(workspace).cypher, Indexes(workspace).sparql):
        with closing(open_store()) as store:
            found = store.claim(before.id)
            assert (wanted(before), "corrected") == (found.claim, found.decision)
            assert 2 == len(store.neighbourhood(LAVROV.id)) or 2 == store.neighbourhood(LAVROV.id)[0].claims
            assert CHINA == store.entity(CHINA.id)


def test_without_reason_name_or_change_nothing_is_written(workspace, ledger):
    before = shown(ledger).claim
    for who, reason, after in (("", "r", wanted(before)), ("n", " ", wanted(before)), ("n", "r", before)):
        with pytest.raises(DataError):
            correct(workspace, before, after, who=who, reason=reason)
    astray = Mention(Span(before.evidence.start, before.evidence.start + 5, "China"), CHINA)
    with pytest.raises(DataError, match="does not stand"):
        correct(workspace, before, replace(before, subject=astray), **EDITOR)

    assert () == reviews(workspace).made


def test_words_are_found_where_they_stand_nearest():
    sentence = Span(100, 123, "said he said she agreed")

    assert Span(108, 112, "said") == span_of_words(sentence, "said", 107)
    assert Span(100, 104, "said") == span_of_words(sentence, "said", 90)
    for words in ("denied", ""):
        with pytest.raises(DataError, match="does not have"):
            span_of_words(sentence, words, 100)


@pytest.mark.parametrize(
    "details",
    ["{}", '{"correction": {}}', '{"correction": {"negated": true}}', '{"correction": {"subject": null}}',
     '{"correction": {"relation": "loves"}}', '{"correction": {"object": {"start": 1}}}'],
)  # fmt: skip
def test_a_correction_that_cannot_be_read_is_told(ledger, details):
    with ledger.batch() as batch:
        batch.decide(Decision("correct", claim(article(1)).id, "r", "w", "2026-01-03T12:00:00Z", details))

    with pytest.raises(DataError, match="correction of claim"):
        ledger.view().claim_table()


def test_a_server_is_written_the_corrected_article_and_no_other(workspace, ledger):
    def fingerprints():
        return {one.article.id: one.fingerprint for one in reported(ledger.view(), workspace.base_iri)}

    untouched = fingerprints()
    before = shown(ledger).claim
    correct(workspace, before, wanted(before), **EDITOR)
    assert {before.document} == {id_ for id_, print_ in fingerprints().items() if print_ != untouched[id_]}

    take_back(workspace, reviews(workspace).in_force[0], who="Nadia", reason="I was wrong")
    assert untouched == fingerprints()
