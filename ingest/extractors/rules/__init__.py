"""The rules extractor: claims by grammar and lexicon, without a model."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

from graph.claims import Claim
from ingest.documents import Document
from ingest.extractors.rules.assembly import Draft, assemble
from ingest.linking.registry import Registry, registry

Engine = Callable[[Document, Registry], Iterable[Draft]]

ENGINES = {"ar": "arabic", "en": "english"}


class RulesExtractor:
    """Reads Arabic and English; a document in another language has no claims.

    ``actors`` is the registry that names are linked with, by default the one that ships with Qawl. ``revision`` tells
    extractions with another registry apart; :func:`ingest.actors.rules_extractor` gives both for a workspace.
    """

    version = "rules 0.1.0"

    def __init__(self, actors: Registry | None = None, *, revision: str = "") -> None:
        self._actors = actors
        self.name = f"{self.version}+{revision}" if revision else self.version

    def extract(self, document: Document) -> Sequence[Claim]:
        """The document's claims in the order of their cues."""
        return [claim for claim, _ in self.explain(document)]

    def explain(self, document: Document) -> Sequence[tuple[Claim, str]]:
        """The document's claims, each with the name of the rule that made it (``data/lexicons/rules.csv``)."""
        package = ENGINES.get(document.article.language.split("-")[0].lower())
        return assemble(document, _engine(package)(document, self._actors or registry()), self.name) if package else []


def _engine(package: str) -> Engine:
    """The language's engine; imported when first needed, for its lexicon takes time to build."""
    engine: Engine = import_module(f"{__name__}.{package}.engine").drafts
    return engine
