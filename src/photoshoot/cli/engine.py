"""Builds the photoshoot that a command line asks for."""

import argparse
import dataclasses
import datetime
from pathlib import Path
from typing import Any, Final

from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import SettingsError
from photoshoot.machine.process_state import loading
from photoshoot.photoshoot import Photoshoot
from photoshoot.settings import Lora, StudioSettings

_OF_CHOICE: Final = ("segmenter", "captioner", "matcher", "moderator", "dtype")
"""Options that are called like their field."""


def build_engine(arguments: argparse.Namespace) -> Photoshoot:
    """Build the photoshoot of the engine options.

    Raises:
        UnknownNameError: There is no engine or segmenter of that name.
        SettingsError: A value is out of range, or not for this engine.
        WeightsMissingError: The engine's weights are not on this machine.
    """
    choice = choose_engine(arguments, EngineChoice())
    with loading():
        return Photoshoot.of(choice, device=arguments.device or "auto", preset_folders=arguments.presets)


def choose_engine(arguments: argparse.Namespace, base: EngineChoice) -> EngineChoice:
    """The engine of the engine options; what is not given is as ``base`` has it.

    Raises:
        SettingsError: A value is out of range, or not for this engine.
    """
    options = {"name": arguments.engine} | {name: getattr(arguments, name) for name in _OF_CHOICE}
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    if arguments.lora:
        given["loras"] = tuple(parse_lora(text) for text in arguments.lora)
    if arguments.samples is not None:
        given["studio"] = dataclasses.replace(base.studio or StudioSettings(), samples=arguments.samples)
    return dataclasses.replace(base, **given)


def read_date(text: str | None) -> datetime.date | None:
    """Read ``YYYY-MM-DD`` or ``today``.

    Raises:
        SettingsError: It is no day.
    """
    if text is None or text == "today":
        return None if text is None else datetime.date.today()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError("date", text, "a day as YYYY-MM-DD, or today") from error


def parse_lora(text: str) -> Lora:
    """Read ``PATH`` or ``PATH:WEIGHT``.

    Raises:
        SettingsError: The weight is out of range.
    """
    path, _, weight = text.rpartition(":")
    try:
        number = float(weight)
    except ValueError:  # there is no colon, or it belongs to the path
        return Lora(path=Path(text))
    return Lora(path=Path(path), weight=number) if path else Lora(path=Path(text))
