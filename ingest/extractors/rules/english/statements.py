"""Statements: from a cue, its subject and its complement to the claims made of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.claims import Entity, Modality
from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.english import confidence, quotations
from ingest.extractors.rules.english.complements import Complement, Range
from ingest.extractors.rules.english.lexicon import AUX, COMMA, PRON, REL, Entry
from ingest.extractors.rules.english.stance import Held
from ingest.extractors.rules.english.targets import Actors, Found
from ingest.extractors.rules.english.tokens import Tokens
from ingest.extractors.rules.english.verbgroups import VerbGroup

# Patterns whose speaker goes on in the quotations of the sentences after.
GOES_ON = frozenset(("quotation", "preposed", "addressee + quotation", "according to", "parenthesis", "as-clause"))
CLAUSES = frozenset(("that-clause", "bare clause"))
# What begins a subject that says it of nobody: ``no country supported it``.
NOBODY = frozenset(("no", "none", "nobody", "neither"))
# Acts whose object is judged for what it does: "criticised Egypt for jailing".
JUDGED = frozenset(("criticizes", "condemns", "blames", "praises", "thanks", "congratulates"))
# Views of what others do: "opposed lifting sanctions".
VIEWS = frozenset(("condemns", "criticizes", "opposes", "praises", "supports", "welcomes"))
# Acts whose subject does what it tells somebody of: ``promised Kyiv to send``.
OWN = frozenset(("promises", "offers", "threatens", "agrees", "intends", "refuses"))
# Acts that are speech even where they only say who is meant: "Pakistan, which denied any part in it".
SPOKEN = frozenset(
    ("accuses", "condemns", "criticizes", "demands", "denies", "expresses_concern", "praises", "says", "warns")
)


@dataclass(frozen=True, slots=True)
class Control:
    """A content without a subject of its own, who is meant to act in it, and who orders it where it is ordered."""

    content: Range
    agents: list[Found]
    orderers: tuple[Found, ...] = ()


@dataclass(slots=True)
class Statements:
    """The statements of one sentence (tokens ``lo`` to ``hi``) of a document; what their contents tell of its deeds."""

    actors: Actors
    lo: int
    hi: int
    evidence: tuple[int, int]
    contents: list[Held] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    judged: list[tuple[Range, Range]] = field(default_factory=list)

    def governed(self, i: int) -> list[Found] | None:
        """Who acts in the infinitive or participle at token ``i``, when a cue of this sentence governs it."""
        control = self.control(i)
        return control.agents if control else None

    def control(self, i: int) -> Control | None:
        """What governs the infinitive or participle at token ``i``."""
        t = self.actors.tokens
        for control in reversed(self.controls):
            start, end = control.content
            if start <= i < end:
                between = t.bits[start:i]
                if not any(bit & (COMMA | PRON | AUX | REL) for bit in between):
                    return control
        return None

    def _drafts(
        self, group: VerbGroup, cue: Range, entry: Entry, subject: Range | None, found: Complement, kind: str
    ) -> Iterator[Draft]:
        t, actors = self.actors.tokens, self.actors
        rule = f"{kind or 'verb'}+{found.pattern}"
        pieces = [(found.content, found.quoted)]
        told = found.pattern in CLAUSES and group.form == "finite" and "quote" in entry.frames
        if told or found.pattern in GOES_ON:
            pieces += [(piece, True) for piece in quotations.further(t, self.hi, found, cue, subject)]
        sources = actors.each(subject, cue[0])
        denying = bool(subject and _of_nobody(t, subject)) != (entry.lemma == "doubt")
        negated = group.negated != denying
        self._hear(pieces, sources[-1][1])
        targets = actors.targets(entry, subject, found) or [None]
        if entry.relation == "agrees" and len(sources) > 1:
            targets = [None] if self._shared(found.content) else [*sources[1:]]
            sources = sources if targets == [None] else sources[:1]
        self._note(entry, found, sources, targets)
        silent = found.pattern == "object" and self._relative(subject) and entry.relation not in SPOKEN
        if rule == "noun+preposition" or silent:
            if targets == [None]:
                return
            pieces = [(None, False)]
        for source in sources:
            for piece, quoted in pieces:
                if piece and piece[1] <= piece[0]:
                    continue
                content = t.span(piece[0], quotations.with_quotation(t, *piece)) if piece else None
                evidence = self.evidence
                if content:
                    evidence = (min(evidence[0], content[0]), max(evidence[1], content[1]))
                for named in targets:
                    target = named and actors.domestic(named, source[1])
                    if target and target[1].id == source[1].id:
                        if len(targets) > 1:
                            continue
                        target = None
                    sure = confidence.of(rule, entry.relation, directed=target is not None)
                    yield Draft(
                        evidence=evidence, cue=t.span(*cue), relation=entry.relation, subject=source,
                        rule="en." + rule, object=target, content=content, quoted=quoted,
                        negated=negated, modality=_modality(group), confidence=sure,
                    )  # fmt: skip

    def _shared(self, content: Range | None) -> bool:
        """Whether two who agree to something are told of as those who do it: ``agreed to a ceasefire``."""
        nouns = (entry for word in self.actors.tokens.words[slice(*content or (0, 0))] for entry in word.nouns)
        return any(entry.relation == "declares_ceasefire" for entry in nouns)

    def _hear(self, pieces: list[tuple[Range | None, bool]], speaker: Entity) -> None:
        """Keep who speaks in the quotations of these contents."""
        t, memory = self.actors.tokens, self.actors.scene.memory
        for piece, quoted in pieces:
            if piece and quoted:
                memory.quote(*piece, speaker)
            elif piece:
                for number in sorted(set(t.quote_of[slice(*piece)]) - {-1}):
                    memory.quote(t.quotes[number].open, t.quotes[number].close + 1, speaker)

    def _note(self, entry: Entry, found: Complement, sources: list[Found], targets: list[Found | None]) -> None:
        """Keep the content for the deeds in it: how they are meant, and who would do them."""
        if found.content is None:
            return
        clause = (
            ("clause" in found.pattern and found.pattern != "ing-clause")
            or found.quoted
            or found.pattern in {"preposed", "according to"}
        )
        self.contents.append(Held(found.content, entry.relation, clause))
        if clause:
            return
        if entry.relation in JUDGED and found.target:
            self.judged.append((found.content, found.target))
        addressed = found.target and (found.pattern != "object" or entry.relation in JUDGED)
        told = [target for target in targets if target]
        if entry.relation in VIEWS and found.pattern in {"object", "ing-clause"}:
            self.controls.append(Control(found.content, []))  # who is to do what is opposed is not said
            return
        someone = addressed and (told or "infinitive" in found.pattern) and entry.relation not in OWN
        orderers = tuple(sources) if entry.relation == "orders" and told else ()
        self.controls.append(Control(found.content, told if someone else sources, orderers))

    def _relative(self, subject: Range | None) -> bool:
        """``a man who supports Keller``: it says who is meant, and is an act, not an utterance."""
        return bool(subject and self.actors.tokens.bits[subject[0]] & REL and subject[1] - subject[0] == 1)


def _of_nobody(t: Tokens, subject: Range) -> bool:
    """Whether a subject says it of nobody: ``no country supported it``; not ``(he) no longer``."""
    return t.words[subject[0]].lower in NOBODY and t.words[subject[1] - 1].lower != "longer"


def _modality(group: VerbGroup) -> Modality:
    return "hypothetical" if group.modal in {"could", "may", "might", "would", "should"} else "asserted"
