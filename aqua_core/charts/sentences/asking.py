"""What pages ask and say in passing."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from aqua_core.charts.sentences.conversations import found, without_a_line
from aqua_core.charts.sentences.wording import Names, in_words
from aqua_core.vocabulary import Misreading, Place
from aqua_core.vocabulary.prompt import PERSONA, Prompt, Prompts, Question, Step
from aqua_core.vocabulary.reading import (
    Chance,
    DomainReading,
    HowAgreed,
    LeftOut,
    LookedAt,
    Pattern,
    Topic,
)
from aqua_core.vocabulary.shown import Movement

REASONS: Final = {
    LeftOut.SET_ASIDE: "It was set aside.",
    LeftOut.THREE_ARE_ENOUGH: "Three conversations are enough for one sitting.",
    LeftOut.SAME_DOMAIN: "Another finding on this domain comes first.",
    LeftOut.NOTHING_DIVIDES: "The room stands close here.",
    LeftOut.TOO_MIXED: "It is neither agreed nor apart.",
    LeftOut.TOO_FEW: "There are not enough scores to say more.",
    LeftOut.TOO_ALIKE: "The room is too small and too alike here to be shown apart.",
}
_CALM: Final = (HowAgreed.AGREED, HowAgreed.CLOSE)
ALL_SET_ASIDE: Final = "Every question was set aside."


def left_out(looked_at: LookedAt, names: Names) -> str:
    """Say what was found on a domain, and why no conversation came of it."""
    return f"{names[looked_at.domain]}: {found(looked_at)}. {REASONS[looked_at.why]}"


def how_many_more(count: int) -> str:
    """Say how many were looked at besides: "5 more we looked at"."""
    return f"{count} more we looked at"


def quiet_heading(domains: Sequence[DomainReading], lines_hidden: bool) -> str:
    """Head the card of a room without a conversation; calm is claimed only where it holds."""
    if any(domain.how_agreed not in _CALM for domain in domains):
        return "Too few scores to say what divides the room."
    seen = ", as far as can be shown" if lines_hidden else ""
    return f"{without_a_line(Pattern.QUIET_ROOM)}{seen}."


def how_quiet(domains: Sequence[DomainReading]) -> str:
    """Say honestly what stands behind a room without a conversation, in counts of domains."""
    if not domains:
        return ""
    if all(domain.level is None for domain in domains):
        if any(domain.pattern is Pattern.TOO_ALIKE for domain in domains):
            return "The room is too small and too alike for its scores to be shown apart."
        return "Too few gave points for the room to say anything about these domains."
    agreed = sum(domain.how_agreed is HowAgreed.AGREED for domain in domains)
    of = in_words(len(domains))
    if agreed == len(domains):
        return (
            "It agrees on the one domain it scored."
            if agreed == 1
            else f"It agrees on all {of} domains."
        )
    close = sum(domain.how_agreed is HowAgreed.CLOSE for domain in domains)
    if close == len(domains):
        all_of = "the one domain it scored" if close == 1 else f"all {of} domains"
        return f"It stands close on {all_of}."
    agrees = f"It agrees on {in_words(agreed)} of {of} {'domain' if of == 'one' else 'domains'}"
    return f"{agrees}, and stands close on {in_words(close)}." if close else f"{agrees}."


def _quiet_pattern(domains: Sequence[DomainReading]) -> Pattern:
    """Give the pattern that asks a room without a conversation its question."""
    many = [domain for domain in domains if domain.pattern is Pattern.MANY_CANNOT_SAY]
    if domains and all(domain.level is None for domain in domains):
        return Pattern.MANY_CANNOT_SAY if many else Pattern.TOO_FEW
    return Pattern.QUIET_ROOM


_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})


class Raised(NamedTuple):
    """What raises a question: patterns, the one to ask by first, on a domain or on none (None)."""

    patterns: tuple[Pattern, ...]
    domain: str | None


def raised_by(topics: Sequence[Topic], domains: Sequence[DomainReading]) -> tuple[Raised, ...]:
    """Give what raises the room's questions: each topic, or the quiet of a room without one."""
    if not topics:
        return (Raised((_quiet_pattern(domains),), None),)
    return tuple(Raised(_patterns(topic), topic.domain) for topic in topics)


def raised_besides(topics: Sequence[Topic], domains: Sequence[DomainReading]) -> tuple[Raised, ...]:
    """Give what raises a question on every domain that is the anchor of no topic."""
    taken = {topic.domain for topic in topics}
    return tuple(
        Raised((domain.pattern,), domain.domain) for domain in domains if domain.domain not in taken
    )


def raised_by_moves(movements: Sequence[Movement]) -> tuple[Raised, ...]:
    """Give what raises a question on every domain on which somebody moved."""
    return tuple(
        Raised((movement.pattern,), movement.domain) for movement in movements if movement.pattern
    )


def raised_by_second_look(domain: str) -> tuple[Raised, ...]:
    """Give what raises a question on every screen once a domain was looked at again.

    What pulled those who moved is the facilitator's alone, so it raises none here.
    """
    return (Raised((Pattern.MOVED,), domain),)


def raised_by_misreading(misread: Misreading | None) -> tuple[Raised, ...]:
    """Give what raises a question where one side's guess lay far from another's scores."""
    return (Raised((Pattern.MISREAD,), misread.domain),) if misread else ()


def raised_by_falls(domains: Sequence[str]) -> tuple[Raised, ...]:
    """Give what raises a question on every domain that moved down since last time."""
    return tuple(Raised((Pattern.FELL,), domain) for domain in domains)


def prompts_for(prompts: Prompts, raised: Sequence[Raised]) -> tuple[Prompt, ...]:
    """Choose one prompt for each thing that raises a question, in the same order.

    What was asked least comes first, then the domain's own, then the file's order: the same
    pattern twice gives two questions as long as the file has two.
    """
    times: Counter[str] = Counter()
    chosen: list[Prompt] = []
    for question in raised:
        fitting = [
            prompt
            for pattern in question.patterns
            for prompt in prompts.fitting(pattern, question.domain)
        ]
        prompt = min(fitting, key=lambda prompt: times[prompt.key])
        times[prompt.key] += 1
        chosen.append(prompt)
    return tuple(chosen)


def step_said(step: Step) -> str:
    """Say a step with its minutes: "Pairs, then fours, then all. (6 min)"."""
    return f"{step.text} ({step.minutes}\u00a0min)"


def persona_line(prompt: Question, place: Place) -> str:
    """Keep the talk about people: ask after the place's resident; "" where either has none."""
    if not (place.persona and prompt.persona):
        return ""
    return prompt.persona.replace(PERSONA, _called(place.persona))


def _patterns(topic: Topic) -> tuple[Pattern, ...]:
    if topic.chance is Chance.COULD_BE:
        return Pattern.COULD_BE_CHANCE, topic.pattern
    return (topic.pattern,)


def _called(persona: str) -> str:
    """Call "Sally Ford" Sally, and "Mrs Smith" by her whole name."""
    first = persona.split()[0]
    return persona if first.casefold().rstrip(".") in _TITLES else first
