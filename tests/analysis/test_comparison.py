"""Copies, the same story in several articles, and contradictions."""

from graph.comparison import Telling, contradictions, copies, tellings
from graph.ledger import ArticleInfo, LedgerClaim
from tests.making import article, claim

DISPATCH = (
    "Lavrov warned the United States that Russia would answer. The minister spoke on Saturday after talks in the "
    "port, and said that his country watched the exercises of its neighbours with concern."
)
OTHER = "Lavrov warned the United States that Russia would answer. Nobody else was there to hear it, a witness wrote."


def reported(number: int, text: str = DISPATCH, *, published: str | None = "2025-07-12", **about) -> LedgerClaim:
    made = article(number, text, published=published)
    info = ArticleInfo(made.id, made.url, made.title, made.outlet, made.published, made.language)
    return LedgerClaim(claim(made, **about), info)


def test_copies_stand_for_one_another_and_other_texts_do_not():
    first, copy, other = article(1, DISPATCH), article(2, DISPATCH), article(3, OTHER)
    same = copies([first, copy, other])

    assert same[first.id] == same[copy.id] == min(first.id, copy.id)
    assert other.id == same[other.id]


def test_what_says_the_same_is_told_once_and_copies_count_once():
    claims = [reported(1), reported(2), reported(3, OTHER)]
    same = copies([article(1, DISPATCH), article(2, DISPATCH), article(3, OTHER)])

    (telling,) = tellings(claims, same)

    assert tuple(claims) == telling.claims
    assert (2, 1) == (telling.independent, telling.copies)


def test_a_denial_and_another_relation_are_tellings_of_their_own():
    found = tellings([reported(1), reported(2, negated=True), reported(3, relation="threatens")], {})

    assert 3 == len(found)
    assert all(isinstance(telling, Telling) and telling.independent == 1 for telling in found)


def test_a_denial_contradicts():
    warns, denied = reported(1), reported(2, negated=True)

    (found,) = contradictions([warns, denied])

    assert {warns, denied} == {found.first, found.second}
    assert found.denied


def test_cooperation_contradicts_conflict_within_the_window():
    warns, praises = reported(1), reported(2, relation="praises", published="2025-07-20")

    (found,) = contradictions([warns, praises])

    assert (warns, praises, False) == (found.first, found.second, found.denied)
    assert [] == contradictions([warns, praises], window=7)


def test_what_takes_no_side_or_has_no_date_contradicts_nothing():
    assert [] == contradictions([reported(1), reported(2, relation="says")])
    assert [] == contradictions([reported(1), reported(2, negated=True, published=None)])
    assert [] == contradictions([reported(1), reported(2, relation="praises", negated=True)])
