"""An English prompt's words of another script are read as English ones, and told as they were written."""

from __future__ import annotations

import pytest

from photoshoot.director import direct
from photoshoot.presets import PresetRegistry

REGISTRY = PresetRegistry.load()


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("luxury watch 黒い革の上 with dramatic lighting", "luxury watch on black leather with dramatic lighting"),
        ("shampoo bottle बाथरूम में with eucalyptus", "shampoo bottle in a bathroom with eucalyptus"),
        ("running shoes गीली सड़क पर at night", "running shoes on wet asphalt at night"),
        ("सफेद marble पर gold ring, soft light", "gold ring on white marble, soft light"),
        ("ビーチ sunset で sunglasses", "sunglasses in beach at sunset"),
        ("face cream на чёрном мраморе with golden light", "face cream on black marble with golden light"),
        ("perfume bottle 나무 테이블 위의 with dramatic light", "perfume bottle on a wooden table with dramatic light"),
    ],
)
def test_words_of_two_scripts_make_one_design(text: str, english: str) -> None:
    mixed, plain = (vars(direct(prompt, REGISTRY, None).design) for prompt in (text, english))
    assert {name: mixed[name] for name in mixed if name != "light"} == {n: plain[n] for n in plain if n != "light"}


def test_what_is_read_and_what_is_not_is_told_as_written() -> None:
    read = direct("luxury watch 黒い革の上 with ソロバン and dramatic lighting", REGISTRY, None).reading
    assert "'黒い革の上' read as 'on black leather'" in read
    assert "watch" in read.rpartition("not read: ")[2]
    assert "leather" not in read.rpartition("not read: ")[2]
