"""What a pack brought of scores: what was shown of them, and how far the teams were."""

from typing import NamedTuple

from pydantic import TypeAdapter

from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import TeamProgress
from aqua_core.vocabulary.shown import Shown

_progress = TypeAdapter(tuple[TeamProgress, ...])


class Brought(NamedTuple):
    """Of a workshop that came in a pack: it has no seats and no votes here."""

    shown: Shown
    progress: tuple[TeamProgress, ...]


def add_brought(cursor: Cursor, workshop_id: str, brought: Brought) -> None:
    """Keep what a pack brought."""
    cursor.execute(
        "INSERT INTO brought (workshop_id, shown, progress) VALUES ($1, $2, $3)",
        [
            workshop_id,
            brought.shown.model_dump_json(),
            _progress.dump_json(brought.progress).decode(),
        ],
    )


def brought_in(cursor: Cursor, workshop_id: str) -> Brought | None:
    """Give what a pack brought of a workshop; None where it was scored here."""
    row = cursor.execute(
        "SELECT shown, progress FROM brought WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    if row is None:
        return None
    return Brought(Shown.model_validate_json(row[0]), _progress.validate_json(row[1]))


def progress_in(cursor: Cursor) -> dict[str, int]:
    """Give how many people a pack said that had joined, by the id of its workshop."""
    rows = cursor.execute(
        "SELECT workshop_id, progress FROM brought ORDER BY workshop_id"
    ).fetchall()
    return {
        workshop_id: sum(team.seats for team in _progress.validate_json(progress))
        for workshop_id, progress in rows
    }
