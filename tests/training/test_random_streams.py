from __future__ import annotations

import itertools

from photoshoot.training.random_streams import Stream, draw


def test_a_place_has_the_same_numbers_whatever_was_drawn_before() -> None:
    first = draw(7, Stream.NOISE, 3, 1).random(4).tolist()
    draw(7, Stream.ORDER, 3).random(100)
    assert draw(7, Stream.NOISE, 3, 1).random(4).tolist() == first


def test_seeds_streams_and_places_of_as_many_numbers_do_not_touch() -> None:
    places = itertools.product((0, 1), Stream, ((0, 1), (1, 0), (1, 1), (2, 1)))
    numbers = [draw(seed, stream, *place).integers(2**63) for seed, stream, place in places]
    assert len(set(numbers)) == len(numbers)
