"""What is in a catalogue: a folder, a pattern, or a list of photos."""

import glob
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from photoshoot.catalogue.items import Item
from photoshoot.catalogue.lists import LIST_SUFFIXES, read_list
from photoshoot.errors import InputError
from photoshoot.files import tell_path

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".heic", ".heif", ".bmp", ".gif"}
)
"""What counts as a photo in a folder."""


def list_items(source: str | Path) -> list[Item]:
    """List the products of a catalogue, in an order that does not change from run to run.

    Args:
        source: A folder (every photo in it and under it), a list (``.csv``, ``.tsv``, ``.jsonl`` or ``.parquet``), one
            photo, or a pattern such as ``"photos/**/*.jpg"``. An item of a folder or pattern is called by its path
            without suffix.

    Raises:
        InputError: There are no photos, or two items have one id.
        RecipeError: A list is invalid; names the file, the line and the reason.
        MissingExtraError: A Parquet list needs the extra ``parquet``.
    """
    path = Path(source)
    if path.is_dir():
        items = _name_photos(path, sorted(_find_photos(path)))
    elif path.suffix.lower() in LIST_SUFFIXES and path.exists():
        items = read_list(path)
    elif path.exists():
        items = _name_photos(path.parent, [path])
    else:
        found = [Path(name) for name in sorted(glob.glob(str(source), recursive=True))]
        items = _name_photos(_common_folder(found), [file for file in found if file.is_file()])
    if not items:
        raise InputError(f"{source} has no photos: give a folder, a list, or a pattern such as 'photos/*.jpg'")
    _check_ids(items)
    return items


def _find_photos(folder: Path) -> Iterable[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if Path(name).suffix.lower() in PHOTO_SUFFIXES and not name.startswith("."):
                yield Path(place) / name


def _common_folder(files: Sequence[Path]) -> Path:
    return Path(os.path.commonpath([file.parent for file in files])) if files else Path()


def _name_photos(root: Path, files: Sequence[Path]) -> list[Item]:
    """Call each photo by its path under ``root``: without its suffix, unless another photo differs by that alone."""
    names = [file.relative_to(root) for file in files]
    times = Counter(name.with_suffix("") for name in names)
    return [
        Item(id=tell_path(name if times[name.with_suffix("")] > 1 else name.with_suffix("")), photo=file)
        for name, file in zip(names, files, strict=True)
    ]


def _check_ids(items: Sequence[Item]) -> None:
    ids, folders = Counter(item.id for item in items), Counter(item.folder for item in items)
    doubled = [item.id for item in items if ids[item.id] > 1 or folders[item.folder] > 1]
    if doubled:
        raise InputError(f"{doubled[0]!r} is the id of {ids[doubled[0]]} items: give each its own, in a column 'id'")
