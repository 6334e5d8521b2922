"""What was shown, as tables and in words: results, conversations, and what one file holds."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from aqua_core.charts.layout.names import at_ends, no_gap, together
from aqua_core.charts.sentences import beside as beside_words
from aqua_core.charts.sentences import conversations as sentences
from aqua_core.charts.sentences import planning as planning_words
from aqua_core.charts.sentences.sharing import shared_as
from aqua_core.charts.sentences.ways_back import FIRST_ALONE, what_moved
from aqua_core.charts.sentences.wording import apart, counts, off_said
from aqua_core.charts.words import (
    UNANSWERED,
    compared_in,
    listed,
    no_level,
    no_mean,
    without_points,
)
from aqua_core.exports.spreadsheet import as_csv
from aqua_core.rules.agreement import APART_FROM, two_camps
from aqua_core.rules.gaps import ranked
from aqua_core.rules.groups import guarded
from aqua_core.rules.open_tests import Continuing
from aqua_core.vocabulary import (
    POINTS,
    Action,
    Compare,
    Conversation,
    Cycle,
    Gap,
    Group,
    Missing,
    Outcome,
    Reason,
    Spread,
    Standing,
    Support,
    Unclear,
    Workshop,
)
from aqua_core.vocabulary.forum import AtForum, Load
from aqua_core.vocabulary.framework import is_beside
from aqua_core.vocabulary.measure import PlaceImpact
from aqua_core.vocabulary.over_time import OverTime, TierStep
from aqua_core.vocabulary.plan import Review
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.programme import LastSaid, RequestAnswer
from aqua_core.vocabulary.reading import Blanks, HowAgreed, Level, Thirds, Topic
from aqua_core.vocabulary.sharing import Remarked, ShareOut
from aqua_core.vocabulary.shown import Shown, TwoLooks


class TakenAway(NamedTuple):
    """A workshop as it leaves.

    `shown` is what its screens show of scores; `conversations` are the notes by domain, only those
    with notes; `outcomes` by domain; `reasons` those that were shown to the room; `seats` counts
    those that joined; `reviews` are of the actions that are not over, those of a day that is over
    among them, soonest first;
    `going_on` is what earlier workshops of the place left, with what this one said of each;
    `over_time` is the place up to this wave, None where it is the first, and `between_tiers` are
    the steps from the front line to the board; `first_look_alone` are the domains of which who sat
    apart is in the first look alone; `missing` says who was not in the room; `share_outs` are this
    workshop's own; `impact` is what the place follows, None where it follows nothing;
    `request_answers` say who answers its requests, `last_said` is what the room said at its end;
    `forums` are the place's with what waits for each of this plan and talk, and `load` says how
    much each partner and lead carries.
    """

    workshop: Workshop
    seats: int
    shown: Shown
    conversations: tuple[Conversation, ...]
    outcomes: tuple[Outcome, ...]
    reasons: tuple[Reason, ...]
    actions: tuple[Action, ...]
    cycles: tuple[Cycle, ...]
    support: tuple[Support, ...]
    unclear: tuple[Unclear, ...]
    reviews: tuple[Review, ...]
    going_on: Continuing
    over_time: OverTime | None = None
    between_tiers: tuple[tuple[TierStep, ...], ...] = ()
    first_look_alone: frozenset[str] = frozenset()
    missing: Missing | None = None
    share_outs: tuple[ShareOut, ...] = ()
    impact: PlaceImpact | None = None
    request_answers: tuple[RequestAnswer, ...] = ()
    last_said: tuple[LastSaid, ...] = ()
    forums: tuple[AtForum, ...] = ()
    load: tuple[Load, ...] = ()

    @property
    def ahead(self) -> tuple[Review, ...]:
        """The reviews that lie ahead, soonest first."""
        every = (*self.actions, *self.going_on.here)
        past = {action.id for action in every if self.is_reviewed(action)}
        return tuple(review for review in self.reviews if review.action_id not in past)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Between partners, in the instrument's order."""
        return self.shown.gaps[Compare.PARTNER]

    def is_reviewed(self, action: Action) -> bool:
        """Tell whether no review of an action lies ahead.

        It was answered since, or its day came before this workshop's.
        """
        past = action.review_on < self.workshop.held_on
        return past or action.id in self.going_on.reviewed

    @property
    def names(self) -> dict[str, str]:
        """What can be talked about, by key: every domain, and what is shown beside them."""
        rows = self.shown.talked_beside
        return self.workshop.instrument.names | {key: row.short for key, row in rows.items()}

    @property
    def blanks(self) -> tuple[Blanks, ...]:
        """Of partners, in the instrument's order."""
        return self.shown.blanks[Compare.PARTNER]

    @property
    def looks(self) -> tuple[TwoLooks, ...]:
        """Both looks at what was looked at again, as partners are compared."""
        looks = (self.shown.two_looks(key, Compare.PARTNER) for key in self.shown.looked_again)
        return tuple(look for look in looks if look)


Lines = list[list[str]]


def left_out_said(taken: TakenAway) -> str:
    """Say that groups are left out, where some partner that scored is not shown alone."""
    if not any(gap.held_back for gap in taken.gaps):
        return ""
    return "Groups that are too small to be shown alone are left out, as on the screens."


def level_lines(levels: Sequence[Level], blanks: Sequence[Blanks] = ()) -> Lines:
    """Give a line a domain under a head: how high, how agreed, figures, and seats at each point.

    "Apart by" is the spread, the reason for the word before it. "By heads" stands only where
    counting heads differs somewhere, the count of who did not answer only where somebody did not.
    Where a domain has no figures, why stands in their place; how many could not say stays.
    """
    heads = any(level.by_heads is not None for level in levels)
    head = ["Domain", "How high", "How agreed", "Apart by", "Middle score", "Average"]
    head += ["By heads"] if heads else []
    out = [UNANSWERED] if any(level.unanswered for level in levels) else []
    return [
        [*head, *map(str, POINTS), "Cannot say", *out],
        *(
            [*_level(level, blanks, heads=heads), *(str(level.unanswered) for _ in out)]
            for level in levels
        ),
    ]


def gap_lines(gaps: Sequence[Gap], blanks: Sequence[Blanks] = ()) -> Lines:
    """Give a line a partner and a column a domain, widest gap first; then averages and gaps.

    Partners go down because of them there may be forty, and of domains there are eight. Where one
    has no mean, why stands in its place.
    """
    in_order = ranked(gaps)
    lines = [["Partner", *(gap.domain.short for gap in in_order)]]
    lines += [
        [group.name, *(_mean(gap, group, blanks) for gap in in_order)]
        for group in compared_in(gaps, blanks)
    ]
    lines.append(["Average of the partners", *(_or_why(gap, gap.middle) for gap in in_order)])
    lines.append(["Gap", *(_or_why(gap, gap.width) for gap in in_order)])
    return lines


def _level(level: Level, blanks: Sequence[Blanks], *, heads: bool) -> list[str]:
    cannot_say = str(level.cannot_say)
    if level.average is None or level.middle is None or level.spread is None:
        figures = 5 + int(heads) + len(POINTS)
        return [level.domain.short, *[no_level(level.domain, blanks)] * figures, cannot_say]
    by_heads = "" if level.by_heads is None else said(level.by_heads, 1)
    return [
        level.domain.short,
        level.how_high.value if level.how_high else "",
        level.how_agreed.value,
        said(level.spread, 1),
        said(level.middle, 1),
        said(level.average, 1),
        *([by_heads] if heads else []),
        *map(str, level.counts),
        cannot_say,
    ]


def _mean(gap: Gap, group: Group, blanks: Sequence[Blanks]) -> str:
    means = (side.mean for side in gap.standings if side.group.id == group.id)
    return next((said(mean, 1) for mean in means), no_mean(gap.domain, group, blanks))


def _or_why(gap: Gap, figure: float | None) -> str:
    return no_gap(gap) if figure is None else said(figure, 1)


TOO_FEW: Final = "too few or too alike to be shown"


def gap_in_words(gap: Gap) -> str:
    """Say who stands lowest and who highest on a domain, and how far apart."""
    name = gap.domain.short
    if gap.width is None or gap.middle is None:
        return f"{name}: {no_gap(gap)}."
    average = said(gap.middle, 1)
    if said(gap.width, 1) == "0.0":
        return f"{name}: the partners stand level, at {average}."
    low, high = map(named, at_ends(gap))
    return (
        f"{name}: lowest {low}, highest {high}, a gap of {apart(gap.width)}; "
        f"the average of the partners is {average}."
    )


def named(sides: Sequence[Standing]) -> str:
    """Name who stands together at an end, and where: "GPs and Trust 1.3"."""
    who = together([side.group.name for side in sides], "partners")
    return f"{who} {said(sides[0].mean, 1)}"


def level_in_words(level: Level) -> str:
    """Say how high and how agreed a domain is, why, and how many seats gave which points."""
    unsure = f" {without_points(level.cannot_say, level.unanswered)}".rstrip()
    name = level.domain.short
    if level.average is None or level.middle is None:
        return f"{name}: {TOO_FEW}.{unsure}"
    heads = "" if level.by_heads is None else f" ({said(level.by_heads, 1)} by heads)"
    return (
        f"{name}: {level.how_high}, {why_agreed(level)}. {_given(level.counts)} "
        f"The middle score is {said(level.middle, 1)}, the average {said(level.average, 1)}{heads}."
        f"{unsure}"
    )


def why_agreed(level: Level) -> str:
    """Say how agreed a domain is and by what: "apart: scores lie 1.4 points from ..."."""
    spread = level.spread or 0.0
    lie = f"scores lie {apart(spread)} from the middle score, on average"
    if level.how_agreed is HowAgreed.AGREED:
        return f"agreed: {lie}"
    if level.how_agreed is HowAgreed.CLOSE:
        off = f", though {off_said(level.off)}" if level.off else ""
        return f"close{off}: {lie}"
    if level.how_agreed is HowAgreed.UNCLEAR:
        return f"unclear, too few or too mixed: {lie}"
    thirds = _thirds(level.counts)
    if two_camps(thirds):
        return f"apart, in two camps: {counts(thirds)}"
    # What is apart without camps and without a wide spread is so between groups, or laptops.
    return f"apart: {lie}" if spread >= APART_FROM else f"apart between groups; {lie}"


def points_of(spread: Spread) -> tuple[int, ...]:
    """Count the seats at each of the points, 0 to 5; empty where the scores are not shown."""
    if not spread.marks:
        return ()
    given = dict.fromkeys(POINTS, 0)
    for mark in spread.marks:
        given[mark.points] += mark.seats
    return tuple(given.values())


def _given(given: Sequence[int]) -> str:
    each = [
        f"{seats} {'is' if seats == 1 else 'are'} {n}" for n, seats in enumerate(given) if seats
    ]
    return f"Of {sum(given)} scores {listed(each)}."


def _thirds(given: Sequence[int]) -> Thirds:
    return Thirds(low=sum(given[:2]), middle=sum(given[2:4]), high=sum(given[4:]))


_LONGEST = 40  # characters of the place: some systems keep 255 bytes of a name, zip tools fewer


def file_name(what: str, workshop: Workshop, ending: str) -> str:
    """Give a name such as action-plan-salford-2026-11-22.csv; letters beyond a to z go."""
    plain = unicodedata.normalize("NFKD", workshop.place.name).encode("ascii", "ignore").decode()
    place = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST].strip("-")
    parts = [what, place, workshop.held_on.isoformat()]
    return f"{'-'.join(part for part in parts if part)}.{ending}"


RAISED: Final = "Also raised by the scores"
NOTHING_WRITTEN: Final = "Nothing was written down in the room on these."
NOBODY_APART: Final = "Nobody was written down as staying apart."
NO_TALK: Final = "No conversation was written down."


class Talk(NamedTuple):
    """One domain that was talked about. What nobody said is "" or empty.

    `found` is what the scores showed, a sentence each; `heard` the notes, oldest first; `sides`
    what differs and what each side needs; `stands` whether it was agreed, and with whom it is
    parked; `apart` who stays apart and why, then what would change it: dissent is printed wherever
    the agreement is. Every line is worded as on the card in the room.
    """

    domain: str
    found: tuple[str, ...]
    heard: tuple[str, ...]
    sides: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def written(self) -> bool:
        """Whether the room wrote anything down on it."""
        return any(self[2:])


def talks_of(taken: TakenAway) -> tuple[Talk, ...]:
    """Give every domain with a topic, a note, a shown reason, a second look or an outcome.

    In the instrument's order, then what was talked about beside the domains, and what the room
    wrote something down on first.
    """
    found, heard = _found(taken), _heard(taken)
    outcomes = {outcome.domain: outcome for outcome in taken.outcomes}
    teams = {team.id: team.name for team in taken.workshop.teams}
    talks = []
    for key, name in taken.names.items():
        talk = Talk(name, found.get(key, ()), heard.get(key, ()))
        if key in outcomes:
            outcome = outcomes[key]
            talk = talk._replace(
                sides=planning_words.each_side(outcome),
                stands=_said(planning_words.agreed(outcome), planning_words.parked(outcome)),
                apart=_said(
                    planning_words.stays_apart(outcome, teams),
                    *planning_words.beside_dissent(outcome),
                ),
            )
        if talk.written or (any(talk[1:]) and not is_beside(key)):
            talks.append(talk)
    return tuple(sorted(talks, key=lambda talk: not talk.written))


def _said(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _found(taken: TakenAway) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {
        topic.domain: (f"{sentences.heading(topic)}.", *_statements(taken, topic))
        for topic in taken.shown.topics
    }
    for before, after, movement in taken.looks:
        said = what_moved(movement, before, after)
        found[after.domain.key] = (*found.get(after.domain.key, ()), said)
    for held in taken.shown.beside:
        rows = beside_words.rows_to_talk_about(held).items()
        found |= {key: (beside_words.row_said(held, row),) for key, row in rows}
    for key in taken.first_look_alone:
        found[key] = (*found.get(key, ()), FIRST_ALONE)
    return found


def _heard(taken: TakenAway) -> dict[str, tuple[str, ...]]:
    heard = {conversation.domain: conversation.heard for conversation in taken.conversations}
    for reason in taken.reasons:
        heard[reason.domain] = (*heard.get(reason.domain, ()), planning_words.pointed_at(reason))
    return heard


def _statements(taken: TakenAway, topic: Topic) -> tuple[str, ...]:
    domain = taken.workshop.instrument.domain(topic.domain)
    both = sentences.statements(topic, domain) if domain else ()
    return tuple(f"{who}: {statement}" for who, statement in both)


def share_out_lines(taken: TakenAway) -> Lines:
    """Give a line a sentence under a head, meanings first; () of a table that shared nothing."""
    names = taken.workshop.instrument.names
    heads = shared_as(taken.workshop.place.name)
    order = [(kind, key) for kind in heads for key in names]
    said = sorted(taken.share_outs, key=lambda share: order.index((share.kind, share.domain)))
    lines = [[heads[share.kind], names[share.domain], share.said] for share in said]
    return [["Share-out", "Domain", "In one sentence"], *lines] if lines else []


def remarks_as_csv(remarked: Sequence[Remarked]) -> bytes:
    """Give a row a statement that places called unclear, as CSV for Excel: guarded cells."""
    heads = ("instrument", "version", "domain", "points", "statement", "places", "it_should_say")
    rows = [
        (
            *(remark.instrument, remark.version, remark.called, remark.points, remark.statement),
            *(remark.places, "\n".join(remark.suggestions)),
        )
        for remark in remarked
    ]
    return as_csv([heads, *([guarded(str(cell)) for cell in row] for row in rows)])
