from __future__ import annotations

import json

import pytest

from photoshoot.errors import UnknownNameError
from photoshoot.records.reports import THRESHOLDS, Check, QualityReport


@pytest.mark.parametrize("name", THRESHOLDS)
def test_a_measure_passes_at_its_bounds_and_fails_beyond(name: str) -> None:
    threshold = THRESHOLDS[name]
    for bound, beyond in ((threshold.low, -1e-6), (threshold.high, 1e-6)):
        if abs(bound) != float("inf"):
            assert threshold.judge(name, bound).passed
            assert not threshold.judge(name, bound + beyond).passed
    assert threshold.judge(name, None).passed, "what was not measured fails nothing"


def check(name: str, value: float | None, *, hard: bool, high: float = 1.0) -> Check:
    return Check(name=name, value=value, high=high, hard=hard)


def report(*checks: Check) -> QualityReport:
    return QualityReport(checks=checks, core_region="", core_sha256="0" * 64)


def test_only_a_hard_check_fails_a_shot_and_a_soft_one_warns() -> None:
    good, hard, soft = check("good", 1, hard=True), check("hard", 2, hard=True), check("soft", 2, hard=False)
    unmeasured = check("unmeasured", None, hard=True)
    told = report(good, hard, soft, unmeasured)
    assert (told.failed, told.warnings, told.failures) == (("hard",), ("soft",), (hard, soft))
    assert not told.passed
    assert report(good, soft, unmeasured).passed
    assert told.value("soft") == 2
    assert told.value("unmeasured") is None
    with pytest.raises(UnknownNameError, match="soft"):
        told.check("sofd")


def test_a_report_is_plain_data_of_five_digits_that_strict_json_holds() -> None:
    checks = [threshold.judge(name, 2 / 3 * 10**place) for place, (name, threshold) in enumerate(THRESHOLDS.items())]
    record = report(*checks, Check(name="none", value=None, note="dark")).to_record()
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    measures = record["measures"]
    assert isinstance(measures, dict)
    assert list(measures) == [*THRESHOLDS, "none"], "in the order of the report"
    for place, name in enumerate(THRESHOLDS):
        assert measures[name] == float(f"6.6667e{place - 1}")
    assert record["notes"] == {"none": "dark"}
