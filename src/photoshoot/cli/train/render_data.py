"""``photoshoot train render-data``: products in sets of the studio, as data to train on."""

import argparse

from photoshoot.catalogue import list_items
from photoshoot.cli.train.data_run import DataProgress, tell_data
from photoshoot.errors import InputError
from photoshoot.framing.layout import RenderKind
from photoshoot.settings import StudioSettings
from photoshoot.training.data import RenderSettings
from photoshoot.training.data.dataset_builder import render_data


def run(arguments: argparse.Namespace) -> int:
    """Render data; the exit code says whether any sample failed."""
    settings = _read(arguments)
    if arguments.out.resolve().is_relative_to(arguments.products.resolve()):
        raise InputError(
            f"--out {arguments.out} is in the products' folder, where its cut-outs would be taken for photos"
        )
    items = list_items(arguments.products)
    with DataProgress() as told:
        tally = render_data(items, settings, arguments.out, processes=arguments.processes, on_step=told)
    return tell_data(arguments.out, tally, as_json=arguments.json)


def _read(arguments: argparse.Namespace) -> RenderSettings:
    kinds = tuple(RenderKind.parse(kind) for kind in arguments.kind or ["social"])
    return RenderSettings(
        count=arguments.count,
        seed=arguments.seed,
        render_kinds=tuple(kind or RenderKind.LANDSCAPE for kind in kinds),
        megapixels=arguments.megapixels,
        preset_ids=tuple(dict.fromkeys(arguments.preset)),
        preset_folders=tuple(arguments.presets),
        segmenter=arguments.segmenter,
        picture=arguments.format,
        shard_size=arguments.shard_size,
        studio=StudioSettings() if arguments.samples is None else StudioSettings(samples=arguments.samples),
    )
