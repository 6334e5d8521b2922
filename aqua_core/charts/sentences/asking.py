"""Which prompt a room is asked, and how it is said. The same room is asked the same again."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from aqua_core.charts.sentences.asides import quiet_pattern
from aqua_core.vocabulary import Misreading, Place
from aqua_core.vocabulary.prompt import PERSONA, Prompt, Prompts, Step
from aqua_core.vocabulary.reading import Chance, DomainReading, Pattern, Topic
from aqua_core.vocabulary.second_look import Movement

_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})


class Raised(NamedTuple):
    """What raises a question: patterns, the one to ask by first, on a domain or on none (None)."""

    patterns: tuple[Pattern, ...]
    domain: str | None


def raised_by(topics: Sequence[Topic], domains: Sequence[DomainReading]) -> tuple[Raised, ...]:
    """Give what raises the room's questions: each topic, or the quiet of a room without one."""
    if not topics:
        return (Raised((quiet_pattern(domains),), None),)
    return tuple(Raised(_patterns(topic), topic.domain) for topic in topics)


def raised_besides(topics: Sequence[Topic], domains: Sequence[DomainReading]) -> tuple[Raised, ...]:
    """Give what raises a question on every domain that is the anchor of no topic."""
    taken = {topic.domain for topic in topics}
    return tuple(
        Raised((each.pattern,), each.domain) for each in domains if each.domain not in taken
    )


def raised_by_moves(movements: Sequence[Movement]) -> tuple[Raised, ...]:
    """Give what raises a question on every domain on which somebody moved."""
    return tuple(Raised((each.pattern,), each.domain) for each in movements if each.pattern)


def raised_by_second_look(domain: str) -> tuple[Raised, ...]:
    """Give what raises a question on every screen once a domain was looked at again.

    What pulled those who moved is the facilitator's alone, so it raises none here.
    """
    return (Raised((Pattern.MOVED,), domain),)


def raised_by_misreading(misread: Misreading | None) -> tuple[Raised, ...]:
    """Give what raises a question where one side's guess lay far from another's scores."""
    return (Raised((Pattern.MISREAD,), misread.domain),) if misread else ()


def prompts_for(prompts: Prompts, raised: Sequence[Raised]) -> tuple[Prompt, ...]:
    """Choose one prompt for each thing that raises a question, in the same order.

    What was asked least comes first, then the domain's own, then the file's order: the same
    pattern twice gives two questions as long as the file has two.
    """
    times: Counter[str] = Counter()
    chosen: list[Prompt] = []
    for each in raised:
        fitting = [
            prompt for pattern in each.patterns for prompt in prompts.fitting(pattern, each.domain)
        ]
        prompt = min(fitting, key=lambda prompt: times[prompt.key])
        times[prompt.key] += 1
        chosen.append(prompt)
    return tuple(chosen)


def step_said(step: Step) -> str:
    """Say a step with its minutes: "Pairs, then fours, then all. (6 min)"."""
    return f"{step.text} ({step.minutes}\u00a0min)"


def persona_line(prompt: Prompt, place: Place) -> str:
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
