"""Names of the files that leave: of what, which place, which day; only safe letters."""

import re
import unicodedata

from aqua_core.vocabulary import Workshop

LONGEST = 40  # characters of the place: some systems keep 255 bytes of a name, zip tools fewer


def file_name(what: str, workshop: Workshop, ending: str) -> str:
    """Give a name such as action-plan-salford-2026-11-22.csv; letters beyond a to z go."""
    plain = unicodedata.normalize("NFKD", workshop.place.name).encode("ascii", "ignore").decode()
    place = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST].strip("-")
    parts = [what, place, workshop.held_on.isoformat()]
    return f"{'-'.join(part for part in parts if part)}.{ending}"
