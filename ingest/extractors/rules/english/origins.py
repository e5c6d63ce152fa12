"""Which names in and beside a noun phrase say where somebody is from, and which only what he deals with.

``an expert on Iran`` is of no country, ``the ambassador to Iran`` of none that these words say, ``a Toyota pickup`` is
nobody of Japan; ``Ayse Demir, a lawyer from Ankara,`` is of Turkey.
"""

import re

from ingest.extractors.rules.english import names, phrases
from ingest.extractors.rules.english.lexicon import CAP, COMMA, DET, NUM, PLURAL, PREP, PUNCT, REL, TIME, word_class
from ingest.extractors.rules.english.tokens import Tokens
from ingest.extractors.rules.english.verbgroups import Range
from ingest.linking.context import MAKERS

_ABOUT = frozenset(("about", "against", "on", "to", "toward", "towards"))
_WHERE = frozenset(("at", "for", "from", "in", "of", "with"))
_DEALING = word_class("who deals with others")
_HUMAN = tuple(word_class("ending of a person noun"))
_PERSON = word_class("person noun") | _DEALING
_NO_PERSON = word_class("no person noun")
_CONGRESS = re.compile(r",? ?\(?[DRI]-[A-Z]")


def saying(tokens: Tokens, found: list[names.Match], head_end: int) -> list[names.Match]:
    """The names of a phrase, in order, that may say of what country its head, which ends at ``head_end``, is."""
    words, bits = tokens.words, tokens.bits
    head = words[head_end - 1]
    if head_end < len(words) and bits[head_end] & PREP and not bits[head_end - 1] & CAP:
        dealt_with = words[head_end].lower in _ABOUT or (
            head.lower in _DEALING and words[head_end].lower in ("for", "in", "of", "with")
        )
        found = [m for m in found if m.start < head_end] if dealt_with else found
    person = head.role is not None or bool(head.bits & CAP)
    found = [m for m in found if person or m.entity.sector not in MAKERS]
    return [m for m in found if not _is_surname(tokens, m)]


def _is_surname(tokens: Tokens, match: names.Match) -> bool:
    """``Alex Saab``: whether the one word of a firm's or a group's name stands behind a first name."""
    i = match.start - 1
    if match.entity.kind not in ("organization", "group") or match.sort == "demonym" or match.end - match.start > 1:
        return False
    if i < 0 or not tokens.bits[i] & CAP or tokens.bits[i] & (DET | PREP) or tokens.spelling(match.start).isupper():
        return False
    return tokens.words[i].role is None and not tokens.words[i].lower.startswith("u.")


def apposition(tokens: Tokens, end: int) -> Range | None:
    """The noun phrase that says who a person is whose name ends at ``end``: ``, 34, a farmer from Queensland``."""
    bits, n = tokens.bits, len(tokens)
    i = end
    while i + 1 < n and bits[i] & COMMA and bits[i + 1] & NUM:
        i += 2
    if i + 1 >= n or not bits[i] & COMMA or bits[i + 1] & (REL | PREP | TIME):
        return None
    hi = next((hi for lo, hi in tokens.sentences if lo <= i < hi), n)
    phrase = phrases.noun_phrase(tokens, i + 1, hi)
    if phrase is None or phrase[0] != i + 1:
        return None
    after = (k for k in range(phrase[0] + 1, phrase[1]) if bits[k] & (PREP | COMMA) and not bits[k] & CAP)
    if not _is_person(tokens, phrase[0], next(after, phrase[1]) - 1):
        return None
    last = phrase[1]
    rest = phrases.noun_phrase(tokens, last + 1, hi) if last < hi and tokens.words[last].lower in _WHERE else None
    last = rest[1] if rest else last
    return (phrase[0], last) if last >= hi or bits[last] & (PUNCT | REL) else None  # no subject of what follows


def in_congress(tokens: Tokens, end: int) -> bool:
    """``(R-Fla.)``, ``, D-Ohio,``: whether party and state of a member of Congress follow a name."""
    return bool(_CONGRESS.match(tokens.text, tokens.ends[end - 1]))


def _is_person(tokens: Tokens, first: int, head: int) -> bool:
    word = tokens.words[head]
    if tokens.bits[head] & PLURAL:
        return False
    if word.role and word.role[1] == "person":
        return True
    lower = word.lower.removesuffix("s") if word.lower not in _PERSON else word.lower
    named = bool(tokens.bits[first] & DET) and lower not in _NO_PERSON
    return named and (lower in _PERSON or lower.endswith(_HUMAN))
