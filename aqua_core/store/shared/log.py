"""What the database writes into its own log: nothing that a seat gave may be in it.

Statements hold no values, and what fails holds none by a setting of our own sessions (`lending`).
The others only an administrator may set.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import Cursor

# Each with the values by which it writes no statement with what it carries.
_WITH_VALUES: Final = {
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
}
# A plan holds values whatever is said of parameters; who audits may ask for them by name.
_WHATEVER_IS_KEPT: Final = {
    "auto_explain.log_min_duration": ("-1",),
    "pgaudit.log_parameter": ("off",),
}
_KEPT: Final = "log_parameter_max_length"  # 0 keeps what statements carry out of the log


def check_log(cursor: Cursor) -> None:
    """Refuse a database that writes what seats gave into its log, sealed or not.

    Raises:
        FileUnusable: it does so, or would for a statement that is slow.
    """
    asked = [_KEPT, *_WITH_VALUES, *_WHATEVER_IS_KEPT]
    rows = cursor.execute(
        "SELECT name, setting, current_user FROM pg_settings WHERE name = ANY($1) ORDER BY name",
        [asked],
    ).fetchall()
    found, role = {name: setting for name, setting, _ in rows}, rows[0][2]
    told = "The room's database writes what seats gave, sealed scores too, into its log"
    if loud := _loud(found, _WHATEVER_IS_KEPT):
        raise FileUnusable(f"{told} ({loud}). Let its administrator turn it off, then start again.")
    if found[_KEPT] != "0" and (loud := _loud(found, _WITH_VALUES)):
        raise FileUnusable(
            f"{told} ({loud}). Let its administrator run: ALTER ROLE {role} SET {_KEPT} = 0. "
            "Then start again."
        )


def _loud(found: Mapping[str, str], quiet: Mapping[str, Sequence[str]]) -> str:
    return ", ".join(
        name for name, silent in quiet.items() if found.get(name, silent[0]) not in silent
    )
