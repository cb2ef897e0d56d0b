from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot.errors import UnknownNameError, WeightsChecksumError, WeightsMissingError
from photoshoot.weights import verify_model
from photoshoot.weights.inventory import rembg_folders
from tests.weights.caches import store
from tests.weights.conftest import ADAPTERS, NETWORK, PIPELINE

pytestmark = pytest.mark.usefixtures("manifest")
NEEDED = (
    "model_index.json",
    "tokenizer/merges.txt",
    "tokenizer/vocab.json",
    "unet/config.json",
    "unet/model.fp16.safetensors",
)


def test_every_needed_file_is_held_against_the_hubs_digest(cache: Path) -> None:
    store(cache, "toy/pipeline", PIPELINE)
    found = verify_model("pipeline")
    assert (found.verified, found.unverified) == (NEEDED, ())


@pytest.mark.parametrize("path", ["unet/model.fp16.safetensors", "unet/config.json"])
def test_a_damaged_file_is_named_with_the_command_that_repairs_it(path: str, cache: Path) -> None:
    blob = store(cache, "toy/pipeline", PIPELINE)[path]
    blob.write_bytes(blob.read_bytes()[:-1] + b"?")
    with pytest.raises(WeightsChecksumError, match=f"{path} is damaged .*photoshoot weights pull --force pipeline"):
        verify_model("pipeline")


def test_the_manifests_digest_decides_over_the_hubs(cache: Path) -> None:
    store(cache, "toy/adapters", {**ADAPTERS, "models/adapter.safetensors": b"another, whole on the hub"})
    assert verify_model("encoder").unverified == ()
    with pytest.raises(WeightsChecksumError, match=r"models/adapter\.safetensors"):
        verify_model("adapter")


def test_without_links_only_the_manifest_knows_digests(cache: Path) -> None:
    store(cache, "toy/adapters", ADAPTERS, links=False)
    assert verify_model("adapter").verified == ("models/adapter.safetensors",)
    found = verify_model("encoder")
    assert found.verified == ()
    assert found.unverified == ("models/encoder/config.json", "models/encoder/model.safetensors")


def test_embedded_and_rembgs_networks_are_held_against_the_manifest(manifest: Path) -> None:
    folder = rembg_folders("isnet-general-use")[0]
    folder.mkdir(parents=True)
    for name, path in {
        "built-in": manifest / "built-in.onnx",
        "isnet-general-use": folder / "isnet-general-use.onnx",
    }.items():
        path.write_bytes(NETWORK)
        assert verify_model(name).verified == (path.name,)
        path.write_bytes(NETWORK + b"!")
        with pytest.raises(WeightsChecksumError, match=name):
            verify_model(name)


def test_what_is_not_here_is_missing_and_what_is_not_known_unknown() -> None:
    with pytest.raises(WeightsMissingError, match="pull pipeline"):
        verify_model("pipeline")
    with pytest.raises(UnknownNameError, match="pipeline"):
        verify_model("pipelin")
