"""What is in a catalogue: a folder, a pattern, or a list of photos.

Reads lists of products: CSV, TSV, JSON lines and Parquet, one product a row.

A row has ``photo`` (a path, relative to the list's folder) and may have ``id``, ``name`` and ``description``. Other
columns, such as prices, are none of photoshoot's business and are left alone. A CSV may have its columns apart by
commas or, as spreadsheets write it where numbers have decimal commas, by semicolons or tabs, and their names in any
case.
"""

import csv
import glob
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TextIO

from photoshoot.catalogue.items import Item
from photoshoot.errors import InputError, MissingExtraError, RecipeError
from photoshoot.files import tell_path
from photoshoot.records.plain_data import build_object

LIST_SUFFIXES: Final = frozenset({".csv", ".tsv", ".jsonl", ".ndjson", ".parquet"})
"""What counts as a list."""

_OPTIONAL = ("id", "name", "description")
_DELIMITERS = ",;\t"  # of as many the first counts
_Row = Mapping[str, object]


def read_list(file: Path) -> list[Item]:
    """Read a list of products, in its order.

    Raises:
        RecipeError: It can't be read, or a row is wrong; names the file, the line or row, and the reason.
        MissingExtraError: A Parquet list needs the extra ``parquet``.
    """
    suffix = file.suffix.lower()
    try:
        if suffix == ".parquet":
            return [_read_row(file, place, row) for place, row in _read_parquet(file)]
        rows = _read_json_lines(file) if suffix in (".jsonl", ".ndjson") else _read_csv(file)
        return [_read_row(file, place, row) for place, row in rows]
    except UnicodeDecodeError as error:
        raise RecipeError(str(file), "file", "is not UTF-8: save it as that (in spreadsheets: CSV UTF-8)") from error
    except (OSError, csv.Error) as error:
        raise RecipeError(str(file), "file", f"can't be read: {getattr(error, 'strerror', None) or error}") from error


def _read_csv(file: Path) -> Iterator[tuple[str, _Row]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text, delimiter=_find_delimiter(file, text), strict=True)
        names = [name.strip() for name in reader.fieldnames or ()]
        known = ("photo", *_OPTIONAL)
        reader.fieldnames = [lower if (lower := name.lower()) in known else name for name in names]
        if "photo" not in reader.fieldnames:
            raise RecipeError(str(file), "line 1", f"has no column 'photo', but {', '.join(names) or 'none at all'}")
        for row in reader:
            yield f"line {reader.line_num}", row


def _find_delimiter(file: Path, text: TextIO) -> str:
    """What the columns' names are apart by; read from the first line, before which ``text`` stands again."""
    head = text.readline()
    text.seek(0)
    return "\t" if file.suffix.lower() == ".tsv" else max(_DELIMITERS, key=head.count)


def _read_json_lines(file: Path) -> Iterator[tuple[str, _Row]]:
    with file.open(encoding="utf-8-sig") as text:
        for number, line in enumerate(text, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line, object_pairs_hook=build_object)
            except (ValueError, RecursionError) as error:
                raise RecipeError(str(file), f"line {number}", f"is not JSON: {error}") from error
            if not isinstance(row, dict):
                raise RecipeError(str(file), f"line {number}", "must be an object")
            yield f"line {number}", row


def _read_parquet(file: Path) -> Iterator[tuple[str, _Row]]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("reading a Parquet list", "parquet") from error
    try:
        with pyarrow.parquet.ParquetFile(file) as table:
            names = table.schema_arrow.names
            if "photo" not in names:
                raise RecipeError(str(file), "columns", f"have no 'photo', but {', '.join(names)}")
            wanted = [name for name in ("photo", *_OPTIONAL) if name in names]
            number = 0
            for batch in table.iter_batches(columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield f"row {number}", row
    except pyarrow.ArrowException as error:
        raise RecipeError(str(file), "file", f"is not Parquet: {error}") from error


def _read_row(file: Path, place: str, row: _Row) -> Item:
    photo = _text(file, place, row, "photo")
    if photo is None:
        raise RecipeError(str(file), f"{place}, photo", "is empty")
    given = {name: _text(file, place, row, name) for name in _OPTIONAL}
    return Item(
        id=given["id"] or Path(photo).with_suffix("").as_posix(),
        photo=file.parent / photo,
        name=given["name"],
        description=given["description"],
    )


def _text(file: Path, place: str, row: _Row, name: str) -> str | None:
    """A cell's text; a number is taken as it is written; None where it is empty."""
    value = row.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RecipeError(str(file), f"{place}, {name}", f"must be a text, not {value!r}")
    return str(value).strip()


PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".heic", ".heif", ".bmp", ".gif"}
)
"""What counts as a photo in a folder."""


def list_items(source: str | Path, leave_out: Sequence[Path] = ()) -> list[Item]:
    """List the products of a catalogue, in an order that does not change from run to run.

    Args:
        source: A folder (every photo in it and under it), a list (``.csv``, ``.tsv``, ``.jsonl`` or ``.parquet``), one
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
