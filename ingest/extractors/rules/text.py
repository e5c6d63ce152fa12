"""Texts as lines, sentences, tokens and quotations; the same for every language."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
TOKEN = re.compile(rf"[\w{_MARKS}]+|[^\w\s]|\n")
_OPENS = {"“": "”", "«": "»", "„": "“", "‹": "›", "‘": "’"}
_TWINS = "\"'″"
LONGEST = 600  # tokens of a sentence or a quotation; text without any stop is cut here, so that cost stays linear
_ENDS = frozenset(".!?؟…")
_CLOSERS = frozenset("\"'”»’)]›")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` (exclusive) of a text; ``opens_line`` for the first sentence of its line."""

    first: int
    last: int
    opens_line: bool
    closes_line: bool


@dataclass(slots=True)
class Tokens:
    """The tokens of one text; ``quotes`` maps the token that opens a quotation to the one that closes it."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    quotes: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> "Tokens":
        """Cut a text into tokens: runs of letters and digits, single marks, line ends."""
        found = list(TOKEN.finditer(text))
        return cls(text, [m[0] for m in found], [m.start() for m in found], [m.end() for m in found])

    def sentences(self) -> Iterator[Sentence]:
        """The sentences, line by line; a quotation is not cut. Fills ``quotes`` on the way."""
        line = 0
        count = len(self.words)
        while line < count:
            try:
                stop = self.words.index("\n", line)
            except ValueError:
                stop = count
            if stop > line:
                yield from self._sentences_of(line, stop)
            line = stop + 1

    def _sentences_of(self, line: int, stop: int) -> Iterator[Sentence]:
        self._pair_quotes(line, stop)
        first = i = line
        while i < stop:
            i = self.quotes.get(i, i)
            if (self.words[i] in _ENDS and self._ends_sentence(i, stop)) or i - first >= LONGEST:
                i += 1
                while i < stop and self.words[i] in _CLOSERS and i not in self.quotes:
                    i += 1
                yield Sentence(first, i, first == line, i == stop)
                first = i
                continue
            i += 1
        if first < stop:
            yield Sentence(first, stop, first == line, closes_line=True)

    def _ends_sentence(self, i: int, stop: int) -> bool:
        """Not inside a number, after an initial, or before more text without a space."""
        if i + 1 >= stop:
            return True
        if self.words[i + 1] in _CLOSERS:
            return True
        single = i > 0 and self.ends[i - 1] - self.starts[i - 1] == 1 and self.words[i - 1].isalpha()
        return self.starts[i + 1] > self.ends[i] and not (self.words[i] == "." and single)

    def _pair_quotes(self, line: int, stop: int) -> None:
        """Match opening and closing marks within one line; a mark without partner is no quotation."""
        waiting: dict[str, int] = {}
        for i in range(line, stop):
            word = self.words[i]
            if len(word) > 1 or word.isalnum():
                continue
            if word in waiting and self._may_close(i):
                opening = waiting.pop(word)
                if i - opening < LONGEST:
                    self.quotes[opening] = i
            elif word in _OPENS:
                waiting[_OPENS[word]] = i
            elif word in _TWINS and self._may_open(i, line):
                waiting[word] = i

    def _may_open(self, i: int, line: int) -> bool:
        return self.words[i] == '"' or i == line or self.starts[i] > self.ends[i - 1] or self.words[i - 1] in ':("“«'

    def _may_close(self, i: int) -> bool:
        return self.words[i] != "'" or i + 1 >= len(self.words) or not self.words[i + 1][0].isalnum() \
            or self.starts[i + 1] > self.ends[i]  # fmt: skip

    def at(self, offset: int) -> int:
        """The first token that starts at or after an offset."""
        return bisect_left(self.starts, offset)
