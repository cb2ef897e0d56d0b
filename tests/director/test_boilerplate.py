"""What prompts for picture generators say of a picture's quality asks for nothing; room for copy is told as such."""

from __future__ import annotations

import pytest

from tests.director.reading import missed, read

_QUALITY = {
    "on an oak table": (
        "high resolution",
        "hi-res",
        "trending on artstation",
        "masterpiece",
        "best quality",
        "hyper realism",
    ),
    "auf einem Holztisch": ("hohe Qualität", "hochauflösend", "fotorealistisch", "hohe Auflösung", "detailreich"),
    "sur une table en bois": (
        "haute résolution",
        "haute qualité",
        "photoréaliste",
        "haute définition",
        "très détaillé",
    ),
    "sobre una mesa de madera": ("alta calidad", "alta resolución", "fotorrealista", "hiperrealista", "muy detallado"),
    "su un tavolo di legno": (
        "alta qualità",
        "alta risoluzione",
        "fotorealistico",
        "iperrealistico",
        "alta definizione",
    ),
    "sobre uma mesa de madeira": (
        "alta qualidade",
        "alta resolução",
        "fotorrealista",
        "alta definição",
        "hiper-realista",
    ),
    "op een houten tafel": ("hoge kwaliteit", "hoge resolutie", "fotorealistisch"),
    "木のテーブルの上": ("高画質", "高解像度", "フォトリアル", "超リアル"),
    "木桌上": ("高清", "超写实", "高画质", "照片级真实", "高分辨率"),
}


@pytest.mark.parametrize(
    ("place", "said"), [(place, said) for place, all_said in _QUALITY.items() for said in all_said]
)
def test_the_quality_of_a_picture_asks_for_nothing(place: str, said: str) -> None:
    plain, told = read(place), read(f"{place}, {said}")
    assert told.design == plain.design
    assert not told.unread, told.reading


@pytest.mark.parametrize(
    "text",
    [
        "auf einem Holztisch, Platz für Text",
        "sur une table en bois, espace pour le texte",
        "sur une table en bois, espace vide",
        "sobre una mesa de madera, espacio para texto",
        "su un tavolo di legno, spazio per il testo",
        "sobre uma mesa de madeira, espaço para texto",
        "op een houten tafel, ruimte voor tekst",
        "木のテーブルの上、余白",
        "木桌上，留白",
    ],
)
def test_room_for_copy_is_neither_lettering_nor_the_sky(text: str) -> None:
    direction = read(text)
    assert "copy space" in missed(direction) + direction.reading
    assert "lettering" not in direction.reading
    assert "outer space" not in direction.reading


@pytest.mark.parametrize(
    "text",
    [
        "auf einem Holztisch, Platz für Text rechts",
        "auf einem Holztisch, Freiraum links",
        "sur une table en bois, espace vide à droite",
        "su un tavolo di legno, spazio per il testo a destra",
        "sobre uma mesa de madeira, espaço para texto à direita",
        "op een houten tafel, ruimte voor tekst rechts",
        "木桌上，右侧留白",
    ],
)
def test_the_side_of_room_for_copy_is_not_where_light_comes_from(text: str) -> None:
    direction = read(text)
    assert direction.design == read(text.rpartition("，" if "，" in text else ",")[0]).design
    assert any(f"copy space from the {side}" in direction.reading for side in ("right", "left")) or "右" in text
