import numpy as np

from photoshoot.machine.device import choose_onnx_device
from photoshoot.records import Box
from photoshoot.vision.image_classes import crop_place, load_classifier


def test_all_who_ask_for_a_device_share_one_classifier() -> None:
    shared = load_classifier("cpu")
    assert load_classifier("cpu") is shared
    assert load_classifier(choose_onnx_device("auto")) is load_classifier("auto")


def test_a_place_in_a_large_photo_is_reduced_and_shows_the_same() -> None:
    photo = np.zeros((3000, 4000, 3), np.uint8)
    photo[1000:2000, 1000:3000] = (200, 90, 30)
    place = crop_place(photo, Box(left=1000, top=1000, right=3000, bottom=2000), 1.2)
    assert place.size == (481, 481), "2401 px, by 5"
    inside = np.asarray(place)[140:340, 40:440]
    assert (inside == (200, 90, 30)).mean() > 0.99
    assert (np.asarray(place)[:130] == 0).all()


def test_a_place_in_a_small_photo_keeps_its_pixels() -> None:
    photo = np.random.default_rng(0).integers(0, 256, (700, 700, 3), dtype=np.uint8)
    place = crop_place(photo, Box(left=200, top=200, right=500, bottom=500), 1.2)
    assert (np.asarray(place) == photo[170:531, 170:531]).all()
