"""Tone by week."""

from datetime import date

from graph.tone import Week, leaning, weekly_tone


def test_weeks_begin_on_monday_and_weigh_by_claims():
    days = [("2025-07-14", "warns", 1), ("2025-07-20", "meets", 3), ("2025-07-21", "says", 2)]

    assert [
        Week(date(2025, 7, 14), 4, (-4.4 + 3 * 1.0) / 4),
        Week(date(2025, 7, 21), 2, 0.0),
    ] == weekly_tone(days)
    assert date(2025, 7, 20) == weekly_tone(days)[0].end


def test_leaning_is_the_mean_and_zero_of_nothing():
    assert (-4.4 + 1.0) / 2 == leaning([("warns", 1), ("meets", 1)])
    assert 0.0 == leaning([])
