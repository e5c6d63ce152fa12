"""Ladybug: the property graph in one file, asked in Cypher. How the file is made: :mod:`graph.stores.ladybug_build`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any

from graph.stores.cypher_reads import CypherReads
from graph.stores.engines import ask_cypher, close_ladybug, open_ladybug
from graph.stores.ladybug_build import FOLDED
from graph.stores.rows import Rows


class LadybugStore(CypherReads):
    """An open Ladybug file; safe to use from several threads, one read at a time.

    ``release`` is called when it is closed.
    """

    _searched = f"c.{FOLDED}"

    def __init__(self, path: Path, release: Callable[[], None] = lambda: None) -> None:
        self._connection = open_ladybug(path)
        self._lock = Lock()
        self._release = release

    def cypher(self, query: str) -> Rows:
        """See :class:`graph.stores.base.AnswersCypher`."""
        with self._lock:
            return ask_cypher(self._connection, query)

    def close(self) -> None:
        close_ladybug(self._connection)
        self._release()

    def _read(self, statement: str, **parameters: Any) -> list[list[Any]]:
        with self._lock:
            rows: list[list[Any]] = self._connection.execute(statement, parameters).get_all()
            return rows

    def _stream(self, statement: str) -> Iterator[list[Any]]:
        with self._lock:
            yield from self._connection.execute(statement)
