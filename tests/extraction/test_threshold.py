"""Claims below the documented confidence are not emitted, nor is what stands in their contents."""

import json
from pathlib import Path

import pytest

from graph.articles import Article
from graph.claims import Entity
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor
from ingest.extractors.rules.assembly import THRESHOLD, Draft, assemble

GOLD = Path(__file__).parents[1] / "gold"
TEXT = "Ali hopes that Omar said that Zaid left. Hind said so."
SPEAKER = Entity("name-x", "person", "X", None, None, None)


def draft(cue: str, content: str | None, confidence: float) -> Draft:
    """A draft whose cue and content are these words of the text."""
    at = TEXT.index(cue)
    held = (TEXT.index(content), TEXT.index(content) + len(content)) if content else None
    return Draft(
        evidence=(0, len(TEXT)), cue=(at, at + len(cue)), relation="says", subject=((at, at), SPEAKER), rule="test",
        content=held, confidence=confidence,
    )  # fmt: skip


def cues(*drafts: Draft) -> list[str]:
    """The cues of the claims that are made of these drafts."""
    document = Document("one", Article(TEXT, "en"))
    return [claim.cue.text for claim, _ in assemble(document, drafts, "test")]


def test_the_threshold_is_the_documented_one() -> None:
    page = (GOLD.parents[1] / "docs" / "accuracy.md").read_text("utf-8")
    assert THRESHOLD == 0.5
    assert f"below {THRESHOLD} are dropped" in " ".join(page.split())


def test_a_draft_at_the_threshold_is_emitted_and_one_below_is_not() -> None:
    assert ["hopes"] == cues(draft("hopes", None, THRESHOLD), draft("left", None, THRESHOLD - 0.01))


def test_what_a_dropped_claim_holds_goes_with_it() -> None:
    outer = draft("hopes", "Omar said that Zaid left", THRESHOLD - 0.01)
    inner, inmost = draft("said", "Zaid left", 0.9), draft("left", None, 0.9)
    assert [] == cues(outer, inner, inmost)


def test_what_stands_beside_a_dropped_claim_stays() -> None:
    outer, inner = draft("hopes", "Omar said that Zaid left", 0.9), draft("said", "Zaid left", THRESHOLD - 0.01)
    assert ["hopes"] == cues(outer, inner, draft("left", None, 0.9))


@pytest.mark.parametrize("name", ["samples", "constructions_ar", "constructions_en"])
def test_no_claim_of_the_gold_sets_is_below_the_threshold(name: str) -> None:
    extractor = RulesExtractor()
    found = [
        claim.confidence
        for gold in map(json.loads, (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines())
        for claim in extractor.extract(Document(gold["id"], Article(gold["text"], gold["language"])))
    ]
    assert len(found) > 100
    assert min(found) >= THRESHOLD


def test_a_reading_that_is_mostly_wrong_is_dropped() -> None:
    found = RulesExtractor().extract(Document("one", Article("The minister promised better days.", "en")))
    assert [] == list(found)
