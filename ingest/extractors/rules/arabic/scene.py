"""What has been read of a sentence so far: its words and the acts found in them."""

from dataclasses import dataclass, field

from graph.claims import Entity, EntityKind
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.lexicon import OWN, Act
from ingest.extractors.rules.arabic.reading import Reading
from ingest.linking.offices import Office, office_entity
from ingest.linking.registry import unregistered

_NATIONAL = frozenset(
    ("army", "government", "parliament", "police", "foreign-ministry", "defence-ministry", "interior-ministry")
)
_NOUNS = frozenset(("office", "body", "group", "demonym"))
_HEADS = frozenset(("head", "leader"))
_PLURAL = frozenset(("هم", "هما", "هن"))
_GENDERS = {"ه": "m", "ها": "f"}
_BUT_HE = frozenset(("لكنه", "لكنها", "لكنهم", "لكنهما", "لكننا", "لكنني"))
_ATTACHED = ("ه", "ها", "هم", "هما", "نا", "ني")
Source = tuple[tuple[int, int], Entity]
SAYING = Act("قال", "says", ("that",), ())


@dataclass(slots=True)
class Cue:
    """An act as it was read; ``content`` are tokens, ``begin`` the content's first code point."""

    token: int
    relation: str
    span: tuple[int, int]
    rule: str
    source: Source
    gender: str = ""
    number: str = "s"
    content: tuple[int, int] | None = None
    begin: int = 0
    quoted: bool = False
    targets: list[Actor] = field(default_factory=list)
    negated: bool = False
    clause: bool = False
    explicit: bool = False
    confidence: float = 0.9
    tense: str = "p"
    vague: bool = False
    joined: list[Source] = field(default_factory=list)


class Scene:
    """One sentence, the acts found in it (``cues``) and the tokens that they have taken (``used``)."""

    def __init__(self, reading: Reading) -> None:
        self.r = reading
        self.cues: list[Cue] = []
        self.used: set[int] = set()
        self.closing = reading.closing

    def entity(self, actor: Actor) -> Entity:
        """Whom an actor means; a title that nothing in the text explains is somebody unknown under that title."""
        if actor.sort == "homeland":
            return self._homeland(actor)
        if actor.owner and actor.office and actor.entity is None:
            return self._possessed(actor, actor.office)
        if actor.entity is not None:
            return actor.entity
        entity = self.r.memory.resolve(actor)
        office = actor.office
        around = self._around(actor.first)
        if entity and not self._of_speaker(actor, entity, around):
            return entity
        if entity and around and office and around.source[1].country:
            return office_entity(office, around.source[1].country, self.r.registry)
        if (
            office
            and office.sort == "body"
            and actor.definite
            and around
            and around.clause
            and around.source[1].country
            and office.id in _NATIONAL
        ):
            return office_entity(office, around.source[1].country, self.r.registry)
        kind = {"person": "person", "body": "organization", "group": "group"}[office.sort if office else "person"]
        kind = "group" if kind == "person" and actor.number != "s" else kind
        text = self.r.tokens.text[actor.start : actor.end]
        return unregistered(text, kind, "ar", sector=office.sector if office else None)  # type: ignore[arg-type]

    @staticmethod
    def _of_speaker(actor: Actor, known: Entity, around: "Cue | None") -> bool:
        """أعلن مكتب نتنياهو أن رئيس الوزراء: an office that a body speaks of is of that body's country."""
        speaker = around.source[1] if around else None
        foreign = speaker is not None and speaker.country and known.country and speaker.country != known.country
        body = speaker is not None and speaker.kind == "organization" and speaker.sector != "MED"
        return bool(foreign and body and actor.office and actor.office.registry)

    def _homeland(self, actor: Actor) -> Entity:
        """بلاده: the country of whoever speaks there."""
        around = self._around(actor.first)
        speaker = around.source[1] if around else self.cues[-1].source[1] if self.cues else None
        if around and around.relation == "promises" and around.targets:
            speaker = self.entity(around.targets[0])  # وعد أ ب بدعم بلاده
        if speaker is None:
            owner = self.r.words[actor.first].stem.removeprefix("بلاد").removeprefix("بلد")
            before = (a for a in self.r.actors if a.last <= actor.first and a.sort != "homeland" and means(owner, a))
            speaker = next((self.entity(a) for a in before), None)
        country = self.r.registry.countries.get(speaker.country or "") if speaker else None
        text = self.r.tokens.text[actor.start : actor.end]
        return country or unregistered(text, "country", "ar")

    def _possessed(self, actor: Actor, office: Office) -> Entity:
        """جيشها، وزير خارجيته: the body or office of whoever the pronoun means, by country."""
        owner = self._possessor(actor)
        state = owner is not None and (owner.kind == "country" or owner.sector == "GOV" or office.id not in _HEADS)
        if owner and state and owner.country in self.r.registry.countries and owner.country:
            return office_entity(office, owner.country, self.r.registry)
        kinds: dict[str, EntityKind] = {"person": "person", "body": "organization", "group": "group"}
        text = self.r.tokens.text[actor.start : actor.end]
        country = owner.country if owner else None
        return unregistered(text, kinds[office.sort], "ar", country=country, sector=office.sector)

    def _possessor(self, actor: Actor) -> Entity | None:
        """Whom the pronoun of a mention means: in speech an actor named there, the speaker, then who stands before."""
        around = self._around(actor.first)
        if around and actor.owner == "نا":
            return around.source[1]
        first = around.content[0] if around and around.content else self.r.first
        before = [a for a in reversed(self.r.actors) if a.last <= actor.first and means(actor.owner, a)]
        inner = next((a for a in before if a.first >= first), None)
        if inner:
            return self.entity(inner)
        if around and may_mean(actor.owner, around):
            return around.source[1]
        return self.entity(before[0]) if before else self.r.memory.speaker(_GENDERS.get(actor.owner, ""), "s")

    def _around(self, i: int) -> Cue | None:
        """The innermost cue whose content holds token ``i``."""
        innermost, least = None, self.r.last + 1
        for cue in self.cues:
            content = cue.content
            if content and content[0] <= i < content[1] and content[1] - content[0] < least and cue.token != i:
                innermost, least = cue, content[1] - content[0]
        return innermost

    def _negator(self, i: int) -> bool:
        return self.r.negated(i)

    def _inside(self, i: int) -> bool:
        """Whether token ``i`` stands within a quotation."""
        return any(a < i < b for b, a in self.closing.items())

    def _pronominal(self, i: int) -> bool:
        """إنه أمر: the pronoun before the verb is its subject."""
        j = i - 1
        while j > self.r.first and (self.r.words[j].kind == "aux" or self.r.negated(j + 1)):
            j -= 1
        before = self.r.words[j] if j >= self.r.first else None
        joined = before is not None and (before.kind == "comp" or before.stem in _BUT_HE)
        return joined and before is not None and before.stem.endswith(_ATTACHED)

    def resumed(self, i: int) -> int:
        """الحركة التي تقاتلها، جماعة تدعمها إيران: where the noun ends that the verb's pronoun resumes; 0 for none."""
        r = self.r
        if not r.words[i].object or i == r.first:
            return 0
        if r.words[i - 1].kind == "rel":
            return i - 1
        noun, doer = r.actor_to.get(i), r.actor_at.get(i + 1)
        bare = noun is not None and not (noun.definite or r.words[noun.first].article) and noun.sort in _NOUNS
        return i if bare and doer is not None and not (doer.prep or doer.conj) else 0

    def _opens(self, i: int) -> bool:
        before = self.r.words[i - 1] if i > self.r.first else None
        if self._pronominal(i):
            return True
        return before is None or before.kind in ("mark", "aux", "rel", "clause", "neg") or bool(self.r.words[i].conj)

    def _opens_speech(self, j: int) -> bool:
        """Whether a complementizer, colon, quotation or the act's own preposition follows soon."""
        words = self.r.words
        acts = [a for a, _ in (*words[j].participles, *words[j].verbs)]
        marks = {m for a in acts if a.relation for m in a.content}
        if not marks:
            return False
        for k in range(j + 1, min(j + 9, self.r.last)):
            word = words[k]
            if word.kind == "comp" or word.text == ":" or (k in self.r.tokens.quotes and "that" in marks):
                return True
            if k <= j + 4 and (word.stem in marks or word.prep in marks):
                return True
            if word.kind == "mark" and not self.r.is_comma(k):
                break
        return "obj" in marks and bool(words[j].participles) and self.r.is_comma(j - 1)

    def formula_at(self, i: int) -> int:
        """How many words a formula of reporting has that starts at token ``i``: برأي، على حد قول، نقلا عن."""
        words = self.r.words
        for formula in words[i].formulas:
            n = len(formula)
            if n == 1:
                return n
            if i + n > self.r.last or not words[i + n - 1].key.startswith(formula[-1]):
                continue
            pronoun = words[i + n - 1].key[len(formula[-1]) :]
            if pronoun in OWN and all(words[i + k].key == formula[k] for k in range(1, n - 1)):
                return n
        return 0

    def _phrase_end(self, first: int) -> int:
        j = first + 1
        while (
            j < self.r.last
            and self.r.words[j].kind in ("", "number")
            and not (self.r.words[j].verbs and not self.r.words[j].article)
        ):
            j += 1
        return j


def means(pronoun: str, actor: Actor) -> bool:
    """Whether a pronoun may stand for an actor."""
    person = actor.entity is None or actor.entity.kind == "person"
    if pronoun == "ها":
        return actor.gender == "f" or (not actor.gender and not person)
    if pronoun == "ه":
        return actor.gender != "f" and actor.number == "s" and (person or actor.gender == "m")
    return pronoun in _PLURAL and (actor.number == "p" or actor.sort == "group")


def may_mean(pronoun: str, cue: Cue) -> bool:
    """Whether a pronoun in speech may stand for the speaker."""
    if pronoun == "ها":
        return cue.gender == "f"
    if pronoun == "ه":
        return cue.gender != "f" and cue.number == "s"
    return cue.number != "s"
