"""Shadows of what is outside the picture fall only where a prompt's words ask for them."""

from __future__ import annotations

import pytest

from photoshoot.director import direct
from photoshoot.director.words.vocabulary import Term, load_vocabulary
from photoshoot.presets import PresetRegistry
from photoshoot.sets import hold, set_name
from photoshoot.settings import Stance

REGISTRY = PresetRegistry.load()


def gobos(text: str) -> set[str]:
    """What throws shadows in a prompt's set, however its product is held."""
    design = direct(text, REGISTRY, None).design
    return {getattr(hold(design, stance), "gobo", "none") for stance in Stance}


def named(term: Term) -> set[object]:
    return {params["gobo"] for params in term.params.values() if "gobo" in params}


def test_no_word_but_their_own_brings_blinds() -> None:
    terms = {id(term): (phrase, term) for phrase, term in load_vocabulary().phrases.items()}
    unasked = [
        phrase for phrase, term in terms.values() if "blinds" not in named(term) and "blinds" in gobos(" ".join(phrase))
    ]
    assert not unasked


@pytest.mark.parametrize(
    "text", ["white brick wall", "pink stucco wall, soft light", "in a tatami room", "a plain sunny wall"]
)
def test_a_wall_without_a_window_has_no_shadows(text: str) -> None:
    assert gobos(text) == {"none"}


@pytest.mark.parametrize(
    ("text", "gobo"),
    [
        ("sunbeams on a stucco wall", "panes"),
        ("sunbeams through shutters", "blinds"),
        ("shutters on a brick wall, sun rays", "blinds"),
        ("a brick wall with fern shadows, shafts of light", "leaves"),
        ("window shadows on a brick wall", "panes"),
        ("a brick wall with window shadows", "panes"),
    ],
)
def test_the_more_telling_word_says_what_light_comes_through(text: str, gobo: str) -> None:
    direction = direct(text, REGISTRY, None)
    assert vars(direction.design)["gobo"] == gobo
    assert direction.unread == ()


@pytest.mark.parametrize("way", ["hanging on", "hung on", "hangs on"])
def test_what_hangs_does_so_whatever_throws_shadows_there(way: str) -> None:
    terms = {id(term): " ".join(phrase) for phrase, term in load_vocabulary().phrases.items() if named(term)}
    shadows = [phrase for phrase in terms.values() if "shadow" in phrase]
    assert len(shadows) >= 3
    for phrase in shadows:
        assert set_name(direct(f"{way} a pink wall, {phrase}", REGISTRY, None).design) == "hanging_wall", phrase
        assert set_name(direct(f"a pink wall, {phrase}", REGISTRY, None).design) != "hanging_wall", phrase


_CATCHING = {
    "tabletop": ("on an oak table", "a marble table", "on a white table"),
    "podium": ("pink podium", "on a stone podium"),
    "counter": ("kitchen counter", "bathroom counter"),
    "desk": ("on a wooden desk",),
    "vanity": ("on a vanity table",),
    "bed": ("on a bed",),
    "lab": ("on a lab bench",),
    "drapery": ("on silk",),
}


@pytest.mark.parametrize(
    ("shadows", "gobo"),
    [
        ("sunlight through blinds", "blinds"),
        ("venetian blind shadows", "blinds"),
        ("dappled leaf shadows", "leaves"),
        ("palm frond shadows", "leaves"),
        ("window light shadow", "panes"),
        ("sunlight streaming through a window", "panes"),
    ],
)
@pytest.mark.parametrize("kind", _CATCHING)
def test_any_set_with_a_key_light_takes_shadows_from_outside(kind: str, shadows: str, gobo: str) -> None:
    for place in _CATCHING[kind]:
        direction = direct(f"{place}, {shadows}", REGISTRY, None)
        assert set_name(direction.design) == kind, direction.reading
        assert direction.design.light.gobo == gobo
        assert not direction.unread, direction.reading


@pytest.mark.parametrize(
    ("text", "gobo"),
    [
        ("Holztisch mit Blätterschatten", "leaves"),
        ("weißer Tisch, Schatten des Fensters", "panes"),
        ("table en bois, ombres de feuilles", "leaves"),
        ("table en marbre, ombre d'une fenêtre", "panes"),
        ("mesa de madera con sombras de persianas", "blinds"),
        ("tavolo di legno, ombra di finestra", "panes"),
        ("mesa de mármore com sombras de folhas", "leaves"),
        ("houten tafel, schaduw van jaloezieën", "blinds"),
        ("träbord, skuggor av löv", "leaves"),
        ("stolik drewniany, cień okna", "panes"),
        ("деревянный стол с тенью листьев", "leaves"),
        ("белый подиум, тени от окна", "panes"),
        ("ahşap masa, pencere gölgesi", "panes"),
        ("木のテーブル、窓の影", "panes"),
        ("大理石桌面，百叶窗的影子", "blinds"),
        ("나무 테이블, 창문 그림자", "panes"),
        ("طاولة خشبية، ظلال النافذة", "panes"),
        ("लकड़ी की मेज, खिड़की की छाया", "panes"),
        ("dřevěný stůl, stíny listí", "leaves"),
        ("дерев'яний стіл, тіні від вікна", "panes"),
        ("træbord, skygge fra vinduet", "panes"),
        ("bàn gỗ, bóng cửa sổ", "panes"),
        ("meja kayu, bayangan jendela", "panes"),
        ("ξύλινο τραπέζι, σκιές φύλλων", "leaves"),
        ("fa asztal, redőny árnyéka", "blinds"),
        ("puupöytä, ikkunan varjot", "panes"),
        ("masă de lemn, umbre de frunze", "leaves"),
        ("โต๊ะไม้ เงาหน้าต่าง", "panes"),
    ],
)
def test_shadows_are_asked_for_in_any_language(text: str, gobo: str) -> None:
    direction = direct(text, REGISTRY, None)
    assert direction.design.light.gobo == gobo, direction.reading
    assert set_name(direction.design) not in ("window_room", "hanging_wall"), direction.reading


@pytest.mark.parametrize("text", ["glossy black floor with leaf shadows", "neon room, blinds shadows"])
def test_a_set_that_catches_no_shadows_says_so(text: str) -> None:
    assert any("shadows" in phrase for phrase in direct(text, REGISTRY, None).unread)


def test_a_colour_of_what_only_throws_its_shadow_is_told() -> None:
    assert "red" in " ".join(direct("on an oak table, red shutters", REGISTRY, None).unread)


@pytest.mark.parametrize(
    ("text", "gobo"),
    [
        ("two terracotta cylinders against a wall, long afternoon shadow of a palm leaf", "leaves"),
        ("marble table, shadow cast by a window", "panes"),
        ("the shadow of the window falls across a linen table", "panes"),
        ("a plinth with the soft shadow of a fern on the wall behind", "leaves"),
        ("shadows cast by palm fronds over a stone slab", "leaves"),
        ("a monstera leaf casting a shadow on a pink wall", "leaves"),
        ("podium blanc, ombre d'une feuille de palmier", "leaves"),
        ("weißes Podest mit dem Schatten eines Palmblatts", "leaves"),
        ("стол, тень от листьев пальмы", "leaves"),
    ],
)
def test_what_is_named_for_its_shadow_is_its_shadow(text: str, gobo: str) -> None:
    design = direct(text, REGISTRY, None).design
    assert design.light.gobo == gobo
    assert getattr(design, "props", "none") == "none"


@pytest.mark.parametrize(
    "text",
    [
        "palm leaves and soft shadows on a podium",
        "a podium, shadows and palm leaves",
        "a lamp casting a shadow on a table",
    ],
)
def test_what_stands_beside_shadows_throws_none_of_its_own_shape(text: str) -> None:
    assert direct(text, REGISTRY, None).design.light.gobo == "none"


@pytest.mark.parametrize(
    "text", ["shadow of a palm leaf casting a shadow on a wall", "soft shadows of ferns throwing shadows on a podium"]
)
def test_two_shadows_may_be_of_one_leaf(text: str) -> None:
    assert direct(text, REGISTRY, None).design.light.gobo == "leaves"


def test_how_a_shadow_is_said_to_be_counts_where_words_part_both() -> None:
    long, plain = (
        direct(f"a podium, {how} afternoon shadow of a leaf", REGISTRY, None).design for how in ("long", "an")
    )
    assert long.light.elevation_deg < 25 < plain.light.elevation_deg


@pytest.mark.parametrize("beams", ["rays of light", "sunbeams", "god rays", "light streaming"])
@pytest.mark.parametrize("foliage", ["through the trees", "filtering through green leaves", "between tall branches"])
def test_light_that_falls_through_leaves_is_dappled(beams: str, foliage: str) -> None:
    direction = direct(f"on a mossy rock, {beams} {foliage}", REGISTRY, None)
    assert direction.design.light.gobo == "leaves"
    assert not {"trees", "leaves", "branches"}.intersection(direction.unread)


@pytest.mark.parametrize(
    "beams", ["sunbeams through a window, green leaves", "light streaming through a window, tall trees outside"]
)
def test_light_that_falls_through_anything_else_is_not(beams: str) -> None:
    assert direct(f"on a wooden table, {beams}", REGISTRY, None).design.light.gobo == "panes"


def test_a_forest_that_light_falls_through_is_the_place() -> None:
    design = direct("god rays through a forest canopy", REGISTRY, None).design
    assert (set_name(design), getattr(design, "place", None)) == ("location", "forest")


@pytest.mark.parametrize("behind", ["a bookcase behind", "in a library", "in front of bookshelves"])
def test_a_desk_before_books_is_a_table_before_shelves(behind: str) -> None:
    design = direct(f"on a desk, {behind}", REGISTRY, None).design
    assert getattr(design, "backdrop", None) == "books"
