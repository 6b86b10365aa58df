"""The errors that users can cause; the command line turns each into one line and exit code 2."""

from collections.abc import Sequence


class GovGraphError(Exception):
    """Base of all errors raised on purpose: one line, and in `details` what is told of its parts, a line each."""

    def __init__(self, message: str, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def __reduce__(self) -> tuple[object, ...]:
        """As it was made, for another process; what a class of its own keeps beside is in the message."""
        return _made_again, (type(self) if type(self) in (QueryError, BuildError) else GovGraphError, self.message, tuple(self.details))

    def __str__(self) -> str:
        return "\n  ".join([self.message, *self.details])


class RegisterError(GovGraphError):
    """A register, lexicon or rule file is broken; names the file, the row and the reason."""

    def __init__(self, file: str, where: str, reason: str) -> None:
        super().__init__(f"{file}, {where}: {reason}" if where else f"{file}: {reason}")
        self.file = file
        self.where = where
        self.reason = reason


class SourceError(GovGraphError):
    """A source can't be read; names the source and the reason. A build skips it and reports it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class BuildError(GovGraphError):
    """Nothing could be built; the old output stays as it was."""


class QueryError(GovGraphError):
    """A query, parameter or name can't be used; says what to do instead."""


def _made_again(cls: type[GovGraphError], message: str, details: Sequence[str]) -> GovGraphError:
    return cls(message, details)
