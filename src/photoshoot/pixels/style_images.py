"""Style pictures from whatever a caller has of them."""

from photoshoot.pixels.photos import PhotoSource, read_photo
from photoshoot.settings import StyleImage


def read_style_image(source: StyleImage | PhotoSource) -> StyleImage:
    """The small form of a style picture.

    Args:
        source: Whatever ``read_photo`` takes, a data URI of a picture, or the small form itself.

    Raises:
        PhotoError: It can't be read.
    """
    if isinstance(source, StyleImage):
        return source
    if isinstance(source, str) and source.startswith("data:"):
        return StyleImage.parse(source)
    return StyleImage.of(read_photo(source).rgb)
