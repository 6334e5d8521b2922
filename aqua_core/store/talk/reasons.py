"""What seats would point at; a change is a further row. What is shown of it is kept apart."""

from collections.abc import Mapping
from typing import NamedTuple

from aqua_core.store.cursor import Cursor
from aqua_core.store.versions import add_next, add_row, newest_of
from aqua_core.store.votes import LEFT_OUT, TAKEN_BACK
from aqua_core.vocabulary import Wording

_FIELDS = "id, sequence, domain, number, seat_id, said, team_id"
_NEWEST = f"SELECT {_FIELDS} FROM {newest_of('reason', 'id', counted='sequence')} WHERE TRUE"


class Given(NamedTuple):
    """The newest wording of a reason; `said` is "" once it was taken back.

    `team_id` is "" unless the seat asked for its team to be named; `seat_id` is "" once the
    workshop is closed.
    """

    id: str
    sequence: int
    domain: str
    number: int
    seat_id: str
    said: str
    team_id: str

    @property
    def wording(self) -> Wording:
        """What the seat wrote, and whether it asked for its team to be named."""
        return Wording(said=self.said, with_team=bool(self.team_id))

    def with_wording(self, wording: Wording, team_id: str) -> "Given":
        """Give the next wording, by a seat of this team; an empty one names nobody."""
        named = team_id if wording.said and wording.with_team else ""
        return self._replace(sequence=self.sequence + 1, said=wording.said, team_id=named)


def add_reason(cursor: Cursor, workshop_id: str, given: Given) -> None:
    """Append a wording of a reason."""
    add_row(cursor, "reason", {"workshop_id": workshop_id, **given._asdict()})


def reasons_in(cursor: Cursor, workshop_id: str) -> tuple[Given, ...]:
    """Give the newest wording of every reason, sealed ones too, in the order of random ids.

    Without what was taken back, or left out with its seat.
    """
    seen = (
        f"{_NEWEST} AND (domain, number) NOT IN ({TAKEN_BACK}) "
        f"AND (domain, number, seat_id) NOT IN ({LEFT_OUT})"
    )
    rows = cursor.execute(f"{seen} ORDER BY id", [workshop_id]).fetchall()
    return tuple(Given(*row) for row in rows)


def reasons_of_seat(cursor: Cursor, workshop_id: str, seat_id: str) -> tuple[Given, ...]:
    """Give the newest wording of what one seat wrote, in the order of random ids."""
    rows = cursor.execute(
        f"{_NEWEST} AND seat_id = $2 ORDER BY id", [workshop_id, seat_id]
    ).fetchall()
    return tuple(Given(*row) for row in rows)


def name_another_team(
    cursor: Cursor, seat_id: str, team_id: str, sealed: Mapping[str, int]
) -> None:
    """Let the sealed reasons of a seat that asked for its team name the team that it is in now.

    What was revealed stays: a name that changed under the room's eyes would tell whose it is.
    """
    for domain, number in sealed.items():
        cursor.execute(
            "UPDATE reason SET team_id = $2 WHERE seat_id = $1 AND team_id <> '' "
            "AND domain = $3 AND number = $4",
            [seat_id, team_id, domain, number],
        )


def show(cursor: Cursor, workshop_id: str, reason_id: str, shown: bool) -> None:
    """Append that a reason is shown to the room, or hidden from it."""
    said = {"reason_id": reason_id, "shown": shown}
    add_next(cursor, "reason_shown", {"workshop_id": workshop_id}, said)


def shown_in(cursor: Cursor, workshop_id: str) -> dict[str, bool]:
    """Tell of each reason that was decided on, by its id, whether it is shown."""
    rows = cursor.execute(
        "SELECT reason_id, shown FROM reason_shown WHERE workshop_id = $1 ORDER BY sequence",
        [workshop_id],
    ).fetchall()
    return dict(rows)
