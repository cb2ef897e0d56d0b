from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot.errors import InputError, SettingsError
from photoshoot.training.data import hold_out_products, open_training_data
from photoshoot.training.samples import TrainingData
from tests.training.data.making import make_sample, write_shard


def build(folder: Path, products: int) -> TrainingData:
    samples = [make_sample(f"{number:08}", f"product {number % products}") for number in range(3 * products)]
    write_shard(folder / f"{products}" / "one.tar", *samples)
    return open_training_data(folder / f"{products}")


def names(data: TrainingData) -> list[str]:
    return [data.product_of(index) for index in range(len(data))]


def test_no_product_is_on_both_sides_and_none_is_lost(tmp_path: Path) -> None:
    data = build(tmp_path, 10)
    train, held = hold_out_products(data, 0.25)
    assert not set(names(train)) & set(names(held))
    assert len(set(names(held))) == 3
    keys = sorted([train[index].key for index in range(len(train))] + [held[index].key for index in range(len(held))])
    assert keys == [f"{number:08}" for number in range(30)]
    assert held.size_of(0) == (12, 8)


def test_it_depends_on_the_seed_alone(tmp_path: Path) -> None:
    data = build(tmp_path, 10)
    held = [set(names(hold_out_products(data, 0.2, seed=seed)[1])) for seed in (0, 0, 1, 2, 3)]
    assert held[0] == held[1]
    assert any(held[0] != other for other in held[2:])


def test_both_sides_have_a_product(tmp_path: Path) -> None:
    for share in (0.0, 1.0):
        train, held = hold_out_products(build(tmp_path, 2), share)
        assert len(set(names(train))) == len(set(names(held))) == 1
    with pytest.raises(InputError, match="at least two"):
        hold_out_products(build(tmp_path, 1), 0.5)
    with pytest.raises(SettingsError, match="share"):
        hold_out_products(build(tmp_path, 2), 1.5)
