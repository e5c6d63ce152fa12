"""Which language a text is in: the script first, then the letters and words that tell neighbours apart."""

import re

SAMPLE = 4_000
"""Characters looked at, from the beginning, the middle and the end together."""

_ARABIC_SCRIPT = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN_SCRIPT = re.compile(r"[A-Za-zÀ-ɏ]")
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-zÀ-ɏ\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")

# Letters that Arabic does not write, and that Persian or Urdu writes in every sentence. The four loan letters
# پ چ ژ گ and the Persian ی and ک turn up in Arabic news (names, keyboards), so their share decides.
_NOT_ARABIC = re.compile(r"[پچژگکیٹڈڑںےہھۂ]")
_URDU = re.compile(r"[ٹڈڑںےہھۂ]")
_KURDISH = re.compile(r"[ێۆڵڕەڤ]")
_ARABIC_WORDS = re.compile(
    r"\b(?:و?ال\w{2,}|في|من|على|إلى|الى|عن|أن|ان|إن|التي|الذي|هذا|هذه|قال|قالت|بين|مع|لا|لم|كان)\b"
)
_ENGLISH_WORDS = re.compile(
    r"\b(?:the|of|and|to|in|that|is|was|were|for|with|has|have|had|said|says|by|from|will|his|their|it|not|be|an|he|she|they)\b",
    re.IGNORECASE,
)
# The classifier's hundred others only turn up as its errors on short texts.
_NEWS_LANGUAGES = re.compile(
    "am|az|be|bg|bn|bs|ca|cs|cy|da|de|el|en|es|et|fi|fr|ga|gu|ha|he|hi|hr|hu|hy|id|is|it|ja|ka|kk|km|kn|ko|ku|ky|lo"
    "|lt|lv|mk|ml|mn|mr|ms|my|ne|nl|no|pa|pl|ps|pt|ro|ru|si|sk|sl|so|sq|sr|sv|sw|ta|te|th|tl|tr|uk|uz|vi|zh"
)
_MARGIN = 12.0
"""By how much (logarithm of the likelihood) another language must beat English: English headlines full of foreign
names lose by up to 11, sentences of five words in French, Spanish, Italian and Turkish win by 14 and more."""

_WORD = re.compile(r"[^\W\d_]+")


def detect(text: str) -> str:
    """The language of most of the text as a BCP 47 tag: ``ar``, ``en``, ``fa`` ...; ``und`` if it has no letters.

    The same text gives the same tag. At most :data:`SAMPLE` characters are looked at.
    """
    sample = _sample(text)
    arabic, latin, other = (len(script.findall(sample)) for script in (_ARABIC_SCRIPT, _LATIN_SCRIPT, _OTHER_SCRIPT))
    if not arabic + latin + other:
        return "und"
    if arabic >= max(latin, other):
        return _in_arabic_script(sample, arabic)
    return _in_latin_script(sample) if latin >= other else _classified(sample)


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    part = SAMPLE // 4
    middle = len(text) // 2
    return "\n".join((text[: 2 * part], text[middle : middle + part], text[-part:]))


def _in_arabic_script(sample: str, letters: int) -> str:
    foreign = len(_NOT_ARABIC.findall(sample))
    if len(_KURDISH.findall(sample)) > 0.05 * letters:
        return "ckb"
    if len(_URDU.findall(sample)) > 0.03 * letters:
        return "ur"
    if foreign > 0.03 * letters and not _ARABIC_WORDS.search(sample):
        return "fa"
    # An Arabic text typed on a Persian keyboard has ی and ک throughout, and Arabic's function words and articles.
    words = max(len(_WORD.findall(sample)), 1)
    return "fa" if foreign > 0.03 * letters and len(_ARABIC_WORDS.findall(sample)) < 0.15 * words else "ar"


def _in_latin_script(sample: str) -> str:
    words = max(len(_WORD.findall(sample)), 1)
    if len(_ENGLISH_WORDS.findall(sample)) > 0.2 * words:
        return "en"
    scores = _scores(sample)
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] > scores["en"] + _MARGIN else "en"


def _classified(sample: str) -> str:
    scores = _scores(sample)
    return max(scores, key=lambda tag: scores[tag])


def _scores(sample: str) -> dict[str, float]:
    """The logarithm of the sample's likelihood in each language."""
    import py3langid  # noqa: PLC0415  # its model takes about half a second to load, and most texts never need it

    return {str(tag): float(score) for tag, score in py3langid.rank(sample) if _NEWS_LANGUAGES.fullmatch(str(tag))}
