from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from photoshoot.errors import UnknownNameError, WeightsMissingError
from photoshoot.weights import find_hub_model, is_present, resolve_profile
from photoshoot.weights.inventory import hub_cache
from tests.weights.caches import COMMIT, store
from tests.weights.conftest import ADAPTERS, PIPELINE, VARIABLES

pytestmark = pytest.mark.usefixtures("manifest")


def test_a_pipeline_and_an_encoder_are_folders_and_an_adapter_is_a_file(cache: Path) -> None:
    store(cache, "toy/pipeline", PIPELINE)
    store(cache, "toy/adapters", ADAPTERS)
    snapshots = cache / "models--toy--adapters" / "snapshots" / COMMIT
    assert find_hub_model("pipeline") == cache / "models--toy--pipeline" / "snapshots" / COMMIT
    assert find_hub_model("adapter") == snapshots / "models" / "adapter.safetensors"
    assert find_hub_model("encoder") == snapshots / "models" / "encoder"
    assert (find_hub_model("encoder") / "model.safetensors").read_bytes() == b"encoder"


def test_what_is_missing_is_said_with_the_command_that_gets_it(cache: Path) -> None:
    with pytest.raises(WeightsMissingError, match=r"photoshoot weights pull pipeline$"):
        find_hub_model("pipeline")
    store(cache, "toy/pipeline", {path: data for path, data in PIPELINE.items() if path.startswith("unet/c")})
    with pytest.raises(WeightsMissingError, match=r"lacks model_index\.json, tokenizer/\*, unet/model\.fp16"):
        find_hub_model("pipeline")
    assert not is_present("pipeline")


def test_a_download_that_was_cut_off_is_no_file(cache: Path) -> None:
    blobs = store(cache, "toy/adapters", ADAPTERS)
    blob = blobs["models/adapter.safetensors"]
    blob.rename(blob.with_suffix(".incomplete"))
    assert not is_present("adapter")
    assert is_present("encoder")


def test_the_full_file_stands_in_for_the_half_one(cache: Path) -> None:
    store(cache, "toy/pipeline", {path: data for path, data in PIPELINE.items() if ".fp16." not in path})
    assert is_present("pipeline")


def test_the_revision_in_use_is_the_one_that_the_branch_points_to(cache: Path) -> None:
    store(cache, "toy/adapters", ADAPTERS)
    (cache / "models--toy--adapters" / "refs" / "main").write_text("f" * 40)
    assert not is_present("adapter")


def test_an_unknown_name_lists_the_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="adapter"):
        find_hub_model("adapters")


def test_a_profile_says_all_that_it_lacks_at_once(cache: Path) -> None:
    store(cache, "toy/pipeline", PIPELINE)
    with pytest.raises(WeightsMissingError, match=r"^toy-fast lacks adapter, encoder: .* pull toy-fast$"):
        resolve_profile("toy-fast")
    store(cache, "toy/adapters", ADAPTERS)
    parts = resolve_profile("toy-fast")
    assert list(parts) == ["base", "adapter", "image_encoder", "lora_1"]
    assert parts["lora_1"] == parts["adapter"] == find_hub_model("adapter")
    with pytest.raises(UnknownNameError, match="toy-fast"):
        resolve_profile("toyfast")


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"XDG_CACHE_HOME": "/somewhere/cache"},
        {"HF_HOME": "~/hf"},
        {"HF_HOME": "$HOME/hf", "XDG_CACHE_HOME": "/somewhere/cache"},
        {"HUGGINGFACE_HUB_CACHE": "/old/place"},
        {"HF_HUB_CACHE": "~/models", "HF_HOME": "/hf", "HUGGINGFACE_HUB_CACHE": "/old/place"},
    ],
)
def test_the_cache_is_where_the_hubs_own_library_has_it(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (*VARIABLES, "HF_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    code = "from huggingface_hub import constants; print(constants.HF_HUB_CACHE)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert str(hub_cache()) == done.stdout.strip()
