"""Errors for people: the place first, what is wrong, what to do next.

TarjumaError
├── UsageError        wrong use or configuration (exit code 2)
│   └── ConfigError
├── SourceError       one post or data file cannot be read; other files go on
├── PoError           one catalog is malformed; the file stays as it is
└── StoppedError      the work could not be finished (exit code 3)
"""

from __future__ import annotations


class TarjumaError(Exception):
    """Something a person can mend; `hint` says how."""

    exit_code = 3

    def __init__(self, message: str, *, path: str = "", line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.path and self.line else f"{self.path}: " if self.path else ""
        return place + self.message

    @property
    def advice(self) -> str:
        """What is wrong and what to do, without the place: for a `Problem`, which names that itself."""
        return f"{self.message}. {self.hint}" if self.hint else self.message


class UsageError(TarjumaError):
    """The command or its arguments do not fit this project."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration says something that cannot be done."""


class SourceError(TarjumaError):
    """A post, template or data file cannot be read as what its name says."""


class PoError(TarjumaError):
    """A catalog is not valid PO; it is neither used nor changed."""


class StoppedError(TarjumaError):
    """A file could not be written, a lock is held, a disk is full."""
