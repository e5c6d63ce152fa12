"""Readers: from a file, a folder, a feed or a URL to documents."""

from ingest.documents import Document, SetAside
from ingest.readers.documents import MAX_DOCUMENT_BYTES
from ingest.readers.packed import Meter
from ingest.readers.sources import Source, is_url, leaves, read, source_of
from ingest.readers.stored import Stored
from ingest.readers.web import Web

__all__ = [
    "MAX_DOCUMENT_BYTES",
    "Document",
    "Meter",
    "SetAside",
    "Source",
    "Stored",
    "Web",
    "is_url",
    "leaves",
    "read",
    "source_of",
]
