"""What is said of a place's own words: what changed, and what that does to its lines."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import listed
from aqua_core.vocabulary import Instrument
from aqua_core.vocabulary.own_words import OwnWords, Rewording
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.sharing import Remark

KEEPS: Final = (
    "A workshop that is set up keeps its words, whatever is saved here. The next set-up of this "
    "place is offered these."
)
PROVES: Final = (
    "The scene that staff or residents meet today",
    "Those concerned have met, and a named person will propose something",
    "One team, service or decision, and those it touches can say what changed",
    "Most partners do it, and a named person answers",
    "Every partner needed, for a year or more, in a hard case too",
    "Published figures and residents' own words, and who is still left out",
)
"""What each level proves, in every domain: the room's words stand in its place."""
LOCAL: Final = (
    "The eight leave things out that a place may live by: the paper itself names “the various "
    "enabling domains such as HR, estates and IT” (Fillingham and Weir 2014, System leadership, "
    "The King's Fund). The statements offered here are Discovery Room's own, not AQuA's."
)
NOTHING_CHANGED: Final = "Nothing yet. What you change stands here before it is saved."


def _part_said(rewording: Rewording) -> str:
    """Name what is worded otherwise: "Leadership, 3 points", "Name"."""
    part = rewording.part
    said = counted(int(part), "point") if part.isdigit() else part.lower()
    return f"{rewording.called}, {said}" if rewording.called else part


def changes_said(changes: Sequence[Rewording]) -> tuple[tuple[str, str, str], ...]:
    """Give each change: what, before, now. A domain that is added or taken out is one line."""
    added = {change.called for change in changes if change.part == "Domain" and not change.before}
    lines = []
    for change in changes:
        if change.called in added:
            if change.part == "Domain":
                lines.append((change.called, "", "added, with its question and six statements"))
        elif not change.after:
            lines.append((change.called, "", "taken out"))
        else:
            lines.append((_part_said(change), change.before, change.after))
    return tuple(lines)


def breaks_said(broken: Sequence[str]) -> str:
    """Say what worded anew means for figures: it was scored by other words; "" for nothing."""
    if not broken:
        return ""
    lines = "its line" if len(broken) == 1 else "their lines"
    return (
        f"Worded otherwise than when this place scored last: {listed(list(broken))}. There {lines} "
        "over time will break, and remarks on them count apart. A band needs the same words on "
        "every domain: this place leaves it."
    )


def remarks_said(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Say how many places called a statement unclear, and each better wording that was given."""
    every = tuple(remarks)
    if not every:
        return ()
    places = len({remark.place_id for remark in every})
    better = sorted({remark.suggestion for remark in every} - {""})
    return (f"Unclear in {counted(places, 'place')}.", *(f"Better: {said}" for said in better))


def fault_said(spot: Sequence[str | int], typed: Mapping[str, object], why: str) -> str:
    """Say a fault with where it is, in the page's words."""
    domains = typed["domains"]
    if len(spot) < 2 or not isinstance(domains, list) or not isinstance(spot[1], int):
        return why
    called = domains[spot[1]]["short"] or "The new domain"
    if len(spot) > 3 and isinstance(spot[3], int):
        return f"{called}, {counted(spot[3], 'point')}: {why}"
    return f"{called}: {why}"


def scored_against(instrument: Instrument) -> str:
    """Say in a file what was scored, whose words it is in, and whose work stands behind it."""
    source = instrument.source.rstrip(".")
    said = f"Scored against {instrument.name}, version {instrument.version}. {source}."
    if "AQuA" in source and "King's Fund" in source:
        return said
    return f"{said} {_BEHIND_IT}"


_BEHIND_IT: Final = (
    "Discovery Room follows AQuA's Integrated Care Discovery Communities, as told in Fillingham "
    "and Weir (2014), System leadership, The King's Fund."
)


def begins_said(begins: Instrument, own: Sequence[OwnWords], scored: Instrument | None) -> str:
    """Name a version that a further one can begin from."""
    ours = any(saved.instrument == begins for saved in own)
    last = ", scored last time" if begins == scored else ""
    return f"{'Your own words' if ours else begins.name}, version {begins.version}{last}"


def saved_said(saved: OwnWords) -> str:
    """Say a version that a place saved: "Version 2.1, saved on 29 May 2026, from version 2"."""
    number = saved.instrument.version
    return f"Version {number}, saved on {day_said(saved.saved_on)}, from version {saved.parent}"
