"""``photoshoot serve``: runs the HTTP service until it is told to stop."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from photoshoot.cli.console import report_note, write_json
from photoshoot.cli.exit_codes import DONE, FAILED
from photoshoot.cli.service_arguments import SERVE_OPTIONS
from photoshoot.errors import MissingExtraError

if TYPE_CHECKING:
    from photoshoot.server import ServerSettings


def run(arguments: argparse.Namespace) -> int:
    """Serve. SIGTERM and SIGINT end it: what is under way is finished, or queued again for the next start."""
    settings = read_settings(arguments, SERVE_OPTIONS)

    from photoshoot.server.uvicorn_runner import Running

    with Running(settings) as running:
        if arguments.json:
            write_json({"url": running.url, "engine": settings.engine})
        else:
            report_note(f"photoshoot serves {running.url} with the engine {settings.engine}")
        return DONE if running.serve() else FAILED


def read_settings(arguments: argparse.Namespace, names: tuple[str, ...]) -> ServerSettings:
    """The settings of a command line, the environment, and its ``--config`` file.

    Raises:
        MissingExtraError: The extra ``server`` is not installed.
        SettingsError: A value is wrong.
        UnknownNameError: There is no such setting.
    """
    try:
        from photoshoot.server import load_settings
    except ModuleNotFoundError as error:
        raise MissingExtraError("the HTTP service", "server") from error
    given = {name: getattr(arguments, name) for name in names}
    return load_settings(given, os.environ, arguments.config)
