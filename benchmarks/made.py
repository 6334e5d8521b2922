"""Run in the app's folder before its server starts: make the workshop, print its join code.

Arguments: the room's file; how many earlier workshops it holds; how many small tests the plan has;
how many places have a table at a gathering. With tables their codes are printed, then the
gathering's, joined by commas.
Without tests each earlier workshop has 6,000 votes and is of the same place, else each has a place
of its own.
"""

import sys
from datetime import date, timedelta
from pathlib import Path

from aqua_core.store.database import writing
from aqua_core.vocabulary import ActionDraft, Holder, Instrument, Place, Sector, Tier, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.opening import close_room, open_room
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in

INSTRUMENT = Instrument.model_validate_json(
    Path("data/instruments/eight-domains.json").read_text(encoding="utf-8")
)
SEATS = "INSERT INTO seat (id, workshop_id, team_id, token_hash) SELECT "
SEATS += "$1 || '-' || n, $1, $2[1 + n % 8], 'past ' || $1 || n FROM range(250) AS r(n)"
ROUNDS = "INSERT INTO {} (workshop_id, domain, number) SELECT $1, d, n "
ROUNDS += "FROM unnest($2) AS t(d), range(1, 4) AS r(n)"
# 250 seats, 8 domains, 3 rounds: 6,000 votes.
VOTES = "INSERT INTO vote (workshop_id, domain, number, seat_id, sequence, points) SELECT "
VOTES += "$1, d, n, $1 || '-' || s, 1, (s + n) % 6 "
VOTES += "FROM unnest($2) AS t(d), range(1, 4) AS r(n), range(250) AS q(s)"


def made(caller: Caller, place: str = "Salford") -> Workshop:
    """Set up a workshop of eight teams."""
    partners = [
        PartnerDraft(f"Partner {letter}", Sector.COUNCIL, (Tier.BOARD,)) for letter in "ABCDEFGH"
    ]
    draft = WorkshopDraft(
        place=Place(name=place, persona="Sally Ford"),
        partners=partners,
        instrument=INSTRUMENT,
        held_on=date.today(),
        holder=Holder.PERSON,
        people=250,
    )
    return set_up(caller, draft, date.today())


def fill(workshop: Workshop, domains: list[str]) -> None:
    """Let a workshop have happened: three rounds revealed on every domain."""
    with writing() as cursor:
        cursor.execute(SEATS, [workshop.id, [team.id for team in workshop.teams]])
        for table in ("round", "reveal"):
            cursor.execute(ROUNDS.format(table), [workshop.id, domains])
        cursor.execute(VOTES, [workshop.id, domains])


def plan(caller: Caller, workshop: Workshop, number: int) -> None:
    """Capture a small test of two partners."""
    owners = tuple(partner.id for partner in workshop.partners[:2])
    draft = ActionDraft(
        test=f"If a nurse joins team {number}, then fewer visits are doubled",
        domain=workshop.instrument.domains[number % 8].key,
        lead="Head of adult care",
        partners=owners,
        measure="Doubled visits a week",
        prediction="From 12 to 6",
        review_on=date.today() + timedelta(days=30),
    )
    capture_action(caller, workshop.code, draft, date.today())


def gather(caller: Caller, tables: int, domains: list[str]) -> list[str]:
    """Open so many tables at one gathering; give their codes, the gathering's last."""
    from aqua_core.workshop.gathering import bring_to_table, open_for_all, set_up_gathering

    day = date.today()
    gathering = set_up_gathering(caller, "Masterclass", day, [], day)
    codes = [made(caller, f"Place {chr(65 + number)}").code for number in range(tables)]
    for code in codes:
        bring_to_table(caller, gathering.code, code)
    open_for_all(caller, gathering.code, domains)
    return [*codes, gathering.code]


if __name__ == "__main__":
    keys = [domain.key for domain in INSTRUMENT.domains]
    open_room(Path(sys.argv[1]))
    facilitator = Caller(facilitator=sign_in(new_sign_in_link()))
    past, tests = int(sys.argv[2]), int(sys.argv[3])
    for number in range(past):
        if tests:
            made(facilitator, f"Place {number}")
        else:
            fill(made(facilitator), keys)
    if tables := int(sys.argv[4]):
        codes = gather(facilitator, tables, keys)
    else:
        workshop = made(facilitator)
        for number in range(tests):
            plan(facilitator, workshop, number)
        open_scoring(facilitator, workshop.code, keys)
        codes = [workshop.code]
    close_room()
    print(",".join(codes), *keys)
