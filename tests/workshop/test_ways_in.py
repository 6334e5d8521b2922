"""One way in: no deed of the workshop has a door of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

ROOT: Final = Path(__file__).parents[2]
WORKSHOP: Final = ROOT / "aqua_core/workshop"
WAYS_IN: Final = {
    "aqua_core.workshop.admitting." + way
    for way in (
        *("facilitating", "managing"),  # the facilitator's
        *("administering", "belonging"),  # an administrator's, and everybody's own account
        "convening",  # the facilitator's: a gathering, and each of its tables
        "leading",  # the facilitator's and the hosts': its talk and its plan
        *("watching", "watched"),  # the facilitator's and the walls'
        *("knowing", "arriving"),  # everybody's with the code: the stage, never a score; places
        "looking_on",  # everybody's: whether a room scores
        *("visiting", "sitting", "voting", "voting_together", "asking"),  # the devices'
    )
}
# Who is not in yet asks these: they make, take or show the secret itself, and no workshop.
DOORS: Final = {
    *("admitting.may_facilitate", "admitting.may_lead", "admitting.role_of"),
    *("admitting.sits_somewhere", "admitting.codes_sat_in", "hosting.invited", "hosting.accept"),
    *("pairing.pairing_code", "pairing.shown_on"),
    *("signing_in.sign_out", "signing_in.sign_in", "signing_in.sign_in_by_passphrase"),
    "seating.remember_address",  # no file is asked: an address of this laptop, in memory
}
TRANSACTIONS: Final = {"reading", "writing", "writing_beside", "writing_anew"}
CHECKS: Final = {
    "is_facilitator",
    "is_wall",
    "is_host",
    "workshop_by_code",
    "seat_by_token",
    "is_open",
}
"""What the ways in ask the file; whoever asks it beside them says here why."""
ASKED_ELSEWHERE: Final = {
    ("setting_up", "workshop_by_code"),  # whether a code is free
    ("pairing", "seat_by_token"),  # whether the seat was handed over meanwhile
    ("closing", "is_open"),  # to say it, not to refuse
    ("reading", "is_open"),
    ("gathering", "is_open"),  # which tables take part
    ("tabling", "is_open"),  # which workshop may have a table
    ("running", "is_open"),  # which tables' sheets go on with this one
    ("entering", "is_open"),  # whether a workshop could still score, or its day reveal it
    ("sitting_apart", "is_open"),  # whether what is sealed could still change
}


class Deed(NamedTuple):
    """A function of the workshop: what it is given, and whom it calls, by their whole names."""

    name: str
    given: set[str]
    calls: set[str]


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(WORKSHOP.rglob("*.py")):
        dotted = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        yield dotted.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def names_in(module: str, tree: ast.Module) -> dict[str, str]:
    known = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return known | {
        node.name: f"{module}.{node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def deeds() -> dict[str, Deed]:
    """Give every function of the workshop by its whole name; what stands inside it is its own."""
    found: dict[str, Deed] = {}
    for module, tree in modules():
        known = names_in(module, tree)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                name = f"{module}.{node.name}"
                given = {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
                found[name] = Deed(name, given, set(used_in(node, known)))
    return found


def used_in(deed: ast.FunctionDef, known: dict[str, str]) -> Iterator[str]:
    """Give the whole names of what a deed uses: `reveal`, or `revealing.reveal` of a module."""
    for node in ast.walk(deed):
        if isinstance(node, ast.Name) and node.id in known:
            yield known[node.id]
        elif isinstance(node, ast.Attribute) and getattr(node.value, "id", None) in known:
            yield f"{known[node.value.id]}.{node.attr}"


ALL: Final = deeds()
# A module may pass names on.
PASSED_ON: Final = {
    f"{module}.{name}": whole
    for module, tree in modules()
    for name, whole in names_in(module, tree).items()
    if f"{module}.{name}" != whole
}


def is_let_in(name: str, met: frozenset[str] = frozenset()) -> bool:
    name = PASSED_ON.get(name, name)
    if name in WAYS_IN:
        return True
    if name in met or name not in ALL:
        return False
    return any(is_let_in(called, met | {name}) for called in ALL[name].calls)


def ways_of(name: str, met: frozenset[str] = frozenset()) -> set[str]:
    """Give every way in that a deed takes, itself or by what it calls."""
    name = PASSED_ON.get(name, name)
    if name in WAYS_IN:
        return {short(name).rsplit(".", 1)[1]}
    if name in met or name not in ALL:
        return set()
    return set().union(*(ways_of(called, met | {name}) for called in ALL[name].calls))


def short(name: str) -> str:
    return name.removeprefix("aqua_core.workshop.")


PUBLIC: Final = sorted(
    name
    for name, deed in ALL.items()
    if not name.rsplit(".", 1)[1].startswith("_")
    and deed.given & {"caller", "code"}
    and "cursor" not in deed.given
    and name not in WAYS_IN
)


@pytest.mark.parametrize("name", PUBLIC, ids=short)
def test_who_asks_is_let_in_by_one_of_the_ways(name: str) -> None:
    assert is_let_in(name) or short(name) in DOORS


def test_every_door_and_every_way_is_still_there() -> None:
    assert {f"aqua_core.workshop.{door}" for door in DOORS} | WAYS_IN <= ALL.keys()
    assert len(PUBLIC) > 80


def test_no_deed_opens_a_transaction_beside_the_ways_in() -> None:
    """Whoever opens one holds a workshop already: what is kept for all is read for all."""
    opening = {
        (f"{module}.{node.name}", call.func.id)
        for module, tree in modules()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in TRANSACTIONS
    }

    beside = {name for name, _ in opening if ALL[name].given & {"caller", "code"}}
    writing = {name for name, kind in opening if kind != "reading"}

    assert set(map(short, beside - WAYS_IN)) <= DOORS
    assert set(map(short, writing)) == {
        *("signing_in.sign_out", "signing_in._signed_in", "signing_in.end_sign_ins_of_last_run"),
        *("hosting.accept", "hosting.sign_in_known", "admitting._beside_others"),
        "admitting.writing_for_all",  # lent to the way in of a gathering
        *("moving.move_in", "moving.move_out"),  # the operator's, at the console
    }


def test_only_the_ways_in_ask_who_somebody_is() -> None:
    asking = {
        (short(name).split(".")[-2], called.rsplit(".", 1)[1])
        for name, deed in ALL.items()
        for called in deed.calls
        if called.startswith("aqua_core.store.") and called.rsplit(".", 1)[1] in CHECKS
    }

    assert {(module, check) for module, check in asking if module != "admitting"} == ASKED_ELSEWHERE


def test_a_deed_with_a_door_of_its_own_is_found() -> None:
    assert not is_let_in("aqua_core.workshop.pairing.shown_on_nothing")
    assert not is_let_in("aqua_core.workshop.signing_in.has_passphrase")
    assert is_let_in("aqua_core.workshop.cycling.answer_action")


def test_a_closed_workshop_takes_what_is_named_here_and_nothing_else() -> None:
    """Its plan goes on while the place waits to meet again, and walls may come and go."""
    taking = {
        node.name
        for _, tree in modules()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and any(keyword.arg == "closed_too" for keyword in call.keywords)
    }

    assert taking == {
        *("pair_wall", "stop_walls", "stop_timer"),
        *("_save", "_save_support", "_save_unclear", "take_out", "put_back", "take_differences"),
        *("start_cycle", "save_cycle", "study_cycle", "answer_action", "take_on"),
        *("sit_together", "sit_alone"),  # a wave is put together when its sittings are over
        "_save_share_outs",  # what is shared is written when the day is looked back on, too
        "answer_request",  # who helps is found after the day
        "end_sheet",  # a sheet that was forgotten is put away
        "name_missing",  # whom the room missed is often seen when the report is read
        "agree_next_wave",  # the day may be found after everybody has gone
        # A slip is often found when the report is read; what was scored stays.
        *("change_names", "correct_note", "take_outcome_out", "correct_cycle", "undo_last_done"),
    }
