"""What a room says of itself, as rows: whether it is safe to speak, and the words at its end."""

from collections.abc import Iterable
from typing import Final

from aqua_core.store.connecting import Cursor
from aqua_core.store.seats import YesOrNo, aside_in
from aqua_core.store.versions import add_next, add_row
from aqua_core.vocabulary.programme import LastSaid, LastWords, Question

SAFE: Final = YesOrNo("felt_safe", "safe")
"""Who finds it safe to speak, and who does not."""


def ask_last(cursor: Cursor, workshop_id: str) -> None:
    """Keep that the three questions of the end are asked."""
    add_next(cursor, "last_asked", {"workshop_id": workshop_id}, {})


def is_last_asked(cursor: Cursor, workshop_id: str) -> bool:
    """Tell whether the three questions were asked."""
    found = cursor.execute(
        "SELECT count(*) FROM last_asked WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return bool(found and found[0])


def say_last(cursor: Cursor, workshop_id: str, seat_id: str, words: LastWords) -> None:
    """Keep what a seat says at the end, in the place of what it said before."""
    cursor.execute(
        "DELETE FROM last_words WHERE workshop_id = $1 AND seat_id = $2", [workshop_id, seat_id]
    )
    if any(dict(words).values()):
        add_row(
            cursor, "last_words", {"workshop_id": workshop_id, "seat_id": seat_id} | dict(words)
        )


def last_words_in(cursor: Cursor, workshop_id: str) -> dict[str, LastWords]:
    """Give what each seat that counts said at the end, by seat, until it is shown."""
    rows = cursor.execute(
        "SELECT seat_id, learned, will_try, would_stop FROM last_words WHERE workshop_id = $1 "
        "ORDER BY seat_id",
        [workshop_id],
    ).fetchall()
    aside = aside_in(cursor, workshop_id)
    return {
        seat_id: LastWords(learned=learned, will_try=will_try, would_stop=would_stop)
        for seat_id, learned, will_try, would_stop in rows
        if seat_id not in aside
    }


def show_last(cursor: Cursor, workshop_id: str, said: Iterable[LastSaid]) -> None:
    """Keep what is shown, in its order, and forget who said what; it is done once."""
    for number, line in enumerate(said, start=1):
        row = {"workshop_id": workshop_id, "number": number}
        add_row(cursor, "last_said", row | {"question": line.question.value, "said": line.said})
    cursor.execute("DELETE FROM last_words WHERE workshop_id = $1", [workshop_id])


def last_said_in(cursor: Cursor, workshop_id: str) -> tuple[LastSaid, ...]:
    """Give what the room was shown, in its order; () before that, and where too few answered."""
    rows = cursor.execute(
        "SELECT question, said FROM last_said WHERE workshop_id = $1 ORDER BY number, question",
        [workshop_id],
    ).fetchall()
    return tuple(LastSaid(question=Question(what), said=said) for what, said in rows)


def last_words_kept(cursor: Cursor, workshop_id: str) -> int:
    """Count what a file holds of what was said at the end, before it is shown and after it."""
    rows = cursor.execute(
        "SELECT learned, will_try, would_stop FROM last_words WHERE workshop_id = $1", [workshop_id]
    ).fetchall()
    sealed = sum(bool(said) for row in rows for said in row)
    return sealed + len(last_said_in(cursor, workshop_id))
