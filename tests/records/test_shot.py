from __future__ import annotations

import dataclasses
import uuid

import numpy as np

from photoshoot.records import Recommendation
from tests.exporters.shots import make_shot
from tests.making import draw_cutout, make_product


def test_the_same_cutout_has_the_same_id_and_another_has_another() -> None:
    cutout, again, other = draw_cutout(), draw_cutout(), draw_cutout(shape="ring")
    assert cutout.sha256 == again.sha256
    assert cutout.asset_id == again.asset_id != other.asset_id
    assert uuid.UUID(cutout.asset_id).version == 5


def test_what_is_seen_of_a_cutout_makes_its_digest() -> None:
    cutout = draw_cutout()
    hidden, seen = cutout.rgb.copy(), cutout.rgb.copy()
    hidden[cutout.alpha_matte == 0] = 7
    seen[cutout.alpha_matte == 1] ^= 1
    assert dataclasses.replace(cutout, rgb=hidden).sha256 == cutout.sha256
    assert dataclasses.replace(cutout, rgb=seen).sha256 != cutout.sha256
    thinner = np.asarray(cutout.alpha_matte * np.float32(0.9), np.float32)
    assert dataclasses.replace(cutout, alpha_matte=thinner).sha256 != cutout.sha256


def test_a_recommendation_has_the_seeds_response_shape() -> None:
    product = make_product()
    found = Recommendation(product=product, prompts=("on oak", "on sand"), preset_ids=("white_background",))
    assert found.to_api() == {
        "productInfo": {"productName": "green bottle", "productDescription": "A green and cream bottle."},
        "backgroundRemovedImageAssetId": product.cutout.asset_id,
        "recommendedPrompts": ["on oak", "on sand"],
        "recommendedPresetIds": ["white_background"],
    }


def test_what_is_not_as_it_was_asked_for_is_the_studios_alone() -> None:
    """A network is given all of a prompt, and builds no set."""
    shot = make_shot()
    scene = dataclasses.replace(shot.scene, unread=("gnarx", "flurb"), otherwise=("hay bale shown as a wooden table",))
    for engine, unmet in (
        ("studio", ("not read: gnarx, flurb", "hay bale shown as a wooden table")),
        ("diffusion", ()),
    ):
        made = dataclasses.replace(shot, scene=scene, provenance=dataclasses.replace(shot.provenance, engine=engine))
        assert made.unmet == unmet
        assert all(what in repr(made) for what in unmet)
