"""Builds the photoshoot that a command line asks for."""

import argparse
import datetime
from pathlib import Path

from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import SettingsError
from photoshoot.photoshoot import Photoshoot
from photoshoot.settings import Lora, StudioSettings


def build_engine(arguments: argparse.Namespace) -> Photoshoot:
    """Build the photoshoot of the engine options.

    Raises:
        UnknownNameError: There is no engine or segmenter of that name.
        SettingsError: A value is out of range, or not for this engine.
        WeightsMissingError: The engine's weights are not on this machine.
    """
    choice = EngineChoice(
        name=arguments.engine,
        segmenter=arguments.segmenter,
        captioner=arguments.captioner,
        matcher=arguments.matcher,
        moderator=arguments.moderator,
        dtype=arguments.dtype,
        loras=tuple(parse_lora(text) for text in arguments.lora),
        studio=None if arguments.samples is None else StudioSettings(samples=arguments.samples),
    )
    return Photoshoot.of(choice, device=arguments.device or "auto", preset_folders=arguments.presets)


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
