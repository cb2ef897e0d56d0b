"""A tokenizer for networks without weights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transformers import AddedToken, CLIPTokenizer


def build_tokenizer(texts: Sequence[str]) -> CLIPTokenizer:
    """A tokenizer without a download: each word of ``texts`` is one token, all else goes by bytes."""
    letters = list(byte_letters())
    tokens = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: place for place, token in enumerate(tokens)}
    tokenizer = CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=77)
    words = dict.fromkeys(word for text in texts for word in re.findall("[a-z]+", text.lower()))
    tokenizer.add_tokens([AddedToken(word, single_word=True) for word in words])
    return tokenizer


def byte_letters() -> Iterator[str]:
    """The letter that byte-level BPE writes each byte as: itself where printable, else one from 256 on."""
    spare = 256
    for byte in range(256):
        if chr(byte).isprintable() and byte not in (32, 160, 173):
            yield chr(byte)
        else:
            yield chr(spare)
            spare += 1
