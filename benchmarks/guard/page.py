"""The counts as docs/small-groups.md says them."""

from collections import Counter
from collections.abc import Mapping

from aqua_core.rules.guard import Telling
from aqua_core.vocabulary import CANNOT_SAY, Compare
from benchmarks.guard.universe import Known, Tiny

HOW = (
    "A hidden value is a group's sum of points, or one seat's points, on a domain on which it"
    " scored and is neither drawn alone nor made up of whole groups that are. It is derivable when"
    " every room that shows exactly the same has it. For each hidden value another room is sought"
    " that gives, by the app's own code, the same marks, averages, levels, blanks, kinds, own"
    " averages, seats' ranges and conversations with their chances, the same private notes and the"
    " same pack to the byte, and in which the value is another one; a value without such a room"
    " counts as derivable. The search knows who sits where, how many scored in each team, and the"
    " rule that decides what is shown."
)
RULE = """The guard is chosen with the room: 1 (every team is shown and nothing below is of it), 3
or 5. A partner with fewer scores stands in a pool of at least the guard. A partner that is shown
alone *can be compared* where every team of it reaches the guard: its teams are shown alone, and
stand in their tiers. The teams of all other partners stand in the pool when teams or tiers are
compared, and a tier that has no other team is not drawn. So all that is shown adds up from parts
that do not overlap: each team of the partners that can be compared, each other partner that is
shown alone, and the partners in the pool. Where several teams of one part all gave the same
points, that would be each one's score; the whole room is then told as one pool. Whoever knows the
rule learns by it that some part of the room was all alike; where that still leaves only one value
for somebody, the domain says that the room is too small and too alike to be shown apart, and shows
no score. That is decided for every way in which the blanks of such a part can lie in its teams, as
all of them show the same; where there are more than 500, no score is shown. A room that agrees,
with no team below the guard, stays shown; so do teams that share one laptop, which agreed their
score aloud. What is said of chance is worked out from ballots whose answers are dealt anew inside
such a part, and sit on seats in a fixed order: which seat of a part answered decides nothing.
Along tiers it is worked out from partners that can be compared alone."""
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
- **The facilitator's private notes** compare only what is shown: blanks as they are drawn, and
whole ballots only of teams that stand with the same teams on every domain (copies only in teams
that are told alone). They are part of the attack, drawn or not. Before, "one group often chose
Cannot say" gave the one person of a small team away, and copies in a team of three what the fourth
seat beside it said.
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
In the tiny rooms that can be chosen none follows; under a guard of 2, in 1+2, 2* with two looks, 10
of 792 do, and why is not settled. Of groups with as many answers as the guard asks for nothing is
asked about blanks: they may be told."""


TINY = (
    "The plainer check: every way in which a few seats can answer, sorted by all that leaves"
    " the app together: screens, what phones compare, private notes, and the pack byte by byte;"
    " report, workbook and CSV are made of the same one value (`tests/rules/test_shown.py`)."
    " A value is derivable when all rooms of a kind share it. A hidden blank is a group of"
    " fewer answers than the guard in which somebody could not say (-). Two looks and two or"
    " three domains let ballots reach over them. Seats are written team by team,"
    " partners apart: under a guard of 3, `3+3, 3+1` is a partner that can be compared and one"
    " that cannot. Larger rooms answer with some of the points only: fewer rooms look alike"
    " then, so what is open among them is open among all; with a star the partners after the"
    " first answer everything asked alike, and what follows then is looked for among rooms in"
    " which everybody answers one domain otherwise: whoever knew that a partner is so steady"
    " would read on one domain what is hidden on another, and 4,560 of 90,240 scores of"
    " `1+3, 3*` seemed to follow from that alone. A guard of 2 cannot be chosen, but has the"
    " same rule and fewer rooms."
)


def page(
    found: Mapping[int, Counter[str]],
    tiny: Mapping[Tiny, Known],
    drawn: Counter[str],
    planted: int,
) -> str:
    """Give the page: the attack, every tiny room, and what is drawn before and after."""
    parts = [
        "# Small groups: what can be worked out",
        "Written by `python -m benchmarks.guard`. No figure depends on the machine.",
        "## The rule",
        RULE.replace("\n", " "),
        "## The attack",
        HOW,
        "Rooms of 2 to 60 single seats, half of them nearly of one mind, teams of uneven size, up"
        " to half of the answers blank; the same rooms under each guard. With a guard of 1 every"
        " team is shown and nothing is hidden.",
        "\n".join(_attack(found)),
        "## Every tiny room",
        TINY,
        "\n".join(_tiny(tiny)),
        "## What is still drawn",
        f"Groups drawn alone a room of eight domains, {planted} rooms of each size with a guard of"
        " 3 (half with planted differences, as in [rooms-simulated.md](rooms-simulated.md)): if"
        " only counts decided, and now.",
        "\n".join(_drawn(drawn, planted)),
        "## What remains",
        REMAINS.replace("\n-", "\0").replace("\n", " ").replace("\0", "\n-"),
    ]
    return "\n\n".join(parts) + "\n"


def _attack(found: Mapping[int, Counter[str]]) -> list[str]:
    rows = {
        "rooms": "rooms",
        "hidden values": "hidden",
        "**derivable**": "derivable",
        "of the hidden, given away if only counts decided": "alike",
        "groups below the guard in which somebody could not say": "blanks",
        "**of which known how many**": "blanks_known",
        "group cells drawn alone if only counts decided": "before",
        "group cells drawn alone": "drawn",
        "domains": "domains",
        **{f"told: {telling.value}": telling.name for telling in Telling},
    }
    return [
        f"| guard | {' | '.join(map(str, found))} |",
        "|---" * (1 + len(found)) + "|",
        *(
            f"| {what} | {' | '.join(f'{counts[key]:,}' for counts in found.values())} |"
            for what, key in rows.items()
        ),
    ]


def _tiny(tiny: Mapping[Tiny, Known]) -> list[str]:
    head = (
        "| guard | seats | answers | looks | domains | rooms | hidden scores | derivable |"
        " hidden blanks | derivable |"
    )
    return [head, "|---" * 10 + "|", *(tiny_row(rooms, found) for rooms, found in tiny.items())]


def tiny_row(tiny: Tiny, found: Known) -> str:
    """Write one row of the table of tiny rooms."""
    answers = ", ".join("-" if answer == CANNOT_SAY else str(answer) for answer in tiny.answers)
    seats = f"{_seats(tiny)}{'*' if tiny.steady else ''}"
    return (
        f"| {tiny.guard} | {seats} | {answers} | {tiny.looks} | {tiny.domains} |"
        f" {found.rooms:,} | {found.points:,} | {found.points_known} | {found.blanks:,} |"
        f" {found.blanks_known} |"
    )


def _seats(tiny: Tiny) -> str:
    """Write the seats of each partner's teams: "3+3, 3+1"."""
    return ", ".join(
        "+".join(str(seats) for seats in partner if seats) for partner in tiny.partners
    )


def _drawn(drawn: Counter[str], planted: int) -> list[str]:
    sizes = sorted({int(key.split()[0]) for key in drawn})
    head = (
        f"| seats | {' | '.join(f'{compare}s' for compare in Compare)} | told together | withheld |"
    )
    rows = [
        f"| {size} | {' | '.join(_pair(drawn, size, compare, planted) for compare in Compare)} |"
        f" {drawn[f'{size} {Telling.TOGETHER.name}'] / planted:.2f} |"
        f" {drawn[f'{size} {Telling.TOO_ALIKE.name}'] / planted:.2f} |"
        for size in sizes
    ]
    return [head, "|---" * 6 + "|", *rows]


def _pair(drawn: Counter[str], size: int, compare: Compare, planted: int) -> str:
    before, now = (drawn[f"{size} {compare} {when}"] / planted for when in ("before", "drawn"))
    return f"{before:.1f}, {now:.1f}"
