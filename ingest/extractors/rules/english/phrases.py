"""Noun phrases: the subject before a verb, the object after it.

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
    GENITIVE,
    HAVE,
    ING,
    MODAL,
    NEG,
    NOUN,
    NUM,
    OBJ,
    OPEN,
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
)  # fmt: skip
from ingest.extractors.rules.english.tokens import Tokens
from ingest.extractors.rules.english.verbgroups import (
    DEMANDING,
    Range,
    VerbGroup,
    is_headline,
    skip_adverbs,
    verb_group,
)

# Acts on somebody for what he did: ``arrested him for spying``.
JUDGING = frozenset(
    ("accuses", "arrests", "blames", "condemns", "congratulates", "convicts", "criticizes", "expels", "praises",
     "sanctions", "thanks")
)  # fmt: skip
# How many descriptions may stand between a name and its verb.
DESCRIPTIONS = 4


def subject_before(t: Tokens, j: int, lo: int) -> Range | None:
    """The noun phrase that ends before token ``j``: past adverbs, dates and one apposition or relative clause."""
    bits = t.bits
    k = j - 1
    while k >= lo and bits[k] & (ADV | TIME | NEG) and not bits[k] & (PRON | QUANT | DET):
        k -= 1
    while k > lo and bits[k] & PREP and bits[k + 1] & TIME:
        k -= 1
    if k < lo:
        return None
    if (
        bits[k] & PART
        and k > lo + 1
        and not bits[k] & (CAP | NOUN)
        and _nounish(bits[k - 1])
        and t.words[k].lower != "said"
    ):
        k -= 1
    if bits[k] & (COMMA | DASH | CLOSE):
        return _before_parenthesis(t, k, lo)
    if bits[k] & QUOTE and bits[k - 1] & COMMA and (opened := _opening(t, k)) > lo + 1:
        return _before_parenthesis(t, k - 1, lo, opened - 1)
    if bits[k] & CONJ:
        return of_first_verb(t, k, lo)
    if (bits[k] & (REL | WH) and not bits[k] & THAT) or (bits[k] & THAT and k > lo and _nounish(bits[k - 1])):
        return (k, k + 1)
    if bits[k] & PUNCT:
        return None
    found = phrase_back(t, k + 1, lo)
    if found and found[0] - 2 > lo and bits[found[0] - 1] & PREP and bits[found[0] - 2] & (REL | PRON):
        return (found[0] - 2, found[0] - 1)
    return found


def _nounish(bit: int) -> bool:
    return not bit & (PUNCT | PREP | CONJ | SUB | AUX | DET | NEG | THAT | TO) and (
        not bit & VERB or bool(bit & (CAP | PLURAL | NUM))
    )


def phrase_back(t: Tokens, end: int, lo: int) -> Range | None:
    """The noun phrase that ends before token ``end``, walking left over prepositional and relative parts."""
    bits, i = t.bits, end - 1
    if t.words[i].lower in _REFLEXIVE and i > lo and _nounish(bits[i - 1]):
        return phrase_back(t, i, lo)
    if bits[i] & PRON and not bits[i] & QUANT:
        if i > lo + 1 and bits[i - 1] & CONJ and bits[i - 2] & CAP and (first := phrase_back(t, i - 1, lo)):
            return (first[0], end)
        return (i, end)
    while i >= lo:
        bit = bits[i]
        if bit & CLOSE and i - 2 > lo and bits[i - 2] & OPEN:
            i -= 3
            continue
        if bit & (STOP | COLON | DASH | QUOTE | OPEN | CLOSE):
            break
        if bit & COMMA:
            names = i > lo and bits[i - 1] & CAP and bits[i + 1] & CAP
            if not names or not (_has_conjunction(t, i + 1, end) or is_headline(t, lo, end, len(t))):
                break
        elif bit & (SUB | THAT | WH | REL) and not bit & PREP:
            break
        elif bit & AUX or (bit & VERB and not bit & (CAP | PREP) and _acts_as_verb(t, i, lo, end)):
            relative = _relative_before(t, i, lo)
            if relative is None:
                break
            i = relative
        elif bit & CONJ:
            names = i > lo and bits[i - 1] & CAP and bits[i + 1] & CAP and not bits[i - 1] & TIME
            if i > lo and bits[i - 1] & PRON and not bits[i - 1] & QUANT and i < end - 1:
                return (i - 1, end)
            if not names and (i == lo or i == end - 1 or _verb_between(t, lo, i)):
                break
        elif t.words[i].lower == "by" and (made := _made_by(t, i, lo)):
            i = made
            continue
        elif bit & (DET | POSS) and i < end - 1 and i > lo and _reduced_before(t, i):
            return (i, end)
        elif (bit & PREP and (i == lo or not (_may_have_complement(bits[i - 1]) or bits[i - 1] & PREP))) or (
            bit & (PRON | OBJ) and not bit & (QUANT | DET | POSS | REL) and i < end - 1
        ):
            break
        i -= 1
    start = _after_time(t, i + 1, end)
    while start < end - 1 and (
        (bits[start] & (ADV | COMMA | CONJ | NEG | PREP | SUB) and not bits[start] & (QUANT | CAP | DET))
        or (bits[start] & TIME and not bits[start + 1] & GENITIVE)
    ):
        start += 1
    if (
        start < end
        and bits[start] & (ADV | CONJ | PREP | SUB)
        and bits[start] & CAP
        and not bits[start] & QUANT
        and start == lo
        and end - start > 1
    ):
        start += 1
    return (start, end) if start < end else None


def _made_by(t: Tokens, i: int, lo: int) -> int:
    """The end of what was ``made last week by`` somebody, ``by`` being token ``i``; 0 where nothing was."""
    k = i - 1
    while k > lo and t.bits[k] & (TIME | ADV) and not t.bits[k] & VERB:
        k -= 1
    described = k > lo and t.bits[k] & PART and not t.bits[k] & CAP and _nounish(t.bits[k - 1])
    return k - 1 if described else 0


def _reduced_before(t: Tokens, i: int) -> bool:
    """Whether a determiner begins a relative clause without pronoun: ``a charge (the embassy denied)``."""
    before = t.bits[i - 1]
    other = (
        PUNCT | PREP | CONJ | SUB | AUX | DET | NEG | THAT | TO | VERB | CAP | QUANT | ADV | TIME | GENITIVE | WH | PRON
    )
    noun = not before & other or bool(before & NOUN and not before & other & ~VERB)
    return noun and t.words[i].lower in _OPENS_PHRASE


def _after_time(t: Tokens, start: int, end: int) -> int:
    """Past a date or a span of time in front: ``A day earlier Trump``, ``(On December) 14 the assembly``."""
    for k in range(end - 2, start - 1, -1):
        if t.words[k].lower in {"earlier", "later", "ago"}:
            return k + 1
        if (
            t.bits[k] & SUB
            and t.bits[k] & PREP
            and k > start
            and (t.bits[k - 1] & TIME or t.words[k - 1].lower in _SPANS)
        ):
            return k + 1
    if t.bits[start] & NUM and start + 1 < end and t.bits[start + 1] & (DET | TIME):
        return start + 1 + bool(t.bits[start + 1] & TIME)
    return start


def _has_conjunction(t: Tokens, start: int, end: int) -> bool:
    return any(t.bits[i] & CONJ for i in range(start, end))


def _may_have_complement(bit: int) -> bool:
    return not bit & (PUNCT | CONJ | SUB | PREP | AUX | ADV) or bool(bit & CLOSE)


def _acts_as_verb(t: Tokens, i: int, lo: int, end: int) -> bool:
    """Whether a verb form inside a noun phrase is a verb there: not ``the ruling party``, ``a failed bid``."""
    bits = t.bits
    before = bits[i - 1] if i > lo else 0
    following = bits[i + 1] if i + 1 < len(bits) else 0
    if before & TO and bits[i] & BASE and following & (PREP | DET | POSS | OBJ):
        return True  # "to protest against"
    if before & (DET | POSS | GENITIVE | PREP) and not before & REL:
        return False
    if i == end - 1 and t.words[i].role:
        return False  # "a human rights group (said)"
    if bits[i] & (BASE | S) and not bits[i] & (PAST | ING):
        if bits[i] & S and not bits[i] & (BASE | NOUN | PLURAL) and not t.words[i].nouns and not t.words[i].role:
            return _nounish(before)
        if before & CAP and bits[i] & NOUN:
            return False  # the Sanders campaign
        return bool(before & (PRON | REL | PLURAL | TO | MODAL | DO)) and not bits[i] & PLURAL
    if bits[i] & ING:
        opens = i + 1 < end and bits[i + 1] & (CAP | DET | PRON | THAT)
        return bool(opens) and any("that" in entry.frames for entry in t.words[i].verbs)
    if bits[i] & PAST and any("that" in entry.frames for entry in t.words[i].verbs):
        return True
    following = bits[i + 1] if i + 1 < end else 0
    if bits[i] & PAST and following and before & CAP and not before & TIME:
        return True
    if bits[i] & PART and not following & _FOLLOWERS:
        return bool(i + 1 < end and bits[i] & PAST and not bits[i] & PART) or i + 1 >= end
    return True


def _relative_before(t: Tokens, i: int, lo: int) -> int | None:
    for k in range(i - 1, max(lo, i - 7) - 1, -1):
        bit = t.bits[k]
        if bit & REL and k > lo and _nounish(t.bits[k - 1]):
            return k
        if bit & PUNCT:
            return None
    return None


def _verb_between(t: Tokens, lo: int, i: int) -> bool:
    """Whether a finite verb stands between the last punctuation and token ``i``."""
    for k in range(i - 1, lo - 1, -1):
        bit = t.bits[k]
        if bit & PUNCT or ((bit & (THAT | SUB) and not bit & (DET | PREP)) or t.words[k].lower == "that"):
            return False
        if bit & AUX or (bit & PAST and not bit & CAP and _acts_as_verb(t, k, lo, i)):
            return True
    return False


def _opening(t: Tokens, k: int) -> int:
    """The mark that opens the quotation which the one at ``k`` closes, or -1."""
    quote = t.quotes[t.quote_of[k]] if t.quote_of[k] >= 0 else None
    return quote.open if quote and quote.close == k else -1


def _before_parenthesis(t: Tokens, k: int, lo: int, last: int | None = None) -> Range | None:
    """The noun phrase before the comma, dash or bracket that pairs with the one at ``k``.

    The parenthesis ends at token ``last`` where a quotation closes it: ``a man known as "Bear," said``.
    """
    bits = t.bits
    kind = COMMA if bits[k] & COMMA else DASH if bits[k] & DASH else OPEN
    for c in range(k - 1 if last is None else last, lo, -1):
        if bits[c] & (STOP | COLON) or (bits[c] & QUOTE and kind == COMMA):
            return None
        if bits[c] & kind and c < k - 1:
            first = bits[c + 1]
            if not (first & (DET | CAP | NUM | REL | WH | ING | PART | PREP | SUB | POSS | QUANT) or _nounish(first)):
                return None
            found = phrase_back(t, c, lo)
            if found is None:
                return None
            return _described(t, found[0], lo) or _outer_apposition(t, found, lo)
    return None


def _described(t: Tokens, start: int, lo: int) -> Range | None:
    """The person whom age, trade and place before token ``start`` describe: ``Li Wei, 22, of Ayr, Fife, (said)``."""
    bits = t.bits
    for _ in range(DESCRIPTIONS):
        comma = start - 1 - (t.words[start - 1].lower in {"of", "from"})
        outer = phrase_back(t, comma, lo) if comma > lo and bits[comma] & COMMA else None
        if outer is None:
            return None
        start = outer[0]
        if outer[1] - start > 1 and all(bit & CAP for bit in bits[slice(*outer)]):
            return outer if start == lo or not bits[start - 1] & (PREP | TO | VERB) else None
    return None


def _outer_apposition(t: Tokens, found: Range, lo: int) -> Range:
    """The noun phrase itself, or the one it is an apposition of: ``Sutton, chairman of Broward, Florida, said``."""
    start = found[0]
    bits = t.bits
    if start - 2 > lo and bits[start - 1] & COMMA and not bits[found[0]] & DET:
        outer = phrase_back(t, start - 1, lo)
        if (
            outer
            and bits[outer[1] - 1] & CAP
            and bits[outer[0]] & (CAP | DET)
            and (outer[0] == lo or not bits[outer[0] - 1] & (PREP | TO | VERB))
            and not bits[lo] & PREP
            and found[1] - start <= 2
        ):
            return outer
    return found


def relative_between(t: Tokens, lo: int, k: int) -> bool:
    """Whether a relative clause about a subject ends at the comma ``k``: ``Poland, which borders Ukraine, (said)``."""
    opened = next((i for i in range(k - 1, lo, -1) if t.bits[i] & COMMA), None)
    if opened is None or not t.bits[opened + 1] & (REL | WH) or t.bits[lo] & SUB:
        return False
    return not any(bit & (AUX | QUOTE) or (bit & PAST and not bit & CAP) for bit in t.bits[lo:opened])


def reduced(t: Tokens, i: int, lo: int, hi: int) -> bool:
    """Whether the past form at ``i`` stands after its clause's own verb and describes the noun before it.

    ``gave back files seized in a raid``, ``opened its borders to people ordered out of``.
    """
    if not t.bits[i] & PART:
        return False
    for k in range(i - 1, lo, -1):
        bit = t.bits[k]
        if bit & (PUNCT | CONJ | SUB | THAT | REL | WH):
            return False
        takes = t.bits[k + 1] & (DET | POSS | CAP | OBJ | NUM | QUANT | PREP)
        if bit & (PAST | S | BASE) and not bit & (CAP | PLURAL) and takes:
            own = verb_group(t, k, lo, hi)
            if own and own.form in {"finite", "infinitive"}:
                return not any("that" in entry.frames for entry in t.words[k].verbs)
    return False


def of_first_verb(t: Tokens, k: int, lo: int) -> Range | None:
    """The subject that a later verb shares with the first: ``Trump came and said``."""
    bits = t.bits
    for i in range(k - 1, lo, -1):
        bit = bits[i]
        if bit & (STOP | COLON | QUOTE):
            return None
        joined = i == k - 1 and bit & PAST and bits[k] & CONJ
        if bit & AUX or (bit & (PAST | S) and not bit & CAP and (joined or _acts_as_verb(t, i, lo, k + 1))):
            group = verb_group(t, i, lo, k + 1)
            if group and group.form == "finite" and not (group.start == i and reduced(t, i, lo, k + 1)):
                first, _ = skip_adverbs(t, group.start - 1, lo)
                return subject_before(t, first + 1, lo)
    return None


def judged_for(t: Tokens, i: int, lo: int) -> Range | None:
    """Who did what the gerund at ``i`` tells of: ``sentenced her for ordering``; ``None`` where nobody is judged."""
    if i - 2 < lo or t.words[i - 1].lower != "for" or not t.bits[i] & ING:
        return None
    for k in range(i - 2, max(lo, i - 16), -1):
        if t.bits[k] & (PUNCT | AUX | CONJ | SUB):
            return None
        if t.bits[k] & (PAST | S | ING) and any(e.relation in JUDGING for e in (*t.words[k].deeds, *t.words[k].verbs)):
            return noun_phrase(t, k + 1, i - 1)
    return None


def main_subject(t: Tokens, i: int, lo: int, hi: int) -> Range | None:
    """The subject of the finite verb before token ``i`` (or, for a sentence-initial participle, after it)."""
    bits = t.bits
    if judged := judged_for(t, i, lo):
        return judged
    for k in range(i - 1, lo, -1):
        if bits[k] & QUOTE:
            continue
        verbal = bits[k] & (AUX | PAST | S) or (bits[k] & BASE and not bits[k] & NOUN)
        if verbal and not bits[k] & (CAP | TO) and not bits[k - 1] & (TO | PREP):
            group = verb_group(t, k, lo, hi) if bits[k] & VERB else VerbGroup(k, k, "finite")
            if group and group.form == "finite":
                subject = subject_before(t, group.start, lo)
                if subject is None and k + 1 < i:
                    subject = noun_phrase(t, k + 1, i)
                if subject and not bits[subject[1] - 1] & (DET | ING | POSS):
                    return subject
    if i > lo + 1 and bits[i - 1] & COMMA and not bits[lo] & (PREP | SUB | CONJ | TIME | ING):
        return noun_phrase(t, lo, i)
    for k in range(i + 1, hi - 1):
        if bits[k] & COMMA:
            return noun_phrase(t, k + 1, hi)
    return None


def noun_phrase(t: Tokens, start: int, hi: int) -> Range | None:
    """The noun phrase that begins at ``start``, with its ``of``, ``in``, ``from``, ``for`` phrases and conjuncts."""
    bits, i = t.bits, start
    while i < hi and bits[i] & ADV and not bits[i] & (QUANT | DET):
        i += 1
    first = i
    if i < hi and bits[i] & (PRON | OBJ | REL) and not bits[i] & (DET | QUANT | POSS):
        if t.words[i].lower != "that" or i + 1 >= hi or not _nounish(bits[i + 1]):
            return (i, i + 1)
        i += 1
    while i < hi:
        bit = bits[i]
        if bit & COMMA and _list_goes_on(t, i, hi):
            i += 1
            continue
        if bit & (PUNCT | AUX | SUB | TIME) and not bit & PREP:
            break
        if bit & PREP and (
            t.words[i].lower not in _INSIDE
            or i == first
            or (t.words[i].lower != "of" and not _place_follows(t, i + 1, hi))
        ):
            break
        if bit & PREP and (_gerund_follows(t, i + 1, hi) or (t.words[i].lower != "of" and bits[i - 1] & CAP)):
            break
        if bit & PAST and not bit & CAP and i > first and bits[i - 1] & (CAP | PLURAL):
            break
        if i > first and _begins_another(t, i, hi):
            break
        if bit & BASE and i > first and not bit & CAP and bits[i - 1] & (CAP | PLURAL) and _demanded(t, first):
            break  # "demanded that Bogota hand over"
        if bit & (THAT | WH | TO | REL | NEG) and i > first:
            break
        if bit & PART and i > first and i + 1 < hi and t.words[i + 1].lower == "by":
            break  # "a memo (seen by)"
        if bit & (PRON | OBJ) and not bit & (QUANT | DET | POSS) and i > first:
            break
        if bit & CONJ and (i + 1 >= hi or _clause_follows(t, i + 1, hi)):
            break
        if i > first and t.words[i].lower in POSTPOSED and i + 1 < hi and bits[i + 1] & PREP:
            break
        if bit & VERB and not bit & CAP and i > first and not bits[i - 1] & (DET | POSS | GENITIVE | PREP):
            following = bits[i + 1] if i + 1 < hi else 0
            takes = bit & (PAST | ING) and following & (DET | PRON | OBJ | POSS | PREP | THAT | TO | TIME)
            acts = DET | OBJ | POSS | ING | TO | (CAP if t.words[i].deeds or t.words[i].verbs else 0)
            takes = takes or (bit & BASE and bits[i - 1] & PLURAL and following & acts)
            takes = takes or (bit & ING and following & CAP and bool(t.words[i].verbs or t.words[i].deeds))
            someone = bool(bits[i - 1] & PLURAL or t.words[i - 1].role)
            takes = takes or (someone and bit & PAST and following & STOP)
            takes = takes or (bit & PAST and following & STOP and any("quote" in e.frames for e in t.words[i].verbs))
            if takes or (bit & S and not (t.words[i].nouns or t.words[i].role)):
                break
        i += 1
    while i > first and bits[i - 1] & (PREP | CONJ | DET | ADV):
        i -= 1
    return (first, i) if i > first else None


def _begins_another(t: Tokens, i: int, hi: int) -> bool:
    """Whether a phrase of its own begins after a name: ``told Reuters (the deal)``, ``(attacked) Israel ten days``."""
    bit, before = t.bits[i], t.bits[i - 1]
    article = bit & DET and not bit & CAP and before & CAP and not before & (DET | PREP | CONJ)
    return bool(article) or bool(bit & (NUM | QUANT) and i + 1 < hi and t.words[i + 1].lower in _SPANS)


def _demanded(t: Tokens, start: int) -> bool:
    """Whether the noun phrase at ``start`` is to do what a demand says: ``demanded that (Bogota hand over files)``."""
    if start < 2 or not t.bits[start - 1] & THAT:
        return False
    return any(entry.relation in DEMANDING for entry in t.words[start - 2].verbs)


def _clause_follows(t: Tokens, i: int, hi: int) -> bool:
    """Whether a conjunction joins a clause or verb here, not a noun: ``hostages and Israel will``, ``and pull its``."""
    bits = t.bits
    if bits[i] & (PAST | S | AUX) and not bits[i] & (CAP | PLURAL):
        return True
    if bits[i] & BASE and not bits[i] & CAP and i + 1 < hi and bits[i + 1] & (DET | POSS | OBJ):
        return True
    if bits[i] & ING and not bits[i] & (CAP | NOUN) and (t.words[i].deeds or t.words[i].verbs):
        return i + 1 < hi and bool(bits[i + 1] & (DET | POSS | OBJ | NUM | QUANT | CAP | PLURAL))
    k = i
    while k < min(hi, i + 5) and bits[k] & (CAP | DET | NOUN | PLURAL | POSS | QUANT) and not bits[k] & AUX:
        k += 1
    if k == i or k >= hi:
        return False
    goes_on = bool(bits[k] & PAST) and k + 1 < hi and bool(bits[k + 1] & (DET | POSS | PRON | CAP | THAT | TO))
    return (
        bool(bits[k] & (MODAL | HAVE | BE | DO))
        or (goes_on and bool(bits[i] & (DET | POSS | CAP)))
        or (bool(bits[k] & PAST and bits[k - 1] & CAP and t.words[k].verbs) and k + 1 < hi and not bits[k + 1] & STOP)
    )


def _list_goes_on(t: Tokens, i: int, hi: int) -> bool:
    """Whether the comma at ``i`` stands in a list of names: ``the United States, South Korea and Japan``."""
    bits = t.bits
    if not bits[i - 1] & CAP:
        return False
    joined = False
    for k in range(i + 1, min(hi, i + 12)):
        bit = bits[k]
        if bit & CONJ:
            return bits[k - 1] & CAP != 0 and k + 1 < hi and bool(bits[k + 1] & (CAP | DET))
        if bit & COMMA:
            joined = True
        elif not bit & (CAP | DET) or (bit & TIME and not joined):
            return False
    return False


def object_head(t: Tokens, i: int, hi: int, nouns: frozenset[str]) -> int | None:
    """The first of these nouns in the object that begins at ``i``: before a preposition, verb or mark."""
    if i < hi and t.words[i].lower in {"over", "out", "up", "off", "back", "down", "to"}:
        i += 1
    for k in range(i, min(hi, i + 6)):
        if t.words[k].lower in nouns and not (t.bits[k] & CAP and t.bits[k - 1] == CAP):  # "Condoleezza Rice"
            return k
        if k > i and t.words[k].lower == "of" and t.bits[k - 1] & NUM:
            continue
        if t.bits[k] & (PUNCT | PREP | AUX | THAT | SUB):
            return None
    return None


def told_to_act(t: Tokens, verb: int, noun: int, hi: int) -> bool:
    """``ordered the army to stay``: whoever a noun names is told to act, not sent by the order."""
    follows = noun + 2 < hi and t.bits[noun + 1] & TO and t.bits[noun + 2] & BASE
    return bool(follows) and t.words[verb].lower.startswith("order")


def _gerund_follows(t: Tokens, i: int, hi: int) -> bool:
    return i < hi and bool(t.bits[i] & ING) and not t.bits[i] & NOUN


def _place_follows(t: Tokens, i: int, hi: int) -> bool:
    while i < hi and t.bits[i] & DET:
        i += 1
    return (i < hi and bool(t.bits[i] & CAP) and not t.bits[i] & TIME) or (
        i + 1 < hi and bool(t.bits[i + 1] & CAP) and not t.bits[i + 1] & TIME
    )


# What stands after a past form that is a verb, not an attribute: ``abducted four men``.
_FOLLOWERS = DET | PRON | OBJ | POSS | THAT | PREP | TO | ADV | TIME | CAP | QUOTE | QUANT | NUM
_SPANS = frozenset(("day", "days", "weeks", "months", "years", "hours", "minutes", "hour", "decades", "decade"))
_INSIDE = frozenset(("of", "in", "from"))
_OPENS_PHRASE = frozenset(("the", "a", "an", "my", "his", "her", "its", "our", "their"))
POSTPOSED = frozenset(("familiar", "close", "privy"))
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
