"""``photoshoot recommend``: what a product is, and which prompts and presets suit it."""

import argparse
import dataclasses

from rich.table import Table
from rich.text import Text

from photoshoot.cli.console import ProgressReporter, build_console, report_note, write_json
from photoshoot.cli.engine import read_date
from photoshoot.cli.exit_codes import DONE
from photoshoot.cli.orders import read_photo_argument
from photoshoot.contact_sheet import save_contact_sheet
from photoshoot.errors import InputError
from photoshoot.files import check_new
from photoshoot.photoshoot import Photoshoot
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import Prompt
from photoshoot.records import PresetScore, Product, Recommendation
from photoshoot.records.plain_data import Json
from photoshoot.request import Request
from photoshoot.settings import StudioSettings


def run(arguments: argparse.Namespace) -> int:
    """Print a photo's product and recommendation, in the HTTP API's shape with ``--json``."""
    date = read_date(arguments.date)
    _check(arguments)
    studio = None if arguments.samples is None else StudioSettings(samples=arguments.samples)
    with Photoshoot.embedded(
        studio=studio,
        segmenter=arguments.segmenter,
        captioner=arguments.captioner,
        matcher=arguments.matcher,
        device=arguments.device or "auto",
        preset_folders=arguments.presets,
    ) as photoshoot:
        recommendation = photoshoot.recommend(
            read_photo_argument(arguments.photo), date=date, explain=arguments.explain
        )
        if arguments.json:
            write_json(_to_json(recommendation, details=arguments.details))
        else:
            _print(recommendation, photoshoot.presets)
        if arguments.sheet is not None:
            _save_sheet(photoshoot, recommendation, arguments)
    return DONE


def _check(arguments: argparse.Namespace) -> None:
    if arguments.details and not arguments.json:
        raise InputError("--details adds to the JSON document; give --json with it")
    Request(render_kind=arguments.kind, seed=arguments.seed)
    if arguments.sheet is not None:
        if arguments.sheet.suffix.lower() != ".png":
            raise InputError(f"--sheet {arguments.sheet} is not a PNG file; give a name that ends with .png")
        check_new(arguments.sheet, overwrite=arguments.overwrite)


def _to_json(recommendation: Recommendation, *, details: bool) -> Json:
    """The HTTP API's response, and under keys of their own what else was asked for."""
    document: dict[str, Json] = {**recommendation.to_api()}  # type: ignore[dict-item]  # its values are JSON
    if details:
        document["details"] = _describe(recommendation.product)
    if recommendation.scores:
        document["scores"] = [_round(score) for score in recommendation.scores]
    return document


def _describe(product: Product) -> Json:
    return {
        "category": product.category.value,
        "confidence": round(product.confidence, 4),
        "palette": [{"hex": item.hex, "name": item.name, "share": round(item.share, 4)} for item in product.palette],
        "cutoutConfidence": round(product.cutout.confidence, 4),
        "segmenter": product.cutout.segmenter,
        "altText": product.alt_text,
        "longDescription": product.long_description,
        "evidence": [dataclasses.asdict(fact) for fact in product.evidence],
        "touches": [edge.value for edge in sorted(product.cutout.touches)],
    }


def _round(score: PresetScore) -> Json:
    parts = dataclasses.asdict(score)
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in parts.items()}


def _print(recommendation: Recommendation, presets: PresetRegistry) -> None:
    table = Table(box=None, show_header=False, padding=(0, 3, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    product = recommendation.product
    table.add_row("product", Text(product.name, "bold"))
    table.add_row("", Text(product.long_description or product.description))
    table.add_row("category", f"{product.category.value}, {product.confidence:.0%} sure")
    table.add_row("colours", _palette(product))
    for index, prompt in enumerate(recommendation.prompts):
        table.add_row("prompts" if index == 0 else "", Text(prompt))
    for index, preset in enumerate(map(presets.get, recommendation.preset_ids)):
        words = Text.assemble(preset.id, (f"  {preset.preview_name}", "dim"))
        table.add_row("presets" if index == 0 else "", words)
    build_console().print(table)
    if recommendation.scores:
        build_console().print("", _tabulate(recommendation.scores[: len(recommendation.preset_ids)]))


def _tabulate(scores: tuple[PresetScore, ...]) -> Table:
    parts = ["category", "contrast", "harmony", "similarity", "season", "variety", "total", "likeness"]
    table = Table(box=None, header_style="dim", padding=(0, 3, 0, 0))
    for heading in ("preset", *parts):
        table.add_column(heading, justify="left" if heading == "preset" else "right", no_wrap=True)
    for score in scores:
        values = [getattr(score, part) for part in parts]
        table.add_row(score.preset_id, *("" if value is None else f"{value:.2f}" for value in values))
    return table


def _palette(product: Product) -> Text:
    parts = [Text.assemble(("  ", f"on {item.hex}"), f" {item.name} {item.share:.0%}") for item in product.palette]
    return Text("   ").join(parts)


def _save_sheet(photoshoot: Photoshoot, recommendation: Recommendation, arguments: argparse.Namespace) -> None:
    """Render the six presets with the product in them, and lay them out on a page."""
    path, seed = arguments.sheet, arguments.seed
    prompts = [Prompt.preset(name) for name in recommendation.preset_ids]
    with ProgressReporter() as told:
        told.start(path.name)
        shots = photoshoot.generate(
            recommendation.product,
            prompts=prompts,
            render_kind=arguments.kind,
            safe_margin=False,
            seed=seed,
            on_progress=told,
        )
    save_contact_sheet(shots, path, title=recommendation.product.name)
    report_note(f"{path}: the six presets, seed {seed}")
