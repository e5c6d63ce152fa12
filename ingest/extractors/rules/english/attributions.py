"""Attributions: who says, thinks, wants, promises what."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import (
    complements,
    confidence,
    ends,
    formulas,
    gaps,
    passives,
    phrases,
    quotations,
    subjects,
    verbgroups,
)
from ingest.extractors.rules.english.complements import Complement, Range
from ingest.extractors.rules.english.lexicon import (
    AUX,
    BE,
    CAP,
    COMMA,
    CONJ,
    ING,
    NEG,
    NOUN,
    PAST,
    PLURAL,
    PRON,
    PUNCT,
    QUOTE,
    REL,
    SUB,
    THAT,
    TIME,
    TO,
    VERB,
    WH,
    Entry,
    S,
    Word,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.statements import Statements
from ingest.extractors.rules.english.verbgroups import VerbGroup


@dataclass(slots=True)
class Reader(Statements):
    """Reads the attributions of one sentence (tokens ``lo`` to ``hi``) of a document."""

    speaker: Range | None = None
    ended: tuple[int, Range] | None = None
    taken: set[int] = field(default_factory=set)

    def read(self, i: int) -> Iterator[Draft]:
        """The attributions whose cue begins at token ``i``."""
        t = self.actors.tokens
        word = t.words[i]
        for pair in word.combinations:
            noun = phrases.object_head(t, i + 1, self.hi, pair.nouns)
            if noun is not None and not phrases.told_to_act(t, i, noun, self.hi):
                return
        yield from self._bounded(i)._read(i, word)

    def _bounded(self, i: int) -> "Reader":
        """This reader, kept inside the quotation that token ``i`` stands in."""
        t = self.actors.tokens
        number = t.quote_of[i]
        if number < 0:
            return self
        quote = t.quotes[number]
        if quote.close - quote.open < 6 and quote.close < self.hi and not t.bits[quote.open + 1] & PRON:
            return self
        return replace(self, lo=max(self.lo, quote.open + 1), hi=min(self.hi, quote.close), speaker=None)

    def _read(self, i: int, word: Word) -> Iterator[Draft]:
        t = self.actors.tokens
        following = t.words[i + 1].lower if i + 1 < self.hi else ""
        for phrase in word.phrases:
            size = len(phrase.words)
            if phrase.words[0] == following and self._matches(i, phrase.words):
                if "none" in phrase.entry.frames:
                    found = list(self._silence(i, i + size, phrase.entry))
                else:
                    found = list(self._verb(i, i + size, phrase.entry, "phrase"))
                if found:
                    self.taken.update(range(i + 1, i + size + 1))
                    yield from found
                    return
        if i in self.taken:
            return
        if word.verbs:
            found = list(self._verbs(i, word))
            if found:
                yield from found
                return
        if word.adjectives:
            yield from self._adjective(i, word)
        if word.nouns:
            yield from self._noun(i, word)

    def _matches(self, i: int, words: tuple[str, ...]) -> bool:
        t = self.actors.tokens
        return i + len(words) < self.hi and all(t.words[i + 1 + k].lower == w for k, w in enumerate(words))

    # --- verbs ------------------------------------------------------------------------------------------------

    def _verbs(self, i: int, word: Word) -> Iterator[Draft]:
        for entry in word.verbs:
            found = list(self._verb(i, i, entry, ""))
            if found:
                yield from found
                return

    def _verb(self, i: int, last: int, entry: Entry, kind: str) -> Iterator[Draft]:
        """A verb cue at tokens ``i`` to ``last`` (its particle or noun)."""
        t = self.actors.tokens
        group = self._group(i)
        if group and group.form == "infinitive":
            group = subjects.governor(t, group, self.lo, self.hi)
        if group is None:
            return
        if group.passive:
            yield from self._passive(group, last, entry)
            return
        if not kind and "quote" in entry.frames and (inverted := self._inverted(group, last, entry)):
            yield from inverted
            return
        complement = complements.after_cue(t, entry, last + 1, self.hi)
        subject = self._judged_for(group) or subjects.of_verb(t, group, self.lo, self.hi, self.speaker, self.ended)
        if complement is None and subject and not kind and "np" in entry.frames and group.form == "finite":
            complement = gaps.object_before(t, subject, last + 1, (self.lo, self.hi))
        if complement is None and subject and "that" in entry.frames and entry.frames & {"wh", "np"}:
            content = formulas.as_said(t, subject[0], last + 1, self._clause_start(subject[0]), self.hi)
            complement = Complement("as-clause", content) if content else None
        if complement is None or complement.quoted or complement.pattern == "preposition":
            complement = self._before(group, subject, entry, quoted_only=complement is not None) or complement
        if complement is None:
            return
        if not self._plausible(group, subject, complement):
            return
        complement = self._cut(group, subject, complement)
        if group.form == "finite" and "quote" in entry.frames:
            self.speaker = subject
        after = group.form in {"finite", "participle"} and complement.content and complement.content[0] > last
        end = quotations.with_quotation(t, *complement.content) if after and complement.content else -1
        if after and subject and not (self.ended and self.ended[0] == end):  # of two that end together the outer
            self.ended = (end, subject)
        yield from self._drafts(group, (group.verb, last + 1), entry, subject, complement, kind)

    def _judged_for(self, group: VerbGroup) -> Range | None:
        """Who is judged for the act of a gerund: ``criticised (Manfred) for suggesting that``."""
        if group.form != "participle" or self.actors.tokens.words[group.start - 1].lower != "for":
            return None
        return next((who for (lo, hi), who in self.judged if lo <= group.start < hi), None)

    def _clause_start(self, i: int) -> int:
        """Where the content begins that token ``i`` stands in, else the sentence."""
        return max(
            (held.content[0] for held in self.contents if held.content[0] < i <= held.content[1]), default=self.lo
        )

    def _silence(self, i: int, last: int, entry: Entry) -> Iterator[Draft]:
        """``declined to comment``: an act of speech without content."""
        group = self._group(i)
        subject = (
            subjects.of_verb(self.actors.tokens, group, self.lo, self.hi, None, None)
            if group and not group.passive
            else None
        )
        if group is None or subject is None:
            return
        for source in self.actors.each(subject, i):
            yield Draft(
                evidence=self.evidence, cue=self.actors.tokens.span(i, last + 1), relation=entry.relation,
                subject=source, rule="en.phrase+silence", negated=group.negated, confidence=confidence.UNMEASURED,
            )  # fmt: skip

    def _group(self, i: int) -> VerbGroup | None:
        t = self.actors.tokens
        if t.bits[i] & AUX and not t.bits[i] & VERB:
            return self._copula(i)
        if t.bits[i] & BE:
            return self._copula(i)
        return verbgroups.verb_group(t, i, self.lo, self.hi)

    def _copula(self, i: int) -> VerbGroup:
        t, start = self.actors.tokens, i
        negated, modal = False, ""
        while start > self.lo and t.bits[start - 1] & (AUX | NEG):
            start -= 1
            negated = negated or bool(t.bits[start] & NEG)
            modal = t.words[start].lower if not t.bits[start] & (BE | NEG) else modal
        return VerbGroup(start, i, "finite", negated=negated, modal="")

    def _cut(self, group: VerbGroup, subject: Range | None, found: Complement) -> Complement:
        """A content in a relative or fronted subordinate clause ends where that clause does."""
        t = self.actors.tokens
        content = found.content
        if content is None or content[0] < group.verb or found.quoted:
            return found
        first = subject[0] if subject and subject[1] <= group.start else group.start
        relative = bool(subject) and t.bits[first] & REL and not t.bits[first] & CAP
        before = t.bits[first - 1] if first > self.lo else 0
        fronted = (
            before & SUB and (first - 1 <= self.lo + 1 or t.bits[max(first - 2, 0)] & (COMMA | NOUN | PLURAL | TIME))
        ) or (group.form == "participle" and group.start <= self.lo + 1)
        attached = group.form == "participle" and subject is not None and subject[1] == group.start
        attached = attached and not t.bits[content[0]] & WH
        if not relative and not fronted and not attached:
            return found
        for k in range(content[0] + 1, content[1]):
            if (
                t.bits[k] & COMMA
                and (relative or fronted)
                and (fronted or (k + 1 < self.hi and t.bits[k + 1] & (PAST | S | AUX) and not t.bits[k + 1] & CAP))
            ):
                if "clause" in found.pattern and not fronted and not ends.has_finite_verb(t, content[0], k):
                    continue  # "who said that Li, a doctor, would leave"
                return replace(found, content=(content[0], k))
            if (
                (relative or attached)
                and found.pattern in {"object", "preposition", "to-infinitive"}
                and k > content[0] + 1
                and t.bits[k] & (PAST | AUX)
                and not t.bits[k] & CAP
                and not t.bits[k - 1] & (REL | PRON | CONJ | AUX | THAT | TO)
                and (t.bits[k] & AUX or verbgroups.verb_group(t, k, self.lo, self.hi) is not None)
            ):
                return replace(found, content=(content[0], k))
        return found

    def _plausible(self, group: VerbGroup, subject: Range | None, complement: Complement) -> bool:
        """Whether a source can be the one who says or thinks: an actor, not a thing, where the reading is weak."""
        if subject is None:
            return complement.quoted and group.form != "participle"
        t = self.actors.tokens
        head = t.words[subject[1] - 1].lower
        if subject[1] - subject[0] == 1 and head in {"it", "this", "that", "there", "you", "which"}:
            spoken = complement.pattern in {"that-clause", "quotation", "preposed", "bare clause"}
            spoken = spoken or (complement.pattern == "of" and self.actors.is_actor(self.actors.scene.entity(*subject)))
            told = head == "it" and bool(t.bits[subject[0] - 1] & THAT or t.words[subject[0] - 1].verbs)
            return head in {"which", "it", "that"} and (
                spoken or told or subjects.animate_antecedent(self.actors.scene, subject, self.lo)
            )
        if complement.pattern not in {"object", "naming", "preposition", "ing-clause", "to-infinitive"}:
            return True
        return subjects.animate(self.actors.scene, subject)

    # --- speech before its cue -----------------------------------------------------------------------------------

    def _inverted(self, group: VerbGroup, last: int, entry: Entry) -> list[Draft]:
        """``"...," said the minister`` and ``..., said the minister``."""
        t, k = self.actors.tokens, group.start - 1
        if group.verb != group.start or k < self.lo or not t.bits[k] & (QUOTE | COMMA) or t.bits[group.verb] & ING:
            return []
        quoted = bool(t.bits[k] & QUOTE) or bool(t.bits[k - 1] & QUOTE)
        says = "that" in entry.frames and "addr" not in entry.frames
        if not quoted and (not says or phrases.relative_between(t, self.lo, k)):
            return []
        if t.bits[k] & QUOTE and not t.bits[k - 1] & PUNCT and t.words[k - 1].lower.strip(".!?\u2026"):
            return []  # "a hacker called "Bear" told the paper"
        subject = phrases.noun_phrase(t, last + 1, self.hi)
        if subject is None or (t.bits[subject[0]] & (REL | TIME) and not t.bits[subject[0]] & PRON):
            return []
        if not quoted:
            following = complements.that_clause(t, last + 1, self.hi)
            if following or not ends.has_finite_verb(t, self.lo, k):
                return []
            if not subjects.animate(self.actors.scene, subject):
                return []  # "the head of the union, Li Wei, vowed more strikes"
        content = quotations.before(t, k, self.lo)
        if content is None:
            return []
        complement = Complement("preposed", content, quoted=quoted and bool(t.bits[content[0]] & QUOTE))
        return list(self._drafts(group, (group.verb, last + 1), entry, subject, complement, ""))

    def _before(self, group: VerbGroup, subject: Range | None, entry: Entry, *, quoted_only: bool) -> Complement | None:
        """Content that stands before subject and cue: ``"...," he said``; ``..., officials said``."""
        t = self.actors.tokens
        if not entry.frames & {"quote", "that"} or subject is None or group.form == "participle":
            return None
        k = subject[0] - 1
        if k < self.lo or not t.bits[k] & (QUOTE | COMMA):
            return None
        quoted = bool(t.bits[k] & QUOTE) or (k > self.lo and bool(t.bits[k - 1] & QUOTE))
        if not quoted and (quoted_only or self._relative(subject)):
            return None
        plain = (
            group.start == group.verb and not self._relative(subject) and subjects.animate(self.actors.scene, subject)
        )
        if not quoted and plain and (whole := quotations.around(t, group.verb + 1, k, (self.lo, self.hi))):
            return Complement("parenthesis", whole)
        inverted = t.bits[self.lo] & AUX and not any(t.words[j].lower == "?" for j in range(self.lo, k))
        fronted = (t.bits[self.lo] & SUB or inverted) and not any(bit & COMMA for bit in t.bits[self.lo : k])
        if not quoted and (fronted or not ends.has_finite_verb(t, self.lo, k)):
            return None
        content = quotations.before(t, k, self.lo)
        return Complement("preposed", content, quoted=quoted and bool(t.bits[content[0]] & QUOTE)) if content else None

    # --- passives ---------------------------------------------------------------------------------------------------

    def _passive(self, group: VerbGroup, last: int, entry: Entry) -> Iterator[Draft]:
        """``X was accused of ... by Y``: the agent speaks, the subject is the target."""
        t, bounds = self.actors.tokens, (self.lo, self.hi)
        agent = passives.agent(t, last, self.hi)
        if agent is None or entry.lemma in passives.ACTIVE or not subjects.animate(self.actors.scene, agent):
            return
        if content := formulas.as_said(t, group.start, agent[1], self.lo, self.hi):
            complement: Complement | None = Complement("as-clause", content)
        else:
            complement = passives.complement(t, group, last, agent, bounds)
        relayed = agent[1] < self.hi and t.words[agent[1]].lower == "as" and entry.lemma in {"quote", "cite"}
        if complement and not relayed:
            yield from self._drafts(group, (group.verb, last + 1), entry, agent, complement, "")

    # --- adjectives and nouns ---------------------------------------------------------------------------------------

    def _adjective(self, i: int, word: Word) -> Iterator[Draft]:
        """``is confident that``, ``are worried about``, ``seemed unsure``."""
        t, k = self.actors.tokens, i - 1
        while k >= self.lo and t.bits[k] & (NEG | 1 << 17) and not t.bits[k] & AUX:
            k -= 1
        if k < self.lo or not (t.bits[k] & BE or t.words[k].lower in _LINKING):
            return
        group = self._copula(k)
        subject = phrases.subject_before(t, group.start, self.lo)
        if subject is None or t.words[subject[1] - 1].lower in {"there", "this"}:
            return
        impersonal = t.words[subject[1] - 1].lower == "it"
        for entry in word.adjectives:
            if impersonal and entry.relation not in READY:
                continue  # "it is certain that"
            complement = complements.after_cue(t, entry, i + 1, self.hi)
            if complement and complement.content:
                yield from self._drafts(group, (i, i + 1), entry, subject, complement, "adjective")
                return

    def _noun(self, i: int, word: Word) -> Iterator[Draft]:
        """``his claim that``, ``a promise to``, ``Iran's criticism of``."""
        t = self.actors.tokens
        if i == self.lo or (t.bits[i] & VERB and verbgroups.verb_group(t, i, self.lo, self.hi)):
            return
        for entry in word.nouns:
            if entry.deed:
                continue
            complement = complements.after_cue(t, entry, i + 1, self.hi)
            if complement is None or complement.content is None or complement.pattern == "bare clause":
                continue
            source = subjects.possessor(self.actors.scene, i, self.lo, self.hi)
            if source is None:
                continue
            complement = replace(
                complement, content=complements.before_main_verb(t, self.lo, self.hi, i, complement.content)
            )
            if t.words[i + 1].lower == "to" and complement.pattern == "that-clause":
                complement = replace(complement, target=phrases.noun_phrase(t, i + 2, self.hi))
            group = VerbGroup(i, i, "noun")
            yield from self._drafts(group, (i, i + 1), entry, source, complement, "noun")
            return

    # --- formulas --------------------------------------------------------------------------------------------------

    def according(self, i: int) -> Iterator[Draft]:
        """``According to X, ...`` and ``..., according to X``."""
        found = formulas.according(self.actors.tokens, i, self.lo, self.hi)
        if found:
            source, content = found
            complement = Complement("according to", content)
            cue = (i, i + 1 if self.actors.tokens.words[i].lower == "per" else i + 2)
            yield from self._drafts(VerbGroup(i, i, "finite"), cue, SAYS, source, complement, "")

    def viewpoint(self, i: int) -> Iterator[Draft]:
        """``In Iran's view, ...``; the noun is token ``i``."""
        found = formulas.viewpoint(self.actors.scene, i, self.lo, self.hi)
        if found:
            source, content, cue = found
            yield from self._drafts(
                VerbGroup(cue[0], i, "noun"), cue, BELIEVES, source, Complement("point of view", content), ""
            )

    def headline(self) -> Iterator[Draft]:
        """``Lavrov: ...`` as a line of its own."""
        found = formulas.headline(self.actors.scene, self.lo, self.hi)
        if found:
            source, content, colon = found
            complement = Complement("colon", content, quoted=bool(self.actors.tokens.bits[content[0]] & QUOTE))
            yield from self._drafts(
                VerbGroup(colon, colon, "finite"), (colon, colon + 1), SAYS, source, complement, "headline"
            )


# What "it" may be ready for.
READY = frozenset(("intends", "hopes", "supports", "opposes", "fears", "agrees", "refuses"))
_LINKING = word_class("linking verb")
SAYS = Entry("say", "says", frozenset())
BELIEVES = Entry("view", "believes", frozenset())
