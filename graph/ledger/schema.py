"""The columns of the ledger's tables, format 2.

Dates and times are ISO 8601 strings, times in UTC; spans are code points (start inclusive, end exclusive).
``docs/data-model.md`` describes the columns for readers with pandas, polars, DuckDB or R.

A change that an earlier reader would misread, a new kind of decision among them, needs a new format number and a
fixture of it in the tests. A column that earlier files lack (``LATER``) is empty when they are read. Format 2 came with
the decisions `correct` and `uncorrect`.
"""

import pyarrow as pa

FORMAT = 2
FORMAT_KEY = b"qawl.format"
LATER = frozenset((("entities", "office"),))


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()], {FORMAT_KEY: str(FORMAT).encode()})


_TEXT, _OFFSET = pa.string(), pa.int32()
#: Words of articles: one column of a large ledger holds more than the 2 GiB that a `string` array can.
_LONG = pa.large_string()


def _span(name: str) -> dict[str, pa.DataType]:
    return {f"{name}_text": _LONG, f"{name}_start": _OFFSET, f"{name}_end": _OFFSET}


SCHEMAS: dict[str, pa.Schema] = {
    "articles": _schema(
        id=_TEXT,
        url=_TEXT,
        title=_TEXT,
        outlet=_TEXT,
        published=_TEXT,
        language=_TEXT,
        text=_LONG,
        retrieved=_TEXT,
    ),
    "extractions": _schema(article=_TEXT, extractor=_TEXT, extracted=_TEXT),
    "claims": _schema(
        id=_TEXT,
        article=_TEXT,
        language=_TEXT,
        **_span("evidence"),
        subject=_TEXT,
        **_span("subject"),
        relation=_TEXT,
        **_span("cue"),
        object=_TEXT,
        **_span("object"),
        **_span("content"),
        quoted=pa.bool_(),
        attributed_to=_TEXT,
        negated=pa.bool_(),
        modality=_TEXT,
        confidence=pa.float64(),
        extractor=_TEXT,
    ),
    "entities": _schema(
        id=_TEXT,
        kind=_TEXT,
        label_en=_TEXT,
        label_ar=_TEXT,
        country=_TEXT,
        sector=_TEXT,
        office=_TEXT,
        extractor=_TEXT,
    ),
    "decisions": _schema(
        id=_TEXT,
        kind=_TEXT,
        target=_TEXT,
        reason=_TEXT,
        who=_TEXT,
        when=_TEXT,
        details=_TEXT,
    ),
}
