"""Verbs whose object stands before their subject: in a relative clause, with or without its pronoun."""

from ingest.extractors.rules.english import phrases
from ingest.extractors.rules.english.complements import Complement, Range
from ingest.extractors.rules.english.lexicon import ADV, AUX, CONJ, NOUN, PREP, PUNCT, REL, SUB, TIME, VERB, WH
from ingest.extractors.rules.english.tokens import Tokens

PRONOUNS = frozenset(("which", "what", "whom", "who"))


def object_before(t: Tokens, subject: Range, after: int, bounds: Range) -> Complement | None:
    """``the plan (that) Iran proposed``: what the relative clause stands by is the verb's object.

    ``after`` is the token after the cue, ``bounds`` the sentence.
    """
    at = subject[0] - 1
    if at <= bounds[0] or not _open(t, after, bounds[1]) or t.bits[subject[0]] & (REL | WH):
        return None
    if t.words[at].lower in PRONOUNS:
        return Complement("object", (at, at + 1))
    end = at if t.bits[at] & REL else subject[0]
    last = t.bits[end - 1]
    if last & (PUNCT | CONJ | PREP | AUX | ADV | SUB) or (last & VERB and not last & NOUN):
        return None
    antecedent = phrases.phrase_back(t, end, bounds[0])
    return Complement("object", antecedent) if antecedent else None


def _open(t: Tokens, after: int, hi: int) -> bool:
    """Whether no object follows the verb."""
    return after >= hi or bool(t.bits[after] & (PUNCT | CONJ | SUB | TIME | AUX)) or t.words[after].lower == "to"
