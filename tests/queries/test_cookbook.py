"""Every query of the cookbook gives the answer that the page shows, on every store that can be asked.

``python -m tests.queries.test_cookbook`` writes the answers and the dashboard's examples anew, after a change of the
extractor, the samples or the page.
"""

import csv
import io
import sys
import tempfile
from pathlib import Path

import pytest

from graph.generations import Indexes
from graph.queries import ask
from graph.workspace import Workspace
from ingest.extractors.rules import RulesExtractor
from ingest.pipeline import ingest
from tests.queries.cookbook import PAGE, Question, questions, table, with_answers

ROOT = PAGE.parents[1]
EXAMPLES = ROOT / "app" / "dashboard" / "examples.csv"
COMMAND = "run: python -m tests.queries.test_cookbook"
QUESTIONS = questions(PAGE.read_text(encoding="utf-8"))
ANSWERED = [question for question in QUESTIONS if question.answer is not None]
PICTURES = [question for question in QUESTIONS if question.answer is None]


def make_samples(folder: Path) -> Workspace:
    workspace = Workspace.create(folder)
    report = ingest(workspace, [str(ROOT / "data" / "samples")], extractor=RulesExtractor(), jobs=1)
    assert [] == report.set_aside  # or the answers would be those of the rest
    Indexes(workspace).refresh()
    return workspace


def examples() -> str:
    """The dashboard's examples: all queries of the page."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["language", "title_en", "title_ar", "query"])
    for language in ("cypher", "sparql"):
        for question in (*PICTURES, *ANSWERED) if language == "cypher" else (*ANSWERED, *PICTURES):
            if language in question.queries:
                rows.writerow([language, question.title, question.arabic, question.queries[language]])
    return text.getvalue()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_samples(tmp_path_factory.mktemp("cookbook") / "workspace")


@pytest.mark.parametrize("language", ["cypher", "sparql"])
@pytest.mark.parametrize("question", ANSWERED, ids=lambda question: question.title)
def test_the_answer_is_that_of_the_page(samples: Workspace, question: Question, language: str) -> None:
    assert question.answer == table(ask(samples, question.queries[language])), COMMAND


@pytest.mark.parametrize("question", PICTURES, ids=lambda question: question.title)
def test_a_picture_has_nodes_and_edges(samples: Workspace, question: Question) -> None:
    (query,) = question.queries.values()
    answer = ask(samples, query)

    assert answer.nodes
    assert answer.edges


def test_the_page_asks_twenty_questions_in_both_languages_and_most_have_rows() -> None:
    assert 20 == len(ANSWERED) == len({question.title for question in ANSWERED})
    assert all({"cypher", "sparql"} == question.queries.keys() for question in ANSWERED)
    assert len([question for question in ANSWERED if question.answer.startswith("|")]) >= 19


def test_the_dashboards_examples_are_those_of_the_page() -> None:
    assert examples() == EXAMPLES.read_text(encoding="utf-8"), COMMAND


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        workspace = make_samples(Path(folder) / "workspace")
        answers = [table(ask(workspace, question.queries["cypher"])) for question in ANSWERED]
    PAGE.write_text(with_answers(PAGE.read_text(encoding="utf-8"), answers), encoding="utf-8")
    EXAMPLES.write_text(examples(), encoding="utf-8")
    sys.stderr.write(f"wrote {PAGE} and {EXAMPLES}\n")
