"""Exports of several files: a folder, or a zip file with the same files in it."""

import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple

CHECKSUMS = "SHA256SUMS"
"""The last file of every bundle: what ``sha256sum --check`` takes."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)


class Part(NamedTuple):
    """A file of a bundle: its name and what writes it to a binary stream."""

    name: str
    write: Callable[[BinaryIO], object]


def write_zip(parts: Iterable[Part], out: BinaryIO) -> None:
    """The parts as a zip file that has no clock time in it: the same parts give the same bytes."""
    with rewindable(out) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _write_all(parts, lambda name: archive.open(_entry(name), "w", force_zip64=True))


@contextmanager
def rewindable(out: BinaryIO) -> Iterator[BinaryIO]:
    """A temporary file that is copied to ``out`` at the end: a zip file has other bytes where it cannot go back."""
    with TemporaryFile() as file:
        yield file
        file.seek(0)
        shutil.copyfileobj(file, out)


def write_folder(parts: Iterable[Part], folder: Path) -> None:
    """The parts as files of a new folder, which is whole or absent.

    Raises:
        OSError: there is a file or a filled folder of that name, or it cannot be written.
    """
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        draft.mkdir()
        _write_all(parts, lambda name: (draft / name).open("wb"))
        draft.rename(folder)  # takes the place of an empty folder, of nothing else
    finally:
        with suppress(OSError):
            shutil.rmtree(draft, ignore_errors=True)


def _write_all(parts: Iterable[Part], opened: Callable[[str], AbstractContextManager[Any]]) -> None:
    sums: list[str] = []
    for part in _with_sums(parts, sums):
        with opened(part.name) as handle:
            hashing = _Hashing(handle)
            part.write(hashing)  # type: ignore[arg-type]  # writers need no more of a stream
        sums.append(f"{hashing.digest.hexdigest()}  {part.name}\n")


def _with_sums(parts: Iterable[Part], sums: list[str]) -> Iterator[Part]:
    yield from parts
    yield Part(CHECKSUMS, lambda out: out.write("".join(sums).encode()))


class _Hashing(io.RawIOBase):
    """A binary stream that writes to another one and takes the checksum of what goes through."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._written = 0
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """How much was written."""
        return self._written

    def write(self, data: Any) -> int:
        """Write it all."""
        size = self._target.write(data)
        self.digest.update(data)
        self._written += size
        return size


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
