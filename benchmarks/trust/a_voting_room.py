"""Forty seats that vote until they are killed: run as a process of its own.

Arguments: the room's file, and a seed; "look" in its place lets nobody vote. Prints one JSON line
with every newest answer as the file holds it, then a line for each answer that was acknowledged:
seat, domain, how often, points.
"""

import json
import os
import random
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Final

from aqua_core.store.database import reading
from aqua_core.store.keeping import keeper
from aqua_core.vocabulary import Holder, Place, Sector, Tier
from aqua_core.workshop.admitting import Caller, find_seat, find_workshop
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.opening import open_room, said_at_start
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from benchmarks.trust.a_room import INSTRUMENT

SEATS: Final = 40
KEYS: Final = [domain.key for domain in INSTRUMENT.domains]
_NEWEST: Final = """
    SELECT seat_id, domain, max(sequence), count(*), arg_max(points, sequence)
    FROM vote GROUP BY seat_id, domain ORDER BY seat_id, domain
"""


def secret_of(seat: int) -> str:
    """Give the cookie of a seat; the same after each kill."""
    return f"{seat:043}"


def prepare() -> str:
    """Set up the workshop at the first start, find it at each later one. Give its code."""
    with reading() as cursor:
        found = cursor.execute("SELECT code FROM workshop").fetchone()
    if found:
        return str(found[0])
    facilitator = Caller(facilitator=sign_in(new_sign_in_link()))
    draft = WorkshopDraft(
        place=Place(name="Salford"),
        partners=[PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("A", "B")],
        instrument=INSTRUMENT,
        held_on=date.today(),
        holder=Holder.PERSON,
    )
    workshop = set_up(facilitator, draft, date.today())
    for seat in range(SEATS):
        take_seat(Caller(seat=secret_of(seat)), workshop.code, workshop.teams[seat % 2].id)
    open_scoring(facilitator, workshop.code, KEYS)
    return workshop.code


def state(code: str) -> dict[str, object]:
    """Give every newest answer as the file holds it, the seats' ids, and what was said."""
    with reading() as cursor:
        workshop = find_workshop(cursor, code)
        rows = cursor.execute(_NEWEST).fetchall()
        seats = [find_seat(cursor, Caller(seat=secret_of(n)), workshop).id for n in range(SEATS)]
    return {"rows": rows, "seats": seats, "said": said_at_start()}


def vote(code: str, seat: int, seed: int) -> None:
    """Let one seat change its mind without end."""
    dice, caller = random.Random(seed * SEATS + seat), Caller(seat=secret_of(seat))
    while True:
        domain, points = dice.choice(KEYS), dice.randint(0, 5)
        saved = submit_score(caller, code, domain, points)
        line = f"{seat} {domain} {saved.taps[domain]} {saved.answers[domain]}\n"
        os.write(1, line.encode())  # one call a line: a kill leaves no half of one


if __name__ == "__main__":
    # Copies without pause, so that kills fall into the making of one as well.
    keeper.EVERY, keeper._LOOKS = 0.2, 0.05  # type: ignore[misc]
    path = Path(sys.argv[1])
    open_room(path)
    code = prepare()
    os.write(1, (json.dumps(state(code)) + "\n").encode())
    for seat in range(SEATS if sys.argv[2] != "look" else 0):
        threading.Thread(target=vote, args=(code, seat, int(sys.argv[2]))).start()
