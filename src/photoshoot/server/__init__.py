"""The HTTP service: an API on top of the library. Needs the extra ``server``."""

from photoshoot.server.http.app import build_app
from photoshoot.server.service import Service, build_service, open_service
from photoshoot.server.settings import ServerSettings, load_settings

__all__ = ["ServerSettings", "Service", "build_app", "build_service", "load_settings", "open_service"]
