"""Prompts in another language, through the whole flow."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence

import pytest

from photoshoot import ExportSettings, Photoshoot, Product, Prompt, PromptError, Request
from photoshoot.exporters.encoders import describe_shot
from photoshoot.framing.layout import RenderKind
from photoshoot.prompts import parse_prompts
from photoshoot.request import resolve_request
from photoshoot.translators.verbatim import VerbatimTranslator

GERMAN = "auf  schwarzem Marmor"


class Dictionary:
    """A translator of one sentence, that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, texts: Sequence[str]) -> list[str]:
        self.asked += texts
        return ["on a black marble slab"] * len(texts)


def test_a_prompt_in_another_language_alone_is_to_be_translated() -> None:
    for text in (None, "", "auf schwarzem Marmor", GERMAN):
        prompt = Prompt.custom(text, GERMAN)
        assert prompt.is_native
        assert prompt.text == "auf schwarzem Marmor"
        assert prompt.native_language_prompt == GERMAN, "kept as given"
    assert not Prompt.custom("on a black marble slab", GERMAN).is_native
    assert not Prompt.custom("on a black marble slab").is_native
    for text, native in ((None, None), ("", ""), (" ", "  ")):
        with pytest.raises(PromptError):
            Prompt.custom(text, native)
    (read,) = parse_prompts(json.dumps([{"tag": "custom", "prompt": None, "nativeLanguagePrompt": GERMAN}]))
    assert read.is_native
    assert read.to_api() == {"tag": "custom", "prompt": "auf schwarzem Marmor", "nativeLanguagePrompt": GERMAN}


def test_only_what_has_no_english_text_is_translated(bottle: Product) -> None:
    prompts = [
        Prompt.custom("on an oak table", "auf Eiche"),
        Prompt.custom("", GERMAN),
        Prompt.preset("white_background"),
        Prompt.custom("in a garden"),
    ]
    dictionary = Dictionary()
    request = resolve_request(Request(prompts=prompts), bottle, dictionary)
    assert dictionary.asked == ["auf schwarzem Marmor"]
    done = request.prompts
    assert [prompt.text for prompt in done] == ["on an oak table", "on a black marble slab", None, "in a garden"]
    assert [prompt.native_language_prompt for prompt in done] == ["auf Eiche", GERMAN, None, None]
    plain = resolve_request(Request(prompts="on an oak table"), bottle, dictionary)
    assert (plain.prompts, dictionary.asked) == ((Prompt.custom("on an oak table"),), ["auf schwarzem Marmor"])


def test_the_embedded_parts_leave_it_as_it_is_and_tell_it(shoot: Photoshoot, bottle: Product) -> None:
    assert isinstance(shoot.translator, VerbatimTranslator)
    (shot,) = shoot.generate(
        bottle,
        prompts=[Prompt.custom("", GERMAN)],
        render_kind=RenderKind.MEDIUM_BANNER,
        safe_margin=False,
        seed=3,
    )
    assert shot.scene.text == "auf schwarzem Marmor"
    assert shot.scene.native_text == GERMAN
    assert json.loads(describe_shot(shot, ExportSettings()).record)["native_prompt"] == GERMAN


def test_a_translator_reaches_the_scene(shoot: Photoshoot, bottle: Product) -> None:
    parts = {
        name: getattr(shoot, name)
        for name in ("segmenter", "captioner", "recommender", "placer", "exporter", "presets", "limits")
    }
    translating = Photoshoot(**parts, translator=Dictionary())
    (shot,) = translating.generate(
        bottle,
        prompts=[Prompt.custom("", GERMAN)],
        render_kind=RenderKind.MEDIUM_BANNER,
        safe_margin=False,
        seed=3,
    )
    assert shot.scene.text == "on a black marble slab"
    assert "marble" in shot.scene.reading
    assert shot.scene.native_text == GERMAN
    assert dataclasses.replace(shot.scene, native_text=None) != shot.scene
