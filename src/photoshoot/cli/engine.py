"""Builds the photoshoot that a command line asks for."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path

from photoshoot.engines.build import Selection
from photoshoot.engines.language import EMBEDDED_CAPTIONER
from photoshoot.errors import SettingsError, UnknownNameError
from photoshoot.photoshoot import Photoshoot
from photoshoot.settings import Lora, StudioSettings
from photoshoot.weights import load_profiles


def build_engine(arguments: argparse.Namespace) -> Photoshoot:
    """Build the photoshoot of the engine options.

    Raises:
        UnknownNameError: There is no engine or segmenter of that name.
        SettingsError: A value is out of range, or not for this engine.
        WeightsMissingError: The engine's weights are not on this machine.
    """
    samples, engine = arguments.samples, arguments.engine
    studio = None if samples is None else StudioSettings(samples=samples)
    selection = read_selection(arguments)
    if engine == "studio":
        _refuse_diffusion_options(arguments)
        return Photoshoot.embedded(studio=studio, **vars(selection))
    if engine not in load_profiles() and not Path(engine).exists():
        raise UnknownNameError("engine", engine, ["studio", *load_profiles()])
    return Photoshoot.from_pretrained(
        engine,
        device=arguments.device or "auto",
        dtype=arguments.dtype,
        loras=[parse_lora(text) for text in arguments.lora],
        studio=studio,
        selection=selection,
    )


def read_selection(arguments: argparse.Namespace) -> Selection:
    """What cuts out, describes and recommends; a name that is no known one may be a folder."""
    return Selection(
        segmenter=arguments.segmenter,
        captioner=arguments.captioner,
        matcher=arguments.matcher,
        device=arguments.device or "auto",
        preset_folders=arguments.presets,
    )


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


def _refuse_diffusion_options(arguments: argparse.Namespace) -> None:
    networks = arguments.captioner != EMBEDDED_CAPTIONER or arguments.matcher is not None
    options: Sequence[tuple[str, object]] = (
        ("--device", None if networks else arguments.device),
        ("--dtype", arguments.dtype),
        ("--lora", arguments.lora),
    )
    for name, value in options:
        if value:
            raise SettingsError(name, value, "it with a diffusion engine or a captioner, such as --engine sd15")
