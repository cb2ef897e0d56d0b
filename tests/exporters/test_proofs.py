from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from photoshoot import PhotoError
from photoshoot.exporters.file_exporter import FileExporter
from photoshoot.exporters.proofs import Proof, prove_file
from photoshoot.records.light_map import LightMap
from photoshoot.settings import ExportSettings, ImageFormat
from tests.exporters.shots import make_lit_shot, make_shot, with_pixels

SOURCE_TYPE = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
RECORD = "{urn:photoshoot:record:1#}record"
LOSSLESS = {(ImageFormat.PNG, False), (ImageFormat.PDF, False)}


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("format", ImageFormat)
def test_full_size_lossless_files_prove_their_product(tmp_path: Path, format: ImageFormat, low: bool) -> None:
    (path,) = FileExporter().export([make_shot(700, 400)], tmp_path, ExportSettings(format=format, low_resolution=low))
    found = prove_file(path)
    assert found.proof is (Proof.PROVED if (format, low) in LOSSLESS else Proof.UNPROVABLE), found.reason
    assert (found.core_pixels > 5000) == (found.proof is Proof.PROVED)


def test_a_file_without_its_record_proves_nothing_and_says_why(tmp_path: Path) -> None:
    (path,) = FileExporter().export([make_shot()], tmp_path, ExportSettings(record=False))
    found = prove_file(path)
    assert found.proof is Proof.UNPROVABLE
    assert "without the record" in found.reason


@pytest.mark.parametrize("format", [ImageFormat.PNG, ImageFormat.PDF])
def test_a_changed_product_is_found_and_a_changed_scene_is_not_the_products(
    tmp_path: Path, format: ImageFormat
) -> None:
    shot = make_shot()
    box = shot.canvas.product_box
    for name, at, expected in (
        ("product", ((box.top + box.bottom) // 2, (box.left + box.right) // 2), Proof.CHANGED),
        ("scene", (2, 2), Proof.PROVED),
    ):
        image = shot.image.copy()
        image[at] ^= 1
        (path,) = FileExporter().export([with_pixels(shot, image)], tmp_path / name, ExportSettings(format=format))
        assert prove_file(path).proof is expected


def test_a_file_tells_the_light_on_its_product_and_keeps_it(tmp_path: Path) -> None:
    shot = make_lit_shot()
    (path,) = FileExporter().export([shot], tmp_path, ExportSettings())
    found = prove_file(path)
    assert found.proof is Proof.PROVED
    assert "a smooth light of 8x6 cells, 0.50 to 1.3" in found.reason
    assert shot.product_light is not None
    kept = LightMap.read(dict(found.metadata.record["product_light"]))  # type: ignore[arg-type]  # an object
    np.testing.assert_array_equal(kept.levels, shot.product_light.levels)
    (plain,) = FileExporter().export([make_shot()], tmp_path / "plain", ExportSettings())
    assert prove_file(plain).reason.endswith("core pixels are the product's own")


def edit_png(path: Path, image: Image.Image, xmp: str) -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", xmp)
    image.save(path, "PNG", pnginfo=chunks, dpi=(72, 72))


def test_a_cropped_or_damaged_file_is_told(tmp_path: Path) -> None:
    (path,) = FileExporter().export([make_shot()], tmp_path, ExportSettings())
    with Image.open(path) as picture:
        xmp, copy = picture.info["xmp"], picture.copy()
    text = xmp if isinstance(xmp, str) else xmp.decode()
    edit_png(path, copy.crop((0, 0, 200, 160)), text)
    assert prove_file(path).proof is Proof.CHANGED
    assert "200x160" in prove_file(path).reason
    edit_png(path, copy, text.replace('"core_region":"', '"core_region":"x'))
    with pytest.raises(PhotoError, match="core region"):
        prove_file(path)
    edit_png(path, copy, text.replace('"canvas":', '"canvasses":'))
    with pytest.raises(PhotoError, match="canvas"):
        prove_file(path)


def test_pillow_and_pikepdf_see_the_standard_fields(tmp_path: Path) -> None:
    shot = make_shot()
    for kind in ImageFormat:
        (path,) = FileExporter().export([shot], tmp_path, ExportSettings(format=kind))
        if kind is ImageFormat.PDF:
            with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
                source, record = (str(metadata[name]) for name in (SOURCE_TYPE, RECORD))
        else:
            with Image.open(path) as picture:
                about = ElementTree.fromstring(picture.info["xmp"]).find(".//{*}Description")
            assert about is not None
            source, record = about.attrib[SOURCE_TYPE], about.findtext(RECORD, "")
        assert source.endswith("/compositeSynthetic")
        told = json.loads(record)
        assert told["seed"] == shot.seed
        assert told["quality"]["measures"]["max_difference"] == 0
        assert told["versions"] == {"mitsuba": "3.9.1"}
        assert told["file"]["format"] == kind


def test_no_opaque_pixel_proves_nothing(tmp_path: Path) -> None:
    shot = make_shot()
    assert shot.quality is not None
    bare = dataclasses.replace(shot, quality=dataclasses.replace(shot.quality, core_region=""))
    (path,) = FileExporter().export([bare], tmp_path, ExportSettings())
    assert prove_file(path).proof is Proof.UNPROVABLE
    assert np.asarray(Image.open(path)).shape == shot.image.shape
