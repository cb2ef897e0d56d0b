from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from photoshoot import InputError
from photoshoot.server import ServerSettings, open_service


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (ServerSettings(device="cuda"), "device='cuda'"),
        (ServerSettings(engine="no such engine"), "unknown engine"),
    ],
)
def test_an_engine_that_cant_be_is_refused(settings: ServerSettings, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words), open_service(dataclasses.replace(settings, folder=tmp_path)):
        pass
