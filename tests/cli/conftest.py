"""The command as a real process, and articles of our own to feed it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

# As the console script does it, also from a checkout that is only on the path.
QAWL = [sys.executable, "-P", "-c", "from app.cli import main; main()"]

ARTICLES = {
    "warning.md": """---
title: Moscow warns Washington
outlet: Test wire
published: 2025-03-04
language: en
---
Russian Foreign Minister Sergey Lavrov warned the United States that Moscow would respond.
Iran condemned the sanctions.
""",
    "warning_ar.md": """---
title: موسكو تحذر واشنطن
outlet: وكالة الاختبار
published: 2025-03-04
language: ar
---
حذر وزير الخارجية الروسي سيرغي لافروف الولايات المتحدة من تشكيل تحالف جديد.
وأدانت إيران العقوبات.
""",
    "meeting.txt": "French President Emmanuel Macron met German Chancellor Friedrich Merz in Berlin.\n",
}

Qawl = Callable[..., subprocess.CompletedProcess[str]]


def run_qawl(folder: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run ``qawl ARGUMENTS`` in the folder and return what it printed; no workspace is inherited."""
    environment = {name: value for name, value in os.environ.items() if name != "QAWL_WORKSPACE"} | more
    return subprocess.run(
        [*QAWL, *map(str, arguments)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def write_script(path: Path) -> None:
    """Write the console script ``qawl`` as an installation does, for this very interpreter.

    Its last lines are guarded: the worker processes of ``qawl ingest`` import the script.
    """
    path.write_text(f"#!{sys.executable} -P\nfrom app.cli import main\n\nif __name__ == '__main__':\n    main()\n")
    path.chmod(0o755)


@pytest.fixture
def qawl(tmp_path: Path) -> Qawl:
    """:func:`run_qawl` in a folder of the test's own."""
    return partial(run_qawl, tmp_path)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of three short articles, English and Arabic."""
    return _articles(tmp_path / "articles")


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that holds the three articles, to be copied."""
    folder = tmp_path_factory.mktemp("ingested")
    result = run_qawl(folder, "ingest", _articles(folder / "articles"))
    assert 0 == result.returncode, result.stderr
    return folder / "qawl-workspace"


@pytest.fixture
def filled(qawl: Qawl, ingested: Path, tmp_path: Path) -> Qawl:
    """The command in a folder whose workspace holds the three articles."""
    shutil.copytree(ingested, tmp_path / "qawl-workspace")
    return qawl


def _articles(folder: Path) -> Path:
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
