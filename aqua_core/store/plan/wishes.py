"""Support that a room asks for, and statements that were unclear; the newest version counts.

What was taken out again stays, as a version of its own.
"""

from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import Support, Unclear


def add_support(
    cursor: Cursor, workshop_id: str, support: Support, *, taken_out: bool = False
) -> None:
    """Append a version of what is asked for."""
    cursor.execute(
        """
        INSERT INTO support (id, version, workshop_id, kind, wanted, from_whom, taken_out)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        [
            support.id,
            support.version,
            workshop_id,
            support.kind.value,
            support.wanted,
            support.from_whom,
            taken_out,
        ],
    )


def support_of(cursor: Cursor, workshop_id: str) -> tuple[Support, ...]:
    """Give what a workshop asks for, by id."""
    return _newest_support(cursor, workshop_id, taken_out=False)


def support_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Support, ...]:
    """Give the support that was taken out again, by id."""
    return _newest_support(cursor, workshop_id, taken_out=True)


def _newest_support(cursor: Cursor, workshop_id: str, *, taken_out: bool) -> tuple[Support, ...]:
    rows = cursor.execute(
        """
        SELECT support.id, support.version, kind, wanted, from_whom
        FROM support JOIN (
            SELECT id, max(version) AS version FROM support WHERE workshop_id = $1 GROUP BY id
        ) AS newest ON newest.id = support.id AND newest.version = support.version
        WHERE taken_out = $2
        ORDER BY support.id
        """,
        [workshop_id, taken_out],
    ).fetchall()
    return tuple(
        Support(id=each, version=version, kind=kind, wanted=wanted, from_whom=from_whom)
        for each, version, kind, wanted, from_whom in rows
    )


def add_unclear(
    cursor: Cursor, workshop_id: str, unclear: Unclear, *, taken_out: bool = False
) -> None:
    """Append a version of a statement that was unclear."""
    cursor.execute(
        """
        INSERT INTO unclear (id, version, workshop_id, domain, points, suggestion, taken_out)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        [
            unclear.id,
            unclear.version,
            workshop_id,
            unclear.domain,
            unclear.points,
            unclear.suggestion,
            taken_out,
        ],
    )


def unclear_in(cursor: Cursor, workshop_id: str) -> tuple[Unclear, ...]:
    """Give the statements that were unclear, by id."""
    return _newest_unclear(cursor, workshop_id, taken_out=False)


def unclear_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Unclear, ...]:
    """Give the unclear statements that were taken out again, by id."""
    return _newest_unclear(cursor, workshop_id, taken_out=True)


def _newest_unclear(cursor: Cursor, workshop_id: str, *, taken_out: bool) -> tuple[Unclear, ...]:
    rows = cursor.execute(
        """
        SELECT unclear.id, unclear.version, domain, points, suggestion
        FROM unclear JOIN (
            SELECT id, max(version) AS version FROM unclear WHERE workshop_id = $1 GROUP BY id
        ) AS newest ON newest.id = unclear.id AND newest.version = unclear.version
        WHERE taken_out = $2
        ORDER BY unclear.id
        """,
        [workshop_id, taken_out],
    ).fetchall()
    return tuple(
        Unclear(id=each, version=version, domain=domain, points=points, suggestion=suggestion)
        for each, version, domain, points, suggestion in rows
    )
