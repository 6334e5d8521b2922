"""Two ways of counting: each group weighs the same, or each seat does."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

DIFFERS = Fraction(3, 10)
"""Points from which both ways are said: less is lost in how people round."""


def by_heads(groups: Collection[Sequence[int]]) -> Fraction:
    """Give the mean over all seats (0 to 5): sum of all points / number of all scores.

    Raises:
        ZeroDivisionError: nobody scored; whoever asks must have seen that somebody did.
    """
    return Fraction(sum(map(sum, groups)), sum(map(len, groups)))


def by_partner(points: Mapping[str, Sequence[int]], pooled: Collection[str]) -> Fraction:
    """Give the mean in which each partner weighs the same (points, 0 to 5).

    (sum of the shown partners' means + p * the pool's mean) / (shown partners + p), p being how
    many partners are in the pool: each of them is taken to stand where the pool stands. A small
    partner's own mean would follow from the whole otherwise; so the figure says nothing that the
    means of the shown partners and of the pool do not say.

    Args:
        points: of each partner, by its id; partners without points are left out.
        pooled: ids of all partners in the pool. Those in which nobody gave points count in p: the
            average would else say how many did.
    """
    pool = [points[partner] for partner in pooled if partner in points]
    means = [by_heads([given]) for partner, given in points.items() if partner not in pooled]
    means += [by_heads(pool) for _ in pooled]
    return sum(means, Fraction(0)) / len(means)


def heads_where_it_differs(average: Fraction, heads: Fraction) -> float | None:
    """Give the figure by heads where the two ways differ by 0.3 or more; otherwise None."""
    return float(heads) if abs(average - heads) >= DIFFERS else None
