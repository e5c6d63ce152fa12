"""Reads ``docs/queries.md``: its questions, their queries, and the answers that it gives."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.stores.rows import Rows

PAGE = Path(__file__).parents[2] / "docs" / "queries.md"

_SECTION = re.compile(r"^###? (?:\d+\. )?(?P<title>.+)\n\*(?P<arabic>.+)\*\n", re.MULTILINE)
_QUERY = re.compile(r"```(cypher|sparql)\n(.*?)\n```", re.DOTALL)
_ANSWER = re.compile(r"(<!-- answer -->\n)(.*?)(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Question:
    """A question: its title in both languages, its queries by language, and the table that answers it.

    ``answer`` is ``None`` where the answer is a picture; then there is a query in one language only.
    """

    title: str
    arabic: str
    queries: dict[str, str]
    answer: str | None


def questions(page: str) -> list[Question]:
    """The questions in the order of the page."""
    heads = list(_SECTION.finditer(page))
    ends = [*(head.start() for head in heads[1:]), len(page)]
    found = []
    for head, end in zip(heads, ends, strict=True):
        body = page[head.end() : end]
        answer = _ANSWER.search(body)
        queries = dict(_QUERY.findall(body))
        found.append(Question(head["title"], head["arabic"], queries, answer and answer[2]))
    return found


def with_answers(page: str, answers: list[str]) -> str:
    """The page with these answers in place of its own."""
    given = iter(answers)
    return _ANSWER.sub(lambda place: place[1] + next(given) + place[3], page)


def table(rows: Rows) -> str:
    """An answer as a table in Markdown."""
    lines = [rows.columns, ["---"] * len(rows.columns), *([_cell(value) for value in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) if rows.rows else "No rows.\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    assert isinstance(value, str | int | float | date)
    return " ".join(str(value).replace("|", "\\|").split())
