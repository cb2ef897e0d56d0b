from __future__ import annotations

import dataclasses
import io
import json
import random
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from photoshoot.errors import PhotoError
from photoshoot.exporters.encoders import describe_shot, digital_source_type
from photoshoot.exporters.file_exporter import FileExporter, encode
from photoshoot.exporters.packets import read_xmp
from photoshoot.exporters.reading import read_metadata
from photoshoot.prompts import Prompt
from photoshoot.records import Shot
from photoshoot.records.shot import Recipe
from photoshoot.settings import ExportSettings, ImageFormat
from tests.exporters.shots import make_shot

AWKWARD = 'a <b> & "c" \u2014 \U0001f37e \x00\x07 ]]> é {seed} \ud800'


def with_text(shot: Shot, text: str) -> Shot:
    scene = dataclasses.replace(shot.scene, text=text, full_text=text, preset_id=None)
    return dataclasses.replace(shot, scene=scene, product=dataclasses.replace(shot.product, name=text))


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("format", ImageFormat)
def test_every_format_gives_back_what_made_the_shot(tmp_path: Path, format: ImageFormat, low: bool) -> None:
    shot = make_shot(seed=4_000_000_000)
    (path,) = FileExporter().export([shot], tmp_path, ExportSettings(format=format, dpi=300, low_resolution=low))
    read = read_metadata(path)
    assert read.dpi == pytest.approx(300, abs=0.01)
    assert read.digital_source_type == digital_source_type("studio")
    assert read.record["seed"] == 4_000_000_000
    assert read.record["engine"] == "studio"
    assert read.record["versions"] == {"mitsuba": "3.9.1"}
    assert read.record["settings"] == {"samples": 4, "denoise": True}
    assert read.record["preset_id"] == "white_background"
    assert read.record["prompt"] == shot.scene.text
    assert shot.quality is not None
    assert read.record["quality"] == shot.quality.to_record()


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("format", ImageFormat)
def test_a_file_without_its_record_tells_what_made_it_and_nothing_of_prompt_product_or_photo(
    tmp_path: Path, format: ImageFormat, low: bool
) -> None:
    shot = with_text(make_shot(seed=4_000_000_000), "SECRET words")
    asked = ExportSettings(format=format, dpi=300, low_resolution=low, record=False)
    (path,) = FileExporter().export([shot], tmp_path, asked)
    read = read_metadata(path)
    assert read.dpi == pytest.approx(300, abs=0.01)
    assert read.digital_source_type == digital_source_type("studio")
    assert sorted(read.record) == ["engine", "file", "software"]
    whole = path.read_bytes() + path.name.partition("_seed")[0].encode()
    if format is ImageFormat.PDF:
        plain = io.BytesIO()
        with pikepdf.open(path) as pdf:
            pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        whole += plain.getvalue()
    shown = (b"SECRET", b"secret", shot.product.cutout.photo_sha256.encode(), b"4000000000", b"core_region")
    assert not [word for word in shown if word in whole]


@pytest.mark.parametrize("format", ImageFormat)
def test_awkward_text_survives(tmp_path: Path, format: ImageFormat) -> None:
    shot = with_text(make_shot(48, 32), AWKWARD)
    (path,) = FileExporter().export([shot], tmp_path, ExportSettings(format=format))
    assert read_metadata(path).record["prompt"] == AWKWARD


@pytest.mark.parametrize("letters", ["一龥", "😀🙿"], ids=["Chinese", "emoji"])
@pytest.mark.parametrize("format", ImageFormat)
def test_the_longest_texts_that_an_order_may_have_survive(tmp_path: Path, format: ImageFormat, letters: str) -> None:
    draw, (first, last) = random.Random(7), map(ord, letters)
    name, told, prompt, native, negative = (
        "".join(chr(draw.randint(first, last)) for _ in range(2000)) for _ in range(5)
    )
    shot = with_text(make_shot(48, 32), prompt)
    scene = dataclasses.replace(shot.scene, full_text=name + prompt, native_text=native, negative_text=negative)
    asked = Prompt.custom(prompt, native_language_prompt=native, negative=negative).to_api()
    shot = dataclasses.replace(
        shot,
        scene=scene,
        product=dataclasses.replace(shot.product, name=name, description=told),
        recipe=Recipe(prompt=asked, seed=7),
    )
    (path,) = FileExporter().export([shot], tmp_path / format.value, ExportSettings(format=format))
    read = read_metadata(path).record
    assert read == json.loads(describe_shot(shot, ExportSettings(format=format)).record)
    assert read["native_prompt"] == native


def test_a_packed_record_that_is_damaged_is_refused() -> None:
    long = describe_shot(with_text(make_shot(48, 32), "&" * 20_000), ExportSettings()).xmp.decode()
    start = long.index("<photoshoot:record>") + len("<photoshoot:record>xz:")
    assert read_xmp(long)[0]["prompt"] == "&" * 20_000
    for damaged in (
        long[:start] + "AAAA" + long[start:],
        long[:start] + "?" + long[long.index("</photoshoot:record>") :],
    ):
        with pytest.raises(ValueError, match=r"damaged|Expecting"):
            read_xmp(damaged)


@given(text=st.text(st.characters(), max_size=60))
@settings(max_examples=40, deadline=None)
def test_record_and_xmp_hold_any_text(text: str) -> None:
    notes = describe_shot(with_text(make_shot(48, 32), text), ExportSettings())
    assert json.loads(notes.record)["prompt"] == text
    assert notes.record.isascii()
    assert b"/compositeSynthetic" in notes.xmp


def test_png_has_the_record_as_a_text_chunk() -> None:
    picture = Image.open(io.BytesIO(encode(make_shot(), ExportSettings())))
    assert isinstance(picture, Image.Image)
    assert json.loads(picture.info["photoshoot"])["seed"] == 7


def test_notes_hold_no_path_of_this_machine(tmp_path: Path) -> None:
    shot = make_shot()
    shot = dataclasses.replace(shot, scene=dataclasses.replace(shot.scene, style_reference=tmp_path / "plate.webp"))
    notes = describe_shot(shot, ExportSettings())
    assert str(tmp_path) not in notes.record + notes.xmp.decode()
    assert json.loads(notes.record)["style_reference"] is True


@pytest.mark.parametrize("name", ["a.png", "a.pdf", "a.jpg"])
def test_files_of_others_and_broken_files_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Image.new("RGB", (8, 8)).save(path)
    with pytest.raises(PhotoError, match=name):
        read_metadata(path)
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(PhotoError, match=name):
        read_metadata(path)
    with pytest.raises(PhotoError, match="missing"):
        read_metadata(tmp_path / f"missing-{name}")
