"""The interface's words in English and Arabic, from ``strings.csv``."""

import csv
from functools import cache
from importlib.resources import files

from graph.claims import Entity
from graph.relations import Relation

LANGUAGES = {"en": "English", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ku", "ps", "ur"})


def say(language: str, key: str, **values: object) -> str:
    """The words of ``key`` in an interface language, with the values put in."""
    return _strings()[key][language].format(**values)


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


@cache
def _strings() -> dict[str, dict[str, str]]:
    with files("app.dashboard").joinpath("strings.csv").open(encoding="utf-8") as handle:
        return {row["key"]: row for row in csv.DictReader(handle)}
