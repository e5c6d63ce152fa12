"""From text to tokens, sentences and quotations: one pass each, over the whole document."""

import re
from dataclasses import dataclass

from ingest.extractors.rules.english.lexicon import (
    BREAK,
    CAP,
    COLON,
    COMMA,
    CONJ,
    GENITIVE,
    NUM,
    PAST,
    PREP,
    PUNCT,
    QUOTE,
    STOP,
    TIME,
    S,
    Word,
    lexicon,
    word_class,
)  # fmt: skip

TOKEN = re.compile(
    r"[^\W_]++(?![-.,&@/'\u2019])"  # most words: nothing joins them to what follows
    r"|(?=\S|\n)(?:"  # and at most spaces nothing begins
    r"\b(?:[^\W\d_]\.){2,}"  # U.S.
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Capt|Maj|Adm|St|Jr|Sr|Rev|Hon|vs|No)\.(?=\s)"
    r"|(?<!\bon\s)[A-Z]\.(?=\s[A-Z]|[A-Z]\b)"  # initials; but "wrote on X. The"
    r"|[^\W_]+(?:[.,](?=\d)[^\W_]+|[-&@/][^\W_]+|['\u2019][^\W_]+)*"  # words, numbers, hyphens, clitics
    r"|''|``|\n\s*|--+|[.!?\u2026]+|\S)"
)
LONGEST = 600  # tokens of a sentence; text without any stop is cut here, so that cost stays linear
CLITIC = re.compile(r"(.+?)(n['\u2019]t|['\u2019](?:s|re|ve|ll|d|m))$", re.I)
ABBREVIATIONS = word_class("abbreviation")
OPENING = frozenset("\u201c\u00ab``\u2018")
APOSTROPHES = frozenset("'\u2019")
DOUBLE = frozenset(('"', "\u201c", "\u201d", "''", "``", "\u00ab", "\u00bb"))


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: token numbers of its opening mark and of the one after its last inner token."""

    open: int
    close: int


class Tokens:
    """A document's tokens in parallel lists, its sentences as token ranges, its quotations.

    ``quote_of[i]`` is the number of the quotation that token ``i`` stands in (its marks included) or -1.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._tokenise()
        self.bits = [word.bits for word in self.words]
        self._plural_genitives()
        self._months()
        self.quotes: list[Quote] = []
        self.quote_of = [-1] * len(self.words)
        self._pair_quotes()
        self.sentences = list(self._split())

    def __len__(self) -> int:
        return len(self.words)

    def spelling(self, i: int) -> str:
        """The characters of token ``i``."""
        return self.text[self.starts[i] : self.ends[i]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the tokens ``first`` to ``last`` (exclusive)."""
        return self.starts[first], self.ends[last - 1]

    def has_colon(self, first: int, last: int) -> bool:
        """Whether a colon follows the first words of a sentence."""
        return any(self.bits[i] & COLON for i in range(first, min(first + 9, last)))

    def _tokenise(self) -> None:
        parts = _PARTS
        words, starts, ends = self.words, self.starts, self.ends
        for match in TOKEN.finditer(self.text):
            spelling, start = match.group(), match.start()
            pieces = parts.get(spelling)
            if pieces is None:
                pieces = _split_clitic(spelling)
                if len(parts) > 100_000:
                    parts.clear()
                parts[spelling] = pieces
            for piece, length in pieces:
                words.append(piece)
                starts.append(start)
                start += length
                ends.append(start)

    def _plural_genitives(self) -> None:
        """Make the bare apostrophe of ``the hawks' warnings`` a genitive, where no single quotation is open."""
        opened = -1
        for i in [i for i, word in enumerate(self.words) if word.lower in APOSTROPHES]:
            if i == 0 or i + 1 == len(self.words):
                continue
            inside = opened >= 0 and not any(bit & (BREAK | STOP) for bit in self.bits[opened:i])
            if self.starts[i] != self.ends[i - 1]:
                opened = i
            elif inside or self.starts[i + 1] == self.ends[i] or self.spelling(i - 1)[-1] not in "sxz":
                opened = -1
            elif not self.bits[i + 1] & (PUNCT | CONJ):
                self.bits[i] = GENITIVE

    def _months(self) -> None:
        """Make ``May`` after a preposition or beside a number a month, else a name where it is no modal verb."""
        for i in [i for i, word in enumerate(self.words) if word.lower == "may" and word.bits & CAP]:
            before = self.words[i - 1] if i else None
            after = self.bits[i + 1] if i + 1 < len(self.bits) else 0
            if (before and (before.bits & (PREP | NUM) or before.lower in _BEFORE_MONTH)) or after & NUM:
                self.bits[i] = TIME | CAP
            elif (before and before.bits & CAP) or after & (PAST | GENITIVE):
                self.bits[i] = CAP

    def _pair_quotes(self) -> None:
        opened = -1
        bits = self.bits
        for i, bit in enumerate(bits):
            if bit & BREAK and opened >= 0:
                self._close(opened, i)
                opened = -1
            elif bit & QUOTE:
                mark = self.words[i].lower
                if mark not in DOUBLE:
                    continue
                if opened >= 0 and mark not in OPENING:
                    self._close(opened, i)
                    opened = -1
                elif opened < 0 and mark not in "\u201d\u00bb":
                    opened = i
        if opened >= 0:
            self._close(opened, len(bits))

    def _close(self, opened: int, i: int) -> None:
        number = len(self.quotes)
        self.quotes.append(Quote(opened, i))
        for j in range(opened, min(i + 1, len(self.quote_of))):
            if not self.bits[j] & BREAK:
                self.quote_of[j] = number

    def _split(self) -> list[tuple[int, int]]:
        found, start, n, bits = [], 0, len(self.words), self.bits
        i = 0
        while i < n:
            bit = bits[i]
            if bit & BREAK:
                if i > start:
                    found.append((start, i))
                start = i + 1
            elif bit & STOP and self._ends_sentence(i):
                i += 1
                while i < n and bits[i] & QUOTE and self.starts[i] == self.ends[i - 1]:
                    i += 1
                found.append((start, i))
                start = i
                continue
            elif i - start >= LONGEST:
                found.append((start, i))
                start = i
            elif bit & STOP:
                bits[i] &= ~STOP
            i += 1
        if n > start:
            found.append((start, n))
        return found

    def _speaker_follows(self, i: int) -> bool:
        """Whether ``Ortega said.`` stands at token ``i``, after the question or call that is quoted."""
        for k in range(i + 1, min(i + 8, len(self.words))):
            bit = self.bits[k]
            if bit & PUNCT:
                return False
            if bit & (PAST | S) and any("quote" in entry.frames for entry in self.words[k].verbs):
                return k + 1 >= len(self.words) or bool(self.bits[k + 1] & (STOP | COMMA | TIME | PREP | BREAK))
        return False

    def _ends_sentence(self, i: int) -> bool:
        if i == 0 or self.ends[i - 1] != self.starts[i]:
            return True
        after = i + 1
        n = len(self.words)
        while after < n and self.bits[after] & QUOTE and self.starts[after] == self.ends[after - 1]:
            after += 1
        if after >= n or self.bits[after] & BREAK:
            return True
        if self.starts[after] == self.ends[after - 1]:
            return False
        if after > i + 1 and self.words[i].lower != "." and self._speaker_follows(after):
            return False
        lower = self.words[i - 1].lower
        if self.words[i].lower == "." and (lower in ABBREVIATIONS or (len(lower) == 1 and lower.isalpha())):
            return False
        return bool(self.bits[after] & (CAP | NUM | QUOTE)) or not self.spelling(after)[:1].islower()


_BEFORE_MONTH = frozenset(("last", "early", "late", "mid", "this", "next"))
_PARTS: dict[str, tuple[tuple[Word, int], ...]] = {}


def _split_clitic(spelling: str) -> tuple[tuple[Word, int], ...]:
    """A spelling's words and their lengths: ``didn't`` is ``did`` and ``n't``."""
    known = lexicon()
    match = CLITIC.match(spelling)
    if not match:
        return ((known[spelling], len(spelling)),)
    stem, clitic = match.groups()
    stem_word, clitic_word = known[stem], known[clitic]
    if clitic[1:].lower() == "s" and stem_word.lower in _CONTRACTED:
        clitic_word = known["is"]
    return ((stem_word, len(stem)), (clitic_word, len(clitic)))


_CONTRACTED = word_class("contracted with is")
