"""What a written word may be: its readings as verb, noun, particle, name or office, clitics taken off.

Files: ``data/lexicons/ar/*.csv`` (``docs/lexicons.md``), ``data/offices.csv``, the actor registry. Each distinct
spelling is analysed once; the answers are kept in a bounded cache.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Generic, TypeVar

from graph.claims import Entity, EntityKind
from graph.relations import relations
from ingest.extractors.rules.arabic.actors import HOMELAND, WESTERN
from ingest.extractors.rules.arabic.morphology import Shape, inflect, participles, stems
from ingest.extractors.rules.arabic.orthography import key, offset_in
from ingest.extractors.rules.arabic.phrases import NO_PHRASES, Phrase, Phrases
from ingest.extractors.rules.arabic.tables import FORMULAS, closed, rows, slots
from ingest.extractors.rules.arabic.title_words import Title, titles
from ingest.linking.localities import localities
from ingest.linking.offices import Region, regions
from ingest.linking.registry import Registry, unregistered

CACHE_SIZE = 200_000


@dataclass(frozen=True, slots=True)
class Act:
    """A verb or a noun of saying or doing.

    ``content`` and ``target`` say how what is said and whom it is done to are marked: ``that`` (a clause or a
    quotation), ``obj`` (the bare object), ``in`` (an actor inside the content), ``by`` (the subject, and who does it by
    على يد, برصاص, في غارة) or a preposition. ``lead`` are the words before a noun of several words (وقف إطلاق النار).
    """

    lemma: str
    relation: str
    content: tuple[str, ...]
    target: tuple[str, ...]
    phrases: Phrases = NO_PHRASES
    homograph: bool = False
    lead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """A name as a run of keys, and whom it names."""

    keys: tuple[str, ...]
    entity: Entity
    sort: str


Entry = TypeVar("Entry")


class Runs(Generic[Entry]):
    """The entries whose first word is the same: found by the words after it, the longest first."""

    def __init__(self) -> None:
        self.by_rest: dict[tuple[str, ...], Entry] = {}
        self.seconds: set[str] = set()
        self.lengths: tuple[int, ...] = ()
        self.alone: Entry | None = None

    def add(self, keys: tuple[str, ...], entry: Entry) -> Entry:
        """Keep an entry; of two with the same words the first, which is returned, counts."""
        rest = keys[1:]
        if rest not in self.by_rest:
            self.by_rest[rest] = entry
            self.alone = self.by_rest.get(())
            self.seconds.update(rest[:1])
            self.lengths = tuple(sorted({*self.lengths, len(rest)} - {0}, reverse=True))
        return self.by_rest[rest]

    def longest(self, words: "list[Word]", i: int, end: int) -> Entry | None:
        """The entry that runs from token ``i`` over the most words, none after token ``end``."""
        if i + 1 < end and words[i + 1].key in self.seconds:
            for length in self.lengths:
                if i + length < end:
                    found = self.by_rest.get(tuple([word.key for word in words[i + 1 : i + 1 + length]]))
                    if found is not None:
                        return found
        return self.alone


@dataclass(slots=True)
class Word:
    """One spelling and its readings.

    ``object`` is the pronoun that a verb carries as its object, ``pronoun`` the one that a noun carries.
    ``stem`` is the key without conjunction and preposition, ``skip`` how many code points those take; ``conj`` and
    ``prep`` say which they are;
    ``other`` is the same spelling read as و and a verb;
    ``bound`` are the preposition and the pronoun of عليها، معه;
    ``guess`` is the letter of an unknown word that may be a preposition. ``names`` and ``titles`` start with this word,
    and so do ``formulas`` of reporting, the longest first; ``departs`` is false for a word before which no clause that
    somebody says may end, ``unlisted`` is true for what may be the participle of no listed verb (مقتصرا),
    ``homeland`` for بلاده, ``begins`` for any word that a mention of somebody may begin with.
    """

    text: str
    key: str
    stem: str = ""
    skip: int = 0
    conj: str = ""
    prep: str = ""
    article: bool = False
    kind: str = ""
    verbs: tuple[tuple[Act, Shape], ...] = ()
    participles: tuple[tuple[Act, Shape], ...] = ()
    predicates: tuple[tuple[Act, str, Shape], ...] = ()
    nouns: tuple[Act, ...] = ()
    pronoun: str = ""
    object: str = ""
    names: "Runs[Naming] | None" = None
    titles: "Runs[Title] | None" = None
    guess: str = ""
    region: Region | None = None
    active: bool = False
    other: "Word | None" = None
    bound: tuple[str, str] = ("", "")
    formulas: tuple[tuple[str, ...], ...] = ()
    departs: bool = False
    unlisted: bool = False
    homeland: bool = False
    begins: bool = False


_OBJECT_PRONOUNS = ("هما", "هم", "ها", "هن", "نا", "كم", "ه", "ني", "ك")
_PRONOUNS = ("هما", "هم", "ها", "هن", "نا", "كم", "ه", "ي", "ك")


_BOUND = {
    prep + pronoun: (prep, pronoun)
    for prep in ("علي", "الي", "مع", "من", "عن", "ل", "ب", "في", "ضد", "تجاه", "ازاء", "حيال", "بحق", "نحو")
    for pronoun in ("ه", "ها", "هم", "هما")
}

OWN = frozenset(("", "ه", "ها", "هم", "ي", "نا"))  # the pronouns that may end a formula
_HAMZAS = frozenset("أإ")
_DEPARTING = frozenset(("فيما", "بينما", "في", "من", "دون", "بدون", "لكن", "غير", "الا"))

_AGREEMENTS = (("", "m", "s"), ("ا", "m", "s"), ("ه", "f", "s"), ("ون", "m", "p"), ("ين", "m", "p"), ("ان", "m", "d"),
               ("تان", "f", "d"), ("ات", "f", "p"))  # fmt: skip


class Lexicon:
    """All entries by key."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.verbs: dict[str, list[tuple[Act, Shape]]] = {}
        self.participles: dict[str, list[tuple[Act, Shape]]] = {}
        self.nouns: dict[str, tuple[Act, ...]] = {}
        self.predicates: dict[str, tuple[tuple[Act, str, Shape], ...]] = {}
        self.particles = {key(row["word"]): row["class"] for row in rows("particles")}
        self.spelled = {row["word"] for row in rows("particles")}
        self.names: dict[str, Runs[Naming]] = {}
        self.titles: dict[str, Runs[Title]] = {}
        self.regions = {key(word): region for region in regions() for word in region.words_ar}
        self.formulas: dict[str, list[tuple[str, ...]]] = {}
        for formula in FORMULAS:
            for form in (formula[0],) if len(formula) > 1 else (formula[0] + pronoun for pronoun in OWN):
                self.formulas.setdefault(form, []).append(formula)
        self._cache: dict[str, Word] = {}
        derived = self._read_verbs()
        self._read_nouns()
        for masdar, acts in derived.items():
            light = tuple(replace(act, relation="", content=(), target=()) for act in acts if act.phrases)
            self.nouns[masdar] = (*light, *self.nouns[masdar]) if masdar in self.nouns else acts
        self._read_predicates()
        self._read_names()
        self._read_titles()

    def word(self, text: str) -> Word:
        """The readings of a spelling."""
        found = self._cache.get(text)
        if found is None:
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            found = self._cache[text] = self._analyse(text)
        return found

    def words(self, texts: Iterable[str]) -> list[Word]:
        """The readings of each spelling."""
        known = self._cache
        return [known.get(text) or self.word(text) for text in texts]

    # --- reading the files ---------------------------------------------------------------------------------

    def _read_verbs(self) -> dict[str, tuple[Act, ...]]:
        """Inflect every verb; the answer are the verbal nouns."""
        derived: dict[str, tuple[Act, ...]] = {}
        phrases: dict[tuple[str, str], list[Phrase]] = {}
        for row in rows("phrases"):
            phrases.setdefault((row["root"], row["form"]), []).append(
                Phrase(key(row["preposition"]), key(row["noun"]), row["relation"], slots(row["content"]),
                       slots(row["target"]), row["cue"] == "verb")
            )  # fmt: skip
        shared = phrases.get(("عرب", "4"), [])
        phrases[("عبر", "2")] = shared
        phrases[("بدي", "4")] = [Phrase("", p.noun, p.relation, p.content, p.target, p.cue_is_verb) for p in shared]
        written = {form for row in rows("nouns") for form in (key(row["noun"]), key(row["plural"]))}
        for row in rows("verbs"):
            s = stems(row["root"], int(row["form"]), row["vowel"])
            masdar = key(row["masdar"]) or s.masdar
            light = Phrases(phrases.get((row["root"], row["form"]), ()))
            act = Act(s.perfect, row["relation"], slots(row["content"]), slots(row["target"]), light,
                      homograph=masdar == s.perfect or s.perfect in written)  # fmt: skip
            if masdar:
                derived.setdefault(masdar, _verbal_noun(masdar, act))
            for form, shape in inflect(s):
                _add(self.verbs, form, act, shape)
            if act.relation:
                for form, shape in participles(s):
                    _add(self.participles, form, act, shape)
        for row in rows("irregular"):
            act = Act(key(row["lemma"]), row["relation"], slots(row["content"]), slots(row["target"]))
            tense, person, rest = row["shape"][0], int(row["shape"][1]), row["shape"][2:]
            _add(self.verbs, key(row["form"]), act, Shape(tense, person, rest[:-1], rest[-1]))

        return derived

    def _read_nouns(self) -> None:
        for row in rows("nouns"):
            *lead, singular = key(row["noun"]).split()
            plural = key(row["plural"])
            act = Act(singular, row["relation"], slots(row["content"]), slots(row["target"]), lead=tuple(lead))
            for form in filter(None, (singular, plural)):
                for inflected in _noun_forms(form):
                    known = tuple(a for a in self.nouns.get(inflected, ()) if a.relation)
                    self.nouns[inflected] = (act, *known) if act.lead else (*known, act)

    def _read_predicates(self) -> None:
        for row in rows("predicates"):
            word = key(row["word"])
            act = Act(word, row["relation"], slots(row["content"]), slots(row["target"]))
            for ending, gender, number in _AGREEMENTS:
                form = word + ending
                self.predicates.setdefault(form, ((act, row["negative"], Shape("i", 3, gender, number)),))

    def _read_names(self) -> None:
        skipped = {key(row["name"]) for row in rows("ambiguous_names")}
        for name in self.registry.names("ar"):
            keys = tuple(key(name.text).replace("-", " ").replace("(", " ").replace(")", " ").split())
            if not keys or " ".join(keys) in skipped or (len(keys) == 1 and len(keys[0]) < 3):
                continue
            for variant in _with_article(keys) if name.sort == "demonym" else (keys,):
                self.names.setdefault(variant[0], Runs()).add(variant, Naming(variant, name.entity, name.sort))

        named = {name.text: name.entity for name in self.registry.names("ar")}
        for row in rows("names"):
            if row["sort"] == "adjective":
                for variant in _with_article((key(row["name"]),)):
                    naming = Naming(variant, named[row["country"]], "demonym")
                    self.names.setdefault(variant[0], Runs()).add(variant, naming)
        places = (
            (tuple(key(text).replace("-", " ").split()), entity, "place")
            for entity, _, names in localities()
            for text in names
        )
        for keys, entity, sort in (*_listed_names(self.registry.countries), *places):
            if keys[1:] not in (self.names.get(keys[0]) or Runs()).by_rest:
                self.names.setdefault(keys[0], Runs()).add(keys, Naming(keys, entity, sort))

    def _read_titles(self) -> None:
        for title in titles():
            self.titles.setdefault(title.keys[0], Runs()).add(title.keys, title)

    # --- one word ------------------------------------------------------------------------------------------

    def _analyse(self, text: str) -> Word:
        whole = key(text)
        word = Word(text, whole, stem=whole)
        if not whole or not (whole[0].isalpha()):
            word.kind = "number" if whole[:1].isdigit() else "mark"
            return word
        for conj, prep, letters, stem in self._ordered_splits(whole):
            if self._read(word, stem, prep):
                purpose = bool(word.verbs and prep)  # ليحذر
                word.conj, word.prep, word.stem = ("ل", "", stem) if purpose else (conj, prep, stem)
                word.skip = offset_in(text, letters) if letters else 0
                break
        if word.stem == whole and whole.startswith("لل") and len(whole) > 4 and not self._known(word):
            word.prep, word.stem, word.skip = "ل", "ال" + whole[2:], offset_in(text, 1)
        if word.stem == whole and whole.startswith("بال") and len(whole) > 5 and not self._known(word):
            word.prep, word.stem, word.skip = "ب", whole[1:], offset_in(text, 1)
        if word.stem == whole and whole.startswith(("وال", "فال")) and len(whole) > 5 and not self._known(word):
            word.conj, word.stem, word.skip = whole[0], whole[1:], offset_in(text, 1)
        if text[len(text) - len(text.lstrip("وفبلك")) :].startswith("إ"):
            word.verbs, word.object = (), ""
        if text.endswith("أ") and text not in self.spelled:  # هنأ is not هنا
            word.kind = ""
        if text.endswith("ة") or "ً" in text or word.stem in closed()["no verb"]:
            word.verbs, word.object = (), ""
        if word.verbs and word.stem == whole and whole[0] == "و" and len(whole) > 2:
            word.other = self._joined(text)
        if whole == "فان":  # a part of Dutch names too
            word.kind, word.conj, word.stem, word.skip = "comp", "ف", "ان", offset_in(text, 1)
        word.region = self.regions.get(word.stem)
        word.article = word.stem.startswith("ال") and text[word.skip : word.skip + 1] not in _HAMZAS  # أليكسي
        acts = (
            *(a for a, _, _ in word.predicates),
            *(a for a, _ in word.verbs),
            *(a for a, _ in word.participles),
            *word.nouns,
        )
        word.active = any(a.relation or a.phrases for a in acts) or word.kind == "according"
        word.formulas = tuple(self.formulas.get(whole[1:] if word.conj else whole, ()))
        word.departs = bool(word.verbs or word.participles or word.formulas) or (
            whole[0] == "م" or word.kind in ("according", "neg", "pron") or word.stem in _DEPARTING
        )
        word.homeland = (whole in HOMELAND or whole[1:] in HOMELAND) and not text.endswith("ة")
        word.begins = bool(word.names or word.titles or word.homeland or word.stem in WESTERN)
        word.unlisted = whole[0] == "م" and text.endswith(("ا", "ً")) and not (
            word.participles or word.kind or word.names)  # fmt: skip
        if not (word.prep or self._known(word)) and len(whole) > 3 and whole[0] in "بل":
            word.guess = whole[0]
        return word

    def _joined(self, text: str) -> "Word | None":
        """ورد as و and رد, beside the verb that it is as a whole."""
        rest = self.word(text[1:])
        if not rest.verbs or rest.conj or rest.prep:
            return None
        return replace(rest, text=text, key=key(text), conj="و", skip=offset_in(text, 1), unlisted=False)

    @staticmethod
    def _known(word: Word) -> bool:
        read = word.nouns or word.verbs or word.participles or word.predicates
        return bool(word.kind or word.names or word.titles or read)

    def _ordered_splits(self, whole: str) -> Iterator[tuple[str, str, int, str]]:
        """The ways to take a word apart, a particle after و first: وردا is و + ردا before it is a verb."""
        known = whole in self.particles or whole in self.names or whole in self.titles
        known = known or (whole[0] == "ف" and whole in self.verbs and self.particles.get(whole[1:]) == "adv")  # فتحت
        if whole[0] in "بلك" and not known and self.particles.get(whole[1:]) == "dem":  # بذلك is not بذل
            yield "", whole[0], 1, whole[1:]
        if whole[0] in "وف" and not known and whole[1:] in self.particles:
            yield whole[0], "", 1, whole[1:]
        yield from _splits(whole)

    def _read(self, word: Word, stem: str, prep: str) -> bool:
        """Take the readings of a stem; whether there are any."""
        word.kind = self.particles.get(stem, "")
        if prep and word.kind != "dem":
            word.kind = ""
        word.bound = ("", "") if prep else _BOUND.get(stem, ("", ""))
        word.names = self.names.get(stem)
        word.titles = self.titles.get(stem)
        word.nouns, word.pronoun = self._noun(stem)
        if not prep:
            word.verbs, word.object = self._verb(stem, bare=bool(word.nouns) and not word.pronoun)
            word.predicates = self.predicates.get(stem, ())
            word.participles = tuple(self.participles.get(stem, ()))
        elif prep == "ل" and not self._known(word):
            verbs, word.object = self._verb(stem, bare=False)
            word.verbs = tuple((act, s) for act, s in verbs if s.tense == "i" and s.person == 3 and not s.jussive)
        return self._known(word)

    def _verb(self, stem: str, *, bare: bool) -> tuple[tuple[tuple[Act, Shape], ...], str]:
        """The readings as a verb, and the object pronoun that was taken off."""
        found = self.verbs.get(stem)
        if found:
            return tuple(found), ""
        if not found and not bare:
            for pronoun in _OBJECT_PRONOUNS:
                if stem.endswith(pronoun) and len(stem) - len(pronoun) >= 2:
                    base = stem[: -len(pronoun)]
                    found = self.verbs.get(base)
                    if not found and base.endswith("ا"):
                        found = self.verbs.get(base[:-1] + "ي")
                    if not found and base.endswith("و"):
                        found = self.verbs.get(base + "ا")
                    if found:
                        return tuple(found), pronoun
        return (), ""

    def _noun(self, stem: str) -> tuple[tuple[Act, ...], str]:
        bare = stem[2:] if stem.startswith("ال") and len(stem) > 4 else stem
        if found := self.nouns.get(bare):
            return found, ""
        if bare is stem:
            for pronoun in _PRONOUNS:
                if stem.endswith(pronoun) and len(stem) - len(pronoun) >= 2:
                    base = stem[: -len(pronoun)]
                    found = self.nouns.get(base) or self.nouns.get(_unbound(base))
                    if found:
                        return found, pronoun
        return (), ""


def _unbound(base: str) -> str:
    """What precedes a pronoun as it is spelled without one: زيارت is زيارة, لقاي and لقاو are لقاء."""
    if base.endswith("ت"):
        return base[:-1] + "ه"
    return base[:-1] + "ء" if base.endswith(("اي", "او")) else ""


def _splits(whole: str) -> Iterator[tuple[str, str, int, str]]:
    """Ways to take conjunction and preposition off: (conjunction, preposition, letters taken, rest)."""
    yield "", "", 0, whole
    for conj in ("", "و", "ف"):
        if not whole.startswith(conj) or (conj and len(whole) < 3):
            continue
        rest = whole[len(conj) :]
        if conj:
            yield conj, "", len(conj), rest
        if rest.startswith("لل") and len(rest) > 4:
            yield conj, "ل", len(conj) + 1, "ال" + rest[2:]
        if len(rest) > 3 and rest[0] in "بلك":
            yield conj, rest[0], len(conj) + 1, rest[1:]


def _listed_names(countries: Mapping[str, Entity]) -> Iterator[tuple[tuple[str, ...], Entity, str]]:
    """The names of ``names.csv``: other names of countries, places within them, people and bodies of the past.

    A surname alone is the person of that country whose full name ends with it.
    """
    full: dict[tuple[str, str], Entity] = {}
    listed = (row for row in rows("names") if row["sort"] != "adjective")
    for row in sorted(listed, key=lambda row: -len(row["name"].split())):
        keys = tuple(key(row["name"]).replace("-", " ").split())
        named = full.get((keys[0], row["country"])) if row["sort"] == "person" and len(keys) == 1 else None
        entity = named or _listed(row, countries)
        if row["sort"] == "person":
            full.setdefault((keys[-1], row["country"]), entity)
        yield keys, entity, "place" if row["sort"] == "place" else "name"


def _listed(row: dict[str, str], countries: Mapping[str, Entity]) -> Entity:
    kinds: dict[str, EntityKind] = {"place": "place", "person": "person", "group": "group", "body": "organization"}
    if row["sort"] == "country":
        return countries[row["country"]]
    inter = row["country"] == "IGO"
    country, sector = (None, "IGO") if inter else (row["country"], None)
    return unregistered(row["name"], kinds[row["sort"]], "ar", country=country, sector=sector)


def _verbal_noun(masdar: str, act: Act) -> tuple[Act, ...]:
    """What the verbal noun does by construction: a deed to a genitive or with ل, a light verb with its nouns."""
    deed = act.relation and relations()[act.relation].kind == "deed"
    target = (*act.target, "ل") if "obj" in act.target else act.target
    if deed and act.target:
        return (Act(masdar, act.relation, (), target, act.phrases),)
    return (Act(masdar, "", (), (), act.phrases),)


def _noun_forms(form: str) -> Iterator[str]:
    """A noun with its endings of case and dual."""
    yield form
    if form.endswith("ه"):
        yield from (form[:-1] + "تا", form[:-1] + "تي")
    elif not form.endswith("ات"):
        yield form + "ا"
        if len(form) > 3:
            yield from (form + "ان", form + "ين")


def _with_article(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield keys
    yield tuple("ال" + word for word in keys)
    if keys[-1].endswith("ي") or keys[-1] in closed()["plural demonym"]:  # جنديا إسرائيليا، جنودا روسا
        yield tuple(word + "ا" for word in keys)
    if len(keys) > 1:
        yield ("ال" + keys[0], *keys[1:])
        yield (keys[0], *("ال" + word for word in keys[1:]))


def _add(table: dict[str, list[tuple[Act, Shape]]], form: str, act: Act, shape: Shape) -> None:
    found = table.setdefault(form, [])
    if (act, shape) not in found:
        found.append((act, shape))


@lru_cache(maxsize=2)
def lexicon(registry: Registry) -> Lexicon:
    """The lexicon that ships with Qawl, with the names of this registry."""
    return Lexicon(registry)
