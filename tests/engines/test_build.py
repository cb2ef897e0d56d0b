from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from photoshoot.captioners.efficientnet import EfficientNetCaptioner
from photoshoot.captioners.reading_captioner import ReadingCaptioner
from photoshoot.engines.build import build_captioner, build_embedded, build_matcher
from photoshoot.engines.choice import Selection
from photoshoot.engines.registry import REGISTRY
from photoshoot.errors import MissingExtraError, UnknownNameError, WeightsError, WeightsMissingError
from photoshoot.photoshoot import Photoshoot
from photoshoot.stages import reader_of
from photoshoot.translators.verbatim import VerbatimTranslator
from photoshoot.weights import load_manifest
from tests.making import draw_cutout
from tests.weights.caches import store

pytest.importorskip("transformers")

from photoshoot.captioners.sentence_captioner import BlipCaptioner, Florence2Captioner
from photoshoot.captioners.vlm import VlmCaptioner
from photoshoot.matchers.siglip import SiglipMatcher
from tests.captioners import checkpoints


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def publish(cache: Path, name: str, folder: Path) -> None:
    """Put a checkpoint into the hub's cache as the model of that name."""
    model = load_manifest().hub[name]
    store(cache, model.repo, {path.name: path.read_bytes() for path in folder.iterdir()}, revision=model.revision)


def test_names_open_the_manifests_models(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError, match="weights pull smolvlm2-500m"):
        build_captioner("smolvlm2", "cpu")
    publish(cache, "smolvlm2-500m", checkpoints.write_smolvlm(tmp_path / "smol"))
    publish(cache, "qwen3-vl-2b", checkpoints.write_qwen(tmp_path / "qwen"))
    publish(cache, "blip-large", checkpoints.write_blip(tmp_path / "blip"))
    publish(cache, "florence2-base", checkpoints.write_florence(tmp_path / "florence"))
    publish(cache, "siglip2-base", checkpoints.write_siglip(tmp_path / "siglip"))
    kinds = {"smolvlm2": VlmCaptioner, "qwen3-vl": VlmCaptioner, "blip": BlipCaptioner, "florence2": Florence2Captioner}
    assert {*kinds, "efficientnet_lite0"} == set(REGISTRY["captioner"])
    for name, kind in kinds.items():
        assert type(build_captioner(name, "cpu")) is kind
    assert type(build_matcher("siglip2", "cpu")) is SiglipMatcher


def test_a_folder_is_opened_by_its_kind(tmp_path: Path) -> None:
    writers = {checkpoints.write_blip: BlipCaptioner, checkpoints.write_qwen: VlmCaptioner}
    for index, (write, kind) in enumerate(writers.items()):
        assert type(build_captioner(write(tmp_path / str(index)), "cpu")) is kind
    assert type(build_matcher(checkpoints.write_siglip(tmp_path / "siglip"), "cpu")) is SiglipMatcher
    (tmp_path / "empty").mkdir()
    with pytest.raises(WeightsError, match="model_type"):
        build_captioner(tmp_path / "empty", "cpu")
    (tmp_path / "empty" / "config.json").write_text(json.dumps(["no", "object"]), encoding="utf-8")
    with pytest.raises(WeightsError, match="model_type"):
        build_captioner(tmp_path / "empty", "cpu")


def test_an_unknown_name_lists_the_near_ones() -> None:
    with pytest.raises(UnknownNameError, match="smolvlm2"):
        build_captioner("smolvlm", "cpu")
    with pytest.raises(UnknownNameError, match="siglip2"):
        build_matcher("siglip", "cpu")


def test_a_missing_extra_is_said_before_missing_weights(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    assert not cache.exists()
    monkeypatch.delitem(__import__("sys").modules, "photoshoot.captioners.vlm")
    monkeypatch.setitem(__import__("sys").modules, "photoshoot.captioners.forms", None)
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[diffusion\]"):
        build_captioner("qwen3-vl", "cpu")


def test_a_model_that_can_translate_does(tmp_path: Path) -> None:
    model = checkpoints.write_smolvlm(tmp_path / "smol")
    parts = build_embedded(Selection(captioner=model, device="cpu"), None)
    assert isinstance(parts.captioner, VlmCaptioner)
    assert parts.translator == parts.captioner
    shoot = Photoshoot.embedded(captioner=model, device="cpu")
    shoot.close()
    shoot.close()
    with pytest.raises(WeightsError, match="closed"):
        shoot.captioner.describe([draw_cutout()])
    embedded = build_embedded(Selection(), None)
    assert isinstance(embedded.captioner, EfficientNetCaptioner)
    assert isinstance(embedded.translator, VerbatimTranslator)


@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="rapidocr (extra ocr) is not installed")
def test_an_ending_reads_titles_or_kinds_and_kinds_go_with_the_embedded_one_alone() -> None:
    assert type(build_captioner("efficientnet_lite0+kinds", "cpu")) is EfficientNetCaptioner
    reading = build_captioner("efficientnet_lite0+ocr", "cpu")
    assert type(reading) is ReadingCaptioner
    assert type(reading.captioner) is EfficientNetCaptioner
    assert reader_of(reading) is reading.words.reader, "the gate reads pictures with it"
    assert reader_of(build_captioner("efficientnet_lite0+kinds", "cpu")) is None
    with pytest.raises(UnknownNameError, match="blip\\+kinds"):
        build_captioner("blip+kinds", "cpu")
