from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot.errors import InputError
from photoshoot.files import find_data
from photoshoot.previews import products as previews_products
from photoshoot.previews.products import EXAMPLES, choose_product, load_examples, preset_seed
from photoshoot.records import Product, Swatch
from photoshoot.sets.cyclorama import Cyclorama
from tests.making import make_product
from tests.previews.making import REGISTRY, make_preset


def products_of(**colors: str) -> dict[str, Product]:
    """Products of one colour each."""
    product = make_product()
    return {
        name: dataclasses.replace(product, palette=(Swatch(hex=color, name=name, share=1.0),))
        for name, color in colors.items()
    }


def test_the_products_are_the_examples_with_their_true_mattes(examples: Mapping[str, Product]) -> None:
    assert set(examples) == set(EXAMPLES)
    for name, product in examples.items():
        with Image.open(find_data("examples") / "mattes" / f"{name}.png") as matte:
            share = float((np.asarray(matte) / 255).mean())
        assert product.cutout.segmenter == "alpha"
        assert float(product.cutout.alpha_matte.mean()) == pytest.approx(share, rel=0.01), name
        assert product.palette, name


def test_an_installed_photoshoot_says_what_to_do_without_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Path:
        raise FileNotFoundError(name)

    monkeypatch.setattr(previews_products, "find_data", missing)
    with pytest.raises(InputError, match="--product PHOTO"):
        load_examples()


def test_tags_choose_before_sets_and_sets_before_the_rest(tmp_path: Path) -> None:
    products = products_of(bottle="#203040", mug="#203040", sneaker="#203040", headphones="#203040")
    assert choose_product(make_preset(tmp_path, tags=("technology",)), products) == "headphones"
    assert choose_product(make_preset(tmp_path, tags=("unknown", "spa")), products) == "bottle"
    drape = REGISTRY.get("ivory_silk_drape").design
    assert choose_product(make_preset(tmp_path, design=drape), products) == "bottle"
    rest = {choose_product(make_preset(tmp_path, id=f"scene_{i}"), products) for i in range(30)}
    assert rest == set(products), "any of them, by the preset's id"


def test_a_product_that_is_lost_in_the_set_is_passed_over(tmp_path: Path) -> None:
    white = make_preset(tmp_path, tags=("technology",), design=Cyclorama(colors=("#f8f8f8",)))
    assert choose_product(white, products_of(headphones="#f8f8f8", mug="#203040")) == "mug"
    assert choose_product(white, products_of(headphones="#f8f8f8", mug="#dcdcdc")) == "mug", "the least lost"


def test_what_suits_is_shown_where_it_is_seen(examples: Mapping[str, Product], tmp_path: Path) -> None:
    """A walnut office was shown with a sneaker on its sideboard, and a road with a bottle."""
    grey = make_preset(tmp_path, tags=("technology",), design=Cyclorama(colors=("#808080",)))
    assert choose_product(grey, products_of(headphones="#a0a0a0", mug="#101010")) == "headphones"
    assert choose_product(REGISTRY.get("mid_century_modern_office"), examples) != "sneaker"


def test_every_example_is_shown_and_none_everywhere(examples: Mapping[str, Product]) -> None:
    chosen = [choose_product(preset, examples) for preset in REGISTRY]
    for name in EXAMPLES:
        assert 0.08 <= chosen.count(name) / len(chosen) <= 0.4, (name, chosen.count(name))


def test_presets_have_seeds_of_their_own() -> None:
    seeds = {preset_seed(preset) for preset in REGISTRY}
    assert len(seeds) == len(REGISTRY)
    assert all(0 <= seed < 2**32 for seed in seeds)
