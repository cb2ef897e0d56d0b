from __future__ import annotations

import dataclasses
import io
import os
import re
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from photoshoot.errors import ExportError, PhotoError, SettingsError
from photoshoot.exporters.file_exporter import FileExporter, FileNames, convert, encode, slug
from photoshoot.records import Shot
from photoshoot.settings import ExportSettings, ImageFormat
from photoshoot.stages import Exporter
from tests.exporters.shots import decode, make_shot, with_pixels


def test_is_an_exporter() -> None:
    assert isinstance(FileExporter(), Exporter)


def test_export_writes_a_file_for_each_shot_in_order(tmp_path: Path) -> None:
    shots = [make_shot(seed=seed) for seed in (1, 2, 2)]
    paths = FileExporter().export(shots, tmp_path / "new" / "folder", ExportSettings())
    stem = "green-bottle_white-background_test_seed"
    assert [path.name for path in paths] == [f"{stem}-1.png", f"{stem}-2.png", f"{stem}-2-2.png"]
    assert all(np.array_equal(decode(path.read_bytes()), shot.image) for path, shot in zip(paths, shots, strict=True))
    assert sorted(path.name for path in paths[0].parent.iterdir()) == sorted(path.name for path in paths)


def test_exporting_again_overwrites_its_own_files(tmp_path: Path) -> None:
    shots = [make_shot(), make_shot()]
    first = FileExporter().export(shots, tmp_path, ExportSettings())
    before = [path.read_bytes() for path in first]
    assert FileExporter().export(shots, tmp_path, ExportSettings()) == first
    assert [path.read_bytes() for path in first] == before
    assert len(list(tmp_path.iterdir())) == 2


def test_no_shots_make_no_files(tmp_path: Path) -> None:
    assert FileExporter().export([], tmp_path / "none", ExportSettings()) == []
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["ad.jpg", "ad.JPEG"])
def test_target_with_a_known_suffix_is_the_file(tmp_path: Path, name: str) -> None:
    (path,) = FileExporter().export([make_shot()], tmp_path / name, ExportSettings(format=ImageFormat.JPEG))
    assert path == tmp_path / name
    with Image.open(path) as picture:
        assert picture.format == "JPEG"


def test_folder_with_a_dot_or_a_known_suffix_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "album.png").mkdir()
    for folder in ("shoot-2.1", "album.png"):
        (path,) = FileExporter().export([make_shot()], tmp_path / folder, ExportSettings())
        assert path.parent == tmp_path / folder


def test_file_for_several_shots_or_of_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="a folder, for 2 shots"):
        FileExporter().export([make_shot()] * 2, tmp_path / "a.png", ExportSettings())
    with pytest.raises(SettingsError, match="suffix says png"):
        FileExporter().export([make_shot()], tmp_path / "a.jpg", ExportSettings())


@pytest.mark.parametrize("name", ["ad.gif", "ad.TIFF"])
def test_a_picture_s_name_of_a_format_that_is_not_written_makes_no_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=r"a folder, or a file that ends in \.png, \.jpg"):
        FileExporter().export([make_shot()], tmp_path / name, ExportSettings())
    assert not (tmp_path / name).exists()
    (tmp_path / name).mkdir()  # one that is there is a folder
    assert FileExporter().export([make_shot()], tmp_path / name, ExportSettings())[0].parent == tmp_path / name


def test_failed_encoding_leaves_nothing_of_the_whole_call(tmp_path: Path) -> None:
    too_wide = with_pixels(make_shot(), np.zeros((1, 16_384, 3), np.uint8))  # WebP ends at 16383 px
    with pytest.raises(ExportError, match=r"green-bottle.*16384x1 can't be encoded as webp") as caught:
        FileExporter().export([make_shot(), too_wide], tmp_path, ExportSettings(format=ImageFormat.WEBP))
    assert str(tmp_path) in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_failed_encoding_keeps_the_earlier_file(tmp_path: Path) -> None:
    target = tmp_path / "a.webp"
    target.write_bytes(b"earlier")
    too_wide = with_pixels(make_shot(), np.zeros((1, 16_384, 3), np.uint8))
    with pytest.raises(ExportError):
        FileExporter().export([too_wide], target, ExportSettings(format=ImageFormat.WEBP))
    assert target.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [target]


def test_folder_that_is_a_file_is_an_export_error_naming_the_path(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ExportError, match=r"taken.*can't be written"):
        FileExporter().export([make_shot()], tmp_path / "taken", ExportSettings())


def test_name_that_the_file_system_refuses_is_an_export_error(tmp_path: Path) -> None:
    for name in ("a" * 300 + ".png", "a\0.png"):
        with pytest.raises(ExportError, match="can't be written"):
            FileExporter().export([make_shot()], tmp_path / name, ExportSettings())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_read_only_folder_is_an_export_error_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(ExportError, match=r"locked.*Permission denied"):
        FileExporter().export([make_shot()], folder, ExportSettings())
    assert list(folder.iterdir()) == []


def test_name_taken_by_a_folder_leaves_nothing(tmp_path: Path) -> None:
    shots = [make_shot(seed=1), make_shot(seed=2)]
    (tmp_path / "green-bottle_white-background_test_seed-2.png").mkdir()
    with pytest.raises(ExportError, match="it is a folder"):
        FileExporter().export(shots, tmp_path, ExportSettings(), overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["green-bottle_white-background_test_seed-2.png"]


def test_another_picture_of_the_same_name_is_never_overwritten_in_a_folder(tmp_path: Path) -> None:
    first, other = make_shot(), with_pixels(make_shot(), 255 - make_shot().image)
    (path,) = FileExporter().export([first], tmp_path, ExportSettings())
    kept = path.read_bytes()
    (second,) = FileExporter().export([other], tmp_path, ExportSettings())
    assert (path.read_bytes(), second.name) == (kept, f"{path.stem}-2.png")
    assert FileExporter().export([other], tmp_path, ExportSettings()) == [second], "the same bytes are there already"
    assert FileExporter().export([other], path, ExportSettings(), overwrite=False) == [second]
    (third,) = FileExporter().export([other], tmp_path, ExportSettings(), overwrite=True)
    assert (third, path.read_bytes()) == (path, second.read_bytes())
    assert FileExporter().export([first], path, ExportSettings()) == [path], "a file that is named is replaced"
    assert path.read_bytes() == kept


SHOT = make_shot(48, 32)
SAFE = re.compile(r"[^\W_A-Z][\w-]*\.(png|jpg|webp|avif|pdf)")
TEXTS = st.one_of(st.text(max_size=200), st.sampled_from(["CON", "a/../b", "..", "Äpfel & Crème", "緑の瓶", "-x-", ""]))


def bare(text: str) -> str:
    """The text without marks that belong to the letter before them, as in Hindi."""
    return "".join(one for one in text if unicodedata.category(one)[0] != "M")


def name(names: FileNames, product: str, preset: str | None = None, settings: ExportSettings | None = None) -> str:
    shot = dataclasses.replace(
        SHOT,
        product=dataclasses.replace(SHOT.product, name=product),
        scene=dataclasses.replace(SHOT.scene, preset_id=preset),
    )
    return names.name(shot, settings or ExportSettings())


@given(products=st.lists(TEXTS, min_size=1, max_size=8))
def test_names_are_safe_unique_and_repeatable(products: list[str]) -> None:
    runs = []
    for _ in range(2):
        names = FileNames()
        runs.append([name(names, product) for product in products])
    assert runs[0] == runs[1]
    assert len(set(runs[0])) == len(products)
    assert all(SAFE.fullmatch(bare(text)) and len(text.encode()) < 250 for text in runs[0]), runs[0]


@given(text=TEXTS)
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    once = slug(text, "thing")
    assert slug(once, "thing") == once
    assert re.fullmatch(r"[^\W_A-Z]+(-[^\W_A-Z]+)*", bare(once))
    assert len(once.encode()) <= 60


def test_names_say_product_preset_size_and_seed() -> None:
    assert (
        name(FileNames(), "Crème Brûlée No. 5", "white_background")
        == "crème-brûlée-no-5_white-background_test_seed-7.png"
    )


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("on a black slab, rim light", "on-a-black-slab-rim-light"),
        ("緑の瓶", "緑の瓶"),
        ("हिन्दी", "हिन्दी"),
        ("!", "custom-3"),
    ],
)
def test_a_custom_prompt_gives_its_words_or_its_number_from_one(text: str, called: str) -> None:
    scene = dataclasses.replace(SHOT.scene, preset_id=None, text=text)
    shot = dataclasses.replace(SHOT, scene=scene, prompt_index=2)
    assert FileNames().name(shot, ExportSettings()) == f"green-bottle_{called}_test_seed-7.png"


def test_formats_and_thumbnails_do_not_collide() -> None:
    names = FileNames()
    every = [ExportSettings(format=kind, low_resolution=low) for kind in ImageFormat for low in (False, True)]
    given_names = [name(names, "mug", "x", settings) for settings in every]
    assert len(set(given_names)) == len(every)
    assert not any(re.search(r"-2\.", text) for text in given_names)


@pytest.fixture(scope="module")
def shot() -> Shot:
    return make_shot(700, 300, name="Ünïcode & <bottle>")


@pytest.mark.parametrize("format", list(ImageFormat))
@pytest.mark.parametrize("low", [False, True])
def test_converting_a_file_gives_the_bytes_of_exporting_the_shot(shot: Shot, format: ImageFormat, low: bool) -> None:
    kept = encode(shot, ExportSettings(format=ImageFormat.JPEG if low else ImageFormat.PNG, low_resolution=low))
    assert convert(kept, format) == encode(shot, ExportSettings(format=format, low_resolution=low))


@pytest.mark.parametrize("format", list(ImageFormat))
def test_a_record_is_dropped_when_an_original_is_converted(shot: Shot, format: ImageFormat) -> None:
    dropped = convert(encode(shot, ExportSettings()), format, record=False)
    assert dropped == encode(shot, ExportSettings(format=format, record=False))
    assert convert(encode(shot, ExportSettings(record=False)), format) == dropped


@pytest.mark.parametrize("format", [ImageFormat.JPEG, ImageFormat.PDF])
def test_a_thumbnail_is_not_compressed_twice_to_drop_its_record(shot: Shot, format: ImageFormat) -> None:
    thumbnail = encode(shot, ExportSettings(format=ImageFormat.JPEG, low_resolution=True))
    with pytest.raises(PhotoError, match="convert the original PNG"):
        convert(thumbnail, format, record=False)
    brief = encode(shot, ExportSettings(format=ImageFormat.JPEG, low_resolution=True, record=False))
    assert convert(brief, ImageFormat.JPEG, record=False) == brief


def test_other_dots_per_inch_are_kept(shot: Shot) -> None:
    kept = encode(shot, ExportSettings(dpi=300))
    assert convert(kept, ImageFormat.PDF) == encode(shot, ExportSettings(format=ImageFormat.PDF, dpi=300))


def test_other_files_are_refused(shot: Shot) -> None:
    plain = io.BytesIO()
    Image.new("RGB", (8, 8)).save(plain, "PNG")
    webp = encode(shot, ExportSettings(format=ImageFormat.WEBP))
    for data in (b"", plain.getvalue(), webp, encode(shot, ExportSettings())[:500]):
        with pytest.raises(PhotoError, match="not a picture that photoshoot wrote") as caught:
            convert(data, ImageFormat.JPEG)
        assert "object at 0x" not in str(caught.value)
