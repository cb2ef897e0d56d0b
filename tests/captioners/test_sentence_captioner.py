from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoshoot.captioners.sentence_captioner import BlipCaptioner, Florence2Captioner, SentenceCaptioner
from photoshoot.captioners.sentences import read_scene
from photoshoot.errors import CaptionError
from photoshoot.stages import Captioner, SceneCaptioner, Translator
from tests.making import draw_cutout

CUTOUTS = [draw_cutout(shape=shape) for shape in ("bottle", "ring")]
KINDS: dict[str, type[BlipCaptioner] | type[Florence2Captioner]] = {
    "blip": BlipCaptioner,
    "florence": Florence2Captioner,
}


@pytest.fixture(scope="module", params=KINDS)
def captioner(models: dict[str, Path], request: pytest.FixtureRequest) -> SentenceCaptioner:
    built = KINDS[request.param](models[request.param], "cpu")
    built._most_tokens = 12  # a random model does not end
    return built


def test_a_batch_of_captions_equals_its_singles(
    captioner: BlipCaptioner | Florence2Captioner, capfd: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(captioner, Captioner)
    assert not isinstance(captioner, Translator)
    both = captioner.describe(CUTOUTS)
    assert capfd.readouterr() == ("", "")
    assert [product.cutout for product in both] == CUTOUTS
    other = type(captioner)(captioner._network.folder, "cpu")
    other._most_tokens = captioner._most_tokens
    singles = [other.describe([cutout])[0] for cutout in CUTOUTS]
    assert [(p.name, p.description, p.category) for p in both] == [(p.name, p.description, p.category) for p in singles]
    assert [p.confidence for p in both] == pytest.approx([p.confidence for p in singles], abs=1e-4)
    for product in both:
        assert product.prompts == ()
        assert product.palette
        assert 0 < product.confidence < 1
        assert product.description.endswith(".")
        assert "[" not in product.description


def test_scenes_are_described_as_prompts_have_them(captioner: SentenceCaptioner) -> None:
    assert isinstance(captioner, SceneCaptioner)
    pictures = [np.full((24, 40, 3), grey, np.uint8) for grey in (20, 200)]
    both = captioner.describe_scenes(pictures)
    assert both == [captioner.describe_scenes([picture])[0] for picture in pictures]
    assert all(text and not text.endswith(".") for text in both)
    assert read_scene("The image shows a wooden table. It is old.") == "a wooden table"


def test_a_picture_is_captioned_once(captioner: SentenceCaptioner, monkeypatch: pytest.MonkeyPatch) -> None:
    first = captioner.describe(CUTOUTS)
    monkeypatch.setattr(captioner._network, "write", None)
    assert [p.name for p in captioner.describe([draw_cutout()])] == [first[0].name]


def test_an_empty_caption_is_an_error(captioner: SentenceCaptioner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captioner._network.processor.tokenizer, "batch_decode", lambda rows, **_: [" .  "] * len(rows))
    with pytest.raises(CaptionError, match="wrote no caption for drawn"):
        captioner.describe([draw_cutout(shape="square")])
