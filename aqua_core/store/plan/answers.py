"""What later workshops said of open actions, and who went on without; only ever added to."""

from aqua_core.store.cursor import Cursor
from aqua_core.store.versions import add_next, newest_of
from aqua_core.vocabulary import Answer


def add_answer(cursor: Cursor, workshop_id: str, answer: Answer) -> None:
    """Append an answer; `workshop_id` is that of the workshop which looked back."""
    whose = {"workshop_id": workshop_id, "action_id": answer.action_id}
    add_next(cursor, "answer", whose, {"answer": answer.answer.value, "said": answer.said})


def answers_in(cursor: Cursor, workshop_id: str) -> tuple[Answer, ...]:
    """Give the newest answer to each action that this workshop looked back on, by action."""
    newest = newest_of("answer", "action_id", counted="sequence")
    rows = cursor.execute(
        f"SELECT action_id, answer, said FROM {newest} ORDER BY action_id", [workshop_id]
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
