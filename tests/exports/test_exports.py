"""Other programs read back what we write, claim by claim."""

import csv
import io
import json
from collections import Counter

import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph
import pytest
import rdflib

from graph.errors import DataError
from graph.exports import FILES, export, write
from graph.exports.rdf import graph_triples, sorted_lines
from graph.ledger import Decision, Ledger
from graph.rdf import Iris
from graph.workspace import Workspace
from tests.sample_claims import ARABIC, ENGLISH, REJECTED, arabic_claims, english_claims

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
        ("trig", pyoxigraph.RdfFormat.TRIG),
    ],
)
def test_oxigraph_reads_the_same_quads(view, format, name):
    expected = {pyoxigraph.Quad(*triple) for triple in graph_triples(view, Iris())}

    assert expected == set(pyoxigraph.parse(written(view, format), name))


def test_rdflib_reads_trig_as_one_default_graph(view):
    found = rdflib.Dataset().parse(data=written(view, "trig"), format="trig")

    assert set(rdflib.Graph().parse(data=written(view, "turtle"), format="turtle")) == set(found.triples((None,) * 3))
    assert [rdflib.graph.DATASET_DEFAULT_GRAPH_ID] == [graph.identifier for graph in found.graphs()]


@pytest.mark.parametrize("base", BASES)
def test_rdflib_reads_the_same_triples_from_rdfxml_but_for_what_xml_cannot_hold(view, base):
    lines = "".join(f"{triple} .\n" for triple in graph_triples(view, Iris(base)))
    expected = rdflib.Graph().parse(data=xml_text(lines.replace("\\u000B", "\x0b")), format="nt")
    found = rdflib.Graph().parse(data=written(view, "rdfxml", base), format="xml")

    assert set(expected) == set(found)


def test_nquads_are_sorted_bytes_without_repetition(view):
    lines = written(view, "nquads").splitlines(keepends=True)

    assert sorted(set(lines)) == lines


def test_sorting_in_runs_on_disk_gives_the_same_as_in_memory():
    lines = [f"{number * 7919 % 101:03}\n".encode() for number in range(101)]

    assert sorted(lines) == list(sorted_lines(iter(lines), run=10))
    assert sorted(lines) == list(sorted_lines(iter(lines), run=101))
    assert [] == list(sorted_lines(iter([])))


def test_turtle_uses_the_projects_prefixes(view):
    text = written(view, "turtle").decode()

    assert "    rel:warns wd:Q30 .\n" in text
    assert "\n    a rdf:Statement, schema:Claim ;\n    rdf:subject wd:Q58217 ;\n    rdf:predicate rel:warns ;\n" in text


def test_jsonld_reads_as_plain_json(view):
    nodes = {node["@id"]: node for node in json.loads(written(view, "jsonld"))["@graph"]}
    warns = next(node for node in nodes.values() if node.get("relation") == "rel:warns")

    assert {"en": "Sergey Lavrov", "ar": "سيرغي لافروف"} == nodes["wd:Q58217"]["label"]
    assert tuple(warns[key] for key in ("subject", "object", "negated", "confidence")) == (
        "wd:Q58217",
        "wd:Q30",
        False,
        "0.875",
    )
    assert {"ar": "حذر لافروف الولايات المتحدة من التصعيد."} == nodes[warns["evidence"]]["exact"]


# --- networks ----------------------------------------------------------------------------------------------


def ends(claim):
    return claim.subject.entity.id, claim.object.entity.id


def xml_text(text):
    return text.replace("\x0b", "\ufffd")  # XML has no way to write a vertical tab


@pytest.mark.parametrize(("format", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_an_edge_for_every_claim_with_both_ends(view, format, read):
    graph = read(io.BytesIO(written(view, format)))
    claims = [one.claim for one in view.claims() if one.claim.object]
    expected = Counter(
        (*ends(c), c.relation.id, c.negated, c.modality, c.confidence, xml_text(c.evidence.text)) for c in claims
    )
    keys = ("relation", "negated", "modality", "confidence", "evidence")
    found = Counter((s, o, *(edge[key] for key in keys)) for s, o, edge in graph.edges(data=True))

    assert expected == found
    assert {entity.id for entity in view.entities()} == set(graph.nodes)
    assert "الولايات المتحدة" == graph.nodes["Q30"]["label_ar"]


def test_graphml_edges_are_named_after_their_claims_and_booleans_are_xml_schemas(view):
    text = written(view, "graphml").decode()

    assert all(f'id="{one.claim.id}"' in text for one in view.claims() if one.claim.object)
    assert '<data key="negated">true</data>' in text
    assert "True" not in text


def test_networkx_reads_the_days_of_gexf(view):
    found = Counter(
        (edge["relation"], edge.get("start"), edge.get("end"))
        for _, _, edge in nx.read_gexf(io.BytesIO(written(view, "gexf"))).edges(data=True)
    )
    claims = [one for one in view.claims() if one.claim.object]

    assert Counter((one.claim.relation.id, one.article.published, one.article.published) for one in claims) == found
    assert {"2025-07-12", None} == {one.article.published for one in claims}


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
    assert ("0.875", "-4.4") == (warns["confidence"], warns["goldstein"])
    assert tuple(warns[key] for key in ("subject_label_en", "subject_label_ar", "object_label_en", "cameo")) == (
        "Sergey Lavrov",
        "سيرغي لافروف",
        "United States",
        "130",
    )


# --- files -------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """An empty one, beside the workspace."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.mark.parametrize("format", FILES)
def test_two_exports_are_the_same_bytes(view, format, folder):
    for name in ("one", "two"):
        export(view, "urn:qawl:", format, folder / name)

    assert (folder / "one").read_bytes() == (folder / "two").read_bytes() == written(view, format)
    assert {"one", "two"} == {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("format", [*FILES, "neo4j"])
def test_another_workspace_filled_in_another_order_gives_the_same_bytes(view, format, tmp_path):
    ledger = Ledger(Workspace.create(tmp_path / "other"))
    with ledger.batch() as batch:
        batch.decide(Decision("reject", REJECTED, "wrong", "somebody else", "2026-01-01T00:00:00Z"))
        batch.add_article(ENGLISH, "rules 0.1.0", english_claims()[::-1], retrieved="2026-01-01T00:00:00Z")
    with ledger.batch() as batch:
        batch.add_article(ARABIC, "rules 0.1.0", arabic_claims())
        batch.add_article(ENGLISH, "rules 0.1.0", english_claims())

    assert written(view, format) == written(ledger.view(), format)


def test_unknown_format_lists_the_known_ones(view, folder):
    with pytest.raises(DataError, match=r"'xml'.*turtle, .*neo4j, package"):
        export(view, "urn:qawl:", "xml", folder / "out")

    assert [] == list(folder.iterdir())


def test_folder_is_not_overwritten(view, folder):
    with pytest.raises(DataError, match="folder"):
        export(view, "urn:qawl:", "turtle", folder)


def test_link_stays_a_link(view, folder):
    (folder / "link").symlink_to("real")
    export(view, "urn:qawl:", "csv", folder / "link")

    assert (folder / "link").is_symlink()
    assert written(view, "csv") == (folder / "real").read_bytes()


def test_missing_folder_is_named(view, folder):
    with pytest.raises(DataError, match=r"gone.*No such file"):
        export(view, "urn:qawl:", "turtle", folder / "gone" / "out.ttl")


def test_failed_export_leaves_the_old_file(view, folder):
    target = folder / "out.ttl"
    target.write_text("old")
    with pytest.raises(DataError):
        export(view, "no base", "turtle", target)

    assert "old" == target.read_text()
    assert [target] == list(folder.iterdir())
