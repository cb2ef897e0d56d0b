"""A shot's files in a catalogue are named after what it shows."""

from __future__ import annotations

import dataclasses

import pytest

from photoshoot import ExportSettings, ImageFormat
from photoshoot.catalogue.shooting import encode_shot
from photoshoot.exporters.file_exporter import FileNames
from tests.exporters.shots import make_shot


@pytest.mark.parametrize(
    ("text", "called"), [("on a black slab, rim light", "on-a-black-slab-rim-light"), ("緑", "緑"), ("!", "custom-1")]
)
def test_a_custom_prompts_files_are_called_by_its_words(text: str, called: str) -> None:
    shot = make_shot(240, 160, preset_id=None)
    shot = dataclasses.replace(shot, scene=dataclasses.replace(shot.scene, text=text))
    made, files = encode_shot(shot, [ExportSettings(format=ImageFormat.JPEG)], FileNames())
    names = [file.name for file in files]
    assert [name.split("_")[1] for name in names] == [called, called]
    assert [*made.files, made.thumbnail] == names
