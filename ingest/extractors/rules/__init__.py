"""The rules extractor: claims by grammar and lexicon, without a model."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

from graph.claims import Claim
from ingest.documents import Document
from ingest.extractors.rules.assembly import Draft, assemble

Engine = Callable[[Document], Iterable[Draft]]

ENGINES = {"ar": "arabic", "en": "english"}


class RulesExtractor:
    """Reads Arabic and English; a document in another language has no claims."""

    name = "rules 0.1.0"

    def extract(self, document: Document) -> Sequence[Claim]:
        """The document's claims in the order of their cues."""
        package = ENGINES.get(document.article.language.split("-")[0].lower())
        return assemble(document, _engine(package)(document), self.name) if package else []


def _engine(package: str) -> Engine:
    """The language's engine; imported when first needed, for its lexicon takes time to build."""
    engine: Engine = import_module(f"{__name__}.{package}.engine").drafts
    return engine
