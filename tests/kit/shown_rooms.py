"""Seeded rooms of small groups, second looks at them, and others that show the same."""

import random
from collections.abc import Sequence

from aqua_core.rules.guard import Telling, told_on
from aqua_core.store.database import writing
from aqua_core.store.places import add_place, hang
from aqua_core.store.rounds import add_reveals, add_round
from aqua_core.store.seats import add_seat
from aqua_core.store.votes import add_votes
from aqua_core.store.workshops import add_workshop
from aqua_core.vocabulary import CANNOT_SAY, CODE_LENGTH, CODE_LETTERS, Cast, Round, Seat, Workshop
from aqua_core.vocabulary.place import KeptPlace
from tests.rules.test_small_groups import seeded


def alike(seed: int) -> tuple[Workshop, list[Cast]]:
    """Give a seeded room; each third is nearly of one mind, so that some of it is withheld."""
    workshop, casts = seeded(seed)
    dice = random.Random(seed)
    if seed % 3:
        return workshop, casts
    return workshop, [
        cast if cast.score == CANNOT_SAY else _with(cast, 2 + (dice.random() < 0.15))
        for cast in casts
    ]


def again(casts: Sequence[Cast], seed: int) -> list[Cast]:
    """Let a room look again: nobody moves, few do, many do, or others answer than before."""
    dice = random.Random(f"again {seed}")
    move, blank = ((0.0, 0), (0.1, 0), (0.5, 0), (0.3, 0.1))[seed % 4]
    second = []
    for cast in casts:
        score = cast.score
        if isinstance(score, int) and dice.random() < move:
            score = max(0, min(5, score + dice.choice((-1, 1, 1))))
        if dice.random() < blank:
            score = CANNOT_SAY if isinstance(score, int) else dice.randint(0, 5)
        if cast.domain != "finance" and dice.random() >= blank / 2:
            second.append(cast.model_copy(update={"round": 2, "score": score}))
    return [*casts, *second]


def seeded_twice(seed: int) -> tuple[Workshop, list[Cast]]:
    """Give a seeded room that looked again at all domains but one."""
    workshop, casts = alike(seed)
    return workshop, again(casts, seed)


def of_its_own(seed: int, workshop: Workshop, casts: Sequence[Cast]) -> tuple[Workshop, list[Cast]]:
    """Give a room an id and a code that no other has, and its teams ids without blanks."""
    code = "".join(CODE_LETTERS[seed // 30**at % 30] for at in range(CODE_LENGTH))
    teams = tuple(
        team.model_copy(update={"id": team.id.replace(" ", "-")}) for team in workshop.teams
    )
    return workshop.model_copy(update={"id": f"w{seed}", "code": code, "teams": teams}), [
        cast.model_copy(update={"team_id": cast.team_id.replace(" ", "-")}) for cast in casts
    ]


def revealed(casts: Sequence[Cast]) -> tuple[Round, ...]:
    """Give every round that somebody scored in, as revealed."""
    asked = sorted({(cast.domain, cast.round) for cast in casts})
    return tuple(Round(domain=domain, number=at, revealed=True) for domain, at in asked)


def exchanged(workshop: Workshop, casts: Sequence[Cast], seed: int) -> list[Cast]:
    """Let hidden seats of one round exchange their points, where the screens may stay."""
    dice = random.Random(seed)
    found = list(casts)
    for domain in sorted({cast.domain for cast in casts}):
        told = told_on(workshop, casts, domain)
        for portion in told.portions if told.telling is Telling.APART else [set(told.scored)]:
            here = [
                at
                for at, cast in enumerate(found)
                if cast.domain == domain
                and cast.team_id in portion
                and isinstance(cast.score, int)
                and len(portion) > 1
            ]
            scores = [found[at].score for at in here]
            dice.shuffle(scores)
            for at, score in zip(here, scores, strict=True):
                found[at] = _with(found[at], score)
    return found


def kept(workshop: Workshop, casts: Sequence[Cast]) -> None:
    """Write a room into the file, every round revealed."""
    with writing() as cursor:
        add_workshop(cursor, workshop)
        place = KeptPlace(
            id=f"p-{workshop.id}", name=workshop.place.name, began_on=workshop.held_on
        )
        add_place(cursor, place)
        hang(cursor, workshop.id, place.id)
        for round_ in revealed(casts):
            add_round(cursor, workshop.id, round_.domain, round_.number)
            add_reveals(cursor, workshop.id, {round_.domain: round_.number})
        for seat, team in {cast.seat_id: cast.team_id for cast in casts}.items():
            add_seat(cursor, workshop.id, Seat(id=seat, team_id=team), "")
        if casts:
            add_votes(cursor, workshop.id, casts)


def scored_otherwise(workshop: Workshop, casts: Sequence[Cast]) -> None:
    """Put other scores of the same rounds and seats into the file."""
    with writing() as cursor:
        cursor.execute("DELETE FROM vote WHERE workshop_id = $1", [workshop.id])
        add_votes(cursor, workshop.id, casts)


def _with(cast: Cast, score: int | str) -> Cast:
    return cast.model_copy(update={"score": score})
