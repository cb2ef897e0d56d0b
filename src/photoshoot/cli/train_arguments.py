"""What the actions of ``photoshoot train`` take."""

import argparse
from pathlib import Path

from photoshoot.cli.parser import AddCommand


def add_data_commands(add_command: AddCommand) -> None:
    """Add the actions of ``train`` that make data."""
    _add_render_data(add_command("render-data", "render products in sets as training data; a stopped run goes on"))
    _add_cut_photos(add_command("cut-photos", "cut products out of your own photos of scenes as training data"))


def add_tuning_commands(add_command: AddCommand) -> None:
    """Add the actions of ``train`` that fine-tune."""
    parser = add_command("run", "fine-tune a model on training data, as a file of settings says")
    parser.add_argument(
        "config", type=Path, metavar="CONFIG", help="settings, TOML or YAML; see photoshoot train defaults"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on from the last checkpoint; without one there, begin"
    )
    add_command("defaults", "print a settings file with all defaults and what they mean")


def _add_render_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--products",
        type=Path,
        required=True,
        metavar="DIR",
        help="photos of products, or cut-outs with transparency; those in one subfolder show one product",
    )
    parser.add_argument("--count", type=int, required=True, metavar="N", help="samples in all; may grow in a later run")
    _add_out(parser)
    parser.add_argument("--seed", type=int, default=0, help="0 to 2147483647: the same seed gives the same data (0)")
    scene = parser.add_argument_group("pictures")
    scene.add_argument(
        "--kind", action="append", metavar="KIND", help="size or group, as for shoot; may be repeated (social)"
    )
    scene.add_argument(
        "--megapixels",
        type=float,
        default=0.4,
        metavar="X",
        help="largest area of a picture; larger sizes are rendered smaller, in their shape (0.4)",
    )
    scene.add_argument(
        "--preset", action="append", default=[], metavar="ID", help="only this preset; may be repeated (all that suit)"
    )
    scene.add_argument(
        "--presets", action="append", default=[], type=Path, metavar="DIR", help="a folder of your own preset files"
    )
    scene.add_argument("--samples", type=int, metavar="N", help="light paths a pixel, 1 to 4096 (4 or 8, by noise)")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="worker processes on this machine (1)")


def _add_cut_photos(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--photos",
        type=Path,
        required=True,
        metavar="DIR",
        help="photos of products in scenes, each with its caption in a .txt file of the same name; those in one "
        "subfolder show one product",
    )
    _add_out(parser)
    parser.add_argument(
        "--megapixels",
        type=float,
        default=1.0,
        metavar="X",
        help="largest area of a picture; larger photos are made smaller (1)",
    )
    parser.add_argument(
        "--captioner",
        metavar="NAME",
        help="what says what is behind the product where there is no .txt file: blip, florence2 or a folder (nothing)",
    )


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for shards and datacard")
    parser.add_argument("--format", choices=("png", "jpg", "webp"), default="png", help="of the pictures (png)")
    parser.add_argument("--shard-size", type=int, default=100, metavar="N", help="samples a shard (100)")
    parser.add_argument(
        "--segmenter", default="u2netp", metavar="NAME", help="u2netp, or a network of rembg that is here (u2netp)"
    )
