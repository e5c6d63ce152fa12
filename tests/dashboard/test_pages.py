"""Each page's logic, in process (Streamlit's AppTest)."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import app.dashboard
from app.dashboard.strings import _strings
from graph.workspace import Workspace

MAIN = Path(app.dashboard.__file__).parent / "main.py"


@pytest.fixture
def start(monkeypatch):
    def run(workspace: Workspace) -> AppTest:
        monkeypatch.setenv("QAWL_WORKSPACE", str(workspace.path))
        at = AppTest.from_file(str(MAIN), default_timeout=60).run()
        assert not at.exception
        return at

    return run


def test_the_overview_counts(start, sample_workspace):
    at = start(sample_workspace)

    numbers = {metric.label: int(metric.value.replace(",", "")) for metric in at.metric}
    assert 16 == numbers["Articles"]
    assert numbers["Claims"] > 100
    assert numbers["Actors"] > 20


def test_an_empty_workspace_teaches_and_loads_the_samples(start, workspace):
    at = start(workspace)
    assert "no claims yet" in at.info[0].value

    at.button[0].click().run()

    assert not at.exception
    assert "16" == next(metric.value for metric in at.metric if metric.label == "Articles")


def test_the_interface_speaks_arabic(start, sample_workspace):
    at = start(sample_workspace)
    at.session_state["language"] = "ar"
    at.run()

    assert "المقالات" == at.metric[0].label


def test_every_string_is_there_in_both_languages():
    for key, row in _strings().items():
        assert row["en"], key
        assert row["ar"], key
