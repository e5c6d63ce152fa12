"""`qawl correct` over a small workspace."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Qawl

LAVROV, RUSSIA = "Q58217", "Q159"
WHY = ("--reason", "a test")


@pytest.fixture
def filled(qawl: Qawl, articles: Path) -> Qawl:
    """The command in a folder whose workspace holds the three articles."""
    assert 0 == qawl("ingest", articles).returncode
    return qawl


@pytest.fixture
def claim(filled: Qawl) -> str:
    """The id of the English claim that Lavrov warned the United States."""
    (one,) = exported(filled, "--relation", "warns", "--language", "en", "--actor", LAVROV)
    return one["id"]


def exported(qawl: Qawl, *asked: str) -> list[dict]:
    return [json.loads(line) for line in qawl("export", "--format", "jsonl", *asked).stdout.splitlines()]


def test_a_correction_reaches_queries_and_is_taken_back(filled: Qawl, claim: str) -> None:
    before = filled("export", "--format", "nquads").stdout
    made = filled(
        "correct", claim, "--subject", "Russia", "--relation", "threatens", "--object", "", "--content", "", *WHY
    )

    assert (0, "", f"Claim {claim} corrected.\n") == (made.returncode, made.stdout, made.stderr)
    (one,) = exported(filled, "--claim", claim)
    assert (RUSSIA, "threatens", None, None) == (
        one["subject"]["entity"]["id"],
        one["relation"]["id"],
        one["object"],
        one["content"],
    )
    query = f"MATCH (c:Claim {{id: '{claim}'}}) RETURN c.relation, c.subject, c.decision"
    assert [["threatens", RUSSIA, "corrected"]] == [
        list(row.values()) for row in json.loads(filled("query", query, "--format", "json").stdout)
    ]

    assert 0 == filled("correct", claim, "--take-back", *WHY).returncode
    assert before == filled("export", "--format", "nquads").stdout


def test_words_of_the_sentence_become_the_content(filled: Qawl, claim: str) -> None:
    assert 0 == filled("correct", claim, "--content", "would respond", *WHY).returncode

    (one,) = exported(filled, "--claim", claim)
    assert "would respond" == one["content"]["text"]
    assert LAVROV == one["subject"]["entity"]["id"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--relation", "threatns"), "did you mean threatens"),
        (("--content", "words that nobody wrote"), "does not have the words"),
        (("--subject", "nobody at all"), "is no actor's id or name"),
        (("--subject", ""), "needs a subject"),
        (("--relation", "warns"), "must change"),
        (("--take-back",), "no correction"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_decides_nothing(
    filled: Qawl, claim: str, asked: tuple[str, ...], told: str
) -> None:
    before = filled("export", "--format", "jsonl").stdout
    result = filled("correct", claim, *asked, *WHY)

    assert (1, "") == (result.returncode, result.stdout)
    assert result.stderr.startswith("qawl: ")
    assert told in result.stderr
    assert before == filled("export", "--format", "jsonl").stdout


def test_a_claim_that_is_not_there_is_said(filled: Qawl) -> None:
    result = filled("correct", "none", "--relation", "warns", *WHY)

    assert 1 == result.returncode
    assert "no claim 'none'" in result.stderr


@pytest.mark.parametrize("asked", [[], ["--take-back", "--relation", "warns"]])
def test_nothing_to_correct_is_wrong_usage(filled: Qawl, asked: list[str]) -> None:
    result = filled("correct", "someid", *WHY, *asked)

    assert 2 == result.returncode
    assert "--take-back" in result.stderr
