"""Options that say which claims are meant.

Apart from :mod:`app.cli.options`, which ``qawl extract`` imports: the exports bring the stores' libraries with them.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any, TypeVar

import click

from graph.exports.selection import DECISIONS, Selection

F = TypeVar("F", bound=Callable[..., Any])


def selection_options(function: F) -> F:
    """``--actor`` to ``--claim``, given to the command together as ``where``, a :class:`graph.exports.Selection`."""

    @wraps(function)
    def with_selection(**values: Any) -> Any:
        asked = {field.name: values.pop(field.name) for field in fields(Selection) if field.name in values}
        days = {name: asked[name] and asked[name].date() for name in ("since", "until")}
        return function(where=Selection(**asked | days), **values)

    day = click.DateTime(["%Y-%m-%d"])
    for option in (
        click.option("--claim", metavar="ID", help="One claim."),
        click.option("--decision", type=click.Choice(DECISIONS), help="What people decided of the claim."),
        click.option("--confidence", metavar="NUMBER", type=click.FloatRange(0, 1), help="The least confidence."),
        click.option("--outlet", metavar="NAME", help="The article's outlet."),
        click.option("--language", metavar="TAG", help="The article's language, such as ar."),
        click.option("--until", metavar="DATE", type=day, help="Last day of publication, YYYY-MM-DD."),
        click.option("--since", metavar="DATE", type=day, help="First day of publication, YYYY-MM-DD."),
        click.option("--relation", metavar="ID", help="A relation, such as warns."),
        click.option("--actor", metavar="ID", help="An actor's id, such as Q58217: subject or object."),
    ):
        with_selection = option(with_selection)
    return with_selection  # type: ignore[return-value]  # click calls it by name
