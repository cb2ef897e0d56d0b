from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from photoshoot.captioners.noun import ROOT
from photoshoot.captioners.nouns import NounTree
from photoshoot.captioners.silhouette import Silhouette
from photoshoot.records import Category
from photoshoot.vision.image_classes import KINDS

TREE = NounTree.load()
DINOSAUR = "triceratops"  # shops have it as a figure alone
SHIRT = Silhouette(aspect=0.9, fill=0.65, symmetry=0.9, head=0.03, holes=0, arch=0)
BOTTLE = Silhouette(aspect=0.35, fill=0.88, symmetry=1, head=0.02, holes=0, arch=0)
SHOE = Silhouette(aspect=2, fill=0.65, symmetry=0.6, head=0.2, holes=0, arch=0)


def votes(**labels: float) -> np.ndarray:
    """Probabilities of the classes named (``_`` for a blank); the rest is spread over all."""
    found = np.full(1000, (1 - sum(labels.values())) / 1000, np.float32)
    for label, share in labels.items():
        found[len(TREE.labels) - 1 - TREE.labels[::-1].index(label.replace("_", " "))] += share
    return found


def test_the_file_covers_all_thousand_classes() -> None:
    assert len(TREE.labels) == len(TREE.shares) == 1000
    assert (TREE.labels[0], TREE.labels[504], TREE.labels[770], TREE.labels[999]) == (
        "tench",
        "coffee mug",
        "running shoe",
        "toilet tissue",
    )


def test_every_class_speaks_for_known_nouns_with_whole_shares() -> None:
    for label, shares in zip(TREE.labels, TREE.shares, strict=True):
        assert shares.keys() <= TREE.nouns.keys(), label
        assert not shares or sum(shares.values()) == pytest.approx(1), label


def test_places_and_most_animals_are_no_products() -> None:
    """Mammals are an "animal", as which a toy or a figure is told truly; no kind of them is named. Shells decorate."""
    told = {label for label, shares in zip(TREE.labels[:151], TREE.shares, strict=False) if shares}
    assert told == {DINOSAUR, "conch", "chambered nautilus"}
    assert all(shares == {"animal": 1} for shares in TREE.shares[151:383])
    spoken = dict(zip(TREE.labels, TREE.shares, strict=True))
    assert not any(spoken[label] for label in ("church", "volcano", "coral reef", "ballplayer", "rifle"))


@pytest.mark.parametrize(
    ("label", "noun"),
    [
        ("jersey", "t-shirt"),
        ("sunglass", "sunglasses"),
        ("running shoe", "sneakers"),
        ("pillow", "cushion"),
        ("cello", "cello"),
        ("bassoon", "bassoon"),
        ("holster", "case"),
        ("file", "cabinet"),
        ("grille", "car part"),
    ],
)
def test_classes_speak_shop_language(label: str, noun: str) -> None:
    assert dict(zip(TREE.labels, TREE.shares, strict=True))[label] == {noun: 1}


def test_what_a_detector_sees_alone_gets_the_broader_noun() -> None:
    elsewhere = votes(spotlight=0.3, toaster=0.2, switch=0.2)
    assert TREE.choose(elsewhere, SHOE, {"camera": 0.75}).noun.name == "optical gear"
    seconded = votes(spotlight=0.3, toaster=0.2, reflex_camera=0.2)
    assert TREE.choose(seconded, SHOE, {"camera": 0.75}).noun.name == "camera"


def test_a_person_who_is_seen_wears_clothing_and_not_their_hair() -> None:
    hair = votes(wig=0.65, sunglasses=0.1, cardigan=0.1)
    for person, name in ((0.5, "clothing"), (0.1, "wig")):
        assert TREE.choose(hair, SHIRT, person=person).noun.name == name
    assert TREE.choose(hair, SHIRT, person=0.5, least=0.99).noun.name == ROOT
    assert TREE.choose(hair, SHIRT, person=0.5).category is Category.GARMENT
    assert TREE.choose(votes(running_shoe=0.8), SHOE, person=0.9).noun.name == "sneakers"


def test_faint_clothes_are_told_where_a_person_is_likely_and_nothing_weighs_more() -> None:
    faint = votes(jersey=0.13, lab_coat=0.1, sunglass=0.1, dumbbell=0.1, radio=0.07)
    assert TREE.choose(faint, SHIRT).noun.name == ROOT
    assert TREE.choose(faint, SHIRT, person=0.25).noun.name == "clothing"
    screen = votes(screen=0.15, television=0.1, academic_gown=0.1, bulletproof_vest=0.05, radio=0.05)
    assert TREE.choose(screen, SHIRT, person=0.5).noun.name != "clothing"


def test_leaf_green_on_what_may_grow_is_a_plant_and_on_cloth_is_not() -> None:
    green = dataclasses.replace(SHOE, leaves=0.3)
    spread = {"quill": 0.1, "pineapple": 0.2, "pot": 0.1, "pizza": 0.1, "radio": 0.2, "toaster": 0.15}
    assert TREE.choose(votes(**spread), green).noun.name == "plant"
    assert TREE.choose(votes(**spread), SHOE).noun.name == ROOT
    cloth = {"quill": 0.2, "cloak": 0.15, "knee_pad": 0.15, "hook": 0.1, "toaster": 0.2, "umbrella": 0.1}
    assert TREE.choose(votes(**cloth), green).noun.name != "plant"


def test_cups_under_a_band_are_headphones_where_only_a_vague_noun_is_sure() -> None:
    shape = Silhouette(aspect=0.95, fill=0.47, symmetry=0.8, head=0, holes=0, arch=0.8)
    found = votes(teapot=0.2, vase=0.15, soup_bowl=0.15, radio=0.2, pizza=0.2)
    assert TREE.choose(found, dataclasses.replace(shape, arch=0)).noun.needs > 0
    assert TREE.choose(found, shape).noun.name == "headphones"


def test_the_tree_has_one_root_and_no_loops() -> None:
    assert [noun.name for noun in TREE.nouns.values() if noun.parent is None] == [ROOT]
    for noun in TREE.nouns.values():
        seen = [noun]
        while (parent := seen[-1].parent) is not None:
            seen.append(TREE.nouns[parent])
            assert len(seen) < 7, noun.name
        assert seen[-1].name == ROOT
        assert 0 < noun.prior <= 1


def test_a_sure_class_gives_its_narrow_noun() -> None:
    naming = TREE.choose(votes(running_shoe=0.8), SHOE)
    assert (naming.noun.name, naming.category) == ("sneakers", Category.FOOTWEAR)
    assert naming.confidence > 0.6


def test_kinds_that_disagree_give_the_broader_noun() -> None:
    naming = TREE.choose(votes(running_shoe=0.3, sandal=0.3, Loafer=0.25), SHOE)
    assert naming.noun.name == "shoes"
    naming = TREE.choose(votes(water_bottle=0.25, lotion=0.2, pop_bottle=0.2, wine_bottle=0.15), BOTTLE)
    assert (naming.noun.name, naming.category) == ("bottle", Category.DRINK)


def test_bottles_of_lotion_stand_on_the_beauty_shelf() -> None:
    assert TREE.choose(votes(lotion=0.4, perfume=0.2, sunscreen=0.2), BOTTLE).category is Category.BEAUTY


@pytest.mark.parametrize("labels", [{}, {"tench": 0.9}, {"church": 0.5, "goldfish": 0.4}])
def test_nothing_sure_is_a_product(labels: dict[str, float]) -> None:
    naming = TREE.choose(votes(**labels), SHIRT)
    assert naming.noun.name == ROOT
    assert naming.confidence == 0


def test_a_hood_makes_a_hoodie() -> None:
    hooded = Silhouette(aspect=0.82, fill=0.64, symmetry=0.95, head=0.29, holes=0, arch=0)
    assert TREE.choose(votes(sweatshirt=0.9), hooded).noun.name == "hoodie"
    assert TREE.choose(votes(sweatshirt=0.9), SHIRT).noun.name == "sweatshirt"
    headed = dataclasses.replace(hooded, face=0.5)
    assert TREE.choose(votes(sweatshirt=0.9), headed).noun.name == "sweatshirt", "the head is its wearer's"


def test_what_shops_sell_rarely_needs_more_evidence_than_what_they_sell_often() -> None:
    likely = votes(corkscrew=0.53, can_opener=0.07, letter_opener=0.06, hook=0.05)
    assert TREE.choose(likely, SHOE).noun.name == "tool"
    assert TREE.choose(votes(corkscrew=0.9), SHOE).noun.name == "corkscrew"
    assert TREE.choose(votes(purse=0.4), SHIRT).noun.name == "handbag"


def test_classes_that_take_in_what_has_none_speak_for_the_broader_noun_too() -> None:
    """A spanner looks like a can opener, a fork like a ladle, a glass bird like an ocarina."""
    for label, noun in (
        ("can_opener", "tool"),
        ("rule", "measuring tool"),
        ("ladle", "kitchen tool"),
        ("mortar", "homeware"),
        ("screen", "screen"),
        ("ocarina", "home accessory"),
        ("conch", "home accessory"),
    ):
        assert TREE.choose(votes(**{label: 0.9}), SHOE).noun.name == noun


def test_a_couch_is_a_sofa_by_its_outline_and_a_bed_that_looks_like_one_is_furniture() -> None:
    couch = Silhouette(aspect=1.7, fill=0.75, symmetry=0.8, head=0, holes=0, arch=0)
    bed = dataclasses.replace(couch, aspect=2.3, fill=0.55)
    assert TREE.choose(votes(studio_couch=0.85), couch).noun.name == "sofa"
    assert TREE.choose(votes(studio_couch=0.85), bed).noun.name == "furniture"


def test_a_collar_is_no_hood() -> None:
    collared = dataclasses.replace(SHIRT, head=0.14)
    assert TREE.choose(votes(sweatshirt=0.9), collared).noun.name == "sweatshirt"


def test_being_the_commonest_of_what_it_may_be_is_no_evidence() -> None:
    """Pens are sold oftener than nails, and so have most of the weight; but a quarter alone speaks for a pen."""
    thin = votes(ballpoint=0.25, nail=0.25, screw=0.2, letter_opener=0.15)
    assert TREE.choose(thin, SHOE).noun.name == "tool"


def test_what_looks_like_a_rare_kind_of_unlike_things_need_not_be_one_of_them() -> None:
    """A tape measure in its case looks like a pencil sharpener, and is no stationery for that."""
    assert TREE.choose(votes(pencil_sharpener=0.5, rule=0.1, chain_saw=0.1), SHOE).noun.name == ROOT
    assert TREE.choose(votes(pencil_sharpener=0.9), SHOE).noun.name == "pencil sharpener"
    page = Silhouette(aspect=0.75, fill=0.98, symmetry=0.98, head=0, holes=0, arch=0)
    assert TREE.choose(votes(binder=0.4, book_jacket=0.25, menu=0.15), page).noun.name in ("stationery", "book")


def test_two_networks_that_clearly_see_different_kinds_are_told_broadly() -> None:
    seen = TREE.choose(votes(crash_helmet=0.66), dataclasses.replace(SHIRT, fill=0.8), {"shoes": 0.57})
    assert seen.noun.name == "clothing"
    sure = TREE.choose(votes(crash_helmet=0.9), dataclasses.replace(SHIRT, fill=0.8), {"shoes": 0.57})
    assert sure.noun.name == "helmet"


def test_a_shaft_makes_no_sneaker() -> None:
    boot = dataclasses.replace(SHOE, aspect=1.1, head=0.47)
    assert TREE.choose(votes(running_shoe=0.75), SHOE, {"shoes": 0.8}).noun.name == "sneakers"
    assert TREE.choose(votes(running_shoe=0.75), boot, {"shoes": 0.8}).noun.name == "shoes"


def test_clocks_and_watches_that_can_not_be_told_apart_are_a_timepiece() -> None:
    assert TREE.choose(votes(stopwatch=0.6, analog_clock=0.25), SHIRT).noun.name == "timepiece"
    assert TREE.choose(votes(digital_watch=0.8), SHIRT).noun.name == "watch"


def test_an_outline_that_does_not_fit_counts_less() -> None:
    wide = Silhouette(aspect=3, fill=0.6, symmetry=0.6, head=0.2, holes=0, arch=0)
    assert TREE.nouns["bottle"].fit(wide) < 0.1
    assert TREE.nouns["bottle"].fit(BOTTLE) == 1
    confusing = votes(water_bottle=0.4, running_shoe=0.35)
    assert TREE.choose(confusing, BOTTLE).noun.name.endswith("bottle")
    assert TREE.choose(confusing, wide).noun.name == "sneakers"


def test_an_outline_names_what_no_class_speaks_for() -> None:
    cups = Silhouette(aspect=0.95, fill=0.47, symmetry=0.8, head=0.4, holes=0, arch=0.8)
    lost = np.full(1000, 0.001, np.float32)
    naming = TREE.choose(lost, cups)
    assert (naming.noun.name, naming.category) == ("headphones", Category.ELECTRONICS)
    assert 0 < naming.confidence < 0.5
    assert TREE.choose(lost, SHOE).noun.name == "product"


def test_a_noun_is_said_only_when_enough_speaks_for_it() -> None:
    """Kinds of tool that share half of all probability: a tool; each by itself is none of them."""
    assert TREE.choose(votes(hammer=0.3, screwdriver=0.3), SHOE).noun.name == "tool"
    assert TREE.choose(votes(jersey=0.2, studio_couch=0.2, teapot=0.2, backpack=0.2), SHIRT).noun.name == ROOT


def test_a_worn_garment_is_not_named_by_its_cut() -> None:
    """With its wearer in the outline a top and shorts look like a skirt."""
    worn = dataclasses.replace(SHIRT, skin=0.4)
    assert TREE.choose(votes(miniskirt=0.7), SHIRT).noun.name == "skirt"
    assert TREE.choose(votes(miniskirt=0.7), worn).noun.name == "garment"
    assert TREE.choose(votes(miniskirt=0.45), dataclasses.replace(SHIRT, skin=0.16, face=0.3)).noun.name == "garment"
    assert TREE.choose(votes(miniskirt=0.45), dataclasses.replace(SHIRT, skin=0.05)).noun.name == "skirt"
    assert TREE.choose(votes(jersey=0.98), worn).noun.name == "t-shirt"
    assert TREE.choose(votes(running_shoe=0.8), dataclasses.replace(SHOE, skin=0.4)).noun.name == "sneakers"


def test_leaves_make_a_plant_of_a_pot_and_of_a_vase() -> None:
    pot = Silhouette(aspect=0.7, fill=0.6, symmetry=0.8, head=0.3, holes=0, arch=0)
    green = dataclasses.replace(pot, leaves=0.4)
    assert TREE.choose(votes(pot=0.8), pot).noun.name == "plant pot"
    assert TREE.choose(votes(pot=0.8), green).noun.name == "potted plant"
    assert TREE.choose(votes(vase=0.8), green).noun.name == "potted plant"
    assert TREE.choose(votes(teapot=0.8), green).noun.name == "teapot"


def test_what_grows_is_called_by_its_own_name_though_it_is_green() -> None:
    """A sure broccoli, pineapple and daisy were a potted plant."""
    green = Silhouette(aspect=1, fill=0.5, symmetry=0.6, head=0.2, holes=0, arch=0, leaves=0.8)
    named = {label: TREE.choose(votes(**{label: 0.9}), green).noun.name for label in ("broccoli", "pineapple", "daisy")}
    assert named == {"broccoli": "vegetable", "pineapple": "pineapple", "daisy": "flower"}
    assert TREE.choose(votes(pot=0.5, pineapple=0.3), green).noun.name == "potted plant"


def test_what_is_round_is_a_ball_rather_than_a_vase() -> None:
    ball = Silhouette(aspect=1, fill=0.785, symmetry=1, head=0.1, holes=0, arch=0, round=0.99)
    jar = dataclasses.replace(ball, round=0.9)
    confusing = votes(vase=0.45, volleyball=0.45)
    assert TREE.choose(confusing, ball).noun.name == "volleyball"
    assert TREE.choose(confusing, jar).noun.name == "vase"


def test_what_a_second_network_sees_counts() -> None:
    unsure = votes(envelope=0.2, laptop=0.1)
    page = Silhouette(aspect=0.75, fill=0.98, symmetry=0.98, head=0, holes=0, arch=0)
    assert TREE.choose(unsure, page).noun.name == ROOT
    seen = TREE.choose(unsure, page, {"book": 0.95})
    assert (seen.noun.name, seen.category) == ("book", Category.BOOK)
    assert TREE.choose(unsure, page, {"book": 0.3}) == TREE.choose(unsure, page)
    assert TREE.choose(votes(), page, {"chair": 0.95}).confidence > 0.5


def test_a_kind_that_one_network_tells_is_kept_where_the_other_sees_only_the_broader_thing() -> None:
    assert TREE.choose(votes(running_shoe=0.5), SHOE, {"shoes": 0.9}).noun.name == "sneakers"
    naming = TREE.choose(votes(lotion=0.45, perfume=0.1), BOTTLE, {"bottle": 0.75})
    assert (naming.noun.name, naming.category) == ("lotion bottle", Category.BEAUTY)


def test_what_two_networks_see_differently_is_told_broadly() -> None:
    tube = Silhouette(aspect=1.6, fill=0.7, symmetry=0.6, head=0, holes=0, arch=0)
    assert TREE.choose(votes(tripod=0.9, binoculars=0.05), tube, {"camera": 0.58}).noun.name == "optical gear"


def test_a_broad_noun_takes_more_than_a_little_of_everything() -> None:
    bits = votes(thimble=0.1, vase=0.1, corkscrew=0.2, mortar=0.08, hair_slide=0.2)
    assert TREE.choose(bits, SHOE).noun.name == ROOT
    squat = Silhouette(aspect=1, fill=0.7, symmetry=0.8, head=0, holes=0, arch=0)
    assert TREE.choose(votes(vase=0.2, teapot=0.2, pitcher=0.2, caldron=0.15), squat).noun.name == "homeware"


def test_the_detector_names_nouns_of_the_tree() -> None:
    assert len(KINDS) == 24
    assert {noun for noun in KINDS if noun is not None} <= TREE.nouns.keys()
