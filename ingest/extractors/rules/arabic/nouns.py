"""Verbal nouns: اتهامات الغرب لـ، دعم كوريا الشمالية لروسيا، التعاون بين أ وب."""

from graph.relations import relations
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.contents import VIOLENT
from ingest.extractors.rules.arabic.events import STATES, Events
from ingest.extractors.rules.arabic.frames import FrameReader
from ingest.extractors.rules.arabic.lexicon import Act
from ingest.extractors.rules.arabic.scene import Cue
from ingest.extractors.rules.arabic.tables import closed

_JOINT = frozenset(("meets", "discusses", "negotiates", "visits", "signs", "cooperates", "trades", "mediates"))


_PLAIN = frozenset(("says", "explains", "reports", "affirms", "announces"))
_WHILE = frozenset(("خلال", "اثناء", "عقب", "قبيل", "قبل", "بعد", "في", "ختام", "مستهل", "هامش", "عشيه", "ضمن"))
_INFINITIVE = frozenset(("recognizes", "withdraws", "releases", "yields"))
_FREE = _JOINT | _INFINITIVE
_SAME_ACT = 5
_STOPPING = frozenset(("halts_aid", "halts_talks", "reduces_relations", "breaks_relations"))


class Nouns(Events):
    """Reads verbal nouns."""

    def _noun(self, i: int) -> None:
        for act in self.r.words[i].nouns:
            if self._event(i, act):
                return

    def _event(self, i: int, act: Act) -> bool:
        """Whether the word at token ``i`` is read as this act, or as none."""
        if "from" in act.target:
            return self._backed(i, act)
        if act.lemma == "تهمه" and self.r.words[i].prep == "ب":
            return True  # بتهمة التجسس لإسرائيل
        if act.lead and (lead := self._lead(i, act)) in {-1, *self.used}:
            return lead >= 0  # أصدرت مذكرة توقيف: read with its verb
        deed = "obj" in act.target and relations()[act.relation].kind == "deed"
        violent = "by" in act.target or (deed and relations()[act.relation].cameo[:2] in VIOLENT)
        if (deed or violent) and (self._death(i, act, violent=violent) or "by" in act.target):
            return True
        if act.phrases and self._light_noun(i, act):
            return True
        if act.relation == "mediates" and self._mediated(i, act):
            return True
        return bool(act.relation) and (self._between(i, act) or self._pair(i, act) or self._noun_frame(i, act))

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

    def _light_noun(self, i: int, act: Act) -> bool:
        """فرض واشنطن عقوبات على موسكو، قطع العلاقات مع: the verbal noun of a light verb and its noun."""
        r = self.r
        actor = r.actor_at.get(i + 1)
        carried = actor is not None and bool(actor.owner) and act.phrases.at(r.words[i + 1].stem, "") is not None
        named = actor is not None and not (actor.prep or actor.conj or carried) and actor.sort != "demonym"
        genitive = actor if named else None  # سحب قواتها: no agent but what is withdrawn
        joined = r.coordinated(genitive) if genitive else []
        noun = joined[-1].last if joined else i + 1
        prep = r.words[noun].stem if noun + 1 < r.last and r.words[noun].kind == "prep" else ""
        noun += bool(prep)  # وقوف بلاده إلى جانب باكو
        phrase = act.phrases.at(r.words[noun].stem, prep) if noun < r.last else None
        if phrase is None or not phrase.target:
            return False
        light = Act(act.lemma, phrase.relation, phrase.content, phrase.target)
        frame = FrameReader(r, noun, light, has_subject=True, gender="", verbal=False).read()
        self._object_of(noun, frame, light, None)
        if not frame.targets and len(joined) > 1 and relations()[phrase.relation].inverse == phrase.relation:
            return self._reached(i, noun, phrase.relation, joined)
        if not frame.targets or frame.targets[0].first - noun > 6:
            return False
        if frame.targets[0].prep == "بين" and len(frame.targets) > 1 and phrase.relation != "mediates":
            self.used.add(noun)
            return self._done_together(noun, light, frame.targets)
        of = genitive or r.actor_at.get(noun + 1)
        own = of is not None and (of is genitive or (of.sort == "demonym" and not of.prep and of not in frame.targets))
        agent = self._agent(i, violent=False)
        sources = self._named(r.coordinated(of)) if of and own else self._named([agent] if agent else [])
        sources = sources or self._governors(i)
        if not sources:
            return False
        span = (r.stem_start(i), r.end(i if phrase.cue_is_verb else noun))
        cue = Cue(i if phrase.cue_is_verb else noun, phrase.relation, span, "ar.noun.light", sources[0],
                  targets=frame.targets, joined=sources, negated=self._undone(i),
                  explicit=genitive is not None)  # fmt: skip
        frame.content = -1
        self.used.add(noun)
        self._finish(cue, frame, light)
        cue.confidence = min(cue.confidence, 0.75)
        return True

    def _reached(self, i: int, noun: int, relation: str, actors: list[Actor]) -> bool:
        """توصل أ وب إلى اتفاق: they do together what the noun of the light verb says."""
        self.used.add(noun)
        self._done_together(i, Act("", relation, (), ()), actors)
        self.cues[-1].span = self.r.stem_start(i), self.r.end(noun)
        return True

    def _between(self, i: int, act: Act) -> bool:
        """التعاون بين موسكو وبيونج يانج."""
        if "بين" not in act.target:
            return False
        for j in range(i + 1, min(i + 5, self.r.last)):
            word = self.r.words[j]
            if word.stem in ("بينهما", "بينهم"):
                return self._between_them(i, j, act)
            if word.stem == "بين":
                actor = self.r.actor_at.get(j + 1)
                joined = self.r.coordinated(actor) if actor else []
                again = self.r.actor_at.get(joined[-1].last + 1) if joined else None
                if again and self.r.words[again.first - 1].stem == "بين" and self.r.words[again.first - 1].conj == "و":
                    joined.append(again)
                if len(joined) == 1 and self._both(joined[0]) and act.relation not in STATES:
                    joined = self._pair_of(joined[0])
                    actor = joined[0] if joined else None
                if actor is None or len(joined) < 2:
                    return any(self._both(one) for one in joined)  # العلاقات بين البلدين: of two whom nobody names
                if act.relation == "mediates":
                    return self._go_between(i, act, joined)
                if any(i - c.token < _SAME_ACT and c.targets == joined[1:] for c in self.cues):
                    return True  # اتفاق وقف إطلاق النار بين: one act
                cue = Cue(i, act.relation, self._cue_span(i, act), "ar.noun+between",
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
        source, j, explicit = self._noun_source(i, act.target)
        sources = [source] if source else []
        adverbial = r.words[i].text.endswith(("ا", "ً"))  # دعما لـ، تضامنا مع
        free = adverbial or "ل" in act.target or act.relation in _FREE
        if not (sources or free):
            return False
        frame = FrameReader(r, j, act, has_subject=True, gender="", verbal=False).read()
        self._object_of(i, frame, act, r.actor_to.get(i) if r.words[i].pronoun else r.actor_at.get(i + 1))
        if r.words[i].pronoun and not (statement or frame.targets) and "obj" in act.target:
            return self._done_to_pronoun(i, act)
        if "must" in act.target and not frame.targets and self._bare_genitive(i):
            return False  # اتهام إيران بـ: she may well be the accused
        if statement:
            near = frame.targets[-1].last if frame.targets and frame.targets[0].first - j <= 2 else j
            adjacent = frame.content >= 0 and frame.content - near <= 3
            if r.words[i].article and frame.marked == "obj":
                return False  # الطلب الصيني أقوى مما تظهره البيانات
            if not adjacent and act.relation in _PLAIN:
                return False  # تراجعوا عن أقوالهم أمام القاضي
            if not adjacent and not (frame.targets and frame.targets[0].first - j <= 3):
                return False
            if not adjacent:
                frame.content = -1
                sources = sources or self._governors(i)
        else:
            if not frame.targets or frame.targets[0].first - j > 4 or self._parted(j, frame.targets[0]):
                return False
            frame.content = -1
            free = not r.words[i].article or act.relation in _INFINITIVE or (
                act.relation in _JOINT and act.relation != "signs")  # fmt: skip
            sources = sources or (self._governors(i) if free else [])
            if any(self._same_act(act, cue) and frame.targets[0] in cue.targets for cue in self.cues):
                return False
            if not sources and act.relation == "visits" and self.cues and r.words[i - 1].stem in _WHILE:
                sources = [self.cues[-1].source]  # قال لافروف ذلك خلال زيارة إلى
        if not sources:
            return False
        relation = self._stopped(i, act) or frame.relation or act.relation
        if frame.targets and act.relation == "signs" and relation != act.relation:
            self.used.update(range(i + 1, frame.targets[0].first))  # إلغاء اتفاقية التجارة مع: no trade
        cue = Cue(i, relation, self._cue_span(i, act), "ar.noun", sources[0], targets=frame.targets or [],
                  negated=self._undone(i), explicit=explicit, joined=sources)  # fmt: skip
        self._finish(cue, frame, act)
        cue.confidence = min(cue.confidence, 0.75)
        return True

    def _parted(self, j: int, target: Actor) -> bool:
        """بمساعدة الاتحاد تحديا السلطات: whether a verb stands before the bare object."""
        between = self.r.words[j + 1 : target.first]
        return not target.prep and any(w.verbs and not (w.nouns or w.article or w.kind) for w in between)

    def _same_act(self, act: Act, cue: Cue) -> bool:
        """اتفاقا للتجارة الحرة مع: whether a noun only says more of the act before it."""
        stopped = cue.relation in _STOPPING and not cue.rule.startswith("ar.noun")  # توقف تسليم شحنات لإسرائيل
        return stopped or cue.relation == act.relation or (act.relation in _JOINT and cue.relation in _JOINT)

    def _bare_genitive(self, i: int) -> bool:
        """Whether an actor follows without preposition that is no adjective."""
        actor = self.r.actor_at.get(i + 1)
        return actor is not None and not (actor.prep or actor.conj) and actor.sort != "demonym"

    def _done_to_genitive(self, i: int, act: Act) -> bool:
        """تعهدت ألمانيا بتزويد كييف: the genitive of a transitive deed with nobody else beside it is done to."""
        upheld = "in" in act.target and "obj" in act.content  # دعم أوكرانيا
        if not upheld and ("obj" not in act.target or act.relation in _JOINT):
            return False
        actor = self.r.actor_at.get(i + 1) or self._thing_of(i + 1)
        if actor is None or actor.prep or actor.conj or (
            actor.sort == "demonym" and actor.first == i + 1):  # fmt: skip
            return False
        statement = relations()[act.relation].kind == "statement"
        if statement and self.r.words[i - 1].stem in closed()["circumstance"]:
            return False  # رغم معارضة المجر
        if self.r.words[i].pronoun or "must" in act.target:  # اتهامه إيران: the pronoun accuses; اتهام إيران: who?
            return False
        patients = self.r.coordinated(actor)
        after = self.r.actor_at.get(patients[-1].last)
        sources = self._governors(i)
        other = after is not None and after.prep in ("", "ل") and not after.conj
        if not sources or other or self._agentive(act, actor, patients[-1].last) or self._same(actor, sources[0][1]):
            return False
        relation = self._given(patients[-1].last, act) or self._stopped(i, act) or act.relation
        self.cues.append(Cue(i, relation, self._cue_span(i, act), "ar.noun+genitive", sources[0], targets=patients,
                             joined=sources, negated=self._undone(i), confidence=0.7))  # fmt: skip
        return True

    def _agentive(self, act: Act, actor: Actor, j: int) -> bool:
        """دعم بلادها لمخطط، رفض الدول التدخلات: whether the genitive acts, for what suffers follows."""
        word = self.r.words[j] if j < self.r.last else None
        if word is None or word.kind or word.conj:
            return False
        if "ل" in (word.prep, word.guess) and "ل" in (*act.target, *act.content):
            return actor.sort == "homeland" or not (word.verbs or word.nouns)
        object_ = word.article and not word.prep and (bool(word.nouns) or word.key.endswith("ات"))
        return object_ and relations()[act.relation].kind == "statement"

    def _thing_of(self, j: int) -> Actor | None:
        """قصف مواقع باكستانية، احتجاز السفينة البريطانية: whose the thing is that suffers."""
        r, actor = self.r, self.r.actor_at.get(j + 1)
        word = r.words[j] if j < r.last else None
        if word is None or word.kind or word.prep or word.conj or word.verbs or word.nouns or actor is None:
            return None
        fits = actor.sort == "demonym" and actor.number == "s" and not (actor.prep or actor.conj)
        return actor if fits and r.words[j].article == r.words[actor.first].article else None

    def _done_to_pronoun(self, i: int, act: Act) -> bool:
        """دفعت موسكو بيونغ يانغ إلى مساعدتها: the pronoun of a transitive noun is whom it is done to."""
        pushed = self._pushed(i)
        sources = self._named(pushed.targets) if pushed else self._governors(i)
        patient = self._pronoun_object(i, self.r.words[i].pronoun, pushed.targets[-1] if pushed else None)
        if not sources or patient is None or self._same(patient, sources[0][1]):
            return False
        self.cues.append(Cue(i, act.relation, self._cue_span(i, act), "ar.noun+genitive", sources[0], targets=[patient],
                             joined=sources, negated=self._undone(i), confidence=0.65))  # fmt: skip
        return True
