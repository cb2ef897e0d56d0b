"""A studio shot, and what can go wrong with one, each done to it on purpose."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from photoshoot.color.space import bytes_to_linear, linear_to_srgb
from photoshoot.pixels.imaging import CORE_ALPHA, build_layer, composite
from photoshoot.records import Cutout, ProductLayer, RgbImage, Shot
from photoshoot.records.light_map import LightMap


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """A shot and what the gate compares it with."""

    shot: Shot
    layer: ProductLayer
    photo: RgbImage
    """The photo, with its old background."""
    plate: RgbImage
    """The same set without the product, so without its shadow."""
    other_plate: RgbImage
    """Another preset's set, as large."""

    def showing(self, image: RgbImage, layer: ProductLayer | None = None) -> Case:
        shot = dataclasses.replace(self.shot, image=image)
        return dataclasses.replace(self, shot=shot, layer=layer or self.layer)

    def scene(self) -> RgbImage:
        """The shot without its product: the nearest scene is carried under it."""
        touched = ndimage.binary_dilation(self.layer.alpha_matte > 0, iterations=2)
        rows, columns = ndimage.distance_transform_edt(touched, return_distances=False, return_indices=True)
        return np.asarray(self.shot.image[rows, columns])

    def over(self, scene: np.ndarray) -> Case:
        """The product over another scene."""
        return self.showing(composite(np.clip(np.round(scene), 0, 255).astype(np.uint8), self.layer))

    def cut_out_anew(self, cutout: Cutout) -> ProductLayer:
        return build_layer(cutout, self.shot.canvas)

    @property
    def photo_px(self) -> float:
        """Pixels of the photo in one of the picture."""
        return self.shot.product.cutout.box.height / self.shot.canvas.product_box.height


def clean(case: Case) -> Case:
    return case


def shift_matte(case: Case) -> Case:
    """The matte lies 3 px to the right of its product, whose colours are the photo's."""
    cutout = case.shot.product.cutout
    moved = np.roll(cutout.alpha_matte, round(3 * case.photo_px), axis=1)
    wrong = case.cut_out_anew(dataclasses.replace(cutout, rgb=case.photo, alpha_matte=moved))
    return case.showing(composite(case.scene(), wrong))


def leave_fringe(case: Case) -> Case:
    """The matte takes in 3 px of the old background all round."""
    cutout = case.shot.product.cutout
    wide = ndimage.maximum_filter(cutout.alpha_matte, 2 * round(3 * case.photo_px) + 1)
    layer = case.cut_out_anew(dataclasses.replace(cutout, rgb=case.photo, alpha_matte=wide))
    return case.showing(composite(case.scene(), layer), layer)


def remove_shadow(case: Case) -> Case:
    return case.over(case.plate)


def paste_second_product(case: Case) -> Case:
    width = case.shot.canvas.product_box.width + 12
    beside = ProductLayer(
        rgb=np.roll(case.layer.rgb, width, axis=1), alpha_matte=np.roll(case.layer.alpha_matte, width, axis=1)
    )
    return case.over(composite(case.shot.image, beside))


def change_logo(case: Case) -> Case:
    """Stripes over a small part of the product."""
    rows, columns = _middle(case, 48, 36)
    image = case.shot.image.copy()
    image[rows, columns][:, ::6] = 255 - image[rows, columns][:, ::6]
    return case.showing(image)


def wipe_logo_while_relighting(case: Case) -> Case:
    """Light on the product was asked for, and a label's print is gone: no pixel moves by more than light may."""
    layer = case.layer
    rows, columns = _middle(case, 48, 36)
    printed = layer.rgb.copy()
    stripes = printed[rows, columns].reshape(48, 6, 6, 3)[:, :, :3]  # a view: three columns of six
    stripes[:] = np.clip(stripes.astype(int) + 40, 0, 255)
    box = case.shot.canvas.product_box
    light = LightMap.of_stops(np.zeros((4, 4, 3), np.float32), box)
    shot = dataclasses.replace(case.shot, product_light=light)
    return dataclasses.replace(case, shot=shot, layer=ProductLayer(rgb=printed, alpha_matte=layer.alpha_matte))


def blank_scene(case: Case) -> Case:
    return case.over(np.full(case.shot.image.shape, 0))


def add_noise_band(case: Case) -> Case:
    """A band over a sixth of the picture with noise of 20 bytes."""
    scene = case.scene().astype(float)
    height = scene.shape[0]
    band = slice(height // 6, height // 3)
    scene[band] += np.random.default_rng(1).normal(0, 20, scene[band].shape)
    return case.over(scene)


def make_bands(case: Case) -> Case:
    """The scene has few tones."""
    smooth = ndimage.gaussian_filter(case.scene().astype(float), (2, 2, 0))
    return case.over(np.round(smooth / 4) * 4)


def overexpose(case: Case) -> Case:
    return case.over(case.scene() * 8.0 + 150)


def swap_style(case: Case) -> Case:
    return case.over(case.other_plate)


def hide_product(case: Case) -> Case:
    """The scene takes the product's own colour, with a little of the light and shade that it had."""
    core = case.layer.alpha_matte >= CORE_ALPHA
    rim = core & ~ndimage.binary_erosion(core, iterations=16)
    color = linear_to_srgb(bytes_to_linear(case.layer.rgb[rim]).mean(axis=0)) * 255
    light = case.scene().mean(axis=2, keepdims=True) / case.scene().mean()
    grain = np.random.default_rng(2).normal(0, 1, light.shape)
    return case.over(color * (0.9 + 0.1 * light) + grain)


def draw_seam(case: Case) -> Case:
    """A line of 3 px runs round the product, as where a patch was painted in."""
    touched = case.layer.alpha_matte > 0
    line = ndimage.binary_dilation(touched, iterations=4) & ~ndimage.binary_dilation(touched, iterations=1)
    return case.over(case.scene().astype(float) + 24 * line[..., None])


def _middle(case: Case, height: int, width: int) -> tuple[slice, slice]:
    box = case.shot.canvas.product_box
    row, column = (box.top + 2 * box.bottom) // 3, (box.left + box.right) // 2
    return slice(row - height // 2, row + height // 2), slice(column - width // 2, column + width // 2)


FIDELITY = {"changed_share", "max_difference"}
CASES: Mapping[Callable[[Case], Case], tuple[set[str], set[str]]] = {
    clean: (set(), set()),
    shift_matte: (FIDELITY | {"halo"}, {"delta_e_p95", "gradient_correlation", "seam"}),
    leave_fringe: ({"halo"}, {"seam", "contact"}),
    remove_shadow: ({"contact"}, set()),
    paste_second_product: ({"expansion"}, {"contrast"}),
    change_logo: (FIDELITY | {"gradient_correlation"}, {"delta_e_p95"}),
    wipe_logo_while_relighting: (FIDELITY | {"gradient_correlation", "fidelity_relit"}, {"delta_e_p95"}),
    blank_scene: ({"tonal_range", "clipped_share"}, {"contact", "palette_distance"}),
    add_noise_band: ({"noise"}, set()),
    make_bands: ({"banded_share"}, set()),
    overexpose: ({"clipped_share"}, {"palette_distance", "contact", "tonal_range", "banded_share"}),
    swap_style: ({"palette_distance"}, {"contact", "contrast"}),
    hide_product: ({"contrast"}, {"palette_distance", "contact"}),
    draw_seam: ({"seam"}, {"halo", "contact"}),
}
"""What is done → the checks that must fire, and those that may besides."""
