"""Who was spoken of: for dropped subjects, pronouns, titles and surnames alone."""

from collections import Counter

from graph.claims import Entity
from ingest.extractors.rules.arabic.actors import Actor

UNNAMED = Entity("unnamed-speaker", "person", "unnamed speaker", "متحدث لم يذكر اسمه")

_ANYBODY = frozenset(("official", "minister", "spokesman", "source", "leader", "diplomat", "expert", "member", "head"))
_ARMED = ("حركه", "جماعه", "تنظيم", "ميليشيا")
_KINDS = {"REB": _ARMED, "UAF": _ARMED, "OPP": ("حركه", "حزب"), "PTY": ("حزب", "حركه"), "MIL": ("جيش", "قوات"),
          "LEG": ("برلمان", "مجلس"), "IGO": ("منظمه",), "NGO": ("منظمه",)}  # fmt: skip


# For how many sentences a verb without subject may mean who spoke last.
RECENT = 3


class Memory:
    """The actors of one text so far, the last speaker of each gender and number first."""

    def __init__(self) -> None:
        self.sentence = 0
        self.dialogue = False
        self.named: set[str] = set()
        self.pending: list[tuple[str, Entity, int]] = []
        self.spoke: list[int] = []
        self.speakers: list[tuple[Entity, str, str]] = []
        self.topics: list[tuple[Entity, str, str]] = []
        self.holders: dict[str, Entity] = {}
        self.bodies: dict[str, Entity] = {}
        self.names: dict[tuple[str, ...], Entity] = {}
        self.pairs: dict[tuple[str, ...], tuple[Entity, Entity]] = {}
        self.meetings: Counter[tuple[str, ...]] = Counter()

    def speaker(self, gender: str, number: str) -> Entity | None:
        """The last speaker whom a verb of this gender and number may mean."""
        if self.dialogue:
            return None
        recent = sum(self.sentence - at <= RECENT for at in self.spoke[-8:])
        for entity, g, n in (*reversed(self.speakers[len(self.speakers) - recent :]), *reversed(self.topics[-3:])):
            if agrees(g, n, gender, number):
                return entity
        return None

    def tell_of(self, entity: Entity, gender: str, number: str) -> None:
        """A sentence began with somebody: who is meant when nobody has spoken yet."""
        self.topics.append((entity, gender, number))
        if len(self.topics) > 64:
            del self.topics[:32]

    def note(self, entity: Entity, gender: str, number: str) -> None:
        """Somebody spoke."""
        self.speakers.append((entity, gender, number))
        self.spoke.append(self.sentence)
        if len(self.speakers) > 64:
            del self.speakers[:32], self.spoke[:32]

    def mention(self, actor: Actor, entity: Entity) -> None:
        """A body was named: the same kind of body named without more is this one from here on."""
        if actor.office and actor.office.sort == "person" and actor.number == "s" and entity.kind == "person":
            for office in {actor.office.id, actor.office.id.rpartition("-")[2]}:
                self.holders[office] = entity
        if entity.kind in ("organization", "group") and not entity.id.startswith("name-"):
            self.bodies[actor.head] = entity
            self.named.add(actor.head)
            self.pending += [(word, entity, actor.first) for word in _KINDS.get(entity.sector or "", ())]

    def relate(self, one: Entity, other: Entity) -> None:
        """One did something to the other, of another country."""
        countries = tuple(sorted((one.country or "", other.country or "")))
        for kind in ("", "person") if one.kind == other.kind == "person" else ("",):
            key = (kind, *countries)
            self.meetings[key] += 1
            self.pairs[key] = self.pairs.pop(key, (one, other))

    def pair(self, kind: str) -> tuple[Entity, Entity] | None:
        """Of whom البلدان, or with ``person`` الرئيسان, is said: who had most to do with each other, then last."""
        order = [key for key in self.pairs if key[0] == kind]
        most = max(order, key=lambda key: (self.meetings[key], order.index(key)), default=None)
        return self.pairs[most] if most else None

    def enter(self) -> None:
        """Begin a sentence: a kind of body means what the sentences before named, best by that very word."""
        self.sentence += 1
        if self.pending:
            self.bodies.update({word: entity for word, entity, _ in self.pending if word not in self.named})
            self.pending.clear()

    def learn(self, name: tuple[str, ...], entity: Entity) -> None:
        """A name that no title introduced: it and its last part mean this person from here on."""
        for keys in (name, name[-1:]):
            self.names.setdefault(keys, entity)

    def resolve(self, actor: Actor) -> Entity | None:
        """Whom a mention means: itself, or for a title alone the last speaker it may stand for."""
        if actor.entity is not None:
            return actor.entity
        if actor.office is not None and actor.office.sort != "person":
            near = (e for w, e, first in reversed(self.pending) if w == actor.head and first < actor.first)
            return self.bodies.get(actor.head) if actor.head in self.named else next(near, self.bodies.get(actor.head))
        if actor.office is None or not actor.definite or actor.number != "s":
            return None
        if actor.office.id in self.holders:
            return self.holders[actor.office.id]
        if actor.office.id not in _ANYBODY:
            return None
        for entity, g, n in reversed(self.speakers[-8:]):
            if entity.kind == "person" and agrees(g, n, actor.gender, actor.number):
                return entity
        return None


def agrees(gender: str, number: str, other_gender: str, other_number: str) -> bool:
    """Whether two agreements go together; an unknown gender goes with any."""
    return (not gender or not other_gender or gender == other_gender) and (number == other_number)
