"""Deeds told of by verbs: who does what to whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import phrases, verbgroups
from ingest.extractors.rules.english.acts import REACH, VIOLENT
from ingest.extractors.rules.english.complements import Range
from ingest.extractors.rules.english.events import Events
from ingest.extractors.rules.english.lexicon import (
    ADV,
    BASE,
    CAP,
    COMMA,
    CONJ,
    DET,
    GENITIVE,
    ING,
    NUM,
    OBJ,
    PAST,
    POSS,
    PREP,
    PUNCT,
    QUANT,
    REL,
    STOP,
    SUB,
    THAT,
    TIME,
    Combination,
    Entry,
    Phrase,
    Word,
    instruments,
    verb_class,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.mentions import PARTITIVE
from ingest.extractors.rules.english.statements import Control
from ingest.extractors.rules.english.targets import Found
from ingest.extractors.rules.english.verbgroups import VerbGroup
from ingest.linking.registry import unregistered

# What only a state does: a place named without an agent stands for its authorities.
STATE_ACTS = frozenset(("arrests", "convicts", "investigates", "expels", "releases"))
# Deeds that are an occupation when their object is a place.
TAKING = frozenset(("seizes", "arrests", "releases"))
FORCES = frozenset(("MIL", "REB", "COP"))


@dataclass(slots=True)
class Deeds(Events):
    """Reads the deeds of one sentence, in the order of its tokens: those of verbs here, those of nouns as events."""

    sport: bool | None = None

    def read(self, i: int) -> Iterator[Draft]:
        """The deeds whose cue begins at token ``i``."""
        word = self.actors.tokens.words[i]
        if not word.deed or i in self.skip or self._in_name(i) or self._is_sport():
            return
        phrase = self._phrase(i, word.phrases)
        if phrase:
            end = i + len(phrase.words)
            self.skip.update(range(i, end))
            yield from self._noun(i, end, phrase.entry)
            return
        needed = word.deeds or word.combinations or word.phrasal
        group = verbgroups.verb_group(self.actors.tokens, i, self.lo, self.hi) if needed else None
        group = group or (self._charge(i) if needed else None)
        group = self._phase(group) if group and not self._tells(group) and not self._described(group) else None
        if group and not self._describes(group) and (found := list(self._of_verb(group, word))):
            yield from found
            return
        if i + 1 < self.hi and any(entry.deed for entry in self.actors.tokens.words[i + 1].nouns):
            return
        for entry in word.nouns:
            if entry.deed and not (group and group.form == "finite"):
                yield from self._noun(i, i + 1, entry)
                return

    def _described(self, group: VerbGroup) -> bool:
        """Whether a past form tells of nothing its clause does: ``(gave back) files seized in``."""
        bare = group.form == "finite" and group.start == group.verb and not group.passive
        return bare and phrases.reduced(self.actors.tokens, group.verb, self.lo, self.hi)

    def _prevented(self, k: int) -> bool:
        """Whether what follows ``from`` at token ``k`` is kept from happening; if so, note whom it is kept from."""
        t = self.actors.tokens
        verb = next((i for i in range(k - 1, max(self.lo, k - REACH), -1) if t.words[i].lower in _PREVENTING), -1)
        if verb < 0:
            return False
        kept = phrases.noun_phrase(t, verb + 1, k) if verb + 1 < k else None
        agents = self._actors(kept) if kept else self._agents(VerbGroup(verb, verb, "finite"))
        self.reader.controls.append(Control((k + 1, k + 2), agents))
        return True

    def _tells(self, group: VerbGroup) -> bool:
        """Whether a clause or verb follows: ``charged that they were spying``, ``helped support the poor``."""
        t, after = self.actors.tokens, group.verb + 1
        if after + 1 >= self.hi:
            return False
        acts = t.bits[after] & BASE and t.bits[after + 1] & (DET | POSS | OBJ) and not t.bits[after] & (CAP | PREP)
        if acts and t.words[after].verbs:
            return True
        return bool(t.bits[after] & THAT and t.words[group.verb].verbs)

    def _charge(self, i: int) -> VerbGroup | None:
        """A gerund after ``of`` that says what somebody is accused of: ``accused Iran of arming rebels``."""
        t = self.actors.tokens
        control = self.reader.control(i) if t.bits[i] & ING and t.words[i - 1].lower == "of" else None
        charged = control and (control.content[0] == i or t.bits[i - 2] & CONJ)
        return VerbGroup(i, i, "participle") if charged else None

    def _phase(self, group: VerbGroup) -> VerbGroup | None:
        """The group of ``began to shell``, ``went on shelling``, ``failed to protect``; ``None`` for ``will stop``."""
        t, k = self.actors.tokens, group.start - 1
        word = t.words[k].lower if k >= self.lo else ""
        if group.form == "participle" and word == "from" and self._prevented(k):
            return replace(group, negated=True)
        ends = word in _STOPPING
        if group.form not in {"participle", "infinitive"} or not (ends or word in _GOING_ON) or t.bits[k] & CAP:
            return group
        outer = verbgroups.verb_group(t, k, self.lo, self.hi)
        if outer is None or outer.form == "reduced":
            return group
        if ends and outer.modal:
            return None
        return replace(outer, verb=group.verb, passive=group.passive, negated=outer.negated != ends)

    def _describes(self, group: VerbGroup) -> bool:
        """Whether a participle describes those who are told to act: ``urged striking miners to return``."""
        t, k = self.actors.tokens, group.verb - 1
        if group.form != "participle" or k < self.lo or group.start != group.verb:
            return False
        return any(frame in entry.frames for entry in t.words[k].verbs for frame in ("np_to", "np_of"))

    def _is_sport(self) -> bool:
        """Whether the sentence is about a match: ``France meet Wales in the semi-final``."""
        if self.sport is None:
            self.sport = any(word.lower in _SPORT for word in self.actors.tokens.words[self.lo : self.hi])
        return self.sport

    def _in_name(self, i: int) -> bool:
        """Whether a word is part of a registered name: ``the World Food Programme``."""
        t = self.actors.tokens
        if not t.bits[i] & CAP:
            return False
        return any(m.start <= i < m.end for m in self.actors.scene.matches_in(max(0, i - 5), i + 1))

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

    def _of_verb(self, group: VerbGroup, word: Word) -> Iterator[Draft]:
        for pair in word.combinations:
            found = list(self._paired(group, pair))
            if found:
                yield from found
                return
        for entry, start in self._readings(group, word):
            found = list(self._passive(group, entry) if group.passive else self._active(group, entry, start))
            if found:
                self.skip.update(range(group.verb + 1, start))
                if entry.relation == "signs":  # what is signed is no second deed
                    signed = phrases.noun_phrase(self.actors.tokens, start, self.hi)
                    self.skip.update(range(*signed) if signed else ())
                yield from found
                return

    def _readings(self, group: VerbGroup, word: Word) -> Iterator[tuple[Entry, int]]:
        """What a verb may mean with the words after it, longest first, and where its object begins."""
        t, after = self.actors.tokens, group.verb + 1
        for phrase in word.phrasal:
            end = after + len(phrase.words)
            if end <= self.hi and all(t.words[after + k].lower == w for k, w in enumerate(phrase.words)):
                yield phrase.entry, end
        if after < self.hi and t.words[group.verb].lower in _ENDING and self._is_event(after, group):
            return
        particle = t.words[after].lower if after < self.hi else ""
        for entry in word.deeds:
            if particle not in _PARTICLES or "p:" + particle in entry.frames:
                yield entry, after

    def _is_event(self, i: int, group: VerbGroup) -> bool:
        """Whether what a verb ends is a deed of its own: ``eased sanctions``, ``aid was suspended``."""
        t = self.actors.tokens
        phrase = (
            phrases.subject_before(t, group.start, self.lo) if group.passive else phrases.noun_phrase(t, i, self.hi)
        )
        return phrase is not None and any(e.deed for e in t.words[self.actors.scene.head_end(*phrase) - 1].nouns)

    def _paired(self, group: VerbGroup, pair: Combination) -> Iterator[Draft]:
        """A verb with a noun that is one deed with it: as its object, after ``with``, or as its passive subject."""
        t = self.actors.tokens
        if group.passive:
            yield from self._combined_passive(group, pair)
            return
        by_means = "means" in pair.entry.frames
        if by_means and t.words[min(group.verb + 1, self.hi - 1)].lower != "with":
            return
        noun = phrases.object_head(t, group.verb + 1 + by_means, self.hi, pair.nouns)
        if noun is not None and phrases.told_to_act(t, group.verb, noun, self.hi):
            return
        if noun is not None:
            self.skip.update(range(group.verb + 1, noun + 1))
            yield from self._combined(group, noun, pair.entry)
        elif "with" in pair.entry.frames and (given := phrases.noun_phrase(t, group.verb + 1, self.hi)):
            after = given[1]
            if after < self.hi and t.words[after].lower == "with":
                noun = phrases.object_head(t, after + 1, self.hi, pair.nouns)
                targets = self.actors.objects(given) if noun is not None else []
                if noun is not None and targets:
                    self.skip.update(range(group.verb + 1, noun + 1))
                    cue = (group.verb, group.verb + 1)
                    agents = self._agents(group)
                    yield from self._drafts(group, cue, pair.entry.relation, agents, targets, "combination")

    def _combined_passive(self, group: VerbGroup, pair: Combination) -> Iterator[Draft]:
        """``sanctions were imposed on X by Y``, ``French planes were sent to X``."""
        t, entry = self.actors.tokens, pair.entry
        patient = phrases.subject_before(t, group.start, self.lo)
        if patient is None:
            return
        head = self.actors.scene.head_end(*patient) - 1
        if t.words[head].lower not in pair.nouns:
            return
        sources = self._by(group.verb + 1) or self._noun_sources(patient[0], head, head + 1)
        objects = self._prepositions(group.verb + 1, entry) or self._prepositions(head + 1, entry)
        if not objects and "np" in entry.frames:
            objects = self._inside(patient[0], head)
            sources = self._by(group.verb + 1)
        cue = (group.verb, group.verb + 1)
        yield from self._drafts(group, cue, entry.relation, sources, objects, "combination")

    def _combined(self, group: VerbGroup, noun: int, entry: Entry) -> Iterator[Draft]:
        """``recalled its ambassador to X``, ``fired missiles at X``, ``expelled the X ambassador``."""
        sources = self._agents(group) or (self._crowd(group) if entry.relation == "protests" else [])
        objects = self._prepositions(noun + 1, entry)
        if entry.relation == "arms" and any(self._frontier(found) for found in objects):
            entry = replace(entry, relation="deploys")  # "sent tanks to the Colombian border"
        if not objects and "np" in entry.frames:
            objects = self._inside(group.verb + 1, noun + 1)
        elif not objects and "dative" in entry.frames:
            objects = self._receiver(group.verb + 1, noun)
        if not objects and entry.relation == "protests":
            objects = self._grievance(noun + 1)
        dealings = self._each_other(sources, objects) if "sym" in entry.frames else [(sources, objects)]
        for doers, partners in dealings:
            yield from self._drafts(group, self._cue(group, noun), entry.relation, doers, partners, "combination")

    def _frontier(self, found: Found) -> bool:
        """Whether something is brought to a border, not to those behind it."""
        last = self.actors.tokens.text[slice(*found[0])].rsplit(" ", 1)[-1].lower()
        return last in {"border", "borders", "frontier", "front", "coast"}

    def _cue(self, group: VerbGroup, noun: int) -> Range:
        """The verb and its noun where nothing but small words stands between: ``declared a ceasefire``."""
        between = self.actors.tokens.bits[group.verb + 1 : noun]
        return group.verb, noun + 1 if all(bit & (DET | POSS | NUM | QUANT) for bit in between) else group.verb + 1

    def _inside(self, start: int, end: int) -> list[Found]:
        """The countries and bodies named in an object: ``expelled the French ambassador``."""
        t = self.actors.tokens
        return [
            (t.span(m.start, m.end), m.entity)
            for m in self.actors.scene.matches_in(start, end)
            if m.entity.kind in {"country", "organization"}
        ]

    def _receiver(self, start: int, noun: int) -> list[Found]:
        """Who is given what follows: ``sent Kyiv more tanks``; not ``sent Russian tanks``, ``delivered US aid``."""
        t = self.actors.tokens
        if t.bits[start] & OBJ:
            return self._actors((start, start + 1))
        start += bool(t.bits[start] & DET)
        match = self.actors.scene.matches.get(start)
        if match is None or match.sort == "demonym":
            return []
        apart = match.end < noun and bool(t.bits[match.end] & (DET | NUM | QUANT | POSS))
        if match.end > noun or (t.spelling(start).isupper() and not apart):
            return []
        return [(t.span(start, match.end), match.entity)]

    def _active(self, group: VerbGroup, entry: Entry, start: int) -> Iterator[Draft]:
        sources = self._agents(group)
        if "mil" in entry.frames:
            sources = [found for found in sources if found[1].sector in FORCES and found[1].country]
        if not sources and entry.relation == "protests":
            sources = self._crowd(group)
        if not sources or ("place" in entry.frames and not self._is_place(start)):
            return
        if self.actors.tokens.words[group.verb].lower in _BY_ITSELF and not self._has_object(start):
            return
        objects = self._right(start, entry) or self._relative(group, entry) or self._of_event(group, entry)
        control = self.reader.control(group.start) if entry.relation == "restricts" and not objects else None
        if control and control.orderers:  # "ordered the newspaper to suspend publication"
            sources, objects = list(control.orderers), sources
        if not objects and entry.relation in VIOLENT:
            objects = self._scene_of(start, near=True)
        if not objects and entry.relation in VIOLENT and (border := self._border(start)):
            objects = self.actors.across(border, sources[0][1])
        rule, relation = "active", self._relation(group, entry, start)
        if relation == "assaults" and any(found[1].kind == "country" for found in objects):
            return
        if not objects and entry.relation == "protests":
            objects = self._grievance(group.verb + 1)
        cue = (group.verb, group.verb + 1)
        if "sym" not in entry.frames:
            yield from self._drafts(group, cue, relation, sources, objects, rule)
            return
        for doers, partners in self._each_other(sources, objects):
            kind = "mutual" if partners and partners != objects else rule
            yield from self._drafts(group, cue, relation, doers, partners, kind)

    def _has_object(self, i: int) -> bool:
        """Whether a noun phrase follows a verb: not ``the country is sinking``, ``the village burned``."""
        t = self.actors.tokens
        return i < self.hi and not t.bits[i] & (PUNCT | PREP | CONJ | TIME | SUB) and not t.bits[i] & ADV & ~CAP

    def _border(self, i: int) -> Range | None:
        """The border that a deed is done across: to whoever was dealt with last."""
        words = [word.lower for word in self.actors.tokens.words[i : min(self.hi, i + REACH)]]
        at = next((k for k in range(2, len(words)) if words[k - 2 : k + 1] == ["across", "the", "border"]), 0)
        return (i + at - 1, i + at + 1) if at else None

    def _relation(self, group: VerbGroup, entry: Entry, start: int) -> str:
        """The deed a verb tells of, given who or what its subject is and whether its object is a place."""
        if entry.relation in TAKING and (self._is_place(start) or self._is_ground(start)):
            return "occupies"
        subject = phrases.subject_before(self.actors.tokens, group.start, self.lo)
        return self._by_means(subject, entry.relation) if subject else entry.relation

    def _by_means(self, agent: Range, relation: str) -> str:
        """What a deed is when this agent does it: an attack by drones is one by air."""
        head = self.actors.tokens.words[self.actors.scene.head_end(*agent) - 1].lower
        return instruments().get((head, relation), relation)

    def _is_ground(self, i: int) -> bool:
        """Whether an object is land or a strongpoint: ``captured part of a stronghold``."""
        t = self.actors.tokens
        phrase = phrases.noun_phrase(t, i, self.hi)
        while phrase:
            end = self.actors.scene.head_end(*phrase)
            if end < phrase[1] and t.words[end].lower == "of" and t.words[end - 1].lower in PARTITIVE:
                phrase = end + 1, phrase[1]
            else:
                return t.words[end - 1].lower in _GROUND
        return False

    def _is_place(self, i: int) -> bool:
        """Whether an object is a place and no more: ``seized Goma``, not ``seized Goma's mayor``."""
        t = self.actors.tokens
        match = self.actors.scene.matches.get(i + bool(i < self.hi and t.bits[i] & DET))
        if match is None or match.entity.kind != "country" or match.sort == "demonym":
            return False
        after = t.bits[match.end] if match.end < self.hi else STOP
        return bool(after & (PUNCT | PREP | CONJ | TIME | ADV | SUB)) and not after & GENITIVE

    def _of_event(self, group: VerbGroup, entry: Entry) -> list[Found]:
        """Whom the event that a verb's subject names was aimed at: ``strikes on Lebanon killed 12 people``."""
        t = self.actors.tokens
        subject = phrases.subject_before(t, group.start, self.lo) if "np" in entry.frames else None
        head = self.actors.scene.head_end(*subject) - 1 if subject else 0
        events = [event for event in t.words[head].nouns if event.deed] if subject else []
        return self._prepositions(head + 1, events[0]) if events else []

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
        objects = self._actors(patient) if patient and not self._is_event(group.verb, group) else []
        cue = (group.verb, group.verb + 1)
        for k in range(group.verb + 1, min(self.hi, group.verb + 20)) if objects else ():
            if t.words[k].lower == "by":
                agent = phrases.noun_phrase(t, k + 1, self.hi)
                if agent:
                    relation = self._by_means(agent, entry.relation)
                    yield from self._drafts(group, cue, relation, self._actors(agent), objects, "passive")
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

    def _right(self, i: int, entry: Entry) -> list[Found]:
        """The objects after a verb: the direct one, or that of one of the entry's prepositions."""
        t = self.actors.tokens
        while i < self.hi and t.bits[i] & (ADV | TIME) and not t.bits[i] & (PREP | CAP | QUANT | DET):
            i += 1
        if i + 1 < self.hi and t.bits[i] & CONJ and t.bits[i + 1] & PAST and not t.bits[i + 1] & CAP:
            i += 2
        if i >= self.hi:
            return []
        if "np" in entry.frames and not t.bits[i] & PREP:
            phrase = phrases.noun_phrase(t, i, self.hi)
            if phrase:
                given = self._prepositions(phrase[1], entry) if "p:to" in entry.frames else []
                found = given or self._direct(phrase, entry)
                if found:
                    return found
                i = phrase[1]
        return self._prepositions(i, entry)

    def _direct(self, phrase: Range, entry: Entry) -> list[Found]:
        """The actors in a direct object; an event is none, but whoever protests is repressed or stopped."""
        t = self.actors.tokens
        head = self.actors.scene.head_end(*phrase) - 1
        event = next((e.relation for e in t.words[head].nouns if e.deed), None)
        if event == "protests" and entry.relation in {"represses", "restricts"}:
            inside = self.actors.scene.matches_in(*phrase)
            country = inside[0].entity.country if inside else None
            crowd = unregistered("protesters", "group", "en", country=country, sector="OPP")
            return [(t.span(phrase[0], head + 1), crowd)]
        if event and not t.words[head].role:
            return []
        return self.actors.objects(phrase, located=entry.relation in VIOLENT)


_PREVENTING = verb_class("verb of preventing")
_BY_ITSELF = verb_class("verb of what happens by itself")
_STOPPING = verb_class("verb of stopping")
_GOING_ON = verb_class("verb of going on")
# With one of these a verb means something of its own, which is listed or no deed: ``struck down a law``.
_PARTICLES = frozenset(("down", "out", "off", "up", "back", "away"))
_SPORT = word_class("sport")
_GROUND = word_class("ground")
_ENDING = verb_class("verb of ending")
