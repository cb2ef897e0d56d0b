from __future__ import annotations

import pickle
from collections.abc import Iterable

import pytest

from photoshoot.errors import (
    ExportError,
    FileTooLargeError,
    MissingExtraError,
    PhotoshootError,
    PresetError,
    RecipeError,
    SettingsError,
    UnknownNameError,
)


@pytest.mark.parametrize(
    ("name", "known", "listed_by", "told"),
    [
        ("Wite", ["white", "black"], "", "did you mean white?"),
        ("from", ["azimuth_deg", "rim", "color"], "", "known: azimuth_deg, color, rim"),
        (
            "wooden_table",
            ["oak_wooden_board", "marble", "table_of_oak"],
            "",
            "did you mean oak_wooden_board, table_of_oak?",
        ),
        ("white", ["city_of_white_stone", "white_wall"], "", "did you mean white_wall, city_of_white_stone?"),
        ("qqqq", [f"n{number:02}" for number in range(30)], "", "n22, n23 and 6 more"),
        ("qqqq", [f"n{number:02}" for number in range(30)], "a list", "a list lists all 30"),
        ("white", ["white_wall", "marble"], "a list", "did you mean white_wall? a list lists all 2"),
    ],
)
def test_an_unknown_name_is_told_its_nearest_and_where_all_are(
    name: str, known: Iterable[str], listed_by: str, told: str
) -> None:
    assert str(UnknownNameError("thing", name, known, listed_by)).endswith(told)


@pytest.mark.parametrize(
    "error",
    [
        SettingsError("seed", -1, "a number"),
        RecipeError("r.toml", "seed", "wrong"),
        PresetError("p.json", "id", "wrong"),
        UnknownNameError("preset", "wite", ["white", "black"]),
        FileTooLargeError(30, 20),
        MissingExtraError("it", "cpu"),
        ExportError("x can't be written"),
    ],
)
def test_every_error_survives_the_way_from_another_process(error: PhotoshootError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)
