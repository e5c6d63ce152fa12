"""How far reviewers agree."""

import pytest

from graph.agreement import agreement, alpha
from graph.ledger import Decision


def test_alpha_is_that_of_the_literature():
    # The nominal example of Krippendorff's own paper on computing alpha: four coders, twelve units, gaps.
    coders = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[value for value in unit if value != "."] for unit in zip(*coders, strict=True)]

    assert 0.743 == pytest.approx(alpha(units), abs=0.0005)


def test_alpha_needs_something_to_compare():
    assert alpha([]) is None
    assert alpha([["accept"], ["reject"]]) is None
    assert alpha([["accept", "accept"]]) is None
    assert 1 == alpha([["accept", "accept"], ["reject", "reject"]])
    assert alpha([["accept", "reject"], ["reject", "accept"]]) < 0


def made(kind, target, who, minute):
    return Decision(kind, target, "why", who, f"2026-01-01T10:{minute:02}:00Z")


def test_each_persons_last_opinion_counts_and_what_was_taken_back_does_not():
    found = agreement(
        [
            made("reject", "one", "Nadia", 1),
            made("accept", "one", "Nadia", 2),
            made("accept", "one", "Omar", 3),
            made("reject", "two", "Nadia", 4),
            made("correct", "two", "Omar", 5),
            made("accept", "three", "Nadia", 6),
            made("reject", "three", "Omar", 7),
            made("reconsider", "three", "Omar", 8),
        ]
    )

    assert (2, 1, ("two",), ("Nadia", "Omar")) == (found.claims, found.agreed, found.disputed, found.reviewers)
    assert found.alpha == pytest.approx(alpha([["accept"] * 2, ["reject", "correct"]]))
