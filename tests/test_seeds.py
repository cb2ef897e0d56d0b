"""Pictures' bytes hang on these numbers: they never change."""

from __future__ import annotations

import hashlib

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot import seeds

numbers = st.integers(0, 2**32 - 1)


@settings(deadline=None)
@given(numbers, st.integers(0, 99))
def test_streams_are_what_pictures_were_made_with(seed: int, index: int) -> None:
    def digest(text: str) -> int:
        return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)

    assert seeds.SHOT.seed(seed + index, index) == digest(f"{seed + index}:{index}")
    assert seeds.REDRAW.seed(seed, index) == digest(f"{seed}/redraw {index}")
    assert seeds.CANDIDATE.seed(seed, index) == digest(f"{seed}/{index}")
    assert seeds.SAMPLE_SHOT.seed(seed, index) == digest(f"{seed}:training:{index}")
    assert seeds.LATENT.seed(seed, "ab12") == digest(f"{seed} ab12")
    assert seeds.HOLDOUT.seed(seed, "mug") == digest(f"{seed}:mug")
    assert seeds.PREVIEW.seed("white_background") == digest("white_background")
    assert (seeds.AOV.seed(seed), seeds.PATCH.seed(seed)) == (seed ^ 7919, seed ^ 104729)


@settings(deadline=None)
@given(numbers, st.integers(0, 99))
def test_generators_are_seeded_with_seed_number_and_place(seed: int, index: int) -> None:
    for made, entropy in (
        (seeds.SET.generator(seed), [seed, 1]),
        (seeds.DITHER.generator(seed), [seed, 2]),
        (seeds.NOISE.generator(seed, index), [seed, 0x1A7E, index]),
        (seeds.SAMPLE_ORDER.generator(seed, index), [seed, 1, index]),
        (seeds.SAMPLE.generator(seed, index), [seed, 2, index]),
    ):
        assert made.random() == np.random.default_rng(entropy).random()


def test_a_drawn_seed_is_one_that_a_request_may_have() -> None:
    assert all(0 <= seeds.draw_seed() < seeds.SEED_LIMIT for _ in range(100))
