"""Claims put in order on disk: a large ledger is read without holding its claims in memory.

The rows go to shelves by the first digits of their article's id, which is a hash, so that each shelf holds about as
many; then one shelf after the other is put in order, which puts all of them in order.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc

_MOST = 256  # two digits of the id, and as many open files
_ROWS_AT_ONCE = 10_000


class Shelves:
    """Rows in the order that ``ordered`` gives them, in a temporary folder that goes with this object.

    ``parts`` come in any order; ``ordered`` gets all rows of some articles at once, and keeps to the order of articles.
    """

    def __init__(
        self, schema: pa.Schema, parts: Iterable[pa.Table], count: int, ordered: Callable[[pa.Table], pa.Table]
    ) -> None:
        self._folder = TemporaryDirectory(prefix="qawl-")
        self._paths: list[Path] = []
        for path in self._fill(schema, parts, min(count, _MOST)):
            rows = ordered(_read(path))
            self._paths.append(path.with_suffix(".ordered"))
            with pa.OSFile(str(self._paths[-1]), "wb") as file, pa.ipc.new_file(file, rows.schema) as writer:
                writer.write_table(rows, max_chunksize=_ROWS_AT_ONCE)
            path.unlink()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows in order, some thousands at once."""
        for path in self._paths:
            with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as reader:
                for number in range(reader.num_record_batches):
                    yield reader.get_batch(number)

    def _fill(self, schema: pa.Schema, parts: Iterable[pa.Table], count: int) -> list[Path]:
        paths = [Path(self._folder.name) / f"{number:03}" for number in range(count)]
        with ExitStack() as stack:
            files = [stack.enter_context(pa.OSFile(str(path), "wb")) for path in paths]
            writers = [stack.enter_context(pa.ipc.new_file(file, schema)) for file in files]
            for part in parts:
                numbers = _shelf_numbers(part["article"], count)
                for number in pc.unique(numbers).to_pylist():
                    writers[number].write_table(part.filter(pc.equal(numbers, number)))
        return paths


def _shelf_numbers(articles: pa.ChunkedArray, count: int) -> pa.Array:
    digits = pc.utf8_slice_codeunits(articles, 0, 2).combine_chunks().dictionary_encode()
    numbers = [int(pair, 16) * count // _MOST for pair in digits.dictionary.to_pylist()]
    return pa.array(numbers, pa.int16()).take(digits.indices)


def _read(path: Path) -> pa.Table:
    with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as reader:
        return reader.read_all()
