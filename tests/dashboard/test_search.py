"""Actors found by misspelt names in either script."""

import pytest

from graph.actors.search import find_actors
from graph.generations import Indexes


@pytest.fixture(scope="module")
def store(sample_workspace):
    with Indexes(sample_workspace).cypher() as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Lavorv", "Sergey Lavrov"),
        ("Trmp", "Donald Trump"),
        ("Zelenski", "Volodymyr Zelensky"),
        ("Unted States", "United States"),
        ("Erdogn", "Recep Tayyip Erdoğan"),
        ("نتانياهو", "Benjamin Netanyahu"),
        ("الولايت المتحده", "United States"),
        ("بوتن", "Vladimir Putin"),
    ],
)
def test_a_misspelt_name_finds_whom_it_means(store, typed, meant):
    assert [] == store.search_actors(typed)
    assert meant == find_actors(store, typed, 5)[0].label_en


def test_a_name_that_is_there_is_found_as_it_is_written(store):
    assert store.search_actors("Lavrov", 5) == find_actors(store, "Lavrov", 5)


def test_what_is_like_nobody_finds_nobody(store):
    assert [] == find_actors(store, "qwxyz", 5)
