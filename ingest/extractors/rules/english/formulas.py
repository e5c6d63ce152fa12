"""Attributions by formula: ``according to X``, ``as X said``, ``X: ...`` in a headline."""

from ingest.extractors.rules.english import ends, phrases
from ingest.extractors.rules.english.lexicon import (
    AUX,
    CAP,
    COLON,
    COMMA,
    CONJ,
    DASH,
    DET,
    GENITIVE,
    NUM,
    OPEN,
    POSS,
    PREP,
    QUOTE,
    STOP,
    TIME,
    VERB,
    S,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.mentions import Scene
from ingest.extractors.rules.english.tokens import Tokens
from ingest.extractors.rules.english.verbgroups import Range

# The longest source of a headline, in tokens, and the longest headline.
SOURCE, HEADLINE = 8, 30


def according(t: Tokens, i: int, lo: int, hi: int) -> tuple[Range, Range] | None:
    """Source and content of ``According to X, ...`` or ``..., according to X``, ``according`` being token ``i``."""
    per = t.words[i].lower == "per"
    if i + 2 >= hi or (not per and t.words[i + 1].lower != "to"):
        return None
    opens = i <= lo + 1 or (t.bits[i - 1] & COMMA and not t.words[i - 2].verbs)
    if per and not (t.bits[i + 1] & (CAP | DET) and opens):
        return None
    source = phrases.noun_phrase(t, i + 2 - per, hi)
    if source is None:
        return None
    content = _after_comma(t, source[1], hi) if i <= lo + 1 else _until(t, i, lo)
    inside = i > lo + 1 and t.bits[i - 1] & COMMA and source[1] < hi and not ends.has_finite_verb(t, lo, i - 1)
    if inside and (closing := next((k for k in range(source[1], min(hi, source[1] + 8)) if t.bits[k] & COMMA), None)):
        content = (lo, ends.clause_end(t, closing + 1, hi, reported=True))
    while content and content[0] < content[1] and t.bits[content[0]] & CONJ:
        content = (content[0] + 1, content[1])
    return (source, content) if content and content[1] > content[0] else None


def viewpoint(scene: Scene, i: int, lo: int, hi: int) -> tuple[Range, Range, Range] | None:
    """Source, content and cue of ``In Iran's view, ...`` or ``..., in the words of one diplomat``.

    Token ``i`` is the noun; ``point of view`` is one of them.
    """
    t = scene.tokens
    first = i - 2 if i - 2 > lo and t.words[i - 1].lower == "of" and t.words[i - 2].lower == "point" else i
    start = first - 1
    while start > lo and first - start < 8 and t.words[start].lower not in _BEFORE_VIEW:
        start -= 1
    if t.words[start].lower not in _BEFORE_VIEW or first - start < 2:
        return None
    source, end = _viewer(t, start + 1, first, hi, i + 1)
    if source is None:
        return None
    if start <= lo + 1:
        content = _after_comma(t, end, hi) if end < hi and t.bits[end] & COMMA else None
    elif t.bits[start - 1] & COMMA and (end >= hi or t.bits[end] & (STOP | QUOTE)):
        content = (lo, start - 1)
    else:
        content = None
    return (source, content, (first, i + 1)) if content and content[1] - content[0] > 2 else None


def _viewer(t: Tokens, start: int, first: int, hi: int, after: int) -> tuple[Range | None, int]:
    """Whose view it is, between the preposition and the noun or after ``of``; and where the formula ends."""
    if t.bits[start] & POSS:
        return (start, start + 1), after
    owner = next((k for k in range(start + 1, first) if t.bits[k] & GENITIVE), None)
    if owner is not None:
        return (start, owner), after
    if t.bits[start] & DET and after + 1 < hi and t.words[after].lower == "of":
        source = phrases.noun_phrase(t, after + 1, hi)
        return source, source[1] if source else after
    return None, after


def _after_comma(t: Tokens, i: int, hi: int) -> Range:
    while i < hi and not t.bits[i] & COMMA:
        i += 1
    return (i + 1, ends.clause_end(t, i + 1, hi, reported=True))


def _until(t: Tokens, i: int, lo: int) -> Range:
    return (lo, i - 1 if t.bits[i - 1] & (COMMA | DASH) else i)


def as_said(t: Tokens, first: int, last: int, lo: int, hi: int) -> Range | None:
    """The content of ``as X said``: the clause the formula stands in.

    ``first`` is the first token of the source (or of a passive verb: ``as reported by X``), ``last`` the one after
    the cue. At the sentence's start it is what follows the comma, elsewhere what stands before.
    """
    at = first - 1
    if at < lo or t.words[at].lower != "as":
        return None
    end = last
    while end < hi and not t.bits[end] & (COMMA | DASH | STOP | COLON | QUOTE):
        end += 1
    if end - last > 10:
        return None
    if at <= lo + 1:
        if end >= hi or not t.bits[end] & COMMA:
            return None
        content = (end + 1, ends.clause_end(t, end + 1, hi, reported=True))
    elif t.bits[at - 1] & (COMMA | DASH):
        closed = end + 1 < hi and t.bits[end] & (COMMA | DASH)
        content = (lo, ends.clause_end(t, end + 1, hi, reported=True) if closed else at - 1)
    elif end - last < 2:
        content = (lo, at)
    else:
        return None
    return content if content[1] - content[0] > 2 else None


def headline(scene: Scene, lo: int, hi: int) -> tuple[Range, Range, int] | None:
    """Source, content and colon of a headline such as ``Lavrov: talks have failed`` or ``Biden on Gaza: ...``."""
    t = scene.tokens
    colon = next((i for i in range(lo + 1, min(hi - 2, lo + SOURCE)) if t.words[i].lower == ":"), None)
    if colon is None or hi - colon > HEADLINE or not _whole_line(t, lo, hi):
        return None
    end = next((i for i in range(lo + 1, colon) if t.words[i].lower in {"on", "to"}), colon)
    if any(t.bits[i] & (AUX | NUM | TIME | QUOTE | COMMA | OPEN) for i in range(lo, end)):
        return None
    if not t.bits[end - 1] & CAP or t.words[lo].lower in _LABELS:
        return None
    entity = scene.entity(lo, end)
    named = entity.kind == "person" or entity.id.startswith("Q")
    if not named or (entity.kind == "person" and end - lo == 1 and not entity.id.startswith("Q")):
        return None
    quoted = t.bits[colon + 1] & QUOTE
    if not quoted and not _clause(t, colon + 1, hi):
        return None
    return (lo, end), (colon + 1, ends.clause_end(t, colon + 1, hi, reported=True)), colon


def _whole_line(t: Tokens, lo: int, hi: int) -> bool:
    opens = lo == 0 or "\n" in t.text[t.ends[lo - 1] : t.starts[lo]] or "\n" in t.spelling(lo - 1)
    return opens and (hi >= len(t) or "\n" in t.spelling(hi))


def _clause(t: Tokens, lo: int, hi: int) -> bool:
    return any(t.bits[i] & (AUX | S | VERB) and not t.bits[i] & PREP for i in range(lo, hi))


VIEW = word_class("noun of a point of view")
_BEFORE_VIEW = word_class("before a point of view")
_LABELS = word_class("headline label")
