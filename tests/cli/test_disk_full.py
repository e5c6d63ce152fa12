"""A disk that fills up while `qawl ingest` writes: a clear error, nothing half-written, later the rest."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.cli.conftest import Qawl
from tests.small_disk import enlarge, small_disk

ARTICLES, WORDS = 40, 20_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for a part of what :func:`large` becomes."""
    with small_disk(tmp_path / "disk", "3m") as folder:
        yield folder


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Articles whose words hardly compress."""
    draw = random.Random(2026)
    folder = tmp_path / "large"
    folder.mkdir()
    for number in range(ARTICLES):
        noise = " ".join(f"{draw.getrandbits(40):x}" for _ in range(WORDS))
        text = f"Iran condemned Israel in report {number}. {noise}."
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_full_disk_is_told_and_costs_nothing(qawl: Qawl, disk: Path, large: Path) -> None:
    workspace = disk / "workspace"
    full = qawl("ingest", large, "--workspace", workspace)

    assert 1 == full.returncode
    assert "No space left on device" in full.stderr
    assert "run the command again" in full.stderr
    assert "Traceback" not in full.stderr
    held = Ledger(Workspace.open(workspace)).view().counts().articles
    assert held < ARTICLES
    named = {manifest.stem for manifest in (workspace / "ledger" / "manifests").glob("*.json")}
    assert named == {path.name[:32] for path in (workspace / "ledger" / "data").iterdir()}

    enlarge(disk)
    again = qawl("ingest", large, "--workspace", workspace)
    assert 0 == again.returncode, again.stderr
    assert ARTICLES == Ledger(Workspace.open(workspace)).view().counts().articles
    assert f"{ARTICLES - held} articles" in again.stderr
