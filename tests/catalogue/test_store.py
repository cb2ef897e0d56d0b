"""A product is finished where its record, files, photo and recipe are as they were; else it is made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot.catalogue.identity import identify_photo
from photoshoot.catalogue.items import Item
from photoshoot.catalogue.outcomes import EncodedFile, Made, MadeShot
from photoshoot.catalogue.store import RECORD_NAME, Store
from photoshoot.errors import InputError

FILES = {"a.png": b"first", "thumbnails/a.jpg": b"small"}


@pytest.fixture
def item(tmp_path: Path) -> Item:
    photo = tmp_path / "mug.png"
    photo.write_bytes(b"a photo")
    return Item(id="mug", photo=photo)


def made_of(item: Item, files: dict[str, bytes] | None = None, *, passed: bool = True) -> Made:
    contents = FILES if files is None else files
    first, *_ = contents
    shot = MadeShot(
        files=(first,), thumbnail="thumbnails/a.jpg", preset_id=None, prompt="on a table", label="square", width_px=8,
        height_px=8, seed=3, passed=passed,
    )  # fmt: skip
    return Made(
        item=item, photo_sha256=identify_photo(item), product_name="mug", description="A mug.", category="home",
        shots=(shot,), encoded=tuple(EncodedFile(name=name, data=data) for name, data in contents.items()),
    )  # fmt: skip


def test_what_is_saved_is_found_as_it_was(item: Item, tmp_path: Path) -> None:
    store = Store(tmp_path / "out", "recipe", verify=True)
    assert store.find_finished(item) is None
    saved = store.save(made_of(item, passed=False))
    assert Store(tmp_path / "out", "recipe", verify=True).find_finished(item) == saved
    assert saved.failed_gate == 1
    assert {name: (tmp_path / "out/mug" / name).read_bytes() for name in FILES} == FILES


def test_another_photo_recipe_or_text_is_other_content(item: Item, tmp_path: Path) -> None:
    assert isinstance(item.photo, Path)
    store = Store(tmp_path / "out", "recipe")
    store.save(made_of(item))
    assert Store(tmp_path / "out", "another").find_finished(item) is None
    assert store.find_finished(Item(id="mug", photo=item.photo, name="cup")) is None
    assert store.find_finished(item) is not None
    item.photo.write_bytes(b"another")
    assert store.find_finished(item) is None
    item.photo.unlink()
    assert store.find_finished(item) is None


@pytest.mark.parametrize(
    ("name", "data", "found", "verified"),
    [("a.png", b"fir", False, False), ("a.png", b"FIRST", True, False), ("a.png", None, False, False),
     (RECORD_NAME, b"[]", False, False), (RECORD_NAME, b'{"version": 0}', False, False),
     (RECORD_NAME, b"{", False, False), (RECORD_NAME, None, False, False), ("other.txt", b"mine", True, True)],
)  # fmt: skip
def test_a_damaged_product_is_not_finished(
    item: Item, tmp_path: Path, name: str, data: bytes | None, found: bool, verified: bool
) -> None:
    store = Store(tmp_path / "out", "recipe")
    store.save(made_of(item))
    file = tmp_path / "out/mug" / name
    file.unlink() if data is None else file.write_bytes(data)
    assert (store.find_finished(item) is not None) is found
    assert (Store(tmp_path / "out", "recipe", verify=True).find_finished(item) is not None) is verified


def test_files_of_earlier_content_and_half_written_ones_are_removed_and_foreign_ones_are_not(
    item: Item, tmp_path: Path
) -> None:
    store = Store(tmp_path / "out", "recipe")
    store.save(made_of(item))
    folder = tmp_path / "out/mug"
    left = folder / f"{'.' + 'ab' * 8}.tmp"
    left.write_bytes(b"half")
    (folder / "mine.txt").write_bytes(b"mine")
    store.save(made_of(item, {"b.png": b"second", "thumbnails/a.jpg": b"small"}))
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert names == {"b.png", "thumbnails/a.jpg", "mine.txt", RECORD_NAME}


def test_a_file_is_no_folder_for_pictures(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(InputError, match="is a file"):
        Store(tmp_path / "out", "recipe")
