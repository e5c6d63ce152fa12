"""Whom a pronoun stands for, by the order of what was said, by gender and by who speaks in a quotation."""

from graph.articles import Article
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor


def speaker(text: str, cue: str) -> str | None:
    """The English label of the subject of the last claim with this cue."""
    claims = RulesExtractor().extract(Document("one", Article(text, "en")))
    return [claim.subject.entity.label_en for claim in claims if claim.cue.text == cue][-1]


def test_he_passes_over_a_woman_known_by_her_title() -> None:
    text = "Mr Barnes welcomed the vote. Lady Croft opposed the vote. He called it fair."
    assert speaker(text, "called") == "Barnes"


def test_she_is_the_last_subject_and_he_the_other_one() -> None:
    text = "Queen Oda met King Aldo. She said the talks were frank. He praised her."
    assert speaker(text, "said") == "Oda"
    assert speaker(text, "praised") != "Oda"


def test_i_is_who_speaks_after_the_quotation() -> None:
    text = 'The mayor of Turin resigned. "I promise to rebuild the bridge," Ada Conti said.'
    assert speaker(text, "promise to") == "Ada Conti"


def test_we_outside_a_quotation_is_nobody_spoken_of() -> None:
    text = "Ada Conti said the bridge was safe. We believe the report is wrong."
    assert speaker(text, "believe") is None


def test_an_office_of_a_body_has_not_the_country_spoken_of_before() -> None:
    text = "China sent an envoy. The World Bank lowered its forecast. Its president said growth was weak."
    assert speaker(text, "said") == "president"


def test_a_korean_family_name_stands_for_the_full_name_before() -> None:
    text = "South Korean President Yoon Suk Yeol spoke in Seoul. Yoon said the law was needed."
    assert speaker(text, "said") == "Yoon Suk-yeol"


def test_a_relative_stands_for_the_name_that_it_follows() -> None:
    text = 'The speech drew a rebuke from Tokyo, which called it "reckless".'
    assert speaker(text, "called") == "Japan"
