"""Other programs read back what we write, claim by claim."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph
import pytest
import rdflib

from graph.errors import DataError
from graph.exports import FORMATS, export, write
from graph.exports.rdf import _sorted_lines, graph_triples
from graph.rdf import Iris

BASES = ["urn:qawl:", "https://example.org/kg/"]


def written(view, format, base="urn:qawl:"):
    out = io.BytesIO()
    write(view, base, format, out)
    return out.getvalue()


# --- RDF ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(("format", "name"), [("turtle", "turtle"), ("nquads", "nt"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_triples(view, format, name, base):
    lines = "".join(f"{triple} .\n" for triple in graph_triples(view, Iris(base)))
    expected = rdflib.Graph().parse(data=lines, format="nt")
    found = rdflib.Graph().parse(data=written(view, format, base), format=name)

    assert len(expected) > 150
    assert set(expected) == set(found)


@pytest.mark.parametrize(
    ("format", "name"),
    [
        ("turtle", pyoxigraph.RdfFormat.TURTLE),
        ("nquads", pyoxigraph.RdfFormat.N_QUADS),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ],
)
def test_oxigraph_reads_the_same_quads(view, format, name):
    expected = {pyoxigraph.Quad(*triple) for triple in graph_triples(view, Iris())}

    assert expected == set(pyoxigraph.parse(written(view, format), name))


def test_nquads_are_sorted_bytes_without_repetition(view):
    lines = written(view, "nquads").splitlines(keepends=True)

    assert sorted(set(lines)) == lines


def test_sorting_in_runs_on_disk_gives_the_same_as_in_memory():
    lines = [f"{number * 7919 % 101:03}\n".encode() for number in range(101)]

    assert sorted(lines) == list(_sorted_lines(iter(lines), run=10))
    assert sorted(lines) == list(_sorted_lines(iter(lines), run=101))
    assert list(_sorted_lines(iter([]))) == []


def test_turtle_uses_the_projects_prefixes(view):
    text = written(view, "turtle").decode()

    assert "    rel:warns wd:Q30 .\n" in text
    assert "\n    a rdf:Statement, schema:Claim ;\n    rdf:subject wd:Q58217 ;\n    rdf:predicate rel:warns ;\n" in text


def test_jsonld_reads_as_plain_json(view):
    nodes = {node["@id"]: node for node in json.loads(written(view, "jsonld"))["@graph"]}
    warns = next(node for node in nodes.values() if node.get("relation") == "rel:warns")

    assert nodes["wd:Q58217"]["label"] == {"en": "Sergey Lavrov", "ar": "سيرغي لافروف"}
    assert tuple(warns[key] for key in ("subject", "object", "negated", "confidence")) == (
        "wd:Q58217",
        "wd:Q30",
        False,
        "0.875",
    )
    assert nodes[warns["evidence"]]["exact"] == {"ar": "حذر لافروف الولايات المتحدة من التصعيد."}


# --- networks ----------------------------------------------------------------------------------------------


def xml_text(text):
    return text.replace("\x0b", "\ufffd")  # XML has no way to write a vertical tab


@pytest.mark.parametrize(("format", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_an_edge_for_every_claim_with_both_ends(view, format, read):
    graph = read(io.BytesIO(written(view, format)))
    expected = Counter(
        (
            c.subject.entity.id,
            c.object.entity.id,
            c.relation.id,
            c.negated,
            c.modality,
            c.confidence,
            xml_text(c.evidence.text),
        )
        for c in (one.claim for one in view.claims())
        if c.object
    )
    keys = ("relation", "negated", "modality", "confidence", "evidence")
    found = Counter((s, o, *(edge[key] for key in keys)) for s, o, edge in graph.edges(data=True))

    assert expected == found
    assert {entity.id for entity in view.entities()} == set(graph.nodes)
    assert graph.nodes["Q30"]["label_ar"] == "الولايات المتحدة"


def test_graphml_edges_are_named_after_their_claims_and_booleans_are_xml_schemas(view):
    text = written(view, "graphml").decode()

    assert all(f'id="{one.claim.id}"' in text for one in view.claims() if one.claim.object)
    assert '<data key="negated">true</data>' in text
    assert "True" not in text


def test_gexf_has_the_days_of_the_claims_and_not_the_day_of_writing(view):
    text = written(view, "gexf").decode()

    assert 'timeformat="date"' in text
    assert 'start="2025-07-12" end="2025-07-12"' in text
    assert "lastmodifieddate" not in text


# --- tables ------------------------------------------------------------------------------------------------


def test_parquet_is_the_claim_table(view):
    assert view.claim_table().equals(pq.read_table(io.BytesIO(written(view, "parquet"))))


def undone(cell):
    return cell[1:] if cell.startswith("'") else cell


def test_csv_gives_every_claim_back(view):
    rows = list(csv.DictReader(io.StringIO(written(view, "csv").decode(), newline="")))
    expected = [
        {
            key: "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
            for key, value in row.items()
        }
        for row in view.claim_table().to_pylist()
    ]

    assert expected == [{key: undone(row[key]) for key in expected[0]} for row in rows]


def test_csv_is_safe_in_a_spreadsheet_and_numbers_stay_numbers(view):
    rows = list(csv.DictReader(io.StringIO(written(view, "csv").decode(), newline="")))
    note = next(row for row in rows if row["relation"] == "hosts")
    warns = next(row for row in rows if row["relation"] == "warns")

    assert note["evidence_text"].startswith("'=Note")
    assert (warns["confidence"], warns["goldstein"]) == ("0.875", "-4.4")
    assert tuple(warns[key] for key in ("subject_label_en", "subject_label_ar", "object_label_en", "cameo")) == (
        "Sergey Lavrov",
        "سيرغي لافروف",
        "United States",
        "130",
    )


# --- files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_two_exports_are_the_same_bytes(view, format, tmp_path):
    for name in ("one", "two"):
        export(view, "urn:qawl:", format, tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() == written(view, format)
    assert {"one", "two"} == {path.name for path in tmp_path.iterdir()}


def test_unknown_format_lists_the_known_ones(view, tmp_path):
    with pytest.raises(DataError, match=r"'xml'.*turtle, nquads, jsonld, graphml, gexf, csv, parquet"):
        export(view, "urn:qawl:", "xml", tmp_path / "out")

    assert list(tmp_path.iterdir()) == []


def test_folder_is_not_overwritten(view, tmp_path):
    with pytest.raises(DataError, match="folder"):
        export(view, "urn:qawl:", "turtle", tmp_path)


def test_missing_folder_is_named(view, tmp_path):
    with pytest.raises(DataError, match=r"gone.*No such file"):
        export(view, "urn:qawl:", "turtle", tmp_path / "gone" / "out.ttl")


def test_failed_export_leaves_the_old_file(view, tmp_path):
    target = Path(tmp_path / "out.ttl")
    target.write_text("old")
    with pytest.raises(DataError):
        export(view, "no base", "turtle", target)

    assert target.read_text() == "old"
    assert [target] == list(tmp_path.iterdir())
