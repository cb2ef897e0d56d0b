"""What the command line takes. Imports nothing heavy, so that ``--help`` is quick."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path
from typing import Final

from photoshoot.cli.exit_codes import EXIT_CODES
from photoshoot.cli.file_arguments import (
    add_cutting,
    add_file_commands,
    add_file_options,
    add_output,
    add_overwrite,
    add_photos,
)
from photoshoot.cli.parser import Parser
from photoshoot.cli.request_arguments import add_request
from photoshoot.cli.service_arguments import add_apps, add_mcp, add_serve, add_ui, add_worker
from photoshoot.cli.train_arguments import add_data_commands, add_tuning_commands
from photoshoot.distribution import read_version

_Commands = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns
_OF_RECIPE: Final = (
    *("engine", "segmenter", "captioner", "matcher", "moderator", "dtype", "lora", "samples", "presets"),
    *("format", "quality", "dpi", "low_resolution", "record"),
)
"""Options of ``batch`` that a recipe's file may say, too."""


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    parser = Parser(
        prog="photoshoot",
        description="Turn one product photo into finished ad creatives, on your own machine.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"photoshoot {read_version()}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_shoot(commands)
    _add_batch(commands)
    _add_recommend(commands)
    add_file_commands(functools.partial(_add_command, commands))
    _add_presets(commands)
    _add_prompts(commands)
    _add_inspect(commands)
    _add_marketplaces(commands)
    _add_weights(commands)
    add_serve(functools.partial(_add_command, commands))
    add_worker(functools.partial(_add_command, commands))
    add_ui(functools.partial(_add_command, commands))
    add_mcp(functools.partial(_add_command, commands))
    _add_apps(commands)
    _add_train(commands)
    doctor = _add_command(commands, "doctor", "say what is installed, what is missing, and how fast this machine is")
    doctor.add_argument("--quick", action="store_true", help="leave out the speed, which takes a few pictures")
    return parser


def _add_command(commands: _Commands[Parser], name: str, help: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=help,
        description=f"{help[0].upper()}{help[1:]}.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document on standard output, nothing else")
    parser.add_argument("--debug", action="store_true", help="show where an error comes from")
    return parser


def _add_shoot(commands: _Commands[Parser]) -> None:
    parser = _add_command(commands, "shoot", "make pictures of products from their photos")
    add_photos(parser)
    parser.add_argument(
        "--like", type=Path, metavar="FILE", help="make FILE again from its photo; all else is taken from its record"
    )
    add_request(parser)
    add_cutting(parser.add_argument_group("cut-out"))
    _add_preset_folders(parser)
    _add_describing(parser)
    _add_engine(parser).add_argument(
        "--device", help="of diffusion, captioner and matcher: cpu, mps, cuda, cuda:1 (the best available)"
    )
    add_output(parser)


def _add_describing(parser: argparse.ArgumentParser, *, dated: bool = True) -> None:
    group = parser.add_argument_group("describing and recommending")
    group.add_argument(
        "--segmenter",
        default="u2netp",
        metavar="NAME",
        help="u2netp, a network of rembg whose weights are here, or one that finds things by words: a "
        "CLIPSeg's folder, or those of Grounding DINO and SAM 2 with a comma between them (u2netp)",
    )
    group.add_argument(
        "--captioner",
        default="efficientnet_lite0",
        metavar="NAME",
        help="what names the product: efficientnet_lite0, smolvlm2, qwen3-vl, florence2, blip, or a model's folder; "
        "with +ocr after it the words on the product are read, too; efficientnet_lite0+kinds reads on packages what is "
        "in them (efficientnet_lite0)",
    )
    group.add_argument(
        "--matcher",
        metavar="NAME",
        help="what compares it with presets' words, as one part of their scores: siglip2 or a model's folder (nothing)",
    )
    if dated:
        told = "YYYY-MM-DD or today: recommend for that day, with its holidays and season (none)"
        group.add_argument("--date", metavar="DAY", help=told)


def _add_engine(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    group = parser.add_argument_group("engine")
    group.add_argument(
        "--engine",
        default="studio",
        metavar="NAME",
        help="what places the product: studio, sd15 or sdxl (also with -fast, -product, -depth), flux2-klein, a "
        "model folder or file (studio)",
    )
    group.add_argument(
        "--moderator", metavar="NAME", help="what refuses prompts, photos and pictures: opennsfw (nothing is refused)"
    )
    group.add_argument(
        "--dtype", choices=("float32", "float16", "bfloat16"), help="diffusion: number format of the weights"
    )
    group.add_argument(
        "--lora",
        action="append",
        default=[],
        metavar="PATH[:WEIGHT]",
        help="diffusion: low-rank weights on top; may be given several times",
    )
    group.add_argument(
        "--samples",
        type=int,
        metavar="N",
        help="studio: light paths a pixel, 1 to 4096 (8; 4 where a network paints over it)",
    )
    return group


def _add_batch(commands: _Commands[Parser]) -> None:
    parser = _add_command(
        commands, "batch", "make the pictures of a whole catalogue; a stopped run resumes where it left off"
    )
    parser.add_argument(
        "source",
        metavar="IN",
        help="a folder, a list (CSV, TSV, JSON lines, Parquet), a shop's export or feed, or a pattern: 'in/*.jpg'",
    )
    parser.add_argument(
        "--recipe", type=Path, metavar="FILE", help="what to make, TOML or JSON; options go before it (none)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for pictures, report and page")
    parser.add_argument("--title", metavar="TEXT", help="heading of the contact sheet (IN's name)")
    parser.add_argument("--strict", action="store_true", help="stop at the first product that fails")
    parser.add_argument("--verify", action="store_true", help="compare the digests of finished files, not just sizes")
    add_request(parser)
    _add_preset_folders(parser)
    _add_describing(parser, dated=False)
    _add_engine(parser)
    add_file_options(parser.add_argument_group("files"), "png")
    parser.set_defaults(**dict.fromkeys(_OF_RECIPE))  # what is not given is left to the recipe
    group = parser.add_argument_group("machines")
    group.add_argument("--processes", type=int, default=1, metavar="N", help="worker processes on this machine (1)")
    group.add_argument(
        "--ray", metavar="ADDRESS", help="work on a Ray cluster: local, auto, or its head's host:port (extra ray)"
    )
    group.add_argument("--actors", type=int, metavar="N", help="with --ray: how many engines (what the cluster holds)")
    group.add_argument(
        "--device", help="diffusion: cpu, mps, cuda, cuda:1, or several as in cuda:0,cuda:1 (the best available)"
    )


def _add_recommend(commands: _Commands[Parser]) -> None:
    parser = _add_command(commands, "recommend", "name and describe a product, and find prompts and presets for it")
    add_photos(parser, several=False)
    _add_preset_folders(parser)
    _add_describing(parser)
    parser.add_argument("--device", help="of captioner and matcher: cpu, mps, cuda, cuda:1 (the best available)")
    told = parser.add_argument_group("what is told")
    told.add_argument("--explain", action="store_true", help="also the parts of the presets' scores")
    told.add_argument("--details", action="store_true", help="with --json: also category, colours and confidence")
    sheet = parser.add_argument_group("contact sheet")
    sheet.add_argument("--sheet", type=Path, metavar="FILE", help="also render the six presets with it, on a PNG page")
    sheet.add_argument("--kind", default="landscape", help="ad size of its pictures, as for shoot (landscape)")
    sheet.add_argument("--seed", type=int, default=7, help="of the sheet's pictures, 0 to 2147483647 (7)")
    sheet.add_argument("--samples", type=int, metavar="N", help="light paths a pixel, 1 to 4096 (4 or 8, by noise)")
    add_overwrite(sheet, "replace the page if it is there already")


def _add_inspect(commands: _Commands[Parser]) -> None:
    parser = _add_command(commands, "inspect", "say what made a picture's file, and whether its product is unchanged")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files that photoshoot wrote")


def _add_marketplaces(commands: _Commands[Parser]) -> None:
    parser = _add_command(commands, "marketplaces", "check pictures against marketplaces' rules for main pictures")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="pictures, of any origin")
    parser.add_argument(
        "--marketplace",
        action="append",
        dest="marketplaces",
        metavar="NAME",
        help="amazon, google, ebay or walmart; may be given again (all)",
    )


def _add_prompts(commands: _Commands[Parser]) -> None:
    parser = _add_command(commands, "prompts", "show how the studio reads a prompt, of any language, without a picture")
    parser.add_argument("text", nargs="+", metavar="TEXT", help="a prompt; quote it")
    parser.add_argument("--nearest", type=int, default=3, metavar="N", help="how many near presets to name (3)")
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="lay the near presets' pictures out on a page")
    add_overwrite(parser)
    _add_preset_folders(parser)


def _add_presets(commands: _Commands[Parser]) -> None:
    about = "list, search and show the presets, and render their pictures"
    parser = commands.add_parser("presets", help=about, description=f"{about[0].upper()}{about[1:]}.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_preset_action(actions, "list", "list the presets", "")
    _add_preset_action(actions, "search", "find presets by what they show, in any language, best match first", "TEXT")
    _add_preset_action(actions, "show", "show presets' texts and sets", "ID")
    _add_preset_render(_add_preset_action(actions, "render", "make presets' previews and plates", "ID"))
    _add_preset_sheet(_add_preset_action(actions, "sheet", "lay presets' previews out on a page", "ID"))


def _add_preset_action(actions: _Commands[Parser], name: str, help: str, words: str) -> argparse.ArgumentParser:
    parser = _add_command(actions, name, help)
    text = {"TEXT": "words to search for", "ID": "presets (those of --presets, or all)"}.get(words, argparse.SUPPRESS)
    parser.add_argument("text", nargs="*", metavar=words or "TEXT", help=text)
    parser.add_argument("--category", help="only presets of this category")
    parser.add_argument("--tag", help="only presets with this tag")
    _add_preset_folders(parser)
    return parser


def _add_preset_render(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="folder for previews/ and plates/ (beside the preset files)"
    )
    parser.add_argument("--product", type=Path, metavar="PHOTO", help="a product to show (one of the examples)")
    parser.add_argument("--samples", type=int, metavar="N", help="light paths a pixel, 1 to 4096 (4 or 8, by noise)")
    add_overwrite(parser, "replace pictures that are there already")


def _add_preset_sheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a JPEG, PNG or WebP file")
    parser.add_argument("--columns", type=int, metavar="N", help="pictures beside each other, 1 to 12 (up to 5)")
    parser.add_argument("--width", type=int, default=1600, metavar="PX", help="width of the page (1600)")
    add_overwrite(parser)


def _add_weights(commands: _Commands[Parser]) -> None:
    about = "list, download and verify the models that don't come with photoshoot"
    parser = commands.add_parser("weights", help=about, description=f"{about[0].upper()}{about[1:]}.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_command(actions, "list", "list models and profiles: size, licence, and whether they are here")
    pull = _add_command(actions, "pull", "download models, or all models of a profile, and verify them")
    pull.add_argument("names", nargs="+", metavar="NAME", help="a model or a profile, such as sd15")
    pull.add_argument("--force", action="store_true", help="load again what is here already, as after damage")
    pull.add_argument(
        "--accept-hub-digest",
        action="store_true",
        help="accept files that came whole from the hub and are others than photoshoot records",
    )
    verify = _add_command(actions, "verify", "compare the digests of models' files")
    verify.add_argument("names", nargs="*", metavar="NAME", help="models or profiles (all that are here)")


def _add_apps(commands: _Commands[Parser]) -> None:
    about = "create and list the applications that may use the service, and rotate their secrets"
    parser = commands.add_parser("apps", help=about, description=f"{about[0].upper()}{about[1:]}.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add_apps(functools.partial(_add_command, actions))


def _add_train(commands: _Commands[Parser]) -> None:
    about = "make data to train on, and fine-tune the diffusion engine on your products"
    parser = commands.add_parser("train", help=about, description=f"{about[0].upper()}{about[1:]}.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add_data_commands(functools.partial(_add_command, actions))
    add_tuning_commands(functools.partial(_add_command, actions))


def _add_preset_folders(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--presets", action="append", default=[], type=Path, metavar="DIR", help="a folder of your own preset files"
    )
