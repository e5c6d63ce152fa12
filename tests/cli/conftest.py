"""The command as a real process, and articles of our own to feed it."""

import os
import subprocess
import sys
from collections.abc import Callable
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
Russian Foreign Minister Sergey Lavrov warned the United States on Tuesday against sending more missiles to Ukraine.
Iran condemned the sanctions.
""",
    "warning_ar.md": """---
title: موسكو تحذر واشنطن
outlet: وكالة الاختبار
published: 2025-03-04
language: ar
---
حذر وزير الخارجية الروسي سيرغي لافروف الولايات المتحدة من إرسال صواريخ إلى أوكرانيا.
وأدانت إيران العقوبات.
""",
    "meeting.txt": "French President Emmanuel Macron met German Chancellor Friedrich Merz in Berlin.\n",
}

Qawl = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def qawl(tmp_path: Path) -> Qawl:
    """Run ``qawl ARGUMENTS`` in a folder of its own and return what it printed; no workspace is inherited."""

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "QAWL_WORKSPACE"} | more
        return subprocess.run(
            [*QAWL, *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of three short articles, English and Arabic."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
