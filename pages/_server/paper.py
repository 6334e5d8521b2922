"""Draw the pages that are plain HTML, and keep a secret on the device that asked."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

_YEAR = 365 * 24 * 3600
_templates = Jinja2Templates(directory=Path(__file__).parent / "templates")


def paper(request: Request, name: str, status: int = 200, **shown: Any) -> Response:
    """Draw a template; every value is escaped."""
    return _templates.TemplateResponse(request, name, shown, status_code=status)


def keep_secret(
    answer: Response, cookie: str, secret: str, seconds: int = _YEAR, *, secure: bool = False
) -> None:
    """Keep a secret on the device: no script reads it, and no other site can send it.

    A secure one is sent by https alone.
    """
    answer.set_cookie(
        cookie, secret, max_age=seconds, httponly=True, samesite="strict", secure=secure
    )
