"""What is shipped for operators means what it says: manifests that are sound, and a dashboard of metrics that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from photoshoot.jobs import QueueCounts
from photoshoot.server.ops.metrics import Metrics
from photoshoot.server.settings_sources import load_settings

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"


def objects() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")))


def pods() -> list[dict[str, Any]]:
    return [one["spec"]["template"]["spec"] for one in objects() if one["kind"] == "Deployment"]


def test_the_manifests_follow_kubernetes_schemas() -> None:
    validate = pytest.importorskip("kubernetes_validate", reason="pip install kubernetes-validate: 110 MB of schemas")
    for one in objects():
        validate.validate(one, validate.latest_version(), strict=True)


def test_nothing_runs_as_root_or_writes_to_its_image() -> None:
    assert len(pods()) == 2
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["enableServiceLinks"] is False
        for container in pod["containers"]:
            rights = container["securityContext"]
            assert (rights["readOnlyRootFilesystem"], rights["allowPrivilegeEscalation"]) == (True, False)
            assert rights["capabilities"] == {"drop": ["ALL"]}
            assert "livenessProbe" in container
            assert container["resources"]["limits"]["memory"]


def test_selectors_and_ports_fit_each_other() -> None:
    labels = [one["spec"]["template"]["metadata"]["labels"] for one in objects() if one["kind"] == "Deployment"]
    selectors = [one["spec"]["selector"]["matchLabels"] for one in objects() if one["kind"] == "Deployment"]
    assert labels == selectors
    (service,) = [one for one in objects() if one["kind"] == "Service"]
    assert service["spec"]["selector"] in labels
    ports = {port["name"] for pod in pods() for container in pod["containers"] for port in container["ports"]}
    assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports


def test_its_settings_are_settings() -> None:
    (values,) = [one["data"] for one in objects() if one["kind"] == "ConfigMap"]
    settings = load_settings({"workers": 0}, values)
    assert (settings.host, settings.workers) == ("0.0.0.0", 0)


def test_the_dashboard_asks_for_metrics_that_there_are() -> None:
    metrics = Metrics()
    metrics.observe_request("GET", "/", 200, 0.1)
    text = metrics.write(QueueCounts(queued=0, processing=0, pending_deliveries=0)).decode()
    known = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    panels = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))["panels"]
    asked = {
        name
        for panel in panels
        for target in panel["targets"]
        for name in re.findall(r"\b(?:photoshoot|process)_\w+", target["expr"])
    }
    assert len(asked) >= 10
    assert {name for name in asked if re.sub(r"_(bucket|count|sum)$", "", name) not in known} == set()
