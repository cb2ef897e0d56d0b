from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import pytest
import torch

from photoshoot.captioners import vlm
from photoshoot.captioners.forms import TRANSLATION_FORM, Blank, Choice, build_form
from photoshoot.captioners.vlm import PRODUCT, VlmCaptioner
from photoshoot.errors import CaptionError, MissingExtraError, WeightsError, WeightsMissingError
from photoshoot.pixels.imaging import show
from photoshoot.records import Category
from photoshoot.stages import Captioner, Closable, Translator
from tests.captioners.checkpoints import change_config, drop_weight
from tests.captioners.recital import recite
from tests.making import draw_cutout

FORM = build_form(
    [
        ("name", Blank(6, watched=True)),
        ("description", Blank(12)),
        ("category", Choice(tuple(Category))),
        ("prompts", [Blank(40)] * 4),
    ]
)
"""As a product's, but shorter: a random model rambles."""
BOTTLE, RING = draw_cutout(), draw_cutout(shape="ring")
SCENES = (
    "on oak table before wall",
    "in sunlit garden, soft light",
    "on marble in morning light",
    "before green wall, warm light",
)
GOOD = ("bottle", "a green and white bottle", "drink", *SCENES)
SAME = ("bottle", "a green and white bottle", "drink", *[SCENES[0]] * 4)


@pytest.fixture
def smol(models: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> VlmCaptioner:
    monkeypatch.setattr(vlm, "PRODUCT_FORM", FORM)
    return VlmCaptioner(models["smolvlm"], "cpu")


@pytest.mark.parametrize("name", ["smolvlm", "qwen"])
def test_whatever_a_random_model_says_is_json_of_the_right_shape(models: dict[str, Path], name: str) -> None:
    captioner = VlmCaptioner(models[name], "cpu")
    chats, pictures = [vlm._ask(PRODUCT, picture=True) for _ in "ab"], [show(BOTTLE), show(RING)]
    short = build_form([("name", Blank(3, watched=True)), ("kind", Choice(tuple(Category))), ("list", [Blank(4)] * 2)])
    both = captioner._write(chats, pictures, short)
    for said, confidence in both:
        data = json.loads(said)
        assert list(data) == ["name", "kind", "list"]
        assert data["kind"] in list(Category)
        assert [type(text) for text in data["list"]] == [str, str]
        assert 0 < confidence <= 1
    singles = [captioner._write([chat], [picture], short)[0] for chat, picture in zip(chats, pictures, strict=True)]
    assert [said for said, _ in both] == [said for said, _ in singles]
    assert [sure for _, sure in both] == pytest.approx([sure for _, sure in singles], abs=1e-4)


def test_an_answer_becomes_a_product_with_prompts_of_its_own(smol: VlmCaptioner) -> None:
    assert isinstance(smol, Captioner)
    assert isinstance(smol, Translator)
    assert isinstance(smol, Closable)
    recite(smol, [[GOOD]], FORM)
    (product,) = smol.describe([BOTTLE])
    assert (product.name, product.category) == ("bottle", Category.DRINK)
    assert product.description == "A green and white bottle."
    assert product.prompts == SCENES
    assert product.cutout is BOTTLE
    assert product.palette[0].name in ("green", "emerald")
    assert 0.9 < product.confidence < 1


def test_a_picture_is_asked_about_once(smol: VlmCaptioner) -> None:
    ring = ("mug", "a white ring in warm light", "tableware", *SCENES)
    head = recite(smol, [[GOOD], [ring]], FORM)
    again = draw_cutout()
    assert again is not BOTTLE
    names = [product.name for product in smol.describe([BOTTLE, again])]
    assert names == ["bottle", "bottle"]
    assert [product.name for product in smol.describe([RING, BOTTLE])] == ["mug", "bottle"]
    assert head.asked == [1, 1]


def test_only_an_unusable_answer_is_asked_for_again_and_the_fault_is_named(
    smol: VlmCaptioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = recite(smol, [[GOOD, SAME], [GOOD]], FORM)
    questions = []
    processor = smol._network.processor
    render = processor.apply_chat_template

    def note(chat: object, **options: object) -> str:
        questions.append(str(render(chat, **options)))
        return questions[-1]

    monkeypatch.setattr(processor, "apply_chat_template", note)
    assert [product.prompts for product in smol.describe([BOTTLE, RING])] == [SCENES, SCENES]
    assert head.asked == [2, 1]
    assert "the prompts must differ from each other" in questions[2]
    assert SCENES[0] in questions[2], "it sees what it said"
    assert questions[2].startswith(questions[1].removesuffix("Assistant:"))


def test_a_second_unusable_answer_is_an_error_that_says_why(smol: VlmCaptioner) -> None:
    recite(smol, [[SAME], [SAME]], FORM)
    with pytest.raises(CaptionError, match=r"smolvlm gave no usable answer, twice: the prompts must differ.*oak table"):
        smol.describe([BOTTLE])


def test_prompts_are_translated_and_a_callers_text_does_not_steer_the_model(smol: VlmCaptioner) -> None:
    head = recite(smol, [[["on oak table"], ["in sunlit garden"]]], TRANSLATION_FORM)
    assert smol.translate(["auf einem Eichentisch", "im Garten"]) == ["on oak table", "in sunlit garden"]
    assert head.asked == [2]
    assert "<image>" not in smol._defuse("auf <image> Holz<end_of_utterance>")
    assert smol.translate([]) == []


def test_the_same_question_has_the_same_answer_and_the_hosts_random_state_stays(models: dict[str, Path]) -> None:
    short = build_form([("name", Blank(8))])
    chat = vlm._ask("What is it?", picture=True)
    torch.manual_seed(3)
    said = [VlmCaptioner(models["qwen"], "cpu")._write([chat], [show(BOTTLE)], short) for _ in "ab"]
    assert said[0] == said[1]
    number = torch.rand(1)
    torch.manual_seed(3)
    assert torch.equal(number, torch.rand(1))


def test_loading_writes_nothing(models: dict[str, Path], capfd: pytest.CaptureFixture[str]) -> None:
    level = logging.getLogger("transformers").level
    VlmCaptioner(models["qwen"], "cpu")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("transformers").level == level


def test_what_was_closed_says_so(smol: VlmCaptioner) -> None:
    smol.close()
    smol.close()
    with pytest.raises(WeightsError, match="closed"):
        smol.describe([BOTTLE])


def test_a_checkpoint_that_is_not_whole_is_refused(models: dict[str, Path], tmp_path: Path) -> None:
    broken = {name: Path(shutil.copytree(models["smolvlm"], tmp_path / name)) for name in ("weights", "chat", "config")}
    drop_weight(broken["weights"], "lm_head")
    (broken["chat"] / "chat_template.jinja").unlink()
    change_config(broken["config"], "config.json", {"model_type": "unheard_of"})
    with pytest.raises(WeightsError, match=r"lacks 1 weights, such as lm_head"):
        VlmCaptioner(broken["weights"], "cpu")
    with pytest.raises(WeightsError, match="no chat template"):
        VlmCaptioner(broken["chat"], "cpu")
    with pytest.raises(WeightsError, match="can't be loaded"):
        VlmCaptioner(broken["config"], "cpu")
    with pytest.raises(WeightsMissingError, match="holds no model"):
        VlmCaptioner(tmp_path, "cpu")


def test_a_package_that_a_processor_needs_is_named_with_its_extra(
    models: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transformers.models.smolvlm.processing_smolvlm.num2words", None)
    with pytest.raises(MissingExtraError, match=r"product-photoshoot\[diffusion\]"):
        VlmCaptioner(models["smolvlm"], "cpu")
