"""From the acts of a sentence to its claims: which ends count, in what mood, and what is no claim at all."""

from collections.abc import Iterator
from functools import cached_property, partial

from graph.claims import Entity, Modality
from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.contents import VIOLENT
from ingest.extractors.rules.arabic.orthography import key
from ingest.extractors.rules.arabic.relays import Relays
from ingest.extractors.rules.arabic.scene import Cue
from ingest.extractors.rules.arabic.tables import closed
from ingest.extractors.rules.assembly import Draft

_SPORT = closed()["sport"]
_CONSIDERS = closed()["considers"]
_CONDITIONS = closed()["condition"]
_EXPECTED = closed()["expected"]
_SEATS = tuple(closed()["seat"])
_CONDITION = 6
_VOTED = 5
_MOODS: dict[str, Modality] = {
    "hopes": "hoped", "urges": "demanded", "demands": "demanded", "requests": "demanded", "orders": "demanded",
    "proposes": "demanded", "intends": "intended", "promises": "intended", "offers": "intended",
    "threatens": "intended", "accuses": "alleged", "alleges": "alleged", "fears": "hypothetical",
}  # fmt: skip


class Drafting(Relays):
    """Writes the claims of the acts that were found."""

    def _claims(self, cue: Cue) -> Iterator[Draft]:
        content = None
        if cue.content:
            content = self.r.trimmed(cue.begin, self.r.end(cue.content[1] - 1))
            if content[1] <= content[0]:
                content = None
        statement = relations()[cue.relation].kind == "statement"
        if not statement and (cue.vague or cue.source[1].sector == "BUS" or self._sport):
            return  # القسم يلزم المشرعين: no actor acts; nor do companies and teams
        targets = [one for t in cue.targets if self._political(t) for one in self._each(t)]
        if relations()[cue.relation].cameo[:2] in VIOLENT:
            targets = self._distinct(targets)
        around = self._around(cue.token)
        denied = around is not None and around.relation == "denies"  # نفى نية بلاده الانسحاب: said not to be
        draft = partial(Draft, self.r.evidence, cue.span, cue.relation, rule=cue.rule,
                        content=content if statement else None,
                        quoted=cue.quoted, negated=cue.negated != denied, modality=self._mood(cue, around),
                        confidence=round(cue.confidence, 2))  # fmt: skip
        aimed = False
        for target in targets:
            entity = self.entity(target)
            for subject in cue.joined or [cue.source]:
                if entity.id != subject[1].id and not self._at_home(cue.relation, subject[1], entity):
                    aimed = True
                    yield draft(subject=subject, object=((target.start, target.end), entity))
        if statement and content and not aimed:
            yield draft(subject=cue.source)

    def _distinct(self, targets: list[Actor]) -> list[Actor]:
        """قصفت مواقع للحوثيين في صنعاء، نطنز وأصفهان: a place adds nothing when its country suffers already."""
        kept: list[Actor] = []
        countries: set[str | None] = set()
        for target in targets:
            country = self.entity(target).country
            there = target.prep == "في" and bool(kept)  # مواقع للتنظيم في نيجيريا
            if not there and (target.sort not in ("place", "capital") or country not in countries):
                kept.append(target)
            countries.add(country)
        return kept

    def _at_home(self, relation: str, subject: Entity, visited: Entity) -> bool:
        """Whether somebody would visit the own country, or goes where the world meets (جنيف، نيويورك)."""
        if relation != "visits" or visited.kind not in ("country", "place"):
            return False
        seat = visited.kind == "place" and key(visited.label_ar or "").startswith(_SEATS)
        return seat or subject.country == visited.country

    @cached_property
    def _sport(self) -> bool:
        """Whether the sentence tells of a match."""
        return not _SPORT.isdisjoint([word.stem for word in self.r.words[self.r.first : self.r.last]])

    def _each(self, actor: Actor) -> list[Actor]:
        """The two whom الطرفين means; none when the text does not tell."""
        country = actor.entity.country if actor.entity else None
        return self._pair_of(actor) if country is None and self._both(actor) else [actor]

    def _political(self, actor: Actor) -> bool:
        if actor.office and actor.office.id == "governments" and self.r.words[actor.first].stem in closed()["every"]:
            return False  # لمهاجمة كل الدول
        entity, before = actor.entity, self.r.words[actor.first - 1] if actor.first > self.r.first else None
        if before is not None and actor.sort == "demonym" and before.stem in closed()["press"]:
            return False  # صحفيين بولنديين
        if actor.office is not None and actor.office.id == "reports":
            return False  # رفض التعليق على التقرير
        return entity is None or entity.sector != "MED"

    def _mood(self, cue: Cue, around: Cue | None) -> Modality:
        if self._conditional(cue.token) or self._considered(cue):
            return "hypothetical"
        if self._awaited(cue.token):
            return "intended"
        return _MOODS.get(around.relation, "asserted") if around else "asserted"

    def _considered(self, cue: Cue) -> bool:
        """تدرس تجميد التعاون، صوت البرلمان على طرد القوات: whether a noun's deed is only thought of."""
        if not cue.rule.startswith("ar.noun") or relations()[cue.relation].kind != "deed":
            return False
        k = max(self.r.first, self.r.tokens.at(cue.span[0]) - 1)
        near = max(self.r.first, k - _VOTED) if self.r.words[k].stem == "علي" else k
        return any(word.stem in _CONSIDERS for word in self.r.words[near : k + 1])

    def _awaited(self, i: int) -> bool:
        """من المنتظر أن يلقي: whether the act of token ``i`` is expected, not done."""
        words, first = self.r.words, self.r.first
        return i - 2 >= first and words[i - 1].kind == "comp" and words[i - 2].stem in _EXPECTED

    def _conditional(self, i: int) -> bool:
        """إذا قصفت إسرائيل إيران: whether a condition opens the clause of token ``i``."""
        for k in range(i - 1, max(self.r.first, i - _CONDITION) - 1, -1):
            word = self.r.words[k]
            if word.stem in _CONDITIONS:
                return True
            if word.stem == "لم" and k > self.r.first and self.r.words[k - 1].stem == "ما":
                return True  # ما لم تطبع
            if word.conj or word.kind in ("mark", "comp", "clause"):
                return False
        return False
