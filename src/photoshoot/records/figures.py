"""Pictures as notebooks show them: a small one in the page itself, with a line under it."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

_LONGEST_PX = 640  # of a picture in a page, in which it is shown at half of this
_CHECKERBOARD = "repeating-conic-gradient(#ddd 0% 25%, #fff 0% 50%) 0 0 / 16px 16px"
_FIGURE = "margin:4px;max-width:340px;display:inline-block;vertical-align:top;font-size:12px"


class Shown:
    """A record that a notebook shows as a picture, and any other place as one short line."""

    def _picture(self) -> Image.Image | None:
        """What is shown; None: the line alone."""
        raise NotImplementedError

    def _line(self) -> str:
        """What it is, in one line."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._line()}>"

    def _repr_png_(self) -> bytes | None:
        picture = self._picture()
        return None if picture is None else _encode(picture, "PNG")

    def _repr_html_(self) -> str:
        return build_figure(self._picture(), self._line())


def build_figure(picture: Image.Image | None, line: str, *below: str) -> str:
    """HTML of one picture, with a line of text and more HTML below it; transparency is seen by a checkerboard."""
    told = f"<figcaption>{html.escape(line)}</figcaption>" + "".join(below)
    if picture is None:
        return f'<figure style="{_FIGURE}">{told}</figure>'
    kind = "PNG" if picture.mode == "RGBA" else "JPEG"
    data = base64.b64encode(_encode(picture, kind)).decode()
    style = f"max-width:100%;margin:0;background:{_CHECKERBOARD}"
    image = f'<img alt="{html.escape(line)}" style="{style}" src="data:image/{kind.lower()};base64,{data}">'
    return f'<figure style="{_FIGURE}">{image}{told}</figure>'


def build_swatches(colors: Iterable[tuple[str, str]]) -> str:
    """HTML of colours beside each other, each ``#rrggbb`` with what the pointer is told of it."""
    style = "display:inline-block;width:1.6em;height:1.6em;margin-right:3px;border:1px solid #aaa;background:"
    return "".join(f'<span title="{html.escape(told)}" style="{style}{color}"></span>' for color, told in colors)


def build_row(parts: Iterable[str]) -> str:
    """HTML of several figures beside each other, in as many lines as they need."""
    return f'<div style="display:flex;flex-wrap:wrap">{"".join(parts)}</div>'


def _encode(picture: Image.Image, kind: str) -> bytes:
    small, file = picture.copy(), io.BytesIO()
    small.thumbnail((_LONGEST_PX, _LONGEST_PX))
    small.save(file, kind)
    return file.getvalue()
