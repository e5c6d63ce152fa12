"""Spelling that makes no difference when a person searches: one table, applied in Python, Cypher and SPARQL.

Case; Arabic vowel signs (tashkeel, U+064B to U+0652 and U+0670) and tatweel; the carriers of hamza, alef
maqsura and ta marbuta, which newspapers write either way.
"""

import unicodedata

FOLDS: tuple[tuple[str, str], ...] = (
    ("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640", ""),
    ("أإآٱ", "ا"),
    ("ىئ", "ي"),
    ("ؤ", "و"),
    ("ة", "ه"),
)

_TABLE = {ord(char): plain or None for chars, plain in FOLDS for char in chars}


def fold(text: str) -> str:
    """The text as a search compares it."""
    return unicodedata.normalize("NFC", text).lower().translate(_TABLE)


def folded_in_cypher(expression: str) -> str:
    """A Cypher expression for the folded value of a string expression; only ``replace``, which all engines have."""
    folded = f"toLower({expression})"
    for chars, plain in FOLDS:
        for char in chars:
            folded = f"replace({folded}, '{char}', '{plain}')"
    return folded


def folded_in_sparql(expression: str) -> str:
    """A SPARQL expression for the folded value of a string expression."""
    folded = f"LCASE({expression})"
    for chars, plain in FOLDS:
        folded = f'REPLACE({folded}, "[{chars}]", "{plain}")'
    return folded
