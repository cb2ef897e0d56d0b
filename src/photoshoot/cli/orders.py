"""What ``photoshoot shoot`` is asked for, checked before anything slow begins."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from photoshoot.cli.cutting import Cutting
from photoshoot.cli.engine import read_date
from photoshoot.cli.request_arguments import read_arguments
from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import InputError
from photoshoot.files import check_folder
from photoshoot.photoshoot import Photoshoot
from photoshoot.pixels.photos import read_photo
from photoshoot.presets import PresetRegistry
from photoshoot.production import check_request
from photoshoot.records import Photo, Product
from photoshoot.request import Request
from photoshoot.seeds import draw_seed
from photoshoot.settings import ExportSettings

STANDARD_INPUT: Final = "-"
"""Stands for a photo on the command line."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Order:
    """Pictures of some photos."""

    photos: tuple[str, ...]
    """One product each: a path, a web address, or ``-`` for standard input."""
    cutting: Cutting
    """How each is cut out."""
    request: Request
    """What each is asked for. Without prompts: the presets that suit each product best."""
    out: Path
    """Where the files go."""
    files: tuple[ExportSettings, ...]
    """How they are written: each shot once for each of them."""
    overwrite: bool
    """Whether another file of the same name is replaced."""
    sheet: bool
    """Whether to make a contact sheet."""
    previews: Path | None
    """Where pictures of what is being painted go; None: nowhere."""
    date: datetime.date | None
    """The day that presets are recommended for."""

    @classmethod
    def read(cls, arguments: argparse.Namespace) -> Order:
        """Read an order from the command line.

        Raises:
            InputError: A value is wrong, or there is no such preset.
            ExportError: Nothing can be written in the folder.
        """
        if arguments.out.exists() and not arguments.out.is_dir():
            raise InputError(f"--out {arguments.out} is a file; give a folder")
        if arguments.photos.count(STANDARD_INPUT) > 1:
            raise InputError("standard input (-) can be read once")
        files = read_files(arguments)
        presets = PresetRegistry.load(arguments.presets)
        any_text = EngineChoice(name=arguments.engine).reads_any_text
        request = check_request(read_arguments(arguments), presets, any_text=any_text)
        for folder in filter(None, (arguments.out, arguments.previews)):
            check_folder(folder)
        return cls(
            photos=tuple(arguments.photos),
            cutting=Cutting.read(arguments),
            request=request if request.seed is not None else dataclasses.replace(request, seed=draw_seed()),
            out=arguments.out,
            files=files,
            overwrite=arguments.overwrite,
            sheet=arguments.sheet,
            previews=arguments.previews,
            date=read_date(arguments.date),
        )

    def describe(self, photoshoot: Photoshoot, photo: str) -> Product:
        """What one photo shows.

        Raises:
            PhotoError: It can't be read.
            NoProductFoundError: It shows no product.
            SettingsError: The segmenter can't be told how, or nothing in the photo is meant.
        """
        (cutout,) = photoshoot.cut_out([read_photo_argument(photo)], self.cutting.settings)
        (product,) = photoshoot.describe([self.cutting.correct(cutout)])
        return product

    def request_for(self, photoshoot: Photoshoot, product: Product) -> Request:
        """What to make of one product."""
        prompts = self.request.prompts or photoshoot.recommend_prompts(product, date=self.date)
        return dataclasses.replace(self.request, product=product, prompts=prompts)


def read_files(
    arguments: argparse.Namespace, base: Sequence[ExportSettings] = (ExportSettings(),)
) -> tuple[ExportSettings, ...]:
    """How files are written, once for each ``--format``; what is not given is as ``base`` has it."""
    options = {name: getattr(arguments, name) for name in ("quality", "dpi", "low_resolution", "record")}
    given = {name: value for name, value in options.items() if value is not None}
    known = {settings.format: settings for settings in base}
    kinds = dict.fromkeys(arguments.format or known)
    return tuple(dataclasses.replace(known.get(kind, base[0]), format=kind, **given) for kind in kinds)


def read_photo_argument(photo: str) -> Photo:
    """The photo that a path, a web address or ``-`` on the command line means.

    Raises:
        PhotoError: It can't be read.
    """
    if photo != STANDARD_INPUT:
        return read_photo(photo)
    return dataclasses.replace(read_photo(sys.stdin.buffer), name="stdin")
