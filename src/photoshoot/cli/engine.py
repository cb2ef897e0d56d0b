"""Builds the photoshoot that a command line asks for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from photoshoot.engines import Selection
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
    segmenter, folders = arguments.segmenter, arguments.presets
    if engine == "studio":
        _refuse_diffusion_options(arguments)
        return Photoshoot.embedded(studio=studio, segmenter=segmenter, preset_folders=folders)
    if engine not in load_profiles() and not Path(engine).exists():
        raise UnknownNameError("engine", engine, ["studio", *load_profiles()])
    return Photoshoot.from_pretrained(
        engine,
        device=arguments.device or "auto",
        dtype=arguments.dtype,
        loras=[parse_lora(text) for text in arguments.lora],
        studio=studio,
        selection=Selection(segmenter=segmenter, preset_folders=folders),
    )


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
    options: Sequence[tuple[str, object]] = (
        ("--device", arguments.device),
        ("--dtype", arguments.dtype),
        ("--lora", arguments.lora),
    )
    for name, value in options:
        if value:
            raise SettingsError(name, value, "it with a diffusion engine only, such as --engine sd15")
