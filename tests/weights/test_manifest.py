from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from rembg.sessions import sessions_class

from photoshoot.errors import UnknownNameError
from photoshoot.weights import HubModel, Model, find_hub_model, load_manifest, load_profiles, resolve_profile
from tests.weights.caches import invent_files, store

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = load_manifest()
ROLES = {"segmenter", "captioner", "matcher", "inpainter", "vae", "adapter", "image_encoder", "lora", "preview"} | {
    "control",
    "relight",
    "relight_base",
}
WHOLE = ("inpainter", "relight_base")
"""Roles of whole pipelines."""


def test_no_two_things_have_one_name() -> None:
    tables = (MANIFEST.embedded, MANIFEST.rembg, MANIFEST.hub, MANIFEST.profiles)
    assert len({name for table in tables for name in table}) == sum(map(len, tables))


@pytest.mark.parametrize("model", MANIFEST.models.values(), ids=list(MANIFEST.models))
def test_facts_are_of_their_kind(model: Model) -> None:
    assert model.role in ROLES
    assert model.licence
    assert model.bytes > 1e6


@pytest.mark.parametrize("model", MANIFEST.hub.values(), ids=list(MANIFEST.hub))
def test_a_hub_model_asks_for_whole_safe_files(model: HubModel) -> None:
    assert re.fullmatch(r"[\w.-]+/[\w.-]+", model.repo)
    assert model.revision == "main" or re.fullmatch(r"[0-9a-f]{40}", model.revision)
    assert any(file.endswith(".safetensors") for file in model.files)
    assert not any(file.endswith((".bin", ".ckpt", ".pt", ".py")) for file in model.files)
    assert set(model.sha256) <= set(model.files)
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in model.sha256.values())
    assert model.approximate or len(model.files) == 1


def test_models_of_one_repository_are_of_one_revision() -> None:
    # A branch of a shared repository would move on under the models that were pulled earlier.
    revisions = {model.repo: model.revision for model in MANIFEST.hub.values()}
    assert all(model.revision == revisions[model.repo] for model in MANIFEST.hub.values())
    shared = [model for model in MANIFEST.hub.values() if sum(m.repo == model.repo for m in MANIFEST.hub.values()) > 1]
    assert shared
    assert all(model.revision != "main" for model in shared)


def test_profiles_name_models_of_the_right_roles() -> None:
    roles = {"base": "inpainter", "vae": "vae", "adapter": "adapter", "image_encoder": "image_encoder"}
    roles |= {name: name for name in ("control", "relight", "relight_base")}
    assert set(load_profiles()) == {
        "flux2-klein",
        "sd15-normals",
        *(f"{family}-edges" for family in ("sd15", "sdxl")),
        *(f"{family}{kind}" for family in ("sd15", "sdxl") for kind in ("", "-fast", "-product", "-relight", "-depth")),
    }
    for profile in load_profiles().values():
        for part, name in profile.parts.items():
            assert MANIFEST.hub[name].role == roles.get(part, "lora"), (profile.name, part)


def test_fast_profiles_are_the_same_with_a_lora() -> None:
    for name in ("sd15", "sdxl"):
        parts, fast = load_profiles()[name].parts, load_profiles()[f"{name}-fast"].parts
        assert set(fast) - set(parts) == {"lora_1"}
        assert parts.items() < fast.items()


def test_every_model_is_found_once_its_files_are_here(cache: Path) -> None:
    for model in MANIFEST.hub.values():
        store(cache, model.repo, invent_files(model), revision=model.revision)
    for name, model in MANIFEST.hub.items():
        path = find_hub_model(name)
        if model.role in ("adapter", "lora", "relight"):
            assert path.is_file(), path
            assert path.suffix == ".safetensors"
        else:
            assert (path / ("model_index.json" if model.role in WHOLE else "config.json")).is_file(), path
    for profile in load_profiles():
        assert all(path.exists() for path in resolve_profile(profile).values())


def test_rembg_itself_has_the_networks() -> None:
    kinds = {kind.name(): kind for kind in sessions_class}
    for model in MANIFEST.rembg.values():
        assert "md5:" in inspect.getsource(kinds[model.name].download_models)
        assert model.file == f"{model.name}.onnx"


def test_names_are_expanded_in_order_and_once() -> None:
    names = [model.name for model in MANIFEST.expand(["u2netp", "sd15", "sd15-fast"])]
    parts = load_profiles()["sd15-fast"].parts
    assert names == ["u2netp", *parts.values()]
    with pytest.raises(UnknownNameError, match="sd15"):
        MANIFEST.expand(["sd14"])


def test_the_documentation_lists_every_model_and_profile() -> None:
    text = (ROOT / "docs" / "weights.md").read_text(encoding="utf-8")
    rows = {row[0].strip(" `"): row for row in (line.strip("|").split("|") for line in text.splitlines()) if row[1:]}
    for name, model in MANIFEST.models.items():
        assert model.licence in rows[name][3], name
    for profile in MANIFEST.profiles:
        assert profile in rows
