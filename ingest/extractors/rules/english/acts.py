"""Deeds: who does them, to whom they are done, and the claims made of both."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.claims import Modality
from graph.relations import relations
from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import phrases, verbgroups
from ingest.extractors.rules.english.attributions import Reader
from ingest.extractors.rules.english.commitments import announced
from ingest.extractors.rules.english.complements import Range
from ingest.extractors.rules.english.lexicon import (
    AUX,
    CAP,
    COLON,
    COMMA,
    CONJ,
    DET,
    GENITIVE,
    ING,
    NOUN,
    PAST,
    PLURAL,
    POSS,
    PREP,
    PUNCT,
    QUANT,
    QUOTE,
    STOP,
    SUB,
    THAT,
    Entry,
    S,
    word_class,
)  # fmt: skip
from ingest.extractors.rules.english.names import Match
from ingest.extractors.rules.english.stance import Held, stance
from ingest.extractors.rules.english.targets import OWN, WHERE, Actors, Found
from ingest.extractors.rules.english.verbgroups import VerbGroup
from ingest.linking.registry import unregistered

WILL = frozenset(("will", "wo", "shall", "'ll"))
# Deeds of violence: what is hit in a place is the place's (``struck a convoy in Baghdad``).
VIOLENT = frozenset(("attacks", "bombs", "shells", "strikes_by_air", "massacres", "occupies", "seizes", "kills"))
CONFIDENCE = {
    "active": 0.75,
    "passive": 0.75,
    "place": 0.55,
    "noun": 0.65,
    "mutual": 0.7,
    "combination": 0.75,
    "announced": 0.6,
}
# Who is hardly attacked by his own side: ``fired mortars, killing two soldiers``.
ARMED = frozenset(("MIL", "COP"))
FIGHTING = frozenset(("18", "19", "20"))
# Deeds done at home, whose place is no target: ``Nigeria lifted the curfew in Kaduna``.
AT_HOME = frozenset(("protests", "restricts", "eases_restrictions", "mobilizes"))
# CAMEO roots of what is done with others than one's own: ``the minister`` met is not of the country of the guest.
ABROAD = frozenset(("03", "04", "05", "06", "07", "16"))
# Deeds that are none without somebody they are done to or with.
TWO_SIDED = frozenset(
    (
        "aids",
        "coerces",
        "supplies",
        "arms",
        "cooperates",
        "hosts",
        "trades",
        "signs",
        "meets",
        "discusses",
        "fights",
        "calls",
    )
)
BY = frozenset(("by",))
AGAINST = frozenset(("by", "against", "from"))
# How far from a verb its object's head, an agent after "by", or a preposition's object may stand, in tokens.
REACH = 14


@dataclass(slots=True)
class Acts:
    """What all deeds of one sentence (tokens ``lo`` to ``hi``) need; ``reader`` has read its attributions so far."""

    reader: Reader
    lo: int
    hi: int
    evidence: tuple[int, int]
    skip: set[int] = field(default_factory=set)
    actors: Actors = field(init=False)

    def __post_init__(self) -> None:
        self.actors = self.reader.actors

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
        """The actors of a noun phrase; of an event (``Israeli strikes killed``) those who did it.

        What stands before *after*, *before*, *since* in it is another clause: ``jets rose after drones (entered)``.
        """
        bits = self.actors.tokens.bits
        start = next(
            (k + 1 for k in range(phrase[1] - 2, phrase[0], -1) if bits[k] & SUB and bits[k] & PREP), phrase[0]
        )
        phrase = start, phrase[1]
        head = self.actors.scene.head_end(*phrase) - 1
        if self.actors.tokens.words[head].lower in _PRIVATE:
            return []
        if any(entry.deed for entry in self.actors.tokens.words[head].nouns):
            return self._noun_sources(phrase[0], head, head + 1)
        return self._actors(phrase)

    def _crowd(self, group: VerbGroup) -> list[Found]:
        """People without a country in a sentence that names one: ``Thousands marched in Tbilisi``."""
        t, country = self.actors.tokens, self.actors.scene.around
        subject = phrases.subject_before(t, group.start, self.lo) if country else None
        if subject is None or not t.bits[self.actors.scene.head_end(*subject) - 1] & (PLURAL | QUANT):
            return []
        label = t.text[t.starts[subject[0]] : t.ends[subject[1] - 1]]
        return [(t.span(*subject), unregistered(label, "group", "en", country=country, sector="CVL"))]

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

    def _prepositions(self, i: int, entry: Entry) -> list[Found]:
        t = self.actors.tokens
        for k in range(i, min(self.hi, i + REACH)):
            bit = t.bits[k]
            if bit & STOP or bit & AUX or t.words[k].lower in {"that", "who", "which", "said", "according"}:
                break
            if bit & PREP and "p:" + t.words[k].lower in entry.frames:
                phrase = phrases.noun_phrase(t, k + 1, self.hi)
                found = self.actors.objects(phrase, located=entry.relation in VIOLENT) if phrase else []
                if found:
                    return found
        return []

    def _by(self, end: int, prepositions: frozenset[str] = BY) -> list[Found]:
        """The agents named by ``by`` (or other prepositions) in the phrase that goes on at ``end``."""
        t = self.actors.tokens
        for k in range(end, min(self.hi, end + REACH)):
            if t.words[k].lower in prepositions:
                phrase = phrases.noun_phrase(t, k + 1, self.hi)
                return self._actors(phrase) if phrase else []
            if t.bits[k] & (PUNCT | AUX | PAST | S | ING) and not t.bits[k] & (CAP | PREP | PLURAL | NOUN):
                break
        return []

    def _grievance(self, end: int) -> list[Found]:
        """Whom a protest is about: the first actor named after it."""
        t = self.actors.tokens
        named = [
            (t.span(m.start, m.end), m.entity)
            for m in self.actors.scene.matches_in(end, self.hi)
            if t.words[m.start - 1 - bool(t.bits[m.start - 1] & DET)].lower not in WHERE
        ]
        return named[:1] or self._by(end, AGAINST)

    def _actors(self, phrase: Range) -> list[Found]:
        if self.actors.is_pair(phrase):
            return self.actors.both(phrase)
        if self._strayed(phrase):
            return []
        return [
            found
            for found in self.actors.each(phrase, phrase[0])
            if self.actors.is_actor(found[1]) and not self.actors.only_located(phrase, found[1])
        ]

    def _drafts(
        self, group: VerbGroup, cue: Range, relation: str, sources: list[Found], objects: list[Found], rule: str
    ) -> Iterator[Draft]:
        t = self.actors.tokens
        if not objects and ((rule == "noun" and relation not in AT_HOME) or relation in TWO_SIDED):
            return
        if relations()[relation].cameo[:2] == "04":
            sources = [found for found in sources if not self._private(found)]
            objects = [found for found in objects if found[1].sector != "MED"]
        if relation in {"mobilizes", "deploys"}:
            objects = [found for found in objects if found[1].country and found[1].sector != "MIL"]
        if objects and relation in AT_HOME and sources:
            objects = [found for found in objects if found[1].id != sources[0][1].id]
        targets: list[Found | None] = [*objects] or [None]
        contents = [held for held in self.reader.contents if not self._apart(held, group)]
        negated, modality = stance(contents, cue[0], group.negated, self._modality(group))
        if group.modal in WILL and modality == "intended":
            told = "refuses" if group.negated else announced(relation)
            if told:
                relation, negated, cue, rule = told, False, (group.start, group.verb + 1), "announced"
        for source in sources:
            if relation == "bombs" and rule != "combination" and self._military(source):
                relation = "strikes_by_air"
            for named in targets:
                root = relations()[relation].cameo[:2]
                elsewhere = root in ABROAD or (root in FIGHTING and named is not None and named[1].sector in ARMED)
                target = named if named is None or elsewhere else self.actors.domestic(named, source[1])
                target = target and self.actors.other_than(target, source[1])
                if target and not self._two(source, target):
                    continue
                yield Draft(
                    evidence=self.evidence, cue=t.span(*cue), relation=relation, subject=source,
                    rule=f"en.modal+{relation}" if rule == "announced" else f"en.deed+{rule}",
                    object=target, negated=negated, modality=modality, confidence=CONFIDENCE[rule],
                )  # fmt: skip

    def _apart(self, held: Held, group: VerbGroup) -> bool:
        """Whether a deed is beside what is promised or blamed: ``agreed to leave after it met``, ``and expelled``."""
        t = self.actors.tokens
        if held.clause or not held.content[0] < group.start:
            return False
        joined = group.form == "finite" and bool(t.bits[group.verb] & PAST and t.bits[group.start - 1] & CONJ)
        return joined or any(word.lower in _WHEN for word in t.words[held.content[0] : group.start])

    def _strayed(self, phrase: Range) -> bool:
        """Whether ``its troops`` would be those of somebody this sentence does not name, while it names others."""
        scene, t = self.actors.scene, self.actors.tokens
        if t.words[phrase[0]].lower not in OWN or phrase[1] - phrase[0] < 2:
            return False
        owner = scene.entity(phrase[0], phrase[0] + 1)
        named = [m.entity.country for m in scene.matches_in(self.lo, phrase[0]) if m.entity.kind != "person"]
        return bool(named) and owner.country not in named

    @staticmethod
    def _private(source: Found) -> bool:
        """Whether somebody visits and meets for no public reason: ``pilgrims from Iraq``."""
        label = source[1].label_en or ""
        if source[1].sector == "CVL" and (source[1].kind == "group" or " " not in label):
            return True
        return source[1].sector is None and source[1].id.startswith("name-") and label.islower()

    @staticmethod
    def _military(source: Found) -> bool:
        """Whether a bombing is a regular military act: that of a state or its forces."""
        return source[1].kind == "country" or source[1].sector == "MIL"

    def _two(self, source: Found, target: Found) -> bool:
        """Whether source and target are two, and remembered as ``the two sides`` when they are of two countries."""
        if target[1].id == source[1].id:
            return False
        scene = self.actors.scene
        if target[0] == source[0] and target[1] not in (scene.sides or ()):
            return False
        scene.dealt(source[1], target[1])
        return True

    def _each_other(self, sides: list[Found], objects: list[Found]) -> list[tuple[list[Found], list[Found]]]:
        """Who did a mutual deed with whom: its subjects with its objects, or each subject with those after it.

        A thing of one of them is no partner: ``the US and Japan held a drill with an American bomber``.
        """
        countries = {found[1].country for found in sides}
        partners = [found for found in objects if len(sides) < 2 or found[1].country not in countries]
        if partners or len(sides) < 2:
            return [(sides, partners)]
        return [([side], sides[k + 1 :]) for k, side in enumerate(sides[:-1])]

    def _modality(self, group: VerbGroup) -> Modality:
        if group.modal in WILL or group.form == "infinitive":
            return "intended"
        judged = phrases.judged_for(self.actors.tokens, group.start, self.lo)
        if group.form == "participle" and (judged or self._charged(group.start - 1)):
            return "alleged"
        supposed = group.modal in {"could", "may", "might", "would", "should"} or self._supposed(group.start)
        return "hypothetical" if supposed else "asserted"

    def _charged(self, k: int) -> bool:
        """Whether what follows token ``k`` is what somebody is blamed for: ``was accused of bombing``."""
        words = self.actors.tokens.words
        if k - 1 < self.lo or words[k].lower not in {"of", "for", "with", "over"}:
            return False
        blamed = any(entry.relation in {"accuses", "blames"} for entry in words[k - 1].verbs)
        return blamed or words[k - 1].lower in _SUSPECTED

    def _supposed(self, i: int) -> bool:
        """Whether the clause of the verb at ``i`` is a condition: ``if Spain recognised``, ``Had Spain recognised``."""
        t = self.actors.tokens
        inverted = t.words[self.lo].lower in {"had", "were", "should"}
        if inverted and not any(bit & COMMA for bit in t.bits[self.lo : i]):
            return True
        for k in range(i - 1, self.lo - 1, -1):
            if t.bits[k] & (STOP | COLON | QUOTE | THAT | COMMA):
                return False
            if t.words[k].lower in {"if", "unless", "whether"}:
                return True
        return False


_SUSPECTED = frozenset(("charged", "suspected", "accused", "blamed", "arrested", "indicted", "tried", "wanted"))
_WHEN = frozenset(("after", "when", "since", "as", "while", "because", "once"))
_PRIVATE = word_class("private person")
