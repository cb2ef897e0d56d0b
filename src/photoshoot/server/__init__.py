"""The HTTP service: an API on top of the library. Needs the extra ``server``.

Requests come in over a socket (``uvicorn_runner``); ``app`` sends each through the middlewares to one of ``routes``,
which asks the parts of ``service``: the jobs, the intake of photos (``uploads``), tokens and signatures (``auth``).
Answers go out in the contract's words. ``settings`` says how it runs (``settings_sources`` reads it), ``engines`` what
makes the pictures.
Start with ``app``.
"""

from typing import TYPE_CHECKING, Final

from photoshoot.public_names import load_public_name

if TYPE_CHECKING:
    from photoshoot.server.app import build_app
    from photoshoot.server.service import Service, build_service, open_service
    from photoshoot.server.settings import ServerSettings
    from photoshoot.server.settings_sources import load_settings

_HOMES: Final = ("settings", "settings_sources", "service", "app")
"""Where the public names live, the light ones first: processes that read photos answer no requests."""

__all__ = ["ServerSettings", "Service", "build_app", "build_service", "load_settings", "open_service"]


if not TYPE_CHECKING:  # which would take any name for one of the package's

    def __getattr__(name: str) -> object:
        """A public name, whose module is not loaded before it is asked for."""
        return load_public_name(name, __name__, _HOMES)
