"""Rooms that answer what is asked beside their framework."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from aqua_core.instrument import beside_in
from aqua_core.vocabulary import MOST_SEATS, Instrument, Score, Workshop
from aqua_core.vocabulary.beside import ShownBeside
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.asking_beside import ask_beside
from aqua_core.workshop.revealing import reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.showing import results_now

_FOLDER = Path(__file__).parents[2] / "data" / "instruments"
BESIDE = {held.key: held for held in beside_in(_FOLDER)}
HOW_WE_WORK: Instrument = BESIDE["how-we-work"]
WHAT_WE_CAN_DO: Instrument = BESIDE["what-we-can-do"]
LESSONS: Instrument = BESIDE["ten-lessons"]


def choosing(facilitator: Caller, like: Workshop, place: str, *beside: Instrument) -> Workshop:
    """Set up another place with the same partners, which chooses these beside the eight."""
    draft = WorkshopDraft(
        place=like.place.model_copy(update={"name": place}),
        partners=[
            PartnerDraft(team.partner.name, team.partner.sector, (team.tier,))
            for team in like.teams
        ],
        instrument=like.instrument,
        held_on=like.held_on,
        holder=like.holder,
        guard=like.guard,
        people=MOST_SEATS,
        beside=beside,
    )
    return set_up(facilitator, draft, like.held_on)


def answered(
    facilitator: Caller,
    workshop: Workshop,
    held: Instrument,
    given: Sequence[tuple[Caller, Mapping[str, Score]]],
) -> None:
    """Ask a room something beside its framework, and let seats answer some of its keys."""
    ask_beside(facilitator, workshop.code, held)
    for seat, answers in given:
        for key, answer in answers.items():
            submit_score(seat, workshop.code, key, answer)


def revealed(facilitator: Caller, workshop: Workshop, key: str) -> ShownBeside:
    """Reveal everything; give what is shown of one instrument."""
    reveal(facilitator, workshop.code)
    return shown_of(facilitator, workshop, key)


def shown_of(facilitator: Caller, workshop: Workshop, key: str) -> ShownBeside:
    """Give what is shown of one instrument."""
    every = results_now(facilitator, workshop.code).beside
    return next(held for held in every if held.key == key)
