from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot import demo
from photoshoot.files import find_data


@pytest.mark.parametrize("words", [[], ["mine.jpg"]])
def test_it_shoots_the_example_or_the_photos_that_are_given(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []

    def shoot(argv: list[str]) -> int:
        called.append(argv)
        return 0

    monkeypatch.setattr(demo, "main", shoot)
    assert demo.run(words) == 0
    photo = words[0] if words else str(find_data("examples") / "bottle.jpg")
    assert called == [["shoot", photo, "--out", "out/demo", "--sheet", "--seed", "7"]]
    assert words or Path(photo).is_file()
