"""What ``photoshoot shoot`` is asked for, checked before anything slow begins."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
from pathlib import Path

from photoshoot.cli.engine import read_date
from photoshoot.errors import InputError, SettingsError
from photoshoot.layout import RenderKind
from photoshoot.photoshoot import Photoshoot
from photoshoot.prompts import Prompt, parse_prompts
from photoshoot.records import Product
from photoshoot.request import Request
from photoshoot.seeds import draw_seed
from photoshoot.settings import Anchor, ExportSettings, ImageFormat, LightOverride, Placement, Stance

_SIDES = {"left": -70.0, "right": 70.0, "front": 0.0, "back": 180.0}
"""Degrees from the camera of the sides that light comes from; from the very side it would leave the front dark."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Order:
    """Pictures of some photos."""

    photos: tuple[Path, ...]
    """One product each."""
    request: Request
    """What each is asked for. Without prompts: the presets that suit each product best."""
    out: Path
    """Where the files go."""
    files: ExportSettings
    """How they are written."""
    sheet: bool
    """Whether to make a contact sheet."""
    date: datetime.date | None
    """The day that presets are recommended for."""

    @classmethod
    def read(cls, arguments: argparse.Namespace) -> Order:
        """Read an order from the command line.

        Raises:
            InputError: A value is wrong.
        """
        prompts = [_read_prompt(tag, text) for tag, text in arguments.prompts or []]
        if arguments.out.exists() and not arguments.out.is_dir():
            raise InputError(f"--out {arguments.out} is a file; give a folder")
        return cls(
            photos=tuple(arguments.photos),
            request=Request(
                prompts=tuple(parse_prompts(prompts)) if prompts else (),
                render_kind=RenderKind.parse(arguments.kind),
                safe_margin=not arguments.no_safe_margin,
                same_style_reference=not arguments.no_style_reference,
                placement=_read_placement(arguments),
                light=_read_light(arguments),
                max_redraws=arguments.max_redraws,
                measure_expansion=arguments.measure_expansion,
                seed=draw_seed() if arguments.seed is None else arguments.seed,
                name=arguments.name,
                description=arguments.description,
            ),
            out=arguments.out,
            files=_read_files(arguments),
            sheet=arguments.sheet,
            date=read_date(arguments.date),
        )

    def request_for(self, photoshoot: Photoshoot, product: Product) -> Request:
        """What to make of one product."""
        prompts = self.request.prompts or photoshoot.recommend_prompts(product, date=self.date)
        return dataclasses.replace(self.request, product=product, prompts=prompts)


def _read_prompt(tag: str, text: str) -> Prompt:
    return Prompt.preset(text) if tag == "preset" else Prompt.custom(text)


def _read_placement(arguments: argparse.Namespace) -> Placement:
    stance = None if arguments.stance is None else Stance(arguments.stance)
    return Placement(anchor=Anchor(arguments.anchor), scale=arguments.scale, stance=stance)


def _read_light(arguments: argparse.Namespace) -> LightOverride:
    return LightOverride(
        azimuth_deg=_read_side(arguments.light_from),
        elevation_deg=arguments.light_height,
        shadow_softness=arguments.shadow_softness,
        shadow_intensity=arguments.shadow_intensity,
        brightness=arguments.brightness,
        color=None if arguments.light_color is None else arguments.light_color.lower(),
        rim=arguments.rim_light,
    )


def _read_side(text: str | None) -> float | None:
    if text is None or text in _SIDES:
        return None if text is None else _SIDES[text]
    try:
        return float(text)
    except ValueError as error:
        raise SettingsError("light_from", text, f"{', '.join(_SIDES)}, or degrees from -180 to 180") from error


def _read_files(arguments: argparse.Namespace) -> ExportSettings:
    return ExportSettings(
        format=ImageFormat(arguments.format),
        quality=arguments.quality,
        dpi=arguments.dpi,
        low_resolution=arguments.low_resolution,
    )
