from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoshoot.captioners.broad_nouns import BY_LIKENESS, BroadNouns
from photoshoot.captioners.noun import ROOT
from photoshoot.captioners.nouns import Naming, NounTree
from photoshoot.photoshoot import Photoshoot
from photoshoot.vision.image_classes import load_classifier
from tests.captioners.test_nouns import votes

TREE = NounTree.load()
BROAD = BroadNouns.load()
REAL = Path(__file__).resolve().parents[3] / "shared" / "photos" / "real"
NOTHING = np.zeros(1280, np.float32)


def test_it_tells_broad_nouns_of_the_tree() -> None:
    assert BROAD.weights.shape == (1280, len(BROAD.nouns))
    assert BROAD.bias.shape == (len(BROAD.nouns),)
    assert len(set(BROAD.nouns)) == len(BROAD.nouns)
    assert set(BROAD.nouns) <= set(TREE.nouns) - {ROOT}


def test_probabilities_sum_to_one_and_follow_the_classes() -> None:
    at = BROAD.nouns.index
    none, sofa = (BROAD.weigh(NOTHING, seen, TREE) for seen in (votes(), votes(studio_couch=0.5)))
    assert float(none.sum()) == pytest.approx(1, abs=1e-5)
    assert sofa[at("furniture")] > 2 * none[at("furniture")]
    assert np.all(np.delete(sofa, at("furniture")) <= np.delete(none, at("furniture")))


def test_features_move_them_too() -> None:
    at = BROAD.nouns.index
    towards = [np.asarray(length * look_like("food"), np.float32) for length in (-0.5, 0.0, 0.5)]
    found = [BROAD.weigh(features, votes(), TREE)[at("food")] for features in towards]
    assert found == sorted(found)
    assert found[2] > 2 * found[0]


def test_what_is_told_by_nothing_stays_a_product() -> None:
    assert BROAD.choose(NOTHING, votes(), TREE) is None


def test_what_only_gathers_the_unknown_is_weighed_and_not_said() -> None:
    seen = votes(golf_ball=0.9)
    assert BROAD.nouns[int(BROAD.weigh(NOTHING, seen, TREE).argmax())] == "sports gear"
    assert BROAD.choose(NOTHING, seen, TREE) is None


def test_what_is_one_of_several_nouns_has_the_one_that_gathers_them() -> None:
    for between, told in (
        (votes(table_lamp=0.4, screwdriver=0.4), "household item"),
        (votes(necklace=0.4, cowboy_hat=0.4), "fashion item"),
        (votes(switch=0.4, refrigerator=0.4), "device"),
    ):
        assert BROAD.choose(NOTHING, between, TREE) == told
        assert TREE.nouns[told].parent == ROOT


def test_a_broad_noun_that_classes_hardly_speak_for_is_doubted_where_nothing_else_does() -> None:
    told = [name("home appliance", confidence) for confidence in (0.5, 0.7)]
    hat, oven = votes(cowboy_hat=0.9), votes(vacuum=0.45, washer=0.45)
    assert [BROAD.doubts(naming, NOTHING, hat, TREE) for naming in told] == [True, False]
    assert not any(BROAD.doubts(naming, NOTHING, oven, TREE) for naming in told)
    for kept in ("vacuum cleaner", "box"):  # a narrow one, and what has a book's outline
        assert not BROAD.doubts(name(kept, 0.4), NOTHING, hat, TREE)


def name(noun: str, confidence: float) -> Naming:
    return Naming(noun=TREE.nouns[noun], category=TREE.nouns[noun].category, confidence=confidence)


def look_like(noun: str) -> np.ndarray:
    towards = BROAD.weights[:, BROAD.nouns.index(noun)] - BROAD.weights.mean(axis=1)
    return np.asarray(10 * towards / np.linalg.norm(towards), np.float32)


def test_a_name_that_nothing_else_speaks_for_gives_way_to_what_the_thing_looks_like() -> None:
    """A smoke detector's nearest class is a soap dispenser; the features and the other classes tell of a device."""
    views = look_like("device"), votes(soap_dispenser=0.5, switch=0.4), TREE
    assert BROAD.find_other(name("soap dispenser", 0.6), *views, {}) == "device"
    assert BROAD.find_other(name("soap dispenser", 0.95), *views, {}) is None
    assert BROAD.find_other(name("soap dispenser", 0.6), *views, {"bottle": 0.6}) is None
    assert BROAD.find_other(name("phone", 0.6), *views, {}) is None, "it is a device as well"
    assert BROAD.find_other(name(ROOT, 0.0), *views, {}) is None


def test_a_box_a_plant_and_what_the_classes_tell_keep_their_names() -> None:
    views = look_like("bottle"), votes(wine_bottle=0.9), TREE
    assert BROAD.find_other(name("bowl", 0.5), *views, {}) == "bottle"
    for kept in ("box", "potted plant", "bottle", "lotion bottle"):
        assert BROAD.find_other(name(kept, 0.5), *views, {}) is None, kept


def test_a_lamp_is_no_homeware_here() -> None:
    assert BROAD.choose(NOTHING, votes(table_lamp=0.9), TREE) == "lamp"
    assert BROAD.choose(NOTHING, votes(mixing_bowl=0.9), TREE) == "homeware"


def test_the_classifier_gives_features_and_probabilities_of_each_view() -> None:
    pytest.importorskip("onnxruntime")
    from PIL import Image

    views = [Image.new("RGB", (64, 48), color) for color in ("white", "navy")]
    found = load_classifier("cpu").look(views)
    assert found.probabilities.shape == (2, 1000)
    assert found.features.shape == (2, 1280)
    assert found.probabilities.sum(axis=1) == pytest.approx(1, abs=1e-4)
    assert load_classifier("cpu").classify(views) == pytest.approx(found.probabilities.mean(axis=0), abs=1e-6)


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/photos/real is absent: strangers' photos are not at hand")
def test_a_notebook_is_stationery_though_no_class_speaks_for_it() -> None:
    pytest.importorskip("onnxruntime")
    (path,) = REAL.glob("s_solidus_notebook.*")
    product = Photoshoot.embedded().recommend(path).product
    assert product.name == "stationery"
    assert product.confidence == BY_LIKENESS
    assert product.description == "A red stationery item."
