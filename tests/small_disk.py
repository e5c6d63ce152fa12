"""A disk of a fixed size that fills up: a memory file system, which only root can mount; CI is root."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A new folder with room for ``size`` bytes, such as ``3m``."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a disk of a fixed size")
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def enlarge(folder: Path) -> None:
    """Make room in it."""
    subprocess.run(["mount", "-o", "remount,size=512m", folder], check=True)
