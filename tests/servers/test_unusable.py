"""Servers that really are too old or run out of disk: what is said, and that a sync goes on afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import ServerError
from graph.stores.neo4j_ import connect
from graph.workspace import Workspace
from tests.real_servers import RealServer, fuseki_in, neo4j_in, running
from tests.servers.worlds import assert_holds, bring_up, fill_many, open_store
from tests.small_disk import enlarge, small_disk

OLD = "5.6.0"


def test_a_neo4j_that_is_too_old(tmp_path: Path) -> None:
    old = neo4j_in(tmp_path, "server.config.strict_validation.enabled=false", version=OLD)
    with running(old), pytest.raises(ServerError, match=r"too old.* Qawl needs Neo4j 5\.7 or later"):
        connect(old.server, old.password)


def small_neo4j(home: Path) -> RealServer:
    return neo4j_in(home, "db.tx_log.preallocate=false", "db.tx_log.rotation.size=1m")


@pytest.mark.parametrize(("make", "data"), [(small_neo4j, "data"), (fuseki_in, "db")], ids=["neo4j", "fuseki"])
def test_a_full_disk_is_told_and_the_sync_goes_on_once_there_is_space(
    make: Callable[[Path], RealServer], data: str, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sync.CLAIMS_AT_ONCE", 300)
    view = fill_many(workspace, articles=60, claims_each=50)
    (tmp_path / "home").mkdir()
    with small_disk(tmp_path / "home" / data, "4m") as disk, running(make(tmp_path / "home")) as server:
        for _ in range(2):  # when the disk fills up, and when it has been full for a while
            with pytest.raises(ServerError, match=r"(disk space|full disk).*`qawl sync`.* goes on where it stopped"):
                bring_up(server, view)
        enlarge(disk)
        server.kill()
        server.start()
        report = bring_up(server, view)

        assert 60 == report.written + report.unchanged
        assert report.written
        assert report.unchanged
        with open_store(server) as store:
            assert_holds(store, view)
