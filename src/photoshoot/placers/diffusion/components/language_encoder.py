"""Texts as a language model reads them: what three of its layers make of a chat that holds the prompt alone.

Source: FLUX.2 klein as diffusers has it.
"""

from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase, Qwen3Model

from photoshoot.errors import PromptError
from photoshoot.machine.recent_results import RecentResults
from photoshoot.placers.diffusion.components.text_encoder import EncodedText
from photoshoot.placers.diffusion.hosting.offloading import at_work

TOKENS: Final = 512
"""Of every text, padding included: the transformer was taught with it."""
_CACHED_TEXTS: Final = 32  # 7.9 MB each in half precision
_QUARTERS = (1, 2, 3)  # of its layers, whose states are read: 9, 18 and 27 of 36


class LanguageEncoder:
    """Encodes texts; those of the last requests are not encoded again.

    Args:
        tokenizer: With a chat template.
        encoder: Of which no layer after the third quarter runs.
        device: Where it works.
        dtype: Of the states.
    """

    def __init__(
        self, tokenizer: PreTrainedTokenizerBase, encoder: Qwen3Model, device: torch.device, dtype: torch.dtype
    ) -> None:
        self._tokenizer, self._encoder, self._device, self._dtype = tokenizer, encoder, device, dtype
        self._recent: RecentResults[str, Tensor] = RecentResults(_CACHED_TEXTS)

    def encode(self, texts: Sequence[str]) -> EncodedText:
        """Encode texts, at least one.

        Raises:
            PromptError: A text is longer than the network takes.
        """
        states = torch.stack(self._recent.get(texts, self._encode_new))
        mask = torch.ones(states.shape[:2], dtype=torch.bool, device=self._device)
        return EncodedText(states=states, mask=mask, pooled=None)

    @torch.no_grad()
    def _encode_new(self, texts: list[str]) -> list[Tensor]:
        """States (512, 3 x width) of each."""
        ids, seen = self._tokenize(texts)
        layers = self._encoder.config.num_hidden_layers_of_all
        with at_work(self._encoder, self._device):
            output = self._encoder(input_ids=ids, attention_mask=seen, output_hidden_states=True, use_cache=False)
        read = [output.hidden_states[quarter * layers // 4] for quarter in _QUARTERS]
        return [states.clone() for states in torch.cat(read, -1).to(self._dtype)]

    def _tokenize(self, texts: list[str]) -> tuple[Tensor, Tensor]:
        """Ids (B, 512), and 1 where a token is none of the padding."""
        chats = [
            self._tokenizer.apply_chat_template(
                [{"role": "user", "content": text}], tokenize=False, add_generation_prompt=True, enable_thinking=False
            )
            for text in texts
        ]
        lengths = [len(ids) for ids in self._tokenizer(chats).input_ids]
        for text, length in zip(texts, lengths, strict=True):
            if length > TOKENS:
                raise PromptError(f"the prompt has {length} tokens, this network reads {TOKENS}: {text[:60]}...")
        batch = self._tokenizer(chats, return_tensors="pt", padding="max_length", max_length=TOKENS)
        return batch.input_ids.to(self._device), batch.attention_mask.to(self._device)


def keep_read_layers(config: object) -> None:
    """Change a language model's configuration so that it is built without the layers that nobody reads, in place."""
    layers = int(config.num_hidden_layers)  # type: ignore[attr-defined]
    config.num_hidden_layers_of_all = layers  # type: ignore[attr-defined]
    config.num_hidden_layers = _QUARTERS[-1] * layers // 4 + 1  # type: ignore[attr-defined]  # the last one's is normed
