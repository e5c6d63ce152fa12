"""Verb forms by root and pattern, one verb of each class."""

import pytest

from ingest.extractors.rules.arabic.lexicon import lexicon
from ingest.extractors.rules.arabic.morphology import inflect, participles, stems
from ingest.extractors.rules.arabic.orthography import key, offset_in
from ingest.extractors.rules.arabic.tables import rows
from ingest.linking.registry import registry

FORMS = [
    ("ءكد", 2, "", "أكد أكدت أكدوا أكدنا يؤكد تؤكد يؤكدون يؤكدان سيؤكد نؤكد أؤكد"),
    ("قول", 1, "u", "قال قالت قالوا قلن قلنا يقول تقول يقولون يقل سيقول نقول أقول قيل يقال"),
    ("نفي", 1, "i", "نفى نفت نفوا نفينا ينفي تنفي ينفون سينفي ننفي"),
    ("دعو", 1, "u", "دعا دعت دعوا دعونا يدعو تدعو يدعون ندعو أدعو يدع"),
    ("خشي", 1, "ia", "خشي خشيت خشوا يخشى تخشى يخشون نخشى"),
    ("وعد", 1, "i", "وعد وعدت وعدوا يعد تعد يعدون سيعد"),
    ("حثث", 1, "u", "حث حثت حثوا حثثنا يحث يحثون"),
    ("شور", 4, "", "أشار أشارت أشاروا أشرنا يشير تشير يشيرون سيشير"),
    ("وضح", 4, "", "أوضح أوضحت يوضح توضح يوضحون"),
    ("وهم", 8, "", "اتهم اتهمت اتهموا يتهم تتهم يتهمون"),
    ("دعو", 8, "", "ادعى ادعت ادعوا يدعي تدعي يدعون"),
    ("جوب", 10, "", "استجاب استجابت استجبنا يستجيب تستجيب يستجيبون"),
    ("لقي", 8, "", "التقى التقت التقوا التقينا التقيا يلتقي تلتقي يلتقون يلتقيان"),
    ("سءل", 6, "", "تساءل تساءلت يتساءل تتساءل"),
]


@pytest.mark.parametrize(("root", "form", "vowel", "expected"), FORMS)
def test_every_form_is_generated(root: str, form: int, vowel: str, expected: str) -> None:
    generated = {spelled for spelled, _ in inflect(stems(root, form, vowel))}
    assert set() == {word for word in expected.split() if key(word) not in generated}


@pytest.mark.parametrize(
    ("root", "form", "expected"),
    [
        ("ءكد", 2, "مؤكدا مؤكدة مؤكدين"),
        ("شور", 4, "مشيرا مشيرة مشيرين"),
        ("طلب", 3, "مطالبا"),
        ("قول", 1, "قائلا قائلة"),
    ],
)
def test_participles(root: str, form: int, expected: str) -> None:
    generated = {spelled for spelled, _ in participles(stems(root, form, "u"))}
    assert set() == {word for word in expected.split() if key(word) not in generated}


@pytest.mark.parametrize(
    ("root", "form", "expected"),
    [("ءكد", 2, "تأكيد"), ("علن", 4, "إعلان"), ("وهم", 8, "اتهام"), ("شور", 4, "إشارة"), ("عدد", 10, "استعداد"),
     ("جوب", 10, "استجابة"), ("هنء", 2, "تهنئة"), ("دعو", 8, "ادعاء"), ("عون", 6, "تعاون"), ("سعد", 3, "مساعدة")],
)  # fmt: skip
def test_verbal_nouns(root: str, form: int, expected: str) -> None:
    assert key(expected) == stems(root, form, "").masdar


def test_every_listed_verb_has_every_form() -> None:
    known = lexicon(registry()).verbs
    for row in rows("verbs"):
        for form, _ in inflect(stems(row["root"], int(row["form"]), row["vowel"])):
            assert form in known


def test_no_verb_is_listed_twice() -> None:
    listed = [(row["root"], row["form"], row["relation"]) for row in rows("verbs")]
    assert sorted(set(listed)) == sorted(listed)


@pytest.mark.parametrize("variant", ["أكَّدت", "اكدت", "أكـــدت", "أكدتْ"])
def test_spelling_variants_have_one_key(variant: str) -> None:
    assert key(variant) == "اكدت"


def test_offsets_count_the_marks_of_the_letters_before() -> None:
    assert offset_in("وَأكد", 1) == 2
