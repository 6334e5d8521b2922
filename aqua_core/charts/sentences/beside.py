"""What is said of answers beside the framework, on phones, screens and in files."""

from collections.abc import Sequence
from typing import Final

from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import listed
from aqua_core.vocabulary import OPEN, Domain, Holder, Instrument
from aqua_core.vocabulary.beside import Counted, OfGroup, Row, ShownBeside
from aqua_core.vocabulary.framework import InstrumentKind
from aqua_core.vocabulary.plan import Move

_TIMES: Final = {"now": "How we work now", "wanted": "How we want to work"}
_TOO_FEW: Final = "too few or too alike to show"
_NOT_APART: Final = "Partners are not shown apart: a small group would be given away."


def times_of(held: Instrument, domain: Domain, holder: Holder) -> list[tuple[str, str]]:
    """Give each key under which a row is asked, with what its choices are headed by."""
    times = [_TIMES[time] for time in held.answering.times]
    asked = times or [_of_system(holder) if not held.answering.most else domain.question]
    return list(zip(held.keys_of(domain), asked, strict=True))


def _of_system(holder: Holder) -> str:
    we = "our team" if holder is Holder.LAPTOP else "your organisation"
    return f"Asked of the system and of {we}, not of you"


def one_of(domain: Domain, called: str) -> str:
    """Name one answer in the list of a seat's own: "Conflict: how we work now"."""
    if called in _TIMES.values():
        return f"{domain.short}: {_lowered(called)}"
    return domain.short


def noted(held: Instrument) -> str:
    """Say on the phone what happens to the answers, and which words are ours."""
    if held.kind is InstrumentKind.PICK:
        return f"Choose up to two. {_SEALED}"
    is_printed = "The King's Fund" in held.printed
    return f"{_SEALED} {_PRINTED[held.kind]}" if is_printed else _SEALED


_HIDDEN: Final = "Nobody sees your name. Answers stay hidden until the reveal."
_SEALED: Final = "Sealed until the reveal; the room sees counts."
_PRINTED: Final = {
    InstrumentKind.CHOICE: "Choices as printed in System leadership (The King's Fund, 2014), "
    "after Powell (1990); question and small words are ours.",
    InstrumentKind.COVERAGE: "Kinds of know-how as printed in System leadership (The King's Fund, "
    "2014); question and answers are ours.",
}


def promise(held: Instrument, guard: int) -> str:
    """Say at the moment of answering who will see what of one instrument."""
    if held.kind is InstrumentKind.PICK:
        return f"{_HIDDEN} Then counts of the whole room are seen."
    return f"{_HIDDEN} Then counts are seen: {_seen(held, guard)}."


def seen_at_reveal(held: Instrument, guard: int) -> str:
    """Say, before its reveal, what the room would see of one instrument: "Where to begin: ..."."""
    return f"{held.name}: counts {_seen(held, guard)}"


def _seen(held: Instrument, guard: int) -> str:
    if held.kind is InstrumentKind.PICK:
        return "of the whole room"
    if guard <= OPEN:
        return "of the room and of every partner and tier, however small"
    return "of the room, and of partners and tiers only where no small group is given away"


def heading(shown: ShownBeside) -> str:
    """Say in a few words what stands out; it is read from the last row."""
    if shown.kind is InstrumentKind.CHECK:
        return _checked(shown)
    told = [row for row in shown.rows if row.told]
    if not told:
        return f"{shown.name}: {_TOO_FEW}"
    match shown.kind:
        case InstrumentKind.CHOICE:
            return _widest_said(shown)
        case InstrumentKind.COVERAGE:
            return _thin(shown)
    first = to_begin_with(shown)
    return f"Begin with {listed([row.short for row in first])}" if first else "No domain stands out"


def under(shown: ShownBeside) -> str:
    """Say the figures of the heading in one line."""
    told = [row for row in shown.rows if row.told]
    if shown.kind is InstrumentKind.CHECK:
        return "Does this hold here? Answered by the room together, once a year."
    if not told:
        return "Small groups stay together in this room, so nothing is shown apart."
    match shown.kind:
        case InstrumentKind.CHOICE:
            return _steps_said(shown)
        case InstrumentKind.COVERAGE:
            return " ".join(["Asked of the system, not of persons.", *_missing(shown)])
    return f"{_picked_said(picked_first(shown))} A low score is not a priority."


def _picked_said(first: Sequence[Row]) -> str:
    """Say how often what was picked most was picked: "4 domains, each chosen by 2 of 8."."""
    picked = first[0].times[0]
    by = f"chosen by {picked.counts[1]} of {picked.answered}"
    if len(first) == 1:
        return f"{by.capitalize()}: this is what would help most."
    if len(first) > _MOST_NAMED:
        return f"{len(first)} domains were {by} each."
    return f"Each {by}: this is what would help most."


_MOST_NAMED: Final = 3
"""Of more rows that are equal none stands out, and a heading that names them is read by nobody."""
_NO_STEP: Final = "No answer shown is wanted by more than see it now. What would keep it so?"


def _widest_said(shown: ShownBeside) -> str:
    names = [_lowered(row.name) for row in shown.widest]
    if not names:
        return "No step stands out"
    if len(names) > _MOST_NAMED:
        return _alike_said(shown.widest)
    return f"Widest step{'s' if len(names) > 1 else ''}: {listed(names)}"


def _alike_said(widest: Sequence[Row]) -> str:
    """Say of more rows than can be named which step they share: "6 features: more want network"."""
    towards = {row.answers[row.towards or 0] for row in widest}
    more = _lowered(towards.pop()) if len(towards) == 1 else "another answer"
    return f"{len(widest)} features: more want {more}"


def _steps_said(shown: ShownBeside) -> str:
    """Say the figures of what is widest; where several are as wide, of each the same one."""
    widest = shown.widest
    if not widest:
        return _NO_STEP
    if len(widest) == 1:
        return _step_said(widest[0])
    more = f"{widest[0].step} more want another answer than see it now"
    return f"On each of {len(widest)} features {more}."


def _step_said(row: Row) -> str:
    now, wanted = row.times
    at = row.towards or 0
    most = at if now.most is None or now.most == len(row.answers) else now.most
    today = f"{now.counts[most]} of {now.answered} say {_lowered(row.answers[most])} now"
    return (
        f"{today}; {wanted.counts[at]} want {_lowered(row.answers[at])}, {row.step} more than now."
    )


def to_talk_about(shown: ShownBeside) -> Row | None:
    """Give the row of an instrument most worth a conversation, first of equals; None for none."""
    if shown.kind is InstrumentKind.CHOICE:
        return next(iter(shown.widest), None)
    return next(iter(most_missing(shown)), None)


def standing_out(shown: ShownBeside) -> list[Row]:
    """Give the rows that a picture marks: those that its heading or its line names."""
    rows = [*shown.widest] if shown.kind is InstrumentKind.CHOICE else most_missing(shown)
    return rows if len(rows) <= _MOST_NAMED else []


def rows_to_talk_about(shown: ShownBeside) -> dict[str, Row]:
    """Give every row that can be talked about, by its key; first the one most worth it.

    Empty where that is none: what the room answered together or picked leads elsewhere.
    """
    first = to_talk_about(shown)
    if shown.kind not in (InstrumentKind.CHOICE, InstrumentKind.COVERAGE):
        return {}
    told = {key: row for key, row in shown.talked_under.items() if row.told}
    return dict(sorted(told.items(), key=lambda keyed: keyed[1] is not first))


def row_said(shown: ShownBeside, row: Row) -> str:
    """Say what was answered on one row, for its card."""
    if shown.kind is InstrumentKind.CHOICE:
        return _step_said(row) if row.step else _NO_STEP
    return f"{_nobody(row)} of {row.times[0].answered} say nobody has it."


def _lowered(name: str) -> str:
    """Give a printed name inside a sentence: "administrative edict"."""
    return name[:1].lower() + name[1:]


def rise_said(row: Row, levels: Sequence[str]) -> str:
    """Say under a row's name where it is wanted otherwise: "30 more want network"."""
    if not row.told:
        return _TOO_FEW
    if row.towards is None:
        return "no answer is wanted by more"
    return f"{row.step} more want {_lowered(levels[row.towards])}"


_NOBODY: Final = 2  # the place of "nobody" among what can be answered


def _nobody(row: Row) -> int:
    return row.times[0].counts[_NOBODY]


def _said(row: Row) -> int:
    return sum(row.times[0].counts)


def _thin(shown: ShownBeside) -> str:
    thin = _thinnest(shown)
    if thin:
        return f"{listed(thin)} {'is' if len(thin) == 1 else 'are'} thinnest"
    if all(row.told and _said(row) for row in shown.rows):
        return "Somebody has each kind of know-how"
    return "Nothing shown here is called missing"


def _thinnest(shown: ShownBeside) -> list[str]:
    """Give the headings under which most say that nobody has it, as a share of who could say."""
    shares = {}
    for name, rows in shown.under.items():
        told = [row for row in rows if row.told and _said(row)]
        if told:
            shares[name] = sum(map(_nobody, told)) / sum(map(_said, told))
    most = max(shares.values(), default=0)
    return [name for name, share in shares.items() if share and share == most]


def most_missing(shown: ShownBeside) -> list[Row]:
    """Give the rows of which most say that nobody has it: all that are said so as often."""
    if shown.kind is not InstrumentKind.COVERAGE:
        return []
    told = [row for row in shown.rows if row.told]
    most = max(map(_nobody, told), default=0)
    return [row for row in told if most and _nobody(row) == most]


def _only_one(row: Row) -> OfGroup | None:
    """Give the one partner most of which says that it is here, where all others say otherwise."""
    groups = row.times[0].partners if row.told else ()
    have = [group for group in groups if group.most in (0, 1)]
    return have[0] if len(groups) > 1 and len(have) == 1 else None


def _missing(shown: ShownBeside) -> list[str]:
    rows = most_missing(shown)
    if not rows:
        return ["Nobody says of any shown here that nobody has it."]
    row, *others = rows
    if others:
        names = [_lowered(row.name) for row in rows]
        kinds = listed(names) if len(names) <= _MOST_NAMED else f"each of {len(names)} kinds"
        return [f"{_nobody(row)} say that nobody has {kinds}."]
    said = f"{_nobody(row)} of {row.times[0].answered} say nobody has {_lowered(row.name)}"
    alone = _only_one(row)
    return [f"{said}; only {alone.group.name} says it is here." if alone else f"{said}."]


def _nobody_said(shown: ShownBeside) -> str:
    """Say of what the most common answer of the room is that nobody has it; "" of nothing."""
    lacks = [row.short for row in shown.rows if row.told and row.times[0].most == _NOBODY]
    return f"Most say that nobody has: {listed(lacks)}." if lacks else ""


def _only_one_said(shown: ShownBeside) -> str:
    """Say what only one partner has; "" where there is none such."""
    alone = [(row, _only_one(row)) for row in shown.rows]
    said = [f"{row.short} ({one.group.name})" for row, one in alone if one]
    return f"Only one partner has: {listed(said)}." if said else ""


def moves_said(moves: Sequence[Move]) -> str:
    """Say beside the know-how what the plan moves: by the paper's three kinds of it."""
    if not moves:
        return "The plan holds no small test yet."
    kinds = [f"{moves.count(move)} {move}" for move in Move if move]
    unsaid = moves.count(Move.UNSAID)
    of_which = f", {unsaid} of a kind that nobody said" if unsaid else ""
    return f"The plan moves: {counted(len(moves), 'small test')}: {', '.join(kinds)}{of_which}."


def picked_first(shown: ShownBeside) -> list[Row]:
    """Give the rows that were picked most; several where they were picked as often."""
    told = [row for row in shown.rows if row.told]
    most = max((row.times[0].counts[1] for row in told), default=0)
    return [row for row in told if row.times[0].counts[1] == most]


def to_begin_with(shown: ShownBeside) -> list[Row]:
    """Give what a room would begin with; empty where so many were picked as often that none is."""
    first = picked_first(shown)
    return first if len(first) <= _MOST_NAMED else []


def most_picked(shown: ShownBeside) -> list[Row]:
    """Give every row of a pick that is told, the most picked first; ties keep their order."""
    return sorted((row for row in shown.rows if row.told), key=lambda row: -row.times[0].counts[1])


def _checked(shown: ShownBeside) -> str:
    yes = sum(row.checked == 0 for row in shown.rows)
    open_ = sum(row.checked is None for row in shown.rows)
    said = f"Yes to {yes} of {len(shown.rows)}"
    return f"{said}, {open_} still to answer" if open_ else said


def _apart_said(shown: ShownBeside) -> str:
    """Say on how many rows the most common answers of partners, and of tiers, differ, and where.

    "" for nowhere. A sentence says as well where groups may not be shown apart.
    """
    rows = [row for row in shown.rows if row.told]
    if rows and not any(len(time.partners) > 1 for row in rows for time in row.times):
        return _NOT_APART
    told = []
    for called in ("partners", "tiers"):
        differ = [said for row in rows if (said := _row_differs(row, called, shown.levels))]
        many = f"{len(differ)} of {len(shown.rows)}"
        told += [f"{called.capitalize()} differ on {many}. {differ[0]}."] if differ else []
    return " ".join(told)


def _row_differs(row: Row, called: str, levels: Sequence[str]) -> str:
    """Say who differs on a row, today or else in what is wanted; "" where nobody does."""
    whens = ("now", "wanted") if len(row.times) > 1 else ("",)
    answers = row.answers if len(row.times) > 1 else levels
    for when, time in zip(whens, row.times, strict=True):
        if sides := _sides(getattr(time, called), answers):
            return f"{', '.join(filter(None, (row.short, when)))}: {sides}"
    return ""


def _sides(groups: Sequence[OfGroup], answers: Sequence[str]) -> str:
    by_answer: dict[int, list[str]] = {}
    for group in groups:
        if group.most is not None and group.most < len(answers):
            by_answer.setdefault(group.most, []).append(group.group.name)
    if len(by_answer) < 2:
        return ""
    sides = [f"{listed(who)} “{_lowered(answers[at])}”" for at, who in by_answer.items()]
    return ", ".join(sides)


def _answered_said(shown: ShownBeside) -> str:
    """Say how many answered and how many could not say, over all rows."""
    times: Sequence[Counted] = [time for row in shown.rows if row.told for time in row.times]
    if not times:
        return ""
    fewest, most = min(t.answered for t in times), max(t.answered for t in times)
    seats = counted(most, "seat") if fewest == most else f"{fewest} to {most} seats"
    cannot = [time.cannot_say for time in times]
    low, high = min(cannot), max(cannot)
    many = f"{high}" if low == high else f"{low} to {high}"
    return f"{seats}, {many} of a row could not say."


def lines_under(shown: ShownBeside) -> list[str]:
    """Give what stands under the picture: what is missing, who alone has it, who differs."""
    lines: list[str] = []
    if shown.kind is InstrumentKind.COVERAGE:
        lines += [_nobody_said(shown), _only_one_said(shown)]
    if shown.kind in (InstrumentKind.CHOICE, InstrumentKind.COVERAGE):
        lines.append(_apart_said(shown))
    return [line for line in lines if line]


def beside_keys(shown: ShownBeside) -> str:
    """Say beside the keys of a picture what its figures are."""
    if shown.kind is InstrumentKind.CHOICE:
        after = "After Powell (1990)." if "Powell (1990)" in shown.printed else ""
        return f"{_answered_said(shown)} Kinds, not steps: no average. {after}".strip()
    if any(row.times[0].partners for row in shown.rows if row.told):
        return "Bars: seats. Circles: most common answer of a partner."
    return "Bars: seats."


def not_answered_said(beside: Sequence[str], domains: int) -> str:
    """Say on a phone what its room has not answered yet; "" where that is nothing."""
    left = [*(f"“{name}”" for name in beside), *([counted(domains, "domain")] if domains else [])]
    if not left:
        return ""
    return f"This room has not come yet to {listed(left)}. What opens next opens here."


def begin_said(every: Sequence[ShownBeside]) -> str:
    """Say beside the scores where the room would begin; "" where it was not asked, or not told."""
    asked = [held for held in every if held.kind is InstrumentKind.PICK]
    if not asked or not any(row.told for row in asked[0].rows):
        return ""
    return f"{heading(asked[0])}. {under(asked[0])}"
