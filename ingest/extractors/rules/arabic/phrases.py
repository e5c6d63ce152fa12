"""Light verbs and their nouns: أعرب عن قلقه، فرض عقوبات على."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_ENDINGS = ("", "ا", "ه", "ها", "هم", "هما", "نا", "ات", "اته", "اتها", "ته", "تها", "تهم", "تا", "ي", "ين", "ان", "هن")
_BROKEN = {"قيد": ("قيود", "قيودا"), "رسم": ("رسوم", "رسوما"), "صاروخ": ("صواريخ",), "قذيفه": ("قذايف",),
           "تعازي": ("تعازيه", "تعازيها"), "ضغط": ("ضغوط", "ضغوطا"), "قوه": ("قوات", "قواته", "قواتها"),
           "رساله": ("رسايل",), "مخاوف": ("مخاوفه", "مخاوفها"), "امل": ("اماله",), "تهمه": ("تهم",),
           "قلق": ("قلقه", "قلقها", "قلقهم")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb and a noun that together are one act: أعرب عن قلقه، فرض عقوبات على."""

    preposition: str
    noun: str
    relation: str
    content: tuple[str, ...]
    target: tuple[str, ...]
    cue_is_verb: bool

    def forms(self) -> Iterator[str]:
        """The noun with its feminine plural, its accusative, its pronouns."""
        root = self.noun.removesuffix("ه")
        yield from (root + ending for ending in _ENDINGS)
        yield from _BROKEN.get(self.noun, ())


class Phrases(tuple[Phrase, ...]):
    """The phrases of one light verb."""

    @cached_property
    def _by_form(self) -> dict[tuple[str, str], Phrase]:
        """By preposition and form of the noun; the phrase whose noun is spelled so goes before one with an ending."""
        spelled = {(p.preposition, p.noun): p for p in reversed(self)}
        return {(p.preposition, form): p for p in reversed(self) for form in p.forms()} | spelled

    @cached_property
    def received(self) -> bool:
        """Whether all of them are told of who receives (تلقى دعما)."""
        return bool(self) and all("rev" in phrase.target for phrase in self)

    def at(self, stem: str, preposition: str) -> Phrase | None:
        """The phrase whose noun, after that preposition, is a word of this stem."""
        return self._by_form.get((preposition, stem.removeprefix("ال"))) if self else None


NO_PHRASES = Phrases()
