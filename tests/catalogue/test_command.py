from __future__ import annotations

import json
from pathlib import Path

import pytest

from photoshoot.cli import main
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
    assert "broken: photo is no photo that can be read" in err
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
