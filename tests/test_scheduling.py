from __future__ import annotations

import pytest


def test_the_suite_has_a_limit(pytestconfig: pytest.Config) -> None:
    """A test's: 15 minutes, of which the longest takes one where nothing else runs."""
    assert float(pytestconfig.getini("faulthandler_timeout")) == 900
    assert pytestconfig.getini("faulthandler_exit_on_timeout")
