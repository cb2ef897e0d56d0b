"""The captioner of vision-language models, such as SmolVLM2 and Qwen3-VL: one question a picture, answered in JSON.

Each answer is held to a form while it is written, so that it is JSON of the right shape, and then checked. What is
wrong is said to the model, which may answer once more; after that it is a ``CaptionError``.
"""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image

from photoshoot.captioners.answers import Answer, UnusableAnswerError, read_answer, read_translation
from photoshoot.captioners.forms import PRODUCT_FORM, TRANSLATION_FORM, Form, FormProcessor, Vocabulary, count_tokens
from photoshoot.captioners.recall import Recall
from photoshoot.errors import CaptionError, WeightsError
from photoshoot.pixels.imaging import show
from photoshoot.records import Category, Cutout, Product
from photoshoot.vision.pretrained import Network

BATCH_SIZE = 4
"""Pictures asked about at once: the question and the answer take 0.2 to 0.5 GB each on top of the weights."""
_TRIES = 2

PRODUCT = f"""\
You are the copywriter and art director of an online shop. The picture shows one product, cut out before plain grey.
Answer with one JSON object with these four keys:
"name": what a shop calls it, in one to four words, lower case, without brand and colour, such as "running shoes";
"description": one sentence of what is seen: colours, material, shape, print. Say nothing of the grey behind it;
"category": one of {", ".join(Category)};
"prompts": a list of four scenes for advertising photos that suit it and differ in place, surface and light. Each is 8 \
to 25 words, begins with "on" or "in", says on what it stands, what is behind it and how it is lit, and never names \
the product. Such as "on a weathered oak table in front of a sunlit garden, warm late sun, relaxed and homely".
Answer with the JSON object alone."""
"""What is asked of a product's picture."""

_TRANSLATION = """\
Translate this description of a photo's scene into plain English. Keep every detail and add none; if it is English \
already, repeat it. Answer with one JSON object with the key "english".

{text}"""

_RETRY = "That can't be used: {fault}. Answer again, with the whole JSON object corrected."

Found = TypeVar("Found")
_Chat = list[dict[str, Any]]


class VlmCaptioner:
    """Names and describes products and writes their prompts with a vision-language model; translates prompts.

    Args:
        folder: A model of transformers' ``AutoModelForImageTextToText`` with a chat template, in the hub's layout.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.

    Raises:
        WeightsMissingError: The folder is not there.
        WeightsError: It holds no such model.
        NoCudaError: CUDA was asked for and is not there.
    """

    def __init__(self, folder: Path, device: str = "auto") -> None:
        self._network = Network(folder, device)
        processor = self._network.processor
        if getattr(processor, "chat_template", None) is None:
            raise WeightsError(f"{folder} has no chat template: it does not answer questions; give another model")
        processor.tokenizer.padding_side = "left"  # all rows' answers begin at one place
        image_processor = processor.image_processor
        if hasattr(image_processor, "do_image_splitting"):
            image_processor.do_image_splitting = False  # a cut-out needs no 17 tiles
        self._vocabulary = Vocabulary(processor.tokenizer)
        self._recall = Recall(self._answer, BATCH_SIZE)
        self._lock = threading.Lock()

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """Name and describe each cut-out, with four scene prompts of its own; a picture is asked about once.

        Raises:
            CaptionError: The model gives no usable answer, even after it was told what is wrong.
            OutOfMemoryError: The device can't hold a batch.
        """
        return self._recall.describe(cutouts)

    def translate(self, texts: Sequence[str]) -> list[str]:
        """Translate scene texts of any language into English.

        Raises:
            CaptionError: The model gives no usable answer, even after it was told what is wrong.
            OutOfMemoryError: The device can't hold a batch.
        """
        chats = [_ask(_TRANSLATION.format(text=self._defuse(text))) for text in texts]
        translations: list[str] = []
        for start in range(0, len(chats), BATCH_SIZE):
            batch = chats[start : start + BATCH_SIZE]
            translations += self._converse(batch, [None] * len(batch), TRANSLATION_FORM, _read_translation)
        return translations

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._network.close()

    def _answer(self, cutouts: Sequence[Cutout]) -> list[Answer]:
        chats = [_ask(PRODUCT, picture=True) for _ in cutouts]
        return self._converse(chats, [show(cutout) for cutout in cutouts], PRODUCT_FORM, read_answer)

    def _converse(
        self,
        chats: Sequence[_Chat],
        pictures: Sequence[Image.Image | None],
        form: Form,
        read: Callable[[str, float], Found],
    ) -> list[Found]:
        """Ask, read, and ask those again whose answers can't be used."""
        found: dict[int, Found] = {}
        faults: Mapping[int, str] = dict.fromkeys(range(len(chats)), "")
        for _ in range(_TRIES):
            rows = list(faults)
            replies = self._write([chats[row] for row in rows], [pictures[row] for row in rows], form)
            faults = {}
            for row, (said, confidence) in zip(rows, replies, strict=True):
                try:
                    found[row] = read(said, confidence)
                except UnusableAnswerError as error:
                    faults[row] = f"{error}"
                    chats[row] += [_turn("assistant", said), _turn("user", _RETRY.format(fault=error))]
            if not faults:
                return [found[row] for row in range(len(chats))]
        row, fault = next(iter(faults.items()))
        said = chats[row][-2]["content"][0]["text"]
        raise CaptionError(f"{self._network.folder.name} gave no usable answer, twice: {fault}; it said {said[:200]!r}")

    def _write(
        self, chats: Sequence[_Chat], pictures: Sequence[Image.Image | None], form: Form
    ) -> list[tuple[str, float]]:
        """Each chat's next turn, and how sure the model is of what is watched in it."""
        network = self._network
        texts = [network.processor.apply_chat_template(chat, add_generation_prompt=True) for chat in chats]
        images = [[picture] for picture in pictures if picture is not None] or None
        inputs = network.processor(text=texts, images=images, padding=True, return_tensors="pt")
        holder = FormProcessor(form, self._vocabulary, network.end_token, len(chats))
        with self._lock:
            tokens = network.write(inputs, count_tokens(form, self._vocabulary), holder)
        said = [self._vocabulary.decode(row) for row in tokens.tolist()]
        return list(zip(said, holder.confidences(), strict=True))

    def _defuse(self, text: str) -> str:
        """A caller's text without the tokens that steer the model."""
        tokenizer = self._network.processor.tokenizer
        steering = {*tokenizer.all_special_tokens, *tokenizer.get_added_vocab()}
        return re.sub("|".join(map(re.escape, sorted(steering, key=len, reverse=True))), " ", text)


def _read_translation(said: str, _: float) -> str:
    return read_translation(said)


def _ask(question: str, *, picture: bool = False) -> _Chat:
    turn = _turn("user", question)
    if picture:
        turn["content"].insert(0, {"type": "image"})
    return [turn]


def _turn(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "content": [{"type": "text", "text": text}]}
