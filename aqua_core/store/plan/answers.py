"""What later workshops said of open actions, and who went on without; only ever added to."""

from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import Answer


def add_answer(cursor: Cursor, workshop_id: str, answer: Answer) -> None:
    """Append an answer; `workshop_id` is that of the workshop which looked back."""
    cursor.execute(
        """
        INSERT INTO answer (workshop_id, action_id, sequence, answer, said)
        SELECT $1, $2, coalesce(max(sequence), 0) + 1, $3, $4
        FROM answer WHERE workshop_id = $1 AND action_id = $2
        """,
        [workshop_id, answer.action_id, answer.answer.value, answer.said],
    )


def answers_in(cursor: Cursor, workshop_id: str) -> tuple[Answer, ...]:
    """Give the newest answer to each action that this workshop looked back on, by action."""
    rows = cursor.execute(
        """
        SELECT answer.action_id, answer, said
        FROM answer JOIN (
            SELECT action_id, max(sequence) AS sequence
            FROM answer WHERE workshop_id = $1 GROUP BY action_id
        ) AS newest ON newest.action_id = answer.action_id AND newest.sequence = answer.sequence
        WHERE workshop_id = $1
        ORDER BY answer.action_id
        """,
        [workshop_id],
    ).fetchall()
    return tuple(
        Answer(action_id=action_id, answer=answer, said=said) for action_id, answer, said in rows
    )


def add_went_on(cursor: Cursor, workshop_id: str) -> None:
    """Keep that a workshop went on without all its answers; said again, it changes nothing."""
    cursor.execute("INSERT INTO went_on VALUES ($1) ON CONFLICT DO NOTHING", [workshop_id])


def went_on(cursor: Cursor, workshop_id: str) -> bool:
    """Tell whether a workshop went on without all its answers."""
    found = cursor.execute(
        "SELECT count(*) FROM went_on WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return bool(found and found[0])
