"""Tests of what families say, and that nothing else knows which one it has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import torch

from photoshoot.placers.diffusion.families import FAMILIES, UNET, Family, ModelFamily, tell_by_parts, tell_by_weights
from photoshoot.weights import load_manifest

SOURCES = Path(__file__).resolve().parents[4] / "src" / "photoshoot"


@pytest.fixture(params=FAMILIES.values(), ids=lambda family: str(family.name))
def family(request: pytest.FixtureRequest) -> ModelFamily:
    found: ModelFamily = request.param
    return found


def test_nothing_outside_the_families_asks_which_one_it_has() -> None:
    names = re.compile(rf"\bFamily\.({'|'.join(Family.__members__)})\b|\bis_sdxl\b")
    inside = SOURCES / "placers" / "diffusion" / "families"
    asking = [path for path in SOURCES.rglob("*.py") if inside not in path.parents and names.search(path.read_text())]
    assert asking == []


def test_each_is_listed_under_its_name(family: ModelFamily) -> None:
    assert FAMILIES[family.name] is family
    assert set(FAMILIES) == set(Family)


def test_its_models_are_in_the_manifest_under_its_licence(family: ModelFamily) -> None:
    models = load_manifest().hub
    assert models[family.base_model].licence == family.licence
    assert family.half_vae is None or family.half_vae in models


def test_it_is_told_by_its_parts_and_by_the_names_of_its_weights(family: ModelFamily) -> None:
    assert tell_by_parts({family.painter, "vae", *family.text_encoders}) is family
    assert tell_by_parts({"prior", "vae", *family.text_encoders}) is None
    assert tell_by_parts({family.painter, *family.text_encoders, "text_encoder_3"}) is None
    if family.original_texts:
        assert tell_by_weights([f"{start}layer.weight" for start in family.original_texts]) is family
    assert tell_by_weights(["model.diffusion_model.weight"]) is None


def test_it_reads_as_many_text_encoders_as_it_has(family: ModelFamily) -> None:
    with_adapter = family.painter == UNET
    assert len(family.original_texts) == with_adapter * len(family.text_encoders)
    assert len(family.published.encoders) == len(family.text_encoders) + with_adapter


def test_what_it_is_told_of_sizes() -> None:
    pooled = torch.ones(4, 6)
    assert FAMILIES[Family.SD15].size_conditions(pooled, 64, 48) == {}
    assert FAMILIES[Family.SDXL].size_conditions(None, 64, 48) == {}
    told = FAMILIES[Family.SDXL].size_conditions(pooled, 64, 48)
    assert told["text_embeds"] is pooled
    assert told["time_ids"].tolist() == [[48, 64, 0, 0, 48, 64]] * 4
