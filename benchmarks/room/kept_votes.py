"""What the file holds after the load, against what was sent."""

import hashlib
import hmac
from collections import Counter

import duckdb

from benchmarks.room.seat import Seat
from benchmarks.room.server import Server
from benchmarks.votes import Click

_ROWS = """
    SELECT seat.token_hash, vote.domain, vote.number, vote.sequence, vote.points
    FROM vote LEFT JOIN seat ON seat.id = vote.seat_id
    WHERE vote.workshop_id = $1 ORDER BY ALL
"""


def wrong_in_file(
    server: Server, seats: list[Seat], clicks: list[Click], faults: list[str]
) -> dict[str, float]:
    """Count the votes lost and doubled, and the errors in pages and log. The server has stopped.

    A vote is lost when it was acknowledged and the file does not hold its score as the seat's
    only row on that domain; a row beyond the one that was sent is doubled.
    """
    rows = _rows(server, seats)
    held = Counter((seat, domain) for seat, domain, *_ in rows)
    scores = {(seat, domain): points for seat, domain, _, _, points in rows}
    lost = [c for c in clicks if not c.fault and _points(c) != scores.get(_where(c), "missing")]
    doubled = sum(held.values()) - len(held) + len(held.keys() - {_where(c) for c in clicks})
    refused = [click.fault for click in clicks if click.fault]
    told = Counter([*faults, *refused, *server.faults()])
    for fault, times in told.most_common(5):
        print(f"    {times} x {fault}")
    return {"lost": len(lost), "doubled": doubled, "errors": sum(told.values())}


def _where(click: Click) -> tuple[int, str]:
    return click.seat, click.vote.domain


def _points(click: Click) -> int | str | None:
    return None if click.vote.score == "cannot say" else click.vote.score


def _rows(server: Server, seats: list[Seat]) -> list[tuple[int, str, int, int, int | None]]:
    with duckdb.connect(str(server.file), read_only=True) as file:
        workshop, key = file.execute(
            "SELECT id, seat_key FROM workshop JOIN seat_key ON workshop_id = id WHERE code = $1",
            [server.code],
        ).fetchall()[0]
        rows = file.execute(_ROWS, [workshop]).fetchall()
    # The file keeps a seat's cookie only as a keyed hash.
    numbers = {
        hmac.new(key, seat.cookies["discovery_room_seat"].encode(), hashlib.sha256).hexdigest(): n
        for n, seat in enumerate(seats)
    }
    return [(numbers.get(token, -1), *rest) for token, *rest in rows]
