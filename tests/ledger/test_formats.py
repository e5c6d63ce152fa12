"""Ledgers of every released format are read for ever: a small one of each stands in ``fixtures/``."""

import json
from pathlib import Path

import pytest

from graph.ledger import Ledger
from graph.ledger.schema import FORMAT
from graph.workspace import Workspace
from tests.ledger.make_fixture import FIXTURES, arabic, shown


def test_every_format_has_its_fixture():
    assert [f"v{number}" for number in range(1, FORMAT + 1)] == sorted(path.name for path in FIXTURES.glob("v?"))


@pytest.mark.parametrize("folder", sorted(FIXTURES.glob("v?")), ids=lambda folder: folder.name)
def test_a_released_format_is_read(folder: Path):
    expected = json.loads(folder.with_suffix(".json").read_text(encoding="utf-8"))
    found = shown(Ledger(Workspace.open(folder)).view())

    for table, rows in expected.items():
        assert len(rows) == len(found[table]), table
        # A later version may show more columns; those there were stay as they were.
        assert rows == [{name: row[name] for name in rows[0]} for row in found[table]], table


def test_the_fixture_of_format_1_shows_its_claims():
    view = Ledger(Workspace.open(FIXTURES / "v1")).view()
    article, claims = arabic()

    assert (4, 4, 3, 1, 1) == (
        view.counts().articles,
        view.counts().claims,
        view.counts().entities,
        view.counts().removed,
        view.counts().rejected,
    )
    assert claims == [found.claim for found in view.claims() if found.article.id == article.id]
