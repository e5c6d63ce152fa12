"""What holds of the English engine for any text."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.articles import Article
from graph.claims import Claim, to_record
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor
from ingest.extractors.rules.english.lexicon import rows

NAMES = ["Lavrov", "the minister", "Mr. Smith", "Iranian officials", "he", "The United Nations", "Ms. Okafor, a judge,"]
VERBS = [row["lemma"] for row in rows("verbs")] + [
    "said",
    "was accused of",
    "according to",
    "did not",
    "vowed to",
    "'s",
]
MARKS = [
    ",",
    ".",
    '"',
    "\u201c",
    "\u201d",
    "''",
    "\n\n",
    "\u2014",
    "(",
    ")",
    ":",
    ";",
    "\u2019s",
    "that",
    "who",
    "and",
    "to",
    "by",
]
NEWSLIKE = st.lists(st.sampled_from(NAMES + VERBS + MARKS), max_size=60).map(" ".join)
UNRELATED = "Rain fell.\n\n"


def claims(text: str) -> list[Claim]:
    return list(RulesExtractor().extract(Document("d", Article(text, "en"))))


def spans_of(claim: Claim) -> list[tuple[int, int, str]]:
    found = [claim.evidence, claim.cue, claim.subject.span]
    found += [claim.object.span] if claim.object else []
    found += [claim.content.span] if claim.content else []
    return [(span.start, span.end, span.text) for span in found]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), NEWSLIKE))
def test_any_text_gives_claims_whose_spans_are_its_characters(text: str) -> None:
    for claim in claims(text):
        for start, end, words in spans_of(claim):
            assert words == text[start:end]
            assert 0 <= start <= end <= len(text)


@settings(max_examples=80, deadline=None)
@given(NEWSLIKE)
def test_the_same_text_gives_the_same_claims(text: str) -> None:
    assert [to_record(c) for c in claims(text)] == [to_record(c) for c in claims(text)]


@settings(max_examples=80, deadline=None)
@given(NEWSLIKE)
def test_an_unrelated_paragraph_in_front_only_shifts_offsets(text: str) -> None:
    moved = [[(s - len(UNRELATED), e - len(UNRELATED), w) for s, e, w in spans_of(c)] for c in claims(UNRELATED + text)]
    assert [spans_of(c) for c in claims(text)] == moved


def test_cost_is_linear_in_the_length_of_the_document() -> None:
    sentence = (
        'The minister said on Monday that Iran "must stop" its attacks on Israel, adding that talks would go on. '
    )
    durations = []
    for copies in (200, 1600):
        begin = time.process_time()
        claims(sentence * copies)
        durations.append(time.process_time() - begin)
    assert durations[1] < 8 * 2.5 * durations[0]


def test_cost_is_linear_in_the_length_of_a_sentence() -> None:
    def seconds(copies: int) -> float:
        begin = time.process_time()
        claims("Mr Smith told Iran, which condemned Turkey, " * copies)
        return time.process_time() - begin

    seconds(1)
    assert min(seconds(1600), seconds(1600)) < 8 * 2.5 * seconds(200)
