from __future__ import annotations

import contextlib
import dataclasses

import numpy as np
import pytest

from photoshoot import Edge, Product, RenderKind, Request
from photoshoot.errors import StoreError
from photoshoot.jobs.store.product_codec import pack_product, unpack_product
from photoshoot.production import plan_shots
from photoshoot.request import resolve_request
from tests.jobs.stubs import presets
from tests.making import make_product


def cut_product() -> Product:
    """A product with a soft matte that no byte can hold, cut off at an edge."""
    product = make_product()
    matte = product.cutout.alpha_matte
    soft = np.where(matte > 0, matte * np.float32(0.998) + np.float32(1e-5), np.float32(0))
    cutout = dataclasses.replace(product.cutout, alpha_matte=soft, touches=frozenset({Edge.LEFT}))
    return dataclasses.replace(product, cutout=cutout)


def test_a_product_comes_back_as_it_was() -> None:
    product = cut_product()
    again = unpack_product(pack_product(product))
    shown = product.cutout.alpha_matte > 0
    assert np.array_equal(again.cutout.alpha_matte, product.cutout.alpha_matte)
    assert np.array_equal(again.cutout.rgb[shown], product.cutout.rgb[shown])
    assert again.cutout.rgb.shape == product.cutout.rgb.shape
    for record, other in ((again, product), (again.cutout, product.cutout)):
        for field in dataclasses.fields(record):
            if field.name not in ("cutout", "rgb", "alpha_matte"):
                assert getattr(record, field.name) == getattr(other, field.name), field.name


def test_it_lies_on_its_canvas_with_the_same_bytes() -> None:
    product = cut_product()
    request = Request(product=product, prompts="on a table", render_kind=RenderKind.MEDIUM_BANNER, seed=1)
    (first,), (again,) = (
        plan_shots(resolve_request(request, item), presets())
        for item in (product, unpack_product(pack_product(product)))
    )
    assert np.array_equal(first.layer.rgb, again.layer.rgb)
    assert np.array_equal(first.layer.alpha_matte, again.layer.alpha_matte)


def test_hidden_pixels_are_not_kept() -> None:
    product = make_product()
    noisy = np.random.default_rng(1).integers(0, 256, product.cutout.rgb.shape, np.uint8)
    rgb = np.where(product.cutout.alpha_matte[..., None] > 0, product.cutout.rgb, noisy)
    assert pack_product(dataclasses.replace(product, cutout=dataclasses.replace(product.cutout, rgb=rgb))) == (
        pack_product(product)
    )


def test_the_hour_changes_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = pack_product(make_product())
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert pack_product(make_product()) == packed


def test_other_bytes_are_refused() -> None:
    packed = pack_product(make_product())
    for data in (b"", b"PK", packed[: len(packed) // 2], packed.replace(b"product.json", b"another.json")):
        with pytest.raises(StoreError, match="product"):
            unpack_product(data)


def test_damage_is_told_as_such_wherever_it_is() -> None:
    packed = pack_product(make_product())
    for place in range(0, len(packed), max(1, len(packed) // 400)):
        damaged = bytearray(packed)
        damaged[place] ^= 0x10
        with contextlib.suppress(StoreError):  # a few bytes of an archive mean nothing
            unpack_product(bytes(damaged))
