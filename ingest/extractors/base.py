"""What an extractor is."""

from collections.abc import Sequence
from typing import Protocol

from graph.claims import Claim
from ingest.documents import Document


class Extractor(Protocol):
    """Turns a document into claims; registered as an entry point of the group ``qawl.extractors``.

    The same document gives the same claims, whatever came before it.
    """

    @property
    def name(self) -> str:
        """Name and version, as claims carry it: ``rules 0.1.0``."""

    def extract(self, document: Document) -> Sequence[Claim]:
        """The document's claims in text order (of their cues); none for a language it does not read."""
