"""Ledgers of every released format are read for ever: a small one of each stands in ``fixtures/``."""

from pathlib import Path

from graph.ledger import Ledger
from graph.workspace import Workspace
from tests.making import article, claim

FIXTURES = Path(__file__).parent / "fixtures"


def test_format_1_is_read():
    view = Ledger(Workspace.open(FIXTURES / "v1")).view()
    first, second = sorted((article(0), article(1)), key=lambda made: made.id)

    assert [first, second] == list(view.articles())
    found = {claim_.claim.id: claim_ for claim_ in view.claims()}
    plain, denied = claim(article(0)), claim(article(1), negated=True, modality="alleged")
    assert (plain, None) == (found[plain.id].claim, found[plain.id].decision)
    assert (denied, "rejected") == (found[denied.id].claim, found[denied.id].decision)
