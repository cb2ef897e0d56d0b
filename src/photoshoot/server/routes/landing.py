"""``/``: says what this address is, and where to look further; without a script and anything from elsewhere."""

from importlib import resources
from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse

router = APIRouter()

_PAGE: Final = resources.files("photoshoot.server.routes").joinpath("landing.html").read_text(encoding="utf-8")
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


@router.get("/", include_in_schema=False)
@router.head("/", include_in_schema=False)
async def landing() -> HTMLResponse:
    """The page."""
    return HTMLResponse(_PAGE, headers=_HEADERS)
