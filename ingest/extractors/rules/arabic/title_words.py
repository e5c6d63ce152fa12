"""The words of offices as the lexicon looks them up: as listed, in the dual, with a possessor's pronoun."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extractors.rules.arabic.orthography import key
from ingest.extractors.rules.arabic.tables import closed
from ingest.linking.offices import Office, offices

_DUAL = frozenset(("وزير", "رييس", "مستشار", "سفير", "زعيم", "قايد", "ممثل", "مبعوث", "مندوب", "ملك", "عاهل"))
_AUDIENCE = frozenset(("journalist", "residents"))  # told and affected, seldom actors: only as they are listed
_HELD = frozenset(("نايب", "مدير", "متحدث", "ناطق", "مسوول", "عضو", "محافظ", "حاكم", "خبير", "مقرر", "مفوض"))
_BECOME = frozenset(("head", "source", "member", "leader"))
SOMEBODYS = frozenset(("allies", "counterpart", "relative"))
_OWNERS = ("ه", "ها", "هم", "نا")
_BY_CASE = ("ا", "و", "ي")  # وزراؤه، وزرائه, and وزراءه: the hamza's seat, which keys keep as a letter of its own


@dataclass(frozen=True, slots=True)
class Title:
    """An office's words as a run of keys; ``dual`` for two who hold it, ``owner`` the pronoun of who has it."""

    keys: tuple[str, ...]
    office: Office
    feminine: bool
    dual: bool = False
    owner: str = ""


def titles() -> Iterator[Title]:
    """Every title; of two with the same words the first counts."""
    listed = [
        Title(tuple(key(text).split()), office, feminine)
        for office in offices()
        for words, feminine in ((office.words_ar, False), (office.words_ar_f, True))
        for text in words
    ]
    yield from listed
    for title in listed:
        yield from _two(title)
        yield from _accusative(title)
        yield from _feminine(title)
        yield from _cases(title)
        yield from _owned(title)


def _two(title: Title) -> Iterator[Title]:
    """وزيرا الخارجية، الرئيسان: two who hold an office; not وزيرا alone, which is also one."""
    first, *rest = title.keys
    bare = first.removeprefix("ال")
    if bare not in _DUAL or title.office.sort != "person":
        return
    endings = ("ان", "ين") if bare != first else ("ا", "ي") if rest else ("ا",) * (bare == "رييس")
    for ending in endings:
        yield Title((first + ending, *(_dual_adjectives(rest) if bare != first else rest)), title.office,
                    title.feminine, dual=True)  # fmt: skip


def _accusative(title: Title) -> Iterator[Title]:
    """وفدا، سفيرا: one of them as an object; رئيسا، عضوا is what somebody becomes."""
    (word, *rest) = title.keys
    plain = len(word) > 2 and not word.startswith("ال") and not word.endswith(("ه", "ا", "ات", "ون", "ين", "ان", "و"))
    person = title.office.sort in ("person", "group") and title.office.id not in _BECOME
    if plain and not rest and not title.feminine and (person or title.office.id == "delegation"):
        yield Title((word + "ا",), title.office, feminine=False)


def _feminine(title: Title) -> Iterator[Title]:
    """رئيسة كتلة: a woman who holds the office."""
    word, *rest = title.keys
    if title.office.sort == "person" and not title.feminine and word.removeprefix("ال") in _DUAL | _HELD:
        yield Title((word + "ه", *rest), title.office, feminine=True)


def _cases(title: Title) -> Iterator[Title]:
    """مقاتلون، مقاتلين، مقاتلو حماس، مقاتلي حماس: a sound plural in all its cases."""
    word, *rest = title.keys
    if rest or not word.endswith("ون") or len(word) < 5 or title.office.id in _AUDIENCE:
        return
    for ending in ("ين",) if word.startswith("ال") else ("ين", "و", "ي"):
        yield Title((word[:-2] + ending,), title.office, title.feminine)


def _dual_adjectives(words: list[str]) -> list[str]:
    return [word + "ان" if word.startswith("ال") else word for word in words]


def _owned(title: Title) -> Iterator[Title]:
    """جيشه، قواتها، وزير خارجيتها: whose pronoun says to whom they belong."""
    *first, last = title.keys
    head = title.keys[0]
    ministerial = bool(first) and head in ("وزير", "وزيره", "رييس", "نايب") and title.office.sort == "person"
    if last.startswith("ال") or not (ministerial or (title.keys[0] in closed()["owned"] and not first)):
        return
    for form in _construct(last):
        for owner in _OWNERS:
            yield Title((*first, form + owner), title.office, title.feminine, owner=owner)


def _construct(word: str) -> Iterator[str]:
    """A word as it stands before a pronoun."""
    if word.endswith("ه"):
        yield word[:-1] + "ت"
    elif word.endswith("اء"):
        yield from (word[:-1] + seat for seat in ("و", "ي", "ء"))
    elif word.endswith(("ون", "ين")) and len(word) > 5:
        yield word[:-1]
    else:
        yield word


def title_is_definite(title: Title) -> bool:
    """Whether nothing can follow in the genitive: المسؤول، وزير الخارجية، نظيره."""
    owned = title.office.id in SOMEBODYS and title.keys[-1].endswith(("ه", "ها", "هما", "نا"))
    return bool(title.owner) or owned or title.keys[-1].startswith("ال")
