from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from accelerate.commands.launch import launch_command, launch_command_parser
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from photoshoot.cli import main
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.training.settings_file import load_settings
from tests.conftest import EXAMPLES
from tests.training.data.making import render, write_products, write_shard
from tests.training.scenes import make_sample

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "training.md").read_text()
(SECTION,) = re.findall(r"^## The fine-tune\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL) for line in block.splitlines()]
SMALL = """
resolution = 64
batch_size = 2
device = "cpu"
[optimizer]
warmup_steps = 1
[masks]
variants = 2
"""


@pytest.mark.slow
def test_every_command_runs_from_data_to_a_lora_in_use(
    bases: dict[Family, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    install, pull, defaults, run, resume, shoot, launch = COMMANDS
    assert (install, pull) == ("pip install 'product-photoshoot[train,cpu]'", "photoshoot weights pull sd15")
    command, _, file = defaults.partition(" > ")
    assert main(shlex.split(command)[1:]) == 0
    Path(file).write_text(capfd.readouterr().out)
    assert load_settings(Path(file)).base == "sd15"

    write_data()
    Path("sd15").symlink_to(bases[Family.SD15])
    Path("bottle.jpg").symlink_to(EXAMPLES / "bottle.jpg")
    Path(file).write_text(shrink(*re.findall(r"```toml[^\n]*\n(.*?)```", SECTION, re.DOTALL)))
    assert main(shlex.split(run)[1:]) == 0
    told = capfd.readouterr()
    assert told.out == f"{Path('brand/pytorch_lora_weights.safetensors')}\n"
    assert "held-out loss" in told.err
    assert "4 of 4 steps" in told.err
    assert main(shlex.split(run)[1:]) == 2  # it is there
    assert main(shlex.split(resume)[1:]) == 0
    check_outcome(Path("brand"))

    small = ["--size", "128x96", "--no-safe-margin", "--device", "cpu", "--samples", "1", "--max-redraws", "0"]
    assert main([*shlex.split(shoot)[1:], *small, "--out", "out"]) == 0
    assert len(list(Path("out").glob("*.png"))) == 1

    program, launched = shlex.split(launch)[:2]
    assert (program, launched) == ("accelerate", "launch")
    capfd.readouterr()
    words = ["--cpu", "--num_processes", "1", *shlex.split(launch)[2:], "--resume"]
    launch_command(launch_command_parser().parse_args(words))  # which starts a program, and leaves if that fails
    assert capfd.readouterr().out == told.out


def write_data() -> None:
    """Five rendered pictures of three products, and two pictures of another one."""
    render(write_products(Path("products")), Path("data/rendered"))
    Path("data/photos").mkdir()
    samples = [replace(make_sample(place, product="a cup", caption="on a slope"), source="photo") for place in range(2)]
    write_shard(Path("data/photos/shard-00000.tar"), *samples)


def shrink(settings: str) -> str:
    """The page's settings, for a run of four steps."""
    shown = settings.replace("steps = 2000", "steps = 4").replace("every = 500", "every = 4\nshots = 1")
    head, _, tables = shown.partition("[validation]")
    limits = "samples = 1\ntimesteps = 1\nnum_inference_steps = 1\nbase_scale = 1.0\nmeasure_expansion = false\n"
    return f"{head}{SMALL}[validation]{tables}{limits}"


def check_outcome(out: Path) -> None:
    """All that the page says is there."""
    (tree,) = re.findall(r"```\nbrand/\n(.*?)```", SECTION, re.DOTALL)
    names = [name for line in tree.splitlines() for name in re.findall(r"(?:^  |  )([\w.]+/?)(?=  |$)", line)]
    assert {"checkpoints/", "README.md", "settings.toml", "model/"} <= set(names)
    assert [name for name in names if name != "model/" and not (out / name).exists()] == []
    assert tomllib.loads((out / "settings.toml").read_text())["steps"] == 4
    card = (out / "README.md").read_text()
    told = re.search(
        r"(\d) pictures rendered by photoshoot's studio and 2 photographs .* of 3 products;.* Of 1 more", card
    )
    assert told is not None, card
    assert 3 <= int(told[1]) <= 4
    assert "its licence holds for this one too" in card
    assert str(Path.cwd()) not in card
    events = EventAccumulator(str(out / "tensorboard"))
    events.Reload()
    assert {"train/loss", "held_out/loss", "held_out/seam"} <= set(events.Tags()["scalars"])
    assert [event.step for event in events.Scalars("train/loss")] == [1, 2, 3, 4]
    assert [event.step for event in events.Scalars("held_out/loss")] == [0, 4]
    assert events.Tags()["images"] == ["held_out"]
