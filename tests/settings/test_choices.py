"""A choice may be written as a word, everywhere; a word that is none is told with the nearest that is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from photoshoot import (
    Anchor,
    Category,
    ExportSettings,
    ImageFormat,
    InputError,
    Photoshoot,
    Placement,
    Product,
    RenderKind,
    Request,
    SettingsError,
    Stance,
    StudioSettings,
)
from photoshoot.records.plain_data import read_record
from tests.jobs.stubs import FlatPlacer, build_shoot
from tests.making import make_product


@pytest.fixture
def flat() -> Photoshoot:
    return build_shoot(FlatPlacer())


@pytest.mark.parametrize("word", ["lying", "Lying", " LYING", Stance.LYING])
def test_a_word_becomes_its_choice(word: str) -> None:
    assert Placement(stance=word).stance is Stance.LYING  # type: ignore[arg-type]


def test_other_spellings_are_read_everywhere() -> None:
    assert Placement(anchor="centre").anchor is Anchor.CENTER  # type: ignore[arg-type]
    assert ExportSettings(format="jpg").format is ImageFormat.JPEG  # type: ignore[arg-type]
    plain = {"placement": {"anchor": "centre", "stance": "lying"}}
    read = read_record(Request, plain, where="x", complaint=lambda *told: InputError(str(told)))
    assert read.placement == Placement(anchor=Anchor.CENTER, stance=Stance.LYING)


@pytest.mark.parametrize(
    ("make", "name", "near"),
    [
        (lambda: Placement(stance="lieing"), "stance", "lying"),  # type: ignore[arg-type]
        (lambda: Placement(anchor="centr"), "anchor", "center"),  # type: ignore[arg-type]
        (lambda: Placement(anchor=None), "anchor", "left"),  # type: ignore[arg-type]
        (lambda: ExportSettings(format="jpge"), "format", "jpeg"),  # type: ignore[arg-type]
        (lambda: Request(render_kind="storry"), "render_kind", "story"),
        (lambda: Request(render_kind=["post", "pinn"]), "render_kind", "pin"),
        (lambda: Request(render_kind=2.5), "render_kind", "story"),  # type: ignore[arg-type]
        (lambda: dataclasses.replace(make_product(), category="drinks"), "category", "drink"),  # type: ignore[arg-type]
        (lambda: StudioSettings(denoiser="oidm"), "denoiser", "oidn"),
    ],
)
def test_what_is_none_is_told_with_what_is_near(make: Callable[[], object], name: str, near: str) -> None:
    with pytest.raises(SettingsError, match=near) as caught:
        make()
    assert caught.value.name == name


@pytest.mark.parametrize("kind", ["story", "Story", 2, "2", RenderKind.STORY, ["story"], (2,)])
def test_a_size_is_read_from_its_name_or_number(kind: str) -> None:
    assert Request(render_kind=kind).render_kind is RenderKind.STORY


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: Placement(scale="big"), "scale"),  # type: ignore[arg-type]
        (lambda: Placement(box_px=(1, 2, 3)), "box_px"),  # type: ignore[arg-type]
        (lambda: Placement(box_px=(0, 0, 1.5, 3)), "box_px"),  # type: ignore[arg-type]
        (lambda: Placement(box_px=("0", "0", "1", "3")), "box_px"),  # type: ignore[arg-type]
        (lambda: Placement(box_px=5), "box_px"),  # type: ignore[arg-type]
        (lambda: StudioSettings(samples=2.5), "samples"),  # type: ignore[arg-type]
        (lambda: Request(seed="7"), "seed"),  # type: ignore[arg-type]
        (lambda: Request(safe_margin="no"), "safe_margin"),  # type: ignore[arg-type]
    ],
)
def test_a_value_of_another_kind_is_told(make: Callable[[], object], name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        make()
    assert caught.value.name == name


def test_a_box_is_whole_pixels_however_it_is_given() -> None:
    given = [0, np.int64(1), 20, 30]
    placement = Placement(box_px=given)  # type: ignore[arg-type]
    assert placement == Placement(box_px=(0, 1, 20, 30))
    assert isinstance(placement.box_px, tuple)
    assert {type(side) for side in placement.box_px} == {int}


def test_a_category_may_be_a_word() -> None:
    assert dataclasses.replace(make_product(), category="book").category is Category.BOOK  # type: ignore[arg-type]


def test_a_misread_key_of_a_file_has_its_near_matches() -> None:
    def complain(_: str, key: str, reason: str) -> InputError:
        return InputError(f"{key}: {reason}")

    with pytest.raises(InputError, match=r"placement\.stance.*did you mean lying"):
        read_record(Request, {"placement": {"stance": "lieing"}}, where="x", complaint=complain)


@pytest.mark.parametrize("lone", ["a.jpg", Path("a.jpg"), b"\x89PNG", make_product()])
def test_one_photo_is_not_taken_for_many(flat: Photoshoot, lone: str | Path | bytes | Product) -> None:
    for verb in (flat.describe, flat.cut_out):
        with pytest.raises(InputError, match=r"in a list"):
            verb(lone)  # type: ignore[arg-type]


def test_without_prompts_the_presets_that_suit_best_are_shot() -> None:
    product, flat = make_product(), Photoshoot.with_placer(FlatPlacer())
    shots = flat.generate(product, render_kind="medium_banner", safe_margin=False, seed=7)
    assert [shot.scene.preset_id for shot in shots] == list(flat.recommend(product).preset_ids)
    (again,) = flat.generate_many([Request(product=product, render_kind="medium_banner", safe_margin=False, seed=7)])
    assert [shot.seed for shot in again] == [shot.seed for shot in shots]
