"""Bringing the indexes up to date in the background, each in a process of its own."""

import sys
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from graph.errors import QawlError
from graph.generations import ENGINES, Indexes
from graph.workspace import Workspace
from ingest.workers import interrupts_held


class Refresher:
    """Builds each index whenever there is something new for it, and gathers what comes while it builds.

    So a graph that is built in seconds does not wait for one that takes minutes. On leaving the block builds are ended,
    which costs nothing: what is shown stays, and the next run builds again.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._due: set[str] = set()
        self._builds: dict[str, BaseProcess] = {}

    def ask(self) -> None:
        """There is something new."""
        self._due = {engine.name for engine in ENGINES}
        self.go_on()

    def go_on(self) -> list[str]:
        """Start what is due and not under way; the names of the indexes that are up to date since the last call."""
        ended = [name for name, build in self._builds.items() if not build.is_alive()]
        done = [name for name in ended if self._builds.pop(name).exitcode == 0]
        for name in sorted(self._due - self._builds.keys()):
            build = get_context("spawn").Process(target=_refresh, args=(self._workspace, name), daemon=True)
            with interrupts_held():  # what comes of Ctrl-C is for this process to say
                build.start()
            self._builds[name] = build
            self._due.discard(name)
        return [name for name in done if name not in self._builds]

    def __enter__(self) -> "Refresher":
        return self

    def __exit__(self, *_: object) -> None:
        for build in self._builds.values():
            build.terminate()
            build.join()


def _refresh(workspace: Workspace, name: str) -> None:
    try:
        Indexes(workspace).refresh(*(engine for engine in ENGINES if engine.name == name))
    except QawlError as error:
        sys.exit(f"qawl: {error}")
