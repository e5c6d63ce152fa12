"""The research package: everything that a reader of a paper needs to check and reuse its claims."""

import csv
import json
from collections.abc import Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, BinaryIO

from data import resource
from graph.exports.bundles import Part
from graph.exports.networks import write_graphml
from graph.exports.rdf import write_turtle
from graph.exports.selection import Selection
from graph.exports.tables import write_csv, write_parquet, write_rows
from graph.ledger import LedgerView
from graph.ontology import ontology_turtle, shapes_turtle
from graph.rdf import Iris
from graph.relations import relations

_RELATION_COLUMNS = (
    *("id", "kind", "label_en", "label_ar", "cameo", "plover", "quad_class", "goldstein", "inverse", "definition"),
)
_ENTITY_COLUMNS = ("id", "kind", "label_en", "label_ar", "country", "sector", "office")
_ARTICLE_COLUMNS = ("id", "url", "title", "outlet", "published", "language")


def package_parts(view: LedgerView, iris: Iris, where: Selection) -> Iterator[Part]:
    """The files of the package, in the order of its README."""
    facts = about(view, iris, where)
    yield Part("README.md", _text(_filled("readme.md", facts)))
    yield Part("CITATION.cff", _text(_filled("citation.cff", facts)))
    yield Part("package.json", _text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n"))
    yield Part("claims.parquet", partial(write_parquet, view, iris))
    yield Part("claims.csv", partial(write_csv, view, iris))
    yield Part("entities.csv", partial(_rows, _ENTITY_COLUMNS, view.entity_table().to_pylist()))
    yield Part("articles.csv", partial(_rows, _ARTICLE_COLUMNS, view.article_info.to_pylist()))
    yield Part("graph.ttl", partial(write_turtle, view, iris))
    yield Part("graph.graphml", partial(write_graphml, view, iris))
    yield Part("ontology.ttl", _text(ontology_turtle(iris)))
    yield Part("shapes.ttl", _text(shapes_turtle(iris)))
    yield Part("codebook.md", _text(codebook()))
    yield Part("codebook.csv", partial(_rows, _RELATION_COLUMNS, codebook_rows()))
    yield Part("data-dictionary.csv", lambda out: out.write(resource("exports", "columns.csv").read_bytes()))


def about(view: LedgerView, iris: Iris, where: Selection) -> dict[str, Any]:
    """What the package was made of: ``package.json``. No clock time: the same ledger gives the same bytes."""
    counts = view.counts()
    return {
        "ledger_version": view.version,
        "software": "qawl",
        "software_version": software_version(),
        "filter": where.words(),
        "base_iri": iris.base,
        "claims": counts.claims,
        "entities": counts.entities,
        "articles": counts.articles,
    }


def software_version() -> str:
    """The version of the installed distribution."""
    try:
        return version("qawl")
    except PackageNotFoundError:
        return "unreleased"


def codebook() -> str:
    """The relations as a Markdown table: what each means and how CAMEO, PLOVER and Goldstein code it."""
    head = "# Codebook\n\nThe closed list of relations that a claim can have; `codebook.csv` is the same as a table.\n"
    parts = [head]
    for kind, title in (("statement", "Statements"), ("deed", "Deeds")):
        parts.append(
            f"\n## {title}\n\n| relation | English | Arabic | CAMEO | PLOVER | quad class | Goldstein | inverse"
        )
        parts.append(" | definition |\n| --- | --- | --- | --- | --- | --- | ---: | --- | --- |\n")
        for row in codebook_rows():
            if row["kind"] == kind:
                values = (str(row[name] or "") for name in _RELATION_COLUMNS if name != "kind")
                parts.append(f"| {' | '.join(values)} |\n")
    return "".join(parts)


def codebook_rows() -> list[dict[str, Any]]:
    """The relations, one row each."""
    return [{name: getattr(one, name) for name in _RELATION_COLUMNS} for one in relations().values()]


def dictionary_rows() -> list[dict[str, str]]:
    """The data dictionary: ``table``, ``column``, ``type`` and ``meaning`` of every column of every table."""
    with resource("exports", "columns.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _rows(columns: tuple[str, ...], rows: list[dict[str, Any]], out: BinaryIO) -> None:
    write_rows(out, columns, ([row[name] for name in columns] for row in rows))


def _text(text: str) -> Any:
    return lambda out: out.write(text.encode())


def _filled(name: str, facts: dict[str, Any]) -> str:
    text = resource("exports", name).read_text(encoding="utf-8")
    asked = json.dumps(facts["filter"], ensure_ascii=False) if facts["filter"] else "none: every claim of the ledger"
    for key, value in (facts | {"filter": asked}).items():
        text = text.replace(f"@@{key.upper()}@@", str(value))
    return text
