"""The action plan as CSV for Excel."""

import csv
import io
from collections.abc import Sequence

from aqua_core.exports.plan.columns import COLUMNS, rows_of
from aqua_core.rules.cells import guarded
from aqua_core.vocabulary import Action, Cycle, Workshop


def plan_as_csv(
    workshop: Workshop, actions: Sequence[Action], cycles: Sequence[Cycle] = ()
) -> bytes:
    """Give the plan as CSV: UTF-8 with BOM, RFC 4180, ISO dates, guarded cells."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    rows = rows_of(workshop, actions, cycles)
    writer.writerows([guarded(cell) for cell in row.values()] for row in rows)
    return page.getvalue().encode("utf-8-sig")
