"""A transformer that paints by a flow, and what it reads beside the picture: the text, and other pictures.

Source: FLUX.2 klein as diffusers has it; pictures are told apart as its pipelines do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from diffusers import Flux2Transformer2DModel
from torch import Tensor

from photoshoot.placers.diffusion.canvas.patches import PATCH, from_tokens, place_tokens, to_tokens

_PAINTED, _SHOWN, _STYLE = 0, 10, 20  # numbers of the pictures
_NOISE_UNIT = 1000  # of the times that it is told


@dataclass(frozen=True, kw_only=True, eq=False)
class _Group:
    """Rows that read as many pictures: they go through together."""

    rows: Tensor | None
    """Which ones, on the device; None: all that there are."""
    styled: bool
    """Whether they read their style pictures."""


class Reading:
    """What a transformer reads of each row; takes the place that ``AttentionControl`` has beside a UNet."""

    compiled = False
    style_layers: tuple[str, ...] = ()
    """No adapter acts in any."""

    def __init__(self) -> None:
        self.text: Tensor | None = None
        """(B, T, D)."""
        self.style: Tensor | None = None
        """(B, n, 4 C): tokens of square style pictures; None: no row has one."""
        self.rows = 0
        """How many rows, from the first on, the calls that follow hold."""
        self._groups: dict[int, list[_Group]] = {}

    @property
    def groups(self) -> list[_Group]:
        """The rows of a call, parted by what they read."""
        return self._groups[self.rows]

    def prime(
        self,
        text: Tensor,
        text_mask: Tensor,  # noqa: ARG002  # texts are all of one length, and their padding is read, too
        style_tokens: Tensor | None = None,
        style_scale: Tensor | None = None,
    ) -> None:
        """Set what all rows read. A style picture of weight 0 is not read; other weights are all the same."""
        self.text, self.style, self.rows = text, style_tokens, len(text)
        styled = [style_tokens is not None] * len(text)
        if style_scale is not None:
            styled = [weight > 0 for weight in style_scale.tolist()]
        self._groups = {rows: _part(styled[:rows], text.device) for rows in (len(text), len(text) // 2)}

    def select(self, rows: int) -> None:
        """Say how many of the rows the calls that follow hold: all, or the prompts' alone."""
        self.rows = rows

    def clear(self) -> None:
        """Give the memory back."""
        self.text, self.style, self.rows, self._groups = None, None, 0, {}


def _part(styled: Sequence[bool], device: torch.device) -> list[_Group]:
    kinds = sorted(set(styled))
    if len(kinds) < 2:
        return [_Group(rows=None, styled=kind) for kind in kinds]
    places = [[place for place, kind in enumerate(styled) if kind is wanted] for wanted in kinds]
    return [
        _Group(rows=torch.tensor(rows, device=device), styled=kind) for rows, kind in zip(places, kinds, strict=True)
    ]


class FlowTransformer:
    """Takes a UNet's place in one pass.

    Args:
        network: Predicts the flow.
        reading: What its rows read; primed.
        shown: (B, C, h, w), latents of the picture that each shot is painted over, product included.
    """

    def __init__(self, network: Flux2Transformer2DModel, reading: Reading, shown: Tensor) -> None:
        self._network, self._reading = network, reading
        self._shown = to_tokens(shown.to(network.dtype)).repeat(2, 1, 1)  # the prompts' rows, then the negative ones'
        self._size = (int(shown.shape[-2]), int(shown.shape[-1]))
        places = [place_tokens(*self._size, number, shown.device) for number in (_PAINTED, _SHOWN)]
        self._places = torch.cat(places)

    @property
    def dtype(self) -> torch.dtype:
        """Of the weights."""
        dtype: torch.dtype = self._network.dtype
        return dtype

    def __call__(
        self,
        sample: Tensor,
        timestep: Tensor,
        *,
        encoder_hidden_states: None = None,  # noqa: ARG002  # it reads what ``Reading`` has
        added_cond_kwargs: Mapping[str, Tensor] | None = None,  # noqa: ARG002
        return_dict: bool = False,  # noqa: ARG002
    ) -> tuple[Tensor]:
        """As an inpainting UNet is called; of its channels the first ones, the noisy latents, are read."""
        noisy = to_tokens(sample[:, : self._network.config.in_channels // PATCH**2])
        flow = torch.empty_like(noisy)
        for group in self._reading.groups:
            part = self._run(_take(noisy, group, len(sample)), timestep, group, len(sample))
            flow = part if group.rows is None else flow.index_copy(0, group.rows, part)
        return (from_tokens(flow, *self._size),)

    def _run(self, noisy: Tensor, timestep: Tensor, group: _Group, rows: int) -> Tensor:
        """The flow (n, tokens, 4 C) of some rows."""
        reading, places = self._reading, self._places
        assert reading.text is not None, "prime before painting"
        text, pictures = _take(reading.text, group, rows).to(self.dtype), [noisy, _take(self._shown, group, rows)]
        if group.styled and reading.style is not None:
            side = PATCH * round(reading.style.shape[1] ** 0.5)
            pictures.append(_take(reading.style, group, rows).to(noisy))
            places = torch.cat([places, place_tokens(side, side, _STYLE, noisy.device)])
        words = torch.arange(text.shape[1], device=noisy.device)
        flow: Tensor = self._network(
            hidden_states=torch.cat(pictures, 1),
            timestep=timestep.float().expand(len(noisy)) / _NOISE_UNIT,
            guidance=None,
            encoder_hidden_states=text,
            txt_ids=torch.stack([words * 0, words * 0, words * 0, words], 1),
            img_ids=places,
            return_dict=False,
        )[0]
        return flow[:, : noisy.shape[1]]


def _take(rows: Tensor, group: _Group, count: int) -> Tensor:
    """A group's rows of the first ones."""
    return rows[:count] if group.rows is None else rows.index_select(0, group.rows)
