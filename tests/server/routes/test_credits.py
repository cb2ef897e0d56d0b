"""With credits on, an original leaves by no way unpaid, and a picture is paid once, whichever way it leaves first."""

from __future__ import annotations

from uuid import UUID, uuid4

import httpx

from photoshoot.jobs import Credentials, Process
from photoshoot.server import Service
from tests.jobs.waiting import PATIENCE_S
from tests.server.asking import fetch, headers_of
from tests.server.uploads import draw_photo, encode_photo

DOWNLOAD = "/api/v1/Image/ProductGeneration/Download"
SHOOT = "/api/v1/Image/ProductGeneration/Shoot"


def credits_of(service: Service, application_id: UUID) -> int | None:
    return service.jobs.applications.find(application_id).credits


def test_a_public_url_is_charged_like_a_download(
    charging: tuple[Service, str], credentials: Credentials, process: Process
) -> None:
    service, url = charging
    ids = (process.application_id, process.id, process.tasks[0].id)
    public = service.signer.url(service.signer.address(*ids), url)
    query = {
        "applicationId": str(ids[0]),
        "imageProductGeneratorProcessId": str(ids[1]),
        "taskId": str(ids[2]),
    }

    def download() -> httpx.Response:
        return fetch(url + DOWNLOAD, params=query, headers=headers_of(credentials))

    refused = (fetch(public), download())
    assert [reply.status_code for reply in refused] == [400, 400]
    assert {"API Key Credits for Application does not exist." in reply.text for reply in refused} == {True}
    service.jobs.applications.grant_credits(ids[0], 2)
    looked = httpx.head(public)  # a look costs nothing
    assert (looked.status_code, credits_of(service, ids[0])) == (200, 2)
    assert [reply.status_code for reply in (fetch(public), download(), fetch(public))] == [200] * 3
    assert credits_of(service, ids[0]) == 1


def test_a_shot_that_is_not_paid_is_named_and_can_be_had_later(
    charging: tuple[Service, str], credentials: Credentials
) -> None:
    service, url = charging
    application, headers = credentials.application.id, headers_of(credentials)
    form = {"applicationId": str(application), "userId": str(uuid4()), "size": "64x64", "draft": "true"}
    photo = {"productImage": ("bottle.png", encode_photo(draw_photo()))}
    refused = httpx.post(url + SHOOT, data=form, files=photo, headers=headers, timeout=PATIENCE_S)
    assert (refused.status_code, "API Key Credits" in refused.text) == (400, True)
    query = {
        "applicationId": str(application),
        "imageProductGeneratorProcessId": refused.headers["X-Process-Id"],
        "taskId": refused.headers["X-Task-Id"],
    }
    service.jobs.applications.grant_credits(application, 1)
    assert fetch(url + DOWNLOAD, params=query, headers=headers).status_code == 200
    assert credits_of(service, application) == 0
