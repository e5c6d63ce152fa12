"""The English lexicons: no duplicate, no unknown relation, every form reachable."""

from collections import Counter

import pytest

from graph.relations import relations
from ingest.extractors.rules.english.inflection import verb_forms
from ingest.extractors.rules.english.lexicon import lexicon, rows

TABLES = {"verbs": "lemma", "nouns": "noun", "adjectives": "adjective", "phrases": "phrase"}
FRAMES = frozenset(
    [
        "that",
        "quote",
        "wh",
        "np",
        "to",
        "ing",
        "addr",
        "np_to",
        "np_of",
        "np_with",
        "np_on",
        "np_against",
        "np_for",
        "np_as",
        "np_np",
        "as",
        "sym",
        "none",
        "with",
        "target",
        "target_pp",
        "mil",
        "place",
    ]
)


@pytest.mark.parametrize(("table", "key"), TABLES.items())
def test_no_entry_is_there_twice_and_every_relation_is_known(table: str, key: str) -> None:
    entries = Counter((row[key], row["relation"]) for row in rows(table))
    assert [entry for entry, times in entries.items() if times > 1] == []
    assert set() == {row["relation"] for row in rows(table)} - set(relations())


@pytest.mark.parametrize("table", TABLES)
def test_every_frame_is_documented(table: str) -> None:
    used = {frame for row in rows(table) for frame in row["frames"].split()}
    assert set() == {frame for frame in used if not frame.startswith("p:")} - FRAMES


def test_every_form_of_every_verb_leads_to_its_entry() -> None:
    known = lexicon()
    assert [row["lemma"] for row in rows("verbs") if " " in row["lemma"]] == []
    unreachable = [
        (row["lemma"], form)
        for row in rows("verbs")
        for forms in verb_forms(row["lemma"], row["past_forms"]).values()
        for form in forms
        if row["relation"] not in {entry.relation for entry in known[form].verbs + known[form].deeds}
    ]
    assert unreachable == []


@pytest.mark.parametrize(
    ("forms", "lemma", "past"),
    [
        ({"deny", "denies", "denied", "denying"}, "deny", ""),
        ({"ban", "bans", "banned", "banning"}, "ban", ""),
        ({"visit", "visits", "visited", "visiting"}, "visit", ""),
        ({"press", "presses", "pressed", "pressing"}, "press", ""),
        ({"agree", "agrees", "agreed", "agreeing"}, "agree", ""),
        ({"see", "sees", "saw", "seen", "seeing"}, "see", "saw|seen"),
        ({"admit", "admits", "admitted", "admitting"}, "admit", "admitted|admitted"),
        ({"quit", "quits", "quitting"}, "quit", "quit|quit"),
        ({"expel", "expels", "expelled", "expelling"}, "expel", "expelled|expelled"),
    ],
)
def test_inflection(forms: set[str], lemma: str, past: str) -> None:
    assert forms == set().union(*verb_forms(lemma, past).values())


def test_every_combination_is_reached_from_every_form_of_its_verb() -> None:
    known = lexicon()
    unreachable = [
        (lemma, noun)
        for row in rows("combinations")
        for lemma in row["verbs"].split("|")
        for noun in row["nouns"].split("|")
        if not any(noun in pair.nouns for pair in known[lemma].combinations)
    ]
    assert unreachable == []
    assert set() == {row["relation"] for row in rows("combinations")} - set(relations())


def test_what_ends_a_deed_is_a_known_deed() -> None:
    assert set() == {name for row in rows("reversals") for name in row.values()} - set(relations())
