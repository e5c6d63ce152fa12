"""Merges and splits: what stands depends on the decisions alone, not on their order or repetition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.claims import Entity
from graph.errors import DataError
from graph.ledger import Decision
from graph.ledger.identity import about_two, identities

IDS = ["Q10", "Q9", "name-a", "name-b", "name-c", "person-d"]


def actor(key: str) -> Entity:
    return Entity(key, "person", key)


def decision(kind: str, first: str, second: str, second_of_time: int) -> Decision:
    return about_two(
        kind, actor(first), actor(second), reason="", who="tester", when=f"2026-01-01T00:00:{second_of_time:02}Z"
    )


PAIRS = st.permutations(IDS).map(lambda ids: (ids[0], ids[1]))
KINDS = st.sampled_from(["merge", "merge", "split"])
HISTORIES = st.lists(st.tuples(KINDS, PAIRS), max_size=12).map(
    lambda steps: [decision(kind, *pair, number) for number, (kind, pair) in enumerate(steps)]
)


@given(HISTORIES, st.randoms())
def test_order_and_repetition_change_nothing(history, random):
    shuffled = [*history, *history]
    random.shuffle(shuffled)

    assert identities(history) == identities(shuffled)


@given(HISTORIES)
def test_every_id_has_one_that_stands_for_itself(history):
    who = identities(history)

    for key in IDS:
        assert who.of(key) == who.of(who.of(key))
        assert who.of(key) == key or key in who.groups[who.of(key)]
    members = who.members
    assert len(members) == len(set(members))


@given(HISTORIES, PAIRS)
def test_a_split_restores_what_a_merge_changed(history, pair):
    before = identities([one for one in history if set(one.about) != set(pair)])
    history = [one for one in history if set(one.about) != set(pair)]
    merged = [*history, decision("merge", *pair, 50)]
    again = [*merged, decision("split", *pair, 51)]

    assert identities(merged).of(pair[0]) == identities(merged).of(pair[1])
    assert (before.canonical, before.groups) == (identities(again).canonical, identities(again).groups)
    assert tuple(sorted(pair)) in identities(again).apart


@given(HISTORIES)
def test_a_wikidata_id_stands_for_a_group_that_has_one(history):
    for key, group in identities(history).groups.items():
        assert key.startswith("Q") or not any(member.startswith("Q") for member in group)


def test_the_one_named_first_stands_for_both():
    assert "name-b" == identities([decision("merge", "name-b", "name-a", 0)]).of("name-a")


def test_the_last_name_of_a_chain_stands_for_all():
    chain = [decision("merge", "name-a", "name-b", 0), decision("merge", "name-c", "name-a", 1)]

    assert ["name-c"] * 3 == [identities(chain).of(key) for key in ("name-a", "name-b", "name-c")]


def test_a_circle_of_merges_is_one_actor():
    circle = [
        decision("merge", "name-a", "name-b", 0),
        decision("merge", "name-b", "name-c", 1),
        decision("merge", "name-c", "name-a", 2),
    ]

    assert {"name-a": ("name-a", "name-b", "name-c")} == identities(circle).groups


def test_merging_the_other_way_round_changes_the_name():
    both = [decision("merge", "name-a", "name-b", 0), decision("merge", "name-b", "name-a", 1)]

    assert "name-b" == identities(both).of("name-a")


def test_a_merge_of_an_actor_with_itself_is_refused():
    with pytest.raises(DataError, match="about two actors"):
        decision("merge", "name-a", "name-a", 0)


def test_a_merge_that_names_one_actor_is_refused():
    with pytest.raises(DataError, match="about two actors"):
        Decision("merge", "name-a", "", "tester", "2026-01-01T00:00:00Z")
