"""A room that ends without warning: run as a process of its own, it scores and is gone.

Arguments: the room's file. It leaves an earlier workshop in the file's blocks, and in its log a
workshop with 40 seats, two reveals, a note and an action.
"""

import os
import random
import sys
from datetime import date
from pathlib import Path

from aqua_core.vocabulary import ActionDraft, Holder, Instrument, Place, Scale, Sector, Tier
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.noting import write_down
from aqua_core.workshop.opening import close_room, open_room
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in

INSTRUMENT = Instrument.model_validate_json(
    Path("data/instruments/eight-domains.json").read_text(encoding="utf-8")
)
NAMES = ("Council", "Trust", "North CCG", "GPs", "Mental health", "Voluntary sector")


def workshop_of(seats: int, dice: random.Random) -> None:
    """Run a whole workshop: join, score, reveal, write down, plan, score again."""
    facilitator = Caller(facilitator=sign_in(new_sign_in_link()))
    draft = WorkshopDraft(
        place=Place(name="Salford", persona="Sally Ford"),
        partners=[PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in NAMES],
        instrument=INSTRUMENT,
        held_on=date.today(),
        holder=Holder.PERSON,
    )
    workshop = set_up(facilitator, draft, date.today())
    keys = [domain.key for domain in INSTRUMENT.domains]
    teams = [team.id for team in workshop.teams]
    callers = [
        Caller(seat=take_seat(Caller(), workshop.code, dice.choice(teams))) for _ in range(seats)
    ]
    for _ in range(2):
        open_scoring(facilitator, workshop.code, keys)
        for caller in callers:
            for key in keys:
                submit_score(caller, workshop.code, key, dice.randint(0, 5))
        reveal(facilitator, workshop.code)
    write_down(facilitator, workshop.code, keys[0], 'Ünïcode, "quotes"\nand a second line.')
    small_test = ActionDraft(
        test="One shared list",
        domain=keys[0],
        lead="Manager",
        partners=(workshop.teams[0].partner.id, workshop.teams[1].partner.id),
        review_on=date.today(),
        scale=Scale.MICRO,
    )
    capture_action(facilitator, workshop.code, small_test, date.today())


if __name__ == "__main__":
    path, dice = Path(sys.argv[1]), random.Random(4)
    open_room(path)
    workshop_of(12, dice)
    close_room()
    open_room(path)
    workshop_of(40, dice)
    os._exit(9)  # no closing: as when the plug is pulled
