"""What a claim says as triples, and what the graph never says."""

from itertools import pairwise

import pytest
from pyoxigraph import Literal, NamedNode

from graph.claims import Span
from graph.errors import DataError
from graph.exports.rdf import graph_triples
from graph.rdf import Iris, Triple, claim_triples, date_literal, entity_triples, plain_triple, span_offsets
from tests.sample_claims import ARABIC, EGYPT, FISHERS, REJECTED, arabic_claims

IRIS = Iris()


def test_urn_base_joins_with_colons():
    assert "urn:qawl:claim:ab" == IRIS.claim("ab").value
    assert "urn:example:relation:warns" == Iris("urn:example").relation("warns").value


def test_other_bases_join_with_slashes():
    iris = Iris("https://example.org/kg")

    assert "https://example.org/kg/article/ab#char=3,7" == iris.span("ab", Span(3, 7, "four")).value
    assert iris.prefixes == Iris("https://example.org/kg/").prefixes


@pytest.mark.parametrize("base", ["", "no-scheme", "https://example.org/#", "urn:a b:"])
def test_bad_base_is_refused(base):
    with pytest.raises(DataError, match="base IRI"):
        Iris(base)


def test_entities_of_wikidata_keep_its_iri_and_others_are_escaped():
    assert "http://www.wikidata.org/entity/Q79" == IRIS.entity(EGYPT.id).value
    assert "urn:qawl:entity:person-%3Ca%20b%3E-علي" == IRIS.entity("person-<a b>-علي").value


def test_span_iri_gives_its_offsets_back():
    assert (3, 7) == span_offsets(IRIS.span("ab", Span(3, 7, "four")).value)
    with pytest.raises(DataError, match="char="):
        span_offsets("urn:qawl:article:ab")


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2025-07-12", "date"),
        ("2025-07", "gYearMonth"),
        ("2025", "gYear"),
        ("2025-02-30", "string"),
        ("July", "string"),
        ("", "string"),
    ],
)
def test_date_is_typed_by_its_precision(text, datatype):
    assert Literal(text, datatype=IRIS.term(f"xsd:{datatype}")) == date_literal(IRIS, text)


def test_every_node_is_named_and_the_text_stands_in_the_graph(view):
    triples = list(graph_triples(view, IRIS))

    assert all(isinstance(term, NamedNode) for triple in triples for term in (triple.subject, triple.predicate))
    assert all(isinstance(triple.object, NamedNode | Literal) for triple in triples)
    body = Triple(IRIS.article(ARABIC.id), IRIS.term("schema:articleBody"), Literal(ARABIC.text, language="ar"))
    assert body in triples


def test_graph_says_each_triple_once_and_subject_by_subject(view):
    triples = list(graph_triples(view, IRIS))
    subjects = [triple.subject for triple in triples]
    changes = sum(one != other for one, other in pairwise(subjects))

    assert len(set(triples)) == len(triples)
    assert len(set(subjects)) - 1 == changes


def test_spans_are_the_characters_they_name(view):
    texts = {article.id: article.text for article in view.articles()}
    for one in view.claims():
        node = IRIS.claim(one.claim.id)
        found = {t.predicate.value: t.object.value for t in claim_triples(one, IRIS) if t.subject == node}
        start, end = span_offsets(found[IRIS.term("qawl:cue_span").value])

        assert one.claim.cue.text == texts[one.article.id][start:end]


def test_plain_triples_are_what_articles_assert(view):
    facts = [triple for one in view.claims() if (triple := plain_triple(one, IRIS))]
    expected = {("Q58217", "warns", "Q30"), ("Q43", "praises", "Q79")}

    assert {
        Triple(IRIS.entity(subject), IRIS.relation(relation), IRIS.entity(object_))
        for subject, relation, object_ in expected
    } == set(facts)


def test_rejected_claim_keeps_its_node(view):
    rejected = next(one for one in view.claims() if one.claim.id == REJECTED)
    decision = Triple(IRIS.claim(REJECTED), IRIS.term("qawl:decision"), Literal("rejected"))

    assert decision in list(claim_triples(rejected, IRIS))
    assert plain_triple(rejected, IRIS) is None


def test_nested_claim_names_the_claim_that_vouches_for_it(view):
    says, supports = arabic_claims()[1:3]
    nested = next(one for one in view.claims() if one.claim.id == supports.id)
    expected = Triple(IRIS.claim(supports.id), IRIS.term("qawl:attributed_to"), IRIS.claim(says.id))

    assert expected in list(claim_triples(nested, IRIS))


def test_absent_label_has_no_triple():
    predicates = [triple.predicate for triple in entity_triples(FISHERS, IRIS)]

    assert IRIS.term("qawl:label_en") in predicates
    assert IRIS.term("qawl:label_ar") not in predicates


def test_a_claim_takes_about_18_triples(view):
    """The bounds of the budget: entities and articles are few beside the claims of a real corpus."""
    claims = list(view.claims())
    triples = {triple for one in claims for triple in claim_triples(one, IRIS)}
    triples |= {triple for one in claims if (triple := plain_triple(one, IRIS))}

    assert len(triples) / len(claims) <= 20
    assert max(len(list(claim_triples(one, IRIS))) for one in claims) <= 25
