from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from photoshoot.cli import main

Captured = pytest.CaptureFixture[str]
QUICK = ("--megapixels", "0.005", "--samples", "1", "--kind", "post", "--preset", "white_background")


def run(capsys: Captured, *arguments: str | Path) -> tuple[int, Any, str]:
    """Exit code, the JSON on standard output, standard error."""
    capsys.readouterr()
    code = main(["train", *map(str, arguments)])
    streams = capsys.readouterr()
    return code, json.loads(streams.out) if streams.out else None, streams.err


def test_render_data_tells_what_it_made_and_goes_on(products: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "data"
    code, told, err = run(capsys, "render-data", "--products", products, "--count", "1", "--out", out, *QUICK, "--json")
    assert code == 0, err
    assert told == {"data": str(out), "total": 1, "there": 0, "made": 1, "failed": 0, "refused": []}
    assert "making samples: 1 of 1" in err
    code, told, _ = run(capsys, "render-data", "--products", products, "--count", "2", "--out", out, *QUICK, "--json")
    assert (code, told["there"], told["made"]) == (0, 1, 1)
    assert sorted(path.name for path in out.iterdir()) == ["README.md", "manifest.json", "products", "shard-00000.tar"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--count", "0"], "count"),
        (["--count", "1", "--preset", "white_backgroun"], "did you mean white_background"),
        (["--count", "1", "--kind", "poster"], "render_kind"),
        (["--count", "1", "--megapixels", "70"], "megapixels"),
        (["--count", "1", "--processes", "0"], "processes"),
        (["--count", "1", "--samples", "0"], "samples"),
    ],
)
def test_wrong_input_is_one_line_and_code_2(
    arguments: list[str], words: str, products: Path, tmp_path: Path, capsys: Captured
) -> None:
    code, _, err = run(capsys, "render-data", "--products", products, "--out", tmp_path / "data", *arguments)
    assert code == 2, err
    assert words in err
    assert "Traceback" not in err
    assert not (tmp_path / "data").exists()


def test_data_are_not_written_among_the_products(products: Path, capsys: Captured) -> None:
    code, _, err = run(capsys, "render-data", "--products", products, "--count", "1", "--out", products / "data")
    assert code == 2
    assert "in the products' folder" in err


def test_no_photos_is_wrong_input(tmp_path: Path, capsys: Captured) -> None:
    code, _, err = run(capsys, "cut-photos", "--photos", tmp_path, "--out", tmp_path / "data")
    assert code == 2
    assert "has no photos" in err
