"""The wheel works from any folder, also from one that has packages of the same names."""

import ast
import json
import re
import shutil
import signal
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.cli.served import serving
from tests.packaging.conftest import ROOT, clean_environment

PACKAGES = ("graph", "ingest", "app", "data")


def test_the_wheel_holds_the_packages_and_their_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert {*PACKAGES, wheel.name.rsplit("-", 3)[0] + ".dist-info"} == {name.split("/")[0] for name in names}
    for needed in (
        "data/relations.csv",
        "data/ontology/qawl.ttl",
        "app/dashboard/main.py",
        "app/dashboard/streamlit.toml",
    ):
        assert needed in names


def test_every_imported_distribution_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = {name: lines for name, lines in project["optional-dependencies"].items() if name != "dev"}
    declared = [*project["dependencies"], *(line for lines in extras.values() for line in lines)]
    names = {_normal(re.split(r"[<>=~!;\[ ]", line)[0]) for line in declared}
    owners = packages_distributions()
    others = {
        module: where
        for module, where in _imports().items()
        if module not in sys.stdlib_module_names and module not in PACKAGES
    }

    assert {} == {
        module: where
        for module, where in others.items()
        if not names & {_normal(owner) for owner in owners.get(module, [])}
    }


def test_the_installed_packages_are_used(installed: Path, foreign: Path) -> None:
    code = f"import {', '.join(PACKAGES)}; print(*(m.__file__ for m in ({', '.join(PACKAGES)})))"
    printed = _output(foreign, installed / "python", "-P", "-c", code)

    assert [installed.parent] * 4 == [Path(file).parents[4] for file in printed.split()]


def test_extract_ingest_and_query_in_a_foreign_folder(installed: Path, foreign: Path) -> None:
    qawl = installed / "qawl"
    records = [
        json.loads(line) for line in _output(foreign, qawl, "extract", "article.txt", "--format", "jsonl").splitlines()
    ]
    _output(foreign, qawl, "ingest", "article.txt", "--jobs", "2")
    cypher = "MATCH (a:Entity)-[:WARNS]->(b:Entity) RETURN a.label_en AS a, b.label_en AS b"
    sparql = "SELECT ?a ?b WHERE { ?s rel:warns ?o . ?s qawl:label_en ?a . ?o qawl:label_en ?b }"

    assert "warns" in {record["relation"]["id"] for record in records}
    for query in (cypher, sparql):
        assert {"a": "Sergey Lavrov", "b": "United States"} in json.loads(
            _output(foreign, qawl, "query", query, "--format", "json")
        )


def test_the_dashboard_in_a_foreign_folder(installed: Path, foreign: Path) -> None:
    """It runs on the installed packages, and shows what is ingested beside it when the page is loaded again."""
    qawl = installed / "qawl"
    _output(foreign, qawl, "ingest", "article.txt")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    (foreign / "second.txt").write_text("French President Emmanuel Macron met German Chancellor Friedrich Merz.\n")
    with serving([str(qawl), "app"], foreign, PYTHONPATH="") as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(served.wait_until_ready())
        page.get_by_role("link", name="Explore").first.wait_for(timeout=60_000)
        before = _metrics(page)
        _output(foreign, qawl, "ingest", "second.txt")
        page.reload()
        after = _metrics(page)

        assert 0 == page.get_by_test_id("stException").count()
        assert before[0] != after[0]
        browser.close()
        assert 0 == served.end(signal.SIGTERM)
        assert [] == served.left()


def _metrics(page: Page) -> list[str]:
    """The numbers of the overview."""
    values = page.get_by_test_id("stMetricValue")
    values.first.wait_for(timeout=60_000)
    return values.all_inner_texts()


def _output(folder: Path, *command: Path | str) -> str:
    result = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert 0 == result.returncode, result.stderr
    return result.stdout


def _imports() -> dict[str, Path]:
    """Each top-level module that our packages import, with a file that does."""
    found: dict[str, Path] = {}
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found.update({alias.name.split(".")[0]: path for alias in node.names})
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module.split(".")[0]] = path
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
