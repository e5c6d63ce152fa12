"""Finding registered names in the text: countries, capitals, demonyms, organisations, people, known places."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from data import resource
from graph.claims import Entity
from ingest.extractors.rules.english.lexicon import AUX, CAP, CONJ, DASH, NOUN, PLURAL, TIME, halves, word_class
from ingest.extractors.rules.english.tokens import TOKEN, Tokens, _split_clitic
from ingest.linking.context import GIVEN_NAME_STANDS, family_name_first, home
from ingest.linking.localities import localities
from ingest.linking.parties import party
from ingest.linking.registry import Registry, Sort, slug, unregistered

PRECEDENCE = {"country": 0, "organization": 1, "group": 1, "place": 2, "person": 4}


@dataclass(frozen=True, slots=True)
class Match:
    """A registered name at tokens ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    entity: Entity
    sort: Sort | str


Candidates = tuple[tuple[tuple[str, ...], Entity, str], ...]


@lru_cache(maxsize=2)
def gazetteer(actors: Registry) -> dict[str, Candidates]:
    """Names by the spelling of their first token, longest first."""
    found: dict[str, dict[tuple[str, ...], tuple[int, Entity, str]]] = {}

    def add(text: str, entity: Entity, sort: str, *, known: bool = True) -> None:
        words = spellings(text.removeprefix("the ").removeprefix("The "))
        if not words or not words[0][:1].isupper() or text in AMBIGUOUS:
            return
        if not known and words in registered.get(words[0], ()):
            return
        rank = 3 if sort == "capital" else 2 if sort == "demonym" else PRECEDENCE[entity.kind]
        at = found.setdefault(words[0], {})
        if words not in at or (rank, len(entity.label_en or "")) < (at[words][0], len(at[words][1].label_en or "")):
            at[words] = (rank, entity, sort)

    registered: dict[str, frozenset[tuple[str, ...]]] = {}
    others: list[tuple[str, Entity, str]] = []
    for name in actors.names("en"):
        for text in name.text.split(", ") if name.sort == "demonym" else (name.text,):
            add(text, name.entity, name.sort)
            others += [(other, name.entity, name.sort) for other in _other_spellings(text, name.entity)]
    registered = {first: frozenset(at) for first, at in found.items()}
    for other, bearer, sort in others:
        add(other, bearer, sort, known=False)
    registered = {first: frozenset(at) for first, at in found.items()}
    with resource("places.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if entity := _place(row, actors):
                add(
                    row["name"],
                    entity,
                    "name" if row["sort"] in {"person", "group", "body"} else row["sort"],
                    known=False,
                )
    for entity, names, _ in localities():
        for text in names:
            add(text, entity, "place", known=False)
    return {
        first: tuple((words, entity, sort) for words, (_, entity, sort) in sorted(at.items(), key=lambda x: -len(x[0])))
        for first, at in found.items()
    }


def _other_spellings(text: str, entity: Entity) -> Iterator[str]:
    """A name without its accents (``Erdogan``), an acronym that can be read as a word (``Unesco``)."""
    if not text.isascii():
        yield "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if entity.kind != "person" and _ACRONYM.fullmatch(text) and text not in _OTHER_WORDS:
        yield text.title()


def _place(row: dict[str, str], actors: Registry) -> Entity | None:
    """Who a row of ``places.csv`` stands for: a person, group or body of its own, or the country a place lies in."""
    name, country = row["name"], row["country"] or None
    if row["sort"] == "person":
        return unregistered(name, "person", "en", country=country, sector="GOV")
    if row["sort"] == "group":
        return unregistered(name, "group", "en", country=country)
    if row["sort"] == "body":
        return unregistered(name, "organization", "en", sector=country)
    if row["sort"] == "place":
        return Entity(f"place-{slug(name)}-{row['country'].lower()}", "place", name, None, row["country"])
    return actors.countries.get(row["country"])


def at_home(matches: dict[int, Match], tokens: Tokens, registry: Registry, country: str | None) -> None:
    """Read party names that several countries know, such as ``Labour Party``, as those of one country, in place."""
    for match in [m for m in matches.values() if m.entity.sector == "PTY"]:
        entity = party(spelled(tokens, match), match.entity, country, registry)
        matches[match.start] = Match(match.start, match.end, entity, match.sort)


def full_names(matches: dict[int, Match], tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The token ranges of unregistered names of two or three words that a known given name opens."""
    bits, words = tokens.bits, tokens.words
    for i in range(len(words) - 1):
        if not bits[i] & CAP or words[i].lower not in _GIVEN or i in matches or (i and bits[i - 1] & CAP):
            continue
        end = i + 1
        while end < min(i + 3, len(words)) and bits[end] & CAP and not bits[end] & (TIME | AUX) and end not in matches:
            end += 1
        if end > i + 1:
            yield i, end


def american(matches: dict[int, Match], tokens: Tokens) -> None:
    """Read ``Georgia`` as the American state, in place, in a text that is about the United States.

    A text about the country names its capital or its people, too.
    """
    doubtful = [m for m in matches.values() if m.entity.country == "GEO"]
    if not doubtful or any(spelled(tokens, m) != "Georgia" for m in doubtful):
        return
    if home(m.entity.country for m in matches.values() if m.entity.country not in (None, "GEO")) == "USA":
        state = Entity("place-georgia-usa", "place", "Georgia", None, "USA")
        matches.update({m.start: replace(m, entity=state, sort="place") for m in doubtful})


def by_surname(matches: dict[int, Match], tokens: Tokens, full: Iterable[Match]) -> dict[str, list[Match]]:
    """The bearers of each surname in a document that gives these ``full`` names.

    Registered surnames among the matches are read as :func:`meant` says, in place.
    """
    bearers: dict[str, list[Match]] = {}
    for match in full:
        for word in _alone(tokens, match):
            surname = tokens.spelling(word)
            for name in {surname, surname[3:] if surname.lower().startswith(("al-", "el-")) else surname}:
                bearers.setdefault(name, []).append(match)
    for at, match in matches.items():
        name = tokens.spelling(at)
        if match.entity.kind == "person" and match.end - at == 1 and name in bearers:
            matches[at] = replace(match, entity=meant(name, bearers[name], at))
    return bearers


def _alone(tokens: Tokens, match: Match) -> tuple[int, ...]:
    """The words of a full name that later stand alone for the person, as token numbers."""
    first, last = match.start, match.end - 1
    if tokens.spelling(last) in GENERATIONS and last > first + 1:
        last -= 1
    if match.entity.country in GIVEN_NAME_STANDS:
        return (first, last)
    return (first,) if family_name_first(match.entity) else (last,)


def meant(surname: str, bearers: list[Match], at: int) -> Entity:
    """Whom a surname at token ``at`` means: the one named in full before, else later; of two who bear it, neither."""
    before = [bearer for bearer in bearers if bearer.start < at]
    found = {bearer.entity.id: bearer.entity for bearer in before or bearers}
    return next(iter(found.values())) if len(found) == 1 else unregistered(surname, "person", "en")


def spelled(tokens: Tokens, match: Match) -> str:
    """The words of a match."""
    return " ".join(tokens.spelling(i) for i in range(match.start, match.end))


@cache
def blocs() -> frozenset[str]:
    """The ids of groups of countries that act together in the news though they are no body: the West."""
    with resource("places.csv").open(encoding="utf-8") as handle:
        return frozenset(
            unregistered(row["name"], "group", "en").id
            for row in csv.DictReader(handle)
            if row["sort"] == "group" and not row["country"]
        )


TITLES = word_class("honorific") | word_class("title adjective")
# Acronyms that can be read as a word: of four letters or more with a vowel, but no other word or person's name.
_ACRONYM = re.compile(r"(?=[A-Z]*[AEIOU])[A-Z]{4,}")
_OTHER_WORDS = frozenset(
    ("ALBA", "CAIR", "DAWN", "HINA", "KANU", "KUNA", "LANA", "MEND", "PETRA", "RAND", "SABA", "SANA", "SUNA", "TIME",
     "UNIAN", "UNITA", "WADA", "WAFA")
)  # fmt: skip

# Names whose everyday readings are commoner than the registered one.
AMBIGUOUS = frozenset(
    (
        "November 17",
        "IS",
        "AA",
        "SPA",
        "Guardian",
        "Fars",
        "Harris",
        "CAR",
        "Amnesty",
        "Congress",
        "No 10",
        "General Assembly",
        "Georgetown",
        "Hamilton",
    )
)


def spellings(text: str) -> tuple[str, ...]:
    """The token spellings of a name."""
    found = []
    for match in TOKEN.finditer(text + " "):  # the blank: an abbreviation may end a name
        at = 0
        for _, length in _split_clitic(match.group()):
            found.append(match.group()[at : at + length])
            at += length
    return tuple(found)


QUALIFIERS = frozenset(("Federal", "High", "Higher", "National", "Regional", "State", "Supreme"))
# What follows a surname to tell a son from his father.
GENERATIONS = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))

# What makes the country of ``Saudi-led`` the country of what follows.
LED = frozenset(("led", "born", "run", "based", "dominated", "owned", "registered", "flagged"))
Pairs = dict[int, tuple[tuple[tuple[int, int], Entity], tuple[tuple[int, int], Entity]]]


def find(tokens: Tokens, registry: Registry) -> tuple[dict[int, Match], Pairs]:
    """Registered names of a document by their first token, longest first, not overlapping; and its ``X-Y`` pairs."""
    known, bits, spelling = gazetteer(registry), tokens.bits, tokens.spelling
    matches: dict[int, Match] = {}
    pairs: Pairs = {}
    i, n = 0, len(bits)
    lines = {lo for lo, _ in tokens.sentences if spelling(lo).isupper() and len(spelling(lo)) > 2}
    while i < n:
        if bits[i] & CAP:
            first = spelling(i)
            if first not in known and i in lines:
                first = first.title()  # the dateline SEOUL
            for words, entity, sort in known.get(first, ()):
                if len(words) == 1 and entity.kind == "person" and _has_given_name(tokens, i, matches):
                    continue
                if entity.kind != "person" and len(words) == 1 and _in_a_name(tokens, i, known):
                    continue
                if (len(words) == 1 or _goes_on(tokens, i, words)) and not _qualified(tokens, i, entity):
                    matches[i] = Match(i, i + len(words), entity, sort)
                    _join(bits, i, i + len(words))
                    i += len(words) - 1
                    break
            else:
                if "-" in first:
                    _pair(tokens, i, known, matches, pairs)
        i += 1
    return matches, pairs


def _qualified(tokens: Tokens, i: int, entity: Entity) -> bool:
    """``National Security Council``: whether the word before makes a state's body of an international one."""
    return entity.sector == "IGO" and i > 0 and tokens.spelling(i - 1) in QUALIFIERS


def _join(bits: list[int], start: int, end: int) -> None:
    """Read the words inside ``Food and Drug Administration`` as parts of a name, which no list is made of."""
    if end - start > 2 and any(bit & CONJ for bit in bits[start:end]):
        bits[start:end] = [bit if bit & CAP else CAP for bit in bits[start:end]]


def _in_a_name(tokens: Tokens, i: int, known: dict[str, Candidates]) -> bool:
    """Whether the place at token ``i`` is a part of a person's name: ``Steve (Montenegro)``, ``(Jordan) Bardella``."""
    bits, words = tokens.bits, tokens.words
    given = i > 0 and bits[i - 1] & CAP and not bits[i - 1] & (TIME | AUX | NOUN) and words[i - 1].lower in _GIVEN
    if given:
        return True
    if words[i].lower not in _PLACE_GIVEN or i + 1 >= len(words) or bits[i + 1] != CAP:
        return False
    following = words[i + 1]
    common = following.role or following.verbs or following.nouns or _single(known, tokens.spelling(i + 1))
    return not common and not (i + 2 < len(words) and bits[i + 2] & CAP)


_PLACE_GIVEN = word_class("given name that is a place")
_GIVEN = word_class("given name of a man") | word_class("given name of a woman")


def _goes_on(tokens: Tokens, i: int, words: tuple[str, ...]) -> bool:
    """Whether the tokens after token ``i`` are the words of a name after its first, as they are or in capitals."""
    if i + len(words) > len(tokens):
        return False
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    for k in range(1, len(words)):
        spelling = text[starts[i + k] : ends[i + k]]
        if spelling != words[k] and spelling != words[k].upper():
            return False
    return True


def add_halves(matches: dict[int, Match], tokens: Tokens, registry: Registry) -> None:
    """Add ``the North`` as a name of North Korea, in place, where a Korea is named."""
    named = {match.entity.country for match in matches.values()}
    known = {word: country for word, (country, beside) in halves().items() if beside & named}
    for i in range(1, len(tokens) - 1) if known else ():
        word = tokens.spelling(i)
        alone = word in known and i not in matches and not tokens.bits[i + 1] & (CAP | NOUN | PLURAL | DASH)
        if alone and tokens.words[i - 1].lower == "the":
            matches[i] = Match(i, i + 1, registry.countries[known[word]], "name")


def _has_given_name(tokens: Tokens, i: int, matches: dict[int, Match]) -> bool:
    """Whether a surname follows an unknown name, so that it is somebody else's: ``Melania Trump``."""
    if not i or tokens.bits[i - 1] != CAP or tokens.words[i - 1].role or tokens.words[i - 1].lower in TITLES:
        return False
    return i - 1 not in matches and not tokens.spelling(i - 1).isupper()


def _pair(tokens: Tokens, i: int, known: dict[str, Candidates], matches: dict[int, Match], pairs: Pairs) -> None:
    """``US-Iran``, ``Israel-Hamas``: two names in one token; ``Kurdish-led`` is the first alone."""
    left, _, right = tokens.spelling(i).partition("-")
    first, second = _single(known, left), _single(known, right)
    start = tokens.starts[i]
    if first and second:
        middle = start + len(left)
        pairs[i] = ((start, middle), first), ((middle + 1, tokens.ends[i]), second)
        matches[i] = Match(i, i + 1, first, "demonym")
    elif first and right in LED:
        matches[i] = Match(i, i + 1, first, "demonym")


def _single(known: dict[str, Candidates], name: str) -> Entity | None:
    for words, entity, _ in known.get(name, ()):
        if len(words) == 1 and entity.kind in {"country", "organization", "group"}:
            return entity
    return None
