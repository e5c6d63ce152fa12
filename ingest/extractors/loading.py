"""Extractors by name: those of the entry point group ``qawl.extractors``."""

from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from graph.errors import QawlError
from ingest.extractors.base import Extractor

GROUP = "qawl.extractors"
DEFAULT = "rules"
_OURS = {"rules": "ingest.extractors.rules:RulesExtractor"}


class ExtractorError(QawlError):
    """No extractor has that name, or it cannot be loaded."""


def load_extractor(name: str = DEFAULT) -> Extractor:
    """The extractor that an installed package registers under this name; ours also without being installed.

    Raises:
        ExtractorError: there is none, or loading it fails; the message names what there is.
    """
    found = _OURS if name in _OURS else {entry.name: entry.value for entry in entry_points(group=GROUP)} | _OURS
    if name not in found:
        raise ExtractorError(f"there is no extractor {name!r}; installed are: {', '.join(sorted(found))}")
    module, _, attribute = found[name].partition(":")
    try:
        return cast(Extractor, getattr(import_module(module), attribute)())
    except (ImportError, AttributeError) as error:
        raise ExtractorError(f"the extractor {name!r} ({found[name]}) cannot be loaded: {error}") from error
