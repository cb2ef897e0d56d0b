"""What ``photoshoot shoot`` is asked for, checked before anything slow begins."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
from pathlib import Path

from photoshoot.cli.engine import read_date
from photoshoot.cli.request_arguments import read_arguments
from photoshoot.errors import InputError
from photoshoot.photoshoot import Photoshoot
from photoshoot.records import Product
from photoshoot.request import Request
from photoshoot.seeds import draw_seed
from photoshoot.settings import ExportSettings, ImageFormat


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
        if arguments.out.exists() and not arguments.out.is_dir():
            raise InputError(f"--out {arguments.out} is a file; give a folder")
        request = read_arguments(arguments)
        return cls(
            photos=tuple(arguments.photos),
            request=request if request.seed is not None else dataclasses.replace(request, seed=draw_seed()),
            out=arguments.out,
            files=_read_files(arguments),
            sheet=arguments.sheet,
            date=read_date(arguments.date),
        )

    def request_for(self, photoshoot: Photoshoot, product: Product) -> Request:
        """What to make of one product."""
        prompts = self.request.prompts or photoshoot.recommend_prompts(product, date=self.date)
        return dataclasses.replace(self.request, product=product, prompts=prompts)


def _read_files(arguments: argparse.Namespace) -> ExportSettings:
    return ExportSettings(
        format=ImageFormat(arguments.format),
        quality=arguments.quality,
        dpi=arguments.dpi,
        low_resolution=arguments.low_resolution,
    )
