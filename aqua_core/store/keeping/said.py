"""What is said of a file that had to be mended."""

from pathlib import Path


def gone(path: Path, folder: Path) -> str:
    """Say that neither the file nor a copy can be read."""
    return (
        f"{path.name} is missing, and its copies cannot be read. "
        f"Move the folder {folder.name} away to start with an empty room."
    )


def short(path: Path, lost: int) -> str:
    """Say that deeds are missing and nothing holds them."""
    return (
        f"{path.name} is not whole: {_the_last(lost)} saved is missing, and its copies do not hold "
        "it. Everything before it is there."
    )


def brought_back(path: Path, aside: str, missing: bool, lost: int) -> str:
    """Say what happened to a file, that it was brought back, and where the damaged one is."""
    happened = "was missing" if missing else "was damaged"
    kept = f" What was damaged is kept beside its copies as {aside}." if aside else ""
    if lost:
        return f"{path.name} {happened}. It was brought back, but {_the_last(lost)} is lost.{kept}"
    return f"{path.name} {happened}. Everything that was saved was brought back.{kept}"


def _the_last(lost: int) -> str:
    return "the last thing" if lost == 1 else f"the last of it ({lost:,} things)"
