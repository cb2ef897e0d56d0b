"""Roses are flowers where they are spoken of as things, and pink where they are a wall's colour."""

from __future__ import annotations

import pytest

from photoshoot.director import direct
from photoshoot.director.languages.lexicons import load_lexicons
from photoshoot.director.languages.things_or_colors import load_things
from photoshoot.director.wording import word_prompt
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.presets import PresetRegistry

REGISTRY = PresetRegistry.load()


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("avec des roses sur du marbre", "roses"),
        ("quelques belles roses rouges", "roses"),
        ("une rose rouge sur le marbre", "roses"),
        ("rosas y velas", "roses"),
        ("con una rosa en la mesa", "roses"),
        ("com rosas vermelhas e fundo escuro", "roses"),
        ("rose rosse su marmo", "roses"),
        ("con viole e foglie", "violets"),
        ("zwei Rosen neben der Flasche", "roses"),
        ("drei Orangen auf Holz", "oranges"),
        ("l'orange coupée sur une table", "oranges"),
        ("brins de lavande sur une table en bois", "lavender sprigs"),
        ("Lavendel auf einem Holztisch", "lavender sprigs"),
        ("tres naranjas en la mesa", "oranges"),
        ("pesche e lino bianco", "peaches"),
    ],
)
def test_what_is_counted_or_has_an_article_is_a_thing(text: str, thing: str) -> None:
    assert thing in word_prompt(text, load_vocabulary()).text


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("un mur rose", "pink"),
        ("murs roses", "pink"),
        ("fleurs roses et blanches", "pink"),
        ("flores blancas y rosas", "pink"),
        ("paredes rosas", "pink"),
        ("parete rosa", "pink"),
        ("rosa Wand", "pink"),
        ("fond lavande", "lavender"),
        ("Lavendel Hintergrund", "lavender"),
        ("orange Wand", "orange"),
        ("fondo naranja", "orange"),
        ("couleur pêche, lumière douce", "peach"),
        ("sfondo viola", "purple"),
    ],
)
def test_what_follows_its_noun_or_leads_it_in_german_is_a_colour(text: str, color: str) -> None:
    english = word_prompt(text, load_vocabulary()).text.split()
    assert color in english
    assert not {"roses", "oranges", "violets", "peaches", "sprigs"} & set(english)


def test_every_thing_is_known_to_the_director() -> None:
    things = load_things()
    assert set(things) <= set(load_lexicons())
    meant = {english for words in things.values() for english in (*words.plain.values(), *words.counted.values())}
    for english in sorted(meant):
        assert direct(english, REGISTRY, None).understood, english


def test_what_is_in_the_air_is_no_unread_thing() -> None:
    direction = direct("confetti and balloons on a birthday table", REGISTRY, None)
    assert vars(direction.design)["air"] == "balloons"
    assert direction.unread == ()


def test_words_that_only_join_others_tell_no_language() -> None:
    assert word_prompt("na lesenem s vejami bora", load_vocabulary()).translation is None


@pytest.mark.parametrize(
    ("prompt", "props", "unread"),
    [
        ("on marble with lemons and mint", "citrus", ()),  # no green lemons
        ("on marble with lemons and mint leaves", "citrus", ()),
        ("on marble with lemons, mint and ice", "ice", ()),
        ("sobre una mesa de mármol con limones y menta", "citrus", ()),
        ("roses and a mint wall on oak wood", "flowers", ()),
        ("on marble with roses and gold", "flowers", ()),
    ],
)
def test_a_plant_at_the_end_of_a_list_of_things_is_no_colour(prompt: str, props: str, unread: tuple[str, ...]) -> None:
    direction = direct(prompt, REGISTRY, None)
    assert (vars(direction.design)["props"], direction.unread) == (props, unread)
