"""The interface's words, numbers and dates in English and Arabic, from ``strings.csv`` and ``counted.csv``."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from graph.claims import Entity
from graph.relations import Relation

LANGUAGES = {"en": "English", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ku", "ps", "ur"})
LEFT_TO_RIGHT = "\u200e"
_ARABIC_DIGITS = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")


def say(language: str, key: str, **values: object) -> str:
    """The words of ``key`` in an interface language, with the values put in; numbers in its digits."""
    shown = {
        name: number(value, language) if isinstance(value, int | float) else value for name, value in values.items()
    }
    return _strings()[key][language].format(**shown)


def has(key: str) -> bool:
    """Whether there are words of ``key``."""
    return key in _strings()


def number(value: float, language: str) -> str:
    """A number as the language writes it: ``1,234`` or ``١٬٢٣٤``; fractions with two places."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    # Left-to-right mark: without it the sign of a negative number would stand behind it in a right-to-left line.
    return f"{LEFT_TO_RIGHT if value < 0 else ''}{text.translate(_ARABIC_DIGITS)}" if language == "ar" else text


def counted(things: str, count: int, language: str) -> str:
    """A number of things in the plural form that the language wants: ``1 article``, ``3 articles``, ``مقالان``."""
    return _counted()[things, language][_plural(count, language)].format(number(count, language))


def shown_date(day: str, language: str) -> str:
    """An ISO date, ``2025-07-12`` or ``2025-07``, in words; anything else as it is."""
    try:
        parsed = date.fromisoformat(day if len(day) > 7 else f"{day}-01")
    except ValueError:
        return day
    parts = [parsed.day] if len(day) > 7 else []
    month = say(language, "months").split()[parsed.month - 1]
    text = " ".join(map(str, [*parts, month, parsed.year]))
    return text.translate(_ARABIC_DIGITS) if language == "ar" else text


def name_of(entity: Entity, language: str) -> str:
    """An actor's label in this language, else in the other, else its id."""
    labels = (entity.label_ar, entity.label_en) if language == "ar" else (entity.label_en, entity.label_ar)
    return labels[0] or labels[1] or entity.id


def relation_label(relation: Relation, language: str) -> str:
    """A relation's label in this language."""
    return relation.label_ar if language == "ar" else relation.label_en


def direction_of(language: str) -> str:
    """``rtl`` or ``ltr``: the direction in which a language is written."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def plain(text: str) -> str:
    """A text for a place where Streamlit reads Markdown: its signs stand for themselves there."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]$:~<>#|" else sign for sign in text)


def _plural(count: int, language: str) -> str:
    """The plural category of Unicode CLDR for a whole number in English and Arabic."""
    if language != "ar":
        return "one" if count == 1 else "other"
    few, many = range(3, 11), range(11, 100)
    exact = {0: "zero", 1: "one", 2: "two"}.get(count)
    return exact or ("few" if count % 100 in few else "many" if count % 100 in many else "other")


@cache
def _strings() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in _rows("strings.csv")}


@cache
def _counted() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["things"], row["language"]): row for row in _rows("counted.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with files("app.dashboard").joinpath(name).open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))
