"""Faults of the shared database, as sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg

from aqua_core.errors import FileUnusable

NO_ANSWER: Final = (
    "The room's database does not answer. Wait a moment, then try again; what was saved is there."
)
NOT_SAVED: Final = (
    "Not saved: the room's database could not take it. Wait a moment, then try again."
)
MEANWHILE: Final = "Not saved: somebody else saved at the same moment. Try again."
FULL: Final = "Not saved: the room's database has no space left. Tell who runs it, then try again."
_BUSY: Final = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.SerializationFailure,
    psycopg.IntegrityError,
)


@contextmanager
def said(otherwise: str) -> Iterator[None]:
    """Say in a sentence what is nobody's mistake here; a wrong statement stays the bug that it is.

    Args:
        otherwise: the sentence where the database gave no reason, or is away.

    Raises:
        FileUnusable: instead of a fault of the database, its disk or the way to it.
    """
    try:
        yield
    except psycopg.errors.DiskFull as fault:
        raise FileUnusable(FULL) from fault
    except _BUSY as fault:
        raise FileUnusable(MEANWHILE) from fault
    except psycopg.OperationalError as fault:
        raise FileUnusable(otherwise) from fault
