from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from PIL import Image

from photoshoot.cli import main
from photoshoot.cli.arguments import build_parser
from tests.catalogue.products import EXAMPLES

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "training.md").read_text()
(SECTION,) = re.findall(r"^## The data\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
COMMANDS = [
    shlex.split(line) for block in re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL) for line in block.splitlines()
]
TINY = {
    "render-data": ["--megapixels", "0.005", "--samples", "1", "--processes", "1", "--preset", "white_background"],
    "cut-photos": ["--megapixels", "0.01"],
}


@pytest.mark.slow
def test_the_commands_and_the_example_run_as_they_stand(
    products: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(products, "products")
    Path("photos").mkdir()
    with Image.open(EXAMPLES / "mug.jpg") as photo:
        photo.resize((200, 200)).save("photos/mug.jpg")
    assert len(COMMANDS) == 4
    for program, group, action, *arguments in COMMANDS:
        assert (program, group) == ("photoshoot", "train")
        assert main([group, action, *map(shrink_count, arguments), *TINY[action]]) == 0
    (code,) = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)
    capsys.readouterr()
    exec(compile(code, "docs/training.md", "exec"), {})
    train, held_out, *_ = capsys.readouterr().out.split()
    assert int(train) + int(held_out) == 4


def shrink_count(argument: str) -> str:
    """Numbers of samples, made small: 5000 is 3, 20 is 1 and 40 is 2."""
    return {"5000": "3", "20": "1", "40": "2"}.get(argument, argument)


def test_every_option_of_rendering_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["train", "render-data", "--help"])
    options = set(re.findall(r"(--[a-z-]+)", capsys.readouterr().out)) - {"--help", "--json", "--debug"}
    assert {option for option in options if option not in SECTION} == set()
