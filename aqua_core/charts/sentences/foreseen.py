"""What the room will be shown of small groups: said before anybody scores, and at the reveal."""

from collections.abc import Sequence
from typing import Final

from aqua_core.charts.sentences.wording import counted, in_words
from aqua_core.charts.words import listed
from aqua_core.vocabulary import OPEN, Compare, Foreseen, Holder, SeenWith, Sight, TooSmall
from aqua_core.vocabulary.points import day_said

CHOICE: Final = "What will be shown"
NOTHING_SCORED: Final = "Nobody has given an answer yet: there is nothing to reveal."
_CALLED: Final = {Compare.PARTNER: "partners", Compare.TIER: "tiers", Compare.TEAM: "teams"}
_MOST_NAMED: Final = 4
"""Groups named in a line of the projector, which one more would take to a second or third."""


def promise(holder: Holder, guard: int, together: SeenWith | None = None) -> str:
    """Say what the room will see: where people join, wait and score, and on the projector.

    `together` is where the scores of a sitting are seen with those of all others.
    """
    hidden = "Scores stay hidden until the reveal."
    if together:
        hidden = f"Scores stay hidden until the partners meet on {day_said(together.dated)}."
    if holder is Holder.LAPTOP:
        return f"Nobody sees a name. {hidden} Then the room sees your team's score."
    if guard == OPEN:
        return (
            f"Nobody sees your name. {hidden} Then the room sees every team's scores; "
            "in a team of one or two, others can tell which are yours."
        )
    return (
        f"Nobody sees your name. {hidden} Then the room sees your team's scores; "
        f"a team of {_below(guard)} only as part of a larger group."
    )


def choice_called(guard: int) -> str:
    """Name a choice of what will be shown."""
    if guard == OPEN:
        return "Open: every team, however small"
    return f"Small groups together, from {guard}"


def suggested(partners: int, teams: int, kept: Foreseen, guard: int) -> str:
    """Ask what will be shown, and say what is suggested for so many people, and why.

    Args:
        partners: how many will be there.
        teams: how many they send.
        kept: what the room would see with small groups kept together.
        guard: the one suggested.
    """
    if not teams:
        return CHOICE
    who = f"{CHOICE}? {_who_comes(partners, teams, kept.people)}"
    seen = would_see(kept)
    if guard != OPEN:
        return f"{who}: enough to keep small groups together. {seen}."
    return (
        f"{who}: choose open, or teams on laptops. With small groups kept together "
        f"{seen[0].lower()}{seen[1:]}."
    )


def would_see(foreseen: Foreseen) -> str:
    """Say which comparisons would hold: "Partners could be compared, tiers and teams not"."""
    held = [sight for sight in foreseen.sights if sight.holds]
    if not held:
        return "Nothing could be compared"
    lost = [_CALLED[sight.compare] for sight in foreseen.sights if not sight.holds]
    kept = listed([_some(sight) for sight in held])
    but = f", {listed(lost)} not" if lost else ""
    ones = "; who is alone in a team is seen" if foreseen.ones else ""
    return f"{kept[0].upper()}{kept[1:]} could be compared{but}{ones}"


def still_missing(foreseen: Foreseen) -> tuple[str, ...]:
    """Say what is still too small to be shown alone, and what that would hide; a line each.

    Returns:
        Nothing before anybody has come, and where everything would be shown alone.
    """
    if not foreseen.people:
        return ()
    if foreseen.withheld:
        short = TooSmall(name="", people=foreseen.people, lacks=foreseen.guard - foreseen.people)
        return (f"{_joined(short).capitalize()}, {_more(short)} and scores can be shown.",)
    lines = [_partners_too_small(foreseen), _teams_too_small(foreseen), _what_that_hides(foreseen)]
    return tuple(line for line in lines if line)


def alone_here(foreseen: Foreseen) -> str:
    """Say in an open room whose scores would be seen as one person's; "" for nobody's."""
    if not foreseen.ones:
        return ""
    return f"Alone so far: {_few(foreseen.ones)}. The room would see those scores as theirs."


def seen_at_reveal(
    finished: Foreseen, joined: Foreseen, absent: Sequence[str] = ()
) -> tuple[str, ...]:
    """List what a reveal would show now, a comparison a line, and who would not be seen yet.

    Where small groups stand together, of the groups at most as many: on a domain that too many of
    a group leave blank it is shown only with others, and who does so is sealed until the reveal.
    `absent` are the partners for whom nobody has joined, each by its name.
    """
    nobody = (f"Nobody has joined yet: {listed(absent)}",) if absent else ()
    if finished.withheld:
        needs = "somebody" if finished.guard == OPEN else in_words(finished.guard)
        return (f"No score: that takes {needs} who finished.", *nobody)
    there = _everybody(finished)
    missing = [name for name in _everybody(joined) if name not in there]
    not_yet = [f"Nobody has finished yet: {_few(missing)}"] if missing else []
    lines = [_line(sight, finished.guard) for sight in finished.sights]
    some = any(sight.most for sight in finished.sights) and finished.guard != OPEN
    alone = [_alone_where(finished.guard)] if some else []
    return (*lines, *alone, *not_yet, *nobody)


def finished_of(finished: int, joined: int, expected: int | None) -> str:
    """Say how many have finished of who joined, and how many more than they are expected."""
    said = f"{finished} of {joined} {'has' if finished == 1 else 'have'} finished"
    if not joined:
        said = "Nobody has joined yet"
    return f"{said}; about {expected:,} are expected" if (expected or 0) > joined else said


def _who_comes(partners: int, teams: int, people: int) -> str:
    """Say how many people a team would have: "Six partners, about two people each"."""
    start = f"{in_words(partners).capitalize()} partner{'' if partners == 1 else 's'}"
    each, over = divmod(people, teams)
    if not each:
        return f"{start} in {counted(teams, 'team')}, some without anybody"
    about = f"{in_words(each)} or {_people(each + 1)}" if over else f"about {_people(each)}"
    if teams == partners:
        return f"{start}, {about} each"
    return f"{start} in {counted(teams, 'team')}, {about} a team"


def _below(guard: int) -> str:
    most = guard - 1
    return f"one {'or' if most == 2 else 'to'} {in_words(most)}"


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{in_words(number)} people"


def _some(sight: Sight) -> str:
    name = _CALLED[sight.compare]
    if not sight.together:
        return name
    return f"{len(sight.alone)} of {len(sight.alone) + len(sight.together)} {name}"


def _partners_too_small(foreseen: Foreseen) -> str:
    small = foreseen.partners
    sight = foreseen.sight(Compare.PARTNER)
    pooled = sight.together if sight else ()
    names = {partner.name for partner in small}
    dragged = [name for name in pooled if name not in names]
    if not small:
        return ""
    if len(small) > 1:
        named = [f"{partner.name} ({_more(partner)})" for partner in small]
        return f"Shown only together so far: {_few([*named, *dragged])}."
    (only,) = small
    are = "is" if len(dragged) == 1 else "are"
    until = f" Until then {listed(dragged)} {are} shown only with it." if dragged else ""
    return f"{only.name}: {_joined(only)}, {_more(only)} and it can be shown alone.{until}"


def _teams_too_small(foreseen: Foreseen) -> str:
    if not foreseen.teams or len(foreseen.sights) == 1:
        return ""
    if len(foreseen.teams) == 1:
        (only,) = foreseen.teams
        return f"{only.name}: {_joined(only)}, {_more(only)} and it can be shown alone."
    return f"Too small alone: {_few([f'{team.name} ({_more(team)})' for team in foreseen.teams])}."


def _what_that_hides(foreseen: Foreseen) -> str:
    """Say what becomes of tiers and teams; what becomes of partners is said by name."""
    finer = [sight for sight in foreseen.sights if sight.compare is not Compare.PARTNER]
    hidden = [sight for sight in finer if not sight.whole]
    lost = [_CALLED[sight.compare] for sight in hidden if not sight.holds]
    partly = [sight for sight in hidden if sight.holds]
    if lost:
        return f"So far {listed(lost)} cannot be compared."
    if not partly:
        return ""
    names = listed([_CALLED[sight.compare] for sight in partly])
    return f"So far {names} are compared without {_few(partly[0].without)}."


def _everybody(foreseen: Foreseen) -> tuple[str, ...]:
    partners = foreseen.sight(Compare.PARTNER)
    return (*partners.alone, *partners.together) if partners else ()


def _alone_where(guard: int) -> str:
    return (
        f"On each domain a group stands alone only where {in_words(guard)} or more of it gave a "
        "score: “Cannot say” is none"
    )


def _line(sight: Sight, guard: int) -> str:
    called = _CALLED[sight.compare].capitalize()
    alone = sight.alone if guard == OPEN else sight.most
    if not alone:
        return f"{called}: not compared"
    most = f"all {len(alone)}" if guard == OPEN and sight.whole else f"up to {len(alone)}"
    # A team's name may hold a comma: "Council, board".
    named = sight.compare is not Compare.TEAM and len(alone) <= _MOST_NAMED
    everyone = _few(alone) if guard == OPEN else f"{most}, {_few(alone)}"
    seen = f"{called}: {everyone if named else most}"
    if not sight.never:
        return seen
    partly = "only together: " if sight.compare is Compare.PARTNER else "without "
    joint = "; " if sight.compare is Compare.PARTNER else ", "
    return f"{seen}{joint}{partly}{_few(sight.never)}"


def _few(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return listed(names)
    return f"{', '.join(names[: _MOST_NAMED - 1])} and {len(names) - _MOST_NAMED + 1} more"


def _joined(small: TooSmall) -> str:
    return f"{in_words(small.people)} joined"


def _more(small: TooSmall) -> str:
    return f"{in_words(small.lacks)} more"
