"""Large ledgers: put in order on disk, the same bytes, and memory that does not grow with the claims."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from graph.exports import FILES, write
from graph.ledger import Ledger, view
from graph.relations import relations
from graph.workspace import Workspace
from tests.exports.test_exports import written
from tests.making import article, claim
from tests.sample_claims import sample_view

RELATIONS = list(relations())[:40]
ALLOWED_MEGABYTES = 24  # the claims of the large ledger alone take 60, and twice that while they are sorted


def fill(path: Path, articles: int) -> Workspace:
    workspace = Workspace.create(path)
    for start in range(0, articles, 100):
        with Ledger(workspace).batch() as batch:
            for number in range(start, min(start + 100, articles)):
                one = article(number)
                batch.add_article(one, "test 1.0", [claim(one, relation=relation) for relation in RELATIONS])
    return workspace


def peak_of(path: str, format: str) -> int:
    """The most memory that this process has taken once it has written the export, in megabytes."""
    with Path("/dev/null").open("wb") as out:
        write(Ledger(Workspace.open(path)).view(), "urn:qawl:", format, out)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize("format", [*FILES, "neo4j", "package"])
def test_claims_put_in_order_on_disk_give_the_same_bytes(workspace, format, monkeypatch):
    expected = written(sample_view(workspace), format)
    monkeypatch.setattr(view, "CLAIMS_AT_ONCE", 2)
    shelved = Ledger(workspace).view()

    assert expected == written(shelved, format)
    assert len(shelved._shelves._paths) > 1


def test_many_shelves_are_in_order(tmp_path, monkeypatch):
    workspace = fill(tmp_path / "workspace", 30)
    expected = Ledger(workspace).view().claim_table()
    monkeypatch.setattr(view, "CLAIMS_AT_ONCE", 7)  # more shelves than articles: some stay empty
    batches = list(Ledger(workspace).view().claim_batches())

    assert expected["id"].to_pylist() == [key for batch in batches for key in batch["id"].to_pylist()]
    assert expected.schema == batches[0].schema


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    return [fill(folder / name, articles).path for name, articles in (("small", 300), ("large", 1500))]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ru_maxrss counts kilobytes on Linux")
@pytest.mark.parametrize("format", ["csv", "parquet", "graphml", "nquads"])
def test_memory_does_not_grow_with_the_claims(ledgers, format):
    script = (
        "import sys; from graph.ledger import view; view.CLAIMS_AT_ONCE = 2000\n"
        "from graph.exports import rdf, tables; rdf._RUN = 20_000; tables._ROWS = 2000\n"
        "from tests.exports.test_streaming import peak_of\n"
        "print(*(peak_of(path, sys.argv[1]) for path in sys.argv[2:]))"
    )
    command = [sys.executable, "-c", script, format, *map(str, ledgers)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    small, large = map(int, result.stdout.split())

    assert large - small < ALLOWED_MEGABYTES
