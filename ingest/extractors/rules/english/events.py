"""Deeds told of by nouns: talks with, an attack on, a suspension of aid to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import phrases, verbgroups
from ingest.extractors.rules.english.acts import REACH, Acts
from ingest.extractors.rules.english.lexicon import (
    AUX,
    CAP,
    COMMA,
    CONJ,
    DET,
    GENITIVE,
    NOUN,
    NUM,
    PAST,
    POSS,
    PREP,
    PUNCT,
    QUANT,
    STOP,
    TIME,
    VERB,
    Entry,
    reversals,
    verb_class,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.mentions import PARTITIVE
from ingest.extractors.rules.english.targets import WHERE, Found
from ingest.extractors.rules.english.verbgroups import VerbGroup

# How near a verb of ending and the noun of what it ends are one cue, in tokens: "lifted its trade sanctions".
NEAR = 5


@dataclass(slots=True)
class Events(Acts):
    """Reads the nouns that tell of deeds."""

    def _noun(self, i: int, end: int, entry: Entry) -> Iterator[Draft]:
        """``talks between X and Y``, ``X's attack on Y``, ``X signed an agreement with Y``, ``X-Y talks``."""
        t = self.actors.tokens
        if entry.relation == "protests" and end < self.hi and t.bits[end] & NOUN and not t.bits[end] & (PREP | PAST):
            return  # "a protest note"
        group = VerbGroup(i, i, "noun")
        start = self._noun_start(i)
        sides = self._sides(start, i, end)
        if len(sides) > 1:
            group = replace(group, negated=t.words[start].lower == "no")
            for doers, partners in self._each_other(sides, []):
                yield from self._drafts(group, (i, end), entry.relation, doers, partners, "noun")
            return
        objects = self._prepositions(end, entry)
        sources = self._noun_sources(start, i, end)
        relation = entry.relation
        governing = self._governing(start) or self._passive_of(end)
        if governing and governing.passive and not objects:
            objects = self._prepositions(governing.verb + 1, entry)
        if ended := self._ended(start):
            relation = reversals().get(relation, relation if relation in _RELIEF else "")
            governing = self._governing(ended)
            sources = self._noun_sources(self._noun_start(ended), ended, end) or sources
            if not sources and governing:
                sources = self._by(governing.verb + 1) if governing.passive else self._agents(governing)
        elif governing and t.words[governing.verb].lower in _ENDING:
            relation = reversals().get(relation, relation if relation in _RELIEF else "")
            sources = self._by(governing.verb + 1) if governing.passive else self._agents(governing)
            group = governing
        elif not sources and governing and self._does(governing):
            sources = self._by(governing.verb + 1) if governing.passive else self._agents(governing)
            group = governing
        if not sources and objects and ("sym" in entry.frames or relation == "visits"):
            sources = self._after(start)
        if t.words[start].lower == "no" or (start > self.lo and t.words[start - 1].lower == "without"):
            group = replace(group, negated=not group.negated)
        if not objects and relation == "protests":
            objects = self._grievance(end)
            sources = sources or self._scene_of(end)
        ends = governing and relation != entry.relation and 0 < i - governing.verb < NEAR
        cue = (group.verb, end) if ends else (i, end)
        dealings = self._each_other(sources, objects) if "sym" in entry.frames else [(sources, objects)]
        for doers, partners in dealings if relation else ():
            yield from self._drafts(group, cue, relation, doers, partners, "noun")

    def _after(self, start: int) -> list[Found]:
        """Who speaks or acts ``after talks with`` somebody: the subject of the clause."""
        t, k = self.actors.tokens, start - 1
        if k < self.lo or t.words[k].lower not in {"after", "following", "before", "during", "at", "for", "on"}:
            return []
        subject = phrases.main_subject(t, k, self.lo, self.hi)
        return self._doers(subject) if subject else []

    def _ended(self, start: int) -> int:
        """The noun of ending before a deed's noun phrase: ``a suspension of (aid)``; 0 where there is none."""
        words, k = self.actors.tokens.words, start - 1
        if k - 1 > self.lo and words[k].lower in {"of", "to", "in", "on"} and words[k - 1].lower in _END_NOUNS:
            return k - 1
        return 0

    def _scene_of(self, end: int, *, near: bool = False) -> list[Found]:
        """The country where it happens: ``protests broke out in Iran``; ``near``: ``bombed the airport at Asmara``."""
        t = self.actors.tokens
        for m in self.actors.scene.matches_in(end, min(self.hi, end + REACH)):
            if near and any(bit & (PUNCT | AUX | CONJ) for bit in t.bits[end : m.start]):
                break
            if t.words[m.start - 1].lower in WHERE and m.entity.country and m.entity.kind == "country":
                return [(t.span(m.start, m.end), m.entity)]
        return []

    def _sides(self, start: int, i: int, end: int) -> list[Found]:
        """Both sides of ``US-Iran talks`` or ``talks between the US and Iran``."""
        t = self.actors.tokens
        for k in range(start, i):
            if k in self.actors.scene.pairs:
                return list(self.actors.scene.pairs[k])
        if end < self.hi and t.words[end].lower == "between":
            pair = phrases.noun_phrase(t, end + 1, self.hi)
            return self.actors.objects(pair) if pair else []
        return []

    def _noun_start(self, i: int) -> int:
        bits, k = self.actors.tokens.bits, i
        while k > self.lo and not bits[k - 1] & (PUNCT | PREP | AUX | CONJ | TIME) and i - k < 6:
            k -= 1
            if bits[k] & VERB and not bits[k] & CAP and not (k > self.lo and bits[k - 1] & (DET | POSS | GENITIVE)):
                return k + 1
            if bits[k] & (DET | POSS):
                break
        return k

    def _governing(self, start: int) -> VerbGroup | None:
        """The verb that governs a noun phrase beginning at ``start``: ``held``, ``launched``, ``agreed to``."""
        t, k = self.actors.tokens, start - 1
        if (k > self.lo and t.words[k].lower in _ADJUNCT) or (
            k > self.lo + 1 and t.words[k].lower == "of" and self._measure(k - 1)
        ):
            k -= 1
        purpose = t.words[start - 1].lower == "for"
        while k > self.lo and start - k < 6 and not t.bits[k] & (PUNCT | AUX):
            if (
                t.bits[k] & PREP
                and not (purpose and t.words[k].lower in {"in", "at"})
                and not (t.words[k].lower in _PARTICLE and verbgroups.verb_group(t, k - 1, self.lo, self.hi))
            ):
                return None
            if t.bits[k] & VERB and not t.bits[k] & CAP:
                group = verbgroups.verb_group(t, k, self.lo, self.hi)
                if group:
                    return group
            k -= 1
        return None

    def _measure(self, k: int) -> bool:
        """``10 days (of)``, ``700 kg (of)``, ``a series (of)``."""
        t = self.actors.tokens
        return t.words[k].lower in PARTITIVE or bool(t.bits[k - 1] & (NUM | QUANT))

    def _does(self, group: VerbGroup) -> bool:
        """Whether the subject of a verb does the deed its object names: not ``rejected talks``, ``survived a raid``."""
        word = self.actors.tokens.words[group.verb]
        if word.lower in _LIGHT:
            return True
        if word.lower in _UNDERGOING or any(entry.relation not in _DOING for entry in word.verbs):
            return False
        after = self.actors.tokens.words[group.verb + 1].lower
        return not any(phrase.words[0] == after for phrase in word.phrases)

    def _passive_of(self, end: int) -> VerbGroup | None:
        """The passive verb whose subject is a noun phrase going on at ``end``: ``sanctions on Syria were lifted``."""
        t = self.actors.tokens
        for k in range(end, min(self.hi - 1, end + 8)):
            if t.bits[k] & (STOP | COMMA | CONJ):
                return None
            if t.bits[k] & AUX:
                verb = next((j for j in range(k + 1, min(self.hi, k + 4)) if t.bits[j] & VERB), None)
                group = verbgroups.verb_group(t, verb, self.lo, self.hi) if verb else None
                return group if group and group.passive else None
        return None

    def _event(self, i: int) -> list[Found]:
        """Who did what a phrase of event names: ``(killed in) an Israeli raid``."""
        t = self.actors.tokens
        for k in range(i, min(self.hi, i + 5)):
            if any(entry.deed for entry in t.words[k].nouns):
                inside = self.actors.scene.matches_in(i, k)
                return [(t.span(m.start, m.end), m.entity) for m in inside[:1]]
            if t.bits[k] & (PUNCT | PREP | AUX):
                break
        return []


_LIGHT = verb_class("light verb")
_ENDING = verb_class("verb of ending")
_END_NOUNS = word_class("noun of ending")
_UNDERGOING = verb_class("verb of undergoing")
# Statements whose subject does what their object names.
_DOING = frozenset(("announces", "agrees", "orders", "intends", "promises", "threatens", "offers"))
# Deeds that are themselves the end of another.
_RELIEF = frozenset(("eases_restrictions", "eases_sanctions", "releases", "withdraws", "yields"))
_PARTICLE = frozenset(("up", "out", "off", "over", "down"))
_ADJUNCT = frozenset(("to", "in", "into", "on", "for", "during"))
