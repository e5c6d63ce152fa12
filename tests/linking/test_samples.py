"""One actor, one node over the sample corpus: who is in it was listed by reading the articles."""

import re
from collections.abc import Iterator

import pytest
import yaml

from data import resource
from graph.articles import Article
from graph.claims import Mention
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor

# Everybody whom a claim of the samples has as subject or object: the words that name them in each language.
PEOPLE = {
    "Q127998": {"ar": "محمود عباس"},
    "Q16090635": {"en": "Yoon Suk Yeol|Yoon"},
    "Q16186720": {"en": "Jaishankar"},
    "Q2096387": {"en": "Shehbaz Sharif", "ar": "شهباز شريف"},
    "Q22686": {"en": "Donald Trump|Trump", "ar": "دونالد ترامب|ترامب"},
    "Q23020336": {"en": "Mohammed bin Abdulrahman Al Thani", "ar": "محمد بن عبد الرحمن آل ثاني"},
    "Q30436217": {"ar": "تشوي سون هوي"},
    "Q307871": {"ar": "عبد الفتاح السيسي"},
    "Q311440": {"en": "Antonio Guterres", "ar": "أنطونيو غوتيريش"},
    "Q3155254": {"en": "Ishaq Dar", "ar": "إسحق دار"},
    "Q324546": {"ar": "ماركو روبيو"},
    "Q3874799": {"en": "Volodymyr Zelenskiy"},
    "Q39259": {"en": "Tayyip Erdogan|Erdogan", "ar": "رجب طيب أردوغان|أردوغان"},
    "Q43723": {"en": "Benjamin Netanyahu", "ar": "بنيامين نتنياهو"},
    "Q44329": {"en": "Bashar al-Assad", "ar": "بشار الأسد"},
    "Q487304": {"en": "Israel Katz", "ar": "يسرائيل كاتس"},
    "Q56226": {"en": "Kim Jong Un", "ar": "كيم جونغ أون"},
    "Q58217": {"en": "Sergei Lavrov|Lavrov", "ar": "سيرغي لافروف|لافروف"},
    "Q5933752": {"en": "Masoud Pezeshkian", "ar": "مسعود بزشكيان"},
    "Q6279": {"en": "Joe Biden", "ar": "جو بايدن|بايدن"},
    "Q63145660": {"ar": "محمد حمدان دقلو"},
    "Q6892571": {"en": "Mohammed bin Salman", "ar": "محمد بن سلمان"},
    "Q7459020": {"ar": "عباس عراقجي|عراقجي"},
    "Q7747": {"en": "Vladimir Putin|Putin"},
    "Q98456849": {"ar": "بدر البوسعيدي|البوسعيدي"},
    "person-ahmed-al-sharaa": {"en": "Ahmed al-Sharaa|Sharaa", "ar": "أحمد الشرع|الشرع"},
    "person-asaad-al-shaibani": {"en": "Asaad al-Shibani", "ar": "أسعد الشيباني"},
    "person-brian-hughes": {"ar": "برايان هيوز"},
    "person-choi-sang-mok": {"en": "Choi Sang-mok|Choi"},
    "person-izzat-al-rishq": {"en": "Izzat al-Rishq", "ar": "عزت الرشق"},
    "person-karoline-leavitt": {"en": "Karoline Leavitt", "ar": "كارولاين ليفيت"},
    "person-steve-witkoff": {"ar": "ستيف ويتكوف"},
    "person-vikram-misri": {"en": "Vikram Misri", "ar": "فيكرام ميسري|ميسري"},
    "person-yassin-ibrahim": {"ar": "ياسين إبراهيم"},
}
# People of the articles who are subject or object of no claim as they are read now: they may come, and be one node.
SILENT = {"Q57336": "علي خامنئي", "Q63111184": "عبد الفتاح البرهان", "Q57464": "عبد الله الثاني"}
# Named in both languages, and in one of them with no claim that has them as subject or object.
ONE_SIDED = {"Q39259", "Q6892571", "Q44329"}
# Persons meant by what they are: nobody's name is known.
UNNAMED = re.compile("spokesman-of-|office-|name-")

# States, bodies and groups named in both languages.
BODIES = {
    "Q30": ("the United States|Washington", "الولايات المتحدة|واشنطن"),
    "Q159": ("Russia|Moscow", "روسيا|موسكو"),
    "Q17": ("Japan", "اليابان"),
    "Q668": ("India|New Delhi", "الهند|نيودلهي"),
    "Q79": ("Egypt", "مصر"),
    "Q794": ("Iran|Tehran", "إيران|طهران"),
    "Q801": ("Israel", "إسرائيل"),
    "Q843": ("Pakistan|Islamabad", "باكستان|إسلام آباد"),
    "Q846": ("Qatar", "قطر"),
    "Q851": ("Saudi Arabia", "السعودية"),
    "Q858": ("Syria|Damascus", "سوريا"),
    "Q884": ("South Korea", "كوريا الجنوبية|سيول"),
    "Q38799": ("Hamas", "حماس"),
    "Q35525": ("the White House", "البيت الأبيض"),
    "office-foreign-ministry-syr": ("Syria's foreign ministry", "وزارة الخارجية السورية"),
    "office-of-q43723": ("his office", "مكتبه"),
    "spokesman-of-q311440": ("his spokesman", "المتحدث باسمه"),
    "allies-q884": ("its allies", "حلفاؤها"),
}


def articles() -> Iterator[tuple[str, Document]]:
    for path in sorted(resource("samples").iterdir(), key=lambda path: path.name):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        known = yaml.safe_load(head)
        article = Article(body, known["language"], published=str(known["published"]))
        yield known["language"], Document(path.name, article)


@pytest.fixture(scope="module")
def mentions() -> list[tuple[str, Mention]]:
    """Each subject and object of the claims, with its language."""
    extractor = RulesExtractor()
    claims = [(language, claim) for language, document in articles() for claim in extractor.extract(document)]
    return [(language, end) for language, claim in claims for end in (claim.subject, claim.object) if end]


def named(text: str, language: str) -> set[str]:
    """Who of PEOPLE is named in these words."""
    return {key for key, names in PEOPLE.items() if any(n in text for n in names.get(language, "\0").split("|"))}


def test_the_people_of_the_samples_are_all_listed(mentions: list[tuple[str, Mention]]) -> None:
    people = {m.entity.id for _, m in mentions if m.entity.kind == "person" and not UNNAMED.match(m.entity.id)}

    assert set(PEOPLE) <= people
    assert people <= set(PEOPLE) | set(SILENT)


def test_no_two_people_are_one_node_and_nobody_is_two(mentions: list[tuple[str, Mention]]) -> None:
    """Whoever is named in the words of a person is that person, and nobody else is."""
    wrong = [
        (mention.span.text, mention.entity.id)
        for language, mention in mentions
        if mention.entity.kind == "person"
        and (who := named(mention.span.text, language))
        and who != {mention.entity.id}
    ]

    assert [] == wrong


def test_a_person_without_a_node_of_its_own_is_named_nowhere(mentions: list[tuple[str, Mention]]) -> None:
    unnamed = {m.span.text for _, m in mentions if m.entity.kind == "person" and UNNAMED.match(m.entity.id)}
    expected = {"the visiting minister", "him", "his spokesman", "Soldiers"} | {
        "المتحدث باسمه",
        "رئيس أمريكي",
        "الوزير الروسي",
    }

    assert unnamed <= expected | {"مسؤولة في خارجيتها"}


def test_every_actor_named_in_both_languages_is_one_node(mentions: list[tuple[str, Mention]]) -> None:
    people = {key: (names["en"], names["ar"]) for key, names in PEOPLE.items() if {"en", "ar"} <= names.keys()}
    nodes: dict[str, dict[str, set[str]]] = {}
    for key, words in (people | BODIES).items():
        nodes[key] = {"en": set(), "ar": set()}
        for language, mention in mentions:
            names = words[language == "ar"].split("|")
            text = mention.span.text
            if text in names or (key in people and mention.entity.kind == "person" and any(n in text for n in names)):
                nodes[key][language].add(mention.entity.id)
    both = {key: found for key, found in nodes.items() if found["en"] and found["ar"]}

    assert {key: {"en": {key}, "ar": {key}} for key in both} == both
    assert set(nodes) - set(both) <= ONE_SIDED
