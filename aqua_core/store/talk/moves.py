"""What was done with the cards; a row an act, none taken away."""

from aqua_core.store.cursor import Cursor
from aqua_core.store.versions import add_next
from aqua_core.vocabulary import TopicMove


def add_move(cursor: Cursor, workshop_id: str, move: TopicMove) -> None:
    """Append an act; its sequence is the next one, whatever the move says."""
    said = move.model_dump(mode="json", exclude={"sequence"})
    add_next(cursor, "topic_move", {"workshop_id": workshop_id}, said)


def moves_of(cursor: Cursor, workshop_id: str) -> tuple[TopicMove, ...]:
    """Give every act, undone ones too, in order."""
    rows = cursor.execute(
        f"SELECT {', '.join(TopicMove.model_fields)} FROM topic_move "
        "WHERE workshop_id = $1 ORDER BY sequence",
        [workshop_id],
    ).fetchall()
    return tuple(
        TopicMove.model_validate(dict(zip(TopicMove.model_fields, row, strict=True)))
        for row in rows
    )
