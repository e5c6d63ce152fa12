"""Deeds between two actors where the object is no plain object: pronouns, relative clauses, passives, light nouns."""

from dataclasses import replace

from graph.claims import Entity
from ingest.extractors.rules.arabic.contents import Contents
from ingest.extractors.rules.arabic.lexicon import Phrase
from ingest.extractors.rules.arabic.mentions import Actor
from ingest.extractors.rules.arabic.phrases import phrase_at
from ingest.extractors.rules.arabic.scene import Cue, Source

_HANDS = frozenset(("يد", "ايدي", "ايدى"))
_REACH_BACK = 7
_REACH_AGENT = 16
_NEEDED = frozenset(("ضروره", "اهميه", "وجوب", "امكانيه", "احتمال"))
_PURPOSE = 10
_PLURAL = frozenset(("هم", "هما", "هن"))


class Deeds(Contents):
    """Finds who is acted upon, and who acts where a noun or a passive does not say it beside itself."""

    def _pronoun_object(self, i: int, subject: Actor | None) -> Actor | None:
        """شكرها، الذي يقاتلها: whom the verb's pronoun means, as a mention that spans the pronoun."""
        r = self.r
        pronoun = r.words[i].object
        if i > r.first and r.words[i - 1].stem in ("ما", "مما", "بما"):
            return None
        if i > r.first and r.words[i - 1].kind == "rel":
            found = r.actor_to.get(i - 1)
        else:
            found = next((a for a in self._antecedents(i) if a is not subject and _means(pronoun, a)), None)
        if found is None or found is subject:
            return None
        end = r.end(i)
        return replace(found, first=i, last=i + 1, start=end - len(pronoun), end=end, prep="", conj="",
                       entity=self.entity(found))  # fmt: skip

    def _antecedents(self, i: int) -> list[Actor]:
        """Whom the last act was done to, then the actors before token ``i``, the nearest first."""
        around = self._around(i)
        last = next((c for c in reversed(self.cues) if c is not around and self._around(c.token) is around), None)
        before = [a for a in self.r.actors if a.last <= i and (a.sort != "demonym" or a.number == "p")]
        return [*(last.targets if last else ()), *reversed(before)]

    def _light_head(self, i: int, phrases: tuple[Phrase, ...]) -> tuple[Phrase, int] | None:
        """الهجوم الذي شنه، عقوبات فرضتها: the noun before a light verb that says which act it is."""
        r = self.r
        if not (r.words[i].object and phrases):
            return None
        for k in range(i - 1, max(r.first, i - _REACH_BACK) - 1, -1):
            word = r.words[k]
            if word.kind in ("mark", "comp", "clause") or (word.verbs and not word.nouns and not word.article):
                return None
            phrase = phrase_at(phrases, r, k, "")
            if phrase:
                return phrase, k
        return None

    def _agent(self, i: int) -> Actor | None:
        """اعتقل من قبل الشرطة، قتل على يد: who does what a passive says."""
        r = self.r
        for actor in r.actors:
            if i < actor.first <= i + _REACH_AGENT:
                before, first = r.words[actor.first - 1].stem, r.words[actor.first - 2].stem
                if (before == "قبل" and first == "من") or (before in _HANDS and first == "علي"):
                    return actor
        return None

    def _governors(self, i: int) -> list[Source]:
        """Whose act a bare verbal noun is: of who is told to do it, or of the subject of the verb that governs it."""
        around = self._around(i)
        if around and not around.clause and around.content and self._governed(around.content[0], i):
            needed = any(self.r.words[k].stem in _NEEDED for k in range(around.content[0], i))
            return [] if needed else self._told(around)
        subject = self._clause_head(i)
        if subject is None or subject.prep:
            return []
        return self._named(self.r.coordinated(subject))

    def _governed(self, first: int, i: int) -> bool:
        """Near the content's begin, or brought by a ل of purpose."""
        return i - first <= (_PURPOSE if self.r.words[i].prep == "ل" else 3)

    def _clause_head(self, i: int) -> Actor | None:
        """The subject of the clause of token ``i``, found from there leftwards."""
        r = self.r
        subject: Actor | None = None
        for k in range(i - 1, max(r.first, i - 9) - 1, -1):
            word = r.words[k]
            actor = r.actor_to.get(k + 1)
            if actor and not actor.prep and (actor.sort != "demonym" or actor.number == "p"):
                subject = self._first_of(actor)
            if word.kind in ("comp", "rel", "clause") or (word.kind == "mark" and not r.is_comma(k)):
                return subject
            if word.verbs and not word.nouns and not word.names:
                return subject or r.actor_to.get(k)
        return None

    def _told(self, around: Cue) -> list[Source]:
        return self._named(around.targets) if around.targets else [*(around.joined or [around.source])]

    def _named(self, actors: list[Actor]) -> list[Source]:
        return [((actor.start, actor.end), self.entity(actor)) for actor in actors]

    def _same(self, actor: Actor, entity: Entity) -> bool:
        return self.entity(actor).id == entity.id


def _means(pronoun: str, actor: Actor) -> bool:
    """Whether a pronoun may stand for an actor."""
    person = actor.entity is None or actor.entity.kind == "person"
    if pronoun == "ها":
        return actor.gender == "f" or (not actor.gender and not person)
    if pronoun == "ه":
        return actor.gender != "f" and actor.number == "s" and (person or actor.gender == "m")
    return pronoun in _PLURAL and (actor.number == "p" or actor.sort == "group")
