"""Wave cards of other places, as files that somebody brings, and a community with our own place."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from aqua_core.rules.band import wording_hash
from aqua_core.vocabulary import Tier, Workshop
from aqua_core.vocabulary.card import CONSENT
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.sharing_waves import bring_card, publish_band, share_wave
from tests.kit import engines
from tests.kit.notation import ALL, INSTRUMENT
from tests.kit.waves import DAYS, LEVELS, shown_on

TODAY = DAYS[1]
COLUMNS = (
    "id VARCHAR, place VARCHAR, dated DATE, wording VARCHAR, scored VARCHAR, tiers VARCHAR[], "
    "consent VARCHAR, domain VARCHAR, average DOUBLE, agreed VARCHAR"
)
STEPS = (-1.1, -0.6, 0.6, 1.1)
"""How far four other places stand from our own levels, in points."""


def rows_of(
    whose: str,
    averages: Mapping[str, float],
    dated: date = DAYS[0],
    tiers: Sequence[Tier] = (Tier.BOARD, Tier.FRONT_LINE),
    **other: Any,
) -> list[list[Any]]:
    """Give the rows of a card as its file holds them; `other` sets a column of all rows."""
    said = {
        "id": hashlib.sha256(f"{whose} {dated}".encode()).hexdigest()[:16],
        "place": hashlib.sha256(whose.encode()).hexdigest()[:16],
        "dated": dated,
        "wording": wording_hash(INSTRUMENT.domains),
        "scored": "12 to 23",
        "tiers": [tier.value for tier in tiers],
        "consent": CONSENT,
    } | other
    return [[*said.values(), key, average, "close"] for key, average in averages.items()]


def file_of(rows: Sequence[Sequence[Any]], columns: str = COLUMNS) -> bytes:
    """Write rows as Parquet, in the plainest way."""
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = Path(folder) / "card.parquet"
        connection.execute(f"CREATE TABLE card ({columns})")
        marks = ", ".join("?" for _ in columns.split(","))
        connection.executemany(f"INSERT INTO card VALUES ({marks})", rows)
        connection.execute(f"COPY card TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def kept_beside(room_file: Path, kind: str = "cards") -> dict[str, bytes]:
    """Give what is kept of one kind of file, by name: beside a laptop's file, or as rows."""
    if engines.POSTGRESQL:
        asked = "SELECT name, content FROM shelved WHERE kind = $1 ORDER BY name"
        with engines.looking_into(room_file) as connection:
            return dict(connection.execute(asked.encode(), [kind]).fetchall())
    folder = room_file.with_name(f"room-{kind}")
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {file.name.removesuffix(".parquet"): file.read_bytes() for file in files}


def levels(step: float) -> dict[str, float]:
    """Give averages so far from our own levels."""
    return {key: min(5.0, max(0.0, round(LEVELS[key] + step, 1))) for key in ALL}


def others_bring(
    facilitator: Caller, steps: Sequence[float] = STEPS, dated: date = DAYS[0], **other: Any
) -> None:
    """Bring a card a step, each of another place."""
    for n, step in enumerate(steps):
        raw = file_of(rows_of(f"other {n}", levels(step), dated, **other))
        bring_card(facilitator, raw, max(dated, TODAY))


def our_place(facilitator: Caller) -> tuple[Workshop, str, str]:
    """Hold a wave of a place up to its reveal; give the workshop, the place's id and the wave's."""
    workshop = shown_on(facilitator, DAYS[0])
    (row,) = places_now(facilitator, TODAY)
    return workshop, row.place.id, f"w-{workshop.id}"


def published_with(facilitator: Caller, steps: Sequence[float] = STEPS) -> tuple[Workshop, str]:
    """Share our wave, bring the others' cards, publish; give our workshop and our place's id."""
    workshop, place_id, wave_id = our_place(facilitator)
    share_wave(facilitator, place_id, wave_id, TODAY)
    others_bring(facilitator, steps)
    publish_band(facilitator, place_id, TODAY)
    return workshop, place_id


def a_community(places: int, seed: int) -> list[float]:
    """Invent the averages of one domain, one a place, 0 to 5 with one decimal."""
    dice = random.Random(f"community {seed}")
    middle, spread = dice.gauss(2.3, 0.6), dice.choice((0.3, 0.5, 0.7, 1.0, 1.4))
    return [min(5.0, max(0.0, round(dice.gauss(middle, spread), 1))) for _ in range(places)]
