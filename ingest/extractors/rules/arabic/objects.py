"""To the right of a cue: where whom a deed is done to may stand, and whose the thing is that it is done to."""

from dataclasses import dataclass

from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.lexicon import Act
from ingest.extractors.rules.arabic.reading import Reading
from ingest.linking.registry import unregistered

_ROUND = frozenset(("اكثر", "اقل", "نحو", "حوالي", "قرابه", "عشرات", "مييات", "ميات", "الاف", "الف"))
KUNYA = frozenset(("ام", "ابو"))


@dataclass(slots=True)
class Frame:
    """What stands around a cue: a subject after it, the content's first token, how the content is marked."""

    subject: Actor | None = None
    phrase: tuple[int, int] | None = None
    targets: list[Actor] | None = None
    content: int = -1
    quote: int = -1
    attached: bool = False
    marked: str = ""
    relation: str = ""
    cue: tuple[int, int] | None = None
    stop: int = -1
    noun: int = -1
    pronoun: int = -1
    received: bool = False


class Objects:
    """What a frame knows of objects; :class:`FrameReader` reads with it."""

    r: Reading
    token: int
    act: Act
    target: tuple[str, ...]
    frame: Frame
    has_subject: bool
    in_relative: bool
    direct: bool
    deed: bool
    open: bool

    def _beyond(self, i: int) -> Actor | None:
        """على مواقع للحوثيين، على أهداف إيرانية: whose the thing is that a deed is done to."""
        first = self._counted(i + 1)
        for k in range(first, min(first + 4, self.r.last)):
            actor = self.r.actor_at.get(k)
            if actor and actor.entity and actor.entity.kind == "person":
                return None  # على شقيق حميدتي
            if actor:
                border = actor.prep == "مع" and self.r.words[k - 2].stem == "الحدود"
                return actor if (actor.prep in ("", "ل") or border) and not actor.conj else None
            word = self.r.words[k]
            if word.stem == "مع" and self.r.words[k - 1].stem == "الحدود":
                continue
            if word.stem == "في" and self._forceful():
                place = self.r.actor_at.get(k + 1)
                return place if place and not place.conj else None  # غارات على بلدات في البقاع
            if word.kind or word.prep or word.conj or (word.verbs and not word.nouns and not word.article):
                return None
        return None

    def _counted(self, i: int) -> int:
        """عن أكثر من 800 أسير: the token after a number and what rounds it."""
        words = self.r.words
        while i < self.r.last and (words[i].kind == "number" or words[i].stem in _ROUND or (
                words[i].stem == "من" and words[i - 1].stem in _ROUND)):  # fmt: skip
            i += 1
        return i

    def _ends(self) -> tuple[int, ...]:
        """Where verb and subject end: what stands after them before في is the object."""
        subject = self.frame.subject
        return (self.token, subject.last - 1) if subject else (self.token,)

    def _noun_has(self, actor: Actor) -> bool:
        """قالت خلال زيارة لبكين: whether the actor belongs to a noun before it, not to what is said."""
        i = actor.first - 1
        i -= self.r.words[i].kind == "prep"
        held = self.r.words[i].nouns if i not in (self.token, self.frame.noun) and not self.deed else ()
        return any(actor.prep in act.target for act in held)

    def _owned(self, actor: Actor) -> bool:
        """قصفت مواقع للمتمردين: whose the struck thing is."""
        i = actor.first - 1
        word = self.r.words[i]
        return i not in self._ends() and i not in self.r.actor_at and not (word.kind or word.prep)

    def _reaches(self, stem: str) -> bool:
        """Whether a preposition may lead to whom a deed is done; of force also where: قصفت مواقع في جنوب لبنان."""
        if not self.deed or self.in_relative or self.frame.targets:
            return False
        return stem in self.target or ("obj" in self.target and stem == "في" and self._forceful())

    def _forceful(self) -> bool:
        """Whether the deed is one of military force, which is done to whose place it strikes."""
        return relations()[self.act.relation].cameo.startswith("19")

    def _objects(self, actor: Actor) -> list[Actor]:
        """An object and those joined to it, but for one who has a verb of his own: قصفت خاركيف والجيش يرد."""
        joined = self.r.coordinated(actor)
        after = self.r.words[joined[-1].last] if joined[-1].last < self.r.last else None
        acts = len(joined) > 1 and after is not None and after.verbs and not (after.nouns or after.kind or after.conj)
        return joined[:-1] if acts else joined

    def _object_position(self, actor: Actor) -> bool:
        if actor.sort == "demonym" and actor.number == "s":
            return self.direct and self.deed and self._belongs_to_object(actor)
        return self.direct or self._resumed(actor)

    def _resumed(self, actor: Actor) -> bool:
        """يلتقي شالوم، يوم الأحد في جنيف، البرادعي: an object after an aside of time or place."""
        k = actor.first - 1
        place = self.r.actor_to.get(k + 1)
        aside = (
            self.r.is_comma(k)
            or self.r.words[k].kind in ("adv", "number")
            or (place is not None and place.prep == "في")
        )
        return "obj" in self.target and aside and bool(self.frame.subject or self.has_subject) and not self.in_relative

    def _belongs_to_object(self, actor: Actor) -> bool:
        """أهداف إيرانية: the adjective's noun is the object, no part of the subject."""
        before = self.r.words[actor.first - 1]
        subject = self.frame.subject
        bound = self.has_subject or (subject is not None and subject.last < actor.first)
        return bound and actor.first - 1 > self.token and before.kind == "" and not (before.prep or before.guess)

    def _governs(self, actor: Actor) -> bool:
        """Whether an actor may be the noun of a light verb: one unknown, or any where the verb alone is no act."""
        bound = self.has_subject or self.frame.subject
        return bool(bound) and (actor.entity is None or "obj" not in self.target)

    def _names_somebody(self, i: int) -> bool:
        """Whether words that nobody knows stand where a verb must have its object."""
        free = "must" in self.target and "obj" in self.target and not self.frame.targets and self.direct
        return free and self._unknown(i) and not self.r.words[i].conj

    def _unknown(self, i: int) -> bool:
        word = self.r.words[i]
        read = word.kind or word.verbs or word.nouns or word.participles or word.prep or word.guess or word.article
        return (
            not read
            and "ً" not in word.text
            and not word.text.endswith(("ا", "ة", "ه"))
            and not (len(word.text) > 4 and word.text.endswith(("ين", "ون")))
        )

    def _somebody(self, i: int) -> int:
        """اتهمت جون سميث بـ: a name of two words or more."""
        j = i
        while j < min(self.r.last, i + 4) and j not in self.r.actor_at and self._unknown(j):
            j += 1
        if j - i < 2:
            return i + 1
        start, end = self.r.start(i), self.r.end(j - 1)
        entity = unregistered(self.r.tokens.text[start:end], "person", "ar")
        self.frame.targets = [Actor(i, j, start, end, entity, "phrase")]
        self.open = False
        return j
