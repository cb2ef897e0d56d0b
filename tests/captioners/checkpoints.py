"""Tiny random models of the real classes, written in the layout of the hub's repositories."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
import transformers  # its classes are named where they are built: each takes its model's modules with it
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers.utils import logging

WORDS = (
    "a product photo on oak table in soft light name description category prompts drink food beauty footwear garment "
    "bottle mug green white marble sunlit garden behind warm morning window the and with of before wall"
)
_SMOL_TOKENS = ("<|im_start|>", "<end_of_utterance>", "<fake_token_around_image>", "<image>", "<global-img>")
_QWEN_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>")
_SMOL_TEMPLATE = (
    "<|im_start|>{% for message in messages %}{{ message['role'] | capitalize }}:"
    "{% for line in message['content'] %}{% if line['type'] == 'image' %}<image>{% else %} {{ line['text'] }}"
    "{% endif %}{% endfor %}<end_of_utterance>\n{% endfor %}{% if add_generation_prompt %}Assistant:{% endif %}"
)
_QWEN_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{% for line in message['content'] %}"
    "{% if line['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>{% else %}{{ line['text'] }}{% endif %}"
    "{% endfor %}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_LLAMA = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 1,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
}
_VIT = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 1, "num_attention_heads": 4}


def write_smolvlm(folder: Path) -> Path:
    """As SmolVLM2: an Idefics vision tower of 4 tokens a picture, and a Llama."""
    tokenizer = _build_bpe(_SMOL_TOKENS, eos="<end_of_utterance>", pad="<|im_start|>")
    vision = {**_VIT, "image_size": 64, "patch_size": 16}
    config = transformers.SmolVLMConfig(
        text_config={"model_type": "llama", **_LLAMA, **_ids(tokenizer)},
        vision_config=vision,
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
        scale_factor=2,
        pad_token_id=tokenizer.pad_token_id,
    )
    pictures = {"size": {"longest_edge": 128}, "max_image_size": {"longest_edge": 64}}
    processor = transformers.SmolVLMProcessor(
        transformers.SmolVLMImageProcessorPil(**pictures),
        tokenizer,
        transformers.SmolVLMVideoProcessor(**pictures),
        image_seq_len=4,
        chat_template=_SMOL_TEMPLATE,
    )
    return _write(folder, _build(transformers.SmolVLMForConditionalGeneration, config), processor, tokenizer)


def write_qwen(folder: Path) -> Path:
    """As Qwen3-VL: a deep-stacked vision tower and a Qwen3; a picture of 512 px has 64 tokens."""
    tokenizer = _build_bpe((*_QWEN_TOKENS, "<|video_pad|>"), eos="<|im_end|>", pad="<|endoftext|>")
    ids = {f"{kind}_token_id": tokenizer.convert_tokens_to_ids(f"<|{kind}_pad|>") for kind in ("image", "video")}
    for kind in ("start", "end"):
        ids[f"vision_{kind}_token_id"] = tokenizer.convert_tokens_to_ids(f"<|vision_{kind}|>")
    rope = {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [2, 1, 1], "mrope_interleaved": True}
    vision = {
        "depth": 1,
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_heads": 4,
        "out_hidden_size": 32,
        "num_position_embeddings": 16,
        "deepstack_visual_indexes": [0],
    }
    config = transformers.Qwen3VLConfig(
        text_config={**_LLAMA, **_ids(tokenizer), "rope_parameters": rope}, vision_config=vision, **ids
    )
    pictures = {"patch_size": 16, "merge_size": 2, "size": {"shortest_edge": 4096, "longest_edge": 16384}}
    processor = transformers.Qwen3VLProcessor(
        transformers.Qwen2VLImageProcessorPil(**pictures),
        tokenizer,
        transformers.Qwen3VLVideoProcessor(**pictures),
        chat_template=_QWEN_TEMPLATE,
    )
    return _write(folder, _build(transformers.Qwen3VLForConditionalGeneration, config), processor, tokenizer)


def write_florence(folder: Path) -> Path:
    """As Florence-2: a DaViT tower and a BART."""
    special = ("<s>", "<pad>", "</s>", "<unk>", "<image>")
    tokenizer = _build_bpe(special, eos="</s>", pad="<pad>", bos="<s>", extra={"image_token": "<image>"})
    vision = {
        "depths": [1, 1, 1, 1],
        "embed_dim": [8, 8, 16, 16],
        "num_heads": [1, 1, 2, 2],
        "num_groups": [1, 1, 2, 2],
        "window_size": 4,
        "projection_dim": 32,
    }
    text = {
        "model_type": "bart",
        "d_model": 32,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_attention_heads": 4,
        "decoder_attention_heads": 4,
        "encoder_ffn_dim": 48,
        "decoder_ffn_dim": 48,
        "decoder_start_token_id": tokenizer.eos_token_id,
        **_ids(tokenizer),
    }
    config = transformers.Florence2Config(
        text_config=text, vision_config=vision, image_token_id=tokenizer.convert_tokens_to_ids("<image>")
    )
    side = {"height": 64, "width": 64}
    pictures = transformers.CLIPImageProcessorPil(size=side, crop_size=side, image_seq_length=5)
    processor = transformers.Florence2Processor(pictures, tokenizer)
    return _write(folder, _build(transformers.Florence2ForConditionalGeneration, config), processor, tokenizer)


def write_blip(folder: Path) -> Path:
    """As BLIP: a ViT, and a BERT that looks at it."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(WORDS.split())]
    tokenizer = transformers.BertTokenizerFast(vocab={word: index for index, word in enumerate(words)})
    text = {
        **_VIT,
        "vocab_size": len(words) + 1,
        "encoder_hidden_size": 32,
        "max_position_embeddings": 64,
        "bos_token_id": len(words),  # as BLIP's own: the tokenizer does not know it
        "eos_token_id": 3,
        "sep_token_id": 3,
        "pad_token_id": 0,
    }
    config = transformers.BlipConfig(
        text_config=text, vision_config={**_VIT, "image_size": 64, "patch_size": 16}, image_text_hidden_size=32
    )
    processor = transformers.BlipProcessor(
        transformers.BlipImageProcessorPil(size={"height": 64, "width": 64}), tokenizer
    )
    return _save(folder, _build(transformers.BlipForConditionalGeneration, config), processor)


def write_siglip(folder: Path) -> Path:
    """As SigLIP 2 of a fixed resolution: two towers."""
    tokenizer = _build_bpe(("<pad>", "<eos>", "<bos>", "<unk>"), eos="<eos>", pad="<pad>")
    config = transformers.SiglipConfig(
        text_config={**_VIT, **_ids(tokenizer), "max_position_embeddings": 64, "projection_size": 32},
        vision_config={**_VIT, "image_size": 64, "patch_size": 16},
    )
    processor = transformers.SiglipProcessor(
        transformers.SiglipImageProcessorPil(size={"height": 64, "width": 64}), tokenizer
    )
    return _save(folder, _build(transformers.SiglipModel, config), processor)


def write_clipseg(folder: Path) -> Path:
    """As CLIPSeg: two towers and a decoder of masks."""
    tokenizer = _build_bpe(("<pad>", "<eos>", "<bos>", "<unk>"), eos="<eos>", pad="<pad>")
    config = transformers.CLIPSegConfig(
        text_config={**_VIT, **_ids(tokenizer), "max_position_embeddings": 64},
        vision_config={**_VIT, "num_hidden_layers": 2, "image_size": 64, "patch_size": 16},
        projection_dim=32,
        extract_layers=[0, 1],
        reduce_dim=16,
        decoder_num_attention_heads=2,
        decoder_intermediate_size=32,
    )
    processor = transformers.CLIPSegProcessor(
        transformers.ViTImageProcessorPil(size={"height": 64, "width": 64}), tokenizer
    )
    return _save(folder, _build(transformers.CLIPSegForImageSegmentation, config), processor)


def write_grounding_dino(folder: Path) -> Path:
    """As Grounding DINO: a Swin, a BERT and a decoder of boxes."""
    vocabulary = folder.parent / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "?", *WORDS.split()]), "utf-8")
    tokenizer = transformers.BertTokenizerFast(vocab=str(vocabulary))
    swin = transformers.SwinConfig(
        image_size=64,
        patch_size=4,
        embed_dim=8,
        depths=[1, 1, 1, 1],
        num_heads=[1, 1, 2, 2],
        window_size=2,
        out_features=["stage2", "stage3", "stage4"],
    )
    bert = transformers.BertConfig(
        vocab_size=len(tokenizer), max_position_embeddings=64, **{**_VIT, "num_attention_heads": 2}
    )
    layers = {"encoder_layers": 1, "decoder_layers": 2, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32}
    heads = {"encoder_attention_heads": 2, "decoder_attention_heads": 2}
    config = transformers.GroundingDinoConfig(
        backbone_config=swin, text_config=bert, num_queries=12, d_model=32, max_text_len=64, **layers, **heads
    )
    images = transformers.GroundingDinoImageProcessorPil(size={"shortest_edge": 128, "longest_edge": 192})
    return _save(
        folder,
        _build(transformers.GroundingDinoForObjectDetection, config),
        transformers.GroundingDinoProcessor(images, tokenizer),
    )


def write_sam2(folder: Path) -> Path:
    """As SAM 2: a Hiera and a decoder of masks."""
    hiera = transformers.Sam2HieraDetConfig(
        hidden_size=8,
        num_attention_heads=1,
        image_size=[64, 64],
        blocks_per_stage=[1, 1, 2, 1],
        embed_dim_per_stage=[8, 16, 32, 64],
        num_attention_heads_per_stage=[1, 1, 2, 2],
        window_size_per_stage=[4, 4, 4, 2],
        global_attention_blocks=[3],
        window_positional_embedding_background_size=[4, 4],
    )
    config = transformers.Sam2Config(
        vision_config=transformers.Sam2VisionConfig(
            backbone_config=hiera,
            backbone_channel_list=[64, 32, 16, 8],
            backbone_feature_sizes=[[16, 16], [8, 8], [4, 4]],
            fpn_hidden_size=32,
        ),
        prompt_encoder_config=transformers.Sam2PromptEncoderConfig(hidden_size=32, image_size=64, patch_size=16),
        mask_decoder_config=transformers.Sam2MaskDecoderConfig(
            hidden_size=32, mlp_dim=32, num_hidden_layers=1, num_attention_heads=2, iou_head_hidden_dim=32
        ),
    )
    images = transformers.Sam2ImageProcessor(size={"height": 64, "width": 64}, mask_size={"height": 16, "width": 16})
    return _save(folder, _build(transformers.Sam2Model, config), transformers.Sam2Processor(images, target_size=64))


def drop_weight(folder: Path, part: str) -> None:
    """Take all weights with ``part`` in their name out of a checkpoint."""
    file = folder / "model.safetensors"
    kept = {name: weight for name, weight in load_file(file).items() if part not in name}
    save_file(kept, file, metadata={"format": "pt"})


def change_config(folder: Path, file: str, changes: Mapping[str, object]) -> None:
    """Change keys of a JSON file; None takes a key out."""
    path = folder / file
    content = {**json.loads(path.read_text(encoding="utf-8")), **changes}
    path.write_text(json.dumps({key: value for key, value in content.items() if value is not None}), encoding="utf-8")


def _build(kind: Any, config: Any) -> Any:
    with torch.random.fork_rng([]):
        torch.manual_seed(0)
        model = kind(config)
        for name, weight in model.named_parameters():
            if weight.ndim > 1:
                torch.nn.init.normal_(weight, std=0.3)  # wide enough for the outcome to depend on the input
            assert weight.isfinite().all(), name
    return model


def _build_bpe(
    special: Sequence[str], eos: str, pad: str, bos: str | None = None, extra: Mapping[str, str] | None = None
) -> transformers.PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=700, special_tokens=[*special], initial_alphabet=alphabet)
    tokenizer.train_from_iterator([WORDS] * 3, trainer)
    names = {"eos_token": eos, "pad_token": pad, "bos_token": bos or eos, "unk_token": eos}
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        **names,
        extra_special_tokens=dict(extra or {}),
        additional_special_tokens=[*special],
    )


def _ids(tokenizer: transformers.PreTrainedTokenizerFast) -> dict[str, int]:
    return {
        "vocab_size": len(tokenizer),
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "bos_token_id": tokenizer.bos_token_id,
    }


def _write(folder: Path, model: Any, processor: Any, tokenizer: transformers.PreTrainedTokenizerFast) -> Path:
    ids = {key: value for key, value in _ids(tokenizer).items() if key != "vocab_size"}
    # Hub checkpoints sample by default; the captioners must not.
    model.generation_config = transformers.GenerationConfig(**ids, do_sample=True, temperature=0.7, top_p=0.8, top_k=20)
    return _save(folder, model, processor)


def _save(folder: Path, model: Any, processor: Any) -> Path:
    logging.disable_progress_bar()
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    logging.enable_progress_bar()
    return folder
