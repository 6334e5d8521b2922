"""The counts as docs/small-groups.md says them."""

from collections import Counter
from collections.abc import Sequence

from aqua_core.rules.guard.telling import Telling
from aqua_core.vocabulary import Compare

HOW = (
    "A hidden value is a group's sum of points, or one seat's points, on a domain on which it"
    " scored and is neither drawn alone nor made up of whole groups that are. It is derivable when"
    " every room that shows exactly the same has it. For each hidden value another room is sought"
    " that gives, by the app's own code, the same marks, averages, levels, blanks, kinds, own"
    " averages, seats' ranges and conversations with their chances, and in which the value is"
    " another one; a value without such a room counts as derivable. The search knows who sits"
    " where, how many scored in each team, and the rule that decides what is shown."
)
RULE = """Small groups stand in one pool of at least the guard (3). Where several teams that are
told together all gave the same points, that would be each one's score; the whole room is then told
as one pool. Whoever knows the rule learns by it that some part of the room was all alike; where
that still leaves only one value for somebody, the domain says that the room is too small and too
alike to be shown apart, and shows no score. A room that agrees, with no team below the guard, stays
shown; so do teams that share one laptop, which agreed their score aloud. What is said of chance is
worked out from ballots whose answers are dealt anew inside what is told together, and sit on seats
in a fixed order: which seat of a pool answered decides nothing."""
REMAINS = """- **Somebody in the room knows their own score.** A member of a pool of three can take
it off the pool and knows the other two's scores as a pair, though not whose is whose; if those two
said the same, both. It cannot be closed wholly: whatever is shown, somebody knows a part of
it. To ask that what is left of a pool still holds two hidden groups, whoever takes their own score
off, is one more condition on counts and cheap to compute; but then a pool needs three groups, and a
partner of two teams, one of them small, could never be drawn. It was not done. A larger guard (5)
does most of it.
- **Two who compare notes** know more than one; a group that tells its own scores gives away what
is left of the pool.
- **A guess is not a derivation.** In a pool of nine 3s and one 4, any one seat most likely said 3.
- **Two rounds.** What a small group said in round 1 is not shown in round 2, also where it has
grown; but whoever assumes that nobody moved can compare the two. The facilitator's count of who
moved is left out where a group is hidden and not the same seats scored both times.
- **The facilitator's private signs** (straight ballots, copies in teams of the guard or more) are
counted over whole ballots and are not part of the attack; they name no group.
- **Guesses of another partner** add no score: a misreading is made of guesses and of the averages
that the comparison of partners shows already, and so is what a seat reads under its own guess;
where the guessed partner stands in the pool, neither is shown. The search sees both, with every
team's guesses known to it. Of guesses themselves one average a pair of partners is told, of three
or more of them, and nothing else to subtract it from. Three who guessed the same are known to have,
as three who scored the same are.
- **The room's own counts** of scores and of blanks are always told: where the whole room is one
small team, so are its blanks, and where nobody scored, everybody could not say.
- **Who could not say**, in a rare room: the step from one pool to nothing hangs on sums of points
that may happen to agree, and so can tell which of two small teams left a blank (the row above).
Of larger teams the search asks nothing about blanks."""


def page(
    found: Counter[str],
    tiny: Sequence[tuple[int, int, int]],
    drawn: Counter[str],
    planted: int,
) -> str:
    """Give the page: the attack, every tiny room, and what is drawn before and after."""
    tellings = "; ".join(f"{each.value}: {found[each.name]}" for each in Telling)
    parts = [
        "# Small groups: what can be worked out",
        "Written by `python -m benchmarks.guard`. No figure depends on the machine.",
        "## The rule",
        RULE.replace("\n", " "),
        "## The attack",
        HOW,
        f"Rooms of 2 to 60 single seats, half of them nearly of one mind, teams of uneven size, up"
        f" to half of the answers blank; {found['domains']:,} domains ({tellings}).",
        "\n".join(_attack(found)),
        "## Every tiny room",
        "The plainer check: every way in which three to five seats can score, sorted by what it"
        " shows. A value is derivable when all rooms of a kind share it.",
        "\n".join(_tiny(tiny)),
        "## What is still drawn",
        f"Groups drawn alone a room of eight domains, {planted} rooms of each size (half with"
        " planted differences, as in [rooms-simulated.md](rooms-simulated.md)): if only counts"
        " decided, and now.",
        "\n".join(_drawn(drawn, planted)),
        "## What remains",
        REMAINS.replace("\n-", "\0").replace("\n", " ").replace("\0", "\n-"),
    ]
    return "\n\n".join(parts) + "\n"


def _attack(found: Counter[str]) -> list[str]:
    rows = {
        "rooms": found["rooms"],
        "hidden values": found["hidden"],
        "**derivable**": found["derivable"],
        "of the hidden, given away if only counts decided": found["alike"],
        "groups below the guard in which somebody could not say": found["blanks"],
        "**of which known how many**": found["blanks_known"],
        "group cells drawn alone if only counts decided": found["before"],
        "group cells drawn alone": found["drawn"],
    }
    return ["| what | count |", "|---|---|", *(f"| {k} | {v:,} |" for k, v in rows.items())]


def _tiny(tiny: Sequence[tuple[int, int, int]]) -> list[str]:
    head = ["| rooms | hidden values | derivable |", "|---|---|---|"]
    return [*head, *(f"| {rooms:,} | {cells:,} | {known} |" for rooms, cells, known in tiny)]


def _drawn(drawn: Counter[str], planted: int) -> list[str]:
    sizes = sorted({int(key.split()[0]) for key in drawn})
    head = f"| seats | {' | '.join(f'{each}s' for each in Compare)} | told together | withheld |"
    rows = [
        f"| {size} | {' | '.join(_pair(drawn, size, each, planted) for each in Compare)} |"
        f" {drawn[f'{size} {Telling.TOGETHER.name}'] / planted:.2f} |"
        f" {drawn[f'{size} {Telling.TOO_ALIKE.name}'] / planted:.2f} |"
        for size in sizes
    ]
    return [head, "|---" * 6 + "|", *rows]


def _pair(drawn: Counter[str], size: int, compare: Compare, planted: int) -> str:
    before, now = (drawn[f"{size} {compare} {when}"] / planted for when in ("before", "drawn"))
    return f"{before:.1f}, {now:.1f}"
