"""Tables that a page shows as they are: words in, words out."""

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from aqua_core.vocabulary import TeamProgress, Tier
from pages._saying import plain

_FIGURE: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def progress_table(progress: Sequence[TeamProgress], *, scoring: bool) -> pd.DataFrame:
    """Lay out the teams, a row a partner and a column a tier: "2 of 3", or how many joined."""
    tiers = [tier for tier in Tier if any(of_team.team.tier is tier for of_team in progress)]
    cells: dict[tuple[str, Tier], list[TeamProgress]] = {}
    for of_team in progress:
        cells.setdefault((of_team.team.partner.name, of_team.team.tier), []).append(of_team)
    partners = list(dict.fromkeys(of_team.team.partner.name for of_team in progress))
    return pd.DataFrame(
        {
            tier.value.capitalize(): [
                _cell(cells.get((partner, tier), []), scoring) for partner in partners
            ]
            for tier in tiers
        },
        index=pd.Index([plain(partner) for partner in partners], name="Partner"),
    )


def literal(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table of words that st.table shows as they are; it reads Markdown in every cell.

    Figures stay as they are: nothing in them means something.
    """
    return table.rename(columns=plain).map(
        lambda cell: cell if _FIGURE.fullmatch(cell) else plain(cell)
    )


def _cell(teams: Sequence[TeamProgress], scoring: bool) -> str:
    if len(teams) < 2:
        return "".join(_counted(team, scoring) for team in teams)
    return "; ".join(f"{plain(team.team.name)}: {_counted(team, scoring)}" for team in teams)


def _counted(team: TeamProgress, scoring: bool) -> str:
    if not team.seats:
        return "nobody yet"
    return f"{team.finished} of {team.seats}" if scoring else f"{team.seats} joined"
