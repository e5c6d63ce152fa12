"""Short Arabic sentences of one construction each; how well they are read the quality gate's floors say."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.articles import Article
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor

GOLD = Path(__file__).parents[2] / "gold" / "constructions_ar.jsonl"
SENTENCES: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
EMPTY = [gold for gold in SENTENCES if not (gold["attributions"] or gold["dyads"])]


def test_there_are_enough_of_both_kinds() -> None:
    assert len(SENTENCES) >= 140
    assert len(EMPTY) >= 35


@pytest.mark.parametrize("gold", SENTENCES, ids=lambda gold: str(gold["construction"]))
def test_every_annotation_is_whole_words_of_the_sentence(gold: dict[str, Any]) -> None:
    for item in (*gold["attributions"], *gold["dyads"]):
        spans = [item.get(name) for name in ("source", "cue", "content", "target", "subject", "object")]
        for span in filter(None, spans):
            text = gold["text"][span["start"] : span["end"]]
            assert text and text == text.strip()
            assert not gold["text"][span["end"] : span["end"] + 1].isalpha() or text.endswith("ل")


@pytest.mark.parametrize("gold", EMPTY, ids=lambda gold: str(gold["construction"]))
def test_a_sentence_without_claims_gives_none(gold: dict[str, Any]) -> None:
    assert [] == list(RulesExtractor().extract(Document(gold["id"], Article(gold["text"], "ar"))))
