"""Where a content ends, and whether a stretch of tokens is a clause.

All functions take the document's :class:`Tokens` and token numbers; ``lo`` and ``hi`` bound the sentence.
"""

from ingest.extractors.rules.english.lexicon import (
    ADV,
    AUX,
    BASE,
    BE,
    CAP,
    CLOSE,
    COLON,
    COMMA,
    CONJ,
    DASH,
    DET,
    DO,
    HAVE,
    ING,
    MODAL,
    NEG,
    NOUN,
    OBJ,
    OPEN,
    PAST,
    PLURAL,
    POSS,
    PREP,
    PRON,
    QUOTE,
    REL,
    STOP,
    SUB,
    THAT,
    TIME,
    TO,
    WH,
    S,
    Word,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.phrases import noun_phrase
from ingest.extractors.rules.english.tokens import Tokens
from ingest.extractors.rules.english.verbgroups import verb_group

# The longest apposition after a subject, in tokens.
APPOSITION = 12
# The longest aside in brackets, in tokens.
BRACKET = 40


def clause_end(t: Tokens, start: int, hi: int, *, reported: bool) -> int:
    """Where a content that begins at ``start`` ends (exclusive): at the sentence's end, or before what follows it.

    ``reported``: a clause, which goes on over commas; else a noun phrase with its modifiers.
    """
    bits, words, i = t.bits, t.words, start
    named = bool(bits[start] & (CAP | OBJ | PRON)) if start < hi else False
    reported = reported or (start < hi and bool(bits[start] & (ING | WH)) and not bits[start] & (NOUN | DET | PRON))
    infinitive = start < hi and bool(bits[start] & TO or (bits[start] & BASE and bits[start - 1] & TO))
    while i < hi:
        bit = bits[i]
        if bit & CLOSE:
            break
        if bit & OPEN and i > start and (past := _bracket_end(t, i, hi)) > i:
            i = past
            continue
        if (
            not reported
            and i > start
            and (
                (bit & TIME and not bits[i - 1] & (DET | POSS | PREP))
                or _adjunct(t, i, named)
                or (bit & DET and i + 1 < hi and bits[i + 1] & TIME)
            )
        ):
            break
        if i > start and bit & PREP and t.quote_of[i] < 0 and _occasion(t, i, hi):
            break
        if bit & COMMA and i > start and _leaves(t, i + 1, hi, reported, infinitive):
            break
        if bit & DASH and not reported:
            break
        if not reported and bits[i] & PREP and named and words[i].lower in {"for", "as", "over"}:
            named = False
        if bit & COLON and words[i].lower in ";)":
            break
        if not reported and i > start and bit & SUB and not bit & (PREP | REL) and words[i].lower in _ADVERBIAL:
            break
        if i > start and bit & SUB and i + 1 < hi and words[i + 1].lower in _ASKED:
            break
        if words[i].lower == "according" and i + 1 < hi and bits[i + 1] & TO:
            break
        if reported and i > start + 1 and words[i].lower in _BEFORE_OR_AFTER and _speech_in_progress(t, i + 1, hi):
            break
        if bit & CONJ and i > start and i + 1 < hi and t.quote_of[i] < 0 and _joins(t, start, i, hi, reported):
            break
        i += 1
    while i > start and bits[i - 1] & (STOP | COMMA | COLON | DASH | CONJ) and not bits[i - 1] & DET:
        i -= 1
    return i


def _occasion(t: Tokens, i: int, hi: int) -> bool:
    """Whether the preposition at ``i`` opens what the words were said in: ``praised the plan in a statement``."""
    if t.words[i].lower not in {"in", "during", "at"} or i + 1 >= hi or not t.bits[i + 1] & DET:
        return False
    at = next((k for k in range(i + 2, min(hi, i + 5)) if t.words[k].lower in _OCCASIONS), 0)
    return bool(at) and not any(bit & THAT for bit in t.bits[at : min(hi, at + 9)])


_OCCASIONS = word_class("occasion of speech")


def _joins(t: Tokens, start: int, i: int, hi: int, reported: bool) -> bool:
    """Whether the conjunction at ``i`` joins on something outside the content that begins at ``start``."""
    if reported and (t.bits[start] & TO or (t.bits[start] & BASE and t.bits[start - 1] & TO)):
        joins = second_verb(t, i + 1, hi) and not t.bits[i + 1] & AUX and not _has_clause(t, start, i)
        if joins or (joins_clause(t, i + 1, hi) and t.bits[i - 1] & COMMA):
            return True  # "offered to mediate and invited"
    if reported:
        return _speech_follows(t, i + 1, hi) and not _own_verb(t, start, i)
    return _new_clause(t, i + 1, hi)


def _has_clause(t: Tokens, start: int, end: int) -> bool:
    """Whether an infinitive has a clause in it: ``to free the man who was on board``."""
    return any(
        t.bits[k] & (AUX | REL) or (t.bits[k] & PAST and _finite_at(t, k, start, end)) for k in range(start + 1, end)
    )


def _speech_follows(t: Tokens, i: int, hi: int) -> bool:
    """Whether a verb of speech goes on for the speaker: ``said it was over and called on them to leave``."""
    first = i
    while i < hi and t.bits[i] & (ADV | AUX | NEG) and not t.bits[i] & (BE | MODAL):
        i += 1
    refused = i > first and bool(t.bits[i - 1] & NEG)
    if i >= hi or not t.bits[i] & (BASE if refused else PAST | S | ING) or t.bits[i] & CAP:
        return False
    word = t.words[i]
    after = t.words[i + 1].lower if i + 1 < hi else ""
    speech = any("quote" in entry.frames or entry.relation in SPEAKER_S for entry in word.verbs)
    if t.bits[i] & ING:
        return speech and i + 1 < hi and bool(t.bits[i + 1] & (THAT | DET | PRON | POSS | QUOTE | CAP | OBJ))
    speech = speech or any(entry.relation in SPEECH for entry in word.verbs)
    return speech or any(phrase.words[0] == after and phrase.entry.relation in SPEECH for phrase in word.phrases)


def _own_verb(t: Tokens, start: int, i: int) -> bool:
    """Whether the clause's own verb is one of speech, so that a second one belongs to it."""
    return any(t.bits[k] & PAST and any("quote" in e.frames for e in t.words[k].verbs) for k in range(start, i))


_ASKED = frozenset(("asked", "pressed", "questioned"))
_BEFORE_OR_AFTER = frozenset(("before", "after", "while"))


def _speech_in_progress(t: Tokens, i: int, hi: int) -> bool:
    """Whether the speaker's next act of speech follows: ``before adding that``."""
    return i < hi and bool(t.bits[i] & ING) and any("that" in entry.frames for entry in t.words[i].verbs)


# Acts that a speaker goes on with rather than somebody spoken of: ``said it was over and accused Iran of``.
SPEAKER_S = frozenset(
    ("accuses", "blames", "urges", "thanks", "praises", "condemns", "criticizes", "denies", "orders", "rejects")
)
SPEECH = frozenset(("urges", "demands", "requests", "rejects", "criticizes", "condemns", "warns"))


def _new_clause(t: Tokens, i: int, hi: int) -> bool:
    return second_verb(t, i, hi) or bool(t.bits[i] & (THAT | SUB) and not t.bits[i] & DET) or joins_clause(t, i, hi)


def _adjunct(t: Tokens, i: int, named: bool) -> bool:
    """Whether a preposition after an object opens an adverbial of the verb, not a part of the object."""
    if not t.bits[i] & PREP or t.bits[i] & (TO if not named else 0):
        return False
    return t.words[i].lower not in (_NAME_PARTS if named else _NOUN_PARTS)


_NAME_PARTS = frozenset(("of", "for", "as", "over"))
_NOUN_PARTS = word_class("preposition inside an object")
_SUBJECTS = frozenset(("i", "he", "she", "we", "they"))
_ADVERBIAL = word_class("opens an adverbial clause")


def second_verb(t: Tokens, i: int, hi: int) -> bool:
    """Whether a finite verb without a subject of its own stands at token ``i``: ``and urged him``."""
    while i < hi and t.bits[i] & ADV:
        i += 1
    if i + 2 < hi and t.bits[i] & PREP and t.bits[i + 1] & TIME:
        i += 2  # "and in September lifted"
    bit = t.bits[i] if i < hi else 0
    return (
        bool(bit & (PAST | S | AUX))
        and not bit & (CAP | PLURAL)
        and bool(t.words[i].verbs or t.words[i].phrases or bit & (AUX | PAST))
    )


def _leaves(t: Tokens, i: int, hi: int, reported: bool, infinitive: bool) -> bool:
    """Whether what follows a comma at ``i - 1`` stands outside the content."""
    bits, words = t.bits, t.words
    while i < hi and bits[i] & (ADV | TIME | QUOTE) and not bits[i] & (SUB | CONJ) and words[i].lower != "even":
        i += 1
    if i >= hi:
        return False
    bit, word = bits[i], words[i]
    if bit & ING and (word.verbs or word.phrases) and not bit & BASE:
        return True
    if word.lower in {"according", "per"}:
        return True
    if infinitive and bit & REL:
        return True
    if bit & CONJ and (not reported or infinitive or word.lower == "but") and joins_clause(t, i + 1, hi):
        return True
    if bit & CONJ:
        return second_verb(t, i + 1, hi) and (not reported or (_acts(words[i + 1]) and not bits[i + 1] & AUX))
    if word.lower == "even" and i + 1 < hi and words[i + 1].lower in {"as", "though"}:
        return True
    if not reported:
        return (
            _tag(t, i, hi)
            or _comment(t, i, hi)
            or bool(bit & (REL | WH | SUB | ING | PREP | PRON | THAT))
            or bool(bit & (PAST | S) and word.verbs)
        )
    if word.lower in {"though", "although"} and _tells(t, i + 1, hi):
        return True
    return word.lower in {"while", "whereas"} or _tag(t, i, hi) or _comment(t, i, hi)


def _acts(word: Word) -> bool:
    """Whether a verb is one of an act that may be told of: speech, or with its noun a deed."""
    return bool(word.verbs or word.combinations)


def _tells(t: Tokens, i: int, hi: int) -> bool:
    """Whether somebody else's act of speech follows: ``, though Trump himself told reporters``."""
    phrase = noun_phrase(t, i, hi)
    k = phrase[1] if phrase else hi
    while k < hi and t.words[k].lower in {"himself", "herself", "itself", "later", "also"}:
        k += 1
    spoken = k < hi and bool(t.bits[k] & PAST) and not t.bits[k] & CAP
    return spoken and any("quote" in entry.frames or "addr" in entry.frames for entry in t.words[k].verbs)


def _comment(t: Tokens, i: int, hi: int) -> bool:
    """Whether the narrator says what others make of it: ``, an allegation that the embassy denied``."""
    if i + 2 >= hi or not t.bits[i] & DET or not any(not entry.deed for entry in t.words[i + 1].nouns):
        return False
    return bool(t.bits[i + 2] & (REL | THAT | DET | PRON | CAP))


def joins_clause(t: Tokens, i: int, hi: int) -> bool:
    """Whether a clause of its own follows: ``, and the party left``."""
    subject = noun_phrase(t, i, hi)
    k = subject[1] if subject else hi
    if k < hi and t.bits[k] & COMMA:  # "and the head of the union, Li Wei, said"
        k = next((j + 1 for j in range(k + 2, min(hi, k + APPOSITION)) if t.bits[j] & COMMA), hi)
    while k < hi and t.bits[k] & ADV:
        k += 1
    return k < hi and bool(t.bits[k] & (AUX | PAST | S)) and not t.bits[k] & (CAP | PLURAL)


def _tag(t: Tokens, i: int, hi: int) -> bool:
    """Whether a speaker and a verb of saying end the sentence from here: ``, the minister said``."""
    phrase = noun_phrase(t, i, hi)
    if not phrase:
        return False
    k = phrase[1]
    if k + 1 < hi and t.bits[k] & PREP and (more := noun_phrase(t, k + 1, hi)):
        k = more[1]  # "its ambassador to the United Nations"
    return (
        k < hi
        and "quote" in {f for e in t.words[k].verbs for f in e.frames}
        and bool(t.bits[k] & (PAST | S))
        and (k + 1 >= hi or bool(t.bits[k + 1] & (STOP | TIME | COMMA | PREP | THAT | PRON)))
    )


def has_finite_verb(t: Tokens, start: int, hi: int) -> bool:
    """Whether a finite verb stands between ``start`` and the next stop that is not a relative clause's."""
    bits = t.bits
    relative = own = closed = False
    aside = start
    for i in range(start, hi):
        bit = bits[i]
        if i < aside or (bit & OPEN and (aside := _bracket_end(t, i, hi)) > i):
            continue
        if bit & (STOP | COLON | CLOSE) or (bit & COMMA and relative and not own):
            return False
        if bit & COMMA and relative:
            relative, closed = False, True
        elif bit & COMMA and (
            _another_clause(t, i + 1, hi) or (not own and (_goes_on(t, start, i) or _participle_closes(t, i + 1, hi)))
        ):
            return False
        if bit & SUB and i > start and not bit & (PREP | REL) and t.words[i].lower in _ADVERBIAL:
            return False
        if (bit & REL or (bit & WH and not bit & DET)) and i > start:
            relative, own = True, False
        if not _finite_at(t, i, start, hi) or (relative and bits[i - 1] & (AUX | ADV)):
            continue
        if bits[i - 1] & CONJ and not (own or relative or closed) and (bit & AUX or _takes_object(t, i, hi)):
            return False  # "denied the charges and accused her"
        joined = (relative or closed) and bits[i - 1] & (PRON | CONJ)
        if not joined and (own or not relative):
            return True
        own = True  # the relative clause's verb; the next one is the main clause's, unless it is joined to it
    return False


def _bracket_end(t: Tokens, i: int, hi: int) -> int:
    """The token after the bracket that closes the one at ``i``, or ``i``."""
    return next((k + 1 for k in range(i + 1, min(hi, i + BRACKET)) if t.bits[k] & CLOSE), i)


def _takes_object(t: Tokens, i: int, hi: int) -> bool:
    return i + 1 < hi and bool(t.bits[i + 1] & (DET | PRON | OBJ | POSS | CAP | THAT | PREP))


def _goes_on(t: Tokens, start: int, i: int) -> bool:
    """Whether a verb stands after the only comma, ``i``: ``(which does not know) the mission, barred its``."""
    following = t.bits[i + 1] if i + 1 < len(t.bits) else 0
    first = not any(bit & COMMA for bit in t.bits[start:i])
    return first and bool(following & (PAST | AUX)) and not following & (CAP | ING)


def _participle_closes(t: Tokens, i: int, hi: int) -> bool:
    """Whether a participle after a name goes on to the end: ``(told) Joy FM, adding that he had``."""
    speaks = bool(t.bits[i] & ING) and any("that" in entry.frames for entry in t.words[i].verbs) if i < hi else False
    return speaks and not any(bit & COMMA for bit in t.bits[i : min(hi, i + 12)])


def _another_clause(t: Tokens, i: int, hi: int) -> bool:
    """Whether a clause with a subject of its own follows a comma: ``(the pain), Emanuel said``."""
    subject = noun_phrase(t, i, hi)
    if not subject or t.bits[subject[0]] & REL or any(bit & CONJ for bit in t.bits[slice(*subject)]):
        return False
    k = subject[1]
    while k < hi and t.bits[k] & ADV and not t.bits[k] & AUX:
        k += 1
    if k + 1 < hi and t.bits[k] & MODAL and t.bits[subject[0]] & CAP:
        return True
    if k < hi and t.bits[k] & BASE and not (t.bits[k] & PAST and any("quote" in e.frames for e in t.words[k].verbs)):
        return False
    return k < hi and bool(t.bits[k] & (PAST | S)) and not t.bits[k] & (CAP | PLURAL)


def _finite_at(t: Tokens, i: int, start: int, hi: int) -> bool:
    bit = t.bits[i]
    if bit & (MODAL | HAVE | BE | DO):
        return True
    if not bit & ~PLURAL and i > start and t.words[i - 1].lower in _SUBJECTS:
        return True  # a verb that no lexicon knows: "they trivialise it"
    if not bit & (PAST | S | BASE) or bit & CAP or i <= start:
        return False
    group = verb_group(t, i, start, hi)
    return group is not None and group.form == "finite"
