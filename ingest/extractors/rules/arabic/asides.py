"""To the right of a cue: quotation marks, colons, and the asides between commas that are stepped over."""

from ingest.extractors.rules.arabic.lights import Lights

_ASIDE = 14


class Asides(Lights):
    """What a frame knows of marks; :class:`FrameReader` reads with it."""

    def _mark(self, i: int) -> int:
        word = self.r.words[i]
        close = self.r.tokens.quotes.get(i)
        if close is not None and (inner := self._marked_quote(i + 1)):
            self.frame.quote = close
            return self._begin(i + 1, inner, attached=True)
        if close is not None:
            ahead = self.r.words[close + 1] if close + 1 < self.r.last else None
            called = ahead is not None and ahead.kind == "comp" and not ahead.conj and self.r.words[i - 1].text != ":"
            real = not called and (close - i > 3 or self.r.words[i - 1].text == ":")
            if "that" in self.content and real and not self.in_relative and not self._governs_noun():
                self.frame.marked = "that"
                self.frame.content = i
                self.frame.quote = close
                return i
            if not real:
                return i + 1 if self.act.phrases.at(self.r.words[i + 1].stem, "") else close + 1
            return -i
        if word.text == ":":
            if "that" in self.content and i + 1 < self.r.last:
                after = self.r.tokens.quotes.get(i + 1)
                self.frame.content, self.frame.marked = i + 1, "that"
                if after is not None:
                    self.frame.quote = after
                return i
            return -i
        aside = self._aside(i)
        if aside:
            return aside
        if word.text == "/" and self.r.words[i - 1].kind == "number":
            return i + 1
        if word.text in '”“»"' and i in self.r.closing:
            return i + 1  # خلق "تهديدات" لروسيا
        if word.text in "،,()-–":
            self.open = self.direct = False
            return i + 1
        return -i

    def _marked_quote(self, i: int) -> str:
        """اتهم الولايات المتحدة "بتزوير الوثائق": the preposition of what is said, inside its quotation marks."""
        mark = self.r.words[i].prep or self.r.words[i].guess
        return mark if mark in self.content and not self.in_relative else ""

    def _aside(self, i: int) -> int:
        """، السبت، or ، بحسب الوكالة،: the token after an aside of time, place or source; 0 when there is none."""
        words, first = self.r.words, i + 1
        if not self.r.is_comma(i) or first >= self.r.last:
            return 0
        word = words[first]
        reopens = self._reopens(i)
        if reopens and "that" in self.content and (self.frame.subject or self.frame.phrase):
            return reopens
        if word.kind == "pron" and word.conj and (self.frame.subject or self.has_subject):  # ، وهو حليف موسكو،
            return next((k + 1 for k in range(first, min(first + _ASIDE, self.r.last)) if self.r.is_comma(k)), 0)
        tongue = word.stem == "علي" and first + 1 < self.r.last and words[first + 1].stem == "لسان"
        marks = word.stem in self.content or word.prep in self.content
        if not tongue and (marks or not (word.kind in ("adv", "prep", "according") or word.prep)):
            return 0
        for k in range(first, min(first + 12, self.r.last)):
            if self.r.is_comma(k):
                return k + 1
            verb = words[k].verbs and not (words[k].nouns or words[k].prep or words[k].names)
            if words[k].kind in ("comp", "rel", "mark", "clause") or verb:
                return 0
        return 0

    def _reopens(self, i: int) -> int:
        """، وهي طالبة في الجامعة، إنها: any aside after whose comma what is said begins; the token after it."""
        for k in range(i + 1, min(i + 18, self.r.last - 1)):
            word = self.r.words[k]
            if self.r.is_comma(k):
                after = self.r.words[k + 1]
                return k + 1 if after.kind == "comp" and not after.conj else 0
            if word.text == ":":
                return k
            if word.kind in ("comp", "mark"):
                return 0
        return 0

    def _begin(self, i: int, mark: str, *, attached: bool = False) -> int:
        self.frame.marked = mark
        self.frame.content = i
        self.frame.attached = attached
        return i
