"""A page that has nothing more to draw: its run ends as every other does.

After `st.stop` Streamlit keeps what the fields of the page before held. Once they are drawn again a
browser shows them empty, and sends that, with the next press, as what was typed: the wording of a
domain was gone after a look at Impact.
"""

from typing import NoReturn


class Ended(BaseException):
    """Nothing below is drawn. No error: whoever handles errors lets it through to the shell."""


def end() -> NoReturn:
    """End the page here, with what is drawn so far."""
    raise Ended
