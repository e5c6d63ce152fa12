"""The extractor keeps its quality; and the gate itself does what it says."""

import json
from dataclasses import replace

import pytest

from graph.articles import Article
from graph.claims import Content
from ingest.extractors.rules import RulesExtractor
from tests.making import SENTENCE, claim
from tests.quality import gate
from tests.quality.scoring import f1, score


@pytest.mark.parametrize(("name", "path"), gate.sets().items(), ids=gate.sets())
def test_no_score_is_below_its_floor(name, path):
    assert [] == gate.failures(name, path, gate.measure(path), gate.read_floors())


# --- the gate and the scorer themselves ---


def span(words):
    start = SENTENCE.index(words)
    return {"start": start, "end": start + len(words)}


@pytest.fixture
def gold():
    attribution = {
        "source": span("Lavrov"),
        "source_country": "RUS",
        "cue": span("warned"),
        "content": span("Russia would answer"),
    }
    dyad = {"subject": span("Lavrov"), "cue": span("warned"), "object": span("United States"), "root": "13"}
    return {"id": "x", "text": SENTENCE, "language": "en", "attributions": [attribution], "dyads": [dyad]}


@pytest.fixture
def right():
    return claim(Article(SENTENCE, "en"))


def test_a_right_claim_scores_full(gold, right):
    counts = score(gold, [right])

    assert (1.0, 1.0) == (f1(counts, "attributions right", "attributions"), f1(counts, "dyads right", "dyads"))
    assert (1, 1) == (counts["cues right"], counts["roots right"])


def test_a_wrong_source_content_or_object_scores_nothing(gold, right):
    elsewhere = replace(right, subject=right.object, object=right.subject)
    short = replace(right, content=Content(replace(right.content.span, end=right.content.span.start + 6)))

    assert 0 == score(gold, [elsewhere])["attributions right"]
    assert 0 == score(gold, [elsewhere])["dyads right"]
    assert 0 == score(gold, [short])["attributions right"]
    assert 1 == score(gold, [short])["cues right"]


def test_a_missing_and_a_spurious_claim_cost(gold, right):
    assert 0.0 == f1(score(gold, []), "attributions right", "attributions")
    nothing = gold | {"attributions": [], "dyads": []}
    assert 0.0 == f1(score(nothing, [right]), "attributions right", "attributions")
    assert 1.0 == f1(score(nothing, []), "dyads right", "dyads")


@pytest.fixture
def a_set(tmp_path, gold):
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(gold) + "\n", encoding="utf-8")
    return path


def test_a_score_below_its_floor_fails(a_set):
    floors = {"set": {"fingerprint": gate.fingerprint(a_set), "f1": {"cues": 0.8}}}

    assert [] == gate.failures("set", a_set, {"cues": 0.8}, floors)
    assert "floor is 0.8" in gate.failures("set", a_set, {"cues": 0.79}, floors)[0]
    assert "no floor" in gate.failures("other", a_set, {"cues": 1.0}, floors)[0]


def test_changed_annotations_fail(a_set):
    floors = {"set": {"fingerprint": gate.fingerprint(a_set), "f1": {"cues": 0.8}}}
    a_set.write_text("{}\n", encoding="utf-8")

    assert "has changed" in gate.failures("set", a_set, {"cues": 1.0}, floors)[0]


def test_floors_rise_and_are_lowered_only_when_told(a_set):
    floors = {"set": {"fingerprint": "old", "f1": {"cues": 0.8}}}

    assert 0.895 == gate.raised("set", a_set, {"cues": 0.9}, floors, lower=False)["f1"]["cues"]
    assert 0.8 == gate.raised("set", a_set, {"cues": 0.7}, floors, lower=False)["f1"]["cues"]
    assert 0.695 == gate.raised("set", a_set, {"cues": 0.7}, floors, lower=True)["f1"]["cues"]


def test_the_extractor_is_what_is_measured(a_set):
    assert "rules" in RulesExtractor().name
    assert {"cues", "attributions", "dyads"} == set(gate.measure(a_set))
