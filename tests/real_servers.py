"""Neo4j and Fuseki as real processes, from Maven Central: fetched once, started on free ports, ended with the tests.

Maven keeps the jars in ``~/.m2``; the list of a server's jars is kept in the user's cache folder. Without Java 17,
Maven or the network the tests that need a server are skipped (and under ``CI=true`` fail, see ``conftest.py``).
"""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

import neo4j
import pytest
from neo4j.exceptions import DriverError, Neo4jError

from graph.servers import Server

NEO4J_VERSION = "5.26.0"
APOC = (f"org.neo4j.procedure:apoc-core:{NEO4J_VERSION}:core",)
FUSEKI = ("org.apache.jena:jena-fuseki-server:5.6.0",)  # the last line of Jena that runs on Java 17
NEO4J_PASSWORD, FUSEKI_PASSWORD = "a test's word", "another: word"

_JVM = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m")
_NEO4J_OPENS = tuple(
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
)
_NEO4J_CONF = """
server.directories.data={home}/data
server.directories.logs={home}/logs
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=64m
dbms.usage_report.enabled=false
"""
_START_SECONDS = 120


class RealServer:
    """A server process that can be killed and started again over the same data."""

    def __init__(self, command: list[str], folder: Path, port: int, *, url: str, password: str) -> None:
        self.command, self.folder, self.port = command, folder, port
        self.server, self.password = Server(url), password
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "output.log").open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=log, stderr=log)
        end = time.monotonic() + _START_SECONDS
        while not (_answers(self.port) and self._serves()):
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                pytest.fail(f"no server: {(self.folder / 'output.log').read_text()[-2000:]}")
            time.sleep(0.1)

    def _serves(self) -> bool:
        """Whether it takes queries: Neo4j opens its port seconds before its database."""
        if not self.server.url.startswith("bolt"):
            return True
        address = self.server.url.replace("neo4j@", "")
        with neo4j.GraphDatabase.driver(address, auth=("neo4j", self.password)) as driver, driver.session() as session:
            try:
                return session.run("RETURN true").single(strict=True).value() is True
            except (DriverError, Neo4jError) as error:
                assert error.is_retryable(), error
                return False

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait(60)
            self.process = None


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with running(neo4j_in(tmp_path_factory.mktemp("neo4j"))) as server:
        yield server


@pytest.fixture(scope="session")
def fuseki_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with running(fuseki_in(tmp_path_factory.mktemp("fuseki"))) as server:
        yield server


def neo4j_in(home: Path, *settings: str, version: str = NEO4J_VERSION) -> RealServer:
    """A Neo4j with its data in ``home/data``, not yet started; ``settings`` are lines of its configuration."""
    port = _free_port()
    (home / "conf").mkdir()
    lines = [_NEO4J_CONF.format(home=home, port=port), *settings]
    (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n")
    neo4j_admin(home, ["dbms", "set-initial-password", NEO4J_PASSWORD], version=version)
    command = ["java", *_JVM, *_NEO4J_OPENS, "-cp", _neo4j_jars(version), "org.neo4j.server.CommunityEntryPoint"]
    command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    return RealServer(command, home, port, url=f"bolt://neo4j@127.0.0.1:{port}", password=NEO4J_PASSWORD)


def with_plugin(server: RealServer) -> RealServer:
    """A Neo4j, not yet started, that has the plug-in APOC, which may read and write all files."""
    [jar] = _classpath("apoc", APOC).split(os.pathsep)
    (server.folder / "plugins").mkdir()
    shutil.copy(jar, server.folder / "plugins")
    (server.folder / "conf" / "apoc.conf").write_text(
        "apoc.import.file.enabled=true\napoc.export.file.enabled=true\napoc.import.file.use_neo4j_config=false\n"
    )
    with (server.folder / "conf" / "neo4j.conf").open("a") as config:
        config.write(f"server.directories.plugins={server.folder / 'plugins'}\n")
        config.write("dbms.security.procedures.unrestricted=apoc.*\n")
    server.command[server.command.index("-cp") + 1] += os.pathsep + jar  # as the server's own script does
    return server


def fuseki_in(home: Path) -> RealServer:
    """A Fuseki with its data in ``home/db``, not yet started."""
    jars, port = _classpath("fuseki", FUSEKI), _free_port()
    (home / "db").mkdir(exist_ok=True)
    (home / "passwords").write_text(f"qawl: {FUSEKI_PASSWORD}\n")
    command = ["java", *_JVM, "-cp", jars, "org.apache.jena.fuseki.main.cmds.FusekiServerCmd", "--localhost"]
    command += ["--port", str(port), "--auth=basic", "--passwd=passwords", "--update", "--tdb2", "--loc=db", "/claims"]
    url = f"sparql+http://qawl@127.0.0.1:{port}/claims"
    return RealServer(command, home, port, url=url, password=FUSEKI_PASSWORD)


def neo4j_admin(home: Path, arguments: list[str], folder: Path | None = None, *, version: str = NEO4J_VERSION) -> str:
    """Run the server's own ``neo4j-admin`` in ``folder``, over the databases in ``home``; what it printed."""
    done = subprocess.run(
        ["java", *_JVM, *_NEO4J_OPENS, "-cp", _neo4j_jars(version), "org.neo4j.cli.AdminTool", *arguments],
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=_START_SECONDS,
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


def tdb_loader(folder: Path, file: Path) -> None:
    """Load a file of triples into a new database of Fuseki's in ``folder`` by its own bulk loader."""
    jars = _classpath("fuseki", FUSEKI)
    subprocess.run(["java", "-cp", jars, "tdb2.tdbloader", f"--loc={folder}", file], check=True, capture_output=True)


@contextmanager
def running(server: RealServer) -> Iterator[RealServer]:
    """Start the server, and end it after the block."""
    server.start()
    try:
        yield server
    finally:
        server.kill()


def _neo4j_jars(version: str) -> str:
    return _classpath("neo4j", (f"org.neo4j.app:neo4j-server:{version}", f"org.neo4j:neo4j:{version}"))


def _classpath(name: str, artifacts: tuple[str, ...]) -> str:
    """The jars of a server, fetched by Maven the first time."""
    for tool in ("java", "mvn"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    version = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', version)
    if not found or int(found[1]) < 17:
        pytest.skip(f"Java 17 or later is needed: {version.splitlines()[:1]}")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "qawl" / "test-servers"
    listed = cache / f"{name}-{artifacts[0].rpartition(':')[2]}.classpath"
    if not listed.exists() or not all(Path(jar).exists() for jar in listed.read_text().split(os.pathsep)):
        cache.mkdir(parents=True, exist_ok=True)
        _fetch(artifacts, listed)
    return listed.read_text()


def _fetch(artifacts: tuple[str, ...], listed: Path) -> None:
    pom = listed.with_suffix(".pom.xml")
    pom.write_text(_pom(artifacts))
    fetched = subprocess.run(
        ["mvn", "-B", "-q", "-f", pom, "dependency:build-classpath", f"-Dmdep.outputFile={listed}"],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if fetched.returncode:
        listed.unlink(missing_ok=True)
        pytest.skip(f"Maven could not fetch {artifacts}: {fetched.stdout[-500:]}")


def _pom(artifacts: tuple[str, ...]) -> str:
    # These hold all that they need.
    alone = "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>"
    dependencies = "".join(
        "<dependency>"
        + "".join(
            f"<{tag}>{escape(part)}</{tag}>"
            for tag, part in zip(("groupId", "artifactId", "version", "classifier"), artifact.split(":"), strict=False)
        )
        + (alone if artifact in FUSEKI + APOC else "")
        + "</dependency>"
        for artifact in artifacts
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        "<groupId>qawl</groupId><artifactId>test-servers</artifactId><version>1</version>"
        f"<dependencies>{dependencies}</dependencies></project>"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
