"""The same rows in any order, in any batches and any number of times are the same ledger."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.articles import Article
from graph.claims import Claim
from graph.ledger import Batch, Decision, Ledger
from graph.workspace import Workspace
from tests.ledger.filling import content
from tests.making import LAVROV, article, claim

NUMBERS = st.integers(0, 3)
VERSIONS = st.sampled_from(["test 1.9", "test 1.10", "test 2.0.dev1", "test 2.0"])
READ = st.sampled_from([None, "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])
TITLES = st.sampled_from([None, "One title", "Another"])
RELATIONS = ("warns", "threatens", "urges", "praises")


def found_by(version: str, made: Article) -> list[Claim]:
    """What this version finds: claims, labels and certainty of its own; version 2.0 finds nothing in some."""
    number = ["test 1.9", "test 1.10", "test 2.0.dev1", "test 2.0"].index(version)
    if number == 3 and int(made.id[0], 16) % 2:
        return []
    plain = claim(made, extractor=version, confidence=0.5 + number / 10)
    renamed = replace(plain.subject, entity=replace(LAVROV, label_en=f"Lavrov {number}"))
    return [replace(plain, subject=renamed), claim(made, relation=RELATIONS[number], extractor=version, negated=True)]


@st.composite
def readings(draw):
    made = replace(article(draw(NUMBERS)), title=draw(TITLES))
    return made, draw(VERSIONS), draw(READ)


@st.composite
def decisions(draw):
    number, time = draw(NUMBERS), f"2026-01-01T00:00:0{draw(st.integers(0, 3))}Z"
    if draw(st.booleans()):
        return Decision(draw(st.sampled_from(["remove", "restore"])), article(number).id, "because", "tester", time)
    kind = draw(st.sampled_from(["accept", "reject", "reconsider"]))
    return Decision(kind, claim(article(number)).id, "because", "tester", time)


def store(batch: Batch, step) -> None:
    if isinstance(step, Decision):
        batch.decide(step)
    else:
        made, version, retrieved = step
        batch.add_article(made, version, found_by(version, made), retrieved=retrieved)


def shown(steps, size: int):
    """What a new ledger shows after these steps, in batches of this size."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Workspace.create(Path(folder) / "workspace"))
        for start in range(0, len(steps), size):
            with ledger.batch() as batch:
                for step in steps[start : start + size]:
                    store(batch, step)
        view = ledger.view()
        return content(ledger), list(view.decisions()), view.counts(), view.article_table().to_pylist()


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.one_of(readings(), readings(), decisions()), min_size=1, max_size=10), data=st.data())
def test_order_batches_and_repetition_change_nothing(steps, data):
    again = data.draw(st.lists(st.sampled_from(steps), max_size=4))
    shuffled = data.draw(st.permutations([*steps, *again]))

    assert shown(steps, len(steps)) == shown(shuffled, data.draw(st.integers(1, 4)))
