"""Talk: cards, guesses and outcomes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from aqua_core import errors
from aqua_core.rules.candidates import WORTH_ASKING
from aqua_core.rules.gaps import gaps_of
from aqua_core.vocabulary import (
    Act,
    Agreement,
    CardAct,
    Cast,
    Compare,
    Gap,
    Misreading,
    Outcome,
    OwnGuess,
    Partner,
    Score,
    Team,
    Workshop,
)
from aqua_core.vocabulary.framework import is_beside
from aqua_core.vocabulary.points import day_said

WHOLE_ROOM = ""
"""Where a quiet room's acts are kept: on no domain."""


def standing(card_acts: Sequence[CardAct]) -> tuple[CardAct, ...]:
    """Give the acts that nobody took back, in their order."""
    undone = {card_act.undoes for card_act in card_acts if card_act.act is Act.UNDO}
    return tuple(
        card_act
        for card_act in card_acts
        if card_act.act is not Act.UNDO and card_act.sequence not in undone
    )


def newest_acts(card_acts: Sequence[CardAct], rounds: Mapping[str, int]) -> dict[str, CardAct]:
    """Give the newest standing act on each domain, in the order in which they were done.

    An act is on the scores that it was done on: once a domain is scored again, its card is fresh.

    Args:
        card_acts: every act of a workshop.
        rounds: the number of the round that is shown, by domain key.
    """
    acts: dict[str, CardAct] = {}
    for card_act in standing(card_acts):
        if _round_of(card_act, rounds) == card_act.number:
            acts.pop(card_act.domain, None)
            acts[card_act.domain] = card_act
    return acts


def newest_round(rounds: Mapping[str, int]) -> int:
    """Give the round that the whole room's acts are on: the highest that is shown.

    Raises:
        StillSealed: nothing is revealed.
    """
    if not rounds:
        raise errors.StillSealed("These scores are sealed until the reveal.")
    return max(rounds.values())


def set_aside(card_acts: Sequence[CardAct]) -> frozenset[tuple[str, int]]:
    """Give (domain, round number) of each card that was set aside last and not taken back."""
    newest = {(card_act.domain, card_act.number): card_act.act for card_act in standing(card_acts)}
    return frozenset(card for card, act in newest.items() if act is Act.SET_ASIDE)


def taken_up(card_acts: Sequence[CardAct], rounds: Mapping[str, int]) -> str | None:
    """Give the domain whose card was taken last and not put away since, or None."""
    newest = newest_acts(card_acts, rounds)
    return next(
        (key for key, card_act in reversed(newest.items()) if card_act.act is Act.TAKE), None
    )


def _round_of(card_act: CardAct, rounds: Mapping[str, int]) -> int | None:
    if card_act.domain == WHOLE_ROOM:
        scored = (number for key, number in rounds.items() if not is_beside(key))
        return max(scored, default=None)
    return rounds.get(card_act.domain)


class Guessed(NamedTuple):
    """One seat's guess: what the partner `whom` scores on a domain, by a seat of `team_id`."""

    domain: str
    team_id: str
    whom: str
    points: int


def partner_to_guess(workshop: Workshop, team: Team) -> Partner | None:
    """Give the partner that a team guesses: the next in the workshop's order, the last the first.

    So each partner is guessed by exactly one other. One that came late guesses the first, and is
    guessed by none: what others were asked stays as it was. None where there is no other partner.
    """
    partners = [partner for partner in workshop.partners if not partner.late]
    ids = [partner.id for partner in partners]
    place = -1 if team.partner.late else ids.index(team.partner.id)
    following = partners[(place + 1) % len(partners)]
    return None if following.id == team.partner.id else following


def misreadings_of(
    workshop: Workshop, casts: Sequence[Cast], guesses: Sequence[Guessed], domains: Sequence[str]
) -> tuple[Misreading, ...]:
    """Compare what partners guessed with what was scored, furthest first.

    Ties are by the order of domains, then of partners.

    Args:
        workshop: its teams and guard.
        casts: the scores that are shown, at most one a seat and domain.
        guesses: at most one a seat and domain, of rounds that are shown.
        domains: keys of the domains that are shown, in the instrument's order.

    Returns:
        One for each domain and pair where the guessed partner's mean may be shown and as many
        seats guessed as the guard asks for; empty where nobody guessed. A guess that a seat
        gave in another team, of a partner that its own team is not asked about, counts for none.
    """
    teams = {team.id: team for team in workshop.teams}
    found = [
        misread
        for gap in gaps_of(workshop, casts, tuple(domains), Compare.PARTNER)
        for misread in _on(workshop, gap, guesses, teams)
    ]
    return tuple(sorted(found, key=lambda misread: -misread.width))


def own_guesses_of(
    workshop: Workshop,
    scores: Mapping[str, Score],
    guesses: Sequence[Guessed],
    gaps: Sequence[Gap],
) -> tuple[OwnGuess, ...]:
    """Put one seat's guesses beside its own scores and what the partner scored.

    Args:
        workshop: its teams and instrument.
        scores: the seat's own scores that are shown, by domain key.
        guesses: its own, of rounds that are shown; at most one a domain.
        gaps: between partners, as they are shown.

    Returns:
        One a guessed domain, in the instrument's order.
    """
    means = {(gap.domain.key, side.group.id): side.mean for gap in gaps for side in gap.standings}
    given = {guess.domain: (guess, _asked(workshop, guess.team_id)) for guess in guesses}
    return tuple(
        OwnGuess(
            domain=domain,
            whom=whom,
            mine=scores.get(domain.key),
            guessed=guess.points,
            scored=means.get((domain.key, whom.id)),
        )
        for domain in workshop.instrument.domains
        if domain.key in given
        for guess, whom in [given[domain.key]]
        if whom and whom.id == guess.whom
    )


def worth_asking(misreadings: Sequence[Misreading]) -> Misreading | None:
    """Give the largest misreading where it is a point or more, else None."""
    return next(
        (misreading for misreading in misreadings if misreading.width >= WORTH_ASKING), None
    )


def _on(
    workshop: Workshop, gap: Gap, guesses: Sequence[Guessed], teams: Mapping[str, Team]
) -> list[Misreading]:
    means = {side.group.id: side.mean for side in gap.standings}
    partners = {team.partner.id: team.partner for team in teams.values()}
    given: dict[tuple[str, str], list[int]] = {}
    for guess in guesses:
        if guess.domain != gap.domain.key:
            continue
        whom = _asked(workshop, guess.team_id)
        if whom and whom.id == guess.whom:
            who = teams[guess.team_id].partner.id
            given.setdefault((who, guess.whom), []).append(guess.points)
    # Not in the order of guesses: seats have random ids, and others where a pack is opened.
    order = list(partners)
    return [
        Misreading(
            domain=gap.domain.key,
            who=partners[who],
            whom=partners[whom],
            own=means.get(who),
            guessed=sum(points) / len(points),
            scored=means[whom],
            guesses=len(points),
        )
        for (who, whom), points in sorted(given.items(), key=lambda pair: order.index(pair[0][0]))
        if whom in means and len(points) >= workshop.guard
    ]


def _asked(workshop: Workshop, team_id: str) -> Partner | None:
    team = workshop.team(team_id)
    return partner_to_guess(workshop, team) if team else None


def check_outcome(
    outcome: Outcome, teams: Collection[str], today: date, before: Outcome | None = None
) -> None:
    """Refuse what nobody could act on later.

    Args:
        outcome: as it would be kept.
        teams: ids of the workshop's teams.
        today: the day on which it is kept.
        before: what was kept before; its day may stay, though it has passed meanwhile.

    Raises:
        FieldsRefused: agreed without a score or words, a score without agreement or beside the
            domains, or an unknown team; agreed to differ without why, or who stays apart without
            it; parked without a forum or a day, or until a day that has passed. Each stands at its
            field.
    """
    faults = {} if set(outcome.stays_apart) <= set(teams) else {"stays_apart": _UNKNOWN_TEAM}
    faults |= _of_agreement(outcome) | _of_parking(outcome)
    day = outcome.parked_until
    if day is not None and day < today and not (before and before.parked_until == day):
        faults["parked_until"] = f"That day has passed ({day_said(day)}). Choose another."
    if faults:
        raise errors.FieldsRefused(faults)


_UNKNOWN_TEAM: Final = "Choose who stays apart from the teams of this workshop."


def _of_agreement(outcome: Outcome) -> dict[str, str]:
    agreed, scored = outcome.agreement is Agreement.AGREED, outcome.agreed_points is not None
    faults = {}
    if agreed and not scored and not outcome.both_could:
        faults["both_could"] = "Write what both could live with" + (
            "." if outcome.has_no_points else ", or choose the score that was agreed."
        )
    if scored and outcome.has_no_points:
        faults["agreed_points"] = "This is no score of a domain: say in words what was agreed."
    elif scored and not agreed:
        faults["agreed_points"] = (
            "An agreed score needs “Agreed”. Choose it, or take the score out."
        )
    if outcome.agreement is Agreement.DIFFER and not outcome.why_apart:
        faults["why_apart"] = (
            "Write down why somebody stays apart: the next workshop that asks it again shows this."
        )
    elif outcome.stays_apart and not outcome.why_apart:
        faults["why_apart"] = "Write down why they stay apart, in their words."
    return faults


def _of_parking(outcome: Outcome) -> dict[str, str]:
    if outcome.parked_with and outcome.parked_until is None:
        return {"parked_until": "Choose the day on which the forum takes it up."}
    if outcome.parked_until is not None and not outcome.parked_with:
        return {"parked_with": "Name the forum that takes it up, or take the day out."}
    return {}
