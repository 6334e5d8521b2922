"""The file of prompts: read strictly, refused with the place and the remedy."""

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from aqua_core.errors import BadPrompts
from aqua_core.plain_file import InPlace, check_no_repeats, shown, text_of, word_in
from aqua_core.vocabulary.prompt import MOST_MINUTES, MOST_PROMPTS, Prompts
from aqua_core.vocabulary.reading import Pattern

_KEYS = {
    "key": "Write the key in small letters, numbers and dashes, starting with a letter",
    "domain": "Write the domain's key as the instrument has it, in small letters, or null",
    "version": "Write the version as numbers, such as 1 or 1.2",
}
_HOW_MANY = {
    "steps": "Give two steps",
    "prompts": f"Give 1 to {MOST_PROMPTS} prompts",
}
_MINUTES = frozenset(
    {"greater_than_equal", "less_than_equal", "int_type", "int_from_float", "int_parsing"}
)


def read_prompts(path: Path) -> Prompts:
    """Read the file of prompts; what was read is kept until the file says something else.

    Raises:
        BadPrompts: the file is missing or cannot be used. The sentence names the file, the place
            and the remedy; of several faults it names one.
    """
    return prompts_from(text_of(path, BadPrompts), path.name)


# Every refresh of every screen asks again, and nearly always for the same text.
@lru_cache(maxsize=4)
def prompts_from(text: str, name: str = "The prompts") -> Prompts:
    """Read prompts from their JSON text; `name` is what a refusal calls it.

    Returns: at least one prompt for any domain a pattern, so that no pattern is without a question.

    Raises:
        BadPrompts: as read_prompts.

    """
    try:
        prompts = word_in(text, Prompts, _own_remedy)
        check_no_repeats("prompts", prompts.prompts, ("key", "question"))
        _check_all_asked(prompts)
    except InPlace as fault:
        raise BadPrompts(f"{name}, {fault}") from None
    return prompts


def _own_remedy(mistake: str, field: str, given: Any) -> str | None:
    if field == "minutes" and mistake in _MINUTES:
        return f"Write the minutes as a whole number from 1 to {MOST_MINUTES}."
    match mistake:
        case "too_short" | "too_long":
            return f"{_HOW_MANY[field]} (this has {len(given)})."
        case "string_pattern_mismatch":
            return f"{_KEYS[field]} (this has {shown(given)})."
        case "enum":
            return _known_pattern(given)
        case _:
            return None


def _known_pattern(given: Any) -> str:
    near = get_close_matches(str(given), [each.value for each in Pattern], n=1)
    instead = f'write "{near[0]}"' if near else f"choose one of {', '.join(Pattern)}"
    return f"There is no pattern {shown(given)}: {instead}."


def _check_all_asked(prompts: Prompts) -> None:
    for pattern in Pattern:
        if not prompts.fitting(pattern, None):
            raise InPlace(
                "prompts",
                f'Add a prompt for "{pattern}" whose domain is null: '
                "each pattern needs one that fits any domain.",
            )
