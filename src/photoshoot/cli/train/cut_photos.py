"""``photoshoot train cut-photos``: photos of products in real scenes, as data to train on."""

import argparse

from photoshoot.catalogue import list_items
from photoshoot.cli.train.data_run import DataProgress, tell_data
from photoshoot.training.data import PhotoSettings
from photoshoot.training.data.dataset_builder import cut_photos


def run(arguments: argparse.Namespace) -> int:
    """Cut photos out; the exit code says whether any failed for a reason that is not the photo's."""
    settings = PhotoSettings(
        megapixels=arguments.megapixels,
        segmenter=arguments.segmenter,
        captioner=arguments.captioner,
        picture=arguments.format,
        shard_size=arguments.shard_size,
    )
    items = list_items(arguments.photos)
    with DataProgress() as told:
        tally = cut_photos(items, settings, arguments.out, on_step=told)
    return tell_data(arguments.out, tally, as_json=arguments.json)
