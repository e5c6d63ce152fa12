"""Picking rows: one for each key, the value beside a key, the newest extraction. Order of arrival plays no part."""

from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
from packaging.version import InvalidVersion, Version

Sorting = list[tuple[str, Literal["ascending", "descending"]]]


def first_of_each(rows: pa.Table, keys: list[str], then: Sorting) -> pa.Table:
    """The rows sorted by ``keys``, and of those equal in them only the first by ``then`` (nulls come last)."""
    by_key: Sorting = [(key, "ascending") for key in keys]
    rows = rows.sort_by(by_key + then)
    if rows.num_rows < 2:
        return rows
    is_new = pa.repeat(pa.scalar(value=False), rows.num_rows - 1)
    for key in keys:
        column = rows[key].combine_chunks()
        is_new = pc.or_(is_new, pc.not_equal(column[1:], column[:-1]))
    return rows.filter(pa.concat_arrays([pa.array([True]), is_new]))


def ascending(names: list[str]) -> Sorting:
    """The sorting by these columns, upwards."""
    return [(name, "ascending") for name in names]


def look_up(keys: pa.ChunkedArray, table: pa.Table, key: str, value: str) -> pa.ChunkedArray:
    """For each of ``keys`` the ``value`` of the table's row with that ``key``, or null."""
    return table[value].take(pc.index_in(keys, table[key]))


def newest(extractions: pa.Table) -> pa.Table:
    """The article and the extractor of each article's newest extraction, from all of them.

    Of one extractor's versions the highest is the newest; of several extractors, the one that came to the article
    last. That an extraction was stored again later does not make it newer.
    """
    grouped = extractions.group_by(["article", "extractor"]).aggregate([("extracted", "min")])
    versions = version_ranks(extractions["extractor"])
    for column in ("name", "rank"):
        grouped = grouped.append_column(column, look_up(grouped["extractor"], versions, "extractor", column))
    highest = first_of_each(grouped, ["article", "name"], [("rank", "descending")])
    last = first_of_each(highest, ["article"], [("extracted_min", "descending"), ("name", "ascending")])
    return last.select(["article", "extractor"])


def version_ranks(extractors: pa.ChunkedArray) -> pa.Table:
    """Each extractor (``rules 0.1.0``), its ``name`` (``rules``) and its ``rank``, higher for a higher version.

    Versions compare as those of Python packages do (PEP 440); what is no such version ranks below.
    """
    known = sorted(extractors.unique().to_pylist(), key=_version)
    names = [name.rpartition(" ")[0] or name for name in known]
    schema = pa.schema([("extractor", pa.string()), ("name", pa.string()), ("rank", pa.int32())])
    return pa.table([known, names, range(len(known))], schema=schema)


def _version(extractor: str) -> tuple[bool, Version, str]:
    try:
        return True, Version(extractor.rpartition(" ")[2]), extractor
    except InvalidVersion:
        return False, Version("0"), extractor
