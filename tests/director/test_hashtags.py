"""Hashtags are read as the words that they are made of."""

from __future__ import annotations

import pytest

from photoshoot.director import direct
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.presets import PresetRegistry

REGISTRY = PresetRegistry.load()


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("zorble on a beach #goldenhourvibes", "zorble on a beach, golden hour vibes"),
        ("zorble on wood #CozyAutumn #handmade", "zorble on wood, Cozy Autumn, handmade"),
        ("#blackfridaysale zorble on stone", "black friday sale, zorble on stone"),
        ("zorble on #marble", "zorble on marble"),
        ("zorble on marble #ff0000", "zorble on marble #ff0000"),
        ("zorble #xqzvwkjplmtrbn on oak", "zorble xqzvwkjplmtrbn on oak"),
        ("#sommerlook sonnenbrille am strand", "summer , sunglasses on beach"),
        ("su un tavolo di legno #lucecalda", "on wood table , warm light"),
        ("sur une table en bois #lumieredouce #merveilleux", "on wood table , soft light , merveilleux"),
        ("sobre una mesa #hojasdeotoño #portachiavi", "on table , autumn leaves , portachiavi"),
        ("на деревянном столе #осенниелистья", "on wood table , autumn leaves"),
        ("ahşap masa üzerinde #yumuşakışık", "on wood table , soft light"),
        ("#weihnachtsgeschenk auf holztisch mit tannenzweigen", "christmas gifts , on wood table with pine branches"),
    ],
)
def test_hashtags_are_words(text: str, english: str) -> None:
    assert " ".join(word_prompt(text, load_vocabulary()).text.split()).replace(" ,", ",") == english.replace(" ,", ",")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("parfum sur marbre blanc #été", "parfum sur marbre blanc"),
        ("#blackfriday saat siyah deri üzerinde", "saat siyah deri üzerinde"),
        ("perfume sobre mármol negro #rebajas #nuevacoleccion", "perfume sobre mármol negro"),
    ],
)
def test_hashtags_around_a_prompt_change_no_material(text: str, plain: str) -> None:
    tagged, bare = (vars(direct(prompt, REGISTRY, None).design) for prompt in (text, plain))
    assert (tagged.get("material"), tagged.get("surface_color")) == (bare.get("material"), bare.get("surface_color"))
