from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

import pytest

from photoshoot.errors import SettingsError
from photoshoot.settings import OneOf, Range, check_fields


@dataclass(frozen=True, kw_only=True)
class Lamp:
    power: Annotated[float, Range(0, 10)] = 1.0
    color: Annotated[str, OneOf("warm", "cold")] = "warm"
    height: Annotated[float | None, Range(1, 3)] = None
    name: str = "lamp"
    count: int = 1

    def __post_init__(self) -> None:
        check_fields(self, "lamp.")


@pytest.mark.parametrize("given", [{}, {"power": 0}, {"power": 10}, {"color": "cold"}, {"height": 3}, {"name": ""}])
def test_what_is_within_its_bounds_passes(given: dict[str, object]) -> None:
    Lamp(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "name", "allowed"),
    [
        ({"power": -0.1}, "lamp.power", "a number from 0 to 10"),
        ({"power": math.nan}, "lamp.power", "a number from 0 to 10"),
        ({"color": "blue"}, "lamp.color", "warm, cold"),
        ({"height": 4}, "lamp.height", "a number from 1 to 3"),
        ({"name": 5}, "lamp.name", "a text"),
        *(({"count": wrong}, "lamp.count", "a whole number") for wrong in (True, 1.5, "1")),
    ],
)
def test_what_is_not_is_told_by_its_name_and_bounds(given: dict[str, object], name: str, allowed: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Lamp(**given)  # type: ignore[arg-type]
    assert (caught.value.name, caught.value.allowed) == (name, allowed)
