"""From an Arabic document to drafts: tokens, words, actors, then each sentence in turn."""

from collections.abc import Iterator

from ingest.documents import Document
from ingest.extractors.rules.arabic.clauses import ClauseReader
from ingest.extractors.rules.arabic.lexicon import lexicon
from ingest.extractors.rules.arabic.memory import Memory
from ingest.extractors.rules.arabic.mentions import Mentions
from ingest.extractors.rules.arabic.reading import Reading
from ingest.extractors.rules.assembly import Draft
from ingest.extractors.rules.text import Tokens
from ingest.linking.registry import Registry


def drafts(document: Document, registry: Registry) -> Iterator[Draft]:
    """Every claim that the rules find in an Arabic document."""
    article = document.article
    known = lexicon(registry)
    tokens = Tokens.of(article.text)
    words = [known.word(text) for text in tokens.words]
    mentions = Mentions(tokens, words, known, article.published)
    memory = Memory()
    sentences = list(tokens.sentences())
    actors = [mentions.of(sentence) for sentence in sentences]
    for found in actors:
        mentions.learn(found)
    for sentence, found in zip(sentences, actors, strict=True):
        if any(words[i].active for i in range(sentence.first, sentence.last)):
            known_actors = mentions.recognised(sentence, found) if mentions.learned else found
            yield from ClauseReader(Reading(tokens, words, sentence, known_actors, memory, registry)).drafts()
