"""The likeness of names: pairs of our own (``pairs.csv``), true ones and near misses, in one language and in two."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.actors.duplicates import LEAST, candidates, compare
from graph.actors.names import SURNAME_ALONE, likeness
from graph.claims import Entity

with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8") as handle:
    PAIRS = [*csv.DictReader(handle)]
ARABIC = range(0x600, 0x700)


def score(pair):
    return likeness(pair["one"], pair["other"])


def of(kind):
    return [pair for pair in PAIRS if pair["same"] == kind]


def test_true_pairs_rank_above_false_ones():
    """Of all couples of a true and a false pair the true one comes first in 99 of 100; the true ones lead the list."""
    true, false = [*map(score, of("yes"))], [*map(score, of("no"))]
    above = sum((t > f) + (t == f) / 2 for t in true for f in false) / (len(true) * len(false))
    leading = sorted(PAIRS, key=score, reverse=True)[: len(true)]

    assert len(PAIRS) >= 60
    assert above >= 0.99
    assert sum(pair["same"] == "yes" for pair in leading) / len(true) >= 0.95


@pytest.mark.parametrize("pair", of("yes"), ids=lambda pair: f"{pair['one']}={pair['other']}")
def test_a_true_pair_is_proposed(pair):
    first, second = entity("name-1", pair["one"]), entity("name-2", pair["other"])

    assert [("name-1", "name-2")] == [*candidates([first, second])]
    assert compare(first, second).score >= LEAST


def test_relatives_and_namesakes_are_mostly_not_proposed():
    proposed = [pair for pair in of("no") if score(pair) >= LEAST]

    assert len(proposed) / len(of("no")) <= 0.15, proposed


def entity(key, name, kind="person", country=None):
    arabic = ord(name[0]) in ARABIC
    return Entity(key, kind, None if arabic else name, name if arabic else None, country)


def test_a_surname_alone_is_never_sure():
    assert 0 < likeness("Lavrov", "Sergey Lavrov") <= SURNAME_ALONE
    assert 0 < likeness("لافروف", "Sergey Lavrov") <= SURNAME_ALONE


def test_the_same_country_raises_and_another_lowers():
    name = entity("name-1", "Sergei Lavrow", country="RUS")
    same, unknown, other = (
        compare(name, entity("name-2", "Sergey Lavrov", country=c)).score for c in ("RUS", None, "USA")
    )

    assert same > unknown > other


def test_a_person_is_never_a_country():
    assert 0 == compare(entity("name-1", "Jordan"), entity("Q810", "Jordan", kind="country")).score


def test_two_actors_of_wikidata_are_not_compared():
    assert [] == [*candidates([entity("Q1", "Ali Hasan"), entity("Q2", "Ali Hasan")])]


def test_actors_known_in_both_languages_must_be_alike_in_both():
    one = Entity("name-1", "person", "Ali Hasan", "علي حسن")
    other = Entity("name-2", "person", "Ali Hassan", "سمير الخطيب")

    assert compare(one, other).score < LEAST


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_between_0_and_1(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@given(st.sampled_from(sorted({pair[side] for pair in PAIRS for side in ("one", "other")})))
def test_a_name_is_like_itself(name):
    assert 1 == likeness(name, name)
