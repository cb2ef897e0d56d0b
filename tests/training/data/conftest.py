from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.data.making import render, write_products


@pytest.fixture(scope="session")
def products(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of three products."""
    return write_products(tmp_path_factory.mktemp("products"))


@pytest.fixture(scope="session")
def rendered(products: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``QUICK``, rendered in one go."""
    out = tmp_path_factory.mktemp("rendered")
    render(products, out)
    return out
