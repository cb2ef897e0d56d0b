from __future__ import annotations

import dataclasses
import io
import json
import os
import re
import subprocess
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from photoshoot import Photoshoot
from photoshoot.cli import main
from photoshoot.cli.exit_codes import exit_code
from photoshoot.errors import (
    ExportError,
    MissingExtraError,
    NoCudaError,
    NoProductFoundError,
    PhotoshootError,
    ProductDoesNotFitError,
    PromptError,
    WeightsMissingError,
)
from photoshoot.exporters.file_exporter import FileExporter
from photoshoot.exporters.reading import read_metadata
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.records import Category, PresetScore, Shot
from photoshoot.settings import ExportSettings
from tests.jobs.stubs import FlatPlacer
from tests.making import draw_cutout

QUICK = ["--size", "150x125", "--no-safe-margin", "--samples", "1", "--seed", "7"]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drawn bottle with its own transparency."""
    cutout = draw_cutout()
    alpha = np.round(cutout.alpha_matte * 255).astype(np.uint8)
    path = tmp_path_factory.mktemp("photos") / "bottle.png"
    Image.fromarray(np.dstack([cutout.rgb, alpha])).save(path)
    return path


@pytest.fixture
def flat(monkeypatch: pytest.MonkeyPatch) -> FlatPlacer:
    """What makes the pictures instead of the studio, where it is not asked how they look."""
    placer = FlatPlacer()
    monkeypatch.setattr(StudioPlacer, "place", placer.place)
    return placer


def run(capsys: Captured, *arguments: str | Path) -> tuple[int, Any, str]:
    """Exit code, the JSON on standard output, standard error."""
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    streams = capsys.readouterr()
    return code, json.loads(streams.out) if streams.out else None, streams.err


@pytest.mark.parametrize(
    "order",
    [
        ("recommend", "nope.jpg"),
        ("prompts", ""),
        ("weights", "pull", "nope"),
        ("apps", "list"),
        ("convert", "nope.png", "--format", "webp"),
        ("shoot", "nope.jpg"),
    ],
)
def test_a_command_that_fails_prints_json_where_it_was_asked_for_it(
    order: tuple[str, ...], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, told, err = run(capsys, *order, "--json")
    assert code in (1, 2)
    (told_of,) = told["errors"] if isinstance(told, dict) else told
    assert told_of["message"] in err
    assert "shots" not in err


def test_a_catalogue_is_not_written_among_its_photos(photo: Path, tmp_path: Path, capsys: Captured) -> None:
    code, told, err = run(capsys, "batch", photo.parent, "--out", photo.parent / ".", "--json")
    assert (code, told["errors"][0]["error"]) == (2, "InputError")
    assert "the photos' own folder" in err
    assert sorted(tmp_path.iterdir()) == []


def test_shoot_makes_files_and_one_json_document(photo: Path, tmp_path: Path, capsys: Captured) -> None:
    scenes = ["--preset", "white_background", "--prompt", "on a black marble slab"]
    code, told, _ = run(capsys, "shoot", photo, *scenes, *QUICK, "--out", tmp_path, "--sheet", "--json")
    assert code == 0
    assert [shot["preset_id"] for shot in told["shots"]] == ["white_background", None]
    assert told["seed"] == 7
    assert told["errors"] == []
    for shot in told["shots"]:
        with Image.open(shot["path"]) as picture:
            assert picture.size == (150, 125)
        assert read_metadata(shot["path"]).record["seed"] == shot["seed"]
    (sheet,) = told["contact_sheets"]
    assert {path.name for path in tmp_path.iterdir()} == {
        Path(path).name for path in [sheet, *(shot["path"] for shot in told["shots"])]
    }


@pytest.mark.usefixtures("flat")
def test_a_file_that_cant_be_written_ends_the_photo_and_what_was_written_is_told(
    photo: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    presets = ("white_background", "light_grey_background", "natural_beige_background", "lilac_background")
    order: list[str | Path] = [
        "shoot",
        photo,
        *(word for name in presets for word in ("--preset", name)),
        *QUICK,
        "--json",
        "--out",
    ]
    _, told, _ = run(capsys, *order, tmp_path / "first")
    names = [Path(shot["path"]).name for shot in told["shots"]]
    export = FileExporter.export

    def fail(
        exporter: FileExporter, shots: Sequence[Shot], target: Path, settings: ExportSettings, *, overwrite: bool
    ) -> list[Path]:
        if target.name == names[1]:
            raise ExportError(f"{target}: no space left on device")
        return export(exporter, shots, target, settings, overwrite=overwrite)

    monkeypatch.setattr(FileExporter, "export", fail)
    code, told, _ = run(capsys, *order, tmp_path / "second")
    assert code != 0
    assert [error["error"] for error in told["errors"]] == ["ExportError"]
    assert names[1] in told["errors"][0]["message"]
    files = {path.name for path in (tmp_path / "second").iterdir() if path.is_file()}
    assert {Path(shot["path"]).name for shot in told["shots"]} == files
    assert names[0] in files
    assert names[3] not in files, "no more pictures are made"


def test_what_a_prompt_says_in_vain_is_told(photo: Path, tmp_path: Path, capsys: Captured) -> None:
    order: list[str | Path] = ["shoot", photo, "--prompt", "flurb gnarx", *QUICK, "--out", tmp_path]
    code, told, err = run(capsys, *order, "--json")
    assert code != 0
    assert "nothing of the prompt 'flurb gnarx' was understood" in err
    code, told, err = run(capsys, *order, "--plain-if-unread", "--json")
    assert (code, told["shots"][0]["unread"]) == (0, ["flurb gnarx"])
    assert "not read: flurb gnarx" in err
    assert "flurb-gnarx_" in told["shots"][0]["path"]


@pytest.mark.usefixtures("flat")
def test_a_picture_is_rendered_once_for_all_formats_and_replaces_none_but_when_told(
    photo: Path, tmp_path: Path, capsys: Captured
) -> None:
    formats = ["--format", "png", "--format", "JPG", "--format", "webp"]
    order: list[str | Path] = ["shoot", photo, "--preset", "white_background", *QUICK, *formats, "--out", tmp_path]
    _, told, err = run(capsys, *order, "--json")
    paths = [Path(shot["path"]) for shot in told["shots"]]
    assert [path.suffix for path in paths] == [".png", ".jpg", ".webp"]
    assert err.count("(1/1)") == 2, "described, and placed once"
    assert "1 shot in 3 files, seed " in err
    for path in paths:
        path.write_bytes(b"another")
    _, told, _ = run(capsys, *order, "--json")
    assert [Path(shot["path"]).name for shot in told["shots"]] == [f"{path.stem}-2{path.suffix}" for path in paths]
    assert {path.read_bytes() for path in paths} == {b"another"}
    run(capsys, *order, "--overwrite", "--json")
    assert b"another" not in {path.read_bytes() for path in paths}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--preset", "white_backgroun"], "did you mean white_background"),
        (["--out", "/proc/nothing/here"], "/proc/nothing/here can't be written"),
        (["--engine", "sd51"], "sd15"),
        (["--segmenter", "isnet-generl-use"], "isnet-general-use"),
        (["--captioner", "smolvlm"], "smolvlm2"),
        (["--quality", "101"], "quality"),
    ],
)
def test_what_is_wrong_is_said_before_a_photo_is_read(arguments: list[str], words: str, capsys: Captured) -> None:
    assert main(["shoot", "/nowhere/at/all.jpg", *arguments]) in (2, 5)
    err = capsys.readouterr().err
    assert words in err
    assert "all.jpg" not in err


def test_a_photo_comes_from_standard_input(
    photo: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    with photo.open("rb") as file:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(file))
        code, told, _ = run(capsys, "recommend", "-", "--json", "--details")
    _, same, _ = run(capsys, "recommend", photo, "--json", "--details")
    assert (code, told) == (0, same)
    assert main(["shoot", "-", "-", "--out", str(tmp_path)]) == 2
    assert "once" in capsys.readouterr().err


@pytest.mark.usefixtures("flat")
def test_converted_files_are_what_shoot_writes(photo: Path, tmp_path: Path, capsys: Captured) -> None:
    formats = ["--format", "png", "--format", "jpeg"]
    order: list[str | Path] = ["shoot", photo, "--preset", "white_background", *QUICK, *formats]
    _, told, _ = run(capsys, *order, "--out", tmp_path / "made", "--json")
    png, jpeg = (Path(shot["path"]) for shot in told["shots"])
    formats = ["--format", "jpeg", "--format", "webp"]
    code, told, _ = run(capsys, "convert", png, *formats, "--out", tmp_path / "out", "--json")
    assert code == 0
    converted = [Path(one["path"]) for one in told]
    assert [path.name for path in converted] == [jpeg.name, f"{png.stem}.webp"]
    assert converted[0].read_bytes() == jpeg.read_bytes()
    assert read_metadata(converted[1]).record["seed"] == read_metadata(png).record["seed"]
    run(capsys, "convert", png, "--format", "webp", "--no-record", "--out", tmp_path / "brief", "--json")
    (brief,) = (tmp_path / "brief").iterdir()
    assert sorted(read_metadata(brief).record) == ["engine", "file", "software"]
    _, _, err = run(capsys, "convert", png, jpeg, "--format", "jpeg", "--out", tmp_path / "both", "--json")
    first, last = err.splitlines()
    assert re.fullmatch(rf"{png.name} \(1/2\), \d+:\d\d left", first)
    assert last == f"{jpeg.name} (2/2)"
    assert main(["convert", str(photo), *formats, "--out", str(tmp_path)]) == 2
    assert "not a picture that photoshoot wrote: it has no record" in capsys.readouterr().err
    assert main(["convert", str(png)]) == 2


def test_another_pictures_file_is_refused_in_plain_words(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (64, 64)).save(path)
    for file, words in (
        (path, "photo.jpg has no record of photoshoot"),
        (tmp_path / "gone.png", "gone.png is not there"),
        (tmp_path, "is a folder: give a file that photoshoot wrote"),
    ):
        assert main(["inspect", str(file)]) == 2
        err = capsys.readouterr().err
        assert words in err
        assert "XResolution" not in err


def test_cut_outs_are_written_in_every_form(photo: Path, tmp_path: Path, capsysbinary: Any) -> None:
    opaque = tmp_path / "mug.png"
    with Image.open(photo) as image:
        Image.alpha_composite(Image.new("RGBA", image.size, "#eeeeee"), image).convert("RGB").save(opaque)
    modes = {}
    for options, mode in (([], "RGBA"), (["--matte"], "L"), (["--background", "#FF8800"], "RGB")):
        assert main(["cutout", str(opaque), "--out", str(tmp_path / "out"), *options]) == 0
        path = Path(capsysbinary.readouterr().out.decode().strip())
        with Image.open(path) as cut:
            modes[path.name] = (cut.mode, cut.size, mode)
    assert list(modes) == ["mug_cutout.png", "mug_matte.png", "mug_cutout-2.png"]
    assert all(found == wanted and size == (240, 320) for found, size, wanted in modes.values())
    assert main(["cutout", str(opaque), "--out", "-"]) == 0
    with Image.open(io.BytesIO(capsysbinary.readouterr().out)) as piped, Image.open(photo) as drawn:
        difference = np.abs(np.asarray(piped.getchannel("A"), int) - np.asarray(drawn.getchannel("A"), int))
    assert difference.mean() < 3
    assert main(["cutout", str(opaque), "--out", str(tmp_path / "flat.webp"), "--background", "#ffffff"]) == 0
    assert (tmp_path / "flat.webp").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "x.jpg"], "png"),
        (["b.jpg", "--out", "x.png"], "is a file"),
        (["b.jpg", "--out", "-"], "one photo"),
        (["--matte", "--background", "#ffffff"], "--background"),
        (["--segmenter", "u2nett"], "u2net"),
    ],
)
def test_what_cutout_cant_do_is_said_before_a_photo_is_read(
    arguments: list[str], words: str, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["cutout", "/nowhere.jpg", *arguments]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert "nowhere" not in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_what_completes_commands(shell: str, capsys: Captured) -> None:
    assert main(["completion", shell]) == 0
    assert "_ARGCOMPLETE" in capsys.readouterr().out


def test_commands_and_options_are_completed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for line, wanted in (("photoshoot ins", "inspect"), ("photoshoot shoot a.jpg --over", "--overwrite")):
        told = {
            "_ARGCOMPLETE": "1",
            "COMP_LINE": line,
            "COMP_POINT": str(len(line)),
            "_ARGCOMPLETE_STDOUT_FILENAME": str(out),
        }
        code = "from photoshoot.cli import main; main()"
        subprocess.run([sys.executable, "-c", code], env={**os.environ, **told}, check=True)
        assert out.read_text().strip() == wanted


@pytest.mark.usefixtures("flat")
def test_shoot_prints_a_path_a_line_and_overwrites_nothing_of_one_run(
    photo: Path, tmp_path: Path, capsys: Captured
) -> None:
    arguments = ["shoot", str(photo), str(photo), "--preset", "white_background", *QUICK, "--format", "jpeg"]
    assert main([*arguments, "--out", str(tmp_path), "--name", "Green Bottle"]) == 0
    streams = capsys.readouterr()
    names = [Path(line).name for line in streams.out.splitlines()]
    assert len(set(names)) == 2
    assert all(name.startswith("green-bottle_white-background_150x125_seed-") for name in names)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert "seed 7" in streams.err


@pytest.mark.usefixtures("flat")
def test_a_photo_that_fails_does_not_stop_the_others(photo: Path, tmp_path: Path, capsys: Captured) -> None:
    photos = [tmp_path / "none.jpg", photo]
    code, told, err = run(
        capsys, "shoot", *photos, "--preset", "white_background", *QUICK, "--out", tmp_path / "out", "--json"
    )
    assert code == 1
    assert len(told["shots"]) == 1
    assert [(error["error"], error["code"]) for error in told["errors"]] == [("PhotoError", 2)]
    assert "none.jpg" in err
    assert "Traceback" not in err


def test_a_photo_without_a_product_has_its_own_code(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "empty.png"
    Image.new("RGB", (200, 200), (240, 240, 240)).save(path)
    code, told, err = run(
        capsys, "shoot", path, "--preset", "white_background", *QUICK, "--out", tmp_path / "out", "--json"
    )
    assert code == 3
    assert told["errors"][0]["error"] == "NoProductFoundError"
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--preset", "white_backgroun"], "did you mean white_background"),
        (["--prompt", "  "], "prompt 0: a custom prompt has no text"),
        (["--prompt", "a"] * 7, "at most 6"),
        (["--preset", "white_background"] * 7, "--prompt or --preset: 7"),
        (["--kind", "poster"], "--kind or --size: "),
        (["--seed", "-1"], "seed"),
        (["--samples", "0"], "samples"),
        (["--quality", "0"], "quality"),
        (["--dpi", "0"], "dpi"),
        (["--scale", "9"], "scale"),
        (["--engine", "sdtudio"], "studio"),
        (["--light-from", "below"], "left, right, front, back"),
        (["--light-from", "400"], "azimuth_deg"),
        (["--shadow-softness", "2"], "shadow_softness"),
        (["--light-color", "warm"], "#rrggbb"),
        (["--presets", "/nowhere"], "nowhere"),
        (["--engine", "x" * 300], "xxx"),
        (["--presets", "x" * 300], "xxx"),
    ],
)
def test_wrong_input_is_one_line_and_code_2(
    photo: Path, tmp_path: Path, capsys: Captured, arguments: list[str], words: str
) -> None:
    code = main(["shoot", str(photo), *arguments, "--out", str(tmp_path / "out")])
    err = capsys.readouterr().err
    assert code == 2, err
    assert words in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


def test_out_that_is_a_file_is_wrong_input(photo: Path, capsys: Captured) -> None:
    assert main(["shoot", str(photo), "--out", str(photo)]) == 2
    assert "is a file" in capsys.readouterr().err


@pytest.mark.usefixtures("flat")
def test_light_flags_reach_the_scene(photo: Path, tmp_path: Path, capsys: Captured) -> None:
    light = [
        "--light-from",
        "right",
        "--shadow-softness",
        "0.1",
        "--shadow-intensity",
        "0.9",
        "--light-color",
        "#FFE0B0",
    ]
    code, told, _ = run(
        capsys, "shoot", photo, "--preset", "white_background", *light, *QUICK, "--out", tmp_path, "--json"
    )
    assert code == 0
    (shot,) = told["shots"]
    assert "azimuth_deg 70.0" in shot["reading"]
    assert "#ffe0b0" in shot["reading"]


def test_debug_shows_the_traceback(capsys: Captured) -> None:
    assert main(["presets", "show", "nothing_like_it", "--debug"]) == 2
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "COMMAND"),
        (["shot"], "did you mean shoot?"),
        (["shoot"], "PHOTO"),
        (["shoot", "a.jpg", "--presett", "x"], "did you mean --preset"),
        (["shoot", "a.jpg", "--format", "jpge"], "did you mean jpeg?"),
        (["presets", "lst"], "did you mean list?"),
        (["shoot", "a.jpg", "--seed", "abc"], "'abc' is not a whole number"),
        (["shoot", "a.jpg", "--light-on-product", "much"], "'much' is not a number"),
    ],
)
def test_wrong_usage_is_one_line_with_what_was_meant_and_exits_with_2(
    arguments: list[str], words: str, capsys: Captured
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert words in err
    assert "--help" in err
    assert err.count("\n") == 1
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--json"])
    assert caught.value.code == 2
    streams = capsys.readouterr()
    (told,) = json.loads(streams.out)["errors"]
    assert told["error"] == "InputError"
    assert words in told["message"]
    assert streams.err.count("\n") == 1


def test_a_pattern_that_the_shell_expanded_is_told_to_be_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.jpg").touch()
    for extra, quoted in (("b.jpg", True), ("no-file", False)):
        with pytest.raises(SystemExit):
            main(["batch", "a.jpg", extra, "--out", "out"])
        assert ("'*.jpg'" in capsys.readouterr().err) is quoted


@pytest.mark.parametrize("arguments", [["shoot", "a.jpg", "-b.jpg"], ["batch", "-b.jpg", "--out", "out"]])
def test_a_file_that_looks_like_an_option_is_told_how_to_write_it(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-b.jpg").touch()
    with pytest.raises(SystemExit):
        main(arguments)
    assert "; the file -b.jpg is written ./-b.jpg; see" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PromptError("x"), 2),
        (NoProductFoundError("x"), 3),
        (ProductDoesNotFitError("x"), 3),
        (MissingExtraError("x", "cpu"), 4),
        (WeightsMissingError("x"), 4),
        (NoCudaError("x"), 4),
        (ExportError("x"), 5),
        (PhotoshootError("x"), 1),
    ],
)
def test_every_error_has_its_code(error: PhotoshootError, code: int) -> None:
    assert exit_code(error) == code


def test_recommend_has_the_seeds_response_shape(photo: Path, capsys: Captured) -> None:
    code, told, _ = run(capsys, "recommend", photo, "--json")
    assert code == 0
    assert list(told) == ["productInfo", "backgroundRemovedImageAssetId", "recommendedPrompts", "recommendedPresetIds"]
    assert list(told["productInfo"]) == ["productName", "productDescription"]
    assert uuid.UUID(told["backgroundRemovedImageAssetId"]).version == 5
    assert (len(told["recommendedPrompts"]), len(told["recommendedPresetIds"])) == (4, 6)
    assert main(["recommend", str(photo)]) == 0
    assert told["recommendedPresetIds"][0] in capsys.readouterr().out
    _, again, _ = run(capsys, "recommend", photo, "--json", "--details", "--explain")
    assert {key: again[key] for key in told} == told
    assert again["details"]["category"] in list(Category)
    scores = again["scores"]
    assert [score["preset_id"] for score in scores[:6]] == told["recommendedPresetIds"]
    assert set(scores[0]) == {field.name for field in dataclasses.fields(PresetScore)}


def test_recommend_counts_the_season_of_a_day_and_lays_the_presets_out(
    photo: Path, tmp_path: Path, capsys: Captured, flat: FlatPlacer
) -> None:
    sheet = tmp_path / "out" / "six.png"
    quick = ["--kind", "medium_banner", "--samples", "1"]

    def recommend(day: str, *options: str) -> tuple[list[str], str]:
        code = main(["recommend", str(photo), "--explain", "--date", day, *options])
        streams = capsys.readouterr()
        assert code == 0, streams.err
        table = streams.out.partition("likeness")[2].splitlines()
        return [line.split()[0] for line in table if line.strip()][:6], streams.err

    six, told = recommend("2026-12-18", "--sheet", str(sheet), *quick)
    assert sum("christmas" in name for name in six) >= 2, six
    assert not any("christmas" in name for name in recommend("2026-06-18")[0])
    assert [shot.scene.preset_id for shot in flat.shots] == six
    assert "six.png" in told
    with Image.open(sheet) as page:
        assert page.width == 2200


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--date", "18.12.2026"], "YYYY-MM-DD"),
        (["--sheet", "six.jpg"], ".png"),
        (["--details"], "--json"),
        (["--captioner", "smolvlm"], "smolvlm2"),
        (["--matcher", "siglip"], "siglip2"),
    ],
)
def test_recommend_refuses_what_it_does_not_know(
    photo: Path, capsys: Captured, arguments: list[str], words: str
) -> None:
    assert main(["recommend", str(photo), *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_captioner_without_weights_names_the_command_that_gets_them(
    photo: Path, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    assert main(["shoot", str(photo), "--captioner", "qwen3-vl", "--device", "cpu", "--out", str(tmp_path)]) == 4
    assert "photoshoot weights pull qwen3-vl-2b" in capsys.readouterr().err


def test_presets_are_listed_searched_and_shown(capsys: Captured) -> None:
    _, every, _ = run(capsys, "presets", "list", "--json")
    _, found, _ = run(capsys, "presets", "search", "marble", "--json")
    _, shown, _ = run(capsys, "presets", "show", "white_background", "--json")
    assert {preset["id"] for preset in found} < {preset["id"] for preset in every}
    assert all("marble" in json.dumps(preset) for preset in found)
    assert shown["set"]["name"] == "cyclorama"
    assert main(["presets", "show", "white_background"]) == 0
    assert "cyclorama" in capsys.readouterr().out
    assert main(["presets", "search"]) == 2


def test_prompts_are_read_one_by_one_and_an_empty_one_is_refused(capsys: Captured) -> None:
    _, one, _ = run(capsys, "prompts", " on  slate ", "--json")
    _, both, _ = run(capsys, "prompts", "on slate", "qqwv zzxq", "--json")
    assert (one["set"], one["understood"]) == ("tabletop", True)
    assert [both[0], both[1]["understood"]] == [one, False]
    assert main(["prompts", "on slate"]) == 0
    assert "tabletop" in capsys.readouterr().out
    for text in ("", "  ", "x" * 2001):
        code, _, told = run(capsys, "prompts", "on slate", text)
        assert (code, "a custom prompt" in told) == (2, True)


def test_what_a_prompt_asks_for_is_told_before_what_is_built(capsys: Captured) -> None:
    assert main(["prompts", "a watch on slate, peonies, with a smiling woman"]) == 0
    told = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    order = ("prompt", "set", "product", "shown as", "not met", "not read", "parameters", "light set to")
    assert [name for name in dict.fromkeys(told) if name in order] == list(order)


def test_doctor_says_whether_everything_is_there(capsys: Captured) -> None:
    code, told, _ = run(capsys, "doctor", "--json", "--quick")
    assert told["speed"] is None
    assert code == (0 if told["ready"] else 4)
    assert told["packages"]["numpy"]
    assert told["weights"]["u2netp"] is None
    assert told["cores"] >= 1


def test_doctor_says_how_fast_the_machine_is(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Photoshoot, "embedded", lambda: Photoshoot.with_placer(FlatPlacer()))
    code, told, err = run(capsys, "doctor", "--json")
    if told["ready"]:
        assert code == 0
        assert [re.search(r"\((\d)/3\)", line) is not None for line in err.splitlines()] == [False, True, True, True]
        assert min(told["speed"][name] for name in ("cut_out_s", "first_shot_s", "shot_s")) > 0
    else:
        assert told["speed"] is None


def test_help_says_the_codes_and_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom photoshoot.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('mitsuba', 'onnxruntime', 'rembg', 'pikepdf') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "130  interrupted" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", [["presets", "list"], ["presets", "list", "--json"], ["--help"]])
def test_an_output_that_is_full_is_told_in_plain_words(
    command: Sequence[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        try:
            code: object = main(command)
        except SystemExit as ended:
            code = ended.code
    assert code == 5
    assert capsys.readouterr().err == "photoshoot: output can't be written: No space left on device\n"


def test_a_closed_output_is_no_fault(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["presets", "list"]) == 0
    sys.stdout.close()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_an_output_of_any_encoding_takes_any_text_and_any_files_name(
    encoding: str, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    try:
        (tmp_path / name).write_bytes(photo.read_bytes())
    except OSError:
        pytest.skip("this file system has no such names")

    def written(*arguments: str) -> bytes:
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
        assert main(arguments) == 0
        return raw.getvalue()

    assert "大理石".encode(encoding, "backslashreplace") in written("prompts", "on marble with 大理石")
    told = json.loads(
        written("cutout", f"{tmp_path / name}", "--out", f"{tmp_path / 'cut'}", "--json").decode(encoding)
    )
    assert told[0]["photo"] == f"{tmp_path / name}"
    (path,) = written("cutout", f"{tmp_path / name}", "--out", f"{tmp_path / name.removesuffix('.jpg')}").splitlines()
    if encoding == "utf-8":
        assert Path(os.fsdecode(path)).is_file(), "the next program gets the path as it is"


def test_what_stands_in_for_a_part_of_a_prompt_is_told(photo: Path, tmp_path: Path, capsys: Captured) -> None:
    prompt = "on a hay bale in a barn"
    assert main(["prompts", prompt]) == 0
    assert "hay bale: a wooden table" in capsys.readouterr().out
    order: list[str | Path] = ["shoot", photo, "--prompt", prompt, *QUICK, "--out", tmp_path]
    code, told, err = run(capsys, *order, "--json")
    assert (code, told["shots"][0]["unread"]) == (0, [])
    assert f"of the prompt '{prompt}' something else is shown for a part" in err
    assert "hay bale shown as a wooden table" in " ".join(err.split())


@pytest.mark.swept("scene")
@pytest.mark.parametrize(
    "scene",
    [("--prompt", "on an office desk with a notebook"), ("--preset", "white_loft_office")],
    ids=["prompt", "preset"],
)
def test_that_a_product_is_too_large_for_its_scene_is_told(
    scene: tuple[str, str], photo: Path, tmp_path: Path, capsys: Captured
) -> None:
    """An armchair that was asked onto a desk stood in a room, and only the record said so."""
    code, _, err = run(capsys, "shoot", photo, *scene, "--name", "armchair", *QUICK, "--out", tmp_path, "--json")
    assert code == 0
    assert "something else is shown for a part" in err
    assert "placed in: room, since armchair is furniture" in " ".join(err.split())
