"""Many long names on one page: what they share is left out, and the legend keeps its order."""

from aqua_core.charts.gap_chart import gap_chart
from aqua_core.charts.layout.canvas import wide
from aqua_core.charts.layout.gap_rows import ends_of, framed
from aqua_core.charts.layout.legend import foot, keys_of
from aqua_core.charts.layout.names import labels_of
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.charts.whole import heat_table
from aqua_core.vocabulary import Gap, Group
from tests.charts.test_charts import any_room, colours_of, gap, words_of

PROJECTED, HEIGHT = Look(font=32), 735
LINE = round(PROJECTED.small * 1.35)
MANCHESTER = (
    *("Greater Manchester Mental Health Trust", "Greater Manchester Integrated Care Board"),
    *("Greater Manchester Ambulance Service", "Greater Manchester Hospitals Foundation"),
    *("Greater Manchester Council for Wigan", "Greater Manchester Voluntary Sector"),
)
PARTNERS = (
    *("Commissioners", "Hospital trust", "Council", "GP practices", "Mental health trust"),
    *("Voluntary sector", "Ambulance trust", "Community trust"),
)
TIERS = ("board", "managers", "front line")


def groups(*names: str) -> list[Group]:
    return [Group(id=f"team{n}", name=name, slot=n) for n, name in enumerate(names)]


def teams(partners: tuple[str, ...], tiers: tuple[str, ...]) -> list[str]:
    return [f"{partner}, {tier}" for partner in partners for tier in tiers]


def labels(*names: str) -> list[str]:
    return list(labels_of(groups(*names)).values())


def named(gaps: list[Gap], names: list[str]) -> list[Gap]:
    """Give the teams of a room these names."""

    def called(group: Group) -> Group:
        return group.model_copy(update={"name": names[group.slot]})

    return [
        gap.model_copy(
            update={
                "standings": tuple(
                    side.model_copy(update={"group": called(side.group)}) for side in gap.standings
                )
            }
        )
        for gap in gaps
    ]


def test_long_names_lose_what_all_of_them_begin_or_end_with() -> None:
    assert labels(*MANCHESTER)[:2] == ["Mental Health Trust", "Integrated Care Board"]
    assert labels("Council of the West Pennines", "Hospital trust of the West Pennines") == [
        *("Council", "Hospital trust"),
    ]
    assert labels(*teams(MANCHESTER, TIERS))[4] == "Integrated Care Board, managers"


def test_names_that_are_short_or_would_become_the_same_stay_as_they_are() -> None:
    short = ["Salford Council", "Salford Royal"]
    alike = ["Council of the Western Pennines", "Council for the Western Pennines"]
    counted = ["Integrated Neighbourhood Team 1", "Integrated Neighbourhood Team 2"]
    alone = ["Greater Manchester Mental Health Trust"]

    for names in (short, alike, counted, alone):
        assert labels(*names) == names
    pool = Group(id="pool", name="Others together", slot=-1)
    assert labels_of([*groups(*MANCHESTER), pool])["pool"] == "Others together"


def test_a_legend_of_24_teams_takes_four_lines_a_partner_after_the_other() -> None:
    names = teams(PARTNERS, TIERS)
    keys = keys_of(groups(*names), PROJECTED)
    at_foot = foot(keys, PROJECTED)
    rows = at_foot.layers[1].data["values"]
    heads = [row["words"] for row in rows if row["words"] in PARTNERS]

    assert at_foot.height <= 4 * LINE
    assert heads == list(PARTNERS)
    assert max(row["across"] + wide(row["words"], 28) for row in rows) <= PROJECTED.narrowest
    assert {(row["words"], row["colour"]) for row in at_foot.layers[0].data["values"]} == {
        (name, colour(slot, PROJECTED)) for slot, name in enumerate(names)
    }


def test_a_legend_that_two_lines_hold_names_every_team_in_full() -> None:
    keys = keys_of(groups(*teams(PARTNERS[1:4], TIERS[::2])), PROJECTED)

    assert foot(keys, PROJECTED).height == 2 * LINE
    words = {row["words"] for row in foot(keys, PROJECTED).layers[1].data["values"]}
    assert words == set(teams(PARTNERS[1:4], TIERS[::2]))


def test_twelve_teams_with_names_of_forty_letters_are_whole_at_the_ends_of_their_rows() -> None:
    names = teams(MANCHESTER, TIERS[::2])
    gaps = named(any_room(3, 8, 12, 0), names)
    picture = gap_chart(gaps, PROJECTED, HEIGHT)

    assert not {words for words in words_of(picture) if "…" in words}
    assert colours_of(picture)["Mental Health Trust"] >= {(colour(0, PROJECTED), shape(0))}


def test_a_name_takes_a_second_line_before_it_takes_width_from_the_scale() -> None:
    names = teams(("GP practices", "Council"), TIERS[::2])
    gaps = named([gap(0, {1: 0.0, 2: 5.0}), gap(1, {0: 0.0, 3: 5.0})], names)
    frame = framed(gaps, PROJECTED, HEIGHT, foot((), PROJECTED))

    assert ends_of(gaps[0], frame, "teams").left == "GP practices,\nfront line"
    assert ends_of(gaps[0], frame, "teams").right == "Council, board"


def test_a_name_that_must_be_cut_keeps_the_tier_that_tells_it_from_its_neighbour() -> None:
    names = teams(tuple(f"{name} in the Holme Valley {name[:4]}" for name in PARTNERS), TIERS[:2])
    gaps = [gap(n, {n: 0.5, n + 2: 2.0, 11 - n // 8: 4.5}) for n in range(8)]
    gaps = named([*gaps[:7], gap(7, {slot: slot / 3 for slot in range(12)})], names)
    at_foot = foot((), PROJECTED)
    for height in (HEIGHT, 560):  # rows of two lines, and of one
        frame = framed(gaps, PROJECTED, height, at_foot)
        words = [ends_of(row, frame, "teams").left for row in gaps]

        assert any("…" in word for word in words)
        assert all(word.endswith(TIERS[:2]) for word in words)


def test_the_heat_table_of_24_teams_keeps_most_of_the_page() -> None:
    gaps = named(any_room(3, 8, 24, 0), teams(PARTNERS, TIERS))
    words = words_of(heat_table(gaps, PROJECTED, HEIGHT))

    assert set(PARTNERS) | set(TIERS) <= words
