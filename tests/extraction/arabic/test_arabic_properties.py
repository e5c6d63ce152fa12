"""What holds for any text."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.articles import Article
from graph.claims import Claim, Mention, Span
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor

SENTENCES = [
    "قال وزير الخارجية الروسي، سيرجي لافروف، إن موسكو تدعم بيونج يانج.",
    "وأضاف: «نحن نرفض العقوبات الأمريكية على سوريا»، مشيراً إلى أن باريس ستلتزم بوعودها.",
    "واتهمت إيران إسرائيل بقصف دمشق، ودعت الأمم المتحدة إلى التحرك",
    "بحسب الكرملين، فإن الرئيس بوتين سيزور الصين",
    '• أكد أن بلاده لن تقبل ذلك "أبدا"',
]
MARKS = ["\n", "“", "”", '"', "'", "،", ".", ":", "ـ", "\u064e", "\u200f", "🙂", "a"]
PIECES = st.lists(st.sampled_from([*" \n".join(SENTENCES).split(" "), *MARKS]), max_size=80)
TEXTS = st.one_of(st.text(max_size=300), PIECES.map(" ".join), PIECES.map("".join))


def claims(text: str) -> list[Claim]:
    return list(RulesExtractor().extract(Document("text", Article(text, "ar"))))


def spans(claim: Claim) -> list[Span]:
    mentions = [m.span for m in (claim.subject, claim.object) if isinstance(m, Mention)]
    return [claim.evidence, claim.cue, *mentions, *([claim.content.span] if claim.content else [])]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_span_is_its_text_and_the_same_text_gives_the_same_claims(text: str) -> None:
    found = claims(text)
    for claim in found:
        for span in spans(claim):
            assert text[span.start : span.end] == span.text
    assert found == claims(text)


@settings(max_examples=150, deadline=None)
@given(st.permutations(SENTENCES), st.sampled_from(["كان الطقس جميلا.\n", "سقط المطر\n\n"]))
def test_an_unrelated_paragraph_in_front_only_shifts(sentences: list[str], paragraph: str) -> None:
    text = "\n".join(sentences)
    moved = [[(s.start - len(paragraph), s.text) for s in spans(c)] for c in claims(paragraph + text)]
    assert [[(s.start, s.text) for s in spans(c)] for c in claims(text)] == moved


def test_cost_is_linear_in_length() -> None:
    text = " ".join(SENTENCES) + "\n"
    claims(text)

    def seconds(times: int) -> float:
        begin = time.process_time()
        claims(text.replace(".", " ") * times)
        return time.process_time() - begin

    assert min(seconds(400), seconds(400)) < 4 * 3 * max(seconds(100), 0.05)


def test_cost_is_linear_in_the_people_and_quotations_of_a_document() -> None:
    letters = "بتثجحخدذرزسشصضطظعغ"

    def sentence(number: int) -> str:
        surname = "ق" + "".join(letters[number // 18**place % 18] for place in range(3))
        return f"قال وزير الخارجية المصري سمير {surname} إن القاهرة «ترفض التصعيد» و«تدعم» الحوار.\n"

    def seconds(count: int) -> float:
        text = "".join(map(sentence, range(count)))
        begin = time.process_time()
        assert len(claims(text)) >= count
        return time.process_time() - begin

    seconds(10)
    # The better of two: other work on the machine makes one slow, a cost that grows makes both.
    assert min(seconds(5000), seconds(5000)) < 10 * 2 * seconds(500)
