"""Rules that made claims are described for people."""

import csv
import json
from pathlib import Path

import pytest

from data import resource
from graph.articles import Article
from ingest.documents import Document
from ingest.extractors.explaining import explain
from ingest.extractors.rules import RulesExtractor

ROOT = Path(__file__).parents[2]
SETS = ("samples", "constructions_ar", "constructions_en")


def test_every_file_of_a_rule_is_there() -> None:
    with resource("lexicons", "rules.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == len({row["rule"] for row in rows})
    for row in rows:
        assert (ROOT / "ingest" / "extractors" / "rules" / row["file"]).exists(), row


@pytest.mark.parametrize("name", SETS)
def test_every_rule_that_made_a_claim_is_described(name: str) -> None:
    extractor, found = RulesExtractor(), 0
    for line in (ROOT / "tests" / "gold" / f"{name}.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        document = Document(gold["id"], Article(gold["text"], gold["language"]))
        explained = extractor.explain(document)
        assert [claim for claim, _ in explained] == list(extractor.extract(document))
        for claim, rule in explained:
            parts = {part.part: part for part in explain(claim, rule)}
            assert "not described" not in parts["cue"].bound_by, rule
            if claim.content and gold["language"] == "en":
                assert "what follows this word" not in parts["content"].bound_by, rule
            found += 1

    assert found
