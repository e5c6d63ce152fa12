"""Mentions of claims: sources one by one, and the actors an act is directed at."""

from bisect import bisect_left
from dataclasses import dataclass, field

from graph.claims import Entity
from ingest.extractors.rules.english import names, phrases
from ingest.extractors.rules.english.complements import Complement, Range
from ingest.extractors.rules.english.lexicon import (
    BREAK,
    CAP,
    COMMA,
    CONJ,
    DET,
    GENITIVE,
    ING,
    NOUN,
    OBJ,
    OPEN,
    PLURAL,
    POSS,
    PREP,
    PRON,
    REL,
    STOP,
    Entry,
    word_class,
)
from ingest.extractors.rules.english.mentions import GENERIC, OTHERS, TITLES, Scene
from ingest.extractors.rules.english.tokens import Tokens
from ingest.linking.context import MAKERS
from ingest.linking.registry import unregistered

Found = tuple[tuple[int, int], Entity]

# Acts directed at the actor in their object or in the clause they take.
DIRECT = frozenset(
    [
        "criticizes",
        "condemns",
        "accuses",
        "blames",
        "praises",
        "thanks",
        "congratulates",
        "supports",
        "respects",
        "defends",
        "welcomes",
        "opposes",
        "rejects",
        "urges",
        "demands",
        "orders",
        "requests",
        "warns",
        "threatens",
        "expresses_concern",
        "condoles",
        "denies",
        "refuses",
        "apologizes",
    ]
)
IN_CONTENT = frozenset(
    [
        "demands",
        "promises",
        "threatens",
        "rejects",
        "refuses",
        "requests",
        "urges",
        "agrees",
        "offers",
        "intends",
        "warns",
        "orders",
        "supports",
        "opposes",
        "proposes",
        "accuses",
        "blames",
        "criticizes",
    ]
)
MEETINGS = frozenset(("meets", "discusses", "negotiates", "visits"))
ADVERBIAL = word_class("opens an adverbial clause")
# For how many sentences two who dealt with each other are "the two sides".
MEMORY = 3
OWN = frozenset(("its", "their", "our", "my"))
PAIRED = word_class("one of a pair")
PLACE_NOUNS = word_class("place noun")
POLITICAL = frozenset(("GOV", "MIL", "REB", "OPP", "IGO", "NGO", "LEG", "JUD", "COP", "PTY"))
DOMESTIC = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "OPP"))
ANYONE = frozenset(("others", "everyone", "everybody", "nobody", "somebody", "someone", "all", "people", "they", "we"))
DEMANDING = frozenset(("demands", "urges", "requests", "orders"))
EXPLICIT = frozenset(("of", "with", "on", "against", "for"))
WHERE = frozenset(("in", "at", "near", "across", "off", "around", "through", "along", "outside", "throughout"))
PLACES = frozenset(("city", "country", "nation", "state", "republic", "kingdom", "palace", "embassy", "office"))
FOREIGN = ("visiting", "foreign", "counterpart")
MEDIA = frozenset(("MED",))


@dataclass(slots=True)
class Actors:
    """The actors of a document as claims need them."""

    scene: Scene
    tokens: Tokens = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.scene.tokens

    def each(self, subject: Range | None, cue: int) -> list[Found]:
        """The sources of a claim: one for each conjunct; an empty span at the cue where there is none."""
        t = self.tokens
        if subject is None:
            at = t.starts[cue]
            return [((at, at), self.scene.entity(0, 0))]
        if subject[1] - subject[0] == 1 and t.bits[subject[0]] & REL and subject[0] > 0:
            before = phrases.phrase_back(
                t, subject[0] - bool(t.bits[subject[0] - 1] & (COMMA | OPEN)), max(0, subject[0] - 20)
            )
            return [(t.span(*subject), self._antecedent(before) if before else GENERIC)]
        found = [(t.span(*part), self.scene.entity(*part)) for part in self.conjuncts(subject)]
        self.scene.remember(found[-1][1], subject[0], joined=len(found) > 1)
        return found

    def _antecedent(self, phrase: Range) -> Entity:
        """Who a relative stands for: the phrase before it, or its last name (``a rebuke from Tokyo, which``)."""
        head = self.scene.head_end(*phrase)
        name = next((m for m in self.scene.matches_in(head, phrase[1]) if m.end == phrase[1]), None)
        thing = self.tokens.words[head - 1].role is None and not self.tokens.bits[head - 1] & CAP
        return name.entity if name and thing else self.scene.entity(*phrase)

    def conjuncts(self, phrase: Range) -> list[Range]:
        """The parts of ``X, Y and Z`` when each is a name or an actor of its own, else the whole."""
        t = self.tokens
        if phrase[1] - phrase[0] < 3:
            return [phrase]
        if holders := self._holders(phrase):
            return holders
        cuts = [
            i for i in range(phrase[0] + 1, phrase[1] - 1) if t.bits[i] & CONJ and t.words[i].lower in {"and", "or"}
        ]
        cuts = cuts or [
            i for i in range(phrase[0] + 1, phrase[1] - 1) if t.bits[i] & COMMA and i in self._listed(phrase)
        ]
        if not cuts or any(t.bits[i] & PREP for i in range(phrase[0], cuts[0])):
            return [phrase]
        parts, start = [], phrase[0]
        for i in range(phrase[0], phrase[1]):
            if t.bits[i] & (CONJ | COMMA):
                if i > start:
                    parts.append((start, i))
                start = i + 1
        if start < phrase[1]:
            parts.append((start, phrase[1]))
        if self._titles(parts[0]):
            return [phrase]
        known = [self.is_actor(self.scene.entity(*part)) or bool(t.bits[part[1] - 1] & CAP) for part in parts]
        return parts if all(known) or (any(known) and self._bare(parts)) else [phrase]

    def _bare(self, parts: list[Range]) -> bool:
        """Whether each of several conjuncts begins with an article: ``the security service and the police``."""
        return all(self.tokens.bits[start] & DET for start, _ in parts)

    def _holders(self, phrase: Range) -> list[Range]:
        """``the ministers of Armenia and Azerbaijan``: the first with the noun, the others by their names."""
        t = self.tokens
        of = next((i for i in range(phrase[0] + 1, phrase[1]) if t.bits[i] & PREP), 0)
        if of and t.words[of].lower != "of" and t.words[of - 1].lower != "counterparts":
            return []
        if not of or not t.bits[of - 1] & PLURAL or t.words[of - 1].role is None:
            return []
        names = self.scene.matches_in(of + 1, phrase[1])
        if len(names) < 2 or any(m.entity.kind != "country" or m.sort == "demonym" for m in names):
            return []
        between = [i for i in range(of + 1, phrase[1]) if not any(m.start <= i < m.end for m in names)]
        if not all(t.bits[i] & (CONJ | COMMA | DET) for i in between):
            return []
        return [(phrase[0], names[0].end), *((m.start, m.end) for m in names[1:])]

    def both(self, phrase: Range) -> list[Found]:
        """Those who dealt with each other last, for ``the two sides``, ``both countries``."""
        t, sides = self.tokens, self.scene.sides or self.scene.two_before()
        end = self.scene.head_end(*phrase)
        if sides is None or not self.is_pair(phrase):
            return []
        if self.scene.sides and (self.scene.number - self.scene.dealt_at > MEMORY or not self.scene.alone(sides)):
            return []
        return [(t.span(phrase[0], end), side) for side in sides]

    def across(self, border: Range, source: Entity) -> list[Found]:
        """Who lives across the border: the other of the two who dealt with each other last, if the source is one."""
        others = [side for side in self.scene.sides or () if side.country != source.country]
        return [(self.tokens.span(*border), others[0])] if len(others) == 1 else []

    def is_pair(self, phrase: Range) -> bool:
        """Whether a phrase stands for two spoken of before: ``the two leaders``, ``both sides``."""
        words, end = self.tokens.words, self.scene.head_end(*phrase)
        if end <= phrase[0] or words[end - 1].lower not in PAIRED or self.scene.matches_in(*phrase):
            return False
        first = [word.lower for word in words[phrase[0] : min(end, phrase[0] + 2)]]
        return first[0] == "both" or first == ["the", "two"]

    def _titles(self, part: Range) -> bool:
        """``President and army chief X``: a title that no article opens is one of several before a name."""
        words = self.tokens.words[part[0] : part[1]]
        return not self.scene.matches_in(*part) and all(w.role or w.lower in TITLES for w in words)

    def _listed(self, phrase: Range) -> set[int]:
        """The tokens after the names in a phrase: where a comma stands in ``US, China``."""
        return {match.end for match in self.scene.matches_in(*phrase)}

    def is_actor(self, entity: Entity) -> bool:
        """Whether an entity acts politically as far as is known: registered, of a country, or of a public sector."""
        return (
            entity.id.startswith(("Q", "allies-"))
            or bool(entity.country or entity.sector in POLITICAL)
            or entity.id in names.blocs()
        )

    def targets(self, entry: Entry, subject: Range | None, found: Complement) -> list[Found | None]:
        """The actors an act is directed at."""
        relation = entry.relation
        if subject and not self._speaks_for_somebody(self.scene.entity(*subject)):
            return []
        if relation in {"opposes", "supports"} and found.target and self._gerund(found.target):
            return []
        if found.target and (
            relation in DIRECT
            or found.pattern == "of"
            or found.pattern.startswith("addressee")
            or "np_to" in entry.frames
        ):
            direct = [self.another(f, subject) for f in self.objects(found.target, named=True)]
            if found.pattern == "object" and self.tokens.words[found.target[0]].lower == "it":
                direct = []  # more often a thing than somebody
            direct = [f for f in direct if not (found.pattern.startswith("addressee") and f[1].sector in MEDIA)]
            if direct or found.pattern in EXPLICIT or "infinitive" in found.pattern:
                return list(direct)
        if relation in IN_CONTENT and found.content:
            if found.pattern == "object" and (author := self._author(found.content)):
                return [author]
            return list(self._first_in(found.content, subject, relation, clause="clause" in found.pattern))
        return []

    def _gerund(self, phrase: Range) -> bool:
        """Whether it is a deed that is opposed or supported, not who it is done to: ``opposed easing pressure on``."""
        return bool(self.tokens.bits[phrase[0]] & ING and not self.tokens.bits[phrase[0]] & (CAP | NOUN))

    def another(self, target: Found, subject: Range | None) -> Found:
        """Who a pronoun stands for that cannot mean the subject: ``denounced Hungary, accusing it of``."""
        sources = [self.scene.entity(*part) for part in self.conjuncts(subject)] if subject else []
        return self.other_than(target, *sources)

    def other_than(self, target: Found, *sources: Entity) -> Found:
        """The target, or for a pronoun that seems to mean a source the last name before it that is another's."""
        if all(target[1].id != source.id for source in sources):
            return target
        token = bisect_left(self.tokens.starts, target[0][0])
        if not self.tokens.bits[token] & (OBJ | PRON) or self.tokens.ends[token] != target[0][1]:
            return target
        person = self.tokens.words[token].lower not in {"it", "them"}
        found = self.scene.named_before(token, person=person, beside=sources)
        return (target[0], found) if found else target

    def _speaks_for_somebody(self, entity: Entity) -> bool:
        """Whether a source may do something to an actor: not ``a witness``, ``many analysts``."""
        named = entity.kind != "group" and (entity.label_en or "")[:1].isupper()
        return named or self.is_actor(entity) or entity is GENERIC

    def domestic(self, target: Found, source: Entity) -> Found:
        """``the government`` without a country is that of whoever acts on it."""
        entity = target[1]
        fought = entity.sector == "REB" and source.sector in {"MIL", "COP"}
        at_home = entity.sector in DOMESTIC or fought
        if entity.country or not source.country or not at_home or not entity.id.startswith("name-"):
            return target
        label = entity.label_en or ""
        if label[:1].isupper() or any(word in label for word in FOREIGN) or label.rsplit(" ", 1)[-1] in PLACES:
            return target
        return target[0], unregistered(label, entity.kind, "en", country=source.country, sector=entity.sector)

    def objects(self, phrase: Range, *, located: bool = False, named: bool = False) -> list[Found]:
        """The actors a noun phrase names: itself, its conjuncts, its possessor or the country in it.

        ``located`` takes a thing's place for its country too: ``(struck) a convoy in Baghdad``; ``named`` takes people
        of whom no more than the name is known.
        """
        t = self.tokens
        if phrase[1] - phrase[0] == 1 and t.bits[phrase[0]] & REL and phrase[0] > 0:
            return [found for found in self.each(phrase, phrase[0]) if self.is_actor(found[1])]
        found = self.both(phrase)
        if not found and self.is_pair(phrase):
            label = t.text[t.starts[phrase[0]] : t.ends[self.scene.head_end(*phrase) - 1]]
            return [(t.span(*phrase), unregistered(label.lower(), "group", "en"))]
        for part in () if found else self.conjuncts(phrase):
            if self._own(part) or self._another_s(part):
                continue
            if self._event(part):
                found += self._doer(part)
                continue
            whole = self.scene.entity(*part)
            registered = whole.kind == "person" and whole.id.startswith("Q")
            owner = part if registered else self._owner(part) or part
            entity = self.scene.entity(*owner)
            placed = not located and self.only_located(owner, entity)
            if self.is_actor(entity) and not placed and not self._somewhere(entity):
                found.append((t.span(*owner), entity))
            elif placed:
                continue
            elif named and self._is_name(part, whole):
                found.append((t.span(*part), whole))
            elif named_in := [m for m in self.scene.matches_in(*part) if self._names_an_actor(m)]:
                found.append((t.span(named_in[0].start, named_in[0].end), named_in[0].entity))
        return found

    @staticmethod
    def _names_an_actor(match: names.Match) -> bool:
        """Whether a name in a noun phrase is no thing that somebody makes (``a Toyota pickup``) and no namesake."""
        entity = match.entity
        return entity.sector not in MAKERS and (entity.kind != "person" or entity.country is not None)

    def _event(self, part: Range) -> bool:
        """Whether something done is named: ``(condemned) attacks on Israel``, ``EU aid to the rebels``."""
        end = self.scene.head_end(*part)
        word = self.tokens.words[end - 1]
        if any(other.role for other in self.tokens.words[part[0] : end]) and not self.scene.matches_in(end, part[1]):
            return False  # the police operation
        return not word.bits & CAP and any(entry.deed for entry in word.nouns)

    def _doer(self, part: Range) -> list[Found]:
        """Who did what a phrase of event names, where it says so before its noun."""
        inside = self.scene.matches_in(part[0], self.scene.head_end(*part) - 1)
        return [(self.tokens.span(m.start, m.end), m.entity) for m in inside[:1]]

    def _another_s(self, part: Range) -> bool:
        """Whether nobody is named but by whose they are: ``(attacked) Iran's allies``."""
        head = self.tokens.words[self.scene.head_end(*part) - 1].lower
        return head in OTHERS and not self.is_actor(self.scene.entity(*part))

    def _own(self, part: Range) -> bool:
        """Whether something is the subject's own (``withdraw its vessels``) or is done (``using force``), no actor."""
        t = self.tokens
        own = t.words[part[0]].lower in OWN or (t.bits[part[0]] & ING and not t.bits[part[0]] & (CAP | NOUN))
        return bool(own and not self.scene.matches_in(*part) and part[1] - part[0] > 1)

    @staticmethod
    def _somewhere(entity: Entity) -> bool:
        """Whether no more than ``the city``, ``the country`` is known of a place."""
        return entity.country is None and (entity.label_en or "").rsplit(" ", 1)[-1] in PLACES

    def _is_name(self, phrase: Range, entity: Entity) -> bool:
        """Whether a phrase is the full name of a person."""
        t, end = self.tokens, self.scene.head_end(*phrase)
        label = (entity.label_en or "").split()
        return (
            entity.kind == "person"
            and len(label) > 1
            and all(word[:1].isupper() for word in label)
            and (bool(t.bits[end - 1] & CAP))
        )

    def only_located(self, phrase: Range, entity: Entity) -> bool:
        """Whether a thing has its country only from a place: ``an agreement in Geneva``, not ``a town in Bosnia``."""
        t, head = self.tokens, self.scene.head_end(*phrase)
        if entity.id.startswith("Q") or head >= phrase[1] or t.words[head].lower not in {"in", "at", "near", "on"}:
            return False
        word = t.words[head - 1]
        first = head < 2 or bool(t.bits[head - 2] & (STOP | BREAK))
        return not (
            word.role
            or (word.bits & CAP and not first)
            or word.lower in PLACE_NOUNS
            or self.scene.matches_in(phrase[0], head)
        )

    def _owner(self, part: Range) -> Range | None:
        t = self.tokens
        for i in range(part[0] + 1, part[1]):
            if t.bits[i] & GENITIVE:
                return (part[0], i)
            if t.bits[i] & PREP:
                break
        end = self.scene.head_end(*part)
        own = self.scene.matches_in(part[0] + 1, part[1] if "counterpart" in t.words[end - 1].lower else end)
        if t.bits[part[0]] & POSS and part[1] - part[0] > 1 and not own and not self._counterpart(part):
            return (part[0], part[0] + 1)
        return None

    def _counterpart(self, part: Range) -> bool:
        """``his Iranian counterpart``: somebody else than the owner."""
        words = self.tokens.words[part[0] : self.scene.head_end(*part)]
        return any(word.lower in ("counterpart", "counterparts") for word in words)

    def _acting(self, content: Range, relation: str) -> list[Found] | None:
        """Who acts in a clause (``that Israel and Iran respect``); ``None`` when no actor does but a thing."""
        subject = phrases.noun_phrase(self.tokens, content[0], content[1])
        if subject is None or self.tokens.words[content[0]].lower in ANYONE:
            return None if subject is None else []
        found = self.objects(subject)
        if relation in DEMANDING or self.scene.matches_in(*subject):
            return found or None
        return None

    def _author(self, content: Range) -> Found | None:
        """Whose words a content is about: ``(dismissed) an appeal from the president to``."""
        t = self.tokens
        said = next((k for k in range(content[0], min(content[1], content[0] + 4)) if t.words[k].nouns), -1)
        if said < 0 or said + 2 >= content[1] or t.words[said + 1].lower not in {"by", "from"}:
            return None
        if any(entry.deed for entry in t.words[said].nouns):
            return None
        whose = phrases.noun_phrase(t, said + 2, content[1])
        entity = self.scene.entity(*whose) if whose else GENERIC
        return (t.span(*whose), entity) if whose and self.is_actor(entity) else None

    def _aside(self, k: int) -> bool:
        """Whether an adverbial clause begins after the comma at ``k``: ``would fail, after the IMF cut its loan``."""
        return bool(self.tokens.bits[k] & COMMA) and self.tokens.words[k + 1].lower in ADVERBIAL

    def _venue(self, i: int) -> bool:
        """Whether a place after the noun at ``i`` is where people meet: ``agreed to hold talks in Pretoria``."""
        return any(entry.relation in MEETINGS for entry in self.tokens.words[i].nouns)

    def _first_in(self, content: Range, subject: Range | None, relation: str, *, clause: bool) -> list[Found]:
        """The first actor named in a content that is not the speaker."""
        t = self.tokens
        speaker = self.scene.entity(*subject).id if subject else ""
        if t.bits[content[0]] & (POSS | PRON) and t.words[content[0]].lower != "it":
            meant = self.scene.entity(content[0], content[0] + 1)
            if self.is_actor(meant) and meant.id != speaker:
                return [(t.span(content[0], content[0] + 1), meant)]
        if clause and (acting := self._acting(content, relation)) is not None:
            return [found for found in acting if found[1].id != speaker]
        ends = next((k for k in range(content[0] + 1, content[1]) if clause and self._aside(k)), content[1])
        for match in self.scene.matches_in(content[0], ends):
            entity = match.entity
            if not clause and any(t.bits[k] & REL for k in range(content[0], match.start)):
                return []
            if t.words[match.start - 1].lower in WHERE and (clause or self._venue(match.start - 2)):
                continue
            if entity.id == speaker or (match.sort == "name" and entity.sector in MAKERS):
                continue
            phrase = phrases.phrase_back(t, match.end, content[0])
            start = max(phrase[0], content[0]) if phrase else match.start
            end = match.end
            if match.sort == "demonym":
                whole = phrases.noun_phrase(t, match.start, content[1])
                end = max(end, whole[1]) if whole else end
            found = self.scene.entity(match.start, end) if match.sort == "demonym" else entity
            if self.is_actor(found) and found.id != speaker:
                return [(t.span(match.start if match.sort == "demonym" else max(start, match.start), end), found)]
        return []
