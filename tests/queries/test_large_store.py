"""An Oxigraph store of many tables, asked in the confined child with seccomp and where there is none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

HOME = Path(__file__).parents[2]
WITHOUT_SECCOMP = "import graph.query_child; graph.query_child._SOCKET = {}; "
LOADS, EACH = 12, 500


@pytest.fixture(scope="module")
def many_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each bulk load writes some tables."""
    path = tmp_path_factory.mktemp("large") / "store"
    store = pyoxigraph.Store(str(path))
    for load in range(LOADS):
        subject, name = pyoxigraph.NamedNode(f"urn:s{load}"), pyoxigraph.NamedNode("urn:p")
        store.bulk_extend(
            pyoxigraph.Quad(subject, name, pyoxigraph.Literal(f"{load} {place}")) for place in range(EACH)
        )
    store.flush()
    return path


def asked(path: Path, before: str = "") -> dict[str, object]:
    """What the child answers when it is asked for every triple."""
    request = {
        "language": "sparql",
        "query": "SELECT (COUNT(*) AS ?n) (MAX(STR(?o)) AS ?last) { ?s ?p ?o }",
        "limit": 10,
        "timeout": 60,
        "memory": 1 << 30,
        "prefixes": {},
        "path": str(path),
    }
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"{before}from graph.query_child import main; main()"],
        input=json.dumps(request).encode(),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        timeout=120,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_tables_beyond_the_first_sixteen_are_read(many_tables: Path) -> None:
    assert len(list(many_tables.glob("*.sst"))) > 16
    assert [[LOADS * EACH, "9 99"]] == asked(many_tables)["rows"]


def test_where_there_is_no_seccomp_the_error_says_what_to_do(many_tables: Path) -> None:
    assert "no seccomp" in str(asked(many_tables, WITHOUT_SECCOMP)["error"])
    assert "ask in Cypher" in str(asked(many_tables, WITHOUT_SECCOMP)["error"])


def test_a_small_store_is_asked_without_seccomp_too(tmp_path: Path) -> None:
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.add(pyoxigraph.Quad(*[pyoxigraph.NamedNode("urn:x")] * 3))
    store.flush()
    del store

    assert [[1, "urn:x"]] == asked(tmp_path / "store", WITHOUT_SECCOMP)["rows"]
