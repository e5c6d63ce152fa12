"""Who acts: the subject before or after its verb, dropped, or governing the clause."""

from graph.claims import Entity
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.memory import UNNAMED, agrees
from ingest.extractors.rules.arabic.morphology import Shape
from ingest.extractors.rules.arabic.objects import KUNYA, Frame
from ingest.extractors.rules.arabic.scene import Cue, Scene, Source, means
from ingest.linking.offices import staff
from ingest.linking.registry import unregistered

AS = frozenset(("حسبما", "كما", "مثلما", "وفقما"))
# What somebody tells another of himself: أكدت الرياض لواشنطن رفضها.
_ON_ONESELF = frozenset(("says", "affirms", "announces", "explains", "reports", "promises", "offers", "denies",
                         "agrees", "acknowledges", "apologizes", "intends", "refuses"))  # fmt: skip
_OPENING = 20
_JUDGING = frozenset(("attacks", "criticizes", "condemns", "accuses", "blames", "thanks", "praises", "congratulates",
                      "sanctions", "expels", "arrests", "warns", "threatens"))  # fmt: skip
_FOR = frozenset(("بعد", "بسبب", "اثر", "عقب", "علي", "خلفيه", "جراء"))
_CLAUSE_BREAKS = frozenset(("comp", "clause", "rel", "according", "conj", "question"))


_PHRASE = 9
PREVIOUSLY = frozenset(("سبق", "وسبق", "يسبق"))


class Subjects(Scene):
    """Finds subjects."""

    def _left(self, i: int, shape: Shape) -> Actor | tuple[int, int] | None:
        """The subject before its verb: an actor, or a noun phrase that opens the clause."""
        r = self.r
        if r.words[i].conj and not self._fronted(i):
            return None
        j = i
        while j > r.first and (r.words[j - 1].kind == "aux" or r.negated(j)):
            j -= 1
        relative = j > r.first and r.words[j - 1].kind == "rel"
        if relative:
            j -= 1
            j -= j > r.first and r.is_comma(j - 1)
        if j == r.first:
            return None
        if r.words[j - 1].kind == "pron":
            return (j - 1, j)
        before = r.actor_to.get(j - 1) if r.words[j - 1].kind == "comp" else None
        if before and before.prep == "ل" and r.words[before.first - 1].key in PREVIOUSLY:
            return before  # سبق للمنظمة أن اتهمت
        actor = r.actor_to.get(j)
        if actor and not relative:
            actor = self._antecedent_beyond(actor, shape) or actor
        adjective = actor is not None and actor.sort == "demonym" and actor.number == "s"
        if actor and relative and not adjective and self._agree(actor, shape):
            return actor
        if actor:
            return self._left_actor(actor, shape)
        return self._left_phrase(j, shape)

    def _antecedent_beyond(self, actor: Actor, shape: Shape) -> Actor | None:
        """الصين التي تدعم روسيا تنفي: the subject stands before the relative clause that ends here."""
        verb = actor.first - 1
        noun = self.resumed(verb) if verb > self.r.first else 0
        if noun:  # جماعة تدعمها إيران هاجمت
            outer = self.r.actor_to.get(noun)
            return outer if outer is not None and self._agree(outer, shape) else None
        for cue in reversed(self.cues):
            inside = cue.content is not None and cue.content[0] <= actor.first < cue.content[1] == actor.last
            if inside and self.r.words[cue.token - 1].kind == "rel":
                outer = self.r.actor_to.get(cue.token - 1)
                return outer if outer is not None and self._agree(outer, shape) else None
        return None

    def _fronted(self, i: int) -> bool:
        """أما لافروف فأكد: the subject stands before ف."""
        if self.r.words[i].conj != "ف":
            return False
        return any(self.r.words[k].stem == "اما" for k in range(max(self.r.first, i - 16), i))

    def _left_actor(self, actor: Actor, shape: Shape) -> Actor | tuple[int, int] | None:
        singular_adjective = actor.sort == "demonym" and actor.number == "s"
        if (
            not actor.prep
            and not singular_adjective
            and actor.sort != "place"
            and self._nominative(actor)
            and self._agree(actor, shape)
        ):
            bare = actor.sort == "office" and not actor.definite and not actor.name  # قال مسؤول طلب عدم ذكر اسمه
            taken = any(cue.targets and actor in cue.targets for cue in self.cues)
            taken = taken or (self._own_verb(actor) and not bare)
            return None if taken else actor
        return self._left_phrase(actor.last, shape) if actor.prep or singular_adjective else None

    def _own_verb(self, actor: Actor) -> bool:
        """اعتقل الجيش فجر اليوم: whether the actor is already the subject of the verb before it."""
        return any(cue.token == actor.first - 1 and cue.source[0][0] == actor.start for cue in self.cues)

    def _nominative(self, actor: Actor) -> bool:
        """المسؤولين is no subject, but after إن."""
        before = self.r.words[actor.first - 1] if actor.first > self.r.first else None
        return not actor.oblique or (before is not None and before.kind == "comp")

    def _agree(self, actor: Actor, shape: Shape) -> bool:
        if actor.conj:
            return shape.number in ("d", "p") or agrees(actor.gender, actor.number, shape.gender, shape.number)
        if actor.office and actor.office.id in ("sides", "countries") and shape.number == "d":
            return True  # البلدان وقعا
        if actor.entity and actor.entity.kind != "person" and shape.number == "s":
            return not actor.gender or actor.gender == shape.gender
        bodies = ("group", "organization") if shape.number == "s" else ("group",)
        if actor.entity and actor.entity.kind in bodies and not actor.gender:
            return True  # الحوثيون يعلنون
        return agrees(actor.gender, actor.number, shape.gender, shape.number)

    def _left_phrase(self, j: int, shape: Shape) -> tuple[int, int] | None:
        words, k = self.r.words, j
        while k > self.r.first and j - k < 9:
            word = words[k - 1]
            if (
                word.kind in _CLAUSE_BREAKS
                or word.kind == "mark"
                or (word.verbs and not word.nouns and not word.article)
            ):
                break
            if word.kind == "aux" and k < j:
                break
            if word.kind in ("adv", "neg", "aux", "dem", "pron"):
                return None
            k -= 1
        opens = k == self.r.first or words[k - 1].kind in ("comp", "mark", "clause", "aux")
        if (
            not opens
            or k == j
            or words[j - 1].kind == "prep"
            or words[k].prep
            or words[k].kind
            or words[k].stem in ("كل", "من", *AS)
            or "ً" in words[k].text
        ):
            return None
        if words[k].verbs and k + 1 < j and k + 1 in self.r.actor_at:
            return None  # تعهد الاتحاد بمواصلة دعم: a verb with its subject
        feminine = words[k].stem.endswith(("ه", "ات"))
        owned = words[k].text.endswith("ه")  # مكتبه: a pronoun, or a carelessly written ة
        fits = owned or shape.gender == ("f" if feminine else "m") or words[k].stem in ("احد", "بعض")
        return (k, j) if fits and j - k <= 8 else None

    def _source(self, i: int, shape: Shape, left: Actor | tuple[int, int] | None,
                frame: Frame) -> tuple[tuple[Source, str, str] | None, bool]:  # fmt: skip
        """Who acts, with gender and number; whether words say so."""
        r = self.r
        found = frame.subject or left
        if isinstance(found, Actor):
            first = self._first_of(found) if found is left else found
            joined = r.coordinated(first)
            mutual = bool(frame.targets) and frame.targets is not None and frame.targets[0] in joined[1:]
            span = (first.start, first.end if mutual else joined[-1].end if found is frame.subject else found.end)
            return ((span, self.entity(first)), found.gender or shape.gender, shape.number), True
        if isinstance(left, tuple) and r.words[left[0]].kind == "pron":
            span = (r.stem_start(left[0]), r.end(left[0]))
            return ((span, self._dropped(i, shape)), shape.gender, shape.number), True
        if isinstance(left, tuple):
            return (self._phrase_source(left[0], left[1]), shape.gender, shape.number), True
        if frame.phrase and (frame.marked != "" or frame.targets) and self._speakable(frame.phrase):
            return (self._phrase_source(*frame.phrase), shape.gender, shape.number), True
        if frame.phrase and frame.marked == "" and not frame.targets:
            return None, False
        if left is None and (begun := self._clause_begin(i, shape)):
            actor = r.actor_at.get(begun)
            named = ((actor.start, actor.end), self.entity(actor)) if actor else self._phrase_source(begun, i)
            return (named, shape.gender, shape.number), True
        at = (r.stem_start(i), r.stem_start(i))
        around = self._around(i)
        if around and self._pronominal(i) and not self._inner_subject(around, i, shape):
            if not agrees(around.gender, around.number, shape.gender, shape.number):
                return None, False
            if around.relation in ("accuses", "blames"):  # تشتبه في أنها تسلح: not itself
                return None, False
            return ((at, around.source[1]), shape.gender, shape.number), False
        return ((at, self._dropped(i, shape)), shape.gender, shape.number), False

    def _clause_begin(self, i: int, shape: Shape) -> int:
        """إلا أن وسائل إعلام مقربة منها اتهمت: where the noun phrase begins that أن opens and the verb ends; else 0."""
        words = self.r.words
        before = words[i - 1]
        placed = before.kind == "adv" and not before.bound[0]
        if words[i].conj or placed or before.kind in ("comp", "mark", "clause", "aux", "neg", "rel"):
            return 0
        for k in range(i - 1, max(self.r.first, i - _PHRASE), -1):
            if words[k].kind == "comp":
                actor = self.r.actor_at.get(k + 1)
                bare = not words[k].stem.endswith(("ه", "ها", "هم", "نا", "ني")) and not words[k + 1].kind
                fits = self._agree(actor, shape) and not actor.prep if actor else not words[k + 1].verbs
                return k + 1 if bare and fits else 0
            if words[k].kind in ("mark", "clause", "rel") or (words[k].verbs and not words[k].nouns):
                return 0
        return 0

    def _joined(self, left: Actor | tuple[int, int] | None, frame: Frame) -> list[Source]:
        """Each of several subjects joined by و; empty when there is one, or when the second is whom the first meets."""
        found = frame.subject or left
        if not isinstance(found, Actor) or (frame.targets and frame.targets[0] is found):
            return []
        actors = self.r.coordinated(found if frame.subject else self._first_of(found))
        if len(actors) < 2 or (frame.targets and frame.targets[0] in actors):
            return []
        return [((actor.start, actor.end), self.entity(actor)) for actor in actors]

    def _speakable(self, phrase: tuple[int, int]) -> bool:
        first = self.r.words[phrase[0]]
        return not first.kind or first.key in KUNYA

    def _first_of(self, actor: Actor) -> Actor:
        """Of joined subjects (موسكو وبيونج يانج) the first."""
        while actor.conj == "و":
            before = self.r.actor_to.get(actor.first)
            if before is None or before.prep:
                return actor
            actor = before
        return actor

    def _phrase_source(self, first: int, last: int) -> Source:
        r = self.r
        while last > first + 1 and r.words[last - 1].kind == "mark":
            last -= 1
        span = (r.stem_start(first), r.end(last - 1))
        owner = r.actor_at.get(first + 1)
        if r.words[first].stem == "مكتب" and owner and owner.entity and owner.entity.kind == "person":
            return (span[0], owner.end), staff("office", owner.entity)
        title = next((a for a in r.actors if first < a.first < last and a.office and a.last == last), None)
        name_end = title.first if title else last
        keys = (r.words[first].stem, *(r.words[i].key for i in range(first + 1, name_end)))
        known = r.memory.names.get(keys)
        if known:
            return span, known
        inside = [a for a in r.actors if first <= a.first < last and a.entity]
        country = next((a.entity.country for a in inside if a.entity and a.entity.country), None)
        around = self._around(first)
        stem = r.words[first].stem
        if (
            country is None
            and around
            and len(keys) == 1
            and stem.endswith(("ه", "ها", "هم"))
            and not r.words[first].article
        ):
            country = around.source[1].country
        country = country or self._origin_beside(last)
        plural = stem.endswith(("ون", "ات")) and not self._first_name(first, name_end)
        group = plural or stem in ("بعض", "عدد", "عده", "العديد", "كثير")
        name = r.tokens.text[span[0] : r.end(name_end - 1)]
        entity = unregistered(name, "group" if group else "person", "ar", country=country)
        if not group and len(keys) < 5 and (title or len(keys) > 1):
            r.memory.learn(keys, entity)
        return span, entity

    def _first_name(self, first: int, last: int) -> bool:
        """جون كيلر: whether a word that ends like a plural has a name behind it, no adjective of its own."""
        after = self.r.words[first + 1] if first + 1 < last else None
        return after is not None and not (after.article or after.stem.endswith(("ون", "ات", "ين", "ه")) or after.nouns)

    def _origin_beside(self, i: int) -> str | None:
        """The country of whoever is named before token ``i``: ، المحامي العراقي، ، وهو مزارع من كوينزلاند، من تكساس."""
        r, words = self.r, self.r.words
        if i + 1 >= r.last:
            return None
        actor = r.actor_at.get(i + 1)
        entity = actor.entity if actor else None
        if words[i].stem == "من" and not words[i].conj:
            return entity.country if entity and entity.kind in ("country", "place") else None
        if not r.is_comma(i):
            return None
        if actor and actor.office and actor.office.sort == "person" and not actor.conj:
            return entity.country if entity else None
        if words[i + 1].key not in ("وهو", "وهي"):
            return None
        end = next((k for k in range(i + 2, r.last) if words[k].kind in ("mark", "comp", "rel")), r.last)
        inside = (a for a in r.actors if i + 2 <= a.first < end and (a.prep in ("من", "في", "ب") or not a.prep))
        return next((a.entity.country for a in inside if a.entity and a.entity.country), None)

    def _dropped(self, i: int, shape: Shape) -> Entity:
        """Whom a verb without subject means: in speech its subject or the speaker, else who spoke last."""
        around = self._around(i)
        if shape.person == 1:
            return around.source[1] if around else UNNAMED
        if around and self.resumed(i) and agrees(around.gender, around.number, shape.gender, shape.number):
            return around.source[1]  # يتهم أ ب بتسليح ج التي يقاتلها
        if around:
            inner = self._inner_subject(around, i, shape)
            if inner:
                return inner
        for cue in reversed(self.cues):
            speaks = not cue.rule.startswith("ar.noun")
            if cue is not around and speaks and agrees(cue.gender, cue.number, shape.gender, shape.number):
                return cue.source[1]
        first = next((a for a in self.r.actors if not a.prep and a.sort != "demonym"), None)
        if not around and first and first.first < i and self._agree(first, shape) and not self._inside(first.first):
            return self.entity(first)
        return self.r.memory.speaker(shape.gender, shape.number) or UNNAMED

    def _inner_subject(self, around: Cue, i: int, shape: Shape) -> Entity | None:
        """The first actor of the speech that may govern a later verb in it."""
        first = around.content[0] if around.content else i
        for actor in self.r.actors:
            if first <= actor.first < i and not actor.prep and (actor.sort != "demonym" or actor.number == "p"):
                fits = not actor.gender or actor.gender == shape.gender
                if fits:
                    return self.entity(actor)
        return None

    def _participle_source(self, i: int, shape: Shape) -> Source:
        at = (self.r.stem_start(i), self.r.stem_start(i))
        around = self._around(i)
        for cue in reversed(self.cues):
            same_level = self._around(cue.token) is around and not cue.rule.startswith("ar.noun")
            if same_level and agrees(cue.gender, cue.number, shape.gender, shape.number):
                return at, cue.source[1]
        for actor in self.r.actors:
            subject = not actor.prep and (actor.sort != "demonym" or actor.number == "p")
            if actor.first < i and subject and agrees(actor.gender, actor.number, shape.gender, shape.number):
                return at, self.entity(actor)
        return at, self.r.memory.speaker(shape.gender, shape.number) or UNNAMED

    def _clause_subject(self, i: int) -> Source | None:
        """Who governs the clause of token ``i``: whoever is told to act, the clause's first actor, the speaker."""
        around = self._around(i)
        if (judged := self._judged_for(i)) is not None:
            return (judged.start, judged.end), self.entity(judged)
        if around and not around.clause and around.targets and around.relation not in _ON_ONESELF:
            target = around.targets[0]
            return (target.start, target.end), self.entity(target)
        if around and not around.clause:
            return around.source
        first = around.content[0] if around and around.content else self.r.first
        for actor in self.r.actors:
            if first <= actor.first < i and not actor.prep and not (actor.sort == "demonym" and actor.number == "s"):
                return (actor.start, actor.end), self.entity(actor)
        for cue in reversed(self.cues):
            if self._around(cue.token) is around or cue is around:
                return cue.source
        return self._to_come(i)

    def _judged_for(self, i: int) -> Actor | None:
        """هاجم أ ب بعد اعترافه: the deed for which somebody is judged is his."""
        words, last = self.r.words, self.cues[-1] if self.cues else None
        if last is None or not last.targets or last.relation not in _JUDGING or words[i - 1].stem not in _FOR:
            return None
        target = last.targets[-1]
        near = target.last <= i <= target.last + 2
        return target if near and means(words[i].pronoun, target) else None

    def _to_come(self, i: int) -> Source | None:
        """بعد لقائه ميركل، قال أوباما: the pronoun of an opening phrase means the subject of the clause after it."""
        words = self.r.words
        for k in range(i + 1, min(i + _OPENING, self.r.last - 1)):
            if self.r.is_comma(k) and words[k + 1].verbs and not (words[k + 1].prep or words[k + 1].article):
                actor = self.r.actor_at.get(k + 2)
                subject = actor is not None and not actor.prep and means(words[i].pronoun, actor)
                return ((actor.start, actor.end), self.entity(actor)) if actor and subject else None
        return None
