from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot.errors import InputError, SettingsError
from photoshoot.training.settings import LoraLayers, TrainingSettings
from photoshoot.training.settings_file import document_settings, load_settings


def load(tmp_path: Path, text: str, name: str = "settings.toml") -> TrainingSettings:
    (tmp_path / name).write_text(text)
    return load_settings(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("stepz = 3", "stepz", "did you mean steps"),
        ("steps = 0", "steps", "from 1"),
        ("steps = 2.5", "steps", "must be a valid integer, not 2.5"),
        ("steps = true", "steps", "must be a valid integer, not true"),
        ("seed = -1", "seed", "from 0"),
        ("resolution = 500", "resolution", "a multiple of 8"),
        ('method = "dora"', "method", "lora, full"),
        ('method = "full"\n[lora]\nrank = 8', "lora", 'no such table with method = "full"'),
        ('mixed_precision = "fp16"\ndevice = "cpu"', "mixed_precision", "no or bf16"),
        ("data = []", "data", "at least one folder"),
        ("data = [3]", "data[0]", "must be a valid string, not 3"),
        ('out = ""', "out", "must be a path"),
        ('data = ["a", ""]', "data", "must be a path"),
        ("lora = 3", "lora", "must be an object"),
        ("[lora]\nrank = 0", "lora.rank", "from 1"),
        ("[lora]\nalpha = 0", "lora.alpha", "from 0.001"),
        ("[lora]\nlayers = []", "lora.layers", "attention, feed_forward, convolution"),
        ('[lora]\nlayers = ["mlp"]', "lora.layers", "attention, feed_forward, convolution"),
        ("[optimizer]\nlearning_rate = 2", "optimizer.learning_rate", "to 0.1"),
        ("[optimizer]\nbetas = [0.9]", "optimizer.betas", "must be 2 numbers"),
        ("steps = 50", "optimizer.warmup_steps", "fewer than steps=50"),
        ("[masks]\nrandom_share = 1.5", "masks.random_share", "from 0 to 1"),
        ("[loss]\nhole = nan", "loss.hole", "from 0.01"),
        ("[validation]\nheld_out = 0", "validation.held_out", "nothing could be looked at"),
    ],
)
def test_what_is_wrong_is_told_by_its_key(tmp_path: Path, text: str, key: str, hint: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    assert caught.value.name == key
    assert hint in str(caught.value)


def test_places_are_relative_to_the_file_and_a_profile_stays_a_name(tmp_path: Path) -> None:
    settings = load(tmp_path, 'base = "sdxl"\ndata = ["a", "/b"]\nout = "c"\ncache = "d"')
    assert settings.base == "sdxl"
    assert settings.data == (tmp_path / "a", Path("/b"))
    assert (settings.out, settings.cache_folder) == (tmp_path / "c", tmp_path / "d")
    (tmp_path / "mine").mkdir()
    assert load(tmp_path, 'base = "mine"').base == str(tmp_path / "mine")
    assert load(tmp_path, 'out = "c"').cache_folder == tmp_path / "c" / "cache"


def test_yaml_says_the_same_as_toml(tmp_path: Path) -> None:
    toml = load(tmp_path, 'steps = 900\n[lora]\nrank = 8\nlayers = ["attention"]')
    yaml = load(tmp_path, "steps: 900\nlora: {rank: 8, layers: [attention]}", "settings.yaml")
    assert toml == yaml
    assert toml.lora == LoraLayers(rank=8, layers=("attention",))


@pytest.mark.parametrize(
    ("name", "text"), [("a.toml", "steps ="), ("a.yaml", "steps: [3"), ("a.json", "{}"), ("a.yaml", "- steps")]
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InputError, match=f"{name} can't be read"):
        load(tmp_path, text, name)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml can't be read: No such file"):
        load_settings(tmp_path / "none.toml")


def test_settings_that_are_written_are_read_again(tmp_path: Path) -> None:
    settings = TrainingSettings(
        out=tmp_path / "o", data=(tmp_path / "d",), steps=777, lora=LoraLayers(rank=3, alpha=1.5)
    )
    assert load(tmp_path, document_settings(settings)) == settings
