"""What a room says, on Talk and of itself, as rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from aqua_core.store.connecting import Cursor
from aqua_core.store.versions import Versions, add_next, add_row, newest_of
from aqua_core.store.votes import LEFT_OUT, TAKEN_BACK
from aqua_core.vocabulary import CardAct, Conversation, Outcome, Wording


class Guess(NamedTuple):
    """The newest guess of a seat in one round: the partner, and its points as a whole number."""

    domain: str
    number: int
    seat_id: str
    sequence: int
    partner_id: str
    points: int


def add_guessing(cursor: Cursor, workshop_id: str, domain: str, number: int) -> None:
    """Let a round ask for guesses as well."""
    cursor.execute(
        "INSERT INTO guessing (workshop_id, domain, number) VALUES ($1, $2, $3)",
        [workshop_id, domain, number],
    )


def guessing_in(cursor: Cursor, workshop_id: str) -> frozenset[tuple[str, int]]:
    """Give (domain, number) of the rounds that ask for guesses."""
    rows = cursor.execute(
        "SELECT domain, number FROM guessing WHERE workshop_id = $1 ORDER BY domain, number",
        [workshop_id],
    ).fetchall()
    return frozenset((domain, number) for domain, number in rows)


def add_guess(cursor: Cursor, workshop_id: str, guess: Guess) -> None:
    """Append a guess."""
    add_row(cursor, "guess", {"workshop_id": workshop_id, **guess._asdict()})


def carry_guesses(cursor: Cursor, workshop_id: str, domain: str, before: int, number: int) -> None:
    """Start a round from the newest guesses of another one, which asked for them: sequence 0."""
    cursor.execute(
        f"""
        INSERT INTO guess (workshop_id, domain, number, seat_id, sequence, partner_id, points)
        SELECT $1, $2, $4, seat_id, 0, partner_id, points FROM guess AS given
        WHERE workshop_id = $1 AND domain = $2 AND number = $3 AND sequence = (
            SELECT max(sequence) FROM guess AS every
            WHERE every.workshop_id = $1 AND every.domain = $2 AND every.number = $3
              AND every.seat_id = given.seat_id
        ) AND (domain, number, seat_id) NOT IN ({LEFT_OUT})
        ORDER BY seat_id
        """,
        [workshop_id, domain, before, number],
    )


def guesses_of(cursor: Cursor, workshop_id: str) -> tuple[Guess, ...]:
    """Give the newest guess of each seat in each round, by domain, number and seat.

    Without what was taken back, or left out with its seat.
    """
    whose = (
        f"workshop_id = $1 AND (domain, number) NOT IN ({TAKEN_BACK}) "
        f"AND (domain, number, seat_id) NOT IN ({LEFT_OUT})"
    )
    return _newest(cursor, whose, [workshop_id])


def guesses_of_seat(cursor: Cursor, workshop_id: str, seat_id: str) -> tuple[Guess, ...]:
    """Give the newest guesses of one seat: asked at each tap, so never of the whole room."""
    return _newest(cursor, "workshop_id = $1 AND seat_id = $2", [workshop_id, seat_id])


def _newest(cursor: Cursor, whose: str, given: list[str]) -> tuple[Guess, ...]:
    rows = cursor.execute(
        f"""
        SELECT domain, number, seat_id, sequence, partner_id, points FROM guess
        WHERE {whose} ORDER BY domain, number, seat_id, sequence
        """,
        given,
    ).fetchall()
    newest = {row[:3]: Guess(*row) for row in rows}
    return tuple(newest.values())


def add_card_act(cursor: Cursor, workshop_id: str, card_act: CardAct) -> None:
    """Append an act; its sequence is the next one, whatever the act says."""
    said = card_act.model_dump(mode="json", exclude={"sequence"})
    add_next(cursor, "topic_move", {"workshop_id": workshop_id}, said)


def card_acts_of(cursor: Cursor, workshop_id: str) -> tuple[CardAct, ...]:
    """Give every act, undone ones too, in order."""
    rows = cursor.execute(
        f"SELECT {', '.join(CardAct.model_fields)} FROM topic_move "
        "WHERE workshop_id = $1 ORDER BY sequence",
        [workshop_id],
    ).fetchall()
    return tuple(
        CardAct.model_validate(dict(zip(CardAct.model_fields, row, strict=True))) for row in rows
    )


def add_note(cursor: Cursor, workshop_id: str, domain: str, heard: str, corrects: int = 0) -> None:
    """Append a note to the conversation on a domain.

    `corrects` is the number of the note that it stands instead of, 0 for none; "" takes that out.
    """
    whose = {"workshop_id": workshop_id, "domain": domain}
    add_next(cursor, "note", whose, {"heard": heard, "corrects": corrects})


def conversation_on(cursor: Cursor, workshop_id: str, domain: str) -> Conversation:
    """Give the conversation on a domain; without notes when nobody wrote any."""
    rows = cursor.execute(
        "SELECT sequence, corrects, heard FROM note WHERE workshop_id = $1 AND domain = $2 "
        "ORDER BY sequence",
        [workshop_id, domain],
    ).fetchall()
    notes: dict[int, tuple[str, ...]] = {}
    for number, corrects, heard in rows:
        notes[corrects or number] = (*notes.get(corrects, ()), heard)
    standing = {number: said[-1] for number, said in notes.items() if said[-1]}
    return Conversation(
        domain=domain,
        heard=tuple(standing.values()),
        numbers=tuple(standing),
        out=tuple((number, said[-2]) for number, said in notes.items() if not said[-1]),
    )


def notes_in(cursor: Cursor, workshop_id: str) -> int:
    """Count the notes of a workshop."""
    found = cursor.execute(
        "SELECT count(*) FROM note WHERE workshop_id = $1 AND corrects = 0", [workshop_id]
    ).fetchone()
    return int(found[0]) if found else 0


_OUTCOMES: Final = Versions(Outcome, "conversation", by=("domain",), order="domain")


def add_outcome(
    cursor: Cursor, workshop_id: str, outcome: Outcome, *, taken_out: bool = False
) -> None:
    """Append a version of what a conversation came to, kept or taken out."""
    _OUTCOMES.add(cursor, workshop_id, outcome, taken_out=taken_out)


def outcomes_of(cursor: Cursor, workshop_id: str) -> tuple[Outcome, ...]:
    """Give the newest version of what each conversation came to, by domain key."""
    return _OUTCOMES.read(cursor, workshop_id, "NOT taken_out")


def outcomes_taken_out(cursor: Cursor, workshop_id: str) -> tuple[Outcome, ...]:
    """Give what was taken out of what conversations came to, by domain key."""
    return _OUTCOMES.read(cursor, workshop_id, "taken_out")


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


def reasons_kept(cursor: Cursor, workshop_id: str) -> int:
    """Count the reasons that a file holds of a workshop, also those that no room will be shown.

    Each counts in its newest wording; one that was taken back is none.
    """
    rows = cursor.execute(_NEWEST, [workshop_id]).fetchall()
    return sum(Given(*row).said != "" for row in rows)


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


def set_timer(cursor: Cursor, workshop_id: str, ends: datetime | None) -> None:
    """Let the timer end then, or stop it (None)."""
    add_next(cursor, "timer", {"workshop_id": workshop_id}, {"ends": ends})


def timer_of(cursor: Cursor, workshop_id: str) -> datetime | None:
    """Give when the timer ends; None when none runs."""
    found = cursor.execute(
        "SELECT ends FROM timer WHERE workshop_id = $1 ORDER BY sequence DESC LIMIT 1",
        [workshop_id],
    ).fetchone()
    return found[0] if found else None


def add_missing(cursor: Cursor, workshop_id: str, named: str) -> None:
    """Keep whom the room says is missing, instead of what it said before."""
    add_next(cursor, "missing", {"workshop_id": workshop_id}, {"named": named})


def missing_named(cursor: Cursor, workshop_id: str) -> str:
    """Give whom the room said is missing; "" where it named nobody."""
    found = cursor.execute(
        "SELECT named FROM missing WHERE workshop_id = $1 ORDER BY sequence DESC LIMIT 1",
        [workshop_id],
    ).fetchone()
    return str(found[0]) if found else ""
