"""To the right of a cue: the noun that says which act a light verb is: أعرب عن قلقه، فرض عقوبات."""

from dataclasses import replace

from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.lexicon import Act, Word
from ingest.extractors.rules.arabic.openings import Openings
from ingest.extractors.rules.arabic.phrases import Phrase
from ingest.extractors.rules.arabic.tables import closed

_NEAR_NOUN = 8
_GOING_ON = closed()["going on"]


class Lights(Openings):
    """What a frame knows of light verbs; :class:`FrameReader` reads with it."""

    verbal: bool
    early: int
    recipient: Actor | None

    def _light(self, i: int, stem: str) -> bool:
        """أعرب عن قلقه: the noun says which act it is."""
        if i + 1 >= self.r.last:
            return False
        word = self.r.words[i + 1]
        phrase = self.act.phrases.at(word.key[1:] if stem and word.guess == stem else word.stem, stem)
        if not phrase:
            return False
        self._switch(phrase, i + 1)
        return True

    def _note_end(self, actor: Actor, prep: str) -> None:
        """تلقت من واشنطن صواريخ، سلم لكييف دبابات: the other end of a light verb, named before its noun."""
        if not self.target and self.act.phrases and prep in (("من",) if self.suffering else ("ل", "الي")):
            self.recipient = replace(actor, prep=prep)

    def _announced(self, phrase: Phrase) -> bool:
        """أعلن استعداده، أعلنت الحرب على: what is announced is read by itself, as a noun."""
        return not phrase.cue_is_verb and "obj" in self.act.content

    def _switch(self, phrase: Phrase, noun: int) -> None:
        self.frame.relation = phrase.relation
        self.content = phrase.content
        self.target = phrase.target
        self.act = Act(self.act.lemma, phrase.relation, phrase.content, phrase.target)
        self.deed = relations()[phrase.relation].kind == "deed"
        self.frame.received = "rev" in phrase.target
        if self.early >= 0 and self.r.words[self.early].bound[0] in phrase.target:
            self.frame.pronoun = self.early  # فرضت عليها عقوبات
        if self.recipient and (self.recipient.prep or "ل") in phrase.target:  # سلمت برلين كييف دبابات
            self.frame.targets = self.r.coordinated(self.recipient)
        self.open = False
        self.direct = self.direct or "obj" in phrase.target  # شارك في اجتماع الجامعة العربية
        self.frame.noun = noun
        if not phrase.cue_is_verb:
            self.frame.cue = self._both(noun)
        heads = "obj" in phrase.target and noun in self.r.actor_at  # استدعت السفير الروسي
        self.frame.stop = noun if heads else noun + 1

    def _both(self, noun: int) -> tuple[int, int]:
        """The cue of a light verb: from the verb to the noun that says which act it is, the noun alone far away."""
        near = self.verbal and noun - self.token <= _NEAR_NOUN
        return self.r.stem_start(self.token if near else noun), self.r.end(noun)

    def _fight_with(self) -> None:
        """Troops that are sent to fight beside somebody are no threat to him."""
        self.frame.relation = {"deploys": "cooperates_militarily"}.get(self.frame.relation, self.frame.relation)

    def _felt(self) -> None:
        """أعرب عن أسفه: with nothing after it the noun itself is what is said."""
        noun, frame = self.frame.noun, self.frame
        brought = noun > self.token + 1 and self.r.words[noun - 1].stem == "عن"
        if brought and frame.content < 0 and not frame.targets and self.verbal and self.r.words[noun].pronoun:
            frame.content, frame.marked = noun, "عن"

    def _governs_noun(self) -> bool:
        """تواصل تسليح الانفصاليين: whether the bare object is a noun of doing, so that the verb is none of saying."""
        if self.frame.phrase and self.act.lemma in _GOING_ON and self._with_object(*self.frame.phrase):
            return True
        i = self.frame.subject.last if self.frame.subject else self.token + 1
        word = self.r.words[i] if i < self.r.last else None
        if word is None or "obj" in self.content or word.kind or word.prep or word.conj or word.verbs:
            return False
        return self._goes_on_with(word) or any(
            act.relation and relations()[act.relation].kind == "deed" for act in word.nouns
        )

    def _with_object(self, first: int, last: int) -> bool:
        """تواصل البلدية ترميم السوق: whether a bare noun follows the definite subject."""
        words = self.r.words
        return any(words[k - 1].article and not (words[k].article or words[k].conj) for k in range(first + 1, last))

    def _goes_on_with(self, word: Word) -> bool:
        return self.has_subject and self.act.lemma in _GOING_ON and not (word.participles or word.kind)
