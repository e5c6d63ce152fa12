"""`qawl watch` as a real process: it keeps the graph up to date and ends on a signal."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLES, QAWL, Qawl


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watch_keeps_the_graph_up_to_date_until_it_is_told_to_end(
    qawl: Qawl, tmp_path: Path, number: signal.Signals
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.txt").write_bytes(b"\0\1\2")
    process = subprocess.Popen([*QAWL, "watch", "in"], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        assert "Ctrl-C ends it" in process.stderr.readline()
        (folder / "warning.md").write_text(ARTICLES["warning.md"], encoding="utf-8")
        lines = [process.stderr.readline()]
        while not ("ladybug is up to date" in lines[-1] and any("1 articles" in line for line in lines)):
            lines.append(process.stderr.readline())
            assert process.poll() is None, lines
        warned = "MATCH (a:Entity)-[r:WARNS]->(b:Entity) RETURN a.label_en"
        while "Sergey" not in (result := qawl("query", warned, "--format", "csv")).stdout:
            assert process.poll() is None, lines
        process.send_signal(number)
        process.wait(20)
    finally:
        process.kill()
        process.stderr.close()

    assert "Sergey Lavrov" in result.stdout, result.stderr
    assert any("set aside" in line and "bad.txt" in line for line in lines)
    assert 0 == process.returncode


def test_watch_says_when_there_is_nothing_to_watch(qawl: Qawl) -> None:
    result = qawl("watch", "nowhere")

    assert 2 == result.returncode
    assert "there is no folder or file 'nowhere'" in result.stderr
