from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("transformers")

from photoshoot.errors import WeightsError
from photoshoot.matchers.siglip import SiglipMatcher
from photoshoot.presets import PresetRegistry
from photoshoot.recommenders.affinity import AffinityRecommender
from photoshoot.stages import Matcher
from tests.captioners.checkpoints import write_siglip
from tests.making import draw_cutout, make_product
from tests.measures import FLOAT32, FLOAT32_NETWORK

BOTTLE, RING = draw_cutout(), draw_cutout(shape="ring")
TEXTS = ["on an oak table", "in a sunlit garden", "before a white wall"]


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> SiglipMatcher:
    return SiglipMatcher(write_siglip(tmp_path_factory.mktemp("siglip") / "model"), "cpu")


def test_cosines_do_not_depend_on_neighbours(matcher: SiglipMatcher) -> None:
    assert isinstance(matcher, Matcher)
    both = matcher.match([BOTTLE, RING], TEXTS)
    assert both.shape == (2, 3)
    assert np.abs(both).max() <= 1
    for row, cutout in enumerate((BOTTLE, RING)):
        for column, text in enumerate(TEXTS):
            assert matcher.match([cutout], [text])[0, 0] == pytest.approx(both[row, column], abs=FLOAT32_NETWORK)
    assert both[0] != pytest.approx(both[1], abs=1e-4)
    assert both[:, 0] != pytest.approx(both[:, 1], abs=1e-4)
    assert matcher.match([], TEXTS).shape == (0, 3)


def test_texts_are_read_once_and_case_does_not_count(matcher: SiglipMatcher, monkeypatch: pytest.MonkeyPatch) -> None:
    first = matcher.match([BOTTLE], [*TEXTS, "ON AN OAK TABLE"])
    assert first[0, 3] == pytest.approx(first[0, 0], abs=FLOAT32_NETWORK)
    monkeypatch.setattr(matcher, "_read_texts", None)
    assert matcher.match([BOTTLE], TEXTS)[0] == pytest.approx(first[0, :3], abs=FLOAT32_NETWORK)


def test_similarity_is_a_part_of_the_score(matcher: SiglipMatcher) -> None:
    registry = PresetRegistry.load()
    presets, product = [registry.get(name) for name in registry.ids[:12]], make_product(BOTTLE)
    plain, with_it = AffinityRecommender(presets), AffinityRecommender(presets, matcher=matcher)
    before = {score.preset_id: score for score in plain.explain(product)}
    after = with_it.recommend([product], explain=True)[0].scores
    similarities = [score.similarity for score in after if score.similarity is not None]
    assert len(similarities) == len(after)
    assert max(map(abs, similarities)) <= 1
    assert np.mean(similarities) == pytest.approx(0, abs=0.1)
    for score in after:
        old = before[score.preset_id]
        assert old.similarity is None
        assert score.total == pytest.approx(old.total + 0.15 * score.category * (score.similarity or 0), abs=FLOAT32)


def test_what_was_closed_says_so(tmp_path: Path) -> None:
    recommender = AffinityRecommender(
        PresetRegistry.load(), matcher=SiglipMatcher(write_siglip(tmp_path / "model"), "cpu")
    )
    recommender.close()
    with pytest.raises(WeightsError, match="closed"):
        recommender.recommend([make_product(BOTTLE)])
