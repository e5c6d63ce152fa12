"""Merged actors in the view, the exports and the indexes; splits bring back what was."""

import io
from dataclasses import replace

import pyshacl
import pytest
import rdflib

from data import resource
from graph.actors.decisions import known, merge, split
from graph.actors.duplicates import ambiguous, proposals
from graph.claims import Entity
from graph.errors import DataError
from graph.exports import FILES, write
from graph.generations import Indexes
from graph.ledger import Ledger
from graph.queries import ask
from tests.making import LAVROV, RUSSIA, article, claim

SPELLED = Entity("name-lavrow", "person", "Sergei Lavrow", None, "RUS", None)
ARABIC = Entity("name-arabic", "person", None, "سيرغي لافروف", None, "GOV")
OTHER = Entity("name-other", "person", "Yekaterina Lavrova", None, "RUS", None)


def fill(workspace, actors=(LAVROV, SPELLED, ARABIC, OTHER, SPELLED), extractor="test 1.0"):
    """One article for each actor, in which he or she warns the United States."""
    with Ledger(workspace).batch() as batch:
        for number, actor in enumerate(actors):
            made = article(number, published=f"2025-07-{number + 10}")
            said = claim(made, extractor=extractor)
            batch.add_article(made, extractor, [replace(said, subject=replace(said.subject, entity=actor))])


def exported(workspace, format="nquads"):
    out = io.BytesIO()
    write(Ledger(workspace).view(), workspace.base_iri, format, out)
    return out.getvalue()


def join(workspace, first, second):
    return merge(workspace, first, second, reason="same", who="tester")


@pytest.mark.parametrize("format", [name for name in FILES if name != "parquet"])
def test_merge_then_ingest_again_then_split_gives_back_the_graph_byte_for_byte(workspace, format):
    fill(workspace)
    before = exported(workspace, format)

    join(workspace, LAVROV, SPELLED)
    merged = exported(workspace, format)
    fill(workspace)
    assert merged == exported(workspace, format)
    split(workspace, LAVROV, reason="not the same", who="tester")

    assert merged != before
    assert before == exported(workspace, format)


def test_a_newer_extraction_keeps_the_merge(workspace):
    fill(workspace)
    join(workspace, LAVROV, SPELLED)
    fill(workspace, extractor="test 2.0")

    assert SPELLED.id not in {entity.id for entity in Ledger(workspace).view().entities()}


def test_claims_entities_and_counts_follow(workspace):
    fill(workspace)
    join(workspace, LAVROV, SPELLED)
    view = Ledger(workspace).view()

    assert [LAVROV.id] * 3 == sorted(
        c.claim.subject.entity.id for c in view.claims() if "name" not in c.claim.subject.entity.id
    )
    assert (4, 5) == (view.counts().entities, view.counts().claims)
    assert view.counts().entities == view.entity_table().num_rows == len({e.id for e in view.entities()})
    assert SPELLED.id not in view.claim_table()["subject"].to_pylist()


def test_labels_and_codes_are_filled_from_the_merged(workspace):
    fill(workspace, (SPELLED, ARABIC))
    join(workspace, SPELLED, ARABIC)

    found = known(Ledger(workspace).view(), SPELLED.id)
    assert Entity(SPELLED.id, "person", "Sergei Lavrow", "سيرغي لافروف", "RUS", "GOV") == found


def test_an_actor_of_the_registry_alone_can_be_merged_into(workspace):
    fill(workspace, (SPELLED,))

    assert LAVROV.id == join(workspace, SPELLED, LAVROV)
    assert LAVROV == known(Ledger(workspace).view(), LAVROV.id)


def test_what_was_seen_of_an_actor(workspace):
    fill(workspace)
    join(workspace, LAVROV, SPELLED)

    row = next(row for row in Ledger(workspace).view().actor_table().to_pylist() if row["id"] == LAVROV.id)
    assert (3, "2025-07-10", "2025-07-14") == (row["claims"], row["first_seen"], row["last_seen"])
    assert [{"text": "Lavrov", "language": "en", "claims": 3}] == row["aliases"]
    assert [SPELLED.id] == row["merged"]


def test_each_actor_has_its_own_aliases_the_most_frequent_first(workspace):
    actors = [Entity(f"name-{number % 40}", "person", f"Person {number % 40}") for number in range(120)]
    with Ledger(workspace).batch() as batch:
        for number, actor in enumerate(actors):
            words = f"{'Minister ' if number < 40 else ''}{actor.label_en}" if number % 3 else "He"
            made = article(number, f"{words} warned the United States that Russia would answer.")
            said = claim(made, subject=replace(claim(article()).subject, entity=actor))
            span = replace(said.subject.span, start=0, end=len(words), text=words)
            batch.add_article(
                made, "test 1.0", [replace(said, subject=replace(said.subject, span=span), id=f"{number:032}")]
            )
    table = {row["id"]: row for row in Ledger(workspace).view().actor_table().to_pylist()}

    for number in range(40):
        name = f"Person {number}"
        seen = [alias["text"] for alias in table[f"name-{number}"]["aliases"]]
        spoken = [f"{'Minister ' if n < 40 else ''}{name}" for n in (number, number + 40, number + 80) if n % 3]
        assert sorted(set(spoken), key=lambda text: (-spoken.count(text), text)) == seen


def test_aliases_and_merged_ids_are_in_rdf(workspace):
    fill(workspace)
    join(workspace, LAVROV, SPELLED)
    lines = exported(workspace).decode().splitlines()
    node, skos = "<http://www.wikidata.org/entity/Q58217>", "http://www.w3.org/2004/02/skos/core#"

    assert f'{node} <{skos}altLabel> "Lavrov"@en .' in lines
    assert f'{node} <{skos}prefLabel> "Sergey Lavrov"@en .' in lines
    assert f"{node} <http://www.w3.org/2002/07/owl#sameAs> <urn:qawl:entity:name-lavrow> ." in lines


def test_a_merged_graph_keeps_to_the_shapes_and_is_the_same_in_json_ld(workspace):
    fill(workspace)
    join(workspace, LAVROV, SPELLED)
    quads, json = rdflib.Dataset(), rdflib.Dataset()
    quads.parse(data=exported(workspace), format="nquads")
    json.parse(data=exported(workspace, "jsonld"), format="json-ld")
    shapes = rdflib.Graph().parse(data=resource("ontology", "shapes.ttl").read_text(encoding="utf-8"))
    graph = rdflib.Graph()
    for subject, predicate, object_, _ in quads:
        graph.add((subject, predicate, object_))

    assert {quad[:3] for quad in quads} == {quad[:3] for quad in json}
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
    assert conforms, report


def test_a_split_of_one_merge_leaves_the_others(workspace):
    fill(workspace)
    join(workspace, LAVROV, SPELLED)
    join(workspace, LAVROV, ARABIC)

    assert [LAVROV.id] == split(workspace, ARABIC, reason="", who="tester")
    who = Ledger(workspace).view().identities
    assert (LAVROV.id, ARABIC.id) == (who.of(SPELLED.id), who.of(ARABIC.id))


def test_merging_twice_and_splitting_nothing_are_refused(workspace):
    fill(workspace)
    join(workspace, LAVROV, SPELLED)

    with pytest.raises(DataError, match="one actor already"):
        join(workspace, SPELLED, LAVROV)
    with pytest.raises(DataError, match="nothing was merged"):
        split(workspace, RUSSIA, reason="", who="tester")


def test_both_indexes_follow(workspace):
    fill(workspace)
    join(workspace, LAVROV, SPELLED)
    Indexes(workspace).refresh()

    cypher = "MATCH (e:Entity {id: 'Q58217'})-[w:WARNS]->() RETURN count(w) AS n"
    sparql = "SELECT (COUNT(?c) AS ?n) { ?c rdf:subject wd:Q58217 }"
    assert [3, 3] == [int(ask(workspace, query).rows[0][0]) for query in (cypher, sparql)]


# --- proposals ---


def test_the_same_man_in_two_scripts_is_proposed_first_with_evidence(workspace):
    fill(workspace)
    found = proposals(Ledger(workspace).view())

    assert {("Q58217", "name-arabic"), ("Q58217", "name-lavrow")} == {(p.first.id, p.second.id) for p in found[:2]}
    assert any("both of RUS" in line for proposal in found for line in proposal.evidence)


def test_a_pair_kept_apart_is_not_proposed(workspace):
    fill(workspace)
    split(workspace, LAVROV, SPELLED, reason="his brother", who="tester")

    assert (LAVROV.id, SPELLED.id) not in {(p.first.id, p.second.id) for p in proposals(Ledger(workspace).view())}


def test_a_merged_pair_is_not_proposed(workspace):
    fill(workspace)
    join(workspace, LAVROV, SPELLED)

    assert SPELLED.id not in {p.second.id for p in proposals(Ledger(workspace).view())}


def test_proposing_merges_nothing(workspace):
    fill(workspace)
    before = Ledger(workspace).view().version
    proposals(Ledger(workspace).view())

    assert before == Ledger(workspace).view().version


def test_a_surname_of_two_persons_is_listed(workspace):
    twins = [Entity(f"name-{given}", "person", f"{given} Hariri") for given in ("Saad", "Rafik")]
    fill(workspace, (LAVROV, *twins))
    found = {name.name: [actor.id for actor in name.actors] for name in ambiguous(Ledger(workspace).view())}

    assert ["name-Rafik", "name-Saad"] == found["Hariri"]


def test_an_office_is_kept_in_the_ledger_both_indexes_and_rdf(workspace):
    minister = replace(LAVROV, office="foreign minister (since 2004-03-09)")
    fill(workspace, (minister, SPELLED))
    indexes = Indexes(workspace)
    indexes.refresh()

    assert minister in Ledger(workspace).view().entities()
    for store in (indexes.sparql(), indexes.cypher()):
        assert minister == store.entity(minister.id)
    assert 1 == exported(workspace).count(b'office> "foreign minister (since 2004-03-09)"')
