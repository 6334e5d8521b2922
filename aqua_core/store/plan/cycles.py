"""Cycles of plan, do, study, act. Each save appends a version; the newest of each counts."""

from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import Cycle


def add_cycle(cursor: Cursor, workshop_id: str, cycle: Cycle) -> None:
    """Append a version of a cycle; `workshop_id` is that of its action."""
    cursor.execute(
        """
        INSERT INTO cycle (workshop_id, action_id, number, version, planned, predicted, done,
                           seen, decision)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        [
            workshop_id,
            cycle.action_id,
            cycle.number,
            cycle.version,
            cycle.planned,
            cycle.predicted,
            cycle.done,
            cycle.seen,
            cycle.decision.value,
        ],
    )


def cycles_of(cursor: Cursor, workshop_id: str) -> tuple[Cycle, ...]:
    """Give the newest version of each cycle on a plan's actions, by action and number.

    The cycles of an action that was taken out wait with it.
    """
    rows = cursor.execute(
        """
        SELECT cycle.action_id, cycle.number, cycle.version, planned, predicted, done, seen,
               decision
        FROM cycle JOIN (
            SELECT action_id, number, max(version) AS version
            FROM cycle WHERE workshop_id = $1 GROUP BY action_id, number
        ) AS newest ON newest.action_id = cycle.action_id AND newest.number = cycle.number
                   AND newest.version = cycle.version
        WHERE cycle.action_id NOT IN (
            SELECT action.id
            FROM action JOIN (
                SELECT id, max(version) AS version FROM action WHERE workshop_id = $1 GROUP BY id
            ) AS latest ON latest.id = action.id AND latest.version = action.version
            WHERE taken_out
        )
        ORDER BY cycle.action_id, cycle.number
        """,
        [workshop_id],
    ).fetchall()
    return tuple(
        Cycle(
            action_id=action_id,
            number=number,
            version=version,
            planned=planned,
            predicted=predicted,
            done=done,
            seen=seen,
            decision=decision,
        )
        for action_id, number, version, planned, predicted, done, seen, decision in rows
    )
