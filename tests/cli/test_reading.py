"""`qawl extract` and `qawl ingest`."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLES, Qawl

SUMMARY = re.compile(r"(?:(\d+) unchanged\n)?(\d+) articles, (\d+) claims, (\d+) set aside\n\Z")


def counts(stderr: str) -> tuple[int, int, int, int]:
    """Articles, claims, set aside and unchanged, from the closing lines."""
    found = SUMMARY.search(stderr)
    assert found, stderr
    unchanged, articles, claims, set_aside = (int(number or 0) for number in found.groups())
    return articles, claims, set_aside, unchanged


def test_extract_prints_records_of_the_contract_and_writes_nothing(qawl: Qawl, articles: Path) -> None:
    before = sorted(articles.parent.rglob("*"))
    path = articles / "warning_ar.md"
    result = qawl("extract", path, "--format", "jsonl")
    records = [json.loads(line) for line in result.stdout.splitlines()]

    assert (0, "") == (result.returncode, result.stderr)
    assert "warns" in {record["relation"]["id"] for record in records}
    for record in records:
        evidence = record["evidence"]
        assert str(path) == record["document"]
        assert evidence["text"] in ARTICLES["warning_ar.md"]
        assert len(evidence["text"]) == evidence["end"] - evidence["start"]
    assert before == sorted(articles.parent.rglob("*"))


@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv"])
def test_extract_of_a_text_without_claims_is_a_success(qawl: Qawl, tmp_path: Path, format_: str) -> None:
    (tmp_path / "quiet.txt").write_text("The weather was mild.\n", encoding="utf-8")
    result = qawl("extract", "quiet.txt", "--format", format_)

    assert (0, "") == (result.returncode, result.stderr)
    assert (format_ == "jsonl") == (result.stdout == "")


def test_extract_sets_aside_what_it_cannot_read_and_prints_the_rest(qawl: Qawl, articles: Path) -> None:
    (articles / "empty.txt").touch()
    result = qawl("extract", articles / "empty.txt", "none.txt", articles / "warning.md", "--format", "jsonl")

    assert 1 == result.returncode
    assert result.stdout
    assert all(json.loads(line)["document"].endswith("warning.md") for line in result.stdout.splitlines())
    assert "empty.txt" in result.stderr
    assert "none.txt" in result.stderr


def test_extract_explains_each_part_of_each_claim(qawl: Qawl, articles: Path) -> None:
    path = articles / "warning_ar.md"
    plain = [json.loads(line) for line in qawl("extract", path, "--format", "jsonl").stdout.splitlines()]
    result = qawl("extract", path, "--explain", "--format", "jsonl")
    explained = [json.loads(line) for line in result.stdout.splitlines()]

    assert plain == [{key: value for key, value in record.items() if key != "explanation"} for record in explained]
    for record in explained:
        parts = {part["part"]: part for part in record["explanation"]}
        assert {part for part in ("subject", "object", "content") if record[part]} | {"cue"} == set(parts)
        assert record["relation"]["text"] == parts["cue"]["words"]
        assert parts["cue"]["bound_by"].startswith("ar.")
        assert record["subject"]["entity"]["id"] in parts["subject"]["bound_by"]
    table = qawl("extract", path, "--explain").stdout
    assert "bound by" in table.splitlines()[0]


def test_extract_starts_without_the_heavy_libraries(qawl: Qawl, articles: Path) -> None:
    """They would take longer to import than a short article takes to read."""
    heavy = {"pandas", "pyarrow", "streamlit", "trafilatura", "ladybug", "pyoxigraph", "rdflib", "networkx"}
    trace = qawl("extract", articles / "warning.md", PYTHONPROFILEIMPORTTIME="1").stderr
    imported = {line.rsplit("|", 1)[-1].strip() for line in trace.splitlines() if line.startswith("import time:")}

    assert "ingest.extractors.rules.assembly" in imported
    assert set() == heavy & imported


def test_ingest_counts_and_then_changes_nothing(qawl: Qawl, articles: Path) -> None:
    first = qawl("ingest", articles)
    version = qawl("stats", "--format", "json").stdout
    second = qawl("ingest", articles, "--jobs", "2")

    assert (0, "", 0, "") == (first.returncode, first.stdout, second.returncode, second.stdout)
    assert (3, 0, 0) == (counts(first.stderr)[0], *counts(first.stderr)[2:])
    assert counts(first.stderr)[1] >= 3
    assert (0, 0, 0, 3) == counts(second.stderr)
    assert version == qawl("stats", "--format", "json").stdout


def test_ingest_sets_aside_with_the_name_and_reads_the_rest(qawl: Qawl, articles: Path) -> None:
    (articles / "empty.txt").touch()
    (articles / "picture.txt").write_bytes(bytes(range(256)) * 40)
    result = qawl("ingest", articles)

    assert 1 == result.returncode
    assert (3, 2) == counts(result.stderr)[::2]
    assert "empty.txt" in result.stderr
    assert "picture.txt" in result.stderr


def test_messages_carry_no_colour_off_a_terminal(qawl: Qawl, articles: Path) -> None:
    (articles / "empty.txt").touch()

    assert "\x1b" not in qawl("ingest", articles, TERM="xterm-256color").stderr


def test_the_workspace_is_named_before_or_after_the_command_or_by_the_environment(
    qawl: Qawl, articles: Path, tmp_path: Path
) -> None:
    qawl("--workspace", "before", "ingest", articles)
    qawl("ingest", articles, "--workspace", "after", QAWL_WORKSPACE="environment")
    qawl("ingest", articles, QAWL_WORKSPACE="environment")
    qawl("ingest", articles)

    made = {"before", "after", "environment", "qawl-workspace"}
    assert made | {"articles"} == {path.name for path in tmp_path.iterdir()}
    assert {3} == {
        json.loads(qawl("stats", "--workspace", name, "--format", "jsonl").stdout)["articles"] for name in made
    }
