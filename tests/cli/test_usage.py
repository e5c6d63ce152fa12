"""What the command says about itself, and its exit status for wrong usage."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli.group import COMMANDS, cli
from app.cli.reference import page

ROOT = Path(__file__).parents[2]


def test_the_reference_page_is_current() -> None:
    assert page() == (ROOT / "docs" / "cli.md").read_text("utf-8"), "run: python -m app.cli.reference > docs/cli.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_calls_it(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"], prog_name="qawl")

    assert 0 == result.exit_code
    assert re.search(rf"Example:\n +qawl {name}", result.stdout)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_is_the_command_s_own(name: str) -> None:
    command = cli.get_command(cli.make_context("qawl", [name]), name)

    assert command is not None
    assert command.get_short_help_str(limit=200) == COMMANDS[name]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["ingest"],
        ["extract"],
        ["query"],
        ["query", "SELECT * {}", "--format", "xml"],
        ["export", "--format", "docx"],
        ["ingest", "--jobs", "0", "x"],
        ["stats", "--unknown"],
        ["remove", "someid"],
        ["app", "--port", "70000"],
    ],
)
def test_wrong_usage_ends_with_2_and_prints_no_data(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, arguments)

    assert 2 == result.exit_code
    assert "" == result.stdout
    assert "Usage:" in result.stderr


@pytest.mark.parametrize("arguments", [["stats"], ["doctor"], ["rebuild"], ["query", "SELECT * { ?s ?p ?o }"]])
def test_a_missing_workspace_is_one_line_that_says_what_to_do(arguments: list[str], tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--workspace", str(tmp_path / "none"), *arguments])

    assert 1 == result.exit_code
    assert "" == result.stdout
    assert re.fullmatch(r"qawl: .*qawl ingest.*\n", result.stderr)
    assert not (tmp_path / "none").exists()
