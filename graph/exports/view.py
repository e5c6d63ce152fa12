"""What an export reads: the ledger's view, or anything with the same reads."""

from collections.abc import Iterator
from typing import Any, Protocol

from graph.articles import Article
from graph.claims import Entity
from graph.rdf import InGraph


class View(Protocol):
    """An immutable snapshot of the ledger; every order is the same in any workspace."""

    def articles(self) -> Iterator[Article]:
        """Sorted by id."""

    def claims(self) -> Iterator[InGraph]:
        """Sorted by article, cue and id."""

    def entities(self) -> Iterator[Entity]:
        """Those of the claims, sorted by id."""

    def claim_table(self) -> Any:
        """The claims as a pyarrow table of flat columns, in the order of :meth:`claims`."""
