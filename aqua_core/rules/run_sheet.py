"""A run sheet in time: which step runs, how late it is, and what would end it in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from aqua_core.vocabulary.programme import LONGEST_STEP, Row, Running, Saving, Step, minutes_of

_SHORTEST: Final = 2
"""Minutes that a step keeps at least when it is shortened."""
_MINUTE: Final = timedelta(minutes=1)
_NEAR: Final = timedelta(hours=2)
"""A sheet that is started further from its hour than this is timed from its start."""


def begun(steps: Sequence[Step], planned: datetime, now: datetime) -> Running:
    """Start a sheet at its first step.

    Args:
        steps: at least one.
        planned: when it was to begin; another day or half a day away, it begins now.
        now: the moment, as `planned` in UTC without zone.
    """
    begins = planned if abs(now - planned) <= _NEAR else now
    return Running(
        steps=tuple(steps),
        minutes=tuple(step.minutes for step in steps),
        at=0,
        starts=(now,),
        begins=begins,
        ends=begins + timedelta(minutes=minutes_of(steps)),
    )


def gone_on(running: Running, now: datetime) -> Running:
    """Go on to the next step that is not left out; after the last one the sheet is over."""
    coming = range(running.at + 1, len(running.steps))
    at = next((nth for nth in coming if running.minutes[nth]), len(running.steps))
    starts = (*running.starts, *[now] * (at - running.at))
    return running.model_copy(update={"at": at, "starts": starts})


def closes(running: Running) -> bool:
    """Tell whether no step after the one that runs opens a page: the session ends on it."""
    coming = range(running.at + 1, len(running.steps))
    return not any(running.minutes[nth] and running.steps[nth].opens for nth in coming)


def with_more_time(running: Running, minutes: int) -> Running:
    """Give the step that runs some minutes more; it never grows beyond twice the longest step."""
    given = [*running.minutes]
    given[running.at] = min(given[running.at] + minutes, 2 * LONGEST_STEP)
    return running.model_copy(update={"minutes": tuple(given)})


def taken(running: Running, saving: Saving, now: datetime) -> Running:
    """Take a way to end in time; where nothing is saved, the end that is seen now is the plan."""
    if not saving.saves:
        return running.model_copy(update={"ends": end_of(running, now)})
    return running.model_copy(update={"minutes": saving.minutes})


def rows_of(running: Running, now: datetime) -> tuple[Row, ...]:
    """Give each step with when it was planned and when it began, or begins as things stand."""
    rows, planned, coming = [], running.begins, now
    for nth, (step, minutes) in enumerate(zip(running.steps, running.minutes, strict=True)):
        begins = running.starts[nth] if nth <= running.at else coming
        if nth >= running.at:
            coming = max(begins + timedelta(minutes=minutes), now)
        out = not minutes
        rows.append(Row(step=step, planned=planned, now=None if out else begins, minutes=minutes))
        planned += timedelta(minutes=step.minutes)
    return tuple(rows)


def end_of(running: Running, now: datetime) -> datetime:
    """Give when the sheet ends as things stand: a step that overruns pushes all after it."""
    if running.over:
        return running.starts[-1]
    return max(_step_ends(running), now) + timedelta(minutes=sum(running.minutes[running.at + 1 :]))


def minutes_late(running: Running, now: datetime) -> int:
    """Give how many whole minutes it ends after the plan; before it, they are negative."""
    return int((end_of(running, now) - running.ends) / _MINUTE)


def minutes_left(running: Running, now: datetime) -> int:
    """Give how many minutes the step has left, begun ones too; negative where it overruns."""
    return -int((now - _step_ends(running)) // _MINUTE)


def _step_ends(running: Running) -> datetime:
    return running.starts[running.at] + timedelta(minutes=running.minutes[running.at])


def ways_in_time(running: Running, now: datetime) -> tuple[Saving, ...]:
    """Give at most three ways to end in time, () where it does: shorten, leave out, or move it.

    A pause is shortened first, else the longest of what comes; where no step may be left out, all
    that comes is shortened alike. The last one moves the end.
    """
    late = minutes_late(running, now)
    if running.over or late < 1:
        return ()
    coming = [nth for nth in range(running.at + 1, len(running.steps)) if running.minutes[nth]]
    ways = (_shortened(running, coming, late), _left_out(running, coming, late))
    moved = Saving(at=-1, minutes=running.minutes, saves=0)
    return (*(way for way in ways if way), moved)


def _shortened(running: Running, coming: Sequence[int], late: int) -> Saving | None:
    spare = {nth: running.minutes[nth] - _floor(running.minutes[nth]) for nth in coming}
    able = [nth for nth in coming if spare[nth] > 0]
    if not able:
        return None
    pauses = [nth for nth in able if not running.steps[nth].opens and spare[nth] >= late]
    best = pauses[0] if pauses else max(able, key=lambda nth: min(spare[nth], late))
    return _saving(running, {best: min(spare[best], late)}, best)


def _left_out(running: Running, coming: Sequence[int], late: int) -> Saving | None:
    able = [nth for nth in coming if running.steps[nth].spare]
    if able:
        enough = [nth for nth in able if running.minutes[nth] >= late]
        most = max(able, key=lambda nth: running.minutes[nth])
        best = min(enough, key=lambda nth: running.minutes[nth]) if enough else most
        return _saving(running, {best: running.minutes[best]}, best)
    return _all_shorter(running, coming, late)


def _all_shorter(running: Running, coming: Sequence[int], late: int) -> Saving | None:
    """Take minutes of all that comes, of each as large a part as of the others."""
    if len(coming) < 2:
        return None
    saves = dict.fromkeys(coming, 0)
    while sum(saves.values()) < late:
        left = {nth: running.minutes[nth] - saves[nth] for nth in coming}
        able = [nth for nth in coming if left[nth] > _floor(running.minutes[nth])]
        if not able:
            break
        saves[max(able, key=lambda nth: left[nth] / running.minutes[nth])] += 1
    return _saving(running, saves, -1) if any(saves.values()) else None


def _floor(minutes: int) -> int:
    return max(_SHORTEST, -(-minutes // 2))


def _saving(running: Running, saves: dict[int, int], at: int) -> Saving:
    left = tuple(minutes - saves.get(nth, 0) for nth, minutes in enumerate(running.minutes))
    return Saving(at=at, minutes=left, saves=sum(saves.values()))
