"""What was done with the cards; a row an act, none taken away."""

from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import TopicMove


def add_move(cursor: Cursor, workshop_id: str, move: TopicMove) -> None:
    """Append an act; its sequence is the next one, whatever the move says."""
    cursor.execute(
        """
        INSERT INTO topic_move (workshop_id, sequence, domain, number, act, reason, undoes)
        SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, $4, $5, $6
        FROM topic_move WHERE workshop_id = $1
        """,
        [workshop_id, move.domain, move.number, move.act.value, move.reason, move.undoes],
    )


def moves_of(cursor: Cursor, workshop_id: str) -> tuple[TopicMove, ...]:
    """Give every act, undone ones too, in order."""
    rows = cursor.execute(
        """
        SELECT sequence, domain, number, act, reason, undoes FROM topic_move
        WHERE workshop_id = $1 ORDER BY sequence
        """,
        [workshop_id],
    ).fetchall()
    return tuple(
        TopicMove(
            sequence=sequence, domain=domain, number=number, act=act, reason=reason, undoes=undoes
        )
        for sequence, domain, number, act, reason, undoes in rows
    )
