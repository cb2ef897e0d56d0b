from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from photoshoot import InputError
from photoshoot.server import ServerSettings, open_service
from photoshoot.server.engines import list_makers


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


def test_several_engines_are_a_process_a_device_each() -> None:
    settings = ServerSettings(engine="studio, sd15,/models/my-model.safetensors", device="cuda:0,cuda:1")
    assert list(settings.engines) == ["studio", "sd15", "my-model.safetensors"]  # what orders say names no folders
    assert [(made.engine, device) for made, device in list_makers(settings)] == [
        ("studio", "auto"),
        ("sd15", "cuda:0"),
        ("sd15", "cuda:1"),
        ("/models/my-model.safetensors", "cuda:0"),
        ("/models/my-model.safetensors", "cuda:1"),
    ]
    for engine, ray in (("studio,", None), ("studio,sd15", "local")):
        with pytest.raises(InputError, match="engine"):
            ServerSettings(engine=engine, ray=ray)
