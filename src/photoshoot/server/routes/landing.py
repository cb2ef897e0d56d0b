"""``/``: says what this address is, and where to look further; without a script and anything from elsewhere."""

from importlib import resources
from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from photoshoot.server.routes.access import Served

router = APIRouter()

_PAGE: Final = resources.files("photoshoot.server.routes").joinpath("landing.html").read_text(encoding="utf-8")
_BEFORE: Final = "<ul>"
_STUDIO: Final = '<li><a href="studio/"><b>Try it here</b><span>the page: drop a photo, see ads</span></a></li>'
"""The first of its links, where the page of ``/studio`` is shown."""
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


@router.get("/", include_in_schema=False)
async def landing(service: Served) -> HTMLResponse:
    """The page."""
    page = _PAGE if service.studio is None else _PAGE.replace(_BEFORE, f"{_BEFORE}\n{_STUDIO}", 1)
    return HTMLResponse(page, headers=_HEADERS)
