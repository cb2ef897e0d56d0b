"""``photoshoot ui``: serves the page."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from photoshoot.cli.console import report_note, write_json
from photoshoot.cli.exit_codes import DONE
from photoshoot.errors import InputError, MissingExtraError

PASSWORD = "PHOTOSHOOT_UI_PASSWORD"  # a variable's name
"""The environment's variable with the page's password: a command line is seen by everybody on a machine."""


def run(arguments: argparse.Namespace) -> int:
    """Serve the page until it is interrupted.

    Raises:
        MissingExtraError: The extra ``ui`` is not installed.
        SettingsError: A value is wrong.
    """
    try:
        from photoshoot.ui.serving import serve
        from photoshoot.ui.settings import UiSettings
    except ModuleNotFoundError as error:
        raise MissingExtraError("the page", "ui") from error
    settings = UiSettings(
        host=arguments.host,
        port=arguments.port,
        folder=arguments.folder,
        engine=arguments.engine,
        device=arguments.device or "auto",
        root_path=arguments.root_path,
        user=arguments.user,
        password=_read_password(arguments.password_file),
    )
    url = f"http://{settings.host}:{settings.port}/"
    if arguments.json:
        write_json({"url": url, "folder": str(settings.folder)})
    else:
        report_note(f"photoshoot's page is at {url}; photos and pictures are kept in {settings.folder}/")
    serve(settings)
    return DONE


def _read_password(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get(PASSWORD)
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InputError(f"{file} can't be read: {error.strerror}") from error
