"""What people type: names that are alike, and details that identify a person."""

import re
import unicodedata
from calendar import month_abbr
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Final

from aqua_core.errors import DateRefused, LooksPersonal
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import Word, same_name, typed_in, words_of

# Letters of the Cyrillic and Greek alphabets that are drawn as a Latin one; typographic quotes and
# dashes are drawn as the plain ones. Unicode's own list (UTS 39) has 6,000 more, none of which
# a keyboard in a British office types by mistake.
_DRAWN_AS: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсух" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ" + "‘’′“”‐–—−",
    "ABESIJKMHOPCTYXaesijopcyx" + "ABEZHIKMNOPTYXaikvopux" + "'''\"\"----",
)


def folded(name: str) -> str:
    """Give what two names share when they look the same: alphabet, case and width folded.

    Args:
        name: as clean_name gives it.
    """
    return same_name(name.translate(_DRAWN_AS))


def twin_of(name: str, others: Iterable[str]) -> str | None:
    """Give the first of the other names that looks like this one, or None."""
    known: Mapping[str, str] = {folded(other): other for other in reversed([*others])}
    return known.get(folded(name))


_E_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# 0161 496 0000, (020) 7946 0000, 07700 900123, +44 161 496 0000, +44 (0)161 496 0000.
_TELEPHONE: Final = re.compile(
    r"(?<!\d)(?:(?:\+|00)44[ .-]?(?:\(0\))?[ .-]?\(?|\(?0)"
    r"\d{2,4}\)?(?:[ .-]?\d{2,4}){2,3}(?!\d)"
)
_TELEPHONE_DIGITS: Final = range(9, 11)
"""Digits of a British number after its 0 or +44."""
_NHS_NUMBER: Final = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")


def personal_details(text: str) -> str:
    """Name what the text seems to hold: "an e-mail address", or "" for nothing of the kind.

    Looks for an e-mail address, a British telephone number and an NHS number.

    Args:
        text: at most a few hundred characters.
    """
    read = unicodedata.normalize("NFKC", text)
    if _E_MAIL.search(read):
        return "an e-mail address"
    if any(map(is_nhs_number, _NHS_NUMBER.findall(read))):
        return "an NHS number"
    return "a telephone number" if any(map(_rings, _TELEPHONE.findall(read))) else ""


_TITLE: Final = (
    r"(?:D[Rr]s?|dr|M[Rr]s?|mrs?|Ms|Mx|Miss|Prof|prof|Professor|Doctor|Sir|Dame|Cllr|cllr|"
    r"Councillor|Rev|Nurse|Sister|Matron)"
)
_NAME: Final = r"(?:(?:Mc|Mac|O['’]|D['’])?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z][a-zà-ÿ]+)?)"
_TITLED: Final = re.compile(
    rf"\b{_TITLE}\.? +(?:[A-Z]\.? ?)*({_NAME}|(?<=[dDmM]r )[a-z]{{4,}}|(?<=mrs )[a-z]{{4,}})"
)
_INITIALLED: Final = re.compile(rf"(?<![\w.])[A-HJ-Z]\. ?({_NAME})")
_PAIR: Final = re.compile(rf"\b(?=({_NAME}) +({_NAME})(?: +({_NAME}))?)")
# Common in Britain, and no word, month or charity (Marie Curie).
_FIRST_NAMES: Final = """
aisha ali alice amina andrew angela ann anna anne anthony asha barbara brian carol caroline
catherine charles christine christopher claire clare daniel david deborah diane donna edward
elaine emily emma fatima fiona gareth gary george gillian hannah hassan helen ian imran jack jane
janet jason jean jenny joan joanne joe john jonathan joseph julia julie karen kate katie keith
kevin laura lauren linda lisa louise lucy margaret martin mary matthew michael michelle mohammed
muhammad natalie neil nicola nigel nina omar pamela patricia paul paula peter philip priya rachel
rebecca richard robert ruth sally samantha sandra sanjay sara sarah sharon simon sophie stephen
steven stuart sunita susan suzanne tariq thomas tim tom tracey usha wendy yasmin yusuf
"""
# Words of roles, bodies and places, and those with which a sentence goes on.
_NO_SURNAMES: Final = """
administrator adult adults alliance ambulance analyst assistant associate board borough cabinet
care carer carers centre chair chief children city clerk clinic clinical clinician college
commissioner committee community consultant coordinator council councillor county court dentist
deputy dietitian digital director discharge district doctor engineer executive federation finance
foundation general gp group head health home homes hospice hospital hospitals house housing hub
improvement infirmary information integrated integration lane lead leader led library link local
locality manager matron mayor medical member mental midwife navigator neighbourhood network nurse
nurses nursing office officer operations organisation paramedic park partner partners partnership
pharmacist physio physiotherapist planner planning police policy practice practitioner primary
programme project psychiatrist psychologist public quality receptionist registrar representative
road royal safety school secretary senior service services social staff strategy street support
surgeon surgery team teams therapist therapy trainer trust trustee unit university volunteer
volunteers voluntary ward wards wing worker youth about after also and asked before but came comes
did does each every from gave goes have he here his if it its makes needs no only our people
patients said says sees she so takes that the then there they this told took wants we went were
what when which who will with would could should wrote you
"""
_GIVEN, _NO_NAMES = frozenset(_FIRST_NAMES.split()), frozenset(_NO_SURNAMES.split())


def person_named(text: str, *here: str) -> str:
    """Give what seems to name a person: "Dr Patel", "Jane Smith", "J. Smith"; "" for nobody.

    Two names without a title count where the first is a common first name.

    Args:
        text: at most a few hundred characters.
        here: what may be named: a persona, partners, teams.
    """
    read = unicodedata.normalize("NFKC", text)
    for name in filter(None, here):
        read = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "...", read, flags=re.IGNORECASE)
    for found in (*_TITLED.finditer(read), *_INITIALLED.finditer(read)):
        if found[1].casefold() not in _NO_NAMES:
            return found[0]
    for pair in _PAIR.finditer(read):
        after = {(name or "").casefold() for name in pair.groups()[1:]}
        if pair[1].casefold() in _GIVEN and not after & _NO_NAMES:
            return f"{pair[1]} {pair[2]}"
    return ""


def _is_no_role(text: str) -> bool:
    """Tell whether a role reads as a name: two or three names, and no word of a role or a body."""
    words = text.replace(",", " ").split()
    named = 2 <= len(words) <= 3 and all(re.fullmatch(_NAME, word) for word in words)
    return named and not {word.casefold() for word in words} & _NO_NAMES


def check_nobody_in(text: str) -> None:
    """Ask before a text is kept that seems to hold somebody's details.

    Raises:
        LooksPersonal: it does; said once more, it is kept as it is.
    """
    if details := personal_details(text):
        raise LooksPersonal(f"This looks like {details}. Take it out, or keep it as it is.")


def check_nobody_in_word(word: Word) -> None:
    """Ask about the first text of a word that looks like somebody's details.

    Raises:
        LooksPersonal: one does; said once more, all are kept as they are.
    """
    for what, text in typed_in(word).items():
        if details := personal_details(text):
            raise LooksPersonal(
                f"“{what}” holds what looks like {details}. Take it out, or keep it as it is."
            )
    role: str = getattr(word, "lead", "")
    if person_named(role) or _is_no_role(role):
        what = words_of(type(word))["lead"].asked()
        raise LooksPersonal(
            f"“{what}” looks like a person's name. Write the role, or keep it as it is."
        )


def is_nhs_number(written: str) -> bool:
    """Tell whether ten digits, spaces and dashes apart, pass the check of an NHS number.

    The tenth digit is 11 less the remainder by 11 of the first nine weighed 10 to 2; 11 counts
    as 0, and 10 is no number (NHS Data Dictionary, NHS NUMBER). A ten-digit figure passes by
    accident about 1 time in 11, so dates and sums are hardly ever asked about.
    """
    digits = [int(mark) for mark in written if mark.isdecimal()]
    if len(digits) != 10:
        return False
    weighed = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - weighed % 11) % 11 == digits[9]


def _rings(written: str) -> bool:
    digits = "".join(mark for mark in written if mark.isdecimal())
    return len(re.sub("^(?:(?:00)?44)?0?", "", digits)) in _TELEPHONE_DIGITS


class Order(StrEnum):
    """In which order a country writes day and month."""

    DAY = "day first, as in Britain and Germany"
    MONTH = "month first, as in the United States"


_ISO_ASKED: Final = "use YYYY-MM-DD, such as 2026-12-22."
_NO_SUCH_DAY: Final = "the calendar has no such day. Write one as YYYY-MM-DD, such as 2026-12-22."
_MIDNIGHT: Final = re.compile(r"[ ]+0?0:00(:00)?$")
_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})")
_MONTH_NAMED: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")


def _meanings_of(cell: str) -> dict[Order, date]:
    """Give the days that a cell can mean, by the order in which it is read; {} for no day.

    A year that comes first, a month's name and dots leave one meaning: nobody writes 12.22.2026.
    """
    written = _MIDNIGHT.sub("", cell.strip()).rstrip(".")
    if found := _YEAR_FIRST.fullmatch(written):
        return _on(dict.fromkeys(Order, (found[1], found[3], found[4])))
    if found := _MONTH_NAMED.fullmatch(written):
        month = _MONTHS.get(found[2].casefold()[:3], 0)
        return _on(dict.fromkeys(Order, (found[3], month, found[1])))
    if not (found := _YEAR_LAST.fullmatch(written)):
        return {}
    meant = _on({Order.DAY: (found[4], found[3], found[1])})
    if found[2] != ".":
        meant |= _on({Order.MONTH: (found[4], found[1], found[3])})
    return meant


def orders_of(cells: Iterable[tuple[str, Collection[str]]]) -> tuple[Order, ...]:
    """Give the orders in which a spreadsheet can have written all of these days.

    Args:
        cells: each with what it may have been when it left, as 2026-12-22.

    Returns: one where the cells leave one; both where they tell nothing, none where they disagree.
    """
    meant = [(days, left) for cell, left in cells if (days := _meanings_of(cell))]
    able = [order for order in Order if all(order in days for days, _ in meant)]
    as_left = {
        order: sum(days[order].isoformat() in left for days, left in meant) for order in able
    }
    return tuple(order for order in able if as_left[order] == max(as_left.values()))


def is_twofold(cell: str) -> bool:
    """Tell whether a day as it is written can be two."""
    return len({*_meanings_of(cell).values()}) > 1


def day_read(cell: str, orders: Collection[Order]) -> date:
    """Give the one day that a cell means in these orders; in both where there is none.

    Raises:
        DateRefused: it is no day, or could be two.
    """
    meant = _meanings_of(cell)
    read = {day: order for order, day in meant.items() if order in (orders or Order)}
    if len(read) == 1:
        return next(iter(read))
    if not read:
        shaped = any(shape.fullmatch(cell.strip()) for shape in (_YEAR_FIRST, _YEAR_LAST))
        raise DateRefused(_NO_SUCH_DAY if shaped and not meant else _ISO_ASKED)
    either = " or ".join(f"{day_said(day)} ({order})" for day, order in read.items())
    written = " or ".join(day.isoformat() for day in read)
    raise DateRefused(f"{cell.strip()} can be {either}. Write {written}.")


_MONTHS: Final = {name.casefold(): month for month, name in enumerate(month_abbr) if month}


def _on(parts: Mapping[Order, tuple[str | int, ...]]) -> dict[Order, date]:
    days: dict[Order, date] = {}
    for order, (year, month, day) in parts.items():
        with suppress(ValueError):  # 31 February
            days[order] = date(int(year), int(month), int(day))
    return days


_NAMED_BY_SPREADSHEET: Final = re.compile(
    r"(\d{1,2})(?:-|\. )([^\W\d_]{3,4})\.?|([A-Z][a-z]{2})-(\d{2})"
)
_NOT_WORKED_OUT: Final = re.compile(r"#(?:[A-ZÄÖÜ]+[!?]|(?:DIV|DEEL)/0!|N/[AB]|NV)|#{3,}|Err:\d{3}")
# Months of German, Dutch and French that begin otherwise than the English ones.
_MONTHS_ABROAD: Final = {
    **{"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12, "maa": 3, "mrt": 3, "mei": 5},
    **{"fév": 2, "avr": 4, "aoû": 8, "déc": 12, "jui": 6},
}


def spoiled_by_spreadsheet(cell: str) -> str:
    """Say what a spreadsheet made of a text by itself; "" for a text as somebody typed it."""
    shown = cell.strip()
    if _NOT_WORKED_OUT.fullmatch(shown):
        return f"the spreadsheet could not work this out ({shown}). Type what it should say."
    if _named_by_spreadsheet(shown):
        return (
            f"a spreadsheet seems to have made a date of this ({shown}). In the spreadsheet, type "
            "an apostrophe before what it should say, such as '3-5."
        )
    return ""


def is_dated_by_spreadsheet(cell: str, left: str) -> bool:
    """Tell whether a spreadsheet made a date, such as 03-May, of numbers that left as 3-5."""
    numbers = re.fullmatch(r"(\d{1,2})[-/. ]{1,2}(\d{1,2})\.?", left.strip())
    if not numbers:
        return False
    dated = [{day.day, day.month} for day in _meanings_of(cell).values()]
    return {int(numbers[1]), int(numbers[2])} in [*dated, _named_by_spreadsheet(cell.strip())]


def _named_by_spreadsheet(shown: str) -> set[int]:
    """Give the two numbers of 03-May or May-26; none for what is no such date."""
    found = _NAMED_BY_SPREADSHEET.fullmatch(shown)
    if not found:
        return set()
    name = (found[2] or found[3]).casefold()[:3]
    month = _MONTHS.get(name) or _MONTHS_ABROAD.get(name)
    return {int(found[1] or found[4]), month} if month else set()
