"""How every database of ours is opened: for itself, and reaching nothing else."""

from pathlib import Path

import duckdb


def connected(path: Path, folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open a database that can reach nothing but itself, and a folder for its copies.

    Raises:
        OSError, duckdb.Error: it is locked, damaged, foreign, or cannot be written.
    """
    # v1.5.0: an older DuckDB can still read the file on another laptop.
    connection = duckdb.connect(
        str(path), config={"storage_compatibility_version": "v1.5.0", "threads": 1}
    )
    # The order matters: the last line forbids any further setting.
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    if folder:
        connection.execute("SET allowed_directories = $1", [[str(folder)]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection
