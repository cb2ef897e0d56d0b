from __future__ import annotations

import pytest

from photoshoot.captioners.sentences import read_caption
from photoshoot.records import Category

CAPTIONS = [
    ("a pair of blue and white sneakers on a gray background", "sneakers", Category.FOOTWEAR),
    ("arafed blue hoodie with a white logo on the front", "hoodie", Category.GARMENT),
    ("there is a white t - shirt with a blue square on it", "t-shirt", Category.GARMENT),
    ("a close up of a bottle of lotion on a white surface", "lotion bottle", Category.BEAUTY),
    ("a blue striped coffee mug sitting on a table", "striped coffee mug", Category.TABLEWARE),
    (
        "The image shows a pair of blue sunglasses with dark lenses against a grey background.",
        "sunglasses",
        Category.EYEWEAR,
    ),
    ("In this image we can see a red and black over-ear headphones.", "over-ear headphones", Category.ELECTRONICS),
    ("a book with a blue cover", "book", Category.BOOK),
    ("a jar of honey", "honey jar", Category.FOOD),
    ("two earrings", "earrings", Category.JEWELRY),
    ("a green thingamajig", "thingamajig", Category.OTHER),
    ("a white background", "product", Category.OTHER),
]


@pytest.mark.parametrize(("caption", "name", "category"), CAPTIONS)
def test_a_caption_names_the_product_and_its_shelf(caption: str, name: str, category: Category) -> None:
    answer = read_caption(caption, 0.5)
    assert (answer.name, answer.category) == (name, category)
    assert answer.description[0].isupper()
    assert answer.description.endswith(".")
    assert answer.prompts == ()


def test_the_description_leaves_the_backdrop_and_further_sentences_out() -> None:
    caption = "The image shows a blue mug with a white stripe on a light grey background. The background is plain."
    assert read_caption(caption, 1).description == "A blue mug with a white stripe."
