"""Where a workshop is, and what may be done there.

Rounds come as the file holds them: every round of a workshop, by domain and number.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from aqua_core import errors
from aqua_core.vocabulary import (
    Cast,
    Missing,
    Round,
    Seat,
    Sector,
    Stage,
    Team,
    TeamProgress,
)
from aqua_core.vocabulary.framework import as_one_answer

Asked = tuple[str, int]
"""A domain key and a round number."""
Chain = tuple[int, ...]
"""The numbers of the rounds of one look: one, and those that resumed it."""


def standing(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Give the rounds that were not taken back, the oldest first."""
    return tuple(sorted((r for r in rounds if not r.taken_back), key=lambda r: r.number))


def latest(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Give the newest round of each domain that was not taken back."""
    return tuple({round_.domain: round_ for round_ in standing(rounds)}.values())


def stage_of(rounds: Sequence[Round]) -> Stage:
    """Tell where a workshop is."""
    if not standing(rounds):
        return Stage.WELCOME
    return Stage.SCORING if open_rounds(rounds) else Stage.REVEALED


def open_rounds(rounds: Sequence[Round]) -> dict[str, int]:
    """Give the number of the sealed round of each domain that is being scored."""
    return {round_.domain: round_.number for round_ in latest(rounds) if not round_.revealed}


def revealed_domains(rounds: Sequence[Round]) -> tuple[str, ...]:
    """Give the domains of which something may be shown: revealed, and not being scored again."""
    return tuple(round_.domain for round_ in latest(rounds) if round_.revealed)


def scores_in(casts: Sequence[Cast], rounds: Sequence[Round]) -> dict[Asked, int]:
    """Count the scores in each round; "cannot say" is one. A round that nobody answered has none.

    Who moved to "cannot say" has answered: were points alone counted, one such seat would keep a
    whole second look from being shown. So would a seat that was set aside after the first look:
    it is not counted there either.
    """
    gone = {
        (later.domain, earlier.number, seat)
        for later in rounds
        for earlier in rounds
        if later.domain == earlier.domain and later.revealed and later.number > earlier.number
        for seat in later.left_out
    }
    return Counter(
        (cast.domain, cast.round)
        for cast in casts
        if (cast.domain, cast.round, cast.seat_id) not in gone
    )


def looks(rounds: Sequence[Round], scores: Mapping[Asked, int]) -> dict[str, tuple[Chain, ...]]:
    """Give the looks of each domain that may be read: of the last one the newest round is shown.

    The look that is shown is the newest of those with the most scores. So a look replaces an
    earlier one as soon as it has as many scores, and a thinner one never does: what one seat of
    twelve gave by mistake, or before the others were done, hides nothing. What counts is how many
    answered in the whole room, which is told under every guard: which look is shown says nothing
    about anybody.

    A round that resumed another one is the same look, and stands in its place: it holds every
    answer of it. What is newer than the look shown is not read either, or a reading of one room
    would rest on two. Nor is an earlier look at which other seats were set aside: its result, less
    that of the other look, would be theirs where the room is told that nobody else moved. A domain
    that is being scored is sealed whole, with its earlier looks: they
    would steer it.

    Args:
        rounds: every round.
        scores: how many scores each round has; a round that nobody answered is left out.
    """
    sealed = open_rounds(rounds)
    seen = [round_ for round_ in rounds if round_.revealed and round_.domain not in sealed]
    aside = {(round_.domain, round_.number): round_.left_out for round_ in seen}
    return {
        domain: _read_of(chains_of(seen, domain), domain, scores, aside)
        for domain in dict.fromkeys(round_.domain for round_ in seen)
    }


def rounds_heard(rounds: Sequence[Round]) -> dict[Asked, bool]:
    """Give (domain, number) of every round of which what was said beside the scores may be read.

    True for a second look or a later one. What was said stands where the round was resumed, and
    beside a thinner look that is not shown.
    """
    return {
        (domain, number): place > 0
        for domain in revealed_domains(rounds)
        for place, chain in enumerate(chains_of(rounds, domain))
        for number in chain
    }


def chains_of(rounds: Sequence[Round], domain: str) -> tuple[Chain, ...]:
    """Give the looks of one domain, the first one first, each with every round of it."""
    found: dict[int, list[int]] = {}
    for round_ in standing(rounds):
        if round_.domain == domain:
            look = found.get(round_.resumes or 0, [])
            look.append(round_.number)
            found[round_.number] = look
    return tuple(dict.fromkeys(tuple(look) for look in found.values()))


def looked_at_again(rounds: Sequence[Round]) -> dict[str, int]:
    """Give the domains whose open round is a second look or a later one, and their first round."""
    opened = {domain: chains_of(rounds, domain) for domain in open_rounds(rounds)}
    return {domain: chains[0][-1] for domain, chains in opened.items() if len(chains) > 1}


def resumed_in(rounds: Sequence[Round]) -> tuple[str, ...]:
    """Give the domains whose open round started from answers that were revealed."""
    return tuple(
        round_.domain for round_ in latest(rounds) if round_.resumes and not round_.revealed
    )


def just_taken_back(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Give the rounds that ended unseen, as long as nothing was opened since."""
    return tuple(r for r in rounds if r.taken_back and r.taken_back.opened == len(rounds))


def round_to_open(rounds: Sequence[Round], domain: str) -> int:
    """Give the number of the round that opens next on a domain: 1, or one more than the last.

    What was taken back keeps its number.

    Raises:
        NotScored: the domain is being scored already.
    """
    if domain in open_rounds(rounds):
        raise errors.NotScored("This domain is being scored already.")
    return max((round_.number for round_ in rounds if round_.domain == domain), default=0) + 1


def round_to_score(rounds: Sequence[Round], domain: str, meant: int | None = None) -> int:
    """Give the number of the open round on a domain.

    Args:
        rounds: every round.
        domain: its key.
        meant: the round that a score was given for; None for the open one.

    Raises:
        RoundClosed: its newest round was revealed, or another one is open than was meant.
        RoundTakenBack: the round that was meant was taken back.
        NotScored: nobody opened it yet.
    """
    if (domain, meant) in {(r.domain, r.number) for r in rounds if r.taken_back}:
        raise errors.RoundTakenBack("This round was taken back. Nothing of it will be shown.")
    last = _newest(rounds, domain)
    if not last:
        raise errors.NotScored("Scoring has not opened. This page moves by itself when it does.")
    if last.revealed or meant not in (None, last.number):
        raise errors.RoundClosed("Scoring has closed. Your last saved score stands.")
    return last.number


def check_may_reveal(rounds: Sequence[Round]) -> None:
    """Refuse a reveal when nothing is sealed.

    Raises:
        NothingToReveal: no round is open.
    """
    if not open_rounds(rounds):
        raise errors.NothingToReveal("Nothing is being scored. Open scoring first.")


def check_may_take_back(rounds: Sequence[Round], meant: Mapping[str, int]) -> None:
    """Refuse to take back what is not open, as after a reveal on another screen.

    Args:
        rounds: every round.
        meant: the number of each round that was on the screen, by domain key.

    Raises:
        ChangedMeanwhile: one of them is not open, or none was meant.
    """
    if not meant or not meant.items() <= open_rounds(rounds).items():
        raise errors.ChangedMeanwhile(
            "These scores were revealed or taken back meanwhile. Look at the room again."
        )


def _read_of(
    chains: Sequence[Chain],
    domain: str,
    scores: Mapping[Asked, int],
    aside: Mapping[Asked, frozenset[str]],
) -> tuple[Chain, ...]:
    fullest = max(chains, key=lambda chain: (scores.get((domain, chain[-1]), -1), chain[-1]))
    beside = [
        chain
        for chain in chains[: chains.index(fullest)]
        if (domain, chain[-1]) in scores and aside[domain, chain[-1]] == aside[domain, fullest[-1]]
    ]
    return (*beside, fullest)


def _newest(rounds: Sequence[Round], domain: str) -> Round | None:
    return next((round_ for round_ in latest(rounds) if round_.domain == domain), None)


def progress_of(
    teams: Sequence[Team],
    seats: Sequence[Seat],
    answered: Mapping[str, Collection[tuple[str, int]]],
    wanted: Collection[tuple[str, int]],
) -> tuple[TeamProgress, ...]:
    """Count, for each team in its order, its seats, its answers and who answered everything.

    Args:
        teams: in the order of the workshop.
        seats: every seat of the workshop.
        answered: (domain, round number) by seat id, of what is asked alone; never the answer.
        wanted: (domain, round number) of what is asked.
    """
    asked = {one: as_one_answer(one[0]) for one in wanted}
    each = len(set(asked.values()))
    mine: dict[str, list[int]] = {team.id: [] for team in teams}
    for seat in seats:
        given = answered.get(seat.id, ())
        # Several rows beside the domains may be one answer.
        count = len(given) if each == len(asked) else len({asked[one] for one in given})
        mine.setdefault(seat.team_id, []).append(count)
    return tuple(_of_team(team, mine[team.id], each) for team in teams)


def _of_team(team: Team, answers: Sequence[int], wanted: int) -> TeamProgress:
    return TeamProgress(
        team=team,
        seats=len(answers),
        finished=sum(1 for count in answers if wanted and count == wanted),
        answers=sum(answers),
        asked=wanted * len(answers),
    )


def sectors_missing(progress: Sequence[TeamProgress], named: str) -> Missing:
    """Tell which sectors sit in a room, which partners sent nobody, and which were not asked.

    Args:
        progress: of every team, in the order of the workshop.
        named: whom the room says is missing.
    """
    partners = {one.team.partner.id: one.team.partner for one in progress}
    seated = {one.team.partner.id for one in progress if one.seats}
    here = {partners[partner_id].sector for partner_id in seated}
    asked = {partner.sector for partner in partners.values()}
    return Missing(
        here=tuple(sector for sector in Sector if sector in here),
        sent_nobody=tuple(
            partner for partner_id, partner in partners.items() if partner_id not in seated
        ),
        not_asked=tuple(sector for sector in Sector if sector not in asked),
        named=named,
    )
