"""The sRGB colour profile that every exported file carries."""

from __future__ import annotations

import functools

from PIL import ImageCms

_CREATED = slice(24, 36)
"""Creation date in a profile's header, six big-endian 16-bit numbers. Source: ICC.1:2022, 7.2.8."""
_FIXED_DATE = b"".join(number.to_bytes(2, "big") for number in (2000, 1, 1, 0, 0, 0))


@functools.cache
def build_srgb_profile() -> bytes:
    """The ICC profile of sRGB, about 600 bytes, always the same bytes.

    LittleCMS stamps the profiles that it makes with the present time; the stamp is replaced by a fixed date, so that
    the same picture gives the same file.
    """
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_CREATED] = _FIXED_DATE
    return bytes(profile)
