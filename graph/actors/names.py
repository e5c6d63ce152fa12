"""How alike two names are, in Arabic letters, in Latin ones, or one in each.

Each word of a name is reduced twice: to its *sounds*, with the vowels that Arabic writes, and to its *skeleton*,
consonants alone, with those put together that change between languages and spellings (v and f, g, j and q, s and z).
Letters of other scripts are first turned into Latin ones by AnyAscii. The table of Arabic letters is ours, after how
newspapers write foreign names in Arabic and Arabic ones in English.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

SURNAME_ALONE = 0.6
"""The most that one word can be alike to a name of several: it may be anybody's of that name."""
_MORE_WORDS = 0.06
_RUN_TOGETHER = 0.9

_ARABIC = dict(
    zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويآأإؤئءىةپچژگڤیک", "abttghxddrzs$sdtzagfqklmnhuiaaauiaiab$jgfik", strict=True)
)
_ENDINGS = str.maketrans("ةى", "هي")
_ORDINALS = {"ثاني": "ii", "ثالث": "iii", "رابع": "iv", "سادس": "vi"}  # of kings and popes
_ARABIC_LETTER = re.compile(r"[\u0600-\u06ff]")
# Longest first; what follows decides the sound of c.
_LATIN = [
    *[("tsch", "$"), ("sch", "$"), ("tch", "$"), ("tsh", "$"), ("sh", "$"), ("ch", "$"), ("zh", "j"), ("kh", "x")],
    *[("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "j"), ("ck", "k"), ("qu", "k"), ("x", "ks")],
    *[("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("p", "b"), ("v", "f"), ("oo", "u"), ("ou", "u")],
    *[("ee", "i"), ("ei", "i"), ("ey", "i"), ("ai", "i"), ("ay", "i"), ("e", "a"), ("o", "u"), ("w", "u"), ("y", "i")],
]
_LATIN_SOUND = re.compile("|".join(spelling for spelling, _ in _LATIN))
_SOUNDS = dict(_LATIN)
_ARABIC_PAIRS = (("t$", "$"), ("dg", "g"))  # تش for ch, دج for the j of Djibouti
_SKELETON = str.maketrans(dict.fromkeys("aiu") | dict.fromkeys("gjqx", "k") | {"z": "s"})
_SOUNDED = str.maketrans({"j": "g", "q": "k"})
_PARTICLES = frozenset(
    (
        "al",
        "el",
        "ul",
        "bin",
        "ben",
        "ibn",
        "bint",
        "of",
        "the",
        "de",
        "la",
        "van",
        "von",
        "der",
        "بن",
        "ابن",
        "بنت",
        "آل",
    )
)
# Abdullah, Abdel Fattah and عبدالله as عبد and a word of its own.
_ABD = re.compile(r"\babd[aeuo]l[\s-]*(?=\w)|\bعبد(?=ال)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: as written (folded, without the article), its sounds, its skeleton, and its script."""

    plain: str
    sounds: str
    skeleton: str
    arabic: bool


@lru_cache(maxsize=200_000)
def words(name: str) -> tuple[Word, ...]:
    """The words of a name without articles and particles such as bin and al."""
    found = [word for part in re.split(r"[\W_]+", _folded(name)) if part and (word := _word(part))]
    return tuple(found)


def likeness(first: str, second: str) -> float:
    """How alike two names are, 0 to 1.

    Every word must have its counterpart, whatever their order, and the least alike counts twice as much as all
    together: a father and his son share all but one. A single word can reach :data:`SURNAME_ALONE` against several.
    """
    short, long = sorted((words(first), words(second)), key=len)
    if not short:
        return 0.0
    parts = _paired(short, long)
    score = (sum(parts) / len(parts) + 2 * min(parts)) / 3
    if len(short) == 1 < len(long):
        return max(SURNAME_ALONE * score * (1 if _alike(short[0], long[-1]) > 0.8 else 0.7), _in_one(short, long))
    return max(0.0, score - _MORE_WORDS * (len(long) - len(short)), _in_one(short, long))


def _in_one(short: Sequence[Word], long: Sequence[Word]) -> float:
    """The likeness of names that differ in where they are parted: Abdullah, عبد الله."""
    if len(short) == len(long):
        return 0.0
    one, other = ("".join(word.skeleton for word in name) for name in (short, long))
    alike = ratio(one, other) / 100 if min(len(one), len(other)) > 2 else 0.0
    return alike * 0.95 if alike > _RUN_TOGETHER else 0.0


def _paired(short: Sequence[Word], long: Sequence[Word]) -> list[float]:
    """How alike each word of the shorter name is to its counterpart, the best pairs first."""
    scored = sorted(
        ((_alike(a, b), -abs(i - j), i, j) for (i, a), (j, b) in product(enumerate(short), enumerate(long))),
        reverse=True,
    )
    taken_short: set[int] = set()
    taken_long: set[int] = set()
    parts = []
    for score, _, i, j in scored:
        if i not in taken_short and j not in taken_long:
            taken_short.add(i)
            taken_long.add(j)
            parts.append(score)
    return parts


def _alike(a: Word, b: Word) -> float:
    if a.plain == b.plain:
        return 1.0
    if 1 in (len(a.plain), len(b.plain)):
        return 0.8 if a.sounds[:1] == b.sounds[:1] else 0.0  # an initial
    skeletons = ratio(a.skeleton, b.skeleton) / 100
    if a.arabic == b.arabic:
        return 0.5 * skeletons + 0.5 * ratio(a.plain, b.plain) / 100
    return 0.7 * skeletons + 0.3 * ratio(a.sounds, b.sounds) / 100


def _folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub("[\u0640'’‘ʿʾ]", "", plain)
    plain = plain if _ARABIC_LETTER.search(plain) else anyascii(plain)
    return _ABD.sub(lambda match: "عبد " if match[0] == "عبد" else "abd ", plain.casefold())


def _word(part: str) -> Word | None:
    if part in _PARTICLES:
        return None
    if not _ARABIC_LETTER.search(part):
        single = re.sub(r"(.)\1+", lambda run: run[0] if run[1] in "eo" else run[1], part)
        return _reduced(part, _LATIN_SOUND.sub(lambda match: _SOUNDS[match[0]], single), arabic=False)
    plain = (part[2:] if part.startswith("ال") and len(part) > 3 else part).translate(_ENDINGS)
    if plain in _ORDINALS:
        return _reduced(_ORDINALS[plain], _ORDINALS[plain], arabic=False)
    sounds = "la" if part == "الله" else "".join(_ARABIC.get(letter, letter) for letter in plain)
    for pair, sound in _ARABIC_PAIRS:
        sounds = sounds.replace(pair, sound)
    return _reduced(plain, sounds, arabic=True)


def _reduced(plain: str, sounds: str, *, arabic: bool) -> Word:
    sounds = re.sub(r"([aiu])\1+", r"\1", sounds).translate(_SOUNDED)
    sounds = sounds.removesuffix("h") if len(sounds) > 2 else sounds
    skeleton = sounds.translate(_SKELETON)
    return Word(plain, sounds, skeleton or sounds, arabic)
