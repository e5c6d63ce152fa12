"""Deeds between two actors where the object is no plain object: pronouns, relative clauses, passives, light nouns."""

from dataclasses import replace

from graph.claims import Entity
from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.contents import Contents, violent
from ingest.extractors.rules.arabic.lexicon import Act
from ingest.extractors.rules.arabic.memory import UNNAMED
from ingest.extractors.rules.arabic.objects import Frame
from ingest.extractors.rules.arabic.phrases import Phrase, Phrases
from ingest.extractors.rules.arabic.scene import Cue, Source, means
from ingest.extractors.rules.arabic.tables import closed

_HANDS = frozenset(("يد", "ايدي", "ايدى"))
_REACH_BACK = 7
_REACH_AGENT = 16
_CHARGED = 6
# Statements whose content is a deed of the speaker or of whom he speaks to.
_DOING = frozenset(("urges", "requests", "demands", "orders", "promises", "intends", "threatens", "offers", "agrees",
                    "refuses", "announces", "accuses", "blames", "acknowledges", "denies", "hopes", "warns", "affirms",
                    "proposes", "believes", "says"))  # fmt: skip
_TELLING = frozenset(("urges", "requests", "demands", "orders", "accuses", "blames", "proposes"))
_OWN = frozenset(("threatens", "promises", "offers", "intends", "refuses", "agrees", "announces"))
_PUSHING = frozenset(("coerces", "urges", "demands", "orders", "requests"))
_NEEDED = frozenset(("ضروره", "اهميه", "وجوب", "امكانيه", "احتمال"))
_CHARGES = closed()["charge"]
_ABOUT = closed()["about"]
_JOINED = 9
_PURPOSE = 10


class Deeds(Contents):
    """Finds who is acted upon, and who acts where a noun or a passive does not say it beside itself."""

    def _object_of(self, i: int, frame: Frame, act: Act, subject: Actor | None) -> None:
        """Whom a pronoun of the verb or after its preposition means becomes the frame's target."""
        if frame.targets:
            return
        pronoun, word = None, self.r.words[i]
        given = frame.noun >= 0 and frame.noun > i  # منحته روسيا اللجوء
        judged = "in" in act.target and "obj" in act.content  # أدانتها، تدعمه
        affected = word.object and ("obj" in act.target or judged or given)
        if affected and (not word.nouns or self.resumed(i) or self._told_by_order(i, frame)):
            pronoun = self._pronoun_object(i, word.object, subject)
        elif frame.pronoun >= 0:
            relative = i > self.r.first and self.r.words[i - 1].kind == "rel"
            if relative and i - 1 not in self.r.actor_to:
                return  # المنطقة التي تسيطر عليها
            pronoun = self._pronoun_object(frame.pronoun, self.r.words[frame.pronoun].bound[1], subject)
        frame.targets = [pronoun] if pronoun else []

    def _told_by_order(self, i: int, frame: Frame) -> bool:
        """ومنحته روسيا اللجوء، وشكرها على: a verb, whatever noun is spelled so, by what follows."""
        word, subject = self.r.words[i], frame.subject
        follows = subject is not None and subject.first == i + 1 and any(
            shape.person == 3 and shape.gender == subject.gender for _, shape in word.verbs)  # fmt: skip
        return follows or (word.conj == "و" and self.r.is_comma(i - 1) and frame.content >= 0)

    def _pronoun_object(self, i: int, pronoun: str, subject: Actor | None) -> Actor | None:
        """شكرها، الذي يقاتلها، عليها: whom a pronoun means, as a mention that spans the pronoun."""
        r = self.r
        if i > r.first and r.words[i - 1].stem in ("ما", "مما", "بما"):
            return self._doer(i)
        if noun := self.resumed(i):
            found = r.actor_to.get(noun)
        else:
            meant = [a for a in self._antecedents(i) if a is not subject and means(pronoun, a)]
            abroad = (a for a in meant if subject is None and self._abroad(i, a))
            found = next(abroad, next(iter(meant), None))
        if found is None or found is subject:
            return None
        end = r.end(i)
        return replace(found, first=i, last=i + 1, start=end - len(pronoun), end=end, prep="", conj="",
                       entity=self.entity(found))  # fmt: skip

    def _abroad(self, i: int, actor: Actor) -> bool:
        """قال ترامب إن إيران أبلغت واشنطن، وشكرها: whom a dropped subject thanks is of another country than his."""
        verbs, country = self.r.words[i].verbs, self.entity(actor).country
        return bool(verbs and country) and self._dropped(i, verbs[0][1]).country != country

    def _doer(self, i: int) -> Actor | None:
        """قصفت إسرائيل لبنان، وهو ما أدانته مصر: who did the deed that a clause judges."""
        last = next((c for c in reversed(self.cues) if relations()[c.relation].kind == "deed" and c.token < i), None)
        return None if last is None else self._actor_of(last.source, last.token)

    def _actor_of(self, source: Source, token: int) -> Actor:
        (start, end), entity = source
        return Actor(token, token, start, end, entity, "name")

    def _antecedents(self, i: int) -> list[Actor]:
        """Whom the last act was done to, then the actors before token ``i``, the nearest first."""
        around = self._around(i)
        last = next((c for c in reversed(self.cues) if c is not around and self._around(c.token) is around), None)
        before = [a for a in self.r.actors if a.last <= i and (a.sort != "demonym" or a.number == "p")]
        return [*(last.targets if last else ()), *reversed(before)]

    def _light_head(self, i: int, phrases: Phrases) -> tuple[Phrase, int] | None:
        """الهجوم الذي شنه، عقوبات فرضتها: the noun before a light verb that says which act it is."""
        r = self.r
        did = i + 1 < r.last and r.words[i + 1].bound[0] == "ب"  # قصف قامت به طائرات
        if not (r.words[i].object or did):
            return None
        for k in range(i - 1, max(r.first, i - _REACH_BACK) - 1, -1):
            word = r.words[k]
            if word.kind in ("mark", "comp", "clause") or (word.verbs and not word.nouns and not word.article):
                return None
            phrase = phrases.at(word.stem, "ب" if did else "")
            if phrase:
                return phrase, k
        return None

    def _agent(self, i: int, *, violent: bool = True) -> Actor | None:
        """اعتقل من قبل الشرطة، قتل على يد: who does what a passive says."""
        r = self.r
        for actor in r.actors:
            if i < actor.first <= i + _REACH_AGENT and not self._apart(i, actor.first):
                before, first = r.words[actor.first - 1].stem, r.words[actor.first - 2].stem
                if (before == "قبل" and first == "من") or (before in _HANDS and first == "علي"):
                    return actor
                if violent and self._struck(actor):
                    return actor
        return None

    def _apart(self, i: int, j: int) -> bool:
        """Whether a comma or a clause of its own stands between two tokens."""
        return any(self.r.words[k].kind in ("mark", "comp", "clause", "rel") for k in range(i + 1, j))

    def _struck(self, actor: Actor) -> bool:
        """برصاص الجيش، في غارة جوية إسرائيلية: whose fire or attack it was."""
        if actor.conj or actor.prep not in ("", "ل"):
            return False
        for k in (actor.first - 1, actor.first - 2):
            word, before = self.r.words[k], self.r.words[k - 1]
            if {word.key, word.key.removeprefix("ب")} & closed()["fire"]:
                return True
            caused = word.prep == "ب" or before.stem in closed()["cause"]
            if caused and any(violent(act) for act in word.nouns):
                return True
            if word.kind or word.prep or word.conj or word.nouns or k in self.r.actor_to:
                return False
        return False

    def _governors(self, i: int) -> list[Source]:
        """Whose act a bare verbal noun is: of who is told to do it, or of the subject of the verb that governs it."""
        around = self._around(i)
        if self._charged(i) or self._topic(i):
            return []
        if pushed := self._pushed(i):
            return self._named(pushed.targets)
        if around and (joined := self._joined_noun(i)):
            return joined
        if around and not around.clause and around.content and self._governed(around.content[0], i):
            if around.relation not in _DOING:
                return []
            needed = any(self.r.words[k].stem in _NEEDED for k in range(around.content[0], i))
            return [] if needed else self._told(around)
        if self._under_deed(i):
            return []
        subject = self._clause_head(i)
        if subject is None:
            return self._carried_on(i)
        if subject.prep:
            return []
        return self._named(self.r.coordinated(subject))

    def _charged(self, i: int) -> bool:
        """بتهمة قتل، محاولة اغتيال: whether the deed is one that somebody is charged with, tries or foils."""
        return any(self.r.words[k].stem in _CHARGES for k in range(max(self.r.first, i - _CHARGED), i))

    def _topic(self, i: int) -> bool:
        """تصريحات بشأن ترحيل مهاجرين: a deed that is spoken about, not done."""
        return i > self.r.first and self.r.words[i - 1].stem in _ABOUT

    def _under_deed(self, i: int) -> bool:
        """حققت الشرطة في اغتيال الحريري: a noun under another deed, no purpose of it, has a doer of its own."""
        words = self.r.words
        if words[i].prep == "ل" or words[i - 1].prep == "ل":
            return False
        for k in range(i - 1, max(self.r.first, i - 9) - 1, -1):
            if words[k].kind in ("comp", "rel", "clause", "mark"):
                return False
            if words[k].verbs and not words[k].nouns:
                return all(act.relation and relations()[act.relation].kind == "deed" for act, _ in words[k].verbs)
        return False

    def _joined_noun(self, i: int) -> list[Source]:
        """بدعم أ وتزويدها بالسلاح: the noun joined to another one has the same doer."""
        word, last = self.r.words[i], self.cues[-1] if self.cues else None
        near = last is not None and last.rule.startswith("ar.noun+genitive") and i - last.token <= _JOINED
        same = last is not None and self._around(last.token) is self._around(i)
        return (last.joined or [last.source]) if last and word.conj == "و" and near and same else []

    def _pushed(self, i: int) -> Cue | None:
        """دفعت أ ب إلى مساعدتها، حث ب على: the act directly before that makes somebody do what the noun says."""
        near = (c for c in reversed(self.cues) if c.targets and c.targets[-1].last in (i, i - 1))
        return next((c for c in near if c.relation in _PUSHING), None)

    def _carried_on(self, i: int) -> list[Source]:
        """وأعادت فرض عقوبات: the subject of the verb directly before, when it has none beside it."""
        word = self.r.words[i - 1]
        if i - 1 <= self.r.first or not word.verbs or word.nouns or not word.conj:
            return []
        entity = self._dropped(i - 1, word.verbs[0][1])
        at = self.r.stem_start(i - 1)
        return [] if entity is UNNAMED else [((at, at), entity)]

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
        return subject if i - 9 <= r.first else None

    def _pair_of(self, actor: Actor) -> list[Actor]:
        """البلدان، الجانبين: the two of different countries of whom one did something to the other."""
        people = actor.head in closed()["both people"]
        for cue in reversed(self.cues):
            for target in cue.targets:
                if self._two(actor, cue.source[1], self.entity(target)):
                    return self._each_of(actor, cue.source[1], self.entity(target))
        both = self.r.memory.pair("person" if people else "")
        return self._each_of(actor, *both) if both and self._two(actor, *both) else []

    def _each_of(self, actor: Actor, *pair: Entity) -> list[Actor]:
        """The two mentions; of البلدان the countries, of الطرفان those of persons, whoever acted for them."""
        states, people = actor.head in closed()["both countries"], actor.head in closed()["both people"]
        known = self.r.registry.countries
        meant = (known.get(e.country or "", e) if states or (e.kind == "person" and not people) else e for e in pair)
        return [replace(actor, entity=entity) for entity in meant]

    def _both(self, actor: Actor) -> bool:
        """الجانبان, but not الرئيسان الصيني والروسي."""
        if actor.entity is not None and actor.entity.country:
            return False
        return actor.head in closed()["both"] or actor.head in closed()["both people"]

    def _two(self, actor: Actor, one: Entity, other: Entity) -> bool:
        people = actor.head in closed()["both people"]
        known = one.country and other.country and one.country != other.country
        return bool(known) and (not people or one.kind == other.kind == "person")

    def _told(self, around: Cue) -> list[Source]:
        told = around.targets and around.relation not in _OWN
        if not told and around.relation in _TELLING:
            return []  # دعت الصين إلى رفع العقوبات: nobody is told
        return self._named(around.targets) if told else [*(around.joined or [around.source])]

    def _named(self, actors: list[Actor]) -> list[Source]:
        return [((actor.start, actor.end), self.entity(actor)) for actor in actors]

    def _same(self, actor: Actor, entity: Entity) -> bool:
        return self.entity(actor).id == entity.id
