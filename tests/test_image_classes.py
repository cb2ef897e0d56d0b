from photoshoot.device import choose_onnx_device
from photoshoot.image_classes import load_classifier


def test_all_who_ask_for_a_device_share_one_classifier() -> None:
    shared = load_classifier("cpu")
    assert load_classifier("cpu") is shared
    assert load_classifier(choose_onnx_device("auto")) is load_classifier("auto")
