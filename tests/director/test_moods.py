"""Feelings lend a scene their light only where no word says how light is; and what a mood tones is still shown."""

import pytest

from tests.director.reading import read


@pytest.mark.parametrize("mood", ["clean", "airy", "calm", "ethereal", "soft", "playful"])
@pytest.mark.parametrize("light", ["hard sunlight", "dappled sunlight", "low key light", "soft window light"])
def test_a_mood_changes_nothing_of_a_light_that_words_tell(light: str, mood: str) -> None:
    told, both = (read(f"on oak before a white wall, {text}").design.light for text in (light, f"{light}, {mood}"))
    plain = read("on oak before a white wall").design.light
    for part in ("softness", "intensity", "fill"):
        if getattr(told, part) != getattr(plain, part):
            assert getattr(both, part) == getattr(told, part), part


def test_a_mood_alone_lends_its_light() -> None:
    plain, airy = (read(f"on oak before a white wall{text}").design.light for text in ("", ", airy"))
    assert airy.softness > plain.softness
    assert airy.fill > plain.fill


@pytest.mark.parametrize("light", ["crisp morning light", "crisp cold side light", "a crisp shadow"])
def test_an_adjective_of_light_is_the_lights(light: str) -> None:
    assert read(f"on oak before a white wall, soft light, {light}").design.light.softness < 0.2


@pytest.mark.parametrize("mood", ["bright", "natural", "muted", "pastel", "vintage"])
def test_a_sky_that_a_mood_tones_is_read(mood: str) -> None:
    assert read(f"on turquoise pool water under a clear blue sky, {mood}").unread == ()


@pytest.mark.parametrize("words", ["sharp and detailed", "sharp and precise", "true to life"])
def test_what_every_photo_is_asks_for_nothing(words: str) -> None:
    assert read(f"on oak, {words}").unread == ()
