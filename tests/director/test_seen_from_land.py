"""What is listed behind a product out of doors is seen from there: no jetty is in the cabin that stands by the lake."""

from __future__ import annotations

import pytest

from tests.director.reading import parts, read


@pytest.mark.parametrize(
    "text",
    [
        "mug on a jetty by a lake, birch in the background, red cabin",
        "mug on a jetty by a lake, morning mist, birches in the background, red cabin, early autumn",
        "resemugg på en brygga vid en sjö, morgondimma, björkar i bakgrunden, röd stuga",
        "bottle on the beach, palm trees, wooden hut",
        "bottle on a rock, waves, white house",
    ],
)
def test_a_building_listed_after_what_a_product_stands_on_out_of_doors_is_no_room(text: str) -> None:
    assert parts(text)["set"] in ("location", "water", "beach")
    assert any(word in " ".join(read(text).unread) for word in ("cabin", "hut", "house"))


def test_a_cabin_that_a_table_is_in_is_one() -> None:
    assert parts("mug on a wooden table, snow outside, cabin")["set"] == "cabin"


@pytest.mark.parametrize("text", ["candle on a white table, birch behind", "mug on an oak table, oaks behind"])
def test_wood_behind_is_trees(text: str) -> None:
    assert "shown as leaves out of focus" in read(text).reading
