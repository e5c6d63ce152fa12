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


def unpacked_suffix(path: PurePosixPath | Path) -> tuple[str, str]:
    """The suffix that says what a file is, and that of its compression, both lower case or empty."""
    suffix = path.suffix.lower()
    if suffix in _COMPRESSED:
        return path.with_suffix("").suffix.lower(), suffix
    return _SHORT.get(suffix, (suffix, ""))


@contextmanager
def opened(path: Path, meter: Meter) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked when its suffix says that it is compressed.

    Reading it raises one of :data:`DAMAGED` where it is cut off or damaged.

    Raises:
        OSError: it cannot be opened.
    """
    _, compression = unpacked_suffix(path)
    with io.BufferedReader(_Metered(path, meter)) as raw:
        if not compression:
            yield raw
            return
        with _COMPRESSED[compression](raw) as unpacked:
            yield unpacked


def members(path: Path, meter: Meter) -> Iterator[Member]:
    """The files of a tar (also a compressed one) or zip archive, in its order; hidden ones are passed over.

    Links and devices are passed over too. One of :data:`DAMAGED` is raised where the archive is.

    Raises:
        UnreadableError: it is encrypted, or compressed twice.
        OSError: it cannot be opened or read.
    """
    suffix, compression = unpacked_suffix(path)
    if suffix == ".zip" and compression:
        raise UnreadableError("packed twice: unpack it first")
    return _zip_members(path, meter) if suffix == ".zip" else _tar_members(path, meter)


def _tar_members(path: Path, meter: Meter) -> Iterator[Member]:
    with opened(path, meter) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for entry in archive:
            file = archive.extractfile(entry) if entry.isreg() and _seen(entry.name) else None
            if file:
                yield entry.name, cast(BinaryIO, file)
            archive.members = []  # type: ignore[attr-defined]  # it would keep one for each file


def _zip_members(path: Path, meter: Meter) -> Iterator[Member]:
    with io.BufferedReader(_Metered(path, meter)) as raw, zipfile.ZipFile(raw) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or not _seen(entry.filename):
                continue
            if entry.flag_bits & 1:
                raise UnreadableError("encrypted: unpack it with its password first")
            with archive.open(entry) as file:
                yield entry.filename, cast(BinaryIO, file)


def _seen(name: str) -> bool:
    return not any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)
