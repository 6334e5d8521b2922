"""Which ids the file holds already."""

from collections.abc import Sequence

from aqua_core.store.cursor import Cursor


def ids_held(cursor: Cursor, table: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Give those of some ids that a table of ours holds, in order; `table` is never typed."""
    rows = cursor.execute(
        f"SELECT DISTINCT id FROM {table} WHERE id IN (SELECT unnest($1)) ORDER BY id",
        [list(ids)],
    ).fetchall()
    return tuple(found for (found,) in rows)
