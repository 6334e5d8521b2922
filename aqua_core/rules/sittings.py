"""Several sittings of one wave: which workshop may be one, and where its teams belong."""

from aqua_core.errors import SittingRefused
from aqua_core.vocabulary import SeenWith, Workshop, same_name
from aqua_core.vocabulary.points import day_said


def home_of(sitting: Workshop, day: Workshop) -> dict[str, str]:
    """Give the id of the team of the day's workshop that each team of a sitting is, by its own id.

    A team is the same where its partner's name and its tier are; one that is not there is left out.
    """
    there = {(same_name(team.partner.name), team.tier): team.id for team in day.teams}
    own = {team.id: (same_name(team.partner.name), team.tier) for team in sitting.teams}
    return {team_id: there[side] for team_id, side in own.items() if side in there}


def check_may_sit_with(sitting: Workshop, day: Workshop) -> None:
    """Refuse a sitting whose scores could not be seen as those of one room with the day's.

    Raises:
        SittingRefused: its wording, its seats, what it was promised, or a team is another.
    """
    when = day_said(day.held_on)
    if sitting.instrument.domains != day.instrument.domains:
        raise SittingRefused(f"It is scored against other words than the workshop of {when}.")
    if sitting.holder is not day.holder:
        raise SittingRefused(f"Teams on laptops and single people cannot be one room with {when}.")
    if sitting.guard > day.guard:
        raise SittingRefused(
            f"Its people were told that groups are shown from {sitting.guard} scores; in the "
            f"workshop of {when} it is {day.guard}. Choose the same there first."
        )
    home = home_of(sitting, day)
    if lost := [team.name for team in sitting.teams if team.id not in home]:
        raise SittingRefused(
            f"{', '.join(lost)}: no such team in the workshop of {when}. Set the sitting up from "
            "there; then it has the same teams."
        )


def where_it_is_seen(together: SeenWith, place: str) -> str:
    """Say when and where the scores of a sitting are seen."""
    where = f"in the workshop {together.code}" if together.here else "on the laptop of that day"
    return (
        f"This sitting belongs to the wave of {place} on {day_said(together.dated)}. Its scores "
        f"are seen there, {where}, together with all others; before that by nobody."
    )
