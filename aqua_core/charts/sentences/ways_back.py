"""What a second look on one domain shows, in a sentence."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from aqua_core.charts.sentences.places import revealed_with
from aqua_core.charts.sentences.seat import called_here
from aqua_core.charts.words import listed, listed_or_counted
from aqua_core.vocabulary import Holder, Score, SeenWith, Spread
from aqua_core.vocabulary.event import HowUndone
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.shown import Movement


def two_looks_takeaway(movement: Movement | None, before: Spread, after: Spread) -> str:
    """Say of a domain what its second look shows (see `what_moved`)."""
    said_of_it = what_moved(movement, before, after)
    return f"{after.domain.short}: {said_of_it[0].lower()}{said_of_it[1:]}"


def what_moved(movement: Movement | None, before: Spread, after: Spread) -> str:
    """Say who moved and which way, whether people came nearer, and where the middle score went.

    Args:
        movement: of the seats that gave points in both looks; None where too few did.
        before: every score of the first look.
        after: every score of the newest, of the same domain.
    """
    moved = (
        "we do not show who changed their score, because too few scored in both looks or in a group"
        if movement is None
        else _moved(movement)
    )
    return f"{moved[0].upper()}{moved[1:]}. {_middles(before, after)}".strip()


def _moved(movement: Movement) -> str:
    moves = movement.up + movement.down
    then, now = said(movement.before, 1), said(movement.after, 1)
    who = f"{moves or 'none'} of {movement.seats} moved{_which_way(movement)}"
    if then == now:
        return f"{who}; people sit {now} apart from the middle score, as before"
    return f"{who}; people sat {then} apart from the middle score, now {now}"


def _which_way(movement: Movement) -> str:
    up, down = movement.up, movement.down
    if up and down:
        return f", {up} of them up"
    if up + down < 2:
        return ", up" if up else ", down" if down else ""
    return f", all of them {'up' if up else 'down'}"


def _middles(before: Spread, after: Spread) -> str:
    if before.median is None or after.median is None:
        return ""
    then, now = said(before.median, 1), said(after.median, 1)
    return f"The middle score {f'stays {now}' if then == now else f'was {then}, now {now}'}."


HAVE_SEEN = "Whoever goes on has seen the result, and may lean towards it."
KEPT = "The room goes on scoring. What you answered before is kept; change it only if you want to."
_ORDINALS = ("first", "second", "third", "fourth", "fifth")


FIRST_ALONE: Final = "Who scored in a sitting apart is in the first look alone."


def _which(look: int) -> str:
    """Name a look by its number from 1: "second look"."""
    return f"{_ORDINALS[look - 1] if look <= len(_ORDINALS) else f'{look}th'} look"


def looks_said(looks: Sequence[tuple[str, tuple[int, int, int]]]) -> str:
    """Say which look is shown of each domain that has several.

    Args:
        looks: a domain's short name, and its look that is shown, its newest (both from 1), and how
            many scores the newest has.
    """
    newest: dict[int, list[str]] = {}
    for short, (shown, last, _) in looks:
        if shown == last:
            newest.setdefault(shown, []).append(short)
    sentences = [
        f"{listed(shorts)} {'shows its' if len(shorts) == 1 else 'show their'} {_which(look)}."
        for look, shorts in newest.items()
    ]
    older = [_older(short, *look) for short, look in looks if look[0] != look[1]]
    return " ".join([*sentences, *older])


def _older(short: str, shown: int, newest: int, scores: int) -> str:
    how_many = "no score" if not scores else "1 score" if scores == 1 else f"{scores} scores"
    earlier = _which(shown).removesuffix(" look")
    return f"The {_which(newest)} on {short} has {how_many}, so the {earlier} is still shown."


def missed(
    answered: int,
    asked: int,
    *,
    later: bool,
    aside: bool = False,
    holder: Holder = Holder.PERSON,
) -> str:
    """Say to a seat how much of what is shown it had answered; "" where it was all."""
    here = called_here(holder)
    if aside:
        return "Your seat was set aside when these scores were revealed: yours are not among them."
    if later and asked:
        return f"{here} joined after these scores were given."
    if answered == asked:
        return ""
    given = answered or "none"
    return f"{here} had answered {given} of {asked} when the scores were revealed."


def first_given(score: Score | None, holder: Holder = Holder.PERSON) -> str:
    """Say on a second look that it is one, and what this seat gave at first."""
    whose = "your team" if holder is Holder.LAPTOP else "you"
    if score is None:
        return f"A second look. The first time, {whose} gave no answer."
    if isinstance(score, int):
        return f"A second look. The first time, {whose} gave {score}."
    return f"A second look. The first time, {whose} could not say."


def going_on(domains: Sequence[str], every: int) -> str:
    """Say on the Room page what is gone on with, while it is sealed."""
    on = "" if len(domains) == every else f" on {listed_or_counted(domains, every)}"
    return (
        f"The room goes on scoring{on}. What was answered before is kept, and counts. {HAVE_SEEN}"
    )


def who_goes_on(missing: int, seats: int, *, few: bool) -> str:
    """Say how many had not finished, and why nobody goes on where they are too few."""
    said = f"{missing} of {seats} had not finished."
    if not few:
        return said
    return f"{said} They are too few to go on: what changes would show whose scores they are."


def added_later(domains: Sequence[str], every: int) -> str:
    """Say that some of the scores shown were given after the result had been seen."""
    on = listed_or_counted(domains, every)
    return f"On {on}, some scores were given after the first result had been seen."


def taken_back(domains: Collection[str], shorts: Mapping[str, str]) -> str:
    """Say to a seat that a round was taken back; "" for none. All domains go without a name."""
    if not domains:
        return ""
    on = _on(domains, shorts)
    which_one = f"the round{on}" if on else "this round"
    return f"The facilitator took {which_one} back. Nothing of it will be shown."


_COLLECTED: Final = "Its scores were revealed with all others."


def nothing_shown(
    together: SeenWith | None, *, collected: bool, closed: bool, facilitates: bool
) -> str:
    """Say on a page of results why a workshop, or a sitting (`together`), shows none."""
    if collected:
        return _COLLECTED
    if together:
        return revealed_with(together)
    if closed:
        return "It was closed before any score was revealed."
    who = "you press Reveal" if facilitates else "the facilitator reveals them"
    return f"Scores stay sealed until {who} on the Room page."


def ended_unseen(
    back: Collection[str], too_few: Collection[str], collected: bool, shorts: Mapping[str, str]
) -> str:
    """Say on the Room page which rounds ended unseen here; "" for none."""
    sentences = [_COLLECTED] if collected else []
    if back:
        on = _on(back, shorts)
        sentences.append(f"The round{on} was taken back. Nothing of it will be shown.")
    if too_few:
        on = _on(too_few, shorts)
        sentences.append(
            f"Too few went on{on}: what they added would show whose scores they are. "
            "What was revealed before stands."
        )
    return " ".join(sentences)


def _on(domains: Collection[str], shorts: Mapping[str, str]) -> str:
    if len(domains) == len(shorts):
        return ""
    named = [short for key, short in shorts.items() if key in domains]
    return f" on {listed_or_counted(named, len(shorts))}"


_UNDOING: Final = {
    HowUndone.OPENED: "Nobody has answered. The rounds end unseen, and nothing is lost.",
    HowUndone.REVEALED: "Who had not finished goes on where they stopped, sealed until you reveal "
    "again. What was seen stays seen: whoever goes on knows the result.",
    HowUndone.TEAM: "Nobody sits in it. It goes from every list.",
}


def undoing_said(way: HowUndone) -> str:
    """Say what undoing the last act does."""
    return _UNDOING.get(way, "It will be as it was before. No score changes.")
