"""A tiny FLUX.2 klein: random networks of the real classes, and the whole model as its hub repository looks."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from diffusers import AutoencoderKLFlux2, Flux2Transformer2DModel
from transformers import Qwen2TokenizerFast, Qwen3Config, Qwen3ForCausalLM

from tests.placers.diffusion.checkpoints import byte_letters
from tests.placers.diffusion.tiny_networks import seeded

LAYERS = (1, 2, 3)
"""Of the language model that are read."""
WIDTH = 16
"""Of its states."""
SCHEDULER = {
    "_class_name": "FlowMatchEulerDiscreteScheduler",
    "base_image_seq_len": 256,
    "base_shift": 0.5,
    "max_image_seq_len": 4096,
    "max_shift": 1.15,
    "num_train_timesteps": 1000,
    "shift": 3.0,
    "time_shift_type": "exponential",
    "use_dynamic_shifting": True,
}
"""As the published scheduler's configuration."""
_CHAT = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n<think>\n\n</think>\n\n{% endif %}"
)


def build_transformer(seed: int = 0) -> Flux2Transformer2DModel:
    """Two heads of 16, one block of each kind."""
    with seeded(seed):
        network = Flux2Transformer2DModel(
            num_layers=1,
            num_single_layers=1,
            num_attention_heads=2,
            attention_head_dim=16,
            joint_attention_dim=len(LAYERS) * WIDTH,
            axes_dims_rope=(4, 4, 4, 4),
            guidance_embeds=False,
        )
    return network.eval().requires_grad_(False)


def build_flow_vae(seed: int = 0) -> AutoencoderKLFlux2:
    """Four levels, latents of 32 channels whose patches have a mean and a deviation of their own."""
    with seeded(seed):
        vae = AutoencoderKLFlux2(
            block_out_channels=(8, 16, 16, 16), layers_per_block=1, norm_num_groups=8, sample_size=64
        )
        vae.bn.running_mean.copy_(torch.randn(128) / 4)
        vae.bn.running_var.copy_(0.5 + torch.rand(128))
    return vae.eval().requires_grad_(False)


def build_language_model(seed: int = 0) -> Qwen3ForCausalLM:
    """Four layers."""
    config = Qwen3Config(
        vocab_size=516,
        hidden_size=WIDTH,
        intermediate_size=32,
        num_hidden_layers=4,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=8,
        tie_word_embeddings=True,
    )
    with seeded(seed):
        return Qwen3ForCausalLM(config).eval().requires_grad_(False)


def build_chat_tokenizer() -> Qwen2TokenizerFast:
    """It spells every word byte by byte."""
    letters = byte_letters()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    vocabulary = {letter: place for place, letter in enumerate([*letters, *special])}
    tokenizer = Qwen2TokenizerFast(vocab=vocabulary, merges=[], additional_special_tokens=special[1:])
    tokenizer.chat_template = _CHAT
    return tokenizer


def write_klein(folder: Path, seed: int = 0) -> Path:
    """Networks are seeded ``seed`` (transformer), ``seed + 1`` (autoencoder) and ``seed + 2`` (language model)."""
    build_transformer(seed).save_pretrained(folder / "transformer")
    build_flow_vae(seed + 1).save_pretrained(folder / "vae")
    build_language_model(seed + 2).save_pretrained(folder / "text_encoder")
    build_chat_tokenizer().save_pretrained(folder / "tokenizer")
    index = {
        "_class_name": "Flux2KleinPipeline",
        "is_distilled": True,
        "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
        "text_encoder": ["transformers", "Qwen3ForCausalLM"],
        "tokenizer": ["transformers", "Qwen2TokenizerFast"],
        "transformer": ["diffusers", "Flux2Transformer2DModel"],
        "vae": ["diffusers", "AutoencoderKLFlux2"],
    }
    (folder / "model_index.json").write_text(json.dumps(index), encoding="utf-8")
    (folder / "scheduler").mkdir()
    (folder / "scheduler" / "scheduler_config.json").write_text(json.dumps(SCHEDULER), encoding="utf-8")
    return folder
