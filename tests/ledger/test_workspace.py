"""Making and opening workspaces."""

import pytest

from graph.errors import WorkspaceError
from graph.workspace import Workspace


def test_making_one_twice_is_opening_it(tmp_path):
    made = Workspace.create(tmp_path / "deep" / "workspace")

    assert made == Workspace.create(made.path) == Workspace.open(str(made.path))
    assert (made.path / "ledger", made.path / "indexes", "urn:qawl:") == (
        made.ledger_path,
        made.indexes_path,
        made.base_iri,
    )
    assert ["qawl.toml"] == [path.name for path in made.path.iterdir()]


def test_a_setting_is_kept(tmp_path):
    made = Workspace.create(tmp_path)
    (tmp_path / "qawl.toml").write_text('base_iri = "https://example.org/claims/"\n')

    assert "https://example.org/claims/" == Workspace.create(made.path).base_iri


def test_opening_none_says_how_to_make_one(tmp_path):
    with pytest.raises(WorkspaceError, match=r"qawl ingest.*qawl demo"):
        Workspace.open(tmp_path / "none")


def test_a_folder_with_other_things_is_not_taken(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")

    with pytest.raises(WorkspaceError, match="not empty"):
        Workspace.create(tmp_path)
    assert ["thesis.txt"] == [path.name for path in tmp_path.iterdir()]


def test_a_file_in_its_place_is_named(tmp_path):
    place = tmp_path / "file"
    place.write_text("mine")

    with pytest.raises(WorkspaceError, match=str(place)):
        Workspace.create(place)
    with pytest.raises(WorkspaceError, match=str(place)):
        Workspace.open(place)


@pytest.mark.parametrize(
    "line", ["base_iri = 7", 'base_iri = "qawl"', 'base_iri = "http://a b/"', "base_iri = ", "\x00"]
)
def test_a_wrong_configuration_is_named(tmp_path, line):
    Workspace.create(tmp_path)
    (tmp_path / "qawl.toml").write_text(line)

    with pytest.raises(WorkspaceError, match=r"qawl\.toml"):
        Workspace.open(tmp_path)
