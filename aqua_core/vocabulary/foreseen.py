"""What a reveal would show of a room, foreseen from counts of people and never from scores."""

from aqua_core.vocabulary.result import Compare
from aqua_core.vocabulary.word import Word


class Sight(Word):
    """What one comparison would show, groups by name and in the workshop's order.

    `without` are the partners whose teams would be left out where tiers or teams are compared.
    """

    compare: Compare
    alone: tuple[str, ...]
    together: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether anything could be compared: two groups or more would be shown alone."""
        return len(self.alone) > 1

    @property
    def whole(self) -> bool:
        """Whether every group would be shown alone, with all its teams."""
        return not self.together and not self.without


class TooSmall(Word):
    """A partner or a team below the guard: how many people it has, and how many it lacks."""

    name: str
    people: int
    lacks: int


class Foreseen(Word):
    """What a reveal would show if everybody in the room gave points on a domain.

    `sights` holds the partners, and tiers and teams where they are another comparison.
    `partners` are below the guard; `teams` are too, and stand in partners that reach it.
    `ones` are the teams of one person in an open room: their scores would be seen as that person's.
    """

    guard: int
    people: int
    sights: tuple[Sight, ...]
    partners: tuple[TooSmall, ...]
    teams: tuple[TooSmall, ...]
    ones: tuple[str, ...]

    @property
    def withheld(self) -> bool:
        """Whether no score would be shown at all: fewer people than the guard."""
        return self.people < self.guard

    def sight(self, compare: Compare) -> Sight | None:
        """Give what one comparison would show; None where it is no other than the partners."""
        return next((sight for sight in self.sights if sight.compare is compare), None)
