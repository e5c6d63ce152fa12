"""One short sentence for each English construction: what is read there, and nothing where there is nothing."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from graph.articles import Article
from graph.claims import Claim
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor

GOLD = Path(__file__).parents[2] / "gold" / "constructions_en.jsonl"
SENTENCES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
# Floors of precision and recall over all the sentences; they only rise.
ATTRIBUTIONS, DYADS = (0.97, 0.99), (0.97, 0.98)

Words = frozenset[int]


def words(text: str, spans: Iterable[tuple[int, int]]) -> Words:
    """Where the words inside these spans begin."""
    return frozenset(start + m.start() for start, end in spans for m in re.finditer(r"\w+", text[start:end]))


def marked(text: str, span: dict[str, Any] | None) -> Words:
    """The words of a span of the gold."""
    return words(text, span.get("parts") or [(span["start"], span["end"])]) if span else frozenset()


def claims(sentence: dict[str, Any]) -> list[Claim]:
    """What the rules read in a sentence, those inside contents included."""
    return RulesExtractor().extract(Document("one", Article(sentence["text"], "en")))


def attributions(sentence: dict[str, Any]) -> tuple[int, int, int]:
    """How many attributions are right, expected, and read; claims with one cue are one."""
    text = sentence["text"]
    read: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims(sentence):
        if claim.content:
            read.setdefault((claim.cue.start, claim.cue.end), []).append(claim)
    expected = {json.dumps([a["cue"], a["source"]]): a for a in sentence["attributions"]}.values()
    right = sum(any(_attributes(text, item, found) for found in read.values()) for item in expected)
    sources = sum(len({claim.subject.span for claim in found}) for found in read.values())
    return right, len(expected), sources


def _attributes(text: str, item: dict[str, Any], found: list[Claim]) -> bool:
    said = words(text, {(c.content.span.start, c.content.span.end) for c in found if c.content})
    meant = marked(text, item["content"])
    source = words(text, {(c.subject.span.start, c.subject.span.end) for c in found})
    cue = words(text, [(found[0].cue.start, found[0].cue.end)])
    same = marked(text, item["cue"]) & cue or text[found[0].cue.start] == ":"
    return bool(same and source & marked(text, item["source"]) and 2 * len(said & meant) >= len(said | meant))


def dyads(sentence: dict[str, Any]) -> tuple[int, int, int]:
    """How many dyads are right (mentions, cue, CAMEO root and negation), expected, and read."""
    text = sentence["text"]
    read = [claim for claim in claims(sentence) if claim.object]
    right = sum(any(_relates(text, item, claim) for claim in read) for item in sentence["dyads"])
    return right, len(sentence["dyads"]), len(read)


def _relates(text: str, item: dict[str, Any], claim: Claim) -> bool:
    assert claim.object
    pairs = (("subject", claim.subject.span), ("cue", claim.cue), ("object", claim.object.span))
    overlap = all(marked(text, item[key]) & words(text, [(span.start, span.end)]) for key, span in pairs)
    return overlap and claim.relation.cameo[:2] == item["root"] and claim.negated == item["negated"]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["construction"])
def test_the_gold_marks_words_of_its_sentence(sentence: dict[str, Any]) -> None:
    spans = [
        item[key]
        for layer, keys in (("attributions", ("source", "cue", "content")), ("dyads", ("subject", "cue", "object")))
        for item in sentence[layer]
        for key in keys
    ]
    assert [] == [span for span in spans if not 0 <= span["start"] < span["end"] <= len(sentence["text"])]


def test_there_are_enough_sentences_and_each_is_there_once() -> None:
    assert len(SENTENCES) == len({sentence["text"] for sentence in SENTENCES})
    assert len(SENTENCES) >= 120
    assert sum(not sentence["attributions"] and not sentence["dyads"] for sentence in SENTENCES) >= 30


@pytest.mark.parametrize(("count", "floors"), [(attributions, ATTRIBUTIONS), (dyads, DYADS)])
def test_constructions_are_read(count: Any, floors: tuple[float, float]) -> None:
    counts = [count(sentence) for sentence in SENTENCES]
    right, expected, read = (sum(column) for column in zip(*counts, strict=True))
    assert right / read >= floors[0]
    assert right / expected >= floors[1]


@pytest.mark.parametrize(
    "sentence",
    [s for s in SENTENCES if not s["attributions"] and not s["dyads"]],
    ids=lambda sentence: sentence["construction"],
)
def test_nothing_is_read_where_there_is_nothing(sentence: dict[str, Any]) -> None:
    assert [] == [claim for claim in claims(sentence) if claim.content or claim.object]
