"""One app a file, also after the file was copied or mended."""

import re
from pathlib import Path

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.faults import is_held


def hold(path: Path) -> duckdb.DuckDBPyConnection:
    """Hold a room's file for this process until the answer is closed.

    The lock is a small database of its own, which the engine locks on every system. The room's
    own lock is not enough: reading that file from Python, as a copy does, lets go of it.

    Raises:
        FileUnusable: another process holds it.
        OSError, duckdb.Error: it cannot be written here.
    """
    lock = path.with_suffix(".lock")
    try:
        return _locked(lock)
    except duckdb.IOException as fault:
        if is_held(str(fault)):
            raise FileUnusable(_held_elsewhere(path, str(fault))) from fault
        lock.unlink(missing_ok=True)  # damaged, and nobody's: it holds nothing
        return _locked(lock)


def _locked(lock: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(lock), config={"threads": 1})


def _held_elsewhere(path: Path, fault: str) -> str:
    process = re.search(r"PID (\d+)", fault)
    which = f" (process {process[1]})" if process else ""
    return (
        f"{path.name} is open in another window of Discovery Room{which}. "
        "Use that one, or close it."
    )
