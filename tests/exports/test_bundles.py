"""The research package and nanopublications: complete, checked, and the same bytes again."""

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from datetime import date

import networkx as nx
import pyarrow.parquet as pq
import pyshacl
import pytest
import rdflib
import yaml
from rdflib import RDF, Namespace

from graph.errors import DataError
from graph.exports import BUNDLES, Selection, export, write
from graph.exports.package import dictionary_rows
from graph.relations import relations
from tests.exports.test_exports import written
from tests.sample_claims import ARABIC, REJECTED, arabic_claims

NP = Namespace("http://www.nanopub.org/nschema#")


@pytest.fixture
def package(view, tmp_path):
    export(view, "urn:qawl:", "package", tmp_path / "package", where=Selection(since=date(2025, 7, 1)))
    return tmp_path / "package"


def test_package_names_what_it_was_made_of(view, package):
    facts = json.loads((package / "package.json").read_text())
    citation = yaml.safe_load((package / "CITATION.cff").read_text())

    assert view.version == facts["ledger_version"] == citation["version"]
    assert {"since": "2025-07-01"} == facts["filter"]
    assert (4, 1) == (facts["claims"], facts["articles"])
    assert {"cff-version", "message", "title", "authors", "type"} <= citation.keys()
    assert '{"since": "2025-07-01"}' in (package / "README.md").read_text()
    assert "@@" not in (package / "README.md").read_text() + (package / "CITATION.cff").read_text()


def test_package_holds_the_same_claims_in_every_file(package):
    expected = {claim.id for claim in arabic_claims()}
    graph = rdflib.Graph().parse(package / "graph.ttl")
    with (package / "claims.csv").open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    network = nx.read_graphml(package / "graph.graphml", force_multigraph=True)

    assert expected == set(pq.read_table(package / "claims.parquet")["id"].to_pylist())
    assert expected == {row["id"] for row in rows}
    assert expected == {str(node).rpartition(":")[2] for node in graph.subjects(RDF.type, RDF.Statement)}
    assert {claim.id for claim in arabic_claims() if claim.object} == {key for _, _, key in network.edges(keys=True)}


def test_package_conforms_to_the_shapes_in_it(package):
    data, shapes, ontology = (rdflib.Graph().parse(package / f"{name}.ttl") for name in ("graph", "shapes", "ontology"))
    conforms, _, report = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology)

    assert conforms, report


def test_package_describes_its_relations_and_every_column(package):
    with (package / "codebook.csv").open(newline="") as handle:
        codes = {row["id"]: row["cameo"].lstrip("'") for row in csv.DictReader(handle)}
    text = (package / "codebook.md").read_text()
    described = {(row["table"], row["column"]) for row in dictionary_rows()}

    assert {relation.id: relation.cameo for relation in relations().values()} == codes
    assert all(f"| {relation.id} | {relation.label_en} |" in text for relation in relations().values())
    for name in ("claims", "entities", "articles", "codebook"):
        header = (package / f"{name}.csv").read_text().splitlines()[0].split(",")
        assert header == [
            column for table, column in ((r["table"], r["column"]) for r in dictionary_rows()) if table == name
        ]
        assert {(name, column) for column in header} <= described


@pytest.mark.parametrize("format", BUNDLES)
def test_checksums_are_those_of_all_files(view, format, tmp_path):
    export(view, "urn:qawl:", format, tmp_path / "out")
    sums = dict(reversed(line.split()) for line in (tmp_path / "out" / "SHA256SUMS").read_text().splitlines())
    files = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.name != "SHA256SUMS"}

    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == sums
    assert 0 == subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=tmp_path / "out", check=False).returncode


@pytest.mark.parametrize("format", BUNDLES)
def test_zip_and_folder_hold_the_same_and_twice_the_same_bytes(view, format, tmp_path):
    for name in ("one.zip", "two.zip", "folder"):
        export(view, "urn:qawl:", format, tmp_path / name)
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        zipped = {name: archive.read(name) for name in archive.namelist()}

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes() == written(view, format)
    assert {path.name: path.read_bytes() for path in (tmp_path / "folder").iterdir()} == zipped


def test_a_filled_folder_is_kept(view, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()

    with pytest.raises(DataError, match=r"there already.*\.zip"):
        export(view, "urn:qawl:", "package", tmp_path / "out")
    assert ["mine"] == [path.name for path in (tmp_path / "out").iterdir()]


# --- nanopublications --------------------------------------------------------------------------------------


def nanopubs(view, where=Selection()):  # noqa: B008 - immutable
    out = io.BytesIO()
    write(view, "urn:qawl:", "nanopubs", out, where=where)
    return rdflib.Dataset().parse(data=out.getvalue(), format="trig")


def test_every_claim_has_a_nanopublication_of_four_graphs(view):
    data = nanopubs(view)
    pubs = {s for s, _, _, _ in data.quads((None, RDF.type, NP.Nanopublication, None))}

    assert {f"urn:qawl:nanopub:{one.claim.id}" for one in view.claims()} == {str(pub) for pub in pubs}
    for pub in pubs:
        head = data.graph(pub + "#Head")
        parts = [head.value(pub, NP[name]) for name in ("hasAssertion", "hasProvenance", "hasPublicationInfo")]
        assertion, provenance, info = (data.graph(part) for part in parts)

        assert [pub + f"#{name}" for name in ("assertion", "provenance", "pubinfo")] == parts
        assert 4 == len(head)
        assert len(assertion) >= 6
        assert any(provenance.triples((parts[0], None, None)))
        assert any(info.triples((pub, None, None)))


def test_a_nanopublication_asserts_the_claim_and_keeps_evidence_apart(view):
    warns = arabic_claims()[0]
    data = nanopubs(view, Selection(claim=warns.id))
    pub = f"urn:qawl:nanopub:{warns.id}"
    said, origin = data.graph(f"{pub}#assertion"), data.graph(f"{pub}#provenance")
    wd, rel = "http://www.wikidata.org/entity/", "urn:qawl:relation:"
    fact = (rdflib.URIRef(f"{wd}Q58217"), rdflib.URIRef(f"{rel}warns"), rdflib.URIRef(f"{wd}Q30"))

    assert fact in said
    assert warns.evidence.text in {str(value) for value in origin.objects()}
    assert rdflib.URIRef(f"urn:qawl:article:{ARABIC.id}") in set(origin.objects())
    assert warns.evidence.text not in {str(value) for value in said.objects()}


def test_every_nanopublication_has_its_claim_in_full(view):
    data, rel = nanopubs(view), "urn:qawl:relation:"
    for one in view.claims():
        claim, pub = one.claim, f"urn:qawl:nanopub:{one.claim.id}"
        node = rdflib.URIRef(f"urn:qawl:claim:{claim.id}")
        said, origin = data.graph(f"{pub}#assertion"), data.graph(f"{pub}#provenance")
        ends = [claim.subject.entity.id, claim.object.entity.id if claim.object else None]
        terms = (RDF.subject, RDF.object)

        assert ends == [
            said.value(node, t) and str(said.value(node, t)).rpartition(":")[2].rpartition("/")[2] for t in terms
        ]
        assert rdflib.URIRef(rel + claim.relation.id) == said.value(node, RDF.predicate)
        assert claim.negated == said.value(node, rdflib.URIRef("urn:qawl:ontology:negated")).toPython()
        assert claim.modality == str(said.value(node, rdflib.URIRef("urn:qawl:ontology:modality")))
        assert claim.evidence.text in {str(value) for value in origin.objects()}


def test_a_rejected_claims_nanopublication_says_so_and_states_no_fact(view):
    data = nanopubs(view, Selection(claim=REJECTED))
    pub = f"urn:qawl:nanopub:{REJECTED}"

    assert "rejected" in {str(value) for value in data.graph(f"{pub}#pubinfo").objects()}
    assert not [p for p in data.graph(f"{pub}#assertion").predicates() if str(p).startswith("urn:qawl:relation:")]
