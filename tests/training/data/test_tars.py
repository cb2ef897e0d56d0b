from __future__ import annotations

import io
import json
import tarfile

import numpy as np
import pytest

from photoshoot.training.data.tars import (
    PICTURE_FORMATS,
    PictureFormat,
    decode_layer,
    decode_picture,
    encode_sample,
    join_samples,
)
from tests.training.data.making import make_sample


@pytest.mark.parametrize("picture", PICTURE_FORMATS)
def test_a_sample_is_members_of_a_tar_and_comes_back(picture: PictureFormat) -> None:
    sample = make_sample("00000003", seed=2)
    data = join_samples([encode_sample(sample, picture, {"seed": 9})])
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        members = {name: file.read() for name in tar.getnames() if (file := tar.extractfile(name))}
    assert list(members) == [f"00000003.{suffix}" for suffix in (picture, "matte.png", "shadow.png", "json")]
    facts = json.loads(members["00000003.json"])
    assert (facts["product"], facts["width"], facts["height"], facts["seed"]) == ("mug", 12, 8, 9)
    decoded = decode_picture(members[f"00000003.{picture}"])
    assert decoded.shape == sample.image.shape
    if picture == "png":
        np.testing.assert_array_equal(decoded, sample.image)
    np.testing.assert_array_equal(decode_layer(members["00000003.matte.png"]), sample.alpha_matte)


def test_the_same_sample_gives_the_same_bytes_wherever_it_stands() -> None:
    first, second = make_sample("a"), make_sample("b", seed=1)
    encoded = [encode_sample(sample, "png", {}) for sample in (first, second)]
    assert encode_sample(first, "png", {}) == encoded[0]
    assert join_samples(encoded).startswith(b"".join(encoded))


def test_a_layer_in_colour_is_refused() -> None:
    sample = make_sample("a")
    with tarfile.open(fileobj=io.BytesIO(join_samples([encode_sample(sample, "png", {})]))) as tar:
        file = tar.extractfile("a.png")
        assert file is not None
        with pytest.raises(ValueError, match="grey"):
            decode_layer(file.read())
