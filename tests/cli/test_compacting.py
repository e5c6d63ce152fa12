"""``qawl compact`` as a person runs it."""

import re
from pathlib import Path

from graph import health
from graph.generations import OXIGRAPH, Indexes
from graph.health import examine
from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.cli.conftest import Qawl
from tests.ledger.filling import fill
from tests.ledger.test_erasing import holding

WORDS = "Emmanuel Macron met"


def remove(qawl: Qawl, folder: Path) -> None:
    """Remove the article about a meeting."""
    articles = Ledger(Workspace.open(folder)).view().articles()
    (gone,) = (article for article in articles if WORDS in article.text)
    assert 0 == qawl("remove", gone.id, "--reason", "published in error").returncode


def test_compacting_tells_files_and_bytes_and_keeps_version_and_indexes(filled: Qawl, tmp_path: Path) -> None:
    remove(filled, tmp_path / "qawl-workspace")
    before = filled("stats", "--format", "json").stdout
    done = filled("compact")
    dropped = filled("compact", "--drop-old")

    assert (0, "") == (done.returncode, done.stdout)
    size = r"\d+ files, [\d.]+ [kM]?B"
    assert re.search(
        rf"Before: 5 {size[4:]}. Now: 10 .*, 5 {size[4:]} of them old: `qawl compact --drop-old`", done.stderr
    )
    assert re.search(r"Before: 10 files.*Now: 5 files, [\d.]+ kB\.$", dropped.stderr)
    assert before == filled("stats", "--format", "json").stdout
    assert 0 == filled("doctor").returncode


def test_erasing_asks_first(filled: Qawl, tmp_path: Path) -> None:
    folder = tmp_path / "qawl-workspace"
    remove(filled, folder)
    held = holding(Workspace.open(folder), WORDS)
    result = filled("compact", "--erase-removed")

    assert 1 == result.returncode
    assert "Erase 1 removed articles and their 1 claims? This cannot be undone." in result.stderr
    assert "nothing was erased" in result.stderr
    assert held
    assert held == holding(Workspace.open(folder), WORDS)


def test_erased_text_is_in_no_file_and_is_not_ingested_again(filled: Qawl, articles: Path, tmp_path: Path) -> None:
    folder = tmp_path / "qawl-workspace"
    remove(filled, folder)
    exported = filled("export", "--format", "nquads").stdout
    result = filled("compact", "--erase-removed", "--yes")

    assert 0 == result.returncode, result.stderr
    assert "1 articles and 1 claims erased." in result.stderr
    assert [] == holding(Workspace.open(folder), WORDS)
    assert exported == filled("export", "--format", "nquads").stdout
    assert "3 unchanged" in filled("ingest", articles).stderr
    assert [] == holding(Workspace.open(folder), WORDS)
    assert 0 == filled("doctor").returncode


def test_an_index_still_being_read_is_named(filled: Qawl, tmp_path: Path) -> None:
    folder = tmp_path / "qawl-workspace"
    lease = Indexes(Workspace.open(folder)).lease(OXIGRAPH)
    remove(filled, folder)
    result = filled("compact", "--erase-removed", "--yes")
    lease.release()

    assert 1 == result.returncode
    assert f"{lease.folder.name} is still being read" in result.stderr
    assert 0 == filled("compact", "--erase-removed", "--yes").returncode
    assert [] == holding(Workspace.open(folder), WORDS)


def test_the_doctor_mentions_many_small_batches(workspace: Workspace, monkeypatch) -> None:
    monkeypatch.setattr(health, "MANY_BATCHES", 3)
    fill(Ledger(workspace), range(2))
    assert not [finding for finding in examine(workspace) if "small" in finding.check]

    fill(Ledger(workspace), [2])
    (found,) = (finding for finding in examine(workspace) if "small" in finding.check)
    assert (True, "run `qawl compact`: reading gets faster") == (found.ok, found.mend)
