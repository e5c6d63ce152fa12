"""The wheel, built from this checkout and installed into an environment of its own."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    return next(folder.glob("qawl-*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment that holds the wheel.

    The dependencies are those of the running environment, found through a path file: path files inside that folder,
    such as this checkout's own, are not followed from there.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    binaries = home / "bin"
    packages = next(home.glob("lib/python*/site-packages"))
    _run(sys.executable, "-m", "pip", "--python", str(binaries / "python"), "install", "--no-deps", str(wheel))
    (packages / "dependencies.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    return binaries


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder with packages of its own under our names: importing one is an error."""
    folder = tmp_path / "foreign"
    for name in ("graph", "ingest", "app", "data"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(f"raise ImportError('the {name} of the current folder')\n")
    shutil.copy(ROOT / "tests" / "packaging" / "article.txt", folder)
    return folder


def clean_environment() -> dict[str, str]:
    """The environment without what would point at the checkout or at somebody's workspace."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "QAWL_WORKSPACE")}


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=2, env=clean_environment(), timeout=300)
