from __future__ import annotations

import dataclasses
import re

from hypothesis import given
from hypothesis import strategies as st

from photoshoot.exporters.file_exporter import FileNames, slug
from photoshoot.settings import ExportSettings, ImageFormat
from tests.exporters.shots import make_shot

SHOT = make_shot(48, 32)
SAFE = re.compile(r"[a-z0-9][a-z0-9_-]*\.(png|jpg|webp|avif|pdf)")
TEXTS = st.one_of(st.text(max_size=200), st.sampled_from(["CON", "a/../b", "..", "Äpfel & Crème", "緑の瓶", "-x-", ""]))


def name(names: FileNames, product: str, preset: str | None = None, settings: ExportSettings | None = None) -> str:
    shot = dataclasses.replace(
        SHOT,
        product=dataclasses.replace(SHOT.product, name=product),
        scene=dataclasses.replace(SHOT.scene, preset_id=preset),
    )
    return names.name(shot, settings or ExportSettings())


@given(products=st.lists(TEXTS, min_size=1, max_size=8))
def test_names_are_safe_unique_and_repeatable(products: list[str]) -> None:
    runs = []
    for _ in range(2):
        names = FileNames()
        runs.append([name(names, product) for product in products])
    assert runs[0] == runs[1]
    assert len(set(runs[0])) == len(products)
    assert all(SAFE.fullmatch(text) and len(text) < 250 for text in runs[0]), runs[0]


@given(text=TEXTS)
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    once = slug(text, "thing")
    assert slug(once, "thing") == once
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", once)
    assert len(once) <= 60


def test_names_say_product_preset_size_and_seed() -> None:
    assert (
        name(FileNames(), "Crème Brûlée No. 5", "white_background")
        == "creme-brulee-no-5_white-background_test_seed-7.png"
    )


def test_custom_prompts_are_numbered_from_one() -> None:
    shot = dataclasses.replace(SHOT, scene=dataclasses.replace(SHOT.scene, preset_id=None), prompt_index=2)
    assert FileNames().name(shot, ExportSettings()) == "green-bottle_custom-3_test_seed-7.png"


def test_formats_and_thumbnails_do_not_collide() -> None:
    names = FileNames()
    every = [ExportSettings(format=kind, low_resolution=low) for kind in ImageFormat for low in (False, True)]
    given_names = [name(names, "mug", "x", settings) for settings in every]
    assert len(set(given_names)) == len(every)
    assert not any(re.search(r"-2\.", text) for text in given_names)
