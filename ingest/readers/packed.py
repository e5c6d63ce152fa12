"""Compressed files and archives: read as they are unpacked, in constant memory, and never written to the disk."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from ingest.readers.documents import UnreadableError
from ingest.readers.stored import Stored

File = Path | Stored

Member = tuple[str, BinaryIO]
"""A file of an archive: its path in it, and its bytes, which can be read until the next member is asked for."""

DAMAGED = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, tarfile.TarError, zipfile.BadZipFile)
"""What the libraries raise at a packed file that is cut off or damaged."""


@dataclass(slots=True)
class Meter:
    """How many bytes of a file have been read, as they are on the disk."""

    bytes: int = 0


class _Metered(io.FileIO):
    """A file that tells its meter what is read of it."""

    def __init__(self, path: Path, meter: Meter) -> None:
        super().__init__(path)
        self._meter = meter

    def readinto(self, buffer: Any) -> int | None:
        count = super().readinto(buffer)
        self._meter.bytes += count or 0
        return count


@contextmanager
def _raw(file: File, meter: Meter) -> Iterator[BinaryIO]:
    """The bytes of a file as they are; what is read of one on storage is not metered."""
    with file.open() if isinstance(file, Stored) else io.BufferedReader(_Metered(file, meter)) as raw:
        yield raw


def _open_zst(raw: BinaryIO) -> BinaryIO:
    import pyarrow as pa  # noqa: PLC0415  # slow to import

    return cast(BinaryIO, io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(raw, "r"), "zstd")))


_COMPRESSED: dict[str, Callable[[BinaryIO], Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zst": _open_zst,
}
_SHORT = {".tgz": (".tar", ".gz"), ".tbz2": (".tar", ".bz2"), ".txz": (".tar", ".xz"), ".tzst": (".tar", ".zst")}
ARCHIVES = frozenset((".tar", ".zip"))
COMPRESSIONS = tuple(_COMPRESSED)


def unpacked_suffix(file: File) -> tuple[str, str]:
    """The suffix that says what a file is, and that of its compression, both lower case or empty."""
    path = PurePosixPath(file.name) if isinstance(file, Stored) else file
    suffix = path.suffix.lower()
    if suffix in _COMPRESSED:
        return path.with_suffix("").suffix.lower(), suffix
    return _SHORT.get(suffix, (suffix, ""))


@contextmanager
def opened(file: File, meter: Meter) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked when its suffix says that it is compressed.

    Reading it raises one of :data:`DAMAGED` where it is cut off or damaged.

    Raises:
        OSError: it cannot be opened.
    """
    _, compression = unpacked_suffix(file)
    with _raw(file, meter) as raw:
        if not compression:
            yield raw
            return
        with _COMPRESSED[compression](raw) as unpacked:
            yield unpacked


def members(file: File, meter: Meter) -> Iterator[Member]:
    """The files of a tar (also a compressed one) or zip archive, in its order; hidden ones are passed over.

    Links and devices are passed over too. One of :data:`DAMAGED` is raised where the archive is.

    Raises:
        UnreadableError: it is encrypted, or compressed twice.
        OSError: it cannot be opened or read.
    """
    suffix, compression = unpacked_suffix(file)
    if suffix == ".zip" and compression:
        raise UnreadableError("packed twice: unpack it first")
    return _zip_members(file, meter) if suffix == ".zip" else _tar_members(file, meter)


def _tar_members(file: File, meter: Meter) -> Iterator[Member]:
    with opened(file, meter) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for entry in archive:
            inner = archive.extractfile(entry) if entry.isreg() and _seen(entry.name) else None
            if inner:
                yield entry.name, cast(BinaryIO, inner)
            archive.members = []  # type: ignore[attr-defined]  # it would keep one for each file


def _zip_members(file: File, meter: Meter) -> Iterator[Member]:
    with _raw(file, meter) as raw, zipfile.ZipFile(raw) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or not _seen(entry.filename):
                continue
            if entry.flag_bits & 1:
                raise UnreadableError("encrypted: unpack it with its password first")
            with archive.open(entry) as inner:
                yield entry.filename, cast(BinaryIO, inner)


def _seen(name: str) -> bool:
    return not any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)
