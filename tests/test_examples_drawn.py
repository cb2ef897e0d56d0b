"""A commit is green or it is not: the examples that a test draws are the same whatever is loaded beside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def drawn() -> list[int]:
    found = []

    @settings(max_examples=300, database=None)
    @given(number=st.integers(0, 10**6))
    def look(number: int) -> None:
        found.append(number)

    look()
    return found


@pytest.mark.skipif("TEST_HUNTS" in os.environ, reason="new examples are asked for")
def test_what_is_loaded_beside_a_test_does_not_change_its_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = drawn()
    path = tmp_path / "constants.py"
    path.write_text(f"NUMBERS = ({', '.join(str(10_007 * i) for i in range(1, 99))})\n")
    module = ModuleType("loaded_beside")
    module.__file__ = str(path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "loaded_beside", module)
    assert drawn() == alone
    assert len(set(alone)) > 100
