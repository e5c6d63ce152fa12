"""First names of people, most of which are words too: رضا، صالح، علي."""

from ingest.extractors.rules.arabic.actors import NAME_PARTS
from ingest.extractors.rules.arabic.lexicon import Word
from ingest.extractors.rules.arabic.tables import closed

_PLAIN = closed()["first name"]
_ALSO_WORDS = closed()["first name or word"]


def begins_a_name(word: Word, after: Word, text: str) -> bool:
    """Whether a word is a first name here: the one behind it must be a name, too, or nothing else that is known.

    ``text`` is the document's: where it writes على for the preposition, علي is a name.
    """
    if word.key not in _PLAIN and word.key not in _ALSO_WORDS:
        return False
    if word.kind == "prep" and " على " not in text:
        return False
    if word.key in _ALSO_WORDS and (word.kind or word.nouns or word.prep or word.verbs):
        return after.key in _PLAIN or after.key in _ALSO_WORDS or after.key in NAME_PARTS
    known = after.kind or after.conj or after.prep or after.titles or after.names
    act = not after.article and (after.verbs or after.participles or after.nouns)
    return after.key in NAME_PARTS or not (known or act)
