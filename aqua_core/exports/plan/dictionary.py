"""The data dictionary of the action plan: what each column of its CSV holds, and in what form."""

import csv
import io

from aqua_core.exports.plan.columns import MEANINGS


def dictionary_as_csv() -> bytes:
    """Give the dictionary as CSV for Excel: UTF-8 with BOM, RFC 4180."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(("column", "form", "what it holds", "may be changed", "may be empty"))
    for (_, name, holds, _), form, may_change, may_be_empty in MEANINGS:
        writer.writerow((name, form, holds, _yes(may_change), _yes(may_be_empty)))
    return page.getvalue().encode("utf-8-sig")


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
