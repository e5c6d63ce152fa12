"""The gold claims fit the sample articles and the blind constructions they were written for."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import data

GOLD = Path(__file__).parent
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
SPANS = {"attributions": ("source", "cue", "content", "target"), "dyads": ("subject", "cue", "object")}
COUNTRIES = {"attributions": ("source", "target"), "dyads": ("subject", "object")}


def load(name: str) -> list[dict[str, Any]]:
    """The documents of one gold file, in file order."""
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


SAMPLES = load("samples.jsonl")
CONSTRUCTIONS = load("constructions_blind.jsonl")


def annotations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each annotation of a document with the layer it stands in."""
    for layer in SPANS:
        yield from ((layer, item) for item in document[layer])


def pieces(span: dict[str, Any] | None) -> list[tuple[int, int]]:
    """The parts of a span, itself when it is whole, none when it is null."""
    if span is None:
        return []
    return [tuple(part) for part in span.get("parts", [(span["start"], span["end"])])]


def sample_files() -> dict[str, tuple[dict[str, Any], str]]:
    """Front matter and body of every file in the samples folder, by file name."""
    files = {}
    for path in Path(data.__file__).with_name("samples").iterdir():
        match = FRONT_MATTER.match(path.read_bytes().decode("utf-8"))
        assert match, f"{path.name} has no front matter"
        files[path.name] = (yaml.safe_load(match[1]), match[2])
    return files


@pytest.mark.parametrize("document", [*SAMPLES, *CONSTRUCTIONS], ids=lambda document: document["id"])
def test_every_span_is_words_of_its_text(document: dict[str, Any]) -> None:
    text = document["text"]
    for layer, item in annotations(document):
        assert item["cue"] is not None
        for start, end in (piece for key in SPANS[layer] for piece in pieces(item[key])):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()


@pytest.mark.parametrize("document", [*SAMPLES, *CONSTRUCTIONS], ids=lambda document: document["id"])
def test_codes_are_of_the_gold_format(document: dict[str, Any]) -> None:
    for layer, item in annotations(document):
        assert 1 <= int(item["root"]) <= 20 and len(item["root"]) == 2
        for key in COUNTRIES[layer]:
            assert re.fullmatch(r"([A-Z]{3})?", item[f"{key}_country"])
    assert {bool} >= {type(dyad["negated"]) for dyad in document["dyads"]}


@pytest.mark.parametrize("document", [*SAMPLES, *CONSTRUCTIONS], ids=lambda document: document["id"])
def test_no_claim_is_annotated_twice(document: dict[str, Any]) -> None:
    seen = [json.dumps([layer, item], sort_keys=True) for layer, item in annotations(document)]
    assert sorted(set(seen)) == sorted(seen)


def test_gold_texts_are_the_bodies_of_the_samples() -> None:
    bodies = {name: body for name, (_, body) in sample_files().items()}
    assert bodies == {document["id"]: document["text"] for document in SAMPLES}


def test_front_matter_is_complete() -> None:
    for name, (head, _) in sample_files().items():
        assert {"url", "title", "outlet", "published", "language"} == set(head)
        slug, language = re.fullmatch(r"\d{4}-\d\d-\d\d-(.+)\.(ar|en)\.md", name).groups()
        assert f"https://example.org/sample-wire/{slug}-{language}" == head["url"]
        assert head["outlet"] == "Qawl sample wire"
        assert date.fromisoformat(name[:10]) == head["published"]
        assert language == head["language"]
        assert head["title"]


def test_samples_have_the_required_mix() -> None:
    languages = Counter(document["language"] for document in SAMPLES)
    events = Counter(document["id"].rsplit(".", 2)[0] for document in SAMPLES)
    assert languages["ar"] >= 8
    assert languages["en"] >= 6
    assert sum(count == 2 for count in events.values()) >= 4
    assert any(dyad["negated"] for document in SAMPLES for dyad in document["dyads"])
    assert all(120 <= len(document["text"].split()) <= 250 for document in SAMPLES)


def test_lavrov_warns_the_united_states_in_both_languages() -> None:
    for language in ("ar", "en"):
        document = next(d for d in SAMPLES if d["id"] == f"2025-07-12-lavrov-wonsan.{language}.md")
        warnings = [
            (dyad["subject_country"], dyad["object_country"], dyad["negated"])
            for dyad in document["dyads"]
            if dyad["root"] == "13"
        ]
        assert ("RUS", "USA", False) in warnings


def test_constructions_have_the_required_mix() -> None:
    empty = [document for document in CONSTRUCTIONS if not any(annotations(document))]
    assert Counter(document["language"] for document in CONSTRUCTIONS) == {"ar": 140, "en": 100}
    assert len(empty) == 60
    assert all(document["construction"].startswith("empty_") == (document in empty) for document in CONSTRUCTIONS)
    assert len({document["text"] for document in CONSTRUCTIONS}) == len(CONSTRUCTIONS)
    assert len({document["id"] for document in CONSTRUCTIONS}) == len(CONSTRUCTIONS)
