"""Verbal nouns: اتهامات الغرب لـ، دعم كوريا الشمالية لروسيا، التعاون بين أ وب."""

from graph.relations import relations
from ingest.extractors.rules.arabic.deeds import Deeds
from ingest.extractors.rules.arabic.frames import FrameReader
from ingest.extractors.rules.arabic.lexicon import Act
from ingest.extractors.rules.arabic.mentions import Actor
from ingest.extractors.rules.arabic.phrases import phrase_at
from ingest.extractors.rules.arabic.scene import Cue, Source

_JOINT = frozenset(("meets", "discusses", "negotiates", "visits", "signs", "cooperates", "trades", "mediates"))


class Nouns(Deeds):
    """Reads verbal nouns."""

    def _noun(self, i: int) -> None:
        for act in self.r.words[i].nouns:
            if act.phrases and self._light_noun(i, act):
                return
            if act.relation and (self._between(i, act) or self._pair(i, act) or self._noun_frame(i, act)):
                return

    def _pair(self, i: int, act: Act) -> bool:
        """المحادثات الإيرانية الأمريكية: two nationalities that do something together."""
        if relations()[act.relation].inverse != act.relation:
            return False
        first = next((self.r.actor_at[k] for k in (i + 1, i + 2) if k in self.r.actor_at), None)
        if first is not None and first.first == i + 1 and not first.prep and not first.conj:
            both = self.r.coordinated(first)
            if len(both) > 1 and first.sort != "demonym":
                return self._done_together(i, act, both)
        if first is None or first.sort != "demonym" or first.prep or first.conj:
            return False
        second = self.r.actor_at.get(first.last)
        if second is None and first.last < self.r.last and self.r.words[first.last].text in "-–":
            second = self.r.actor_at.get(first.last + 1)
        if second is None or second.sort != "demonym" or second.prep or second.conj:
            return False
        return self._done_together(i, act, [first, second])

    def _done_together(self, i: int, act: Act, actors: list[Actor]) -> bool:
        """لقاء ترامب وبوتين: the first with the others."""
        source = (actors[0].start, actors[0].end), self.entity(actors[0])
        self.cues.append(Cue(i, act.relation, (self.r.stem_start(i), self.r.end(i)), "ar.noun+pair", source,
                             targets=actors[1:], negated=self.r.negated(i), explicit=True,
                             confidence=0.8))  # fmt: skip
        return True

    def _light_noun(self, i: int, act: Act) -> bool:
        """فرض واشنطن عقوبات على موسكو، قطع العلاقات مع: the verbal noun of a light verb and its noun."""
        r = self.r
        actor = r.actor_at.get(i + 1)
        genitive = actor if actor and not actor.prep and not actor.conj and actor.sort != "demonym" else None
        noun = genitive.last if genitive else i + 1
        phrase = phrase_at(act.phrases, r, noun, "") if noun < r.last else None
        if phrase is None or not phrase.target:
            return False
        light = Act(act.lemma, phrase.relation, phrase.content, phrase.target)
        frame = FrameReader(r, noun, light, has_subject=True, gender="", verbal=False).read()
        if not frame.targets or frame.targets[0].first - noun > 6:
            return False
        sources = self._named(r.coordinated(genitive)) if genitive else self._governors(i)
        if not sources:
            return False
        token = i if phrase.cue_is_verb else noun
        span = (r.stem_start(token), r.end(token))
        cue = Cue(token, phrase.relation, span, "ar.noun.light", sources[0],
                  targets=frame.targets, joined=sources, negated=r.negated(i),
                  explicit=genitive is not None)  # fmt: skip
        frame.content = -1
        self.used.add(noun)
        self._finish(cue, frame, light)
        cue.confidence = min(cue.confidence, 0.75)
        return True

    def _between(self, i: int, act: Act) -> bool:
        """التعاون بين موسكو وبيونج يانج."""
        if "بين" not in act.target:
            return False
        for j in range(i + 1, min(i + 5, self.r.last)):
            word = self.r.words[j]
            if word.stem == "بين":
                actor = self.r.actor_at.get(j + 1)
                joined = self.r.coordinated(actor) if actor else []
                if actor is None or len(joined) < 2:
                    return False
                cue = Cue(i, act.relation, (self.r.stem_start(i), self.r.end(i)), "ar.noun+between",
                          ((actor.start, actor.end), self.entity(actor)), targets=joined[1:],
                          confidence=0.85)  # fmt: skip
                self.cues.append(cue)
                return True
            if word.kind:
                return False
        return False

    def _noun_frame(self, i: int, act: Act) -> bool:
        r = self.r
        statement = relations()[act.relation].kind == "statement"
        if self._done_to_genitive(i, act):
            return True
        source, j, explicit = self._noun_source(i)
        sources = [source] if source else []
        if not sources and not (act.relation in _JOINT or "ل" in act.target):
            return False
        frame = FrameReader(r, j, act, has_subject=True, gender="", verbal=False).read()
        if "must" in act.target and not frame.targets and self._bare_genitive(i):
            return False  # اتهام إيران بـ: she may well be the accused
        if statement:
            adjacent = frame.content >= 0 and frame.content - j <= 3
            if not adjacent and not (frame.targets and frame.targets[0].first - j <= 3):
                return False
            if not adjacent:
                frame.content = -1
                sources = sources or self._governors(i)
        else:
            if not frame.targets or frame.targets[0].first - j > 4:
                return False
            frame.content = -1
            free = not r.words[i].article or (act.relation in _JOINT and act.relation != "signs")
            sources = sources or (self._governors(i) if free else [])
            if any(cue.relation == act.relation and frame.targets[0] in cue.targets for cue in self.cues):
                return False
        if not sources:
            return False
        cue = Cue(i, act.relation, (r.stem_start(i), r.end(i)), "ar.noun", sources[0], targets=frame.targets or [],
                  negated=r.negated(i), explicit=explicit, joined=sources)  # fmt: skip
        self._finish(cue, frame, act)
        cue.confidence = min(cue.confidence, 0.75)
        return True

    def _bare_genitive(self, i: int) -> bool:
        """Whether an actor follows without preposition that is no adjective."""
        actor = self.r.actor_at.get(i + 1)
        return actor is not None and not (actor.prep or actor.conj) and actor.sort != "demonym"

    def _done_to_genitive(self, i: int, act: Act) -> bool:
        """تعهدت ألمانيا بتزويد كييف: the genitive of a transitive deed with nobody else beside it is done to."""
        actor = self.r.actor_at.get(i + 1)
        upheld = "in" in act.target and "obj" in act.content  # دعم أوكرانيا
        transitive = upheld or ("obj" in act.target and act.relation not in _JOINT)
        if not transitive or actor is None or actor.prep or actor.conj or actor.sort == "demonym":
            return False
        patients = self.r.coordinated(actor)
        after = self.r.actor_at.get(patients[-1].last)
        sources = self._governors(i)
        other = after is not None and after.prep in ("", "ل") and not after.conj
        if not sources or other or self._same(actor, sources[0][1]):
            return False
        self.cues.append(Cue(i, act.relation, (self.r.stem_start(i), self.r.end(i)), "ar.noun+genitive", sources[0],
                             targets=patients, joined=sources, negated=self.r.negated(i), confidence=0.7))  # fmt: skip
        return True

    def _noun_source(self, i: int) -> tuple[Source | None, int, bool]:
        """Whose act a noun names: its genitive, an adjective of nationality, a pronoun; the token to go on from."""
        r = self.r
        if r.words[i].pronoun:
            return self._clause_subject(i), i, False
        if i + 1 < r.last and r.words[i + 1].conj == "و" and r.words[i + 1].nouns:
            i += 1
        for j in (i + 1, i + 2):
            actor = r.actor_at.get(j)
            definite = j == i + 1 and r.words[i].article and actor is not None and actor.sort != "demonym"
            if definite:
                break  # after الرغبة nothing stands in the genitive
            if actor and not actor.prep and not actor.conj:
                return ((actor.start, actor.end), self.entity(actor)), actor.last - 1, True
            if actor or j >= r.last or not r.words[j].article:
                break
        if i + 2 < r.last and r.words[i + 1].stem == "من" and (actor := r.actor_at.get(i + 2)):
            return ((actor.start, actor.end), self.entity(actor)), actor.last - 1, True
        return None, i, False
