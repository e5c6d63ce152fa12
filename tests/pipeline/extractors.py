"""Extractors of our own, real ones, for what the pipeline does with good and bad plug-ins.

They stand in a module so that other processes can import them.
"""

import os
import re
import signal
import time
from collections.abc import Sequence

from graph.claims import Claim, Content, Entity, Mention, Span, claim_id
from graph.relations import relations
from ingest.documents import Document
from ingest.extractors.rules import RulesExtractor

_WARNING = re.compile(r"(\w+) warns (\w+)(?: that ([^.]+))?\.")


class Warnings:
    """Finds *X warns Y that ...*, and follows orders that a text may hold."""

    name = "warnings 1.0"

    def extract(self, document: Document) -> Sequence[Claim]:
        text = document.article.text
        if "CRASH" in text:
            raise ValueError("the text says so")
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "WAIT" in text:
            time.sleep(0.3)
        if "HANG" in text:
            time.sleep(120)
        if "UNSENDABLE" in text:
            return [lambda: None]  # type: ignore[list-item]
        return [self._claim(document, found) for found in _WARNING.finditer(text)]

    def _claim(self, document: Document, found: "re.Match[str]") -> Claim:
        article = document.article
        subject, object_ = (Mention(_span(found, group), _actor(found[group])) for group in (1, 2))
        cue = Span.of(article.text, found.end(1) + 1, found.end(1) + 6)
        content = _span(found, 3) if found[3] else None
        return Claim(
            id=claim_id(article.id, cue, "warns", subject.span, object_.span, content, False),
            document=document.name,
            language=article.language,
            evidence=_span(found, 0),
            subject=subject,
            relation=relations()["warns"],
            cue=cue,
            object=object_,
            content=content and Content(content),
            attributed_to=None,
            negated=False,
            modality="asserted",
            confidence=0.5,
            extractor=self.name,
        )


class NewerWarnings(Warnings):
    """The same in a later version."""

    name = "warnings 1.1"


class Unloadable(Warnings):
    """One that another process cannot unpickle."""

    def __reduce__(self):
        return _refuse, ()


def _refuse() -> None:
    raise RuntimeError("not here")


def _span(found: "re.Match[str]", group: int) -> Span:
    return Span(found.start(group), found.end(group), found[group])


def _actor(name: str) -> Entity:
    return Entity(f"test-{name.lower()}", "person", label_en=name)


class SlowRules(RulesExtractor):
    """Qawl's own, with time between documents for something to happen."""

    def extract(self, document: Document) -> Sequence[Claim]:
        time.sleep(0.2)
        return super().extract(document)
