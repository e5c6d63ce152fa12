"""Light verbs and their nouns: أعرب عن قلقه، فرض عقوبات على."""

from ingest.extractors.rules.arabic.lexicon import Phrase
from ingest.extractors.rules.arabic.reading import Reading


def phrase_at(phrases: tuple[Phrase, ...], r: Reading, i: int, preposition: str) -> Phrase | None:
    """The light-verb phrase whose noun stands at token ``i``."""
    if not phrases:
        return None
    stem = r.words[i].stem
    bare = stem.removeprefix("ال")
    fitting = [p for p in phrases if p.preposition == preposition and _is_noun(bare, p.noun)]
    return next((p for p in fitting if p.noun == bare), fitting[0] if fitting else None)


def _is_noun(stem: str, noun: str) -> bool:
    """Whether a stem is the noun, its feminine plural, its accusative or the noun with a pronoun."""
    root = noun[:-1] if noun.endswith("ه") else noun
    if not stem.startswith(root):
        return stem in _BROKEN.get(noun, ())
    return stem[len(root) :] in _ENDINGS or stem in _BROKEN.get(noun, ())


_ENDINGS = frozenset(
    ("", "ا", "ه", "ها", "هم", "هما", "نا", "ات", "اته", "اتها", "ته", "تها", "تهم", "تا", "ي", "ين", "ان", "هن")
)
_BROKEN = {"قيد": ("قيود", "قيودا"), "رسم": ("رسوم", "رسوما"), "صاروخ": ("صواريخ",), "قذيفه": ("قذايف",),
           "تعازي": ("تعازيه", "تعازيها"), "ضغط": ("ضغوط", "ضغوطا"), "قوه": ("قوات", "قواته", "قواتها"),
           "رساله": ("رسايل",), "مخاوف": ("مخاوفه", "مخاوفها"), "امل": ("اماله",), "تهمه": ("تهم",),
           "قلق": ("قلقه", "قلقها", "قلقهم")}  # fmt: skip
