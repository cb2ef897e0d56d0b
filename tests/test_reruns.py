from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from photoshoot import (
    LightOverride,
    PhotoError,
    Photoshoot,
    Placement,
    Prompt,
    Request,
    Shot,
    Stance,
)
from photoshoot.cli import main
from photoshoot.exporters.file_exporter import FileExporter
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.reruns import Rerun
from photoshoot.settings import Anchor, ExportSettings, ImageFormat
from tests.conftest import EXAMPLES
from tests.exporters.shots import make_shot
from tests.exporters.test_proofs import edit_png
from tests.making import draw_cutout

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drawn bottle with its own transparency."""
    cutout = draw_cutout()
    path = tmp_path_factory.mktemp("photos") / "bottle.png"
    Image.fromarray(np.dstack([cutout.rgb, np.round(cutout.alpha_matte * 255).astype(np.uint8)])).save(path)
    return path


@pytest.fixture(scope="module")
def shots(shoot: Photoshoot, photo: Path) -> list[Shot]:
    """Shots whose every setting is out of the ordinary."""
    request = Request(
        product=photo,
        prompts=[Prompt.preset("sunny_yellow_background"), Prompt.custom("on a black marble slab", "auf Marmor")],
        render_kind="150x125",
        safe_margin=False,
        lean_palette=False,
        style_reference=False,
        placement=Placement(anchor=Anchor.LEFT, scale=0.8, padding=0.05, base=0.9, stance=Stance.UPRIGHT),
        light=LightOverride(azimuth_deg=40, shadow_softness=0.2, color="#ffe0b0"),
        seed=11,
        name="vodka bottle",
        description="Clear glass.",
        light_on_product=0.7,
        max_redraws=1,
        measure_expansion=False,
    )
    return list(shoot.stream(request))


@pytest.mark.parametrize(
    "settings",
    [ExportSettings(), ExportSettings(format=ImageFormat.JPEG, quality=70, dpi=150, low_resolution=True)],
    ids=["png", "thumbnail"],
)
def test_a_file_is_made_again_byte_for_byte(
    shots: list[Shot], photo: Path, tmp_path: Path, capsys: Captured, settings: ExportSettings
) -> None:
    (path,) = FileExporter().export([shots[1]], tmp_path / "first", settings)
    code = main(["shoot", str(photo), "--like", str(path), "--out", str(tmp_path / "again"), "--json"])
    streams = capsys.readouterr()
    told = json.loads(streams.out)
    assert code == 0, streams.err
    assert told["differences"] == []
    assert told["same_bytes"] is True
    again = Path(told["path"])
    assert again.name == path.name
    assert again.read_bytes() == path.read_bytes()


def test_another_photo_is_refused(shots: list[Shot], tmp_path: Path, capsys: Captured) -> None:
    (path,) = FileExporter().export([shots[0]], tmp_path, ExportSettings())
    assert main(["shoot", str(EXAMPLES / "mug.jpg"), "--like", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "is not the photo" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--seed", "3"], "seed"),
        (["--preset", "lilac_background"], "leave out --prompt"),
        ([str(EXAMPLES / "mug.jpg")], "2 photos"),
    ],
)
def test_what_the_file_decides_cannot_be_asked_for(
    shots: list[Shot], photo: Path, tmp_path: Path, capsys: Captured, more: list[str], words: str
) -> None:
    (path,) = FileExporter().export([shots[0]], tmp_path, ExportSettings())
    assert main(["shoot", str(photo), *more, "--like", str(path)]) == 2
    assert words in capsys.readouterr().err


def edited(path: Path, change: Any) -> Path:
    """The file with another record."""
    rerun = Rerun.read(path)
    record = json.loads(json.dumps(rerun.record))
    change(record)
    with Image.open(path) as picture:
        xmp = picture.info["xmp"]
        text = xmp if isinstance(xmp, str) else xmp.decode()
        start, stop = text.index("<photoshoot:record>") + 19, text.index("</photoshoot:record>")
        body = json.dumps(record).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        picture.save(path.with_suffix(".jpg"), xmp=(text[:start] + body + text[stop:]).encode(), dpi=(72, 72))
    return path.with_suffix(".jpg")


def test_other_versions_are_told(shots: list[Shot], tmp_path: Path) -> None:
    (path,) = FileExporter().export([shots[0]], tmp_path, ExportSettings())

    def change(record: dict[str, Any]) -> None:
        record["versions"]["mitsuba"] = "2.0"
        record["preset_sha256"] = "0" * 64
        record["settings"]["samples"] = 99

    told = list(Rerun.read(edited(path, change)).differences(shots[0]))
    assert [line.split(":")[0] for line in told] == ["mitsuba", "preset", "setting samples"]
    assert "was 2.0, is " in told[0]


def test_a_file_from_before_the_render_scale_is_made_again(shots: list[Shot], tmp_path: Path) -> None:
    (path,) = FileExporter().export([shots[0]], tmp_path, ExportSettings())
    stride: object = "auto"

    def change(record: dict[str, Any]) -> None:
        assert record["settings"].pop("render_scale") == "auto"
        record["settings"]["light_stride"] = stride

    assert list(Rerun.read(edited(path, change)).differences(shots[0])) == []
    stride = 2
    rerun = Rerun.read(edited(path, change))
    told = list(rerun.differences(shots[0]))
    assert told == ["setting render_scale: was 0.5, is auto"]
    with rerun.build() as built:
        assert isinstance(built.placer, StudioPlacer)
        assert built.placer.settings.render_scale == 0.5


def test_a_record_of_an_older_form_is_told(shots: list[Shot], photo: Path, tmp_path: Path, capsys: Captured) -> None:
    (path,) = FileExporter().export([shots[0]], tmp_path, ExportSettings())

    def change(record: dict[str, Any]) -> None:
        del record["recipe"]["lean_palette"], record["recipe"]["style_reference"]
        record["recipe"]["same_style_reference"] = True

    old = edited(path, change)
    assert main(["shoot", str(photo), "--like", str(old), "--out", str(tmp_path / "again")]) == 0
    assert "older form (same_style_reference)" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["safe_margin", "placement", "prompt"])
def test_a_damaged_recipe_is_the_files_fault(
    shots: list[Shot], shoot: Photoshoot, photo: Path, tmp_path: Path, key: str
) -> None:
    (path,) = FileExporter().export([shots[0]], tmp_path, ExportSettings())
    broken = edited(path, lambda record: record["recipe"].pop(key))
    with pytest.raises(PhotoError, match="damaged"):
        Rerun.read(broken).shoot(shoot, photo)


def test_a_shot_without_a_recipe_cannot_be_made_again(tmp_path: Path) -> None:
    (path,) = FileExporter().export([make_shot()], tmp_path, ExportSettings())
    with pytest.raises(PhotoError, match="recipe"):
        Rerun.read(path)


def test_inspect_prints_the_record_and_the_proof(shots: list[Shot], tmp_path: Path, capsys: Captured) -> None:
    exporter = FileExporter()
    (png,) = exporter.export([shots[0]], tmp_path, ExportSettings())
    (jpeg,) = exporter.export([shots[0]], tmp_path, ExportSettings(format=ImageFormat.JPEG))
    assert main(["inspect", str(png), str(jpeg)]) == 0
    told = capsys.readouterr().out
    for words in ("compositeSynthetic", "sunny_yellow_background", "of request 11", "vodka bottle", "halo", "mitsuba"):
        assert words in told
    assert "proved: all" in told
    assert "unprovable: JPEG does not keep pixels" in told
    with Image.open(png) as picture:
        xmp, pixels = picture.info["xmp"], picture.copy()
    box = shots[0].canvas.product_box
    pixels.putpixel(((box.left + box.right) // 2, (box.top + box.bottom) // 2), (255, 0, 255))
    edit_png(png, pixels, xmp if isinstance(xmp, str) else xmp.decode())
    (tmp_path / "other.png").write_bytes(b"nothing")
    assert main(["inspect", str(png), str(tmp_path / "other.png"), "--json"]) == 2
    changed, other = json.loads(capsys.readouterr().out)
    assert changed["proof"] == "changed"
    assert changed["record"]["recipe"]["prompt"]["preset"] == "sunny_yellow_background"
    assert other["error"] == "PhotoError"
