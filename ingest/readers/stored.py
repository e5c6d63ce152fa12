"""Files on storage that pyarrow or fsspec reaches by a URL: ``s3://``, ``gs://``, ``abfs://``, ``hdfs://``, ``file://``.

They are named in code, or by whoever gives the command, and never by an article, a feed or a page of the dashboard:
a text is no :class:`Stored` whatever stands in it, and is fetched as a page or not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from ingest.documents import SetAside
from ingest.readers.documents import UnreadableError

LIBRARIES = (OSError, ValueError, ImportError, NotImplementedError)
"""What pyarrow and fsspec raise for storage that cannot be reached; pyarrow's own errors are among them."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file or folder on storage.

    ``root`` is the URL that a person gave, with all that reaching it takes; ``name`` is what it is called in
    messages, without a password. ``path`` is its place in the file system of ``root`` when it was found in a
    folder, and ``size`` its bytes when they are known.
    """

    root: str
    name: str
    path: str | None = None
    size: int = 0

    @classmethod
    def at(cls, url: str) -> "Stored":
        """The file or folder at a URL."""
        scheme, host, path, _, _ = urlsplit(url)
        return cls(url, f"{scheme}://{host.rpartition('@')[2]}{path}")

    def open(self) -> BinaryIO:
        """Its bytes, which can be read from any place.

        Raises:
            OSError: it is not there or cannot be read.
            UnreadableError: nothing that is installed reaches such storage.
        """
        files, path = _filesystem(self.root)
        return cast(BinaryIO, files.open_input_file(self.path or path))

    def leaves(self) -> Iterator["Stored | SetAside"]:
        """The files of a folder and of its folders, each folder's in sorted order; a file, or nothing, is itself."""
        import pyarrow.fs as pafs  # noqa: PLC0415  # slow to import

        try:
            files, path = _filesystem(self.root)
            info = files.get_file_info(self.path or path)
            found = files.get_file_info(pafs.FileSelector(info.path)) if info.type == pafs.FileType.Directory else None
        except (UnreadableError, *LIBRARIES) as error:
            yield SetAside(self.name, f"not readable: {error}")
            return
        if found is None:
            yield Stored(self.root, self.name, info.path, info.size or 0)
            return
        for entry in sorted(found, key=lambda entry: str(entry.base_name)):
            if not entry.base_name.startswith("."):
                name = f"{self.name.rstrip('/')}/{entry.base_name}"
                yield from Stored(self.root, name, entry.path, entry.size or 0)._found(entry.type)

    def _found(self, kind: object) -> Iterator["Stored | SetAside"]:
        import pyarrow.fs as pafs  # noqa: PLC0415  # slow to import

        if kind == pafs.FileType.Directory:
            yield from self.leaves()
        else:
            yield self


@cache
def _filesystem(url: str):  # type: ignore[no-untyped-def]  # pyarrow has no types
    """The file system that a URL is in, and the path in it: pyarrow's own, else the one that fsspec knows.

    Raises:
        UnreadableError: neither knows it.
        OSError, ValueError, ImportError: it cannot be reached, or wants a package that is not there.
    """
    import pyarrow as pa  # noqa: PLC0415  # slow to import
    import pyarrow.fs as pafs  # noqa: PLC0415

    try:
        return pafs.FileSystem.from_uri(url)
    except pa.ArrowInvalid as error:
        reason = str(error)
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  # an extra's
    except ImportError:
        raise UnreadableError(f"{reason}; 'pip install fsspec' for more kinds of storage") from None
    files, path = url_to_fs(url)
    return pafs.PyFileSystem(pafs.FSSpecHandler(files)), path
