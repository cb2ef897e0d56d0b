from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import torch
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from photoshoot.captioners.forms import (
    PRODUCT_FORM,
    Blank,
    Choice,
    Fixed,
    FormProcessor,
    Vocabulary,
    build_form,
    count_tokens,
)
from photoshoot.captioners.sentence_captioner import CertaintyWatcher
from photoshoot.errors import WeightsError
from photoshoot.records import Category
from tests.measures import FLOAT32


@pytest.fixture(scope="module")
def tokenizer(models: dict[str, Path]) -> PreTrainedTokenizerBase:
    found: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(models["smolvlm"], local_files_only=True)
    return found


def fill_in(form: tuple[Fixed | Blank | Choice, ...], vocabulary: Vocabulary, size: int, seed: int) -> tuple[str, int]:
    """Fill a form in with the likeliest tokens of random scores."""
    end, source = 1, torch.Generator().manual_seed(seed)
    processor = FormProcessor(form, vocabulary, end, rows=1)
    tokens = torch.zeros((1, 1), dtype=torch.long)
    for step in range(count_tokens(form, vocabulary)):
        scores = processor(tokens, torch.randn((1, size), generator=source))
        token = int(scores.argmax())
        if token == end:
            return vocabulary.decode(tokens[0, 1:].tolist()), step
        tokens = torch.cat([tokens, torch.tensor([[token]])], dim=1)
    raise AssertionError("it did not end")


@pytest.mark.parametrize("seed", range(4))
def test_random_scores_fill_a_products_form_in(tokenizer: PreTrainedTokenizerBase, seed: int) -> None:
    vocabulary = Vocabulary(tokenizer)
    text, _ = fill_in(PRODUCT_FORM, vocabulary, len(tokenizer) + 3, seed)  # a model's vocabulary may be padded
    data = json.loads(text)
    assert list(data) == ["name", "description", "category", "prompts"]
    assert data["category"] in list(Category)
    assert len(data["prompts"]) == 4
    assert all(texts.strip() for texts in (data["name"], data["description"], *data["prompts"]))


def test_a_blank_is_ended_in_time_and_never_empty(tokenizer: PreTrainedTokenizerBase) -> None:
    vocabulary = Vocabulary(tokenizer)
    form = build_form([("a", Blank(3))])
    quote = torch.full((1, len(tokenizer)), 0.0)
    quote[0, vocabulary.quote] = 9
    shy, eager = FormProcessor(form, vocabulary, 1, 1), FormProcessor(form, vocabulary, 1, 1)
    tokens = torch.zeros((1, 1), dtype=torch.long)
    for _ in vocabulary.encode('{"a": "'):
        shy(tokens, quote)
        tokens = torch.cat([tokens, eager(tokens, quote).argmax(dim=1, keepdim=True)], dim=1)
    assert shy(tokens, quote)[0, vocabulary.quote] == -math.inf
    letter = vocabulary.encode("t")[0]
    for _ in range(3):
        eager(tokens, quote)
        tokens = torch.cat([tokens, torch.tensor([[letter]])], dim=1)
    held = eager(tokens, quote)
    assert held[0].isfinite().nonzero().ravel().tolist() == [vocabulary.quote]


def test_fixed_text_and_choices_allow_nothing_else(tokenizer: PreTrainedTokenizerBase) -> None:
    vocabulary = Vocabulary(tokenizer)
    form = build_form([("kind", Choice(("drink", "food")))])
    texts = {fill_in(form, vocabulary, len(tokenizer), seed)[0] for seed in range(12)}
    assert texts == {'{"kind": "drink"}', '{"kind": "food"}'}


def test_confidence_is_the_mean_probability_of_watched_tokens(tokenizer: PreTrainedTokenizerBase) -> None:
    vocabulary = Vocabulary(tokenizer)
    processor = FormProcessor((Blank(2, watched=True), Blank(2)), vocabulary, 1, rows=1)
    tokens = torch.zeros((1, 1), dtype=torch.long)
    letters = [vocabulary.encode(letter)[0] for letter in "tw"]
    for token, logits in ((letters[0], {letters[0]: 2.0}), (letters[1], {}), (vocabulary.quote, {}), (letters[0], {})):
        scores = torch.full((1, len(tokenizer)), -math.inf)
        scores[0, letters] = 0
        scores[0, vocabulary.quote] = 0
        for letter, logit in logits.items():
            scores[0, letter] = logit
        processor(tokens, scores)
        tokens = torch.cat([tokens, torch.tensor([[token]])], dim=1)
    processor(tokens, scores)
    first = math.exp(2) / (math.exp(2) + 1)  # the quote may not come first
    assert processor.confidences() == pytest.approx([math.sqrt(first / 3)], abs=FLOAT32)


def test_a_captions_confidence_leaves_out_what_comes_after_its_end() -> None:
    watcher = CertaintyWatcher(rows=2, end_token=0)
    tokens = torch.tensor([[1], [1]])
    for column in ([1, 2], [0, 2], [0, 0]):
        watcher(tokens, torch.tensor([[0.0, math.log(2.0), 0.0]] * 2))
        tokens = torch.cat([tokens, torch.tensor(column)[:, None]], dim=1)
    watcher(tokens, torch.zeros(2, 3))
    assert watcher.confidences() == pytest.approx([0.5, 0.25], abs=FLOAT32)


def test_a_tokenizer_without_a_quotation_mark_is_refused(
    tokenizer: PreTrainedTokenizerBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokenizer, "batch_decode", lambda ids, **_: ["x"] * len(ids))
    with pytest.raises(WeightsError, match="quotation mark"):
        Vocabulary(tokenizer)
