"""What libraries that are not ours find in every format, whatever the filter: the claims of the ledger, in full."""

import io
import json
import shutil
import zipfile
from datetime import date

import networkx as nx
import pandas as pd
import pyarrow.parquet as pq
import pytest
import rdflib
from rdflib import RDF, Namespace

from graph.articles import Article
from graph.claims import Entity
from graph.exports import FORMATS, Selection
from graph.exports.events import is_event
from graph.exports.package import dictionary_rows
from graph.ledger import Ledger
from tests.cli.conftest import run_qawl
from tests.exports.test_selection import CASES
from tests.exports.test_selection import written as selected
from tests.making import RUSSIA, claim, mention

QAWL, CLAIM = Namespace("urn:qawl:ontology:"), "urn:qawl:claim:"
OA, PROV = Namespace("http://www.w3.org/ns/oa#"), Namespace("http://www.w3.org/ns/prov#")
NANOPUB = rdflib.URIRef("http://www.nanopub.org/nschema#Nanopublication")
RDFLIB = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "rdfxml": "xml", "jsonld": "json-ld"}


def zipped(data: bytes, name: str) -> io.BytesIO:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return io.BytesIO(archive.read(name))


def graph_of(data: bytes, format: str) -> rdflib.Graph:
    found = rdflib.Dataset(default_union=True) if format in ("trig", "nquads") else rdflib.Graph()
    return found.parse(data=data, format=RDFLIB[format])


def statements(graph: rdflib.Graph) -> set[str]:
    return {str(node).removeprefix(CLAIM) for node in graph.subjects(RDF.type, RDF.Statement)}


def nanopubs(data: bytes) -> set[str]:
    found = rdflib.Dataset().parse(data=data, format="trig")
    return {str(pub).rpartition(":")[2] for pub, *_ in found.quads((None, RDF.type, NANOPUB, None))}


def graphml(data: bytes) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(data), force_multigraph=True)


def table(data: bytes, separator: str = ",") -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(data), sep=separator, dtype=str, keep_default_na=False)


def packaged(data: bytes) -> set[str]:
    """The ids in each of the package's files, which must agree."""
    parquet = set(pq.read_table(zipped(data, "claims.parquet"))["id"].to_pylist())
    assert parquet == set(table(zipped(data, "claims.csv").read())["id"])
    assert parquet == statements(graph_of(zipped(data, "graph.ttl").read(), "turtle"))
    return parquet


READERS = {
    **{name: lambda data, name=name: statements(graph_of(data, name)) for name in RDFLIB},
    "nanopubs": nanopubs,
    "graphml": lambda data: {key for *_, key in graphml(data).edges(keys=True)},
    "gexf": lambda data: {edge["id"] for *_, edge in nx.read_gexf(io.BytesIO(data)).edges(data=True)},
    "csv": lambda data: set(table(data)["id"]),
    "parquet": lambda data: set(pq.read_table(io.BytesIO(data))["id"].to_pylist()),
    "jsonl": lambda data: {json.loads(line)["id"] for line in data.splitlines()},
    "excel": lambda data: set(pd.read_excel(io.BytesIO(data), sheet_name="claims")["id"]),
    "events": lambda data: {key for keys in table(data, "\t")["Claims"] for key in keys.split()},
    "neo4j": lambda data: set(table(zipped(data, "claims.csv").read())["id:ID(Claim)"]),
    "package": packaged,
}  # fmt: skip
KEPT = {
    "graphml": lambda one: one.claim.object is not None,
    "gexf": lambda one: one.claim.object is not None,
    "events": is_event,
}


@pytest.mark.parametrize("format", FORMATS)
def test_every_filter_leaves_the_same_claims(view, format):
    held = {one.claim.id for one in view.claims() if KEPT.get(format, bool)(one)}
    for where, expected in CASES:
        assert expected & held == READERS[format](selected(view, format, where)), where


@pytest.mark.parametrize("format", RDFLIB)
def test_rdflib_finds_every_claim_as_the_ledger_has_it(view, format):
    found = graph_of(selected(view, format, Selection()), format)

    assert {one.claim.id for one in view.claims()} == statements(found)
    for one in view.claims():
        node = rdflib.URIRef(CLAIM + one.claim.id)
        assert expected_of(one, format) == [
            [text(value) for value in found.objects(node, path)] for path in expected_paths()
        ]


def expected_paths():
    spans = [QAWL[f"{name}_span"] for name in ("cue", "subject", "object", "content")]
    names = [QAWL[name] for name in ("attributed_to", "negated", "modality", "confidence", "date", "decision")]
    ends = [RDF.subject / QAWL.id, RDF.predicate, RDF.object / QAWL.id]
    return [*ends, *names, *spans, OA.hasSelector / OA.exact, PROV.wasDerivedFrom / QAWL.id, QAWL.extractor]


def expected_of(one, format):
    """What stands at each of the paths: one value or none."""
    claim = one.claim
    spans = [claim.cue, claim.subject.span, claim.object and claim.object.span, claim.content and claim.content.span]
    sentence = claim.evidence.text.replace("\x0b", "\ufffd") if format == "rdfxml" else claim.evidence.text
    values = [
        claim.subject.entity.id,
        f"urn:qawl:relation:{claim.relation.id}",
        claim.object and claim.object.entity.id,
        claim.attributed_to and CLAIM + claim.attributed_to,
        claim.negated,
        claim.modality,
        claim.confidence,
        one.article.published and date.fromisoformat(one.article.published),
        one.decision,
        *(span and f"urn:qawl:article:{claim.document}#char={span.start},{span.end}" for span in spans),
        sentence,
        claim.document,
        claim.extractor,
    ]
    return [[] if value is None else [value] for value in values]


def text(value):
    if isinstance(value, rdflib.URIRef):
        return str(value)
    python = value.toPython()
    return python if isinstance(python, str | bool | date) else float(python)


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_finds_every_claim_with_both_ends_as_the_ledger_has_it(view, format):
    data = selected(view, format, Selection())
    graph = graphml(data) if format == "graphml" else nx.MultiDiGraph(nx.read_gexf(io.BytesIO(data)))
    edges = {
        key if format == "graphml" else edge["id"]: (*ends, edge)
        for *ends, key, edge in graph.edges(keys=True, data=True)
    }

    assert {one.claim.id for one in view.claims() if one.claim.object} == edges.keys()
    for one in view.claims():
        if one.claim.object:
            source, target, edge = edges[one.claim.id]
            claim = one.claim
            assert (claim.subject.entity.id, claim.object.entity.id) == (source, target)
            expected = {
                "relation": claim.relation.id,
                "cameo": claim.relation.cameo,
                "quad_class": claim.relation.quad_class,
                "goldstein": claim.relation.goldstein,
                "date": one.article.published,
                "confidence": claim.confidence,
                "negated": claim.negated,
                "modality": claim.modality,
                "attributed_to": claim.attributed_to,
                "decision": one.decision,
                "evidence": claim.evidence.text.replace("\x0b", "\ufffd"),
                "article": claim.document,
                "outlet": one.article.outlet,
            }
            assert expected == {name: edge.get(name) for name in expected}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "'"])
def test_no_text_is_a_formula_and_the_dictionary_says_how_to_undo_it(workspace, sign):
    of = Article(f"{sign}1+1 warned Iran.", "en", None, f"{sign}title", f"{sign}outlet", "2025-07-12")
    actor = Entity("local:1", "group", f"{sign}HYPERLINK()", None, None, None)
    subject = mention(of.text, f"{sign}1+1", actor)
    one = claim(of, subject=subject, object_=mention(of.text, "Iran", RUSSIA), content=None)
    with Ledger(workspace).batch() as batch:
        batch.add_article(of, "test 1.0", [one])
    view = Ledger(workspace).view()
    files = {name: selected(view, name, Selection()) for name in ("csv", "events", "excel", "package")}
    frames = {
        "csv": table(files["csv"]),
        "events": table(files["events"], "\t"),
        "excel": pd.read_excel(io.BytesIO(files["excel"]), dtype=str, keep_default_na=False),
        **{
            name: table(zipped(files["package"], name).read())
            for name in ("claims.csv", "entities.csv", "articles.csv")
        },
    }

    for name, frame in frames.items():
        cells = [cell for column in frame for cell in frame[column] if isinstance(cell, str)]
        numbers = {cell for cell in cells if cell.startswith("-") and cell.lstrip("-").replace(".", "").isdigit()}
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and cell not in numbers]
        assert name in ("entities.csv", "articles.csv") or {"-4.4"} == numbers
    for name, column, expected in (
        ("csv", "evidence_text", one.evidence.text),
        ("csv", "subject_label_en", actor.label_en),
        ("events", "Actor1Name", actor.label_en),
        ("claims.csv", "outlet", of.outlet),
        ("entities.csv", "label_en", actor.label_en),
        ("articles.csv", "title", of.title),
    ):
        shown = list(frames[name][column])
        assert expected in [cell[1:] for cell in shown if cell.startswith("'")], (name, column, shown)
    [undoing] = [row["meaning"] for row in dictionary_rows() if row["column"] == "every"]
    assert "drop the first character of every cell that begins with an apostrophe" in undoing
    parquet = pq.read_table(io.BytesIO(selected(view, "parquet", Selection())))
    assert [one.evidence.text] == parquet["evidence_text"].to_pylist()
    assert one.evidence.text == json.loads(selected(view, "jsonl", Selection()))["evidence"]["text"]


def test_a_package_is_rebuilt_from_a_copy_of_the_ledger(view, workspace, tmp_path):
    shutil.copytree(workspace.path, tmp_path / "copy")
    where = ("--relation", "praises", "--since", "2020-01-01", "--decision", "undecided")
    for name, path in (("one", workspace.path), ("two", tmp_path / "copy")):
        exported = run_qawl(
            *(tmp_path, "export", "--format", "package", "--output", f"{name}.zip", "--workspace", path, *where),
            TZ="Asia/Baghdad" if name == "two" else "UTC",
            PYTHONHASHSEED=str(len(name) + path.name.count("o")),
        )
        assert 0 == exported.returncode, exported.stderr

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
