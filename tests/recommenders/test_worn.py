"""A garment that a person wears is recommended for places where people stand."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.framing.holding import shows_wearer
from photoshoot.presets import PresetRegistry
from photoshoot.recommenders.affinity import AffinityRecommender
from photoshoot.recommenders.briefs import BriefWriter
from photoshoot.records import Category, Cutout, Edge, Product
from photoshoot.settings import Stance
from tests.making import cutout_of, draw_cutout, make_product
from tests.recommenders.making import palette_of

REGISTRY = PresetRegistry.load()
RECOMMENDER = AffinityRecommender(REGISTRY)
SKIN, SHIRT = (224, 172, 140), (40, 80, 200)


def _person(digest: str) -> Product:
    """A head and shoulders of skin above a blue shirt, which the photo's lower edge cuts."""
    rgb, alpha = np.full((240, 160, 3), SKIN, np.uint8), np.zeros((240, 160), np.float32)
    alpha[10:90, 50:110] = 1  # a head and a neck
    alpha[90:, 20:140] = 1
    rgb[96:, 20:140] = SHIRT
    cutout = dataclasses.replace(cutout_of(rgb, alpha), touches=frozenset({Edge.BOTTOM}), photo_sha256=digest)
    return _as_shirt(cutout)


def _as_shirt(cutout: Cutout) -> Product:
    product = make_product(cutout, category=Category.GARMENT)
    return dataclasses.replace(product, name="t-shirt", palette=palette_of("#2850c8"))


@pytest.mark.parametrize("digest", "abcdef")
def test_nobody_is_laid_flat_or_hung_up(digest: str) -> None:
    product = _person(digest)
    assert shows_wearer(product)
    found = RECOMMENDER.recommend([product])[0]
    for name in found.preset_ids:
        assert REGISTRY.get(name).design.only_stance in (None, Stance.UPRIGHT), name
        assert not REGISTRY.get(name).design.afloat, name
    for prompt in found.prompts:
        assert not any(word in prompt for word in ("laid", "hanger", "rail", "table", "seen from above")), prompt


def test_people_stand_in_rooms_streets_and_studios() -> None:
    found = {
        REGISTRY.get(name).design.__class__.__name__ for digest in "abcdefghij" for name in _names(_person(digest))
    }
    assert {"WindowRoom", "Cyclorama"} <= found
    assert found.isdisjoint({"FlatLay", "HangingWall", "Counter", "Tabletop", "Podium", "Bed", "Desk"})


def _names(product: Product) -> tuple[str, ...]:
    return RECOMMENDER.recommend([product])[0].preset_ids


def test_a_garment_alone_still_hangs_and_lies() -> None:
    shirt = _as_shirt(draw_cutout(shape="block"))
    assert not shows_wearer(shirt)
    assert any(REGISTRY.get(name).design.only_stance in (Stance.LYING, Stance.HANGING) for name in _names(shirt))
    assert any("laid" in prompt or "rail" in prompt or "hanger" in prompt for prompt in BriefWriter().write(shirt))
