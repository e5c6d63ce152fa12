"""`qawl query`, `export`, `stats`, `remove`, `doctor` and `rebuild` over a small workspace."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from graph.exports import FILES
from tests.cli.conftest import QAWL, Qawl

CYPHER = "MATCH (a:Entity)-[r:WARNS]->(b:Entity) RETURN DISTINCT a.id AS a, b.id AS b, b.label_en AS name"
SPARQL = "SELECT DISTINCT ?a ?b ?name { ?s rel:warns ?o . ?s qawl:id ?a . ?o qawl:id ?b ; qawl:label_en ?name }"


def test_both_languages_give_the_same_rows(filled: Qawl) -> None:
    cypher, sparql = (json.loads(filled("query", text, "--format", "json").stdout) for text in (CYPHER, SPARQL))

    assert ["United States"] == [row["name"] for row in cypher]
    assert cypher == sparql


def test_formats_of_a_query(filled: Qawl) -> None:
    printed = {name: filled("query", CYPHER, "--format", name).stdout for name in ("table", "json", "jsonl", "csv")}
    rows = json.loads(printed["json"])

    assert rows == [json.loads(line) for line in printed["jsonl"].splitlines()]
    assert rows == list(csv.DictReader(io.StringIO(printed["csv"])))
    assert "United States" in printed["table"]


@pytest.mark.parametrize("query", ["MATCH (e:Entity {id: 'none'}) RETURN e.id", "SELECT ?s { ?s rel:warns ?s }"])
def test_a_query_without_rows_is_a_success(filled: Qawl, query: str) -> None:
    result = filled("query", query, "--format", "jsonl")

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)


def test_the_row_limit_is_said_on_standard_error(filled: Qawl) -> None:
    result = filled("query", "MATCH (e:Entity) RETURN e.id", "--limit", "1", "--format", "jsonl")

    assert (0, 1) == (result.returncode, len(result.stdout.splitlines()))
    assert "1 rows" in result.stderr


@pytest.mark.parametrize(
    ("query", "status"),
    [("MATCH (a RETURN a", 2), ("SELECT ?s { ?s ?p", 2), ("hello", 2), ("MATCH (a:Nothing) RETURN a", 1)],
)
def test_an_error_in_a_query_is_a_message_without_a_traceback(filled: Qawl, query: str, status: int) -> None:
    result = filled("query", query)

    assert (status, "") == (result.returncode, result.stdout)
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_the_time_limit_ends_a_query(filled: Qawl) -> None:
    result = filled("query", "MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN count(*)", "--timeout", "0.001")

    assert 1 == result.returncode
    assert result.stderr.startswith("qawl: ")


@pytest.mark.parametrize("format_", FILES)
def test_export_writes_the_same_to_a_file_and_to_standard_output(filled: Qawl, tmp_path: Path, format_: str) -> None:
    result = filled("export", "--format", format_, "--output", "made")
    printed = subprocess.run([*QAWL, "export", "--format", format_], cwd=tmp_path, capture_output=True, check=True)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)
    assert (tmp_path / "made").read_bytes() == printed.stdout
    assert printed.stdout


def test_remove_takes_an_article_out_of_every_answer(filled: Qawl) -> None:
    claims = "MATCH (c:Claim)-[:REPORTED_IN]->(a:Article) RETURN DISTINCT a.id AS id, a.title AS title"
    rows = json.loads(filled("query", claims, "--format", "json").stdout)
    article = next(row["id"] for row in rows if row["title"] == "Moscow warns Washington")
    removed = filled("remove", article, "--reason", "published in error")

    assert (0, "") == (removed.returncode, removed.stdout)
    assert article not in filled("query", claims, "--format", "json").stdout
    assert article not in filled("export", "--format", "nquads").stdout
    assert 1 == filled("remove", article, "--reason", "again").returncode


def test_doctor_finds_a_missing_index_and_rebuild_mends_it(filled: Qawl, tmp_path: Path) -> None:
    healthy = filled("doctor", "--format", "json")
    shutil.rmtree(tmp_path / "qawl-workspace" / "indexes")
    ill = filled("doctor", "--format", "json")
    rebuilt = filled("rebuild")

    assert (0, {"fine"}) == (healthy.returncode, {row["state"] for row in json.loads(healthy.stdout)})
    assert 1 == ill.returncode
    assert any("qawl rebuild" in row["remedy"] for row in json.loads(ill.stdout))
    assert (0, "") == (rebuilt.returncode, rebuilt.stdout)
    assert 0 == filled("doctor").returncode


def test_stats_counts(filled: Qawl) -> None:
    (row,) = json.loads(filled("stats", "--format", "json").stdout)

    assert 3 == row["articles"]
    assert row["claims"] >= 3
    assert row["version"]


def test_a_reader_that_stops_early_ends_the_command_quietly(filled: Qawl, tmp_path: Path) -> None:
    """As in `qawl export --format nquads | head -c 1`: the pipe is closed while there is more to print."""
    process = subprocess.Popen(
        [*QAWL, "export", "--format", "nquads"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()

    assert b"" == process.stderr.read()
    assert 0 == process.wait(60)
    process.stderr.close()
