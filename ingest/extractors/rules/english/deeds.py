"""Deeds: who does what to whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.claims import Modality
from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import phrases, verbgroups
from ingest.extractors.rules.english.attributions import Reader
from ingest.extractors.rules.english.complements import Range
from ingest.extractors.rules.english.lexicon import (
    ADV,
    AUX,
    CAP,
    COMMA,
    CONJ,
    DET,
    GENITIVE,
    NUM,
    POSS,
    PREP,
    PUNCT,
    QUANT,
    REL,
    STOP,
    TIME,
    VERB,
    Combination,
    Entry,
    Phrase,
    reversals,
    verb_class,
)  # fmt: skip
from ingest.extractors.rules.english.mentions import PARTITIVE
from ingest.extractors.rules.english.names import Match
from ingest.extractors.rules.english.stance import stance
from ingest.extractors.rules.english.targets import Actors, Found
from ingest.extractors.rules.english.verbgroups import VerbGroup

# What only a state does: a place named without an agent stands for its authorities.
STATE_ACTS = frozenset(("arrests", "convicts", "investigates", "expels", "releases"))
CONFIDENCE = {"active": 0.75, "passive": 0.75, "place": 0.55, "noun": 0.65, "mutual": 0.7, "combination": 0.75}
# Deeds that are none without somebody they are done to or with.
TWO_SIDED = frozenset(("aids", "supplies", "arms", "cooperates", "hosts", "trades", "signs"))
# How far from a verb its object's head, an agent after "by", or a preposition's object may stand, in tokens.
REACH = 14


@dataclass(slots=True)
class Deeds:
    """Reads the deeds of one sentence (tokens ``lo`` to ``hi``); ``reader`` has read its attributions so far."""

    reader: Reader
    lo: int
    hi: int
    evidence: tuple[int, int]
    skip: set[int] = field(default_factory=set)

    @property
    def actors(self) -> Actors:
        """The document's actors."""
        return self.reader.actors

    def read(self, i: int) -> Iterator[Draft]:
        """The deeds whose cue begins at token ``i``."""
        if i in self.skip:
            return
        word = self.actors.tokens.words[i]
        phrase = self._phrase(i, word.phrases)
        if phrase:
            end = i + len(phrase.words)
            self.skip.update(range(i, end))
            yield from self._noun(i, end, phrase.entry)
            return
        needed = word.deeds or word.combinations
        group = verbgroups.verb_group(self.actors.tokens, i, self.lo, self.hi) if needed else None
        if group and (found := list(self._of_verb(group, word.combinations, word.deeds))):
            yield from found
            return
        if i + 1 < self.hi and any(entry.deed for entry in self.actors.tokens.words[i + 1].nouns):
            return
        for entry in word.nouns:
            if entry.deed and not (group and group.form == "finite"):
                yield from self._noun(i, i + 1, entry)
                return

    def _phrase(self, i: int, phrases: tuple[Phrase, ...]) -> Phrase | None:
        t = self.actors.tokens
        for phrase in phrases:
            words = phrase.words[1:]
            last = i + len(words)
            if phrase.words[0] != "#noun" or last >= self.hi:
                continue
            if all(t.words[i + 1 + k].lower == w for k, w in enumerate(words)):
                return phrase
        return None

    # --- verbs ----------------------------------------------------------------------------------------------------

    def _of_verb(self, group: VerbGroup, pairs: tuple[Combination, ...], entries: tuple[Entry, ...]) -> Iterator[Draft]:
        for pair in pairs:
            noun = phrases.object_head(self.actors.tokens, group.verb + 1, self.hi, pair.nouns)
            if noun is not None and not group.passive:
                self.skip.update(range(group.verb + 1, noun + 1))
                yield from self._combined(group, noun, pair.entry)
                return
        for entry in entries:
            found = list(self._passive(group, entry) if group.passive else self._active(group, entry))
            if found:
                yield from found
                return

    def _combined(self, group: VerbGroup, noun: int, entry: Entry) -> Iterator[Draft]:
        """``recalled its ambassador to X``, ``fired missiles at X``, ``expelled the X ambassador``."""
        t = self.actors.tokens
        sources = self._agents(group)
        objects = self._prepositions(noun + 1, entry)
        if not objects:
            start = group.verb + 1
            objects = [
                (t.span(m.start, m.end), m.entity)
                for m in self.actors.scene.matches_in(start, noun + 1)
                if m.entity.kind in {"country", "organization"}
            ]
        if not objects and "sym" in entry.frames and len(sources) > 1:
            sources, objects = sources[:1], sources[1:]
        if not objects and entry.relation == "protests":
            objects = self._grievance(noun + 1)
        yield from self._drafts(group, (group.verb, group.verb + 1), entry.relation, sources, objects, "combination")

    def _active(self, group: VerbGroup, entry: Entry) -> Iterator[Draft]:
        sources = self._agents(group)
        if not sources:
            return
        objects = self._right(group.verb + 1, entry) or self._relative(group, entry)
        rule = "active"
        if not objects and "sym" in entry.frames and len(sources) > 1:
            objects, sources, rule = sources[1:], sources[:1], "mutual"
        if not objects and entry.relation == "protests":
            objects = self._grievance(group.verb + 1)
        yield from self._drafts(group, (group.verb, group.verb + 1), entry.relation, sources, objects, rule)

    def _agents(self, group: VerbGroup) -> list[Found]:
        """Who does it: the subject, or whom the cue that governs an infinitive or participle names."""
        t = self.actors.tokens
        if group.form in {"participle", "infinitive"}:
            governed = self.reader.governed(group.start)
            if governed is not None:
                return [found for found in governed if self.actors.is_actor(found[1])]
            subject = self._headline_subject(group) or phrases.main_subject(t, group.start, self.lo, self.hi)
        else:
            subject = phrases.subject_before(t, group.start, self.lo)
            if subject is None and group.start > self.lo and t.bits[group.start - 1] & COMMA:
                subject = phrases.of_first_verb(t, group.start - 1, self.lo)
        return self._doers(subject) if subject else []

    def _headline_subject(self, group: VerbGroup) -> Range | None:
        """``Zelensky to meet Trump``: what is announced in a headline."""
        t = self.actors.tokens
        if group.form != "infinitive" or not verbgroups.is_headline(t, self.lo, group.start, self.hi):
            return None
        return self.lo, group.start

    def _doers(self, phrase: Range) -> list[Found]:
        """The actors of a noun phrase; of an event (``Israeli strikes killed``) those who did it."""
        head = self.actors.scene.head_end(*phrase) - 1
        if any(entry.deed for entry in self.actors.tokens.words[head].nouns):
            return self._noun_sources(phrase[0], head, head + 1)
        return self._actors(phrase)

    def _relative(self, group: VerbGroup, entry: Entry) -> list[Found]:
        """``Crimea, which Russia annexed``: the object stands before the relative word."""
        t = self.actors.tokens
        if "np" not in entry.frames or group.form != "finite":
            return []
        subject = phrases.subject_before(t, group.start, self.lo)
        k = subject[0] - 1 if subject else self.lo
        if k <= self.lo or not t.bits[k] & REL:
            return []
        end = k - bool(t.bits[k - 1] & COMMA)
        near = [m for m in self.actors.scene.matches_in(max(self.lo, end - 4), end) if m.end == end]
        if near:
            return [(t.span(near[-1].start, end), near[-1].entity)]
        before = phrases.phrase_back(t, end, self.lo)
        return self.actors.objects(before) if before else []

    def _passive(self, group: VerbGroup, entry: Entry) -> Iterator[Draft]:
        """``X was arrested by Y``; without an agent, the place's country acts: ``was arrested in Lebanon``."""
        t = self.actors.tokens
        patient = phrases.subject_before(t, group.start, self.lo)
        objects = self._actors(patient) if patient else []
        cue = (group.verb, group.verb + 1)
        for k in range(group.verb + 1, min(self.hi, group.verb + 20)) if objects else ():
            if t.words[k].lower == "by":
                agent = phrases.noun_phrase(t, k + 1, self.hi)
                if agent:
                    yield from self._drafts(group, cue, entry.relation, self._actors(agent), objects, "passive")
                return
            if t.bits[k] & (STOP | COMMA):
                break
            if t.words[k].lower == "in" and (event := self._event(k + 1)):
                yield from self._drafts(group, cue, entry.relation, event, objects, "passive")
                return
            if entry.relation in STATE_ACTS and t.words[k].lower == "in" and k + 1 in self.actors.scene.matches:
                match = self.actors.scene.matches[k + 1]
                if match.entity.kind == "country":
                    place = [(t.span(match.start, match.end), match.entity)]
                    yield from self._drafts(group, cue, entry.relation, place, objects, "place")
                    return

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

    def _right(self, i: int, entry: Entry) -> list[Found]:
        """The objects after a verb: the direct one, or that of one of the entry's prepositions."""
        t = self.actors.tokens
        while i < self.hi and t.bits[i] & (ADV | TIME) and not t.bits[i] & (PREP | CAP | QUANT | DET):
            i += 1
        if i >= self.hi:
            return []
        if "np" in entry.frames and not t.bits[i] & PREP:
            phrase = phrases.noun_phrase(t, i, self.hi)
            if phrase:
                found = self.actors.objects(phrase)
                if found:
                    return found
                i = phrase[1]
        return self._prepositions(i, entry)

    def _prepositions(self, i: int, entry: Entry) -> list[Found]:
        t = self.actors.tokens
        for k in range(i, min(self.hi, i + REACH)):
            bit = t.bits[k]
            if bit & STOP or bit & AUX or t.words[k].lower in {"that", "who", "which", "said"}:
                break
            if bit & PREP and "p:" + t.words[k].lower in entry.frames:
                phrase = phrases.noun_phrase(t, k + 1, self.hi)
                found = self.actors.objects(phrase) if phrase else []
                if found:
                    return found
        return []

    # --- nouns ------------------------------------------------------------------------------------------------------

    def _noun(self, i: int, end: int, entry: Entry) -> Iterator[Draft]:
        """``talks between X and Y``, ``X's attack on Y``, ``X signed an agreement with Y``, ``X-Y talks``."""
        t = self.actors.tokens
        group = VerbGroup(i, i, "noun")
        start = self._noun_start(i)
        sides = self._sides(start, i, end)
        if len(sides) > 1:
            yield from self._drafts(group, (i, end), entry.relation, sides[:1], sides[1:], "noun")
            return
        objects = self._prepositions(end, entry)
        sources = self._noun_sources(start, i, end)
        relation = entry.relation
        governing = self._governing(start) or self._passive_of(end)
        if governing and t.words[governing.verb].lower in _ENDING:
            relation = reversals().get(relation, relation if relation in _RELIEF else "")
            sources = self._by(governing.verb + 1) if governing.passive else self._agents(governing)
            group = governing
        elif not sources and governing and self._does(governing):
            sources = self._by(governing.verb + 1) if governing.passive else self._agents(governing)
            group = governing
        if not objects and "sym" in entry.frames and len(sources) > 1:
            sources, objects = sources[:1], sources[1:]
        if not objects and relation == "protests":
            objects = self._grievance(end)
        if relation:
            yield from self._drafts(group, (i, end), relation, sources, objects, "noun")

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
            if bits[k] & (DET | POSS):
                break
        return k

    def _noun_sources(self, start: int, i: int, end: int) -> list[Found]:
        """The actor inside the noun phrase (``Israeli attack``, ``Iran's visit``, ``his visit``) or after ``by``."""
        t = self.actors.tokens
        inside = [m for m in self.actors.scene.matches_in(start, i) if self._acts(m)]
        if inside:
            return [(t.span(inside[0].start, inside[0].end), inside[0].entity)]
        if start < i and t.bits[start] & POSS:
            return self._actors((start, start + 1))
        return self._by(end)

    def _acts(self, match: Match) -> bool:
        """Whether a name before a noun of event says who did it: ``Israeli``, ``Iran's``, ``US``; not ``Beirut``."""
        t = self.actors.tokens
        owner = match.end < self.hi and t.bits[match.end] & GENITIVE
        acronym = t.spelling(match.start).replace(".", "").isupper()
        place = match.entity.kind in {"country", "place"} and match.sort != "demonym"
        return bool(owner or acronym or not place)

    def _by(self, end: int) -> list[Found]:
        """The agents named by ``by`` in the phrase that goes on at ``end``."""
        t = self.actors.tokens
        for k in range(end, min(self.hi, end + REACH)):
            if t.words[k].lower == "by":
                phrase = phrases.noun_phrase(t, k + 1, self.hi)
                return self._actors(phrase) if phrase else []
            if t.bits[k] & (PUNCT | AUX | VERB) and not t.bits[k] & (CAP | PREP):
                break
        return []

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
                and not (t.words[k].lower in _PARTICLE and t.bits[k - 1] & VERB)
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

    # --- drafts -----------------------------------------------------------------------------------------------------

    def _actors(self, phrase: Range) -> list[Found]:
        return [found for found in self.actors.each(phrase, phrase[0]) if self.actors.is_actor(found[1])]

    def _drafts(
        self, group: VerbGroup, cue: Range, relation: str, sources: list[Found], objects: list[Found], rule: str
    ) -> Iterator[Draft]:
        t = self.actors.tokens
        if not objects and ((rule == "noun" and relation != "protests") or relation in TWO_SIDED):
            return
        targets: list[Found | None] = [*objects] or [None]
        negated, modality = stance(self.reader.contents, cue[0], group.negated, _modality(group))
        for source in sources:
            for named in targets:
                target = named and self.actors.domestic(named, source[1])
                if target and (target[1].id == source[1].id or target[0] == source[0]):
                    continue
                yield Draft(
                    evidence=self.evidence, cue=t.span(*cue), relation=relation, subject=source,
                    rule=f"en.deed+{rule}", object=target, negated=negated,
                    modality=modality, confidence=CONFIDENCE[rule],
                )  # fmt: skip


def _modality(group: VerbGroup) -> Modality:
    if group.modal in {"will", "wo", "shall", "'ll"} or group.form == "infinitive":
        return "intended"
    return "hypothetical" if group.modal in {"could", "may", "might", "would", "should"} else "asserted"


_LIGHT = verb_class("light verb")
_ENDING = verb_class("verb of ending")
_UNDERGOING = verb_class("verb of undergoing")
# Statements whose subject does what their object names.
_DOING = frozenset(("announces", "agrees", "orders", "intends", "promises", "threatens", "offers"))
# Deeds that are themselves the end of another.
_RELIEF = frozenset(("eases_restrictions", "eases_sanctions", "releases", "withdraws", "yields"))
_PARTICLE = frozenset(("up", "out", "off", "over", "down"))
_ADJUNCT = frozenset(("to", "in", "into", "on", "for", "during"))
