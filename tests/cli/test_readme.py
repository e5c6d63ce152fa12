"""The console blocks of README.md, run in order: what they show is what the command prints.

``python -m tests.cli.test_readme`` writes the output into them anew.
"""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from tests.cli.conftest import write_script

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)

COMMAND = re.compile(r"^\$ (.*<<'(?P<end>\w+)'\n(?:.*\n)*?(?P=end)$|.*$)", re.MULTILINE)


def test_the_tour_prints_what_it_shows(tmp_path: Path) -> None:
    text = README.read_text("utf-8")

    assert text == with_outputs(text, tmp_path)


def with_outputs(text: str, folder: Path) -> str:
    """The text, each console block holding its commands and what they print in ``folder``."""
    programs = folder / "programs"
    programs.mkdir()
    write_script(programs / "qawl")
    (folder / "tour").mkdir()
    return BLOCK.sub(lambda block: f"```console\n{_run(block[1], folder / 'tour', programs)}```", text)


def _run(block: str, folder: Path, programs: Path) -> str:
    made = []
    for command in _commands(block):
        result = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "QAWL_WORKSPACE": "qawl-workspace"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert 0 == result.returncode, result.stdout
        made.append(f"$ {command}\n" + "".join(f"{line.rstrip()}\n" for line in result.stdout.splitlines()))
    return "".join(made)


def _commands(block: str) -> list[str]:
    """The commands after ``$ ``, each with its here-document; the shown output is left out."""
    return [found[1] for found in COMMAND.finditer(block)]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made_for:
        README.write_text(with_outputs(README.read_text("utf-8"), Path(made_for)), "utf-8")
