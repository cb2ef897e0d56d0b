from __future__ import annotations

import pickle

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
