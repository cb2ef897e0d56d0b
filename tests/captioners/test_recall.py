from __future__ import annotations

from collections.abc import Sequence

from photoshoot.captioners.answers import Answer
from photoshoot.captioners.recall import Recall
from photoshoot.records import Category, Cutout
from tests.making import draw_cutout


def test_a_picture_is_asked_about_once_and_answers_keep_their_order() -> None:
    asked: list[list[str]] = []

    def ask(cutouts: Sequence[Cutout]) -> list[Answer]:
        asked.append([cutout.sha256 for cutout in cutouts])
        return [
            Answer(name=cutout.sha256[:6], description="A thing.", category=Category.OTHER, confidence=0.5)
            for cutout in cutouts
        ]

    bottle, ring, box = (draw_cutout(60, 80, shape=shape) for shape in ("bottle", "ring", "box"))
    recall = Recall(ask, batch_size=2)
    products = recall.describe([bottle, ring, bottle, box])
    assert [product.name for product in products] == [cutout.sha256[:6] for cutout in (bottle, ring, bottle, box)]
    assert asked == [[bottle.sha256, ring.sha256], [box.sha256]]
    assert recall.describe([box])[0].cutout is box
    assert len(asked) == 2
