"""``photoshoot recommend``: what a product is, and which prompts and presets suit it."""

from __future__ import annotations

import argparse

from rich.table import Table
from rich.text import Text

from photoshoot.cli.console import build_console, write_json
from photoshoot.cli.exit_codes import DONE
from photoshoot.exporters.metadata import Json
from photoshoot.photoshoot import Photoshoot
from photoshoot.presets import PresetRegistry
from photoshoot.records import Product, Recommendation


def run(arguments: argparse.Namespace) -> int:
    """Print a photo's product and recommendation."""
    with Photoshoot.embedded(preset_folders=arguments.presets) as photoshoot:
        recommendation = photoshoot.recommend(arguments.photo)
        if arguments.json:
            write_json(_to_json(recommendation))
        else:
            _print(recommendation, photoshoot.presets)
    return DONE


def _to_json(recommendation: Recommendation) -> Json:
    product = recommendation.product
    return {
        "product": {
            "name": product.name,
            "description": product.description,
            "category": product.category.value,
            "confidence": round(product.confidence, 4),
            "palette": [
                {"hex": item.hex, "name": item.name, "share": round(item.share, 4)} for item in product.palette
            ],
            "cutout_confidence": round(product.cutout.confidence, 4),
            "segmenter": product.cutout.segmenter,
            "touches": [edge.value for edge in sorted(product.cutout.touches)],
        },
        "prompts": list(recommendation.prompts),
        "preset_ids": list(recommendation.preset_ids),
    }


def _print(recommendation: Recommendation, presets: PresetRegistry) -> None:
    table = Table(box=None, show_header=False, padding=(0, 3, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    product = recommendation.product
    table.add_row("product", Text(product.name, "bold"))
    table.add_row("", Text(product.description))
    table.add_row("category", f"{product.category.value}, {product.confidence:.0%} sure")
    table.add_row("colours", _palette(product))
    for index, prompt in enumerate(recommendation.prompts):
        table.add_row("prompts" if index == 0 else "", Text(prompt))
    for index, preset in enumerate(map(presets.get, recommendation.preset_ids)):
        words = Text.assemble(preset.id, (f"  {preset.preview_name}", "dim"))
        table.add_row("presets" if index == 0 else "", words)
    build_console().print(table)


def _palette(product: Product) -> Text:
    parts = [Text.assemble(("  ", f"on {item.hex}"), f" {item.name} {item.share:.0%}") for item in product.palette]
    return Text("   ").join(parts)
