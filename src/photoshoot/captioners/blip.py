"""The captioner of BLIP: one short sentence a picture."""

from __future__ import annotations

from pathlib import Path

from photoshoot.captioners.sentence_captioner import SentenceCaptioner


class BlipCaptioner(SentenceCaptioner):
    """Names and describes products by BLIP's captions; see ``SentenceCaptioner``.

    Args:
        folder: A ``BlipForConditionalGeneration`` in the hub's layout.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
    """

    def __init__(self, folder: Path, device: str = "auto") -> None:
        super().__init__(folder, device, question=None, most_tokens=40)
