"""Several places at the tables of one gathering, and what they share."""

from itertools import count

from aqua_core.store.database import writing
from aqua_core.vocabulary import Holder, Workshop
from aqua_core.vocabulary.sharing import SharedAs, ShareOut, ShareOutDraft
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.sharing import share
from tests.kit.notation import made, seated

_gatherings = count(1)


def gathered(facilitator: Caller, *places: str, revealed: bool = True) -> tuple[Workshop, ...]:
    """Let a workshop of each place sit at a table of its own; culture and workforce are scored."""
    tables = tuple(scored_at(facilitator, place) for place in places)
    number = next(_gatherings)
    with writing() as cursor:
        cursor.execute(
            "INSERT INTO gathering (id, code, called, held_on) VALUES ($1, $2, 'Masterclass', $3)",
            [f"g{number}", f"G{number:03}", tables[0].held_on],
        )
        for at, table in enumerate(tables, start=1):
            cursor.execute(
                "INSERT INTO at_table (workshop_id, gathering_id, number) VALUES ($1, $2, $3)",
                [table.id, f"g{number}", at],
            )
    if revealed:
        for table in tables:
            reveal(facilitator, table.code)
    return tables


def scored_at(facilitator: Caller, place: str) -> Workshop:
    """Let two laptops of a place score two domains; not revealed."""
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP, place=place)
    seats = [seated(workshop, name) for name in ("Council", "Trust")]
    open_scoring(facilitator, workshop.code, ["culture", "workforce"])
    for seat, points in zip(seats, (0, 5), strict=True):
        submit_score(seat, workshop.code, "culture", points)
        submit_score(seat, workshop.code, "workforce", 3)
    return workshop


def shared(
    who: Caller, workshop: Workshop, kind: SharedAs, domain: str = "culture", said: str = "We meet"
) -> ShareOut:
    """Write a sentence of a share-out."""
    draft = ShareOutDraft(kind=kind, domain=domain, said=said)
    (saved,) = share(who, workshop.code, [draft])
    return saved
