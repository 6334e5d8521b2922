"""One count of one thing: who could not say and who did not answer, on every screen and file."""

import random
import re

from aqua_core.charts.domain_marks import could_not
from aqua_core.charts.tables import blanks_table, level_table, spread_table
from aqua_core.charts.words import spread_takeaway
from aqua_core.exports.report.front import levels_picture
from aqua_core.exports.results import level_in_words, level_lines
from aqua_core.rules.agreement import spread_of
from aqua_core.rules.room import read_room
from aqua_core.rules.whole import blanks_of, levels_of
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Holder, Tier, Workshop
from tests.kit.notation import INSTRUMENT, workshop_of
from tests.kit.seeds import seeds

KEYS = tuple(domain.key for domain in INSTRUMENT.domains)
SAID = re.compile(r"(\d+) (could not say|did not answer)")


def a_room(seed: int) -> tuple[Workshop, list[Cast]]:
    """Give a room in which some leave domains unanswered, and some cannot say."""
    dice = random.Random(seed)
    names = [(f"P{n}", tier) for n in range(3) for tier in (Tier.BOARD, Tier.MIDDLE)]
    workshop = workshop_of(names, dice.choice(list(Holder)))
    left, blank = dice.choice([0.0, 0.1, 0.3]), dice.choice([0.0, 0.1, 0.3])
    return workshop, [
        Cast(
            domain=key,
            round=1,
            seat_id=str(seat),
            team_id=workshop.teams[seat % 6].id,
            score=CANNOT_SAY if dice.random() < blank else dice.randint(0, 5),
        )
        for seat in range(dice.randint(2, 24))
        for key in KEYS
        if dice.random() >= left
    ]


def by_hand(casts: list[Cast], domain: str) -> tuple[int, int]:
    """Count who could not say and who did not answer, a seat at a time."""
    ballots: dict[str, dict[str, object]] = {}
    for cast in casts:
        ballots.setdefault(cast.seat_id, {})[cast.domain] = cast.score
    unsure = sum(1 for ballot in ballots.values() if ballot.get(domain) == "cannot say")
    return unsure, sum(1 for ballot in ballots.values() if domain not in ballot)


def said_in(words: str) -> tuple[int, int]:
    found = {what: int(count) for count, what in SAID.findall(words)}
    return found.get("could not say", 0), found.get("did not answer", 0)


def in_row(cells: dict[str, str], cannot_say: str) -> tuple[int, int]:
    return int(cells[cannot_say]), int(cells.get("Did not answer", "0"))


@seeds(60, always=12)
def test_over_four_hundred_domains_no_two_screens_print_two_counts(seeds: range) -> None:
    domains = both = 0
    for seed in seeds:
        workshop, casts = a_room(seed)
        shown = tuple(key for key in KEYS if any(cast.domain == key for cast in casts))
        levels = levels_of(workshop, casts, shown, read_room(workshop, casts).domains)
        blanks = blanks_of(workshop, casts, shown, Compare.PARTNER)
        level_rows = level_table(levels).to_dict("records")
        blank_rows = blanks_table(blanks).to_dict("records")
        head, *lines = level_lines(levels)
        for n, (level, row) in enumerate(zip(levels, blanks, strict=True)):
            true = by_hand(casts, level.domain.key)
            spread = spread_of(workshop, casts, level.domain, Compare.TEAM)
            seats = dict(
                zip(
                    *spread_table(spread, INSTRUMENT.levels)[["Points", "All"]].T.to_numpy(),
                    strict=True,
                )
            )

            assert in_row(level_rows[n], "Cannot say") == true
            assert in_row(blank_rows[n], "All") == true
            assert in_row(dict(zip(head, lines[n], strict=True)), "Cannot say") == true
            assert in_row(seats, "Cannot say") == true
            assert said_in("; ".join(could_not(spread))) == true
            assert said_in(spread_takeaway(spread)) == true
            assert said_in(level_in_words(level)) == true
            assert not row.sides or sum(side.cannot_say for side in row.sides) == true[0]
            drawn = levels_picture([level])
            assert (f"{true[1]} did not answer" in drawn) == bool(true[1])
            domains, both = domains + 1, both + all(true)
    assert domains > 400 / 60 * len(seeds)
    assert both > 100 / 60 * len(seeds)
