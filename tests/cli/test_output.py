"""Rows and records as they are printed."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from app.cli.output import print_records, print_rows

ROWS: list[tuple[Any, ...]] = [("لافروف", 3, None, True), ("=1+1", 0.5, ["a", "b"], False)]
COLUMNS = ("actor", "n", "extra", "flag")


@pytest.mark.parametrize("format_", ["json", "jsonl"])
def test_json_keeps_types_and_letters(format_: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(COLUMNS, ROWS, format_=format_)

    printed = capsys.readouterr().out
    records = json.loads(printed) if format_ == "json" else [json.loads(line) for line in printed.splitlines()]
    assert [dict(zip(COLUMNS, row, strict=True)) for row in ROWS] == records
    assert "لافروف" in printed


def test_json_of_no_rows_is_an_empty_array(capsys: pytest.CaptureFixture[str]) -> None:
    print_records([], format_="json")

    assert [] == json.loads(capsys.readouterr().out)


def test_dates_are_printed_as_iso(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(["date"], [(date(2025, 3, 4),)], format_="jsonl")

    assert {"date": "2025-03-04"} == json.loads(capsys.readouterr().out)


def test_csv_is_safe_to_open_in_a_spreadsheet(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(COLUMNS, [*ROWS, ("@cmd", -2, "+1", None)], format_="csv")

    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert [
        list(COLUMNS),
        ["لافروف", "3", "", "True"],
        ["'=1+1", "0.5", '["a", "b"]', "False"],
        ["'@cmd", "-2", "'+1", ""],
    ] == rows


def test_a_table_is_neither_cut_nor_wrapped_off_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    long = "word " * 200

    print_rows(["text", "n"], [(long, 1)], format_="table")

    assert long.strip() in capsys.readouterr().out


def test_a_table_passes_no_control_characters_and_reads_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(["text"], [("a\x1b[31mb\x07[bold]c[/bold]",)], format_="table")

    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "\x07" not in printed
    assert "[bold]c[/bold]" in printed
