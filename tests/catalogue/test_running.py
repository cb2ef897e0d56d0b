from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from photoshoot.catalogue import EngineChoice, Item, Recipe, Tally, list_items, load_recipe, run_catalogue
from photoshoot.catalogue.identity import identify_recipe
from photoshoot.errors import DeviceError, ExportError, UnknownNameError, WeightsMissingError
from photoshoot.photoshoot import Photoshoot
from photoshoot.prompts import Prompt
from photoshoot.records import Shot, ShotRequest
from photoshoot.request import Request
from photoshoot.settings import Lora
from photoshoot.stages import OnStep, take_all
from tests.catalogue.products import read_tree, work_with, write_photos, write_recipe
from tests.jobs.stubs import FlatPlacer
from tests.jobs.waiting import PATIENCE_S

COUNT = 8
REPORTS = {"report.csv", "report.jsonl", "index.html"}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of eight photos and one that is cut short, and a recipe."""
    folder = tmp_path_factory.mktemp("catalogue")
    photos = write_photos(folder / "photos", COUNT)
    (folder / "photos" / "broken.png").write_bytes(photos[0].read_bytes()[:500])
    return folder / "photos", write_recipe(folder / "recipe.json")


@pytest.fixture(scope="module")
def photoshoot(catalogue: tuple[Path, Path]) -> Iterator[Photoshoot]:
    with load_recipe(catalogue[1]).build_engine() as built:
        yield built


@pytest.fixture(scope="module")
def flat() -> Iterator[Photoshoot]:
    """For what is done with pictures and not how they look."""
    with Photoshoot.with_placer(FlatPlacer()) as built:
        yield built


@pytest.fixture(scope="module")
def uninterrupted(
    catalogue: tuple[Path, Path], photoshoot: Photoshoot, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Tally]:
    """The whole catalogue, made in one go."""
    out = tmp_path_factory.mktemp("uninterrupted") / "out"
    items, recipe = list_items(catalogue[0]), load_recipe(catalogue[1])
    return out, run_catalogue(items, recipe, out, work=work_with(photoshoot), title="photos")


@pytest.mark.exhaustive(
    "tests/catalogue/test_running.py::test_damaged_files_are_made_again",
    "tests/catalogue/test_processes.py::test_a_run_ends_in_peace_where_the_program_ignores_its_childrens_ends",
)
@pytest.mark.slow
def test_a_killed_run_goes_on_and_equals_an_uninterrupted_one(
    catalogue: tuple[Path, Path], photoshoot: Photoshoot, uninterrupted: tuple[Path, Tally], tmp_path: Path
) -> None:
    whole, tally = uninterrupted
    assert (tally.made, tally.failed, tally.skipped) == (COUNT, 1, 0)
    out, kill_at = tmp_path / "out", random.SystemRandom().randrange(2, COUNT // 2)
    kill_when_made(catalogue, out, kill_at)
    finished = {path.parent.name for path in out.glob("*/product.json")}
    assert kill_at <= len(finished) < COUNT, f"killed after {kill_at}"
    kept = {name: (out / name / "product.json").stat().st_mtime_ns for name in finished}
    asked: list[str] = []
    items, recipe = list_items(catalogue[0]), load_recipe(catalogue[1])
    resumed = run_catalogue(items, recipe, out, work=work_with(photoshoot, asked), title="photos")
    assert resumed.skipped == len(finished)
    assert not finished & set(asked), "finished products are not made again"
    assert {name: (out / name / "product.json").stat().st_mtime_ns for name in finished} == kept
    assert read_tree(out) == read_tree(whole), f"killed after {kill_at}"


def kill_when_made(catalogue: tuple[Path, Path], out: Path, count: int) -> None:
    """Run the command and kill it, at no certain point, once so many products are finished."""
    command = [sys.executable, "-m", "photoshoot", "batch", str(catalogue[0]), "--recipe", str(catalogue[1])]
    process = subprocess.Popen([*command, "--out", str(out)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + PATIENCE_S
    while len(list(out.glob("*/product.json"))) < count:
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def test_a_corrupt_photo_is_reported_and_the_rest_is_made(uninterrupted: tuple[Path, Tally]) -> None:
    out, tally = uninterrupted
    assert not tally.is_good
    lines = [json.loads(line) for line in (out / "report.jsonl").read_text().splitlines()]
    (failed,) = (line for line in lines if line["status"] != "made")
    assert (failed["id"], failed["status"], failed["error"]) == ("broken", "failed", "PhotoError")
    assert re.search(r"broken\.png is .*cut short", failed["message"])  # in a night's log of thousands, too
    assert len(lines) == COUNT + 1
    for line in lines:
        if line is not failed:
            assert all((out / file).is_file() for file in line["files"])
    assert (out / "report.csv").read_text().count("\n") == COUNT + 2
    page = (out / "index.html").read_text()
    assert page.count('loading="lazy"') == COUNT
    assert "broken" in page


def test_a_page_shows_files_that_are_there_and_nothing_foreign(uninterrupted: tuple[Path, Tally]) -> None:
    out, _ = uninterrupted
    page = (out / "index.html").read_text()
    links = {part.split('"')[0] for key in ('src="', 'href="') for part in page.split(key)[1:]}
    assert len(links) == 2 * COUNT + 2
    assert all((out / link).is_file() for link in links)
    assert "http" not in page


def test_a_picture_that_overflows_fails_its_product_alone_and_no_other_is_made_again(
    catalogue: tuple[Path, Path], tmp_path: Path
) -> None:
    class OverflowingPlacer(FlatPlacer):
        def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
            return take_all([DeviceError("NaN"), *super().place(requests, on_step)[1:]])

    placer, items = OverflowingPlacer(batch_size=4), list_items(catalogue[0])[:2]
    recipe = load_recipe(catalogue[1])
    tally = run_catalogue(items, recipe, tmp_path, work=work_with(Photoshoot.with_placer(placer)))
    assert (tally.made, tally.failed) == (1, 1)
    assert len(placer.batches) == 1


@pytest.fixture
def few(catalogue: tuple[Path, Path]) -> list[Item]:
    return [item for item in list_items(catalogue[0]) if item.id in ("bottle_00", "broken", "mug_02")]


def test_finished_work_of_other_content_is_made_again(
    catalogue: tuple[Path, Path], few: list[Item], flat: Photoshoot, tmp_path: Path
) -> None:
    recipe, asked = load_recipe(catalogue[1]), list[str]()
    work = work_with(flat, asked)
    few = [item for item in few if item.id != "broken"]
    other = replace(recipe, request=replace(recipe.request, seed=8))
    run_catalogue(few, recipe, tmp_path, work=work)
    before = read_tree(tmp_path)
    run_catalogue(few, recipe, tmp_path, work=work)
    assert asked == ["bottle_00", "mug_02"]
    assert run_catalogue(few, other, tmp_path, work=work).made == 2
    named = [replace(few[0], name="flask"), few[1]]
    assert run_catalogue(named, other, tmp_path, work=work).made == 1
    assert len(list((tmp_path / "bottle_00").glob("*.jpg"))) == 1, "files of other content are gone"
    assert run_catalogue(few, recipe, tmp_path, work=work).made == 2
    assert read_tree(tmp_path) == before


def test_damaged_files_are_made_again(
    catalogue: tuple[Path, Path], few: list[Item], photoshoot: Photoshoot, tmp_path: Path
) -> None:
    recipe, work = load_recipe(catalogue[1]), work_with(photoshoot)
    run_catalogue(few[:1], recipe, tmp_path, work=work)
    before = read_tree(tmp_path)
    (picture,) = (tmp_path / "bottle_00").glob("*.jpg")
    whole = picture.read_bytes()
    (tmp_path / "bottle_00" / ".0123456789abcdef.tmp").write_bytes(b"half")
    picture.write_bytes(whole[:-10])
    assert run_catalogue(few[:1], recipe, tmp_path, work=work).made == 1
    assert read_tree(tmp_path) == before, "and what was half-written is gone"
    picture.write_bytes(whole[:-10] + bytes(10))
    assert run_catalogue(few[:1], recipe, tmp_path, work=work).made == 0, "sizes are compared"
    assert run_catalogue(few[:1], recipe, tmp_path, work=work, verify=True).made == 1, "digests are, if asked"
    assert read_tree(tmp_path) == before


def test_a_strict_run_stops_at_the_first_failure_and_reports(
    catalogue: tuple[Path, Path], few: list[Item], flat: Photoshoot, tmp_path: Path
) -> None:
    items = [item for item in few if item.id == "broken"] + list_items(catalogue[0])[4:]
    tally = run_catalogue(items, load_recipe(catalogue[1]), tmp_path, work=work_with(flat), strict=True)
    assert not tally.is_over
    assert tally.last is not None
    assert tally.last.item.id == "broken"
    statuses = [json.loads(line)["status"] for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    assert statuses[0] == "failed"
    assert "not made" in statuses


def test_a_file_that_cant_be_written_stops_the_run(
    catalogue: tuple[Path, Path], few: list[Item], flat: Photoshoot, tmp_path: Path
) -> None:
    (tmp_path / "bottle_00").write_text("in the way")
    with pytest.raises(ExportError, match="bottle_00"):
        run_catalogue(few, load_recipe(catalogue[1]), tmp_path, work=work_with(flat))
    assert '"not made"' in (tmp_path / "report.jsonl").read_text()


def test_a_preset_or_engine_that_does_not_exist_is_told_before_any_work(few: list[Item], tmp_path: Path) -> None:
    recipe = Recipe(request=Request(prompts=[Prompt.preset("white_backgruond")], seed=0))
    with pytest.raises(UnknownNameError, match="white_background"):
        run_catalogue(few, recipe, tmp_path / "out")
    lacking = EngineChoice(name="sd15", loras=(Lora(path=tmp_path / "none.safetensors"),))
    for engine, error in ((EngineChoice(name="sd51"), UnknownNameError), (lacking, WeightsMissingError)):
        with pytest.raises(error):
            run_catalogue(few, Recipe(engine=engine), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_pixels_depend_on_is_in_the_digest_and_places_are_not(tmp_path: Path) -> None:
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "brand.safetensors").write_bytes(b"weights")
        (tmp_path / place / "presets").mkdir()
        (tmp_path / place / "presets" / "ours.json").write_text("[]")

    def digest(place: str, **changes: Any) -> str:
        engine = EngineChoice(name="sd15", loras=(Lora(path=tmp_path / place / "brand.safetensors"),))
        return identify_recipe(Recipe(engine=engine, preset_folders=(tmp_path / place / "presets",), **changes))

    before = digest("here")
    assert digest("there") == before
    assert digest("here", request=Request(seed=1)) != before
    (tmp_path / "there" / "presets" / "ours.json").write_text("[ ]")
    (tmp_path / "here" / "brand.safetensors").write_bytes(b"other weights")
    assert len({before, digest("there"), digest("here")}) == 3
