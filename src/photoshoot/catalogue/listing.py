"""What is in a catalogue: a folder, a pattern, or a list of photos.

A list's row has ``photo`` (a path, relative to the list's folder, or an address) and may have ``id``, ``name`` and
``description``, under these names or those that the exports of shops have. Other columns, such as prices, are none of
photoshoot's business and are left alone.
"""

import glob
import logging
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from photoshoot.catalogue.columns import OWN, find_columns
from photoshoot.catalogue.items import Item
from photoshoot.catalogue.rows import LIST_SUFFIXES, read_rows
from photoshoot.errors import InputError, RecipeError
from photoshoot.files import tell_path
from photoshoot.pixels.downloads import is_url

_Cells = dict[str, str | None]
_log = logging.getLogger("photoshoot")


def read_list(file: Path) -> list[Item]:
    """Read a list of products, in its order.

    A shop's export has several rows of a product, whose first photo counts, and products without one, which are left
    out and logged. In a list of one's own each row must have a photo.

    Raises:
        RecipeError: It can't be read, or a row is wrong; names the file, the line or row, and the reason.
        MissingExtraError: A Parquet list needs the extra ``parquet``.
    """
    items: list[Item] = []
    of_shops: dict[str, _Cells] = {}
    for place, row in read_rows(file):
        columns = find_columns(row) or OWN
        cells = {name: _text(file, f"{place}, {name}", cell) for name, cell in columns.rename(row).items()}
        if columns is OWN:
            if cells["photo"] is None:
                raise RecipeError(str(file), f"{place}, photo", "is empty")
            items.append(_build_item(file, cells))
        else:
            product = of_shops.setdefault(cells["id"] or place, {})
            product |= {name: columns.read_cell(name, cell) for name, cell in cells.items() if not product.get(name)}
    lacking = [product for product, cells in of_shops.items() if not cells["photo"]]
    if lacking:
        _log.warning("%s: products without a photo are left out (%d): %s", file, len(lacking), ", ".join(lacking))
    return [*items, *(_build_item(file, cells) for cells in of_shops.values() if cells["photo"])]


def _build_item(file: Path, cells: _Cells) -> Item:
    photo = cells["photo"] or ""
    return Item(
        id=cells["id"] or (photo if is_url(photo) else Path(photo).with_suffix("").as_posix()),
        photo=photo if is_url(photo) else file.parent / photo,
        name=cells["name"],
        description=cells["description"],
    )


def _text(file: Path, place: str, value: object) -> str | None:
    """A cell's text; a number is taken as it is written; None where it is empty."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RecipeError(str(file), place, f"must be a text, not {value!r}")
    return str(value).strip()


PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".heic", ".heif", ".bmp", ".gif"}
)
"""What counts as a photo in a folder."""


def list_items(source: str | Path, leave_out: Sequence[Path] = ()) -> list[Item]:
    """List the products of a catalogue, in an order that does not change from run to run.

    Args:
        source: A folder (every photo in it and under it), a list (a file of one of ``LIST_SUFFIXES``), one
            photo, or a pattern such as ``"photos/**/*.jpg"``. An item of a folder or pattern is called by its path
            without suffix.
        leave_out: Folders of pictures that were made, in or beside a folder or pattern's photos: they are no photos.
            One that is itself asked for is listed.

    Raises:
        InputError: There are no photos, or two items have one id.
        RecipeError: A list is invalid; names the file, the line and the reason.
        MissingExtraError: A Parquet list needs the extra ``parquet``.
    """
    path = Path(source)
    if path.is_dir():
        items = _name_photos(path, sorted(_find_photos(path)), leave_out)
    elif path.suffix.lower() in LIST_SUFFIXES and path.exists():
        items = read_list(path)
    elif path.exists():
        items = _name_photos(path.parent, [path])
    else:
        found = [Path(name) for name in sorted(glob.glob(str(source), recursive=True))]
        items = _name_photos(_common_folder(found), [file for file in found if file.is_file()], leave_out)
    if not items:
        lacks = "has no photos" if path.exists() or glob.has_magic(str(source)) else "is not there"
        raise InputError(f"{source} {lacks}: give a folder, a list, or a pattern such as 'photos/*.jpg'")
    _check_ids(items)
    return items


def _find_photos(folder: Path) -> Iterable[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if Path(name).suffix.lower() in PHOTO_SUFFIXES and not name.startswith("."):
                file = Path(place) / name
                if os.path.isfile(file) or not os.path.exists(file):  # a broken link fails; a pipe would hold us
                    yield file


def _common_folder(files: Sequence[Path]) -> Path:
    return Path(os.path.commonpath([file.parent for file in files])) if files else Path()


def _name_photos(root: Path, files: Sequence[Path], leave_out: Sequence[Path] = ()) -> list[Item]:
    """Call each photo by its path under ``root``: without its suffix, unless another photo differs by that alone."""
    made = [folder.resolve() for folder in leave_out]
    for folder in (one for one in made if not root.resolve().is_relative_to(one)):
        files = [file for file in files if not Path(os.path.realpath(file)).is_relative_to(folder)]
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
