"""Texts as the network reads them: CLIP's hidden states, for texts of any length."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from photoshoot.errors import WeightsError
from photoshoot.machine.recent_results import RecentResults
from photoshoot.placers.diffusion.hosting.offloading import at_work

CACHED_TEXTS: Final = 256
"""Texts whose states are kept; one of SDXL's is 0.3 MB in half precision."""

_COMMA = ",</w>"
_WORD_END = "</w>"
_COMMA_REACH = 25  # tokens that a chunk may end early to end at a comma


@dataclass(frozen=True, kw_only=True, eq=False)
class EncodedText:
    """Texts, ready to be attended to."""

    states: Tensor
    """(B, T, width of all encoders); T is 77 times the chunks of the longest text."""
    mask: Tensor
    """bool (B, T); False where a text has fewer chunks than the longest."""
    pooled: Tensor | None
    """(B, width): SDXL's summary of each text's first chunk; None for Stable Diffusion 1.5."""


class TextEncoder:
    """Encodes texts as the network was trained with them; texts longer than CLIP takes in chunks, never cut off.

    One encoder (Stable Diffusion 1.5): its last hidden states, normalised. Two (SDXL): the last hidden states but one
    of both, side by side.
    """

    def __init__(
        self,
        tokenizers: Sequence[CLIPTokenizer],
        text_encoders: Sequence[CLIPTextModel | CLIPTextModelWithProjection],
        device: torch.device,
        dtype: torch.dtype,
    ) -> None:
        self._parts = tuple(zip(tokenizers, text_encoders, strict=True))
        self._device = device
        self._dtype = dtype
        self._recent: RecentResults[str, tuple[Tensor, Tensor | None]] = RecentResults(CACHED_TEXTS)

    def encode(self, texts: Sequence[str]) -> EncodedText:
        """Encode texts, at least one; those of the last requests are not encoded again."""
        results = self._recent.get(texts, self._encode_new)
        longest = max(len(states) for states, _ in results)
        lengths = torch.tensor([len(states) for states, _ in results])
        padded = [functional.pad(states, (0, 0, 0, longest - len(states))) for states, _ in results]
        pooled = [summary for _, summary in results if summary is not None]
        return EncodedText(
            states=torch.stack(padded),
            mask=(torch.arange(longest) < lengths[:, None]).to(self._device),
            pooled=torch.stack(pooled) if pooled else None,
        )

    @torch.no_grad()
    def _encode_new(self, texts: list[str]) -> list[tuple[Tensor, Tensor | None]]:
        """States (77 · chunks, width) and summary (width) of each text; all chunks in one batch."""
        chunked = [[_chunk(tokenizer, encoder, text) for text in texts] for tokenizer, encoder in self._parts]
        counts = [len(chunks) for chunks in chunked[0]]
        if any([len(chunks) for chunks in of_texts] != counts for of_texts in chunked):
            raise WeightsError("the model's two tokenizers cut the same text differently: they are not a pair")
        runs = [
            self._run(encoder, [chunk for chunks in of_texts for chunk in chunks])
            for (_, encoder), of_texts in zip(self._parts, chunked, strict=True)
        ]
        states, pooled = torch.cat([states for states, _ in runs], dim=2), runs[-1][1]
        ends = list(itertools.accumulate(counts))
        return [
            (states[end - count : end].flatten(0, 1).clone(), None if pooled is None else pooled[end - count].clone())
            for end, count in zip(ends, counts, strict=True)
        ]

    def _run(
        self, encoder: CLIPTextModel | CLIPTextModelWithProjection, chunks: list[list[int]]
    ) -> tuple[Tensor, Tensor | None]:
        ids = torch.tensor(chunks, device=self._device)
        with at_work(encoder, self._device):
            output = encoder(ids, output_hidden_states=len(self._parts) > 1)
        if len(self._parts) == 1:
            return output.last_hidden_state.to(self._dtype), None
        summary = getattr(output, "text_embeds", None)
        return output.hidden_states[-2].to(self._dtype), None if summary is None else summary.to(self._dtype)


def _chunk(
    tokenizer: CLIPTokenizer, encoder: CLIPTextModel | CLIPTextModelWithProjection, text: str
) -> list[list[int]]:
    """Ids of each chunk, with start, end and padding: what the tokenizer makes of a text that fits."""
    length = encoder.config.max_position_embeddings
    ids = tokenizer(text, add_special_tokens=False, verbose=False).input_ids
    parts = [ids[part] for part in _cut(tokenizer.convert_ids_to_tokens(ids), length - 2)]
    full = [[tokenizer.bos_token_id, *part, tokenizer.eos_token_id] for part in parts]
    return [chunk + [tokenizer.pad_token_id] * (length - len(chunk)) for chunk in full]


def _cut(tokens: Sequence[str], room: int) -> Iterator[slice]:
    """Slices of at most ``room`` tokens: ends after a comma that is near, else after a word, else anywhere."""
    start = 0
    while len(tokens) - start > room:
        size = (
            _last(tokens[start : start + room], _COMMA, room - _COMMA_REACH)
            or _last(tokens[start : start + room], _WORD_END, 0)
            or room
        )
        yield slice(start, start + size)
        start += size
    yield slice(start, len(tokens))


def _last(tokens: Sequence[str], ending: str, least: int) -> int:
    """How many tokens end with the last one of that ending; 0 where they are not more than ``least``."""
    count = max((index + 1 for index, token in enumerate(tokens) if token.endswith(ending)), default=0)
    return count if count > least else 0
