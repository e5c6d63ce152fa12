"""Filling ledgers, and all that a view shows of them."""

from graph.claims import Claim
from graph.ledger import Decision, Ledger
from tests.making import article, claim


def fill(ledger: Ledger, numbers, extractor="test 1.0", retrieved=None):
    """One batch for each number, with one article and one claim."""
    for number in numbers:
        made = article(number)
        add(ledger, number, [claim(made, extractor=extractor)], extractor, retrieved=retrieved)


def add(ledger: Ledger, number: int, claims: list[Claim], extractor="test 1.0", retrieved=None):
    """One batch with one article."""
    with ledger.batch() as batch:
        batch.add_article(article(number), extractor, claims, retrieved=retrieved)


def decide(ledger: Ledger, kind, target, when, details="{}"):
    """One batch with one decision."""
    with ledger.batch() as batch:
        batch.decide(Decision(kind, target, "because", "tester", when, details))


def content(ledger: Ledger):
    """What a view shows: articles, claims and entities."""
    view = ledger.view()
    return list(view.articles()), list(view.claims()), list(view.entities())
