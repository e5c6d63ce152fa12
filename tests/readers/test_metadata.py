"""Dates, URLs, language tags and lines, as articles keep them."""

import datetime as dt

import pytest

from ingest.readers.metadata import canonical_url, iso_date, language_tag, one_line


@pytest.mark.parametrize(
    "value",
    [
        "2025-07-12",
        dt.date(2025, 7, 12),
        dt.datetime(2025, 7, 12, 23, 30, tzinfo=dt.UTC),
        "2025-07-12T23:30:00-05:00",
        "2025-07-12T01:00:00+03:00",
        "20250712",
        "Sat, 12 Jul 2025 23:30:00 -0500",
        "July 12, 2025",
        "12 July 2025",
        "12 يوليو 2025",
        "12 تموز 2025",
        "السبت 12 تموز 2025",
    ],
)
def test_dates_in_many_forms(value):
    assert iso_date(value) == "2025-07-12"


def test_the_months_of_two_words_are_told_apart():
    assert iso_date("3 كانون الثاني 2025") == "2025-01-03"
    assert iso_date("3 كانون الأول 2025") == "2025-12-03"


@pytest.mark.parametrize(
    "value", [None, "", "yesterday", "2025", "July 2025", "03/04/2025", "2025-02-31", "soon", [], 5]
)
def test_what_is_no_single_date_is_none(value):
    assert iso_date(value) is None


def test_numbers_that_can_be_read_only_one_way_are_read():
    assert iso_date("25/07/2025") == "2025-07-25"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("HTTPS://WWW.Example.org:443/A/b?utm_source=x&b=2&a=1#part", "https://www.example.org/A/b?a=1&b=2"),
        ("http://example.org", "http://example.org/"),
        ("https://example.org/?fbclid=1", "https://example.org/"),
        ("https://user:secret@example.org/x", "https://example.org/x"),
        ("https://example.org/خبر", "https://example.org/%D8%AE%D8%A8%D8%B1"),
        ("example.org/x", None),
        ("javascript:alert(1)", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_canonical_url(given, expected):
    assert canonical_url(given) == expected


def test_a_canonical_url_stays_as_it_is():
    once = canonical_url("https://example.org/a%20b/?q=%D8%AE&utm_medium=y")
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("ar", "ar"),
        ("ar-EG", "ar"),
        ("EN_us", "en"),
        ("ara", "ar"),
        ("ckb", "ckb"),
        ("Arabic", None),
        ("", None),
        (3, None),
    ],
)
def test_language_tag(given, expected):
    assert language_tag(given) == expected


def test_a_line_has_no_line_ends_and_no_controls():
    assert one_line(" Two\nlines\x1b[31m\t ") == "Two lines [31m"
    assert one_line(12) == "12"
    assert one_line("  ") is None
    assert one_line({"a": 1}) is None
