"""What a rehearsal has shown so far, in words: nothing is called proven before an answer came."""

from typing import Final, NamedTuple

_PATIENCE: Final = 30.0  # seconds from the start before it is said that nothing came

SOON: Final = (
    "**Nothing comes?** If the phone cannot open the page, this Wi-Fi may keep devices apart. Use "
    "a phone's hotspot, or ask the venue to let devices see one another."
)
HINTS: Final = """**If the phone says that the page cannot be reached**
1. Is the phone on this Wi-Fi, with mobile data off?
2. If so, this network probably keeps devices apart. Guest networks often do.
3. Use a hotspot: laptop and phones join it, and this page shows a new address.
4. Or ask the venue to switch off “client isolation”.
5. On this laptop a firewall may stop it (let Python in), or a VPN (switch it off)."""


class Rehearsed(NamedTuple):
    """How far a rehearsal is; times in seconds.

    `answers` says that the laptop answers itself at the address, `opened` how long ago another
    device opened the page (None: none did), `saved` that its answer was on disk, after `took`;
    `here` that this laptop opened the page, `waited` how long the rehearsal goes on.
    """

    answers: bool
    opened: float | None
    saved: bool
    took: float
    here: bool
    waited: float

    @property
    def proven(self) -> bool:
        """Whether a second device's answer was on this laptop's disk, by an address that works."""
        return self.saved and self.answers

    @property
    def nothing_came(self) -> bool:
        """Whether no other device came in half a minute."""
        return self.opened is None and self.waited > _PATIENCE


def heading(seen: Rehearsed) -> str:
    """Say in three words how far it is."""
    if seen.proven:
        return "A second device has answered"
    return "Nothing has arrived" if seen.nothing_came else "Not proven yet"


def under_it(seen: Rehearsed) -> str:
    """Say what that means, or what to do now."""
    if seen.proven:
        return "This room's network works for joining and scoring."
    if not seen.answers:
        return "Discovery Room gets no answer at that address itself, so no phone will."
    if seen.opened is not None:
        return "One device has the page. Choose any answer on it, and save it."
    if seen.here:
        return "The page was opened on this laptop, which proves nothing. Open it on a phone."
    return "Has the phone the page? Then it will show here."


def steps_of(seen: Rehearsed) -> tuple[tuple[bool, str, str], ...]:
    """Give the three steps: whether each is done, what it is, and a quiet line or ""."""
    opened = seen.opened is not None
    return (
        (
            seen.answers,
            "Discovery Room answers at that address",
            "" if opened else "from itself; that proves nothing about phones",
        ),
        (
            opened,
            "A second device opened the page"
            if opened
            else "Nothing has come from another device so far",
            f"{_ago(seen.opened)}, from another device" if opened else "",
        ),
        (
            seen.saved,
            f"Its answer was saved here in {max(seen.took, 0.01):.2f} seconds"
            if seen.saved
            else "Its practice answer",
            "" if seen.saved else "green when it is saved here, and not before",
        ),
    )


def what_next(seen: Rehearsed) -> str:
    """Give what is left to do."""
    if seen.proven:
        return "Try one more phone on another network if guests will be on theirs."
    return HINTS if seen.nothing_came else SOON


def _ago(seconds: float | None) -> str:
    whole = int(seconds or 0)
    if whole < 90:
        return f"{whole} {'second' if whole == 1 else 'seconds'} ago"
    return f"{round(whole / 60)} minutes ago"
