from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from photoshoot.cli import main
from tests.making import draw_cutout

Captured = pytest.CaptureFixture[str]
SCENE = {
    "id": "my_paper",
    "previewName": "My Paper",
    "promptText": ", in front of pale paper",
    "sceneText": "a seamless pale paper backdrop",
    "set": {"name": "cyclorama", "colors": ["#dde3e8"]},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with one preset."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "presets.json").write_text(json.dumps([SCENE]), encoding="utf-8")
    return tmp_path / "mine"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    cutout = draw_cutout()
    alpha = np.round(cutout.alpha_matte * 255).astype(np.uint8)
    path = tmp_path / "bottle.png"
    Image.fromarray(np.dstack([cutout.rgb, alpha])).save(path)
    return path


def run(capsys: Captured, *arguments: str | Path) -> tuple[int, Any, str]:
    """Exit code, the JSON on standard output, standard error."""
    capsys.readouterr()
    code = main(["presets", *map(str, arguments)])
    streams = capsys.readouterr()
    return code, json.loads(streams.out) if streams.out else None, streams.err


def test_render_and_sheet_make_a_folders_own_pictures(folder: Path, photo: Path, capsys: Captured) -> None:
    code, told, _ = run(capsys, "render", "--presets", folder, "--product", photo, "--samples", "1", "--json")
    assert code == 0
    assert told == [
        {
            "id": "my_paper",
            "product": "bottle",
            "preview": str(folder / "previews" / "my_paper.webp"),
            "plate": str(folder / "plates" / "my_paper.webp"),
        }
    ]
    for name in ("preview", "plate"):
        with Image.open(told[0][name]) as picture:
            assert (picture.format, picture.size) == ("WEBP", (800, 600))
    code, told, _ = run(capsys, "sheet", "--presets", folder, "--out", folder / "sheet.jpg", "--json")
    assert (code, told["ids"]) == (0, ["my_paper"])
    with Image.open(folder / "sheet.jpg") as sheet:
        assert sheet.format == "JPEG"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["render", "white_backgroun"], "did you mean white_background"),
        (["render", "--samples", "0"], "samples"),
        (["render", "--category", "luxery"], "did you mean luxury"),
        (["list", "--tag", "nothing like it"], "unknown tag"),
        (["render", "white_background", "--product", "/nowhere.jpg", "--out", "there"], "nowhere"),
        (["render", "white_background"], "--overwrite"),
        (["sheet", "white_background", "--out", "sheet.bmp"], ".jpg"),
        (["sheet", "white_background", "--out", "sheet.jpg", "--columns", "40"], "columns"),
        (["list", "marble"], "presets search marble"),
        (["show"], "id"),
    ],
)
def test_wrong_input_is_one_line_and_code_2(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, *arguments)
    assert code == 2, err
    assert words in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_out_that_is_a_file_is_wrong_input(photo: Path, capsys: Captured) -> None:
    code, _, err = run(capsys, "render", "white_background", "--out", photo)
    assert code == 2
    assert "is a file" in err


def test_list_filters_by_group_and_tag(capsys: Captured) -> None:
    _, holidays, _ = run(capsys, "list", "--tag", "holiday", "--json")
    _, luxury, _ = run(capsys, "list", "--category", "luxury", "--json")
    assert {"thanksgiving_rustic_scene", "christmas_red_ornaments"} <= {preset["id"] for preset in holidays}
    assert all("luxury" in preset["categories"] for preset in luxury)
    assert luxury


@pytest.mark.parametrize("words", [[], [""], [" ", ""]])
def test_a_search_for_nothing_asks_for_words(words: list[str], capsys: Captured) -> None:
    code, _, told = run(capsys, "search", *words)
    assert (code, "needs words" in told) == (2, True)
