"""The captioner of Florence-2: a detailed caption a picture, asked for by its task token."""

from __future__ import annotations

from pathlib import Path

from photoshoot.captioners.sentence_captioner import SentenceCaptioner

TASK = "<DETAILED_CAPTION>"
"""Source: Florence-2's processor, ``task_prompts_without_inputs``."""


class Florence2Captioner(SentenceCaptioner):
    """Names and describes products by Florence-2's detailed captions; see ``SentenceCaptioner``.

    Args:
        folder: A ``Florence2ForConditionalGeneration`` in the hub's layout.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
    """

    def __init__(self, folder: Path, device: str = "auto") -> None:
        super().__init__(folder, device, question=TASK, most_tokens=100)
