"""The Arabic lexicon files: nothing twice, nothing unknown, nothing that cannot be reached."""

import csv
from collections import Counter

import pytest

from data import resource
from graph.relations import relations
from ingest.extractors.rules.arabic.lexicon import lexicon
from ingest.extractors.rules.arabic.morphology import inflect, stems
from ingest.extractors.rules.arabic.orthography import key
from ingest.extractors.rules.arabic.tables import rows
from ingest.linking.registry import registry

KEYS = {
    "verbs": ("root", "form", "relation"),
    "nouns": ("noun", "relation"),
    "phrases": ("root", "form", "preposition", "noun"),
    "particles": ("word",),
    "irregular": ("form", "shape"),
    "ambiguous_names": ("name",),
}
MARKS = {"that", "obj", "in", "must", "by", "rev", "from"}
PREPOSITIONS = {"ب", "ل", "من", "إلى", "على", "عن", "في", "مع", "بين", "ضد", "حول", "بشأن", "إزاء", "حيال", "تجاه",
                "نحو", "باتجاه", "صوب", "أمام", "بحق", "لدى"}  # fmt: skip


def offices() -> list[dict[str, str]]:
    with resource("offices.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def twice(entries: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return sorted(entry for entry, count in Counter(entries).items() if count > 1)


@pytest.mark.parametrize("name", KEYS)
def test_no_row_stands_twice(name: str) -> None:
    assert [] == twice([tuple(row[column] for column in KEYS[name]) for row in rows(name)])


@pytest.mark.parametrize("name", ["verbs", "nouns", "phrases", "irregular"])
def test_every_relation_is_known(name: str) -> None:
    assert set() == {row["relation"] for row in rows(name)} - set(relations()) - {""}


@pytest.mark.parametrize("name", ["verbs", "nouns", "phrases", "irregular"])
def test_every_complement_is_a_mark_or_a_preposition(name: str) -> None:
    used = {word for row in rows(name) for column in ("content", "target") for word in row[column].split()}
    assert set() == used - MARKS - PREPOSITIONS


def test_a_verb_that_is_no_cue_has_no_complements() -> None:
    assert [] == [row["root"] for row in rows("verbs") if not row["relation"] and (row["content"] or row["target"])]


def test_every_form_of_every_verb_is_read_as_that_verb() -> None:
    known = lexicon(registry()).verbs
    for row in rows("verbs"):
        built = stems(row["root"], int(row["form"]), row["vowel"])
        for form, _ in inflect(built):
            assert built.perfect in {act.lemma for act, _ in known[form]}


def test_every_noun_is_read_as_a_noun_of_its_relation() -> None:
    known = lexicon(registry())
    for row in rows("nouns"):
        for form in filter(None, (key(row["noun"]).split()[-1], key(row["plural"]))):
            assert not row["relation"] or row["relation"] in {act.relation for act in known.nouns[form]}


def test_every_phrase_has_its_verb() -> None:
    assert set() == {(row["root"], row["form"]) for row in rows("phrases")} - {
        (row["root"], row["form"]) for row in rows("verbs")
    }


def test_verbs_of_the_first_form_that_are_spelled_like_their_verbal_noun_say_so() -> None:
    """Else رفض in «رفض الفكرة كان متوقعا» would always be a verb."""
    listed = {key(row[column]) for row in rows("nouns") for column in ("noun", "plural") if row[column]}
    acts = {act for readings in lexicon(registry()).verbs.values() for act, _ in readings}
    assert set() == {act.lemma for act in acts if act.lemma in listed and not act.homograph}


def test_no_word_names_two_offices() -> None:
    assert [] == twice(
        [(key(word),) for row in offices() for c in ("ar", "ar_f") for word in row[c].split("|") if word]
    )


def test_every_office_has_a_word_in_one_language() -> None:
    assert [] == [row["id"] for row in offices() if not (row["ar"] or row["ar_f"] or row["en"])]
    assert [] == twice([(row["id"],) for row in offices()])
    assert {"person", "body", "group"} == {row["sort"] for row in offices()}


def test_no_office_is_spelled_like_a_particle() -> None:
    """إمام and أمام have one key: such a word would make a mention of every «in front of»."""
    heads = {key(word) for row in offices() for column in ("ar", "ar_f") for word in row[column].split("|")}
    assert set() == heads & {key(row["word"]) for row in rows("particles")}
