"""`qawl actors` over a small workspace."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Qawl

IRAN, RUSSIA = "Q794", "Q159"


@pytest.fixture
def filled(qawl: Qawl, articles: Path) -> Qawl:
    """The command in a folder whose workspace holds the three articles."""
    assert 0 == qawl("ingest", articles).returncode
    return qawl


def test_merge_and_split_reach_queries_and_exports(filled: Qawl) -> None:
    before = filled("export", "--format", "nquads").stdout

    assert 0 == filled("actors", "merge", "Q58217", IRAN, "--reason", "a test").returncode
    query = f"MATCH (e:Entity {{id: '{IRAN}'}}) RETURN e.id"
    assert [] == json.loads(filled("query", query, "--format", "json").stdout)
    assert f"<http://www.wikidata.org/entity/{IRAN}> ." in filled("export", "--format", "nquads").stdout

    assert 0 == filled("actors", "split", IRAN).returncode
    assert before == filled("export", "--format", "nquads").stdout


def test_what_is_wrong_is_said_in_one_line(filled: Qawl) -> None:
    for arguments in (("split", IRAN), ("merge", IRAN, IRAN), ("show", "nobody at all"), ("import", "nothing.csv")):
        result = filled("actors", *arguments)

        assert (1, "") == (result.returncode, result.stdout)
        assert result.stderr.startswith("qawl: ")
        assert "Traceback" not in result.stderr


def test_an_actor_is_shown_by_name_with_what_was_seen(filled: Qawl) -> None:
    (shown,) = json.loads(filled("actors", "show", "سيرغي لافروف", "--format", "json").stdout)

    assert ("Q58217", "2025-03-04", "RUS") == (shown["id"], shown["first_seen"], shown["country"])
    assert {"en", "ar"} == {alias["language"] for alias in shown["aliases"]}


def test_an_added_actor_is_listed_and_a_malformed_file_changes_nothing(filled: Qawl, tmp_path: Path) -> None:
    added = filled("actors", "add", "--kind", "person", "--label-en", "Salma Idris", "--country", "SDN")
    (row,) = json.loads(filled("actors", "list", "salma idris", "--format", "json").stdout)
    assert (0, "person-salma-idris", "workspace") == (added.returncode, row["id"], row["registry"])

    own = tmp_path / "qawl-workspace" / "actors.csv"
    before = own.read_bytes()
    (tmp_path / "more.csv").write_text("kind,label_en,country\nperson,Adel Nour,EGY\nperson,Mona Nour,Egypt\n")
    result = filled("actors", "import", "more.csv")

    assert 1 == result.returncode
    assert "more.csv, row 3, column country: 'Egypt'" in result.stderr
    assert before == own.read_bytes()


def test_extract_links_with_the_workspaces_own_registry(qawl: Qawl, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Salma Idris warned the United States against sending more weapons.")
    before = speakers(qawl, "text.txt")
    own = ("--kind", "person", "--label-en", "Salma Idris", "--country", "SDN", "--id", "own-1")
    assert 0 == qawl("actors", "add", *own).returncode

    assert "own-1" not in before
    assert {"own-1"} == speakers(qawl, "text.txt")


def speakers(qawl: Qawl, file: str) -> set[str]:
    """The ids of the subjects of what is read from a file."""
    printed = qawl("extract", file, "--format", "jsonl").stdout.splitlines()
    return {json.loads(line)["subject"]["entity"]["id"] for line in printed}


def test_extract_refuses_a_workspace_that_is_not_there(qawl: Qawl, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("Salma Idris warned the United States.")
    result = qawl("extract", "text.txt", "--workspace", "nowhere")

    assert (1, "") == (result.returncode, result.stdout)
    assert "there is no workspace at nowhere" in result.stderr


def test_duplicates_are_proposed_with_evidence_and_names_that_several_bear_are_listed(
    qawl: Qawl, tmp_path: Path
) -> None:
    rows = "kind,label_en\nperson,Salma Idris\nperson,Salma Idrees\nperson,Omar Idris\n"
    (tmp_path / "more.csv").write_text(rows)
    assert 0 == qawl("actors", "import", "more.csv").returncode
    names = ("Salma Idris", "Salma Idrees", "Omar Idris")
    (tmp_path / "text.txt").write_text(" ".join(f"{name} condemned the United States." for name in names))
    assert 0 == qawl("ingest", "text.txt").returncode

    proposal, *_ = json.loads(qawl("actors", "duplicates", "--format", "json").stdout)
    (name,) = json.loads(qawl("actors", "duplicates", "--ambiguous", "--format", "json").stdout)

    assert {"person-salma-idris", "person-salma-idrees"} == {proposal["first"], proposal["second"]}
    assert "Salma Idrees ~ Salma Idris" in proposal["evidence"]
    assert ("Idris", 2) == (name["name"], name["persons"])
