"""Nouns of several words, deaths with their agent, who mediates, who is backed by whom, deeds stopped or not done."""

from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.deeds import Deeds
from ingest.extractors.rules.arabic.lexicon import Act
from ingest.extractors.rules.arabic.scene import Cue, Source, means
from ingest.extractors.rules.arabic.tables import closed

STATES = frozenset(("cooperates", "trades"))
_STOPS = closed()["stop"]
_UNDONE = closed()["undone"]
_LEAD = 4
_UPON = frozenset(("علي", "ضد"))
_STOPPED = {"supplies": "halts_aid", "aids": "halts_aid", "arms": "halts_aid", "aids_humanitarian": "halts_aid",
            "cooperates": "reduces_relations", "negotiates": "halts_talks", "discusses": "halts_talks",
            "signs": "reduces_relations", "cooperates_militarily": "reduces_relations"}  # fmt: skip


class Events(Deeds):
    """Reads what nouns of events say beside their agent and patient."""

    def _lead(self, i: int, act: Act) -> int:
        """Where a noun of several words begins (وقف إطلاق النار، وقف فوري لإطلاق النار); -1 when it does not."""
        if not act.lead:
            return i
        near = len(act.lead) - 1
        if tuple(self.r.words[k].stem for k in range(i - near, i)) != act.lead[1:]:
            return -1
        reach = range(i - near - 1, max(self.r.first, i - near - _LEAD) - 1, -1)
        for k in reach:
            if self.r.words[k].stem.removeprefix("ال") == act.lead[0]:
                return k
            if self.r.words[k].verbs or self.r.words[k].kind in ("comp", "rel"):
                return -1
        return -1

    def _cue_span(self, i: int, act: Act) -> tuple[int, int]:
        first = self._lead(i, act)
        return self.r.stem_start(first - 1 if self._stopped(i, act) else first), self.r.end(i)

    def _stopped(self, i: int, act: Act) -> str:
        """وقف تزويد أوكرانيا: what it is to stop the deed that a noun names; empty when nobody stops it."""
        before = self.r.words[i - 1].stem if i > self.r.first else ""
        return _STOPPED.get(act.relation, "") if before in _STOPS and not self.r.words[i].pronoun else ""

    def _undone(self, i: int) -> bool:
        """عدم مهاجمة، ألغى زيارته، امتنع عن إدانة: whether a noun's deed is not done."""
        near = self.r.words[max(self.r.first, i - 5) : i]
        around = self._around(i)
        refused = around is not None and around.relation == "refuses" and not around.clause
        return self.r.negated(i) or refused or any(word.stem in _UNDONE for word in near)

    def _given(self, i: int, act: Act) -> str:
        """تزويد أوكرانيا بصواريخ: the relation that what is given makes of the deed."""
        prep = self.r.words[i].prep if i < self.r.last else ""
        phrase = act.phrases.at(self.r.words[i].stem, prep) if prep else None
        return phrase.relation if phrase else ""

    def _mediated(self, i: int, act: Act) -> bool:
        """محادثات بين أ وب بوساطة ج: who mediates between those who do something together."""
        mutual = (c for c in reversed(self.cues) if c.targets and relations()[c.relation].inverse == c.relation)
        cue = next(mutual, None)
        source, _, _ = self._noun_source(i)
        if self.r.words[i].prep != "ب" or cue is None or source is None:
            return False
        sides = [self._actor_of(cue.source, cue.token), *cue.targets]
        self.cues.append(Cue(i, act.relation, self._cue_span(i, act), "ar.noun", source, targets=sides, explicit=True,
                             confidence=0.7))  # fmt: skip
        return True

    def _backed(self, i: int, act: Act) -> bool:
        """الحوثيون المدعومون من إيران: who stands before is whom the one after من does it to."""
        agent = self.r.actor_at.get(i + 2)
        patient = next((a for a in self.r.actors if a.first < i <= a.last), None)
        if agent and patient and agent.prep == "من":
            source = (agent.start, agent.end), self.entity(agent)
            self.cues.append(Cue(i, act.relation, (self.r.stem_start(i), self.r.end(i)), "ar.noun+agent", source,
                                 targets=[patient], explicit=True, confidence=0.75))  # fmt: skip
        return bool(agent and patient)

    def _death(self, i: int, act: Act, *, violent: bool) -> bool:
        """مقتل ثلاثة برصاص الجيش، تم اعتقال ثلاثة من قبل الشرطة: the genitive suffers, who does it is named after."""
        patient, agent = self.r.actor_at.get(i + 1), self._agent(i, violent=violent)
        if patient is None or agent is None or patient.prep or patient.conj or agent is patient:
            return False
        source = (agent.start, agent.end), self.entity(agent)
        self.cues.append(Cue(i, act.relation, (self.r.stem_start(i), self.r.end(i)), "ar.noun+agent", source,
                             targets=self.r.coordinated(patient), explicit=True, confidence=0.75))  # fmt: skip
        return True

    def _go_between(self, i: int, act: Act, sides: list[Actor]) -> bool:
        """وساطة قطر بين أ وب: who mediates is named beside the noun or governs it; neither side does."""
        source, _, explicit = self._noun_source(i)
        sources = [source] if source else self._governors(i)
        if sources:
            self.cues.append(Cue(i, act.relation, self._cue_span(i, act), "ar.noun+between", sources[0], targets=sides,
                                 joined=sources, explicit=explicit, confidence=0.75))  # fmt: skip
        return True

    def _between_them(self, i: int, j: int, act: Act) -> bool:
        """أعلنت أنقرة ودمشق تطبيع العلاقات بينهما: the last two that were joined, or did something to each other."""
        joined = next((self.r.coordinated(a) for a in reversed(self.r.actors) if a.last <= i and
                       len(self.r.coordinated(a)) == 2 and not a.conj), [])  # fmt: skip
        if not joined and act.relation not in STATES:
            start, end = self.r.start(j), self.r.end(j)
            joined = self._pair_of(Actor(j, j + 1, start, end, None, "group"))
        return len(joined) == 2 and self._done_together(i, act, joined)

    def _done_together(self, i: int, act: Act, actors: list[Actor]) -> bool:
        """لقاء ترامب وبوتين: the first with the others."""
        source = (actors[0].start, actors[0].end), self.entity(actors[0])
        self.cues.append(Cue(i, act.relation, self._cue_span(i, act), "ar.noun+pair", source,
                             targets=actors[1:], negated=self._undone(i), explicit=True,
                             confidence=0.8))  # fmt: skip
        return True

    def _handed_over(self, i: int, actor: Actor) -> bool:
        """بيع مقاتلات للرياض: whether the genitive is what is supplied, not who supplies it."""
        supplies = any(act.relation in ("supplies", "arms") for act in self.r.words[i].nouns)
        return supplies and not self.r.words[actor.first].article and not self.entity(actor).country

    def _beside(self, i: int) -> Source | None:
        """إذا واصلت واشنطن ضغوطها: the subject between its verb and the noun whose pronoun means it."""
        actor = self.r.actor_to.get(i)
        if actor is None or actor.prep or actor.first == self.r.first or not means(self.r.words[i].pronoun, actor):
            return None
        verb = self.r.words[actor.first - 1]
        return ((actor.start, actor.end), self.entity(actor)) if verb.verbs and not verb.nouns else None

    def _noun_source(self, i: int, towards: tuple[str, ...] = ()) -> tuple[Source | None, int, bool]:
        """Whose act a noun names: its genitive, an adjective of nationality, a pronoun; the token to go on from."""
        r = self.r
        if r.words[i].pronoun:
            beside = self._beside(i)
            return beside or self._clause_subject(i), i, False
        if i + 1 < r.last and r.words[i + 1].bound[0] == "ل":  # في أول زيارة له
            pronoun = r.words[i + 1].bound[1]
            owner = next((a for a in self._antecedents(i) if a.sort != "demonym" and means(pronoun, a)), None)
            return (((r.start(i + 1), r.end(i + 1)), self.entity(owner)) if owner else None), i + 1, False
        if i + 1 < r.last and r.words[i + 1].conj == "و" and r.words[i + 1].nouns:
            i += 1
        maker = r.actor_at.get(i + 1)
        after = r.words[maker.last] if maker and maker.last < r.last else None
        if maker and maker.prep == "ل" and after and (after.stem in _UPON or after.stem in towards):
            return ((maker.start, maker.end), self.entity(maker)), maker.last - 1, True  # قصف للجيش على إدلب
        for j in (i + 1, i + 2):
            actor = r.actor_at.get(j)
            definite = j == i + 1 and r.words[i].article and actor is not None and actor.sort != "demonym"
            if definite:
                break  # after الرغبة nothing stands in the genitive
            thing = actor is not None and actor.sort in ("group", "body") and self._handed_over(i, actor)
            if actor and not actor.prep and not actor.conj and not thing:
                return ((actor.start, actor.end), self.entity(actor)), actor.last - 1, True
            if actor or j >= r.last or not r.words[j].article:
                break
        if i + 2 < r.last and r.words[i + 1].stem == "من" and (actor := r.actor_at.get(i + 2)):
            return ((actor.start, actor.end), self.entity(actor)), actor.last - 1, True
        return None, i, False
