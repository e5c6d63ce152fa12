"""Deeds: who does what to whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.claims import Modality
from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import clauses
from ingest.extractors.rules.english.clauses import VerbGroup
from ingest.extractors.rules.english.complements import Range
from ingest.extractors.rules.english.lexicon import (
    ADV,
    AUX,
    CAP,
    COMMA,
    CONJ,
    DET,
    GENITIVE,
    POSS,
    PREP,
    PUNCT,
    QUANT,
    STOP,
    TIME,
    VERB,
    Entry,
    Phrase,
)  # fmt: skip
from ingest.extractors.rules.english.targets import Actors, Found

# What only a state does: a place named without an agent stands for its authorities.
STATE_ACTS = frozenset(("arrests", "convicts", "investigates", "expels", "releases"))
CONFIDENCE = {"active": 0.75, "passive": 0.75, "place": 0.55, "noun": 0.65, "mutual": 0.7}


@dataclass(slots=True)
class Deeds:
    """Reads the deeds of one sentence (tokens ``lo`` to ``hi``) of a document."""

    actors: Actors
    lo: int
    hi: int
    evidence: tuple[int, int]
    done: int = -1

    def read(self, i: int) -> Iterator[Draft]:
        """The deeds whose cue begins at token ``i``."""
        t = self.actors.tokens
        word = t.words[i]
        following = t.words[i + 1].lower if word.phrases and i + 1 < self.hi else ""
        for phrase in word.phrases:
            if phrase.words[0] == "#noun" and phrase.words[1] == following and self._matches(i, phrase):
                self.done = i + len(phrase.words)
                yield from self._noun(i, self.done, phrase.entry)
                return
        if i < self.done:
            return
        group = clauses.verb_group(t, i, self.lo, self.hi) if word.deeds else None
        if group:
            for entry in word.deeds:
                found = list(self._verb(group, entry))
                if found:
                    yield from found
                    return
        for entry in word.nouns:
            if entry.deed and not (group and group.form == "finite"):
                yield from self._noun(i, i + 1, entry)
                return

    def _matches(self, i: int, phrase: Phrase) -> bool:
        words = phrase.words[1:]
        t = self.actors.tokens
        return i + len(words) < self.hi and all(t.words[i + 1 + k].lower == w for k, w in enumerate(words))

    # --- verbs ----------------------------------------------------------------------------------------------------

    def _verb(self, group: VerbGroup, entry: Entry) -> Iterator[Draft]:
        t = self.actors.tokens
        if group.passive:
            yield from self._passive(group, entry)
            return
        subject = self._agent(group)
        if subject is None:
            return
        objects = self._right(group.verb + 1, entry)
        sources = self._actors(subject)
        rule = "active"
        if not objects and "sym" in entry.frames and len(sources) > 1:
            objects, sources, rule = sources[1:], sources[:1], "mutual"
        if not objects and entry.relation == "protests":
            objects = self._grievance(group.verb + 1)
        yield from self._drafts(group, (group.verb, group.verb + 1), entry, sources, objects, rule)
        del t

    def _agent(self, group: VerbGroup) -> Range | None:
        t = self.actors.tokens
        if group.form in {"participle", "infinitive"}:
            return clauses.main_subject(t, group.start, self.lo, self.hi)
        return clauses.subject_before(t, group.start, self.lo)

    def _passive(self, group: VerbGroup, entry: Entry) -> Iterator[Draft]:
        """``X was arrested by Y``; without an agent, the place's country acts: ``was arrested in Lebanon``."""
        t = self.actors.tokens
        patient = clauses.subject_before(t, group.start, self.lo)
        if patient is None:
            return
        objects = self._actors(patient)
        if not objects:
            return
        for k in range(group.verb + 1, min(self.hi, group.verb + 20)):
            if t.words[k].lower == "by":
                agent = clauses.noun_phrase(t, k + 1, self.hi)
                if agent:
                    yield from self._drafts(
                        group, (group.verb, group.verb + 1), entry, self._actors(agent), objects, "passive"
                    )
                return
            if t.bits[k] & (STOP | COMMA):
                break
            if entry.relation in STATE_ACTS and t.words[k].lower == "in" and k + 1 in self.actors.scene.matches:
                match = self.actors.scene.matches[k + 1]
                if match.entity.kind == "country":
                    place = [(t.span(match.start, match.end), match.entity)]
                    yield from self._drafts(group, (group.verb, group.verb + 1), entry, place, objects, "place")
                    return

    def _right(self, i: int, entry: Entry) -> list[Found]:
        """The objects after a verb: the direct one, or that of one of the entry's prepositions."""
        t = self.actors.tokens
        while i < self.hi and t.bits[i] & (ADV | TIME) and not t.bits[i] & (PREP | CAP | QUANT | DET):
            i += 1
        if i >= self.hi:
            return []
        found: list[Found] = []
        if "np" in entry.frames and not t.bits[i] & PREP:
            phrase = clauses.noun_phrase(t, i, self.hi)
            if phrase:
                found = self.actors.objects(phrase)
                i = phrase[1]
        if found:
            return found
        return self._prepositions(i, entry)

    def _prepositions(self, i: int, entry: Entry) -> list[Found]:
        t = self.actors.tokens
        for k in range(i, min(self.hi, i + 14)):
            bit = t.bits[k]
            if bit & STOP or bit & AUX or t.words[k].lower in {"that", "who", "which", "said"}:
                break
            if bit & PREP and "p:" + t.words[k].lower in entry.frames:
                phrase = clauses.noun_phrase(t, k + 1, self.hi)
                found = self.actors.objects(phrase) if phrase else []
                if found:
                    return found
        return []

    # --- nouns ------------------------------------------------------------------------------------------------------

    def _noun(self, i: int, end: int, entry: Entry) -> Iterator[Draft]:
        """``talks between X and Y``, ``X's attack on Y``, ``X signed an agreement with Y``."""
        t = self.actors.tokens
        group = VerbGroup(i, i, "noun")
        if end < self.hi and t.words[end].lower == "between":
            pair = clauses.noun_phrase(t, end + 1, self.hi)
            sides = self.actors.objects(pair) if pair else []
            if len(sides) > 1:
                yield from self._drafts(group, (i, end), entry, sides[:1], sides[1:], "noun")
                return
        start = self._noun_start(i)
        objects = self._prepositions(end, entry)
        sources = self._noun_sources(start, i, end)
        if not sources:
            sources, group = self._light_verb(start, i)
        if not objects and "sym" in entry.frames and len(sources) > 1:
            sources, objects = sources[:1], sources[1:]
        if not objects and entry.relation == "protests":
            objects = self._grievance(end)
        yield from self._drafts(group, (i, end), entry, sources, objects, "noun")

    def _grievance(self, end: int) -> list[Found]:
        """Whom a protest is about: the first actor named after it."""
        t = self.actors.tokens
        return [(t.span(m.start, m.end), m.entity) for m in self.actors.scene.matches_in(end, self.hi)][:1]

    def _noun_start(self, i: int) -> int:
        bits, k = self.actors.tokens.bits, i
        while k > self.lo and not bits[k - 1] & (PUNCT | PREP | AUX | CONJ | TIME) and i - k < 6:
            k -= 1
            if bits[k] & VERB and not bits[k] & CAP and not (k > self.lo and bits[k - 1] & (DET | POSS | GENITIVE)):
                return k + 1
            if bits[k] & DET:
                break
        return k

    def _noun_sources(self, start: int, i: int, end: int) -> list[Found]:
        """The actor inside the noun phrase (``Israeli attack``, ``Iran's visit``) or after ``by``."""
        t = self.actors.tokens
        inside = self.actors.scene.matches_in(start, i)
        if inside:
            match = inside[0]
            return [(t.span(match.start, match.end), match.entity)]
        for k in range(end, min(self.hi, end + 8)):
            if t.words[k].lower == "by":
                phrase = clauses.noun_phrase(t, k + 1, self.hi)
                return self._actors(phrase) if phrase else []
            if t.bits[k] & PUNCT or (t.bits[k] & PREP and t.words[k].lower not in {"of", "in"}):
                break
        return []

    def _light_verb(self, start: int, i: int) -> tuple[list[Found], VerbGroup]:
        """The subject of the verb that governs the noun: ``held``, ``launched``, ``imposed``."""
        t, k = self.actors.tokens, start - 1
        none = VerbGroup(i, i, "noun")
        for k in range(start - 1, max(self.lo, start - 6), -1):
            if t.bits[k] & PUNCT:
                break
            if t.bits[k] & VERB and not t.bits[k] & CAP:
                group = clauses.verb_group(t, k, self.lo, self.hi)
                if group is None:
                    continue
                if group.passive:
                    return [], none
                subject = self._agent(group)
                return (self._actors(subject) if subject else []), VerbGroup(
                    group.start, i, group.form, negated=group.negated, modal=group.modal
                )
        return [], none

    # --- drafts -----------------------------------------------------------------------------------------------------

    def _actors(self, phrase: Range) -> list[Found]:
        return [found for found in self.actors.each(phrase, phrase[0]) if self.actors.is_actor(found[1])]

    def _drafts(
        self, group: VerbGroup, cue: Range, entry: Entry, sources: list[Found], objects: list[Found], rule: str
    ) -> Iterator[Draft]:
        t = self.actors.tokens
        targets: list[Found | None] = [*objects] or [None]
        for source in sources:
            for target in targets:
                if target and (target[1].id == source[1].id or target[0] == source[0]):
                    continue
                yield Draft(
                    evidence=self.evidence, cue=t.span(*cue), relation=entry.relation, subject=source,
                    rule=f"en.deed+{rule}", object=target, negated=group.negated,
                    modality=_modality(group), confidence=CONFIDENCE[rule],
                )  # fmt: skip


def _modality(group: VerbGroup) -> Modality:
    if group.modal in {"will", "wo", "shall", "'ll"} or group.form == "infinitive":
        return "intended"
    return "hypothetical" if group.modal in {"could", "may", "might", "would", "should"} else "asserted"
