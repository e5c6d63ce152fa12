"""What follows a cue: the content it takes and the actor it is directed at, by the cue's frames."""

from dataclasses import dataclass

from ingest.extractors.rules.english import ends, phrases, verbgroups
from ingest.extractors.rules.english.lexicon import (
    ADV,
    AUX,
    BASE,
    BE,
    CAP,
    COLON,
    COMMA,
    CONJ,
    DASH,
    DET,
    GENITIVE,
    HAVE,
    ING,
    NEG,
    NOUN,
    NUM,
    OBJ,
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
    Entry,
    S,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.tokens import Tokens

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Complement:
    """A content (token range, or ``None``), the pattern that found it and whom the act is directed at."""

    pattern: str
    content: Range | None
    target: Range | None = None
    quoted: bool = False
    preposition: bool = False


_SPANS = frozenset(("minutes", "hours", "days", "weeks", "months", "years", "moments"))
_SINCE = frozenset(("ago", "before", "earlier", "later", "after"))
# Verbs whose clause has "that": "lamented that it rained", but "lamented the rain that fell".
_EXPLICIT = word_class("verb without bare clauses")
# The longest title in quotation marks, in tokens.
TITLE = 8
# The longest parenthesis between a cue and its content, in tokens.
PARENTHESIS = 16
# Frames with an actor between the cue and its content, and the preposition before the content.
WITH_PREPOSITION = {"np_of": "of", "np_with": "with", "np_on": "on", "np_against": "against", "np_for": "for"}
TARGETED = frozenset(("addr", "np_to", *WITH_PREPOSITION))


def after_cue(t: Tokens, entry: Entry, i: int, hi: int) -> Complement | None:
    """The complement that begins at token ``i``, in the order of how sure a pattern is."""
    frames = entry.frames
    at = _skip(t, i, hi)
    if at >= hi:
        return None
    named = not frames.isdisjoint({"np_np", "np_as"}) and t.bits[at] & QUOTE
    if ("quote" in frames or "addr" in frames) and not named:
        found = quotation(t, at, hi) or quotation(t, _past_parenthesis(t, at, hi), hi)
        if found:
            return found
    if not frames.isdisjoint(TARGETED):
        found = _with_addressee(t, entry, at, hi)
        if found:
            return found
    if "that" in frames:
        bare = entry.lemma not in _EXPLICIT
        found = that_clause(t, i, hi, bare=bare) or _after_parenthesis(t, at, hi, bare=bare)
        if found:
            return found
    return _plain(t, entry, at, hi)


def _past_parenthesis(t: Tokens, i: int, hi: int) -> int:
    """The comma that ends a parenthesis after a cue, or ``i``: ``said, win or lose,``; ``said in May, when ...,``."""
    bits = t.bits
    start = i if bits[i] & COMMA else next((k for k in range(i, min(hi, i + 6)) if bits[k] & COMMA), hi)
    if start >= hi or (start > i and not bits[i] & (PREP | TIME)) or bits[min(start + 1, hi - 1)] & QUOTE:
        return i
    for k in range(start + 1, min(hi - 1, start + PARENTHESIS)):
        if bits[k] & COMMA:
            return k
        if bits[k] & (STOP | COLON | QUOTE | DASH):
            break
    return i


def _past_dashes(t: Tokens, i: int, hi: int) -> int:
    """The dash that pairs with the one at ``i``, or ``i``."""
    return next((k for k in range(i + 1, min(hi - 1, i + PARENTHESIS)) if t.bits[k] & DASH), i)


def _after_parenthesis(t: Tokens, i: int, hi: int, *, bare: bool) -> Complement | None:
    """``that ...`` or ``he ...`` after a parenthesis."""
    k = (_past_dashes(t, i, hi) if t.bits[i] & DASH else _past_parenthesis(t, i, hi)) + 1
    return that_clause(t, k, hi, bare=bare) if i + 1 < k < hi and t.bits[k] & (THAT | PRON) else None


def _skip(t: Tokens, i: int, hi: int) -> int:
    """Past adverbs, dates: ``said again on Monday``."""
    bits = t.bits
    while i < hi:
        if t.words[i].lower == "there" and i + 1 < hi and bits[i + 1] & (AUX | S):
            break
        if (bits[i] & (TIME | ADV) and not bits[i] & (WH | PRON | CAP | QUANT | PREP | SUB | DET)) or (
            bits[i] & TIME and bits[i] & CAP
        ):
            i += 1
        elif (past := _span_of_time(t, i, hi)) > i:
            i = past
        elif (bits[i] & PREP and i + 1 < hi and bits[i + 1] & TIME and bits[i + 1] & CAP) or (
            t.words[i].lower in _SPANS and i + 1 < hi and t.words[i + 1].lower in _SINCE
        ):
            i += 2
        else:
            break
    return i


def _span_of_time(t: Tokens, i: int, hi: int) -> int:
    """The token after ``a few years earlier`` from ``i`` on, or ``i``."""
    k = i
    while k < min(hi, i + 4) and t.bits[k] & (DET | NUM | QUANT) and t.words[k].lower not in _SPANS:
        k += 1
    spans = i < k < hi - 1 and t.words[k].lower in _SPANS | {"week", "month", "year", "day"}
    return k + 2 if spans and t.words[k + 1].lower in _SINCE else i


def quotation(t: Tokens, i: int, hi: int) -> Complement | None:
    """Words in quotation marks from here, after a comma or colon or a phrase of place: ``told CNN: "..."``."""
    bits, k = t.bits, i
    steps = 0
    while k < hi and steps < 14 and not bits[k] & QUOTE:
        bit = bits[k]
        if bit & (COMMA | COLON):
            if k + 1 < hi and bits[k + 1] & QUOTE:
                k += 1
                break
            return None
        if (bit & (THAT | STOP | DASH | WH | BE) and not bit & PREP) or (
            bit & VERB and k == i and not bit & (CAP | TIME)
        ):
            return None
        if k == i and not bit & (PREP | TIME | ADV):
            return None
        k += 1
        steps += 1
        if k < hi and bits[k] & QUOTE:
            return None
    if k >= hi or not bits[k] & QUOTE or t.quote_of[k] < 0:
        return None
    quote = t.quotes[t.quote_of[k]]
    if quote.open != k or (k - 2 > i and is_title(t, k)):
        return None
    end = quote.close if quote.close >= hi else clause_or_quote_end(t, quote.close, k, hi)
    return Complement("quotation", (k, min(end + 1, len(t))), quoted=True)


def clause_or_quote_end(t: Tokens, close: int, start: int, hi: int) -> int:
    """The closing mark, or the clause's end when the clause goes on after a partly quoted beginning."""
    bits = t.bits
    inner = bits[close - 1]
    if inner & (STOP | COMMA) or close + 1 >= hi or bits[close + 1] & (PREP * 0 | STOP | COMMA | COLON):
        return close
    return max(close, ends.clause_end(t, close + 1, hi, reported=True) - 1) if start else close


def that_clause(t: Tokens, i: int, hi: int, *, bare: bool = True) -> Complement | None:
    """``that ...``, maybe after a phrase of time or place, or (``bare``) a clause without ``that``."""
    bits, k = t.bits, i
    if k + 1 < hi and bits[k] & TO and bits[k + 1] & BASE:
        return None
    k = i = past if (past := _span_of_time(t, i, hi)) < hi and bits[past] & THAT else i
    while k < hi and k - i < 9:
        bit = bits[k]
        if bit & THAT:
            if k == i or _has_room(t, k, hi):
                end = ends.clause_end(t, k + 1, hi, reported=True)
                if end > k + 1 and (k > i or not _demonstrative(t, k, hi)):
                    return Complement("that-clause", (k if bits[k + 1] & AUX else k + 1, end))
            break
        if bit & (STOP | COLON) or (bit & COMMA and k == i) or (bit & CONJ and bits[k - 1] & COMMA):
            return None
        if bit & QUOTE and k == i:
            return None
        if bit & QUOTE:
            closed = _title_end(t, k)
            if not closed:
                break
            k = closed
            continue
        if k == i and not bit & (PREP | TIME | ADV):
            break
        nominal = bits[k - 1] & (DET | POSS | PREP | CAP) and bits[k - 1] & ~TO
        noun = k > i and (nominal or (bit & BASE and not bits[k - 1] & (PRON | REL | PLURAL)))
        if bit & (VERB | SUB) and not bit & (CAP | TIME | PREP | PLURAL) and not noun:
            break
        k += 1
    at = _skip(t, i, hi) if bare else hi
    if (at < hi and bits[at] & (DET | PRON | POSS | QUANT | CAP | NUM | PLURAL)) or (at < hi and _noun_start(t, at)):
        if bits[at] & CONJ and not bits[at] & DET:
            return None
        if bits[at] & (WH | OBJ | TIME) and not bits[at] & (PRON | POSS) and t.words[at].lower != "there":
            return None
        if bits[at] & PREP and not bits[at] & (DET | CAP):
            return None
        if ends.has_finite_verb(t, at, hi):
            return Complement("bare clause", (at, ends.clause_end(t, at, hi, reported=True)))
    return None


def _title_end(t: Tokens, k: int) -> int:
    """The token after a title in quotation marks that begins at ``k`` (``in "Meet the Press"``), or 0."""
    quote = t.quotes[t.quote_of[k]] if t.quote_of[k] >= 0 else None
    if quote is None or quote.open != k or quote.close - k > TITLE + 1:
        return 0
    inside = range(k + 1, quote.close)
    small = DET | PREP | CONJ | PUNCT | GENITIVE | NUM
    named = t.bits[k + 1] & CAP and all(t.bits[j] & CAP or t.bits[j] & small for j in inside)
    return quote.close + 1 if named else 0


def is_title(t: Tokens, k: int) -> bool:
    """Whether the quotation at ``k`` says what something is called: ``in his book, "An American Son."``."""
    return bool(t.bits[k - 1] & COMMA and t.bits[k - 2] & NOUN and _title_end(t, k))


def _noun_start(t: Tokens, i: int) -> bool:
    return not t.bits[i] & (PREP | SUB | STOP | COMMA | COLON | QUOTE | VERB | NEG | TO | WH | DASH)


def _has_room(t: Tokens, k: int, hi: int) -> bool:
    return k + 2 < hi and not t.bits[k + 1] & (STOP | COMMA)


def _demonstrative(t: Tokens, k: int, hi: int) -> bool:
    """``said that.`` or ``rejected that idea``: no verb follows."""
    if t.bits[k + 1] & (PLURAL | DET | PRON | POSS | CAP | QUANT) or ends.has_finite_verb(t, k + 1, hi):
        return False
    if not t.bits[k + 1] & VERB and k + 2 < hi and t.bits[k + 2] & PLURAL and not t.bits[k + 2] & CAP:
        return False  # "demanded that foreign governments stop"
    subjunctive = (
        i for i in range(k + 2, hi) if t.bits[i] & BASE and not t.bits[i] & (CAP | NOUN) and not t.bits[i - 1] & TO
    )
    return next(subjunctive, None) is None


def _with_addressee(t: Tokens, entry: Entry, at: int, hi: int) -> Complement | None:
    """``told reporters that``, ``urged Iran to``, ``accused Iran of``, ``told X: "..."``."""
    frames, bits = entry.frames, t.bits
    target = phrases.noun_phrase(t, at, hi)
    if target is None or (bits[target[0]] & (TIME | THAT | WH) and not bits[target[0]] & PRON):
        return None
    if t.words[target[0]].lower in SUBJECT_ONLY:
        return None
    if "addr" in frames and bits[target[0]] & CAP and (of := _of_target(t, target)):
        target = of
    k = _skip(t, target[1], hi)
    inner = _of_target(t, target) if "np_of" in frames else None
    if k >= hi and inner:
        return Complement("of", (inner[1] + 1, ends.clause_end(t, inner[1] + 1, hi, reported=True)), inner)
    if k >= hi:
        return None
    if bits[k] & NEG and k + 1 < hi and bits[k + 1] & TO and "np_to" in frames:
        return Complement("to-infinitive", (k, ends.clause_end(t, k + 1, hi, reported=True)), target)
    if "np_to" in frames and bits[k] & TO and k + 1 < hi and _infinitive(t, k + 1) and not _thing(t, entry, target):
        return Complement("to-infinitive", (k, ends.clause_end(t, k, hi, reported=True)), target)
    for frame, preposition in WITH_PREPOSITION.items():
        if frame in frames and t.words[k].lower == preposition:
            return Complement(preposition, (k + 1, _charge_end(t, k + 1, hi)), target)
    if inner:
        return Complement("of", (inner[1] + 1, ends.clause_end(t, inner[1] + 1, hi, reported=True)), inner)
    if "addr" not in frames:
        return None
    found = quotation(t, k, hi)
    if found:
        return Complement("addressee + quotation", found.content, target, quoted=True)
    clause = that_clause(t, k, hi)
    if clause:
        return Complement("addressee + " + clause.pattern, clause.content, target)
    if bits[k] & WH or t.words[k].lower in {"of", "about"}:
        start = k if bits[k] & WH else k + 1
        return Complement("addressee + wh", (start, ends.clause_end(t, start, hi, reported=True)), target)
    return None


def _charge_end(t: Tokens, i: int, hi: int) -> int:
    """Where what somebody is accused of ends: before a clause of its own, or an adverbial after a comma."""
    end = ends.clause_end(t, i, hi, reported=True)
    for k in range(i + 1, end - 1):
        if t.bits[k] & CONJ and ends.joins_clause(t, k + 1, hi):
            return k - bool(t.bits[k - 1] & COMMA)
        if t.bits[k] & COMMA and t.words[k + 1].lower in {"in", "as", "after", "during"} and t.quote_of[k] < 0:
            return k
    return end


def _thing(t: Tokens, entry: Entry, target: Range) -> bool:
    """Whether something is asked for, not somebody asked: ``requested anonymity to discuss it``."""
    word = t.words[target[0]]
    person = word.role or word.bits & (CAP | PRON | OBJ | PLURAL | QUANT | DET | POSS)
    return entry.relation == "requests" and target[1] - target[0] == 1 and not person


def _of_target(t: Tokens, target: Range) -> Range | None:
    for k in range(target[0] + 1, target[1]):
        if t.words[k].lower == "of":
            return (target[0], k)
    return None


def _plain(t: Tokens, entry: Entry, at: int, hi: int) -> Complement | None:
    frames, bits = entry.frames, t.bits
    if bits[at] & CONJ and at + 2 < hi and bits[at + 1] & bits[at - 1] & (PAST | BASE) and t.words[at + 1].verbs:
        at += 2  # "respect and understand it"
    bit, lower = bits[at], t.words[at].lower
    end = ends.clause_end
    if "wh" in frames and bit & WH and not bit & THAT:
        return Complement("wh-clause", (at, end(t, at, hi, reported=True)))
    if "to" in frames and bit & NEG and at + 2 < hi and bits[at + 1] & TO and _infinitive(t, at + 2):
        return Complement("to-infinitive", (at, end(t, at + 1, hi, reported=True)))
    if "to" in frames and bit & TO and at + 1 < hi and _infinitive(t, at + 1):
        return Complement("to-infinitive", (at, end(t, at, hi, reported=True)))
    if lower == "to" and (told := _told(t, entry, at + 1, hi)):
        return told
    if "p:" + lower in frames and at + 1 < hi:
        return Complement(
            "preposition", (at + 1, end(t, at + 1, hi, reported=False)), _target(t, at + 1, hi), preposition=True
        )
    if "ing" in frames and bit & ING:
        return Complement("ing-clause", (at, end(t, at, hi, reported=False)))
    if frames & {"np_np", "np_as"} and _starts_object(t, at):
        content = (at, _name_end(t, at, _before_second_verb(t, at, end(t, at, hi, reported=True))))
        if "np_np" in frames or any(t.words[k].lower == "as" for k in range(*content)):
            return Complement("naming", content, _target(t, at, hi))
    if frames & {"as", "np_as"} and lower == "as" and at + 1 < hi:
        return Complement("naming", (at + 1, end(t, at + 1, hi, reported=True)))
    if "np" in frames and bits[at] & BASE and bits[at - 1] & TO:
        return Complement("to-infinitive", (at, end(t, at, hi, reported=True)))
    if "np" in frames and _starts_object(t, at):
        return Complement("object", (at, _object_end(t, entry, at, hi)), _target(t, at, hi))
    return None


def _told(t: Tokens, entry: Entry, at: int, hi: int) -> Complement | None:
    """``(apologised) to the families for the raid``: the one addressed, then the content."""
    told = phrases.noun_phrase(t, at, hi)
    k = told[1] if told else hi
    if k + 1 >= hi or t.words[k].lower == "to" or "p:" + t.words[k].lower not in entry.frames:
        return None
    return Complement("preposition", (k + 1, ends.clause_end(t, k + 1, hi, reported=False)), told, preposition=True)


def _before_second_verb(t: Tokens, start: int, end: int) -> int:
    """Where ``and urged him to go`` begins, or ``end``."""
    for k in range(start + 1, end - 1):
        if t.bits[k] & CONJ and t.bits[k - 1] & COMMA and t.quote_of[k] < 0 and ends.joins_clause(t, k + 1, end):
            return k - 1  # "called it late, and the union demanded"
        adjective = k + 2 >= end or t.bits[k + 2] & PUNCT  # "as aggressive and unjustified."
        if t.bits[k] & CONJ and ends.second_verb(t, k + 1, end) and t.quote_of[k] < 0 and not adjective:
            return k - bool(t.bits[k - 1] & COMMA)
    return end


def _name_end(t: Tokens, start: int, end: int) -> int:
    """Where a name in quotation marks that closes with a comma ends: ``(called it) "racist," an indictment``."""
    closing = (k for k in range(start + 2, end) if t.bits[k] & QUOTE and t.bits[k - 1] & COMMA)
    return next((k + 1 for k in closing if t.quotes[t.quote_of[k]].close == k), end)


SUBJECT_ONLY = frozenset(("i", "he", "she", "we", "they"))


def _infinitive(t: Tokens, i: int) -> bool:
    """Whether the word after ``to`` is a verb: any word but a determiner, pronoun, number or name."""
    bit = t.bits[i]
    nominal = DET | PRON | OBJ | POSS | NUM | CAP | PLURAL | ING | QUANT | PUNCT
    return bool(bit & (BASE | ADV | BE | HAVE)) or not bit & nominal


def _starts_object(t: Tokens, at: int) -> bool:
    bit = t.bits[at]
    if bit & (STOP | COMMA | COLON | CONJ | DASH | TIME | SUB | TO) and not bit & (QUANT | DET):
        return False
    if bit & PREP and not bit & (QUANT | DET):
        return False
    return not bit & BE


def _object_end(t: Tokens, entry: Entry, at: int, hi: int) -> int:
    end = ends.clause_end(t, at, hi, reported=False)
    if entry.frames & {"np_as", "np_np"} and end < hi and t.words[end].lower == "as":
        return ends.clause_end(t, end + 1, hi, reported=False)
    return end


def _target(t: Tokens, at: int, hi: int) -> Range | None:
    return phrases.noun_phrase(t, at, hi)


def before_main_verb(t: Tokens, lo: int, hi: int, i: int, content: Range) -> Range:
    """The content of a noun that is itself a subject ends where its verb begins: ``His claim that ... was``."""
    if any(
        t.bits[k] & (PAST | S) and not t.bits[k] & CAP and verbgroups.verb_group(t, k, lo, hi) for k in range(lo, i)
    ):
        return content
    own = False
    for k in range(*content):
        if own and t.bits[k] & DASH:
            return content[0], k
        if not _finite(t, k, content):
            continue
        if own and not t.bits[k - 1] & (CONJ | REL | PRON | THAT | COMMA | AUX | ADV | NEG):
            return content[0], k
        own = True
    return content


def _finite(t: Tokens, k: int, bounds: Range) -> bool:
    if t.bits[k] & AUX:
        return True
    group = verbgroups.verb_group(t, k, *bounds)
    return group is not None and group.form == "finite" and group.start == group.verb
