"""What a conversation came to, in sentences; and what was read of another before the reveal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from aqua_core.charts.sentences.wording import beginning, counted, in_words
from aqua_core.charts.words import MOST_LISTED, listed
from aqua_core.vocabulary import (
    SCALE_MEANS,
    Action,
    Agreement,
    Answer,
    Conflict,
    Cycle,
    Decision,
    Misreading,
    Outcome,
    Progress,
    Reason,
    Scale,
)
from aqua_core.vocabulary.plan import (
    FIRST_VERSION,
    AlsoMixed,
    MixBy,
    Nudge,
    Nudged,
    OpenAction,
    Review,
    Share,
    TakenOn,
)
from aqua_core.vocabulary.points import day_said, said
from aqua_core.vocabulary.talk import APART, WHAT_DIFFERS, WHERE_IT_STANDS
from aqua_core.vocabulary.text import words_of, words_under

Names = Mapping[str, str]
_IN_SENTENCES: Final = (
    *("differs", "kind", "agreement", "agreed_points", "stays_apart", "why_apart"),
    *("parked_with", "parked_until"),
)
"""What is said of an outcome in sentences; all else stands after its label."""


def came_to(outcome: Outcome, teams: Names, seen_on: date | None = None) -> tuple[str, ...]:
    """Say what a conversation came to, a line each; what nobody said has no line.

    Args:
        outcome: as it was saved.
        teams: the name of each team by its id.
        seen_on: the day on which it is looked back on: where it was parked may be over by then.
    """
    lines = (
        *each_side(outcome),
        agreed(outcome),
        stays_apart(outcome, teams),
        *beside_dissent(outcome),
        parked(outcome, seen_on),
    )
    return tuple(line for line in lines if line)


def each_side(outcome: Outcome) -> tuple[str, ...]:
    """Say what differs, what each side needs and what both could live with, a line each."""
    differs = _with_kind(outcome)
    label = words_of(Outcome)["differs"].label
    return (
        *([f"{label}: {differs}"] if differs else []),
        *_said_under(outcome, WHAT_DIFFERS),
        *_said_under(outcome, WHERE_IT_STANDS),
    )


def agreed(outcome: Outcome) -> str:
    """Say whether it was settled, and on which score: "Settled on 3"; "" while it is open."""
    if outcome.agreement is Agreement.AGREED:
        settled = outcome.agreed_points
        if outcome.has_no_points:
            return "Settled"
        return "Settled, without a score" if settled is None else f"Settled on {settled}"
    return "Agreed to differ" if outcome.agreement is Agreement.DIFFER else ""


def beside_dissent(outcome: Outcome) -> tuple[str, ...]:
    """Say what belongs to who stays apart, such as what would change it, a line each."""
    return _said_under(outcome, APART)


def side_of(outcome: Outcome, field: str) -> str:
    """Give the side of the conversation that a field is about; "" where it is about none."""
    return {"one_needs": outcome.one_side, "other_needs": outcome.other_side}.get(field, "")


def in_short(outcome: Outcome, teams: Names) -> str:
    """Say where a conversation stands in one line; "" while nothing is settled."""
    lines = (agreed(outcome), stays_apart(outcome, teams), parked(outcome))
    return " · ".join(line for line in lines if line)


def carried(outcome: Outcome, teams: Names) -> tuple[str, ...]:
    """Say what an action on a conversation begins from: what both could live with, and its result.

    A line each; what nobody said has none.
    """
    both = words_of(Outcome)["both_could"].label
    lines = (
        f"{both}: {outcome.both_could}" if outcome.both_could else "",
        in_short(outcome, teams),
    )
    return tuple(line for line in lines if line)


def stays_apart(outcome: Outcome, teams: Names) -> str:
    """Say who stays apart and why; "" where nobody does."""
    if not outcome.has_dissent:
        return ""
    named = [teams[team] for team in outcome.stays_apart if team in teams]
    who = listed(named) if named else "Somebody"
    stay = "stay" if len(named) > 1 else "stays"
    return f"{who} {stay} apart: “{outcome.why_apart.removesuffix('.')}”"


def parked(outcome: Outcome, seen_on: date | None = None) -> str:
    """Say where and until when it is parked; "" where it is not.

    Args:
        outcome: as it was saved.
        seen_on: the day on which it is looked back on: a day before it has come.
    """
    if not outcome.parked_with or outcome.parked_until is None:
        return ""
    until = day_said(outcome.parked_until)
    if seen_on and outcome.parked_until < seen_on:
        return f"{outcome.parked_with} was to take it up by {until}"
    return f"Parked with {outcome.parked_with} until {until}"


def pointed_at(reason: Reason) -> str:
    """Say a reason as it was written, with its team where the seat asked for that."""
    by = f" ({reason.team})" if reason.team else ""
    times = f" ({reason.times} wrote this)" if reason.times > 1 else ""
    return f"“{reason.said}”{by}{times}"


def misread(misreading: Misreading) -> str:
    """Say a guess beside what was scored: "GPs guessed 4.0 for the Council, which scored 1.2"."""
    own = "" if misreading.own is None else f", and scored {said(misreading.own, 1)} itself"
    return (
        f"{misreading.who.name} guessed {said(misreading.guessed, 1)} for {misreading.whom.name}"
        f"{own}; {misreading.whom.name} scored {said(misreading.scored, 1)}"
    )


def _with_kind(outcome: Outcome) -> str:
    kind = "" if outcome.kind is Conflict.UNSAID else KINDS[outcome.kind]
    return ". ".join(
        part for part in (outcome.differs.rstrip(".") if kind else outcome.differs, kind) if part
    )


def _said_under(outcome: Outcome, part: str) -> tuple[str, ...]:
    return tuple(
        f"{words.headed(side_of(outcome, name))}: {text}"
        for name, words in words_under(Outcome)[part].items()
        for text in [getattr(outcome, name)]
        if text and name not in _IN_SENTENCES
    )


KINDS: Final = {
    Conflict.UNSAID: "Not said",
    Conflict.INDIVIDUAL: "Between people",
    Conflict.PROFESSIONAL: "Between professions",
    Conflict.INTER_ORGANISATIONAL: "Between organisations",
    Conflict.BETWEEN_LOCALITIES: "Between localities",
}
"""What kind of difference it is, as the form and what it came to both say it."""
NOT_SAID: Final = "not said"
LEAD_AT_THE_DAY: Final = (
    "The lead partner’s mark stands at the day, those of the others who own it beside it."
)
NO_PLAN: Final = "No small test is written down yet."
_NUDGES: Final = {
    Nudge.ONE_PARTNER: "One partner owns this. Which other partner would notice if it "
    "worked, and could own it too?",
    Nudge.FAR_OFF: "The review is more than 90 days away. What could you see within a month?",
    Nudge.NO_MEASURE: "How would you know that it helped?",
    Nudge.NO_PREDICTION: "What do you expect to see? Say it now, so that you can be surprised.",
    Nudge.ALL_TECHNICAL: "Everything here is about systems or papers. "
    "What would have to change between people?",
    Nudge.NO_TRIANGLE: "Nothing here seems to change who leads, how people learn or who decides. "
    "What would have to?",
    Nudge.NO_OUTCOME: "No action says yet what residents will notice. What would they notice?",
    Nudge.NO_RESIDENT: "Which resident or carer could test this with you?",
    Nudge.NOTHING_HARDER: "What might this make harder, and for whom?",
    Nudge.NOTHING_STOPS: "What will you stop, to make room?",
}
_NO_LEVEL: Final = "Where should these show first: in leaders, in teams, or for residents?"
_FIRST_WORDS: Final = 8
_FIRST: Final = 60  # characters of them: a word may have no end
_ON_PAPER: Final = 900
_REST: Final = " … (the rest is in the report)"
_DECIDED: Final = {
    Decision.ADOPT: "adopted, a small win",
    Decision.ADAPT: "adapted",
    Decision.ABANDON: "abandoned",
}
_STANDS: Final = {
    Progress.MOVED: "It made progress",
    Progress.STUCK: "It is stuck",
    Progress.DROPPED: "It was stopped",
}


def nudge_said(nudged: Nudged) -> str:
    """Say a nudge as the question that it is, or that nobody has said it yet."""
    if nudged.nudge is Nudge.ONE_SIDED:
        who = listed(nudged.sides or ("each partner",))
        do, they = ("do", "they") if len(nudged.sides) > 1 else ("does", "it")
        return f"What {do} {who} give to this, and what {do} {they} gain from it?"
    if nudged.nudge is Nudge.BUSY_LEAD:
        return (
            f"{nudged.lead} leads {in_words(nudged.open_actions)} open tests. "
            "Which of them could somebody else lead?"
        )
    return _NO_LEVEL if nudged.unsaid else _NUDGES[nudged.nudge]


def cycle_said(cycle: Cycle | None) -> str:
    """Say where an action stands in its cycles: "Cycle 2: adapted", or that none began."""
    if cycle is None:
        return "No cycle yet"
    if cycle.decision is not Decision.OPEN:
        return f"Cycle {cycle.number}: {_DECIDED[cycle.decision]}"
    if not cycle.predicted:
        return f"Cycle {cycle.number}: planned, without a prediction"
    return f"Cycle {cycle.number}: {'done, to be studied' if cycle.done else 'planned'}"


def going_on_said(test: OpenAction) -> str:
    """Say where a test of an earlier workshop stands, and of which: "Cycle 1: adapted"."""
    return stands_said(test.cycle, test.held_on)


def stands_said(cycle: Cycle | None, planned_on: date | None) -> str:
    """Say where a test stands, and of which earlier workshop it is; None for of this one."""
    return f"{cycle_said(cycle)}{f'; from {day_said(planned_on)}' if planned_on else ''}"


def taken_on_said(past: TakenOn) -> str:
    """Say of which plan a test was taken on, and what became of it there."""
    answer = stands_now_said(past.answer)
    return f"Taken on from the plan of {day_said(past.held_on)}. {answer}".rstrip()


def wins_said(wins: int) -> str:
    """Count the small wins; "" for none."""
    return counted(wins, "small win") if wins else ""


def saved_said(action: Action) -> str:
    """Say that a test was added or changed, by its first words."""
    words = action.test.split()
    first = " ".join(words[:_FIRST_WORDS])[:_FIRST]
    more = " …" if first != " ".join(words) else ""
    return f"{'Added' if action.version == FIRST_VERSION else 'Changed'}: {first}{more}"


def answered_said(open_actions: Sequence[OpenAction]) -> str:
    """Say how many of the open actions are answered."""
    if not open_actions:
        return "Nothing to answer."
    done, of = sum(action.answer is not None for action in open_actions), len(open_actions)
    if done == of:
        who = {1: "It is", 2: "Both are"}.get(of, f"All {in_words(of)} are")
        return f"{who} answered. Now you can score."
    return f"{done} of {of} answered" if done else f"{in_words(of).capitalize()} to answer"


def unanswered_said(open_actions: Sequence[OpenAction]) -> str:
    """Say how many were left when the room went on, and where they are answered; "" for none."""
    left = sum(action.answer is None for action in open_actions)
    if not left:
        return ""
    are, them = ("is", "it") if left == 1 else ("are", "them")
    return f"{left} of last time's tests {are} not answered; answer {them} on the Plan page."


def expected_said(action: OpenAction) -> str:
    """Say how what was expected of a test begins; "" where nothing was said."""
    return f"We expected: {beginning(action.action.prediction)}" if action.action.prediction else ""


def answer_said(action: OpenAction) -> str:
    """Say what this workshop answered: "It made progress: three visits fewer"; "" before."""
    return stands_now_said(action.answer)


def said_before(action: OpenAction) -> str:
    """Say what was answered elsewhere, and when; "" where nothing was, or this workshop did."""
    return "" if action.answer else dated_answer_said(action.before)


def dated_answer_said(answer: Answer | None) -> str:
    """Say what was answered and when: "On 3 May 2026: It made progress."; "" where nothing was."""
    if answer is None:
        return ""
    on = f"On {day_said(answer.answered_on)}" if answer.answered_on else "Before"
    return f"{on}: {stands_now_said(answer)}"


def stands_now_said(answer: Answer | None) -> str:
    """Say what was answered: "It made progress: three visits fewer"; "" where nothing was."""
    if answer is None:
        return ""
    stands = _STANDS[answer.answer]
    return f"{stands}: {answer.said}" if answer.said else f"{stands}."


def owned_said(lead: str, owners: Sequence[str]) -> str:
    """Say who answers for an action: "Trust with Council and GPs, led by Ward manager"."""
    first, *others = owners
    together = f" with {listed(others)}" if others else ""
    return f"{first}{together}, led by {lead}"


def owned_and_due_said(open_action: OpenAction, held_on: date) -> str:
    """Say who owns an open test, and when its review is due, or was by the day of a workshop."""
    owned, day = (
        owned_said(open_action.action.lead, open_action.owners),
        open_action.action.review_on,
    )
    return f"{owned}. Review {'was' if day < held_on else 'is'} due on {day_said(day)}."


def look_again_said(review_on: date, today: date) -> str:
    """Say when a test is looked at again, or that its day has passed."""
    if review_on < today:
        return f"To be looked at again since {day_said(review_on)}."
    return f"Look again on {day_said(review_on)}."


def due_later_said(reviews: int) -> str:
    """Say how many reviews a check sheet leaves for later: "1 more is due later."; "" for none."""
    return f"{reviews} more {'is' if reviews == 1 else 'are'} due later." if reviews else ""


def on_paper(text: str) -> str:
    """Give a text whole, because paper cannot be opened further, up to what leaves room on it."""
    return text if len(text) <= _ON_PAPER else beginning(text, _ON_PAPER - len(_REST), _REST)


def measure_said(action: Action) -> str:
    """Say how the room will know: "We will know by: doubled visits (12 to 6)"; "" for not said."""
    if not action.measure:
        return ""
    steps = " to ".join(filter(None, (action.baseline, action.target)))
    return f"We will know by: {action.measure}{f' ({steps})' if steps else ''}"


def needs_said(action: Action) -> str:
    """Say whose decision and whose coalition a test needs; "" where nobody said it."""
    needs = (
        f"a decision of {action.decision_of}" if action.decision_of else "",
        f"a coalition with {action.coalition}" if action.coalition else "",
    )
    said = " and ".join(filter(None, needs))
    return f"Needs {said}." if said else ""


def scale_said(scale: Scale) -> str:
    """Say a scale in plain words: "one team or neighbourhood", or that nobody said it."""
    return SCALE_MEANS[scale] if scale else NOT_SAID


def mix_takeaway(mixes: Mapping[MixBy, Sequence[Share]], actions: int) -> str:
    """Say how many tests there are, and which domains and partners none of them falls to."""
    if not actions:
        return NO_PLAN
    tests = f"{in_words(actions).capitalize()} small test{'' if actions == 1 else 's'}."
    left = (
        _none(mixes[MixBy.DOMAIN], "None on", "domains"),
        _none(mixes[MixBy.PARTNER], "None owned by", "partners"),
    )
    return " ".join(part for part in (tests, *left) if part)


def nobody_said(shares: Sequence[Share]) -> bool:
    """Tell whether every test falls to "Not said", the last: no picture is made of nothing."""
    *named, last = shares
    return last.name.lower() == NOT_SAID and last.actions > 0 and not any(s.actions for s in named)


def still_to_say(mixes: Mapping[MixBy, Sequence[Share]]) -> str:
    """Say what no test says of itself yet; "" where one does."""
    called = {MixBy.SCALE: "at which scale it is tried", MixBy.IMPACT: "where it should show"}
    unsaid = [words for by, words in called.items() if nobody_said(mixes[by])]
    return f"No test says yet {listed(unsaid)}." if unsaid else ""


def also_mixed(mixed: AlsoMixed) -> str:
    """Say how many tests fall to each kind of move and of domain, and the triangle's thin corner.

    The corners are new roles, supported learning and governance (paper, lesson 7). Kinds of move
    are left out where no test says its own.
    """
    counted = [
        f"{called}: {', '.join(f'{share.name.lower()} {share.actions}' for share in shares)}."
        for called, shares in (("Kind of move", mixed.moves), ("Kind of domain", mixed.kinds))
        if not nobody_said(shares)
    ]
    fewest = min(corner.actions for corner in mixed.corners)
    thin = [corner.name for corner in mixed.corners if corner.actions == fewest]
    if len(thin) == len(mixed.corners):
        even = "The triangle is even" if fewest else "No corner of the triangle is touched"
        return " ".join((*counted, f"{even}: {listed(thin)}."))
    many = in_words(fewest) if fewest else "nothing"
    corner = "corner" if len(thin) == 1 else "corners"
    return " ".join((*counted, f"The thin {corner} of the triangle: {listed(thin)}, with {many}."))


def reviews_takeaway(reviews: Sequence[Review], today: date) -> str:
    """Say when the next review is, how many there are, and how many are late."""
    if not reviews:
        return "No review is due: nothing here is still being tried."
    late = sum(review.review_on < today for review in reviews)
    coming = [review.review_on for review in reviews if review.review_on >= today]
    many = f"{in_words(len(reviews)).capitalize()} review{'' if len(reviews) == 1 else 's'}."
    said = (
        f"Next review on {day_said(coming[0])}." if coming else "",
        many,
        f"{in_words(late).capitalize()} past {'its' if late == 1 else 'their'} day."
        if late
        else "",
    )
    return " ".join(part for part in said if part)


def _none(shares: Sequence[Share], opening: str, called: str) -> str:
    missing = [share.name for share in shares if not share.actions]
    if not missing:
        return ""
    if len(missing) <= MOST_LISTED:
        return f"{opening} {listed(missing)}."
    return f"{opening} {len(missing)} of the {len(shares)} {called}."
