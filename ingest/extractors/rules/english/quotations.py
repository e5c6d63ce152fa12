"""Quotations: which further ones belong to a speech, and where a content that breaks off inside one ends."""

from ingest.extractors.rules.english import ends, phrases
from ingest.extractors.rules.english.complements import Complement, Range, is_title
from ingest.extractors.rules.english.lexicon import (
    BREAK,
    CAP,
    COLON,
    COMMA,
    CONJ,
    DASH,
    ING,
    PREP,
    PUNCT,
    QUOTE,
    REL,
    STOP,
)  # fmt: skip
from ingest.extractors.rules.english.tokens import Tokens


def with_quotation(t: Tokens, start: int, end: int) -> int:
    """The end of a content, after the quotation that it breaks off in: ``said she was "ill. Very ill."``."""
    number = t.quote_of[end - 1]
    if number < 0 or t.quotes[number].open <= start or t.bits[end - 1] & QUOTE:
        return end
    return min(t.quotes[number].close + 1, len(t))


def further(t: Tokens, hi: int, found: Complement, cue: Range, subject: Range | None) -> list[Range]:
    """Further quotations of the same speech: after the cue, and the sentences of quotation that follow."""
    more: list[Range] = []
    if found.content is None:
        return []
    after = max(cue[1], subject[1] if subject else 0, found.content[1])
    if found.content[1] <= cue[0]:
        k = after
        while k < hi and not t.bits[k] & QUOTE:
            if t.bits[k] & COLON:
                break
            k += 1
        if (
            k < hi
            and t.quote_of[k] >= 0
            and t.quotes[t.quote_of[k]].open == k
            and t.bits[k - 1] & (COMMA | COLON | DASH)
            and not is_title(t, k)
        ):
            close = t.quotes[t.quote_of[k]].close
            more.append((k, min(close + 1, len(t))))
            after = close + 1
    start = max(after, hi if not more else after)
    return more + _following(t, start)


def _following(t: Tokens, k: int) -> list[Range]:
    """Whole-sentence quotations from token ``k`` on, in this paragraph (or the next, of one left open)."""
    more: list[Range] = []
    n = len(t)
    while k < n:
        if t.bits[k] & STOP:
            k += 1
            continue
        if t.bits[k] & BREAK and (more and t.bits[more[-1][1] - 1] & BREAK):
            k += 1
            continue
        if not t.bits[k] & QUOTE or t.quote_of[k] < 0 or t.quotes[t.quote_of[k]].open != k:
            break
        close = t.quotes[t.quote_of[k]].close
        if close < n and not t.bits[close - 1] & STOP and not t.bits[close] & BREAK:
            break
        if close + 1 < n and not t.bits[close] & BREAK and not _starts_sentence(t, close + 1):
            break
        more.append((k, min(close + (not (close < n and t.bits[close] & BREAK)), n)))
        k = close + 1
    return more


def _starts_sentence(t: Tokens, k: int) -> bool:
    if t.bits[k] & BREAK:
        return True
    if not t.bits[k] & (CAP | QUOTE):
        return False
    phrase = phrases.noun_phrase(t, k, min(k + 8, len(t)))
    return not (
        phrase
        and phrase[1] < len(t)
        and any("quote" in e.frames for e in t.words[phrase[1]].verbs)
        and (phrase[1] + 1 >= len(t) or bool(t.bits[phrase[1] + 1] & (STOP | COMMA | BREAK)))
    )


def before(t: Tokens, k: int, lo: int) -> Range | None:
    """What is said before the comma or closing mark at token ``k``."""
    q = k if t.bits[k] & QUOTE else k - 1
    if t.bits[q] & QUOTE and t.quote_of[q] >= 0:
        quote = t.quotes[t.quote_of[q]]
        if quote.close == q:
            start = quote.open
            if start > lo and not t.bits[start - 1] & (PUNCT | BREAK):
                start = lo
            return (start, q + 1)
    start = lo
    while start < k and t.bits[start] & (CONJ | QUOTE):
        start += 1
    return (start, k) if k > start else None


def around(t: Tokens, i: int, k: int, bounds: Range) -> Range | None:
    """The content around ``, officials said,``; ``None`` when the sentence was over before or nothing goes on.

    ``k`` is the comma before the speaker, ``i`` the token after the verb. A content in a relative clause or after a
    dash begins there.
    """
    lo, hi = bounds
    end = next((j for j in range(i, min(hi, i + 8)) if t.bits[j] & (COMMA | STOP | QUOTE)), None)
    if end is None or end + 2 >= hi or not t.bits[end] & COMMA:
        return None
    bit = t.bits[end + 1]
    start = next((j + 1 for j in range(k - 1, lo, -1) if t.bits[j] & (DASH | COLON)), lo)
    start = k - 1 if t.bits[k - 1] & REL and k - 1 > lo else start
    whole = start == lo and ends.has_finite_verb(t, lo, k)
    asked = t.words[end + 1].lower in {"whether", "that", "how", "why"}
    if not asked and (bit & (CONJ | ING | QUOTE | REL) or (whole and (not bit & PREP or end > i))):
        return None
    return (start, ends.clause_end(t, end + 1, hi, reported=True))
