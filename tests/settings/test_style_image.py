"""Tests of the small form of style pictures."""

from __future__ import annotations

import base64
import io
import pickle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot import Request, StyleImage
from photoshoot.catalogue import load_recipe
from photoshoot.errors import PhotoError, RecipeError
from photoshoot.pixels.photos import read_style_image
from photoshoot.request import read_request, write_request

NOISE = np.random.default_rng(0).integers(0, 256, (700, 500, 3), np.uint8)


def as_uri(data: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def as_file(rgb: np.typing.NDArray[np.uint8], kind: str) -> bytes:
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, kind)
    return file.getvalue()


def test_it_is_small_whatever_it_was() -> None:
    small = StyleImage.of(NOISE)
    assert small.rgb.shape == (314, 224, 3)
    assert len(small.jpeg) <= 24 * 1024
    assert StyleImage.of(np.zeros((40, 4000, 3), np.uint8)).rgb.shape == (40, 80, 3)
    assert StyleImage.of(np.zeros((1, 1, 3), np.uint8)).rgb.shape == (1, 1, 3)


def test_it_is_written_and_read_without_a_change() -> None:
    small = StyleImage.of(NOISE)
    assert StyleImage.parse(str(small)) == small == pickle.loads(pickle.dumps(small))
    assert len({small, StyleImage.parse(str(small))}) == 1
    assert repr(small) == f"StyleImage({small.sha256[:12]})"
    request = Request(style_image=small)
    assert read_request(write_request(request), where="here", complaint=RecipeError) == request


def test_every_source_gives_the_same(tmp_path: Path) -> None:
    small = StyleImage.of(NOISE)
    Image.fromarray(NOISE).save(tmp_path / "style.png")
    for source in (small, NOISE, tmp_path / "style.png", as_file(NOISE, "PNG"), as_uri(as_file(NOISE, "PNG"), "png")):
        assert read_style_image(source) == small
        assert Request(style_image=source).style_image == small


def test_a_recipe_names_a_file_beside_it(tmp_path: Path) -> None:
    Image.fromarray(NOISE).save(tmp_path / "style.png")
    (tmp_path / "recipe.toml").write_text('style_image = "style.png"\nstyle_strength = 1\n', encoding="utf-8")
    assert load_recipe(tmp_path / "recipe.toml").request.style_image == StyleImage.of(NOISE)
    (tmp_path / "recipe.toml").write_text('style_image = "gone.png"\n', encoding="utf-8")
    with pytest.raises(RecipeError, match=r"style_image.*gone\.png"):
        load_recipe(tmp_path / "recipe.toml")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/etc/passwd", "is written as data:image"),
        ("data:image/png;base64,%%%", "base64 is broken"),
        (as_uri(b"GIF89a", "gif"), "can't be read"),
        (as_uri(as_file(NOISE, "PNG")[:5000], "png"), "can't be read"),
        (as_uri(as_file(np.zeros((2001, 2000, 3), np.uint8), "PNG"), "png"), "too many"),
    ],
)
def test_plain_data_holds_pictures_alone(text: str, reason: str) -> None:
    with pytest.raises(PhotoError, match=reason):
        StyleImage.parse(text)
    with pytest.raises(RecipeError, match=f"style_image.*{reason}"):
        read_request({"style_image": text}, where="here", complaint=RecipeError)


def test_only_the_small_form_is_taken_as_it_is() -> None:
    with pytest.raises(PhotoError, match=r"StyleImage\.of"):
        StyleImage(as_file(NOISE, "JPEG"))
    with pytest.raises(AttributeError):
        StyleImage.of(NOISE).jpeg = b""
