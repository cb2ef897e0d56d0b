"""What the command line takes of files: photos in, pictures out; and the commands that do no more than that."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from photoshoot.cli.parser import AddCommand, reading
from photoshoot.settings import ImageFormat, check_color, read_choice

SHELLS: Final = ("bash", "zsh", "fish")
"""Shells that complete commands, options and names."""
SHOTS_FOLDER: Final = Path("photoshoot-out")
"""Where ``shoot`` writes to unless told otherwise."""
_PHOTO = "path, http(s) address, or - for standard input"


def add_photos(parser: argparse.ArgumentParser, *, several: bool = True) -> None:
    """Add the photos that a command works on."""
    if several:
        parser.add_argument("photos", nargs="+", metavar="PHOTO", help=f"photos, one product each: {_PHOTO}")
    else:
        parser.add_argument("photo", metavar="PHOTO", help=f"a photo of the product: {_PHOTO}")


def _add_no_record(parser: argparse._ActionsContainer) -> None:
    told = "for publishing: files say nothing of prompt, product and photo"
    parser.add_argument("--no-record", action="store_false", dest="record", help=told)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add where and how pictures are written."""
    group = parser.add_argument_group("files")
    group.add_argument("--out", type=Path, default=SHOTS_FOLDER, metavar="DIR", help=f"folder ({SHOTS_FOLDER})")
    add_file_options(group, "png")
    group.add_argument("--sheet", action="store_true", help="also write a contact sheet for each photo")
    group.add_argument(
        "--previews",
        type=Path,
        metavar="DIR",
        help="diffusion: a folder for small pictures of what is being painted, replaced at each step",
    )
    add_overwrite(group, "replace other files of the same name; without it, new files get a number")


def add_file_options(group: argparse._ActionsContainer, default: str) -> None:
    """Add how a picture's files are written."""
    _add_formats(group, default)
    group.add_argument("--dpi", type=int, default=72, help="dots per inch; it decides a PDF's page size (72)")
    group.add_argument("--low-resolution", action="store_true", help="thumbnails: longest side 512 px")
    _add_no_record(group)


def add_overwrite(parser: argparse._ActionsContainer, help: str = "replace the file if it is there already") -> None:
    """Add what allows files to be replaced."""
    parser.add_argument("--overwrite", action="store_true", help=help)


def add_cutting(group: argparse._ActionsContainer) -> None:
    """Add what says how products are cut out."""
    group.add_argument(
        "--select",
        metavar="WHICH",
        help="which of several things: 0, 1, '0 and 2'; a point x,y or box left,top,right,bottom, px; 'the left one'",
    )
    group.add_argument(
        "--glass",
        action=argparse.BooleanOptionalAction,
        help="of clear glass: before a plain backdrop, see-through (as the photo tells)",
    )
    for name, told in (("keep", "is product"), ("remove", "is none")):
        group.add_argument(
            f"--{name}", type=Path, metavar="MASK", help=f"a picture of the photo's size: what isn't black {told}"
        )


def add_file_commands(add_command: AddCommand) -> None:
    """Add ``cutout``, ``convert`` and ``completion``."""
    cutout = add_command("cutout", "cut products out of their photos, and nothing else")
    add_photos(cutout)
    cutout.add_argument(
        "--out",
        default=".",
        metavar="DIR|FILE|-",
        help="a folder, a file, or - for a PNG on standard output (the present folder)",
    )
    cutout.add_argument("--background", type=reading(_read_color), metavar="#RRGGBB", help="lay it over a colour")
    cutout.add_argument("--matte", action="store_true", help="the matte alone, in grey: 255 is product")
    add_cutting(cutout)
    cutout.add_argument("--segmenter", default="u2netp", metavar="NAME", help="as for shoot (u2netp)")
    add_overwrite(cutout)
    convert = add_command("convert", "write pictures that photoshoot made in other formats, or without their record")
    convert.add_argument("files", nargs="+", type=Path, metavar="FILE", help="PNG or JPEG files that photoshoot wrote")
    convert.add_argument("--out", type=Path, metavar="DIR", help="folder (beside each file)")
    _add_formats(convert, "at least one")
    _add_no_record(convert)
    add_overwrite(convert)
    completion = add_command(
        "completion", "print a script that makes a shell complete photoshoot's commands: eval it there"
    )
    completion.add_argument("shell", choices=SHELLS, help='such as: eval "$(photoshoot completion bash)"')


def _add_formats(parser: argparse._ActionsContainer, default: str) -> None:
    parser.add_argument(
        "--format",
        action="append",
        type=reading(_read_format),
        metavar="FORMAT",
        help=f"{', '.join(ImageFormat)}; may be repeated, for several files of one picture ({default})",
    )
    parser.add_argument("--quality", type=int, default=92, help="of JPEG, WebP and AVIF, 1 to 100 (92)")


def _read_format(text: str) -> ImageFormat:
    return read_choice(ImageFormat, text, "format")


def _read_color(text: str) -> str:
    check_color("background", text.lower())
    return text.lower()
