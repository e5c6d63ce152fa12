"""Verb groups: a main verb with its auxiliaries, or why a form that may be a verb is none here.

All functions take the document's :class:`Tokens` and token numbers; ``lo`` and ``hi`` bound the sentence.
"""

from dataclasses import dataclass

from ingest.extractors.rules.english.lexicon import (
    ADV,
    AUX,
    BASE,
    BE,
    CAP,
    COLON,
    COMMA,
    CONJ,
    DET,
    DO,
    GENITIVE,
    HAVE,
    ING,
    MODAL,
    NEG,
    NOUN,
    NUM,
    OBJ,
    PART,
    PAST,
    PLURAL,
    POSS,
    PREP,
    PRON,
    PUNCT,
    QUANT,
    QUOTE,
    REL,
    STOP,
    SUB,
    THAT,
    TIME,
    TO,
    VERB,
    WH,
    S,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.tokens import Tokens

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries: from token ``start`` to the main verb's token ``verb``.

    ``form`` is ``finite``, ``infinitive``, ``participle`` or ``reduced`` (a past participle without auxiliary).
    """

    start: int
    verb: int
    form: str
    passive: bool = False
    negated: bool = False
    modal: str = ""


def verb_group(t: Tokens, i: int, lo: int, hi: int) -> VerbGroup | None:
    """The verb group whose main verb is token ``i``; ``None`` when the token is no verb here."""
    bits = t.bits
    bit = bits[i]
    if not bit & VERB or (bit & CAP and i > lo and not bits[i - 1] & QUOTE and _name_like(t, i, lo, hi)):
        return None
    j, negated = skip_adverbs(t, i - 1, lo)
    if bit & PREP and not (j >= lo and bits[j] & (PRON | MODAL | DO | TO | ING)):
        return None
    auxiliary = bits[j] if j >= lo else 0
    if auxiliary & (MODAL | DO) and bit & BASE:
        return _with_auxiliaries(t, i, j, lo, negated, False)
    if auxiliary & TO and bit & BASE:
        return VerbGroup(j, i, "infinitive", negated=negated or (j > lo and bool(bits[j - 1] & NEG)))
    if auxiliary & HAVE and bit & PART:
        return _with_auxiliaries(t, i, j, lo, negated, False)
    if auxiliary & BE and bit & (ING | PART):
        return _with_auxiliaries(t, i, j, lo, negated, not bit & ING)
    if auxiliary & BE or auxiliary & MODAL:
        return None
    return _bare(t, i, lo, hi, negated)


def _name_like(t: Tokens, i: int, lo: int, hi: int) -> bool:
    bits = t.bits
    return not bits[i - 1] & (PRON | TIME) and not _headline(t, lo, hi)


def _headline(t: Tokens, lo: int, hi: int) -> bool:
    """Whether most words of the sentence are capitalised."""
    letters = [b for b in t.bits[lo:hi] if not b & (PUNCT | PREP | DET | CONJ | AUX | NUM | GENITIVE | POSS | PRON)]
    return len(letters) > 3 and sum(bool(b & CAP) for b in letters) >= 0.8 * len(letters)


def skip_adverbs(t: Tokens, j: int, lo: int) -> tuple[int, bool]:
    """The token before the adverbs and negations that end at ``j``, and whether one of them negates."""
    negated = False
    bits = t.bits
    while j >= lo and bits[j] & (ADV | NEG | TIME) and not bits[j] & (AUX | CAP):
        negated = negated or bool(bits[j] & NEG)
        j -= 1
    return j, negated


def _with_auxiliaries(t: Tokens, i: int, j: int, lo: int, negated: bool, passive: bool) -> VerbGroup:
    """Walk left over the auxiliaries of a finite group."""
    bits, modal, start, form = t.bits, "", j, "finite"
    while j >= lo and bits[j] & (AUX | ADV | NEG | TO):
        if bits[j] & TO and not bits[j] & AUX:
            form = "infinitive"
            start = j
            break
        if bits[j] & ADV and not bits[j] & (AUX | NEG):
            k, _ = skip_adverbs(t, j, lo)
            if k < lo or not bits[k] & (AUX | TO):
                break
        negated = negated or bool(bits[j] & NEG)
        if bits[j] & MODAL:
            modal = t.words[j].lower
        if bits[j] & AUX:
            start = j
        j -= 1
    if t.words[start].lower in {"being", "having"}:
        form = "participle"
    return VerbGroup(start, i, form, passive, negated, modal)


def _bare(t: Tokens, i: int, lo: int, hi: int, negated: bool) -> VerbGroup | None:
    """A verb without auxiliary: finite, a participle, or no verb at all."""
    bits = t.bits
    bit, before = bits[i], bits[i - 1] if i > lo else 0
    after = bits[i + 1] if i + 1 < hi else STOP
    ambiguous = bool(bit & (BASE | S)) and not bit & PAST
    if before & (DET | POSS | GENITIVE) and not before & (PRON | REL | WH) and t.words[i].lower != "said":
        return None
    if bit & ING and not bit & (BASE | S | PAST):
        if before & PART and i - 1 > lo and bits[i - 2] & (DET | POSS | GENITIVE) and not bits[i - 2] & (PRON | REL):
            return None  # "the forced landing"
        if before & PREP and not before & (SUB | ADV) and t.words[i - 1].lower not in _GERUND:
            return None if t.words[i - 1].lower == "of" else VerbGroup(i, i, "participle", negated=negated)
        return VerbGroup(i, i, "participle", negated=negated)
    if ambiguous:
        return _present(t, i, lo, hi, negated, before, after)
    if bit & PAST:
        if bit & PART and before & PAST and not before & (CAP | NOUN | AUX) and after & CAP:
            return None
        how = i + 2 < hi and bits[i + 2] & ING and not bits[i + 2] & CAP  # retaliated by attacking
        how = how or any(b & THAT for b in bits[i + 2 : min(hi, i + 6)])  # said by telephone that
        if bit & PART and after & PREP and t.words[i + 1].lower == "by" and not how:
            return VerbGroup(i, i, "reduced", passive=True, negated=negated)
        if bit & PART and after & QUOTE and not before & (PRON | REL | CAP | PUNCT) and _names(t, i):
            return VerbGroup(i, i, "reduced", passive=True, negated=negated)
        if bit & PART and before & (PREP | ADV) and not before & TIME and not t.words[i - 1].lower.endswith("ly"):
            attribute = before & PREP and (not before & SUB or bool(after & (PLURAL | NOUN)))
            return None if attribute else VerbGroup(i, i, "finite", negated=negated)
        return VerbGroup(i, i, "finite", negated=negated)
    if bit & PART:
        return VerbGroup(i, i, "reduced", passive=True, negated=negated)
    return None


def _names(t: Tokens, i: int) -> bool:
    """Whether a verb gives its object a name: ``a ferry called "Star"``."""
    return any("np_np" in entry.frames for entry in t.words[i].verbs)


_GERUND = frozenset(("before", "after", "while", "when", "by", "without", "in", "for", "despite", "since", "from"))


def _present(t: Tokens, i: int, lo: int, hi: int, negated: bool, before: int, after: int) -> VerbGroup | None:
    """A present form that may be a noun: ``claims``, ``report``. The word before and after decide."""
    bit = t.bits[i]
    if i == lo:
        return None
    if bit & BASE and _subjunctive(t, i, lo):
        return VerbGroup(i, i, "finite", negated=negated)
    if before & (PRON | REL | WH) or (before & ADV and not before & (PREP | CONJ)):
        return VerbGroup(i, i, "finite", negated=negated)
    if is_headline(t, lo, i, hi) and (bit & S or _several(t, lo, i)):
        return VerbGroup(i, i, "finite", negated=negated)
    opens = after & (DET | POSS | THAT | WH | QUOTE | COLON | TO | OBJ | CAP | QUANT) or after & PRON
    noun = bool(t.words[i].nouns) or bool(bit & NOUN)
    noun_before = not before & (PREP | DET | PUNCT | VERB | CONJ | SUB) or before & (CAP | PLURAL | NOUN)
    if bit & S and not bit & BASE and not before & (QUOTE | COMMA):
        if (before & PLURAL and not before & CAP) or (noun and _adjective(t, i - 1)):
            return None
        if noun_before and (opens or not noun or (before & CAP and after & ING)):
            return VerbGroup(i, i, "finite", negated=negated)
    elif before & PLURAL or before & QUANT or t.words[i - 1].lower in _COLLECTIVE:
        if opens or not noun or after & (ADV | PREP):
            return VerbGroup(i, i, "finite", negated=negated)
    elif before & QUOTE or before & COMMA:
        if t.words[i].lower in {"says", "say"} or (bit & S and not noun and _clause_ahead(t, i, hi)):
            return VerbGroup(i, i, "finite", negated=negated)
        said = bit & BASE and not noun and after & (PRON | THAT) and any("that" in e.frames for e in t.words[i].verbs)
        if said and before & COMMA and any(b & COMMA for b in t.bits[lo : i - 1]):
            return VerbGroup(i, i, "finite", negated=negated)  # "Many, including nurses, argue they"
        return (
            VerbGroup(i, i, "finite", negated=negated)
            if opens and (after & THAT or (bit & S and (not after & TO or _takes_infinitive(t, i))))
            else None
        )
    elif t.words[i].lower == "say" or (
        opens
        and (not noun or after & (THAT | PRON) or t.words[i + 1].lower in {"this", "these"})
        and noun_before
        and t.words[i].verbs
        and _plural_subject(t, i, lo)
    ):
        return VerbGroup(i, i, "finite", negated=negated)
    if before & CONJ and (bit & S) and not bit & CAP and (not noun or _has_particle(t, i)) and after & (PLURAL | PREP):
        return VerbGroup(i, i, "finite", negated=negated)
    if before & CONJ and opens and not noun:
        return VerbGroup(i, i, "finite", negated=negated)
    if t.words[i].lower == "says" or (after & STOP and before & CAP and _speech_ends(t, i, lo)):
        return VerbGroup(i, i, "finite", negated=negated)
    return None


def _clause_ahead(t: Tokens, i: int, hi: int) -> bool:
    """Whether ``that`` follows a verb of speech with a place between: ``, writes in The Nation that``."""
    if not t.bits[i + 1] & PREP or not any("that" in entry.frames for entry in t.words[i].verbs):
        return False
    return any(bit & THAT for bit in t.bits[i + 1 : min(hi, i + 9)])


def _has_particle(t: Tokens, i: int) -> bool:
    """Whether the word after a verb makes a phrase of it: ``(and) calls on``."""
    following = t.words[i + 1].lower
    return any(phrase.words[0] == following for phrase in t.words[i].phrases)


def _adjective(t: Tokens, i: int) -> bool:
    """Whether a word looks like an adjective, so that a noun follows: ``national (plans)``."""
    word = t.words[i]
    return word.lower.endswith(_ADJECTIVE) and not word.bits & (CAP | VERB | NOUN | PRON | REL) and word.role is None


def _speech_ends(t: Tokens, i: int, lo: int) -> bool:
    """Whether a name after a comma and this verb of speech close a sentence: ``..., Smith reports.``."""
    k = i - 1
    while k > lo and t.bits[k] & CAP:
        k -= 1
    return bool(t.bits[k] & (COMMA | QUOTE)) and any("quote" in entry.frames for entry in t.words[i].verbs)


def _plural_subject(t: Tokens, i: int, lo: int) -> bool:
    """Whether a plural opens the clause before a present form: ``voters in each state (want)``."""
    for k in range(i - 1, lo - 1, -1):
        bit = t.bits[k]
        if bit & (PUNCT | AUX | CONJ | SUB | THAT | TO) or (bit & (PAST | S) and not bit & (CAP | PLURAL)):
            return False
        if bit & (PLURAL | QUANT) and (not bit & CAP or k == lo) and k + 1 < i and t.bits[k + 1] & PREP:
            return True
    return False


def _subjunctive(t: Tokens, i: int, lo: int) -> bool:
    """Whether a bare form is the verb of a demand: ``demanded that Washington lift``."""
    k = i - 1
    while k > lo + 1 and i - k < 7 and (t.bits[k] & CAP or not t.bits[k] & (PUNCT | VERB | AUX | THAT)):
        k -= 1
    if not t.bits[k] & THAT or k == i - 1 or k <= lo:
        return False
    return any(entry.relation in DEMANDING for entry in t.words[k - 1].verbs)


DEMANDING = frozenset(("demands", "urges", "requests", "proposes", "orders"))


def _several(t: Tokens, lo: int, i: int) -> bool:
    return any(bit & (COMMA | CONJ) for bit in t.bits[lo:i])


def is_headline(t: Tokens, lo: int, i: int, hi: int) -> bool:
    """Whether token ``i`` follows nothing but names in a line without a full stop: ``US, China reach deal``."""
    last = hi - 2 if t.bits[hi - 1] & QUOTE else hi - 1
    if t.bits[last] & STOP or i == lo:
        return False
    return all(bit & (CAP | COMMA | CONJ | GENITIVE) and not bit & (PRON | WH | SUB | PREP) for bit in t.bits[lo:i])


def _takes_infinitive(t: Tokens, i: int) -> bool:
    word = t.words[i]
    return any("to" in e.frames for e in word.verbs) or any(p.words[0] == "to" for p in word.phrases)


_ADJECTIVE = tuple(word_class("ending of an adjective"))
_COLLECTIVE = word_class("plural without s")
