"""What is known of a word: its closed class, its verb forms, the acts it is a cue of.

Built once from ``data/lexicons/en/`` (format: ``docs/lexicons.md``). A word is looked up by its lower-case form;
what is found is kept for each distinct spelling, up to :data:`CACHE` of them.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache

from data import resource
from ingest.extractors.rules.english.inflection import third_person, verb_forms

CACHE = 100_000

(DET, POSS, QUANT, PRON, OBJ, REL, THAT, WH, PREP, CONJ, SUB, BE, HAVE, DO, MODAL, NEG, TIME, ADV) = (
    1 << n for n in range(18)
)
(
    BASE,
    S,
    PAST,
    PART,
    ING,
    CAP,
    NUM,
    COMMA,
    STOP,
    QUOTE,
    DASH,
    COLON,
    GENITIVE,
    BREAK,
    TO,
    PLURAL,
    OPEN,
    CLOSE,
    NOUN,
) = (1 << n for n in range(18, 37))
CLASSES = {
    "determiner": DET, "possessive": POSS, "quantifier": QUANT, "pronoun": PRON, "object pronoun": OBJ,
    "relative": REL, "complementizer": THAT, "wh": WH, "preposition": PREP, "conjunction": CONJ,
    "subordinator": SUB, "be": BE, "have": HAVE, "do": DO, "modal": MODAL, "negation": NEG, "time": TIME,
    "adverb": ADV, "noun": NOUN,
}  # fmt: skip
TAGS = {"base": BASE, "s": S, "past": PAST, "part": PART, "ing": ING}
VERB = BASE | S | PAST | PART | ING
AUX = BE | HAVE | DO | MODAL
PUNCT = COMMA | STOP | QUOTE | DASH | COLON | BREAK | OPEN | CLOSE
MARKS = {
    ",": COMMA, ";": COLON, ":": COLON, "(": OPEN, ")": CLOSE, "[": OPEN, "]": CLOSE, "{": OPEN, "}": CLOSE,
    "\u2013": DASH, "\u2014": DASH, "-": DASH, "'s": GENITIVE, "\u2019s": GENITIVE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a cue lexicon: the act (``relation``) and the complements it takes (``frames``)."""

    lemma: str
    relation: str
    frames: frozenset[str]
    deed: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A cue of several words after its first; ``words`` are those after the first."""

    words: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Combination:
    """A verb and a noun of its object that are one deed: *recalled* its *ambassador*."""

    nouns: frozenset[str]
    entry: Entry


@dataclass(slots=True)
class Word:
    """What is known of one spelling: class bits, and the entries of each reading; ``phrasal`` are deeds."""

    lower: str
    bits: int = 0
    verbs: tuple[Entry, ...] = ()
    deeds: tuple[Entry, ...] = ()
    nouns: tuple[Entry, ...] = ()
    adjectives: tuple[Entry, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    phrasal: tuple[Phrase, ...] = ()
    combinations: tuple[Combination, ...] = ()
    role: tuple[str, str] | None = None
    cue: bool = False
    speech: bool = False
    deed: bool = False


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one lexicon table."""
    with resource("lexicons", "en", f"{name}.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of ``closed.csv``."""
    return frozenset(word for row in rows("closed") if row["class"] == name for word in row["words"].split("|"))


@cache
def verb_class(name: str) -> frozenset[str]:
    """All forms of the verbs of one class of ``closed.csv``."""
    past = {row["lemma"]: row["past_forms"] for row in (*rows("plain_verbs"), *rows("verbs"))}
    return frozenset(
        form
        for lemma in word_class(name)
        for forms in verb_forms(lemma, past.get(lemma, "")).values()
        for form in forms
    )


@cache
def reversals() -> dict[str, str]:
    """For a deed that is ended or called off the deed this is: lifting sanctions eases them."""
    return {row["relation"]: row["ended"] for row in rows("reversals")}


@cache
def halves() -> dict[str, tuple[str, frozenset[str]]]:
    """What ``the North`` stands for, and the countries of which one must be named beside it."""
    return {row["word"]: (row["country"], frozenset(row["beside"].split("|"))) for row in rows("halves")}


@cache
def instruments() -> dict[tuple[str, str], str]:
    """What a deed is when something of this name does it: an attack of drones is one by air."""
    return {
        (form, deed): row["relation"]
        for row in rows("instruments")
        for noun in row["nouns"].split("|")
        for form in (noun, _plural(noun))
        for deed in row["deeds"].split("|")
    }


class Lexicon:
    """All tables, and the words looked up so far."""

    def __init__(self) -> None:
        self._words: dict[str, Word] = {}
        self._seen: dict[str, Word] = {}
        self._closed()
        self._verbs()
        self._nouns()
        self._adjectives()
        self._phrases()
        self._combinations()
        self._roles()
        for word in self._words.values():
            word.deed = bool(word.deeds or word.phrasal or word.combinations) or any(
                entry.deed for entry in (*word.nouns, *(phrase.entry for phrase in word.phrases))
            )
            told = any(not entry.deed for entry in word.nouns)
            word.speech = bool(word.verbs or word.adjectives or word.phrases or told)
            word.cue = bool(word.deed or word.speech or word.nouns)

    def __getitem__(self, spelling: str) -> Word:
        """What is known of this spelling, capital letters included."""
        found = self._seen.get(spelling)
        if found is None:
            if len(self._seen) >= CACHE:
                self._seen.clear()
            found = self._seen[spelling] = self._look_up(spelling)
        return found

    def _look_up(self, spelling: str) -> Word:
        lower = spelling.lower().replace("\u2019", "'")
        if len(lower) > 1 and lower[-1] == "." and lower[:-1].isalpha():
            lower = lower[:-1]
        if spelling in {"US", "IT", "WHO", "AM"} or (
            len(spelling) == 2 and spelling[0].isupper() and spelling[1] == "."
        ):
            return Word(lower.rstrip(".") + ".", CAP)
        known = self._words.get(lower)
        if known is None:
            known = self._unknown(lower)
        bits = known.bits
        if spelling[:1].isupper() or (lower.startswith(("al-", "el-")) and spelling[3:4].isupper()):
            bits |= CAP
        if bits == known.bits:
            return known
        return replace(known, lower=lower, bits=bits)

    @staticmethod
    def _unknown(lower: str) -> Word:
        bits = MARKS.get(lower, 0)
        if bits == 0 and lower[:1].isdigit():
            bits = NUM
        elif lower.strip(".!?\u2026") == "" and lower:
            bits = STOP
        elif lower.strip("-\u2013\u2014") == "" and lower:
            bits = DASH
        elif lower in {'"', "\u201c", "\u201d", "''", "``", "\u2018", "\u2019", "'", "\u00ab", "\u00bb"}:
            bits = QUOTE
        elif "\n" in lower:
            bits = BREAK
        elif lower.endswith("ly") and len(lower) > 4:
            bits = ADV
        elif lower.endswith("ed") and len(lower) > 4 and not lower.endswith("eed"):
            bits = PAST | PART
        elif lower.endswith(("ize", "ify")) and len(lower) > 5:
            bits = BASE
        elif lower.endswith("ing") and len(lower) > 5:
            bits = ING
        elif lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
            bits = PLURAL
        return Word(lower, bits)

    def word(self, lower: str) -> Word:
        """The entry of a lower-case word, made when missing."""
        found = self._words.get(lower)
        if found is None:
            found = self._words[lower] = Word(lower)
        return found

    def _closed(self) -> None:
        for row in rows("closed"):
            if row["class"] not in CLASSES:
                continue
            for lower in row["words"].split("|"):
                self.word(lower).bits |= CLASSES[row["class"]]
                if row["class"] == "noun":
                    self.word(_plural(lower)).bits |= NOUN | PLURAL
        self.word("to").bits |= TO
        self.word("'s").bits |= GENITIVE
        self.word("'s").bits &= ~BE

    def _verbs(self) -> None:
        deeds = _deed_relations()
        for row in rows("verbs") + rows("plain_verbs"):
            entry = None
            if row.get("relation"):
                entry = Entry(row["lemma"], row["relation"], frozenset(row["frames"].split()), row["relation"] in deeds)
            for tag, forms in verb_forms(row["lemma"], row["past_forms"]).items():
                for form in forms:
                    word = self.word(form)
                    word.bits |= TAGS[tag]
                    if entry and entry.deed and entry not in word.deeds:
                        word.deeds += (entry,)
                    elif entry and not entry.deed and entry not in word.verbs:
                        word.verbs += (entry,)

    def _nouns(self) -> None:
        for row in rows("nouns"):
            entry = Entry(row["noun"], row["relation"], frozenset(row["frames"].split()), row["kind"] == "deed")
            first, _, rest = row["noun"].partition(" ")
            if rest:
                for last in {rest, _plural(rest)}:
                    self.word(first).phrases += (Phrase(("#noun", *last.split()), entry),)
                continue
            self.word(first).nouns += (entry,)
            plural = self.word(_plural(first))
            plural.nouns += (entry,)
            plural.bits |= PLURAL

    def _adjectives(self) -> None:
        for row in rows("adjectives"):
            entry = Entry(row["adjective"], row["relation"], frozenset(row["frames"].split()))
            self.word(row["adjective"]).adjectives += (entry,)

    def _phrases(self) -> None:
        past = {row["lemma"]: row["past_forms"] for row in rows("verbs") + rows("plain_verbs")}
        deeds = _deed_relations()
        for row in rows("phrases"):
            deed = row["relation"] in deeds
            entry = Entry(row["phrase"], row["relation"], frozenset(row["frames"].split()), deed)
            first, *rest = row["phrase"].split()
            known = self.word(first).bits & AUX
            forms = _BE if first == "be" else set().union(*verb_forms(first, past.get(first, "")).values())
            for form in forms:
                word = self.word(form)
                if not known:
                    word.bits |= self._tags_of(first, form, past)
                phrase = (Phrase(tuple(rest), entry),)
                if deed:
                    word.phrasal += phrase
                else:
                    word.phrases += phrase
        for word in self._words.values():
            word.phrases = tuple(sorted(word.phrases, key=lambda p: -len(p.words)))
            word.phrasal = tuple(sorted(word.phrasal, key=lambda p: -len(p.words)))
            word.verbs = tuple(sorted(word.verbs, key=lambda entry: "np" in entry.frames))

    def _combinations(self) -> None:
        past = {row["lemma"]: row["past_forms"] for row in (*rows("plain_verbs"), *rows("verbs"))}
        for row in rows("combinations"):
            nouns = frozenset(form for noun in row["nouns"].split("|") for form in (noun, _plural(noun)))
            for lemma in row["verbs"].split("|"):
                entry = Entry(lemma, row["relation"], frozenset(row["frames"].split()), deed=True)
                for tag, forms in verb_forms(lemma, past.get(lemma, "")).items():
                    for form in forms:
                        self.word(form).bits |= TAGS[tag]
                        pair = Combination(nouns, entry)
                        if pair not in self.word(form).combinations:
                            self.word(form).combinations += (pair,)

    @staticmethod
    def _tags_of(first: str, form: str, past: dict[str, str]) -> int:
        return sum(TAGS[tag] for tag, forms in verb_forms(first, past.get(first, "")).items() if form in forms)

    def _roles(self) -> None:
        for row in rows("roles"):
            for noun in row["words"].split("|"):
                for form in {noun, _plural(noun)}:
                    word = self.word(form.split()[-1])
                    if word.role is None:
                        word.role = (row["sector"], row["kind"])
                    if form != noun or noun in _PLURALS:
                        word.bits |= PLURAL


_PLURALS = frozenset(
    [
        "people",
        "men",
        "women",
        "children",
        "youths",
        "gunmen",
        "policemen",
        "servicemen",
        "police",
        "troops",
        "forces",
        "authorities",
    ]
)
_BE = {"am", "is", "are", "was", "were", "been", "being", "be", "'re", "'m"}


def _plural(noun: str) -> str:
    return third_person(noun)


def _deed_relations() -> set[str]:
    with resource("relations.csv").open(encoding="utf-8") as handle:
        return {row["id"] for row in csv.DictReader(handle) if row["kind"] == "deed"}


@cache
def lexicon() -> Lexicon:
    """The English lexicon."""
    return Lexicon()
