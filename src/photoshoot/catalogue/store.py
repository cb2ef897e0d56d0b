"""The folder that a catalogue's pictures go to, and what in it is finished.

Each product has a folder with its files, and ``product.json``, which is written last and says what content they are of.
A product is finished where that is the content asked for and every file is there.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from photoshoot.catalogue.identity import identify_item, identify_photo
from photoshoot.catalogue.items import Item
from photoshoot.catalogue.outcomes import Made, MadeShot
from photoshoot.errors import InputError
from photoshoot.files import LEFT_BEHIND, AtomicFiles, digest_file

RECORD_NAME: Final = "product.json"
"""A product's record, in its folder."""

_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is known of a finished product."""

    content: str
    """Digest of what its pictures depend on, see ``identify_item``."""
    id: str
    """The item's id."""
    product_name: str
    """As recognised or given."""
    description: str
    """As written or given."""
    category: str
    """The product's ``Category``, as its text."""
    shots: tuple[MadeShot, ...]
    """The pictures that were made of it, in the recipe's order."""
    files: Mapping[str, tuple[int, str]]
    """File name → size in bytes, hex digest."""

    @property
    def failed_gate(self) -> int:
        """How many shots the quality gate did not pass."""
        return sum(not shot.passed for shot in self.shots)


class Store:
    """Writes products, and finds the finished ones. One run at a time may write to a folder.

    Args:
        out: The folder; made where there is none.
        recipe_digest: What all products' content depends on, see ``identify_recipe``.
        verify: Compare digests of finished files too, not only their sizes.

    Raises:
        InputError: ``out`` is a file.
    """

    def __init__(self, out: Path, recipe_digest: str, *, verify: bool = False) -> None:
        if out.exists() and not out.is_dir():
            raise InputError(f"{out} is a file; give a folder for the pictures")
        self.out, self._recipe_digest, self._verify = out, recipe_digest, verify

    def find_finished(self, item: Item) -> Record | None:
        """The record of a product that need not be made again; None: not there, not whole, or of other content."""
        folder = self.out / item.folder
        record = _load(folder)
        if record is None or not all(self._is_whole(folder / name, *facts) for name, facts in record.files.items()):
            return None
        try:
            photo_sha256 = identify_photo(item)
        except OSError:  # making it will say what is wrong with the photo
            return None
        return record if record.content == identify_item(self._recipe_digest, item, photo_sha256) else None

    def save(self, made: Made) -> Record:
        """Write a product's files and then its record; files of other content that were there are removed.

        Raises:
            ExportError: A file can't be written.
        """
        folder = self.out / made.item.folder
        before = _load(folder)
        record = Record(
            content=identify_item(self._recipe_digest, made.item, made.photo_sha256),
            id=made.item.id,
            product_name=made.product_name,
            description=made.description,
            category=made.category,
            shots=made.shots,
            files={file.name: (len(file.data), file.sha256) for file in made.encoded},
        )
        _sweep(folder)
        with AtomicFiles() as files:
            for file in made.encoded:
                files.write(folder / file.name, file.data)
            files.write(folder / RECORD_NAME, _dump(record))
        if before is not None:
            _remove(folder, before.files.keys() - record.files.keys())
        return record

    def _is_whole(self, file: Path, size: int, sha256: str) -> bool:
        try:
            return file.stat().st_size == size and (not self._verify or digest_file(file) == sha256)
        except OSError:
            return False


def _dump(record: Record) -> bytes:
    document = {"version": _VERSION, **asdict(record)}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _load(folder: Path) -> Record | None:
    """A folder's record; None where there is none that this version wrote."""
    try:
        data: dict[str, Any] = json.loads((folder / RECORD_NAME).read_bytes())
        if data.pop("version") != _VERSION:
            return None
        shots = tuple(MadeShot(**{**shot, "files": tuple(shot["files"])}) for shot in data.pop("shots"))
        files = {name: (int(size), str(sha256)) for name, (size, sha256) in data.pop("files").items()}
        return Record(**data, shots=shots, files=files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _sweep(folder: Path) -> None:
    """Remove what a killed run left half-written."""
    for place, _, names in os.walk(folder):
        _remove(Path(place), {name for name in names if LEFT_BEHIND.fullmatch(name)})


def _remove(folder: Path, names: set[str]) -> None:
    for name in names:
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)
