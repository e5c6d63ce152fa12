"""Who is meant in a document: one short text of our own for each way of naming, in both languages."""

import pytest

from graph.articles import Article
from graph.claims import Claim, Entity
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor
from ingest.linking.registry import unregistered

LAVROV, GUTERRES, ARAGHCHI, ABDELATTY = "Q58217", "Q311440", "Q7459020", "Q93447756"
PEDERSEN = "person-geir-pedersen"
RELATIVE = unregistered("عبد الرحيم دقلو", "person", "ar").id
NSC = unregistered("National Security Council", "organization", "en").id
QASSEM, FAO = "person-naim-qassem", "organization-food-and-agriculture-organization"


def read(text: str, published: str = "2025-06-01") -> list[Claim]:
    language = "ar" if any("\u0600" <= letter <= "\u06ff" for letter in text) else "en"
    return RulesExtractor().extract(Document("one", Article(text, language, published=published)))


def ends(text: str, **when: str) -> dict[str, Entity]:
    """Whom the words of subjects and objects stand for."""
    claims = read(text, **when)
    return {end.span.text: end.entity for claim in claims for end in (claim.subject, claim.object) if end}


MEANT = [
    # metonyms, with the mention as it was written
    ("Moscow accused Tehran of lying.", {"Moscow": "Q159", "Tehran": "Q794"}),
    ("حذرت موسكو طهران من إغلاق المضيق.", {"موسكو": "Q159", "طهران": "Q794"}),
    # an office without a name is its holder on the date of the article
    ("The Russian foreign minister accused Ukraine of lying.", {"The Russian foreign minister": LAVROV}),
    ("حذر وزير الخارجية الروسي أوكرانيا.", {"وزير الخارجية الروسي": LAVROV}),
    ("The U.N. secretary-general condemned Israel.", {"The U.N. secretary-general": GUTERRES}),
    ("أدان الأمين العام للأمم المتحدة إسرائيل.", {"الأمين العام للأمم المتحدة": GUTERRES}),
    ("The NATO secretary general urged Turkey to approve the deal.", {"The NATO secretary general": "Q57792"}),
    ("حث الأمين العام لحلف الناتو تركيا على الموافقة.", {"الأمين العام لحلف الناتو": "Q57792"}),
    # a town, region or group has offices of its own
    ("The governor of Texas said it was over.", {"The governor of Texas": "office-governor-place-texas-usa"}),
    ("A spokesman for Hamas said it was over.", {"A spokesman for Hamas": "office-spokesman-q38799"}),
    ("قال متحدث باسم حماس إن الأمر انتهى.", {"متحدث باسم حماس": "office-spokesman-q38799"}),
    # a newspaper after its noun
    ("ذكرت صحيفة لوموند الفرنسية أن الحكومة ستستقيل.", {"صحيفة لوموند الفرنسية": "organization-le-monde"}),
    # titles before a name, one or two, are no part of it
    (
        "U.N. Secretary-General Antonio Guterres condemned Israel.",
        {"U.N. Secretary-General Antonio Guterres": GUTERRES},
    ),
    (
        "President and army chief Abdel Fattah al-Burhan rejected the plan.",
        {"President and army chief Abdel Fattah al-Burhan": "Q63111184"},
    ),
    (
        "استقبل رئيس الوزراء ووزير الخارجية القطري محمد بن عبد الرحمن الوفد الروسي.",
        {"رئيس الوزراء ووزير الخارجية القطري محمد بن عبد الرحمن": "Q23020336"},
    ),
    # counterparts
    ("Lavrov met his Iranian counterpart in Moscow.", {"his Iranian counterpart in Moscow": ARAGHCHI}),
    ("Lavrov met his Iranian counterpart Abbas Araghchi.", {"his Iranian counterpart Abbas Araghchi": ARAGHCHI}),
    ("التقى لافروف نظيره الإيراني عباس عراقجي.", {"نظيره الإيراني عباس عراقجي": ARAGHCHI}),
    ("التقى وزير الخارجية الروسي نظيره المصري.", {"وزير الخارجية الروسي": LAVROV, "نظيره المصري": ABDELATTY}),
    # an envoy is not of the country he is sent to, and he may be named behind it
    ("قال المبعوث الأممي إلى سوريا غير بيدرسن إن الأمر انتهى.", {"المبعوث الأممي إلى سوريا غير بيدرسن": PEDERSEN}),
    (
        "قال مبعوث الاتحاد الأفريقي في نيروبي إن الأمر انتهى.",
        {"مبعوث الاتحاد الأفريقي في نيروبي": "office-envoy-q7159"},
    ),
    ("وصل المبعوث الأميركي إلى سوريا.", {"المبعوث الأميركي": "office-envoy-usa", "سوريا": "Q858"}),
    (
        "أبلغ المبعوث الأميركي إلى السودان البرهان بالخطة.",
        {"المبعوث الأميركي إلى السودان": "office-envoy-usa", "البرهان": "Q63111184"},
    ),
    # a surname after the full name
    ("Vikram Misri met reporters. Misri accused Pakistan of lying.", {"Misri": "person-vikram-misri"}),
    (
        "قال وكيل الخارجية الهندية فيكرام ميسري إنه متفائل. واتهم ميسري باكستان بالكذب.",
        {"ميسري": "person-vikram-misri"},
    ),
    ("President Yoon Suk Yeol spoke. Yoon accused North Korea of lying.", {"Yoon": "Q16090635"}),
    ("تحدث الرئيس يون سوك يول. واتهم يون كوريا الشمالية بالكذب.", {"يون": "Q16090635"}),
    ("Rafik Hariri opposed Syria. Hariri rejected the plan.", {"Hariri": "person-rafic-hariri"}),
    ("Anwar Ibrahim met reporters. Anwar accused Myanmar of lying.", {"Anwar": "Q299574"}),
    ("Ferdinand Marcos Jr. met reporters. Marcos accused China of lying.", {"Marcos": "Q983324"}),
    # before the second who bears it is named, a surname means the first
    ("Kim Jong Un spoke. Kim accused Japan of lying. Kim Yo Jong left.", {"Kim": "Q56226"}),
    ("تحدث مسرور بارزاني. واتهم بارزاني إيران بالكذب. وغادر مسعود بارزاني.", {"بارزاني": "Q5892168"}),
    # relatives are named by themselves
    ("قال حميدتي إنه راض. واتهم شقيقه عبد الرحيم دقلو مصر بالكذب.", {"شقيقه عبد الرحيم دقلو": RELATIVE}),
    # acronyms, and a body by one word of its name
    ("The Security Council met. The Council condemned Israel.", {"The Council": "Q37470"}),
    ("The International Atomic Energy Agency met. The agency accused Iran of lying.", {"The agency": "Q41984"}),
    # a body of state is none of its namesakes
    (
        "The Iraqi Interior Ministry accused Iran of lying.",
        {"The Iraqi Interior Ministry": "office-interior-ministry-irq"},
    ),
    ("The National Security Council accused Iran of lying.", {"The National Security Council": NSC}),
    ("The IAEA urged Iran to cooperate.", {"The IAEA": "Q41984"}),
    # a name of several words is one, whatever joins them
    ("The Food and Agriculture Organization accused Mali.", {"The Food and Agriculture Organization": FAO}),
    ("Law and Justice accused Germany.", {"Law and Justice": "organization-law-and-justice"}),
    # a party is that of the country
    ("The Turkish Democratic Party rejected the bill.", {"The Turkish Democratic Party": "party-democratic-party-tur"}),
    ("The Democratic Party accused Trump of lying.", {"The Democratic Party": "Q29552"}),
    (
        "قال الحزب الديمقراطي الكوري إن الرئيس أخطأ.",
        {"الحزب الديمقراطي الكوري": "organization-democratic-party-of-korea"},
    ),
    ("قال الحزب الديمقراطي إن ترامب أخطأ.", {"الحزب الديمقراطي": "Q29552"}),
    # collective actors, and those who belong to somebody
    ("The United States and its allies accused Iran.", {"The United States": "Q30", "its allies": "allies-q30"}),
    ("اتهمت الولايات المتحدة وحلفاؤها إيران.", {"الولايات المتحدة": "Q30", "حلفاؤها": "allies-q30"}),
    ("Netanyahu thanked Trump. Later his office accused Hamas.", {"his office": "office-of-q43723"}),
    ("شكر بنيامين نتنياهو ترامب، لكن مكتبه اتهم حماس بالكذب.", {"مكتبه": "office-of-q43723"}),
    ("رحب أنطونيو غوتيريش بالهدنة، وقال المتحدث باسمه إنها مهمة.", {"المتحدث باسمه": "spokesman-of-q311440"}),
    # the leader of a group, not of a party or a state
    ("The Hezbollah leader accused Israel of lying.", {"The Hezbollah leader": QASSEM}),
    ("قال زعيم حزب الله إن إسرائيل ستندم.", {"زعيم حزب الله": QASSEM}),
]


@pytest.mark.parametrize(("text", "expected"), MEANT, ids=lambda value: value[:40] if isinstance(value, str) else "")
def test_who_is_meant(text: str, expected: dict[str, str]) -> None:
    found = ends(text)

    assert expected == {words: found[words].id for words in expected if words in found}


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("Saad Hariri met reporters. Rafik Hariri opposed Syria. Hariri rejected the plan.", "Hariri"),
        ("وصل سعد الحريري إلى بيروت. وعارض رفيق الحريري سوريا. ورفض الحريري الخطة.", "الحريري"),
    ],
)
def test_a_surname_of_two_is_neither(text: str, surname: str) -> None:
    assert ends(text)[surname].id.startswith("name-")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Intelligence sources said the raid had failed.", "Intelligence sources"),
        ("قالت مصادر استخبارية إن الغارة فشلت.", "مصادر استخبارية"),
        ("Some Western governments said Russia had lied.", "Some Western governments"),
        ("قالت بعض الحكومات الغربية إن روسيا كذبت.", "بعض الحكومات الغربية"),
    ],
)
def test_generic_actors_are_groups(text: str, words: str) -> None:
    entity = ends(text)[words]

    assert ("group", None) == (entity.kind, entity.country)


COUNTRIES = [
    ("The French newspaper Le Figaro said the government would resign.", "The French newspaper Le Figaro", "FRA"),
    ("Japanese scientists said the quake was strong.", "Japanese scientists", "JPN"),
    ("قال علماء يابانيون إن الزلزال كان قويا.", "علماء يابانيون", "JPN"),
    ("A Nairobi court said the law was void.", "A Nairobi court", "KEN"),
    ("British Columbia police said the man had no record.", "British Columbia police", "CAN"),
    ("The Bank of England said inflation would rise.", "The Bank of England", "GBR"),
    ("قال بنك إنجلترا إن التضخم سيرتفع.", "بنك إنجلترا", "GBR"),
    ("A spokesman for Hamas said the talks had failed.", "A spokesman for Hamas", "PSE"),
    ("Volvo said it would cut jobs.", "Volvo", "SWE"),
    ("The Unesco mission said it was over.", "The Unesco mission", None),
    # what the words after a name say of him
    ("“It is over,” said Ana Ruiz, a farmer from Queensland.", "Ana Ruiz", "AUS"),
    ("“It is over,” said Li Wei, 34, a shopkeeper in Shanghai.", "Li Wei", "CHN"),
    ("“It is over,” said Tom Reed, a professor at Stanford University.", "Tom Reed", "USA"),
    ("Rep. Jane Moss (R-Fla.) said it was over.", "Rep. Jane Moss", "USA"),
    ("Tom Reed, an Iraqi lawyer, said it was over. Reed said he was leaving.", "Reed", "IRQ"),
    # what somebody deals with, makes or visits is not where he is from
    ("“It is over,” said Tom Reed, an expert on Iran.", "Tom Reed", None),
    ("“It is over,” said Tom Reed, a spokesman for the UN mission in Congo.", "Tom Reed", None),
    ("“It is over,” said Tom Reed, a day after Iran tested a missile.", "Tom Reed", None),
    ("The ambassador to Iran said the talks would fail.", "The ambassador to Iran", None),
    ("The special envoy for Syria said the talks would fail.", "The special envoy for Syria", None),
    ("Alex Saab said he was innocent.", "Alex Saab", None),
    ("According to Reed, Russian secret agents are active in Kenya.", "Reed", None),
    ("“It is over,” said Tom Reed, president of the Georgetown club.", "Tom Reed", None),
    ("Mary Wagner said she was innocent.", "Mary Wagner", None),
    ("Lawrence Obi, a spokesman for the rebel alliance, said Uganda was safe.", "Lawrence Obi", None),
    ("قال بيتر موران، وهو مزارع من كوينزلاند، إنه قلق.", "بيتر موران", "AUS"),
    ("قال جون كيلر، الأستاذ في جامعة ستانفورد، إن الأمر كارثة.", "جون كيلر", "USA"),
    ("قالت نانسي هيل من تكساس إنها رأت النيران.", "نانسي هيل", "USA"),
    ("قال المحامي الإيراني رضا كاظمي إنه بريء. وأضاف كاظمي أن المحاكمة انتهت.", "كاظمي", "IRN"),
    ("قال محافظ مدينة حلب سامي درويش إن المدارس ستفتح.", "محافظ مدينة حلب سامي درويش", "SYR"),
    ("قال أستاذ القانون في جامعة القاهرة أحمد كامل إنه قلق.", "أستاذ القانون في جامعة القاهرة أحمد كامل", "EGY"),
    ("قال توم ريد، الخبير في الشأن الإيراني، إن الأمر انتهى.", "توم ريد", None),
    ("قال مراسل الصحيفة في القاهرة إن الأمر انتهى.", "مراسل الصحيفة في القاهرة", None),
    ("قال الرئيس الفرنسي صباح الثلاثاء إن الأمر انتهى.", "الرئيس الفرنسي", "FRA"),
    ("رحبت الإمارات بالحكم، وذكرت مسؤولة في خارجيتها أن الدعوى باطلة.", "مسؤولة في خارجيتها", "ARE"),
]


@pytest.mark.parametrize(("text", "words", "country"), COUNTRIES, ids=[case[1] for case in COUNTRIES])
def test_a_source_has_the_country_that_its_words_name(text: str, words: str, country: str | None) -> None:
    assert country == ends(text)[words].country


def test_an_office_without_a_known_holder_is_the_office_in_both_languages() -> None:
    english = ends("The Bhutanese transport minister criticised India.")["The Bhutanese transport minister"]
    arabic = ends("انتقد وزير النقل البوتاني الهند.")["وزير النقل البوتاني"]

    assert "office-transport-minister-btn" == english.id == arabic.id


@pytest.mark.parametrize(("published", "holder"), [("2023-03-01", "Antony Blinken"), ("2025-06-01", "Marco Rubio")])
def test_the_holder_is_that_of_the_articles_date(published: str, holder: str) -> None:
    words, text = "وزير الخارجية الأميركي", "انتقد وزير الخارجية الأميركي روسيا."

    assert holder == ends(text, published=published)[words].label_en


def test_relatives_are_not_the_famous_one() -> None:
    assert "Q22686" not in {entity.id for entity in ends("Melania Trump thanked Russia.").values()}


def test_names_that_are_words_too_stay_words() -> None:
    found = ends("قال الوزير سامي الخولي الثلاثاء إن الحكومة ستستقيل.")

    assert "الوزير سامي الخولي" in found


def test_namesakes_of_two_countries_are_two_actors() -> None:
    texts = ("The Iraqi lawyer Salim Jaber said it was over.", "The Egyptian lawyer Salim Jaber said it was over.")
    iraqi, egyptian = (entity for text in texts for entity in ends(text).values())

    assert ("IRQ", "EGY") == (iraqi.country, egyptian.country)
    assert iraqi.id != egyptian.id


def test_a_registered_person_carries_the_office_with_its_term() -> None:
    assert (
        "president (2007-05-16 to 2012-05-15)"
        == ends("Nicolas Sarkozy accused Iran of lying.")["Nicolas Sarkozy"].office
    )
    assert "president (since 2017-05-14)" == ends("Emmanuel Macron accused Iran of lying.")["Emmanuel Macron"].office
