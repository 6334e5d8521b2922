"""Devices, as rows: seats, walls, and facilitators' browsers."""

from datetime import date
from typing import Final, NamedTuple

from aqua_core.store.connecting import Cursor
from aqua_core.store.facts import changing, forget, know, once_opened
from aqua_core.store.versions import add_next, add_row
from aqua_core.vocabulary import Seat


def add_seat_key(cursor: Cursor, workshop_id: str, seat_key: bytes) -> None:
    """Keep the key that hashes the cookies of one workshop."""
    cursor.execute(
        "INSERT INTO seat_key (workshop_id, seat_key) VALUES ($1, $2)", [workshop_id, seat_key]
    )


def seat_keys(cursor: Cursor) -> tuple[bytes, ...]:
    """Give the keys of all workshops that are open: closing one takes its key away."""
    rows = cursor.execute("SELECT seat_key FROM seat_key ORDER BY workshop_id").fetchall()
    return tuple(key for (key,) in rows)


def holds_one_of(cursor: Cursor, tokens: list[str]) -> bool:
    """Tell whether one of these hashes of a device's cookie belongs to a seat."""
    found = cursor.execute("SELECT count(*) FROM seat WHERE token_hash = ANY($1)", [tokens])
    return found.fetchone() != (0,)


def seat_key_of(cursor: Cursor, workshop_id: str) -> bytes | None:
    """Give the key of a workshop, or None."""
    return once_opened(("seat key", workshop_id), lambda: _read_key(cursor, workshop_id))


def _read_key(cursor: Cursor, workshop_id: str) -> bytes | None:
    found = cursor.execute(
        "SELECT seat_key FROM seat_key WHERE workshop_id = $1", [workshop_id]
    ).fetchone()
    return found[0] if found else None


def add_seat(cursor: Cursor, workshop_id: str, seat: Seat, token_hash: str) -> None:
    """Keep a new seat."""
    cursor.execute(
        "INSERT INTO seat (id, workshop_id, team_id, token_hash, apart) "
        "VALUES ($1, $2, $3, $4, $5)",
        [seat.id, workshop_id, seat.team_id, token_hash, seat.apart],
    )


def move_seat(cursor: Cursor, seat: Seat, team_id: str) -> None:
    """Put a seat into another team."""
    cursor.execute("UPDATE seat SET team_id = $2 WHERE id = $1", [seat.id, team_id])


def hand_seat(cursor: Cursor, workshop_id: str, before: str, after: str) -> None:
    """Give the seat behind one hash of a cookie to another: its id and its votes stay."""
    for token_hash in (before, after):
        question = _seat_id_question(workshop_id, token_hash)
        changing(question)
        forget(question)
    cursor.execute(
        "UPDATE seat SET token_hash = $3 WHERE workshop_id = $1 AND token_hash = $2",
        [workshop_id, before, after],
    )


def seat_by_token(cursor: Cursor, workshop_id: str, token_hash: str) -> Seat | None:
    """Give the seat of a device in a workshop, or None."""
    found = cursor.execute(
        "SELECT id, team_id FROM seat WHERE workshop_id = $1 AND token_hash = $2",
        [workshop_id, token_hash],
    ).fetchone()
    return Seat(id=found[0], team_id=found[1]) if found else None


def seat_id_by_token(cursor: Cursor, workshop_id: str, token_hash: str) -> str | None:
    """Give the id of a device's seat, or None; read once until the seat is handed over.

    For a writer alone: a reader that began before a hand-over could keep what it undid.
    """
    question = _seat_id_question(workshop_id, token_hash)
    return once_opened(question, lambda: _read_id(cursor, workshop_id, token_hash))


def _seat_id_question(workshop_id: str, token_hash: str) -> tuple[str, str, str]:
    return ("seat id", workshop_id, token_hash)


def _read_id(cursor: Cursor, workshop_id: str, token_hash: str) -> str | None:
    seat = seat_by_token(cursor, workshop_id, token_hash)
    return seat.id if seat else None


def seats_of(cursor: Cursor, workshop_id: str) -> tuple[Seat, ...]:
    """Give every seat of a workshop, by id."""
    rows = cursor.execute(
        "SELECT id, team_id, apart FROM seat WHERE workshop_id = $1 ORDER BY id", [workshop_id]
    ).fetchall()
    return tuple(Seat(id=seat_id, team_id=team_id, apart=apart) for seat_id, team_id, apart in rows)


def seats_by_token(cursor: Cursor, workshop_id: str) -> dict[str, Seat]:
    """Give every seat of a workshop by the keyed hash of its device's cookie."""
    rows = cursor.execute(
        "SELECT token_hash, id, team_id FROM seat WHERE workshop_id = $1 ORDER BY id", [workshop_id]
    ).fetchall()
    return {token: Seat(id=seat_id, team_id=team_id) for token, seat_id, team_id in rows}


ASIDE: Final = """
    SELECT seat_id FROM seat_aside AS newest WHERE workshop_id = $1 AND aside AND sequence = (
        SELECT max(sequence) FROM seat_aside AS every
        WHERE every.workshop_id = $1 AND every.seat_id = newest.seat_id
    )
"""
"""The seats of a workshop that are set aside now."""


def seats_there(cursor: Cursor, workshop_id: str) -> tuple[Seat, ...]:
    """Give every seat that sits in a workshop and is not set aside, by id."""
    return tuple(seat for seat in seats_that_count(cursor, workshop_id) if not seat.apart)


def seats_that_count(cursor: Cursor, workshop_id: str) -> tuple[Seat, ...]:
    """Give every seat of a workshop that is not set aside, those from sittings too, by id."""
    # Not in SQL: of 200 seats that took 16 ms, this 10.
    aside = aside_in(cursor, workshop_id)
    return tuple(seat for seat in seats_of(cursor, workshop_id) if seat.id not in aside)


def count_seats_there(cursor: Cursor, workshop_id: str) -> int:
    """Count what `seats_there` gives; asked whenever somebody joins."""
    found = cursor.execute(
        "SELECT count(*) FROM seat WHERE workshop_id = $1 AND NOT apart", [workshop_id]
    ).fetchone()
    return (found[0] if found else 0) - len(aside_to_score(cursor, workshop_id))


def add_aside(cursor: Cursor, workshop_id: str, seat_id: str, reason: str, *, aside: bool) -> None:
    """Append that a seat is set aside, and why, or that it is put back."""
    read_aside_anew(workshop_id)
    whose = {"workshop_id": workshop_id, "seat_id": seat_id}
    add_next(cursor, "seat_aside", whose, {"reason": reason, "aside": aside})


def read_aside_anew(workshop_id: str) -> None:
    """Let who asks next read which seats are set aside: the writer changes it."""
    changing(("aside", workshop_id))
    forget(("aside", workshop_id))


def aside_in(cursor: Cursor, workshop_id: str) -> dict[str, str]:
    """Give why each seat that is set aside now is, by the seat's id."""
    rows = cursor.execute(
        "SELECT seat_id, reason, aside FROM seat_aside WHERE workshop_id = $1 "
        "ORDER BY seat_id, sequence",
        [workshop_id],
    ).fetchall()
    newest = {seat_id: (reason, aside) for seat_id, reason, aside in rows}
    return {seat_id: reason for seat_id, (reason, aside) in newest.items() if aside}


def aside_to_score(cursor: Cursor, workshop_id: str) -> dict[str, str]:
    """Give what `aside_in` gives to a writer that sets none aside: asked at every vote."""
    return once_opened(("aside", workshop_id), lambda: aside_in(cursor, workshop_id)) or {}


def add_joining(cursor: Cursor, workshop_id: str, *, closed: bool) -> None:
    """Append that nobody more may take a seat, or that anybody may again."""
    add_next(cursor, "joining", {"workshop_id": workshop_id}, {"closed": closed})


def is_joining_shut(cursor: Cursor, workshop_id: str) -> bool:
    """Tell whether nobody more may take a seat."""
    return bool(_last(cursor, "joining", "closed", workshop_id))


def add_expected(cursor: Cursor, workshop_id: str, people: int) -> None:
    """Append how many people are expected, or are there."""
    add_next(cursor, "expected", {"workshop_id": workshop_id}, {"people": people})


def expected_in(cursor: Cursor, workshop_id: str) -> int | None:
    """Give how many people are expected; None where nobody said."""
    return _last(cursor, "expected", "people", workshop_id)


def _last(cursor: Cursor, table: str, column: str, workshop_id: str) -> int | None:
    found = cursor.execute(
        f"SELECT {column} FROM {table} WHERE workshop_id = $1 ORDER BY sequence DESC LIMIT 1",
        [workshop_id],
    ).fetchone()
    return found[0] if found else None


class SignedIn(NamedTuple):
    """A signed-in browser: what it calls itself, and since when; None from before that was kept."""

    token_hash: str
    browser: str
    since: date | None
    by_passphrase: bool


def add_facilitator(cursor: Cursor, signed_in: SignedIn) -> None:
    """Keep a signed-in browser."""
    forget(_signed_in(signed_in.token_hash))
    cursor.execute(
        "INSERT INTO facilitator (token_hash, browser, since, by_passphrase) "
        "VALUES ($1, $2, $3, $4)",
        list(signed_in),
    )


def remove_facilitator(cursor: Cursor, token_hash: str) -> None:
    """Forget a signed-in browser; one that is not known stays unknown."""
    changing(_signed_in(token_hash))
    know(_signed_in(token_hash), False)
    cursor.execute("DELETE FROM facilitator WHERE token_hash = $1", [token_hash])


def facilitators_in(cursor: Cursor) -> tuple[SignedIn, ...]:
    """Give every signed-in browser, the newest first."""
    rows = cursor.execute(
        "SELECT token_hash, browser, since, by_passphrase FROM facilitator "
        "ORDER BY since DESC NULLS LAST, token_hash"
    ).fetchall()
    return tuple(SignedIn(*row) for row in rows)


def is_facilitator(cursor: Cursor, token_hash: str) -> bool:
    """Tell whether this hash belongs to a signed-in browser: asked 26 times to draw one plan."""

    def answer() -> bool | None:
        found = cursor.execute(
            "SELECT count(*) FROM facilitator WHERE token_hash = $1", [token_hash]
        ).fetchone()
        return True if found and found[0] else None

    return bool(once_opened(_signed_in(token_hash), answer))


def is_known_facilitator(token_hash: str) -> bool:
    """Tell whether `is_facilitator` said so and it still is: no answer of the file is needed."""
    return bool(once_opened(_signed_in(token_hash), lambda: None))


def _signed_in(token_hash: str) -> tuple[str, str]:
    return "signed in", token_hash


def add_wall(cursor: Cursor, token_hash: str, workshop_id: str, *, leads: bool = False) -> None:
    """Let a browser watch a workshop, and none other any more; `leads` makes it a host's."""
    cursor.execute(
        "INSERT INTO wall (token_hash, workshop_id, leads) VALUES ($1, $2, $3) "
        "ON CONFLICT (token_hash) "
        "DO UPDATE SET workshop_id = excluded.workshop_id, leads = excluded.leads",
        [token_hash, workshop_id, leads],
    )


def remove_walls(cursor: Cursor, workshop_id: str, *, leads: bool = False) -> None:
    """Let no wall watch a workshop any more, or no host lead it; the others stay."""
    cursor.execute("DELETE FROM wall WHERE workshop_id = $1 AND leads = $2", [workshop_id, leads])


def is_wall(cursor: Cursor, token_hash: str, workshop_id: str) -> bool:
    """Tell whether this hash belongs to a browser that may watch this workshop: a wall, a host."""
    return _leads(cursor, token_hash, workshop_id) is not None


def is_host(cursor: Cursor, token_hash: str, workshop_id: str) -> bool:
    """Tell whether this hash belongs to a host's browser of this workshop."""
    return bool(_leads(cursor, token_hash, workshop_id))


def _leads(cursor: Cursor, token_hash: str, workshop_id: str) -> bool | None:
    found = cursor.execute(
        "SELECT leads FROM wall WHERE token_hash = $1 AND workshop_id = $2",
        [token_hash, workshop_id],
    ).fetchone()
    return found[0] if found else None


def code_on_wall(cursor: Cursor, token_hash: str) -> str | None:
    """Give the join code of the workshop that a browser may watch, or None."""
    found = cursor.execute(
        "SELECT workshop.code FROM wall JOIN workshop ON workshop.id = wall.workshop_id "
        "WHERE wall.token_hash = $1",
        [token_hash],
    ).fetchone()
    return found[0] if found else None


def walls_of(cursor: Cursor, workshop_id: str, *, leads: bool = False) -> int:
    """Count the walls of a workshop, or its hosts' browsers."""
    found = cursor.execute(
        "SELECT count(*) FROM wall WHERE workshop_id = $1 AND leads = $2", [workshop_id, leads]
    ).fetchone()
    return found[0] if found else 0


class YesOrNo(NamedTuple):
    """What a seat answers with yes or no: a table with a row a seat, and the column of its answer.

    Its seat is "" in a row that is nobody's any more.
    """

    table: str
    column: str

    def say(self, cursor: Cursor, workshop_id: str, seat_id: str, said: bool | None) -> None:
        """Keep what a seat says in the place of what it said before; None takes that back."""
        cursor.execute(
            f"DELETE FROM {self.table} WHERE workshop_id = $1 AND seat_id = $2",
            [workshop_id, seat_id],
        )
        if said is not None:
            row = {"workshop_id": workshop_id, "seat_id": seat_id, self.column: said}
            add_row(cursor, self.table, row)

    def said(self, cursor: Cursor, workshop_id: str, seat_id: str) -> bool | None:
        """Give what a seat said; None where it said nothing."""
        found = cursor.execute(
            f"SELECT {self.column} FROM {self.table} WHERE workshop_id = $1 AND seat_id = $2",
            [workshop_id, seat_id],
        ).fetchone()
        return found[0] if found else None

    def counted(self, cursor: Cursor, workshop_id: str) -> tuple[int, int]:
        """Count those who said yes, and those who said no."""
        found = cursor.execute(
            f"SELECT count(*) FILTER (WHERE {self.column}), "
            f"count(*) FILTER (WHERE NOT {self.column}) FROM {self.table} WHERE workshop_id = $1",
            [workshop_id],
        ).fetchone()
        return (found[0], found[1]) if found else (0, 0)

    def add(self, cursor: Cursor, workshop_id: str, yes: int, no: int) -> None:
        """Keep so many who said yes, and so many who said no, as nobody's."""
        for said in (*[True] * yes, *[False] * no):
            row = {"workshop_id": workshop_id, "seat_id": "", self.column: said}
            add_row(cursor, self.table, row)
