"""What is written is read back the same; what is wrong is told by its key."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.errors import RecipeError
from photoshoot.records.plain_data import read_record, to_plain
from photoshoot.settings import Anchor, LightOverride, Lora, Placement, Stance


@dataclass(frozen=True, kw_only=True)
class Job:
    """Everything that a record may hold."""

    placement: Placement = field(default_factory=Placement)
    light: LightOverride | None = None
    loras: tuple[Lora, ...] = ()
    names: tuple[str, ...] = ()
    kind: Literal["a", "b"] = "a"
    count: int = 1
    share: float = 0.5
    on: bool = False


def nest(depth: int) -> object:
    data: object = "a"
    for _ in range(depth):
        data = [data]
    return data


def read(data: object, **more: Any) -> Job:
    return read_record(Job, data, where="job.toml", complaint=RecipeError, **more)


placements = st.builds(
    Placement,
    anchor=st.sampled_from(Anchor),
    scale=st.floats(0.1, 3),
    padding=st.floats(0, 0.45),
    base=st.none() | st.floats(0.2, 1),
    box_px=st.none() | st.tuples(*[st.integers(-9, 0)] * 2, *[st.integers(1, 9)] * 2),
    stance=st.none() | st.sampled_from(Stance),
)
lights = st.builds(LightOverride, azimuth_deg=st.none() | st.floats(-180, 180), color=st.none() | st.just("#0a0b0c"))
jobs = st.builds(
    Job,
    placement=placements,
    light=st.none() | lights,
    loras=st.lists(st.builds(Lora, path=st.just(Path("a.safetensors")), weight=st.floats(-4, 4)), max_size=2).map(
        tuple
    ),
    names=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3).map(tuple),
    kind=st.sampled_from(["a", "b"]),
    count=st.integers(-(2**40), 2**40),
    share=st.floats(allow_nan=False, allow_infinity=False),
    on=st.booleans(),
)


@settings(deadline=None)
@given(jobs)
def test_what_is_written_is_read_back_to_the_last_bit(job: Job) -> None:
    assert read(to_plain(job)) == job


def test_what_is_left_out_keeps_its_default() -> None:
    assert read({}) == Job()
    assert read({"placement": {"scale": 2}}).placement == Placement(scale=2.0)


@pytest.mark.parametrize(
    ("data", "key", "words"),
    [
        ([1], "file", ["object"]),
        ({"count": 1, "cuont": 2}, "cuont", ["unknown key", "did you mean count"]),
        ({"placement": {"scael": 2, "anchor": 3}}, "placement.scael", ["did you mean scale"]),
        ({"placement": {"scale": 9}}, "placement.scale", ["0.1 to 3", "9"]),
        ({"placement": {"anchor": "middle"}}, "placement.anchor", ["left", "'middle'"]),
        ({"placement": {"box_px": [1, 2, 3]}}, "placement.box_px", ["4 whole numbers"]),
        ({"placement": {"box_px": [1, 2, 3, 4, 5]}}, "placement.box_px", ["4 whole numbers"]),
        ({"placement": {"box_px": [1, 2, 3, "x"]}}, "placement.box_px[3]", ["integer", "'x'"]),
        ({"placement": []}, "placement", ["object"]),
        ({"light": {"rim": 3}}, "light.rim", ["0 to 1"]),
        ({"loras": [{"path": "a"}, {"weight": 1}]}, "loras[1].path", ["missing"]),
        ({"loras": [{"path": "a", "weight": 9}]}, "loras[0].weight", ["-4 to 4"]),
        ({"names": ["a", 3]}, "names[1]", ["string", "3"]),
        ({"kind": "c"}, "kind", ["'a'", "'b'", "'c'"]),
        ({"count": True}, "count", ["integer", "true"]),
        ({"count": 1.5}, "count", ["integer", "1.5"]),
        ({"count": "1"}, "count", ["integer", "'1'"]),
        ({"share": "1"}, "share", ["number", "'1'"]),
        ({"on": 1}, "on", ["boolean", "1"]),
        ({"names": ["a", "caf\udce9"]}, "names[1]", ["broken characters"]),
        ({"count": 1, "light": {"color": "\ud83d"}}, "light.color", ["broken characters"]),
        ({"light": {"\ud83d": 1}}, "light", ["broken characters"]),
        *[({"names": nest(depth)}, "names", ["nested too deeply"]) for depth in (300, 980)],
    ],
)
def test_what_is_wrong_is_told_by_where_key_and_reason(data: object, key: str, words: list[str]) -> None:
    with pytest.raises(RecipeError) as caught:
        read(data)
    assert (caught.value.file, caught.value.key) == ("job.toml", key)
    assert all(word in caught.value.reason for word in words), caught.value.reason
    assert len(caught.value.reason) < 200, "what is wrong is shown, not all that was given"


def test_a_key_of_ones_own_stands_before_the_others() -> None:
    with pytest.raises(RecipeError) as caught:
        read({"loras": [{"path": "a", "weight": 9}]}, key="engine")
    assert caught.value.key == "engine.loras[0].weight"
    with pytest.raises(RecipeError) as caught:
        read(3, key="engine")
    assert caught.value.key == "engine"


def test_every_field_of_the_settings_is_written_under_its_name() -> None:
    written = to_plain(Placement(box_px=(1, 2, 3, 4)))
    assert list(written) == [item.name for item in dataclasses.fields(Placement)]
    assert written["box_px"] == [1, 2, 3, 4]
    assert written["anchor"] == Anchor.AUTO.value
