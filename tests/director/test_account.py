"""Every word of a prompt is told once: shown, stood in for, not shown, absent, or no request."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoshoot.color.space import NAMED_COLORS
from photoshoot.director.languages.lexicons import load_lexicons
from photoshoot.director.languages.translation import split_text
from photoshoot.director.words.tokens import split_tokens
from photoshoot.director.words.vocabulary import load_vocabulary
from photoshoot.sets import set_name
from tests.director.reading import read
from tests.sweeps import examples

_KNOWN = sorted(" ".join(phrase) for phrase in load_vocabulary().phrases)
_UNKNOWN = ("zorbles", "Quuxfass", "größel", "хмыркт", "ぐにゃ", "مزغب", "#1f7a5c", "x9", "dahlias")
_JOINTS = ("with", "and", ",", "no", "on", "-", "🌴", "mit", "sans", ".")


@cache
def _foreign() -> dict[str, list[str]]:
    """Words of each language."""
    return {
        code: sorted({word for word in (*lexicon.whole, *lexicon.stems) if word.isalpha()})
        for code, lexicon in load_lexicons().items()
    }


def _words(text: str) -> list[str]:
    return [token for token in split_text(text) if any(char.isalnum() for char in token)]


def _letters(text: str) -> str:
    return "".join(word for word, _ in split_tokens(re.sub(r"[^\w#]", " ", text))).casefold()


@st.composite
def prompts(draw: st.DrawFn) -> str:
    own = _foreign()[draw(st.sampled_from(sorted(_foreign())))]
    words = st.sampled_from(_KNOWN) | st.sampled_from(own) | st.sampled_from(_UNKNOWN) | st.sampled_from(_JOINTS)
    return " ".join(draw(st.lists(words, min_size=1, max_size=9)))


@settings(max_examples=examples(150))
@given(text=prompts())
def test_no_word_of_a_prompt_vanishes(text: str) -> None:
    direction = read(text)
    pieces = dict.fromkeys(entry.written for entry in direction.account)
    told = _letters(" ".join(pieces))
    assert all(_letters(word) in told for word in _words(text)), text
    assert len(direction.wording.origins) == len(split_tokens(direction.wording.text)), text


def test_a_sound_of_two_kana_is_no_word_and_the_next_s_beginning() -> None:
    assert [(entry.written, entry.fate) for entry in read("ぐにゃ ありません").account][1:] == [("ぐにゃ", "shown")]
    assert "ぐにゅー" in read("木の上でぐにゅーと").wording.pieces


@pytest.mark.parametrize("text", ["on oak ករហម 2 level កនតរក ករហម block", "on oak ករហម 2 level ករហម កនតរក block"])
def test_a_foreign_word_that_is_in_a_longer_run_too_is_told_once_each(text: str) -> None:
    direction = read(text)
    assert len(direction.wording.origins) == len(split_tokens(direction.wording.text))


@settings(max_examples=examples(150))
@given(text=prompts())
def test_what_is_not_shown_is_told_in_words(text: str) -> None:
    direction = read(text)
    told = _letters(" ".join(direction.unread))
    for entry in direction.account:
        if entry.fate == "not shown":
            assert _letters(entry.english) in told, text
        if entry.fate == "stood in for":
            assert f"shown as {entry.shown_as}" in direction.reading
        if entry.fate == "absent":
            assert direction.absent


def test_the_account_of_a_prompt_is_in_the_words_of_its_language() -> None:
    fates = {entry.written: entry.fate for entry in read("auf Marmor mit Zitronen und Schrauben, keine Kerzen").account}
    assert (fates["Marmor"], fates["Zitronen"], fates["Schrauben"]) == ("shown", "shown", "not shown")
    assert (fates["auf"], fates["keine"], fates["Kerzen"]) == ("no request", "no request", "shown")


def test_what_stands_in_is_accounted_for() -> None:
    entry = next(entry for entry in read("orchids on oak").account if entry.written == "orchids")
    assert (entry.fate, entry.shown_as) == ("stood in for", "roses")


def test_a_word_that_english_writes_as_several_is_told_whole() -> None:
    direction = read("3d panel akryl aksamitniky perlet")
    assert direction.unread == ("akryl aksamitniky perlet (acrylic marigolds mother of pearl)",)
    assert direction.account[-1].english == "mother of pearl"


@pytest.mark.parametrize(("text", "told"), [("auf einer Eichenwiege", "wiege"), ("op een houtklamp", "klamp")])
def test_a_compounds_unknown_part_is_told(text: str, told: str) -> None:
    assert told in " ".join(read(text).unread)


@pytest.mark.parametrize(
    ("text", "prop", "unread"),
    [("marble 🍋", "citrus", ()), ("🌷🌷 on oak ❤️", "tulips", ()), ("on slate 🦚", "none", ("peacock (animals)",))],
)
def test_emoji_are_words(text: str, prop: str, unread: tuple[str, ...]) -> None:
    direction = read(text)
    assert vars(direction.design)["props"] == prop
    assert direction.unread == unread


def test_adjectives_of_seasons_are_those_seasons() -> None:
    assert read("Winterstimmung auf Holz").design == read("Winter, Holz").design
    assert read("winterliche Stimmung auf Holz").design.light == read("Winter, Stimmung auf Holz").design.light


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("white shelf with ceramic zorbles", "ceramic zorbles"),
        ("water with sun rays and coral", "coral"),
        ("background for candles", "candles"),
        ("brass and emerald velvet", "brass"),
    ],
)
def test_what_is_of_something_else_is_told(text: str, told: str) -> None:
    assert told in " ".join(read(text).unread)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a stone bridge over a river", "location"),
        ("on a mossy log next to a stream", "location"),
        ("podium with velvet curtains", "tabletop"),
        ("a garden table in dappled light", "garden"),
        ("on an oak table with a garden behind", "garden"),
    ],
)
def test_what_stands_by_a_place_is_not_the_place(text: str, name: str) -> None:
    assert set_name(read(text).design) == name


@pytest.mark.parametrize(
    "text",
    [
        "白い大理石、花なし",
        "나무 테이블, 꽃 없이",
        "çiçeksiz mermer masa",
        "फूलों के बिना संगमरमर",
        "fa asztal virág nélkül",
    ],
)
def test_negations_that_follow_their_nouns_are_heard(text: str) -> None:
    direction = read(text)
    assert vars(direction.design)["props"] == "none"
    assert direction.unread == ()


def test_a_no_ends_with_what_it_is_said_of() -> None:
    direction = read("no flowers white marble")
    assert vars(direction.design)["surface_color"] == NAMED_COLORS["white"]
    assert read("no flowers or candles, oak").unread == ()
    assert read("no wood, white stone").unread == ()
    assert "wood" in " ".join(read("oak table, no wood").unread)


def test_grass_dyes_no_kitchen() -> None:
    plain, grassy = (vars(read(text).design) for text in ("in a kitchen", "in a kitchen with grass"))
    assert plain["counter_color"] == grassy["counter_color"]


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("by the pool with a cocktail and lime", "beside", "citrus"),
        ("in the snow with berries and pine cones", "ground", "snow"),
        ("neon lights on a brick wall", "colors", ("#ff2a9a", "#2a7bff")),
        ("under a denim cloth", "color", "#4f6c8f"),
    ],
)
def test_words_have_the_sense_that_their_neighbours_give(text: str, part: str, value: object) -> None:
    assert vars(read(text).design)[part] == value


def test_a_desert_by_moonlight_has_a_night_sky() -> None:
    assert vars(read("moonlit desert").design)["sky_colors"] == vars(read("desert at night").design)["sky_colors"]


def test_clouds_are_not_a_plain_backdrop() -> None:
    direction = read("blue background with clouds")
    shown = vars(direction.design)
    assert shown.get("place") == "sky" or shown.get("ground") == "clouds" or "clouds" in " ".join(direction.unread)


@pytest.mark.parametrize(
    ("text", "told"),
    [("kitchen oven, multicolored", "multicolored"), ("in a winter garden, seamless backdrop", "seamless backdrop")],
)
def test_what_a_set_has_not_is_no_part_of_it(text: str, told: str) -> None:
    assert told in " ".join(read(text).unread)
    assert read("a seamless backdrop in vivid pink").unread == ()


def test_sand_at_the_sea_is_a_beach_whatever_joins_them() -> None:
    assert {set_name(read(f"on sand {joint} the sea").design) for joint in ("near", "by", "overlooking")} == {"beach"}


def test_a_place_that_is_half_of_an_unknown_word_is_none() -> None:
    assert set_name(read("strandhuis met wit hout").design) != "beach"
    assert "strandhuis" in " ".join(read("strandhuis met wit hout").unread)


def test_a_neon_lamps_colour_is_its_own_in_languages_where_it_follows() -> None:
    assert vars(read("fundo preto com luz neon azul").design) == vars(read("black background, neon blue light").design)


def test_unknown_things_of_gold_gild_no_backdrop() -> None:
    assert vars(read("emerald, gold zorbles").design)["colors"] == (NAMED_COLORS["emerald"],)


def test_balloons_dye_no_twigs() -> None:
    design = vars(read("pine branches and red balloons on a birthday").design)
    assert (design["air"], design["props"], design["also"][0]) == ("balloons", "none", "pine")
    assert design["prop_colors"] == (NAMED_COLORS["red"],)
    assert read("pine branches and red balloons on a birthday").unread == ()


def test_a_podium_of_concrete_is_as_grey() -> None:
    assert vars(read("a concrete plinth").design)["podium_color"] == "#a5a4a1"
