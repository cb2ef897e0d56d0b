from __future__ import annotations

import dataclasses
import datetime
import itertools
import json
from collections import Counter
from pathlib import Path

import pytest

from photoshoot.captioners.nouns import NounTree
from photoshoot.errors import PresetError, SettingsError
from photoshoot.files import find_data
from photoshoot.framing.holding import Holding
from photoshoot.presets import Preset, PresetRegistry
from photoshoot.recommenders.affinities import load_affinities
from photoshoot.recommenders.affinity import AffinityRecommender
from photoshoot.records import Category
from photoshoot.sets import set_name
from photoshoot.sets.counter import Counter as CounterSet
from photoshoot.stages import Recommender
from tests.measures import count_calls
from tests.recommenders.making import colored_product

REGISTRY = PresetRegistry.load()
RECOMMENDER = AffinityRecommender(REGISTRY)
WHITE, BLUE, BLACK = "#f8f8f7", "#1f5fd6", "#111111"


def test_it_is_a_recommender() -> None:
    assert isinstance(RECOMMENDER, Recommender)
    assert RECOMMENDER.recommend([]) == []


@pytest.mark.parametrize("category", Category)
def test_six_known_presets_and_four_prompts(category: Category) -> None:
    found = RECOMMENDER.recommend([colored_product(BLUE, WHITE, category=category)])[0]
    assert len(set(found.preset_ids)) == 6
    assert all(name in REGISTRY for name in found.preset_ids)
    assert len(set(found.prompts)) == 4


@pytest.mark.parametrize("category", Category)
def test_a_white_product_is_not_led_by_a_white_preset(category: Category) -> None:
    scores = RECOMMENDER.explain(colored_product(WHITE, category=category))
    assert scores[0].preset_id != "white_background"
    assert scores[0].contrast > 0.3, scores[0]


def test_a_black_product_is_not_led_by_a_black_preset() -> None:
    assert RECOMMENDER.explain(colored_product(BLACK, category=Category.ELECTRONICS))[0].contrast > 0.3


def test_the_christmas_preset_leads_near_its_date_only() -> None:
    product = colored_product("#1f5a34", category=Category.DRINK)
    dates = {None: False, datetime.date(2025, 12, 18): True, datetime.date(2025, 7, 1): False}
    for date, leads in dates.items():
        found = RECOMMENDER.recommend([product], date=date)[0].preset_ids
        assert ("christmas" in found[0]) is leads, (date, found)
        holidays = [name for name in found if "holiday" in REGISTRY.get(name).tags]
        assert bool(holidays) is leads, (date, found)


def test_recommendations_do_not_change_and_do_not_depend_on_neighbours() -> None:
    products = [colored_product(BLUE, digest="a"), colored_product(WHITE, category=Category.BOOK, digest="b")]
    both = RECOMMENDER.recommend(products)
    singles = [RECOMMENDER.recommend([product])[0] for product in products]
    assert [(r.prompts, r.preset_ids) for r in both] == [(r.prompts, r.preset_ids) for r in singles]


def test_categories_get_different_presets() -> None:
    leads = {RECOMMENDER.explain(colored_product(BLUE, category=category))[0].preset_id for category in Category}
    assert len(leads) >= 4


COLORS = {"blue": (BLUE, WHITE), "white": (WHITE,), "black": (BLACK,), "red": ("#d2202f",), "brown": ("#7a4a2b",)}


def sets_of(colors: tuple[str, ...], category: Category) -> list[str]:
    found = RECOMMENDER.recommend([colored_product(*colors, category=category)])[0].preset_ids
    return [set_name(REGISTRY.get(name).design) for name in found]


@pytest.mark.parametrize("colors", COLORS.values(), ids=COLORS)
def test_six_presets_cover_different_sets(colors: tuple[str, ...]) -> None:
    # A garment hangs or lies: two sets suit it.
    counts = {category: len(set(sets_of(colors, category))) for category in set(Category) - {Category.GARMENT}}
    assert min(counts.values()) >= 4, counts
    assert sum(counts.values()) / len(counts) >= 5, counts


WANTED = {
    Category.DRINK: {"water", "location", "rocks", "podium", "tabletop", "celebration", "dunes"}
    | {"pool", "beach", "cafe", "garden", "cabin", "crates"},
    Category.FOOD: {"tabletop", "counter", "location", "cafe", "crates", "garden", "cabin"},
    Category.BEAUTY: {"podium", "counter", "drapery", "rocks", "water", "tabletop", "cyclorama"}
    | {"vanity", "lab", "pool", "garden", "beach"},
    Category.FOOTWEAR: {"gym", "dunes", "location", "podium", "cyclorama", "road", "stairs"},
    Category.GARMENT: {"flat_lay", "hanging_wall"},
    Category.BOOK: {"interior", "tabletop", "location", "window_room", "desk", "bed", "cabin"},
    Category.TABLEWARE: {"tabletop", "counter", "location", "interior", "window_room", "cafe", "garden", "cabin"},
    Category.HOME: {"interior", "location", "window_room", "gallery", "cabin"},
    Category.TOY: {"celebration", "podium", "cyclorama", "playroom"},
    Category.SPORT: {"gym", "location", "neon_room", "glossy_floor", "cyclorama", "road", "stairs"},
}
"""The sets that may lead."""


@pytest.mark.parametrize("category", WANTED)
def test_what_suits_the_category_leads(category: Category) -> None:
    leads = {name: sets_of(colors, category)[:2] for name, colors in COLORS.items() if name != "brown"}
    for name, sets in leads.items():
        assert set(sets) <= WANTED[category], (name, sets)


def test_white_garments_are_led_by_dark_or_coloured_flat_lays_and_walls() -> None:
    scores = RECOMMENDER.explain(colored_product(WHITE, category=Category.GARMENT))[:6]
    for score in scores[:3]:
        design = REGISTRY.get(score.preset_id).design
        assert set_name(design) in ("flat_lay", "hanging_wall")
        assert score.contrast > 0.5, score
    assert min(score.contrast for score in scores[:2]) > 0.9


def test_scenes_of_water_or_the_open_air_are_among_those_for_drinks() -> None:
    for colors in COLORS.values():
        assert {"water", "location", "rocks", "dunes"} & set(sets_of(colors, Category.DRINK))


def test_a_holiday_of_another_time_does_not_lead_by_its_season() -> None:
    scores = RECOMMENDER.explain(colored_product(BLUE, category=Category.DRINK), datetime.date(2026, 2, 5))
    found = [REGISTRY.get(score.preset_id).tags for score in scores[:6]]
    assert not [tags for tags in found if {"christmas", "thanksgiving"} & set(tags)]


def test_a_garment_is_not_put_on_a_table_for_a_holiday() -> None:
    product, date = colored_product(BLUE, category=Category.GARMENT), datetime.date(2026, 12, 10)
    found = RECOMMENDER.recommend([product], date=date)[0].preset_ids
    assert {set_name(REGISTRY.get(name).design) for name in found} <= {"flat_lay", "hanging_wall", "cyclorama"}


def test_recommending_is_little_work() -> None:
    product = colored_product(BLUE, WHITE, BLACK, "#c78a2e", "#3f8fc9")
    RECOMMENDER.recommend([product])
    calls = count_calls(lambda: RECOMMENDER.recommend([product] * 5)) / 5
    assert calls < 600 * len(REGISTRY.ids), f"{calls} calls a product"  # some 300 a preset: what doubles it is noticed


def test_the_pictures_of_what_is_recommended_are_looked_for_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def find(preset: Preset, folder: str) -> Path:
        looked.append(preset.id)
        return Path(folder) / preset.id

    monkeypatch.setattr(Preset, "_find_picture", find)
    (found,) = RECOMMENDER.recommend([colored_product(BLUE)])
    assert tuple(looked) == found.preset_ids
    assert found.previews == tuple(Path("previews") / name for name in found.preset_ids)


def test_a_product_of_no_known_category_gets_scenes_that_suit_all() -> None:
    for digest, colors in itertools.product(map(str, range(6)), COLORS.values()):
        scores = RECOMMENDER.explain(colored_product(*colors, category=Category.OTHER, digest=digest))[:6]
        assert min(score.category for score in scores) >= 0.55, scores
        assert min(score.contrast for score in scores) >= 0.35, scores
        assert min(score.season for score in scores) > -0.5, scores  # no holiday without a date


def test_products_that_nobody_knows_get_unlike_sixes() -> None:
    common: Counter[str] = Counter()
    greys = [(color,) for color in ("#1b1b1d", "#8c8e90", "#c9cbcd", WHITE)]
    digests = [str(number) for number in range(25)]
    for digest, colors in itertools.product(digests, greys):
        product = colored_product(*colors, category=Category.OTHER, name="product", digest=digest)
        common.update(RECOMMENDER.recommend([product])[0].preset_ids)
    name, times = common.most_common(1)[0]
    assert times <= 0.2 * len(digests) * len(greys), (name, times)


def test_a_holiday_in_its_time_is_for_what_nobody_knows_too() -> None:
    for digest in map(str, range(8)):
        product = colored_product(BLUE, category=Category.OTHER, name="product", digest=digest)
        found = RECOMMENDER.recommend([product], date=datetime.date(2026, 12, 20))[0].preset_ids
        assert any("christmas" in REGISTRY.get(name).tags for name in found), found


def test_a_loud_set_does_not_lead_a_quiet_product() -> None:
    for category in (Category.BEAUTY, Category.HOME, Category.TABLEWARE, Category.ELECTRONICS, Category.BOX):
        lead = RECOMMENDER.explain(colored_product("#dcd3c0", "#8b7566", category=category))[0]
        assert lead.harmony >= 0.6, (category, lead)


def test_alike_colours_count_as_alike_in_different_sets() -> None:
    found = RECOMMENDER.recommend([colored_product(BLUE, category=Category.FOOTWEAR)])[0].preset_ids
    assert len({"sunny_yellow_background", "mustard_steps_podium"} & set(found)) < 2


def test_the_captioners_own_prompts_come_first() -> None:
    product = colored_product(BLUE)
    own = ("on wet asphalt", "in a locker room", "on red clay", "on a roof")
    for count in range(5):
        found = RECOMMENDER.recommend([dataclasses.replace(product, prompts=own[:count])])[0].prompts
        assert len(found) == 4
        assert found[:count] == own[:count]
        assert found[count:] == RECOMMENDER.recommend([product])[0].prompts[: 4 - count]


def test_scores_travel_with_a_recommendation_that_is_to_be_explained() -> None:
    product, date = colored_product(BLUE), datetime.date(2026, 12, 18)
    assert RECOMMENDER.recommend([product], date=date)[0].scores == ()
    found = RECOMMENDER.recommend([product], date=date, explain=True)[0]
    assert list(found.scores) == RECOMMENDER.explain(product, date)
    assert tuple(score.preset_id for score in found.scores[:6]) == found.preset_ids


def test_a_scene_of_one_season_is_for_that_season_only() -> None:
    autumn = "autumn_leaves_wood_table"
    product = colored_product("#d8c9b0", category=Category.TABLEWARE)
    days = {None: -0.3, datetime.date(2026, 10, 10): 0.2, datetime.date(2026, 5, 1): -0.2}
    for day, season in days.items():
        (score,) = (score for score in RECOMMENDER.explain(product, day) if score.preset_id == autumn)
        assert score.season == season


def test_explain_lists_every_preset_with_its_parts() -> None:
    scores = RECOMMENDER.explain(colored_product(BLUE))
    assert {score.preset_id for score in scores} == {preset.id for preset in REGISTRY if not preset.is_old_preset}
    for score in scores:
        assert all(0 <= part <= 1 for part in (score.category, score.contrast, score.harmony, score.likeness))
        assert -1 <= score.season <= 1


def test_fewer_than_six_presets_are_refused() -> None:
    with pytest.raises(SettingsError, match="at least 6"):
        AffinityRecommender(list(REGISTRY)[:5])


def test_a_kind_has_tastes_of_its_own_beside_its_category() -> None:
    affinities = load_affinities(find_data("presets") / "affinity.json")
    neon = next(preset for preset in REGISTRY if preset.id == "neon_bars_acid_green")
    camera, brand, phone = (
        colored_product(BLACK, category=Category.ELECTRONICS, name=name)
        for name in ("camera", "Nikon D300 camera", "phone")
    )
    suits = [affinities.suit_product(p, Holding.of(p), neon.design, neon.tags) for p in (camera, brand, phone)]
    assert suits[0] == suits[1] < suits[2]
    assert set(affinities.kinds) <= set(NounTree.load().nouns) | {"telescope", "optical instrument"}


@pytest.mark.parametrize(
    ("name", "category"),
    [("tool", Category.TABLEWARE), ("product", Category.OTHER), ("household item", Category.OTHER)],
)
def test_a_broad_name_gets_plain_scenes_and_none_of_another_trade(name: str, category: Category) -> None:
    """A multi-tool lay among lemons and tulips, and a jump rope among lipsticks."""
    trade = {"food", "fruit", "vegetables", "floral", "beauty", "jewelry", "toys"}
    of_trade = {preset.id for preset in REGISTRY if not trade.isdisjoint(preset.tags)}
    shown = [
        score.preset_id
        for number in range(12)
        for score in RECOMMENDER.explain(colored_product(BLACK, category=category, name=name, digest=f"{number}y"))[:6]
    ]
    assert sum(preset in of_trade for preset in shown) < len(shown) / 4, shown


@pytest.mark.parametrize("category", [Category.FOOD, Category.DRINK, Category.TABLEWARE, Category.BEAUTY])
def test_nothing_that_is_eaten_is_in_a_bathroom_and_nothing_for_the_skin_in_a_kitchen(category: Category) -> None:
    presets = {preset.id: preset.design for preset in REGISTRY}
    rooms = Counter[str]()
    for number in range(12):
        product = colored_product(BLUE, category=category, digest=f"{number}x")
        designs = [presets[score.preset_id] for score in RECOMMENDER.explain(product)[:6]]
        rooms.update(design.room for design in designs if isinstance(design, CounterSet))
    assert rooms["kitchen" if category is Category.BEAUTY else "bathroom"] == 0
    assert not rooms or rooms.keys() == {"bathroom" if category is Category.BEAUTY else "kitchen"}


@pytest.mark.parametrize("name", ["sofa", "furniture", "bookcase"])
def test_furniture_stands_on_no_trail_and_on_no_road(name: str) -> None:
    tags = {preset.id: set(preset.tags) for preset in REGISTRY}
    for number in range(12):
        product = colored_product(BLUE, category=Category.HOME, name=name, digest=f"{number}x")
        ids = [score.preset_id for score in RECOMMENDER.explain(product)[:6]]
        assert not [preset for preset in ids if tags[preset] & {"trail", "road", "school"}]


def test_what_stands_on_legs_is_furniture_whatever_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stool that the captioner called a household item was set on a road."""
    monkeypatch.setattr("photoshoot.framing.product_sizes.stands_on_legs", lambda _: True)
    test_furniture_stands_on_no_trail_and_on_no_road("household item")


def test_a_category_that_lacks_a_set_is_refused(tmp_path: Path) -> None:
    data = json.loads((find_data("presets") / "affinity.json").read_text(encoding="utf-8"))
    del data["sets"]["toy"]["podium"]
    file = tmp_path / "affinity.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(PresetError, match=r"sets\.toy\.podium"):
        AffinityRecommender(REGISTRY, file=file)
