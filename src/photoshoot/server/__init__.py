"""The HTTP service: an API on top of the library. Needs the extra ``server``.

Requests come in over a socket (``uvicorn_runner``); ``app`` sends each through the middlewares to one of ``routes``,
which asks the parts of ``service``: the jobs, the intake of photos (``uploads``), tokens and signatures (``auth``).
Answers go out in the contract's words. ``settings`` says how it runs (``settings_sources`` reads it), ``engines`` what
makes the pictures.
Start with ``app``.
"""

from photoshoot.server.app import build_app
from photoshoot.server.service import Service, build_service, open_service
from photoshoot.server.settings import ServerSettings
from photoshoot.server.settings_sources import load_settings

__all__ = ["ServerSettings", "Service", "build_app", "build_service", "load_settings", "open_service"]
