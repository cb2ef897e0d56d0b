"""``photoshoot ui``: serves the page."""

from __future__ import annotations

import argparse
import dataclasses
import os
from pathlib import Path

from photoshoot.addresses import take_port, url_of
from photoshoot.cli.console import report_note, write_json
from photoshoot.cli.exit_codes import DONE
from photoshoot.errors import InputError, MissingExtraError
from photoshoot.files import check_folder

PASSWORD = "PHOTOSHOOT_UI_PASSWORD"  # a variable's name
"""The environment's variable with the page's password: a command line is seen by everybody on a machine."""


def run(arguments: argparse.Namespace) -> int:
    """Serve the page until it is interrupted.

    Raises:
        MissingExtraError: The extra ``ui`` is not installed.
        SettingsError: A value is wrong.
        ExportError: No session could be kept in the folder.
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
        allowed_hosts=tuple(arguments.allow_host),
    )
    check_folder(settings.folder)
    with take_port(settings.host, settings.port) as listener:
        url = f"{url_of(listener)}/"
        if arguments.json:
            write_json({"url": url, "folder": str(settings.folder)})
        else:
            report_note(f"photoshoot's page is at {url}; photos and pictures are kept in {settings.folder}/")
        serve(dataclasses.replace(settings, port=listener.getsockname()[1]), listener)
    return DONE


def _read_password(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get(PASSWORD)
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InputError(f"{file} can't be read: {error.strerror}") from error
