"""Excel, JSON Lines, events and the files for Neo4j, read back by other programs."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from graph.claims import from_record, to_record
from graph.errors import DataError
from graph.exports import events, tables, write
from graph.exports.package import dictionary_rows
from graph.ledger import Ledger
from graph.stores.ladybug_build import CLAIM
from tests.exports.test_exports import undone, written
from tests.making import article, claim
from tests.sample_claims import ARABIC, REJECTED, arabic_claims


def csv_rows(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text.decode(), newline=""), delimiter=delimiter))


def claims_by_id(view):
    return {one.claim.id: one for one in view.claims()}


# --- JSON Lines --------------------------------------------------------------------------------------------


def test_jsonl_gives_every_claim_back_with_its_article_and_decision(view):
    records = [json.loads(line) for line in written(view, "jsonl").splitlines()]

    assert [one.claim for one in view.claims()] == [from_record(record) for record in records]
    assert [(one.article.url, one.decision) for one in view.claims()] == [
        (record["article"]["url"], record["decision"]) for record in records
    ]
    assert all(to_record(from_record(record)).items() <= record.items() for record in records)


# --- Excel -------------------------------------------------------------------------------------------------


def test_excel_has_the_rows_of_the_csv(view):
    expected = csv_rows(written(view, "csv"))
    sheet = openpyxl.load_workbook(io.BytesIO(written(view, "excel")))["claims"]
    header, *rows = sheet.iter_rows(values_only=True)
    found = [dict(zip(header, row, strict=True)) for row in rows]

    def shown(value):
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    for row in expected:
        row["goldstein"] = row["goldstein"].removesuffix(".0")  # a number in Excel has no such end
        row["confidence"] = row["confidence"].removesuffix(".0")
    # openpyxl leaves the escape of a vertical tab, which Excel undoes, as it is written.
    assert expected == [{key: shown(value).replace("_x000B_", "\x0b") for key, value in row.items()} for row in found]


def test_excel_cells_are_typed_and_no_text_is_a_formula(view):
    sheet = openpyxl.load_workbook(io.BytesIO(written(view, "excel")))["claims"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    frame = pd.read_excel(io.BytesIO(written(view, "excel")), sheet_name="claims", dtype={"cameo": str})

    assert "f" not in {cell.data_type for cell in cells}
    assert not [cell.value for cell in cells if cell.data_type == "s" and cell.value.startswith(("=", "+", "-", "@"))]
    assert {"130"} == set(frame[frame.relation == "warns"].cameo)
    assert [-4.4] == list(frame[frame.relation == "warns"].goldstein)
    assert {True, False} == set(frame.negated)


def test_excel_refuses_before_it_starts_what_it_cannot_hold_and_names_the_filters(view, monkeypatch):
    monkeypatch.setattr(tables, "EXCEL_ROWS", 8)  # a row for the header, and 8 claims
    out = io.BytesIO()

    with pytest.raises(DataError, match=r"8 claims .* 8 rows.*--since and --until"):
        write(view, "urn:qawl:", "excel", out)
    assert b"" == out.getvalue()

    monkeypatch.setattr(tables, "EXCEL_ROWS", 9)
    assert 9 == openpyxl.load_workbook(io.BytesIO(written(view, "excel")))["claims"].max_row


def test_excel_refuses_a_sentence_that_no_cell_holds(view, monkeypatch):
    monkeypatch.setattr(tables, "EXCEL_CHARACTERS", 50)

    with pytest.raises(DataError, match="56 characters"):
        written(view, "excel")


# --- events ------------------------------------------------------------------------------------------------


def test_events_are_what_articles_assert(view):
    frame = pd.read_csv(io.BytesIO(written(view, "events")), sep="\t", dtype=str, keep_default_na=False)
    claims = claims_by_id(view)
    told = {key for row in frame.Claims for key in row.split()}

    assert {key for key, one in claims.items() if events.is_event(one)} == told
    assert REJECTED not in told
    assert ["warns", "praises", "protests", "says"] == sorted(
        frame.Relation, key=["warns", "praises", "protests", "says"].index
    )
    assert list(events.EVENT_COLUMNS) == list(frame.columns)


def test_an_event_has_its_codes_where_gdelt_has_them(view):
    rows = {row["Relation"]: row for row in csv_rows(written(view, "events"), "\t")}
    columns = ("Day", "Year", "Actor1Code", "Actor2Name", "EventCode", "EventRootCode", "QuadClass", "GoldsteinScale")

    assert ("20250712", "2025", "RUSGOV", "United States", "130", "13", "3", "-4.4") == tuple(
        rows["warns"][name] for name in columns
    )
    assert ("", "", "", "", "140", "14", "4", "-6.5") == tuple(rows["protests"][name] for name in columns)
    assert ARABIC.url == rows["warns"]["SOURCEURL"]


def test_an_event_told_by_two_articles_is_one_row(workspace):
    ledger = Ledger(workspace)
    articles = [article(1), article(2), article(3, outlet="Another wire"), article(4, published="2025-07-13")]
    with ledger.batch() as batch:
        for one in articles:
            batch.add_article(one, "test 1.0", [claim(one)])
    first, second = csv_rows(written(ledger.view(), "events"), "\t")

    assert ("20250712", "3", "3", "2") == tuple(first[n] for n in ("Day", "NumMentions", "NumArticles", "NumSources"))
    assert {claim(one).id for one in articles[:3]} == set(first["Claims"].split())
    assert ("20250713", "1") == (second["Day"], second["NumArticles"])


# --- Neo4j -------------------------------------------------------------------------------------------------


@pytest.fixture
def files(view):
    with zipfile.ZipFile(io.BytesIO(written(view, "neo4j"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_neo4j_nodes_give_every_claim_back(view, files):
    def shown(value):
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    def expected(row):
        day = row["published"] and date.fromisoformat(row["published"])
        return [shown((row | {"date": day})[name]) for name in CLAIM]

    rows = csv_rows(files["claims.csv"])

    assert [expected(row) for row in view.claim_table().to_pylist()] == [list(row.values()) for row in rows]
    assert {"id:ID(Claim)", "date:date", "confidence:double", "negated:boolean", "cue_start:long"} <= set(rows[0])
    assert [article.text for article in view.articles()] == [
        row["text:string"] for row in csv_rows(files["articles.csv"])
    ]
    assert [entity.id for entity in view.entities()] == [
        row["id:ID(Entity)"] for row in csv_rows(files["entities.csv"])
    ]


def test_neo4j_edges_join_nodes_that_are_there(view, files):
    claims = [one.claim for one in view.claims()]
    supports, says = arabic_claims()[2].id, arabic_claims()[1].id
    edges = {row["claim:string"]: row for row in csv_rows(files["relations.csv"])}

    assert {c.id: c.subject.entity.id for c in claims} == dict(row.values() for row in csv_rows(files["subject.csv"]))
    assert {c.id: c.object.entity.id for c in claims if c.object} == dict(
        row.values() for row in csv_rows(files["object.csv"])
    )
    assert {c.id: c.document for c in claims} == dict(row.values() for row in csv_rows(files["reported_in.csv"]))
    assert {supports: says} == dict(row.values() for row in csv_rows(files["attributed_to.csv"]))
    assert {c.id for c in claims if c.object and c.id != REJECTED} == set(edges)
    assert ("Q423", "Q159", "SUPPORTS") == tuple(edges[supports].values())[:3]


# --- their columns -----------------------------------------------------------------------------------------


def test_the_dictionary_describes_every_column(view):
    described = {}
    for row in dictionary_rows():
        described.setdefault(row["table"], []).append(row["column"])

    assert list(csv_rows(written(view, "csv"))[0]) == described["claims"]
    assert list(csv_rows(written(view, "events"), "\t")[0]) == described["events"]
    assert all(
        row["meaning"] and row["type"] in ("string", "integer", "number", "boolean") for row in dictionary_rows()
    )


def test_undoing_gives_the_text(view):
    frame = csv_rows(written(view, "csv"))

    assert {one.claim.evidence.text for one in view.claims()} == {undone(row["evidence_text"]) for row in frame}


def test_the_page_describes_the_events_columns():
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    table = page.partition("<!-- columns -->\n")[2].partition("<!-- end -->")[0]
    rows = (row for row in dictionary_rows() if row["table"] == "events")
    expected = [f"| `{row['column']}` | {row['type']} | {row['meaning']} |" for row in rows]

    assert expected == table.splitlines()[2:]
