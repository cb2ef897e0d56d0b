from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

import pytest

from photoshoot.catalogue import Recipe, Tally, load_recipe
from photoshoot.cli import main
from photoshoot.cli.arguments import build_parser
from photoshoot.cli.batch import _tell, read_recipe
from photoshoot.engines.choice import EngineChoice
from photoshoot.settings import StudioSettings
from tests.catalogue.products import write_photos, write_recipe

Captured = pytest.CaptureFixture[str]


def batch(capsys: Captured, *arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    capsys.readouterr()
    code = main(["batch", *map(str, arguments)])
    streams = capsys.readouterr()
    return code, streams.out, streams.err


def test_the_exit_code_says_whether_anything_failed_and_json_what(tmp_path: Path, capsys: Captured) -> None:
    write_photos(tmp_path / "photos", 2)
    recipe, out = write_recipe(tmp_path / "recipe.json"), tmp_path / "out"
    order = (tmp_path / "photos", "--recipe", recipe, "--out", out)
    code, told, err = batch(capsys, *order, "--json")
    counts = {"total": 2, "skipped": 0, "made": 2, "failed": 0, "shots": 2, "failed_gate": 0}
    assert (code, json.loads(told)) == (
        0,
        {**counts, "page": str(out / "index.html"), "report": str(out / "report.csv")},
    )
    assert "2 made (2 pictures), 0 already there, 0 failed, of 2 products" in err
    (tmp_path / "photos" / "broken.jpg").write_bytes(b"no photo")
    code, told, err = batch(capsys, *order, "--strict", "--title", "Spring & summer")
    assert (code, told.strip()) == (1, str(out / "index.html"))
    assert "broken.jpg is not a file that can be read" in err
    assert "2 already there, 1 failed" in err
    assert "<h1>Spring &amp; summer</h1>" in (out / "index.html").read_text()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--processes", "0"], "processes=0"),
        (["--actors", "2"], "--ray only"),
        (["--ray", "local", "--processes", "2"], "--ray gives each actor its place"),
        (["--recipe", "none.toml"], "none.toml"),
        (["--device", "cuda"], "diffusion engine only"),
    ],
)
def test_wrong_options_are_told_in_a_line(tmp_path: Path, capsys: Captured, options: list[str], words: str) -> None:
    write_photos(tmp_path / "photos", 1)
    code, told, err = batch(capsys, tmp_path / "photos", "--out", tmp_path / "out", *options)
    assert (code, told) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_engine_and_files_are_said_by_options_before_the_recipe(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    file = tmp_path / "recipe.toml"
    file.write_text(
        "seed = 3\nformats = ['jpeg', 'png']\nquality = 70\ndpi = 300\n"
        "[engine]\nname = 'sd15'\ndtype = 'float16'\ncaptioner = 'blip'\n"
    )

    def read(*options: str) -> Recipe:
        words = ["batch", "photos", "--out", "out", "--recipe", str(file), *options]
        return read_recipe(build_parser().parse_args(words))

    plain = read()
    assert plain == load_recipe(file)
    more = read("--dtype", "float32", "--format", "jpeg", "--format", "webp", "--dpi", "144", "--presets", "mine")
    assert more.engine == dataclasses.replace(plain.engine, dtype="float32")
    assert [(one.format.value, one.quality, one.dpi) for one in more.files] == [("jpeg", 70, 144), ("webp", 70, 144)]
    assert more.preset_folders == (Path("mine"),)
    quiet = read("--no-record", "--low-resolution", "--lora", "brand.safetensors:0.5", "--moderator", "opennsfw")
    assert [(one.format.value, one.record, one.low_resolution) for one in quiet.files] == [
        ("jpeg", False, True),
        ("png", False, True),
    ]
    assert (quiet.engine.loras[0].weight, quiet.engine.moderator, quiet.engine.name) == (0.5, "opennsfw", "sd15")
    alone = read_recipe(build_parser().parse_args(["batch", "photos", "--out", "out", "--samples", "2"]))
    assert alone.engine == EngineChoice(studio=StudioSettings(samples=2))
    assert alone.files == Recipe().files


def test_pictures_that_did_not_pass_are_said_to_be_marked_and_nothing_of_their_product(
    tmp_path: Path, capsys: Captured
) -> None:
    told = argparse.Namespace(out=tmp_path, json=False)
    _tell(told, Tally(total=3, looked=3, skipped=1, made=2, shots=2, failed_gate=1))
    err = capsys.readouterr().err
    assert f"1 picture there did not pass the quality gate, as marked in {tmp_path / 'index.html'};" in " ".join(
        err.split()
    )
    assert "2 made (2 pictures), 1 already there, 0 failed, of 3 products" in " ".join(err.split())
    _tell(told, Tally(total=1, looked=1, skipped=0, made=1, shots=1, failed_gate=0))
    assert "1 made (1 picture), 0 already there, 0 failed, of 1 product" in " ".join(capsys.readouterr().err.split())
    assert "changed" not in err
