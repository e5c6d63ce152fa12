"""The one root of the errors that Qawl raises on purpose.

Every message says what is wrong and what to do about it. Anything that is not a :class:`QawlError` is a
bug of ours, and the command lets it through.
"""


class QawlError(Exception):
    """Something is wrong that the reader of the message can mend."""


class DataError(QawlError):
    """A file given to Qawl, or shipped with it, does not hold what it should; the message names the place."""


class WorkspaceError(QawlError):
    """A workspace cannot be opened, read or written."""


class ForbiddenError(QawlError):
    """Somebody may not do this."""


class ServerError(QawlError):
    """A server cannot be reached, refuses us, or does not hold what it should."""


class QueryError(QawlError):
    """A query from a person could not be answered: syntax, time or memory limit, forbidden operation.

    ``line`` and ``column`` (from 1) are the place of a syntax error where the engine tells it.
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
