"""The language of a document."""

import pytest

from ingest.languages import detect

ARABIC = "قال وزير الخارجية إن بلاده تحذر واشنطن من مواصلة إرسال السلاح إلى المنطقة."
ENGLISH = "The foreign minister said that his country warns Washington against sending more arms to the region."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ARABIC, "ar"),
        ("لافروف يحذر الولايات المتحدة", "ar"),
        ("بوتين وشي يبحثان ملف أوكرانيا", "ar"),
        ("أعلنت شركة گوگل أن مقرها في پاریس سيغلق بين يوم وآخر بعد أن رفضت الحكومة الطلب", "ar"),
        ("وزیر امور خارجه ایران گفت که کشورش آماده گفتگو است و به تهدیدها پاسخ می‌دهد.", "fa"),
        ("وزیر خارجہ نے کہا ہے کہ پاکستان بھارت کے ساتھ بات چیت کے لیے تیار ہے۔", "ur"),
        (ENGLISH, "en"),
        ("Lavrov warns United States over Ukraine arms", "en"),
        ("Putin meets Kim in Pyongyang", "en"),
        ("Netanyahu, Macron discuss Lebanon", "en"),
        ("Le ministre a dit non", "fr"),
        ("Le ministre des affaires étrangères a déclaré que son pays avertit Washington.", "fr"),
        ("El ministro de Asuntos Exteriores dijo que su país advierte a Washington.", "es"),
        ("Der Außenminister sagte, sein Land warne Washington vor weiteren Lieferungen.", "de"),
        ("Министр иностранных дел заявил, что его страна предупреждает Вашингтон.", "ru"),
        ("外交部长说，他的国家警告华盛顿不要继续向该地区运送武器。", "zh"),
        ("2025 – 12:30 !!", "und"),
        ("", "und"),
    ],
)
def test_languages(text, language):
    assert language == detect(text)


def test_most_of_a_mixed_text_decides():
    assert detect(ARABIC * 3 + " (Reuters, White House)") == "ar"
    assert detect(ENGLISH * 3 + " (العربية)") == "en"


def test_the_end_of_a_long_text_counts_too():
    assert detect("Reuters exclusive " * 10 + ARABIC * 1000) == "ar"
