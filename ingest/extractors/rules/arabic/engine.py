"""From an Arabic document to drafts: tokens, words, actors, then each sentence in turn."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.documents import Document
from ingest.extractors.rules.arabic.actors import Actor
from ingest.extractors.rules.arabic.clauses import ClauseReader
from ingest.extractors.rules.arabic.leaning import Leaning
from ingest.extractors.rules.arabic.lexicon import Word, lexicon
from ingest.extractors.rules.arabic.memory import Memory
from ingest.extractors.rules.arabic.mentions import Mentions
from ingest.extractors.rules.arabic.reading import Reading
from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.text import Sentence, Tokens
from ingest.linking.registry import Registry

_PLACES = frozenset(("capital", "name", "place"))
_TOPICS = frozenset(("name", "office", "body", "capital"))
_DATELINE = 11
_DATING = frozenset(("في", "شهر", "منذ", "خلال", "اذار", "حتي", "مطلع", "اواخر", "اوايل", "منتصف"))
# A question of an interview: in the answers nobody is "who spoke last".
_QUESTION = re.compile(r"^\s*(?:[-–—•*]|س ?:|سؤال ?:)[^\n]*؟\s*$", re.M)


def after_dateline(tokens: Tokens, sentence: Sentence, actors: list[Actor]) -> list[Actor]:
    """Without the place and the agency that open a report: القاهرة - ، القدس 15 - 7 (اف ب) - ."""
    if not (sentence.opens_line and actors and actors[0].first == sentence.first and actors[0].sort in _PLACES):
        return actors
    reach = range(actors[0].last, min(actors[0].last + _DATELINE, sentence.last))
    marks = [k for k in reach if tokens.words[k] in "-–—)" and k + 1 < sentence.last]
    if not marks or (tokens.words[actors[0].last] not in "-–—(/،" and not tokens.words[actors[0].last].isdigit()):
        return actors
    end = marks[-1]
    return [actor for actor in actors if actor.first > end]


def _is_month(words: list[Word], i: int) -> bool:
    """في مارس، 5 مارس، مارس الماضي: the month, not the verb."""
    before, after = words[i - 1] if i else words[i], words[i + 1] if i + 1 < len(words) else words[i]
    return before.stem in _DATING or "number" in (before.kind, after.kind) or after.stem.startswith(("الماض", "المقبل"))


def drafts(document: Document, registry: Registry) -> Iterator[Draft]:
    """Every claim that the rules find in an Arabic document."""
    article = document.article
    known = lexicon(registry)
    tokens = Tokens.of(article.text)
    words = known.words(tokens.words)
    for i in (i for i, word in enumerate(words) if word.stem == "مارس" and _is_month(words, i)):
        words[i] = replace(known.word("أبريل"), text=words[i].text, key=words[i].key, stem=words[i].stem)
    mentions = Mentions(tokens, words, known, article.published)
    memory = Memory()
    sentences = list(tokens.sentences())
    memory.dialogue = len(_QUESTION.findall(article.text)) > 1
    actors = [after_dateline(tokens, sentence, mentions.of(sentence)) for sentence in sentences]
    leaning = Leaning(mentions, actors)
    actors = [leaning.settled(found) for found in actors]
    for found in actors:
        mentions.learn(found)
    for sentence, found in zip(sentences, actors, strict=True):
        memory.enter()
        for actor in found:
            if actor.entity:
                memory.mention(actor, actor.entity)
        if any(word.active for word in words[sentence.first : sentence.last]):
            known_actors = mentions.recognised(sentence, found) if mentions.learned else found
            yield from ClauseReader(Reading(tokens, words, sentence, known_actors, memory, registry)).drafts()
        topic = next((a for a in found if a.sort in _TOPICS and not (a.prep or a.conj or a.owner or a.oblique)), None)
        entity = memory.resolve(topic) if topic else None
        if topic and entity:
            memory.tell_of(entity, topic.gender, topic.number)
