"""Extractors found by name."""

import pytest

from ingest.extractors.loading import ExtractorError, load_extractor
from ingest.extractors.rules import RulesExtractor

PLUGIN = """
class Plugin:
    name = "plugin 3.2"

    def extract(self, document):
        return []
"""


def install(folder, entry):
    """A distribution in a folder, as pip leaves it: a module and the entry points."""
    (folder / "qawl_plugin.py").write_text(PLUGIN)
    info = folder / "qawl_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: qawl-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[qawl.extractors]\nplugin = {entry}\n")


def test_ours_is_the_default():
    assert isinstance(load_extractor(), RulesExtractor)


def test_a_plugin_of_an_installed_package(tmp_path, monkeypatch):
    install(tmp_path, "qawl_plugin:Plugin")
    monkeypatch.syspath_prepend(tmp_path)

    assert load_extractor("plugin").name == "plugin 3.2"


def test_an_unknown_name_lists_what_there_is():
    with pytest.raises(ExtractorError, match=r"no extractor 'other'; installed are: .*rules"):
        load_extractor("other")


@pytest.mark.parametrize("entry", ["qawl_nothing:Plugin", "qawl_plugin:Nothing"])
def test_a_plugin_that_cannot_be_loaded_is_named(tmp_path, monkeypatch, entry):
    install(tmp_path, entry)
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ExtractorError, match=rf"'plugin' \({entry}\) cannot be loaded"):
        load_extractor("plugin")
