"""Both clients against a live service: from a photo to files, and all that is done with them."""

from __future__ import annotations

import asyncio
import inspect
import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from photoshoot import client as api
from photoshoot.client import ApiError, AsyncClient, Client, Credentials, is_genuine
from photoshoot.errors import UnknownNameError
from photoshoot.jobs import Credentials as Secrets
from photoshoot.server import Service
from tests.jobs.receiver import run_receiver
from tests.jobs.waiting import PATIENCE_S, wait_until
from tests.server.conftest import credentials as made_credentials
from tests.server.conftest import service, shoot, url, user_id
from tests.server.uploads import cut_jpeg, draw_photo, encode_photo, two_bottles

__all__ = ["made_credentials", "service", "shoot", "url", "user_id"]  # fixtures of the service's tests
credentials = made_credentials
PRESET = {"tag": "preset", "preset": "white_background"}


@pytest.fixture(scope="module")
def who(credentials: Secrets) -> Credentials:
    return Credentials(application_id=credentials.application.id, key=credentials.key, secret=credentials.secret)


def test_from_a_photo_to_files(url: str, who: Credentials, credentials: Secrets, user_id: UUID, tmp_path: Path) -> None:
    photo = tmp_path / "bottle.png"
    photo.write_bytes(encode_photo(draw_photo()))
    seen: list[int] = []
    with Client(url, who) as client, run_receiver() as receiver:
        assert client.get_tokens(credentials.jwt_private_key).access_token
        channel = client.create_channel(receiver.url, name="tests")
        assert PRESET["preset"] in {preset.id for preset in client.list_presets(user_id)}
        found = client.recommend(photo, user_id)
        assert (len(found.prompts), len(found.preset_ids)) == (4, 6)
        process = client.order(found, [PRESET, "on a slate slab"], 64, seed=7, DisableSafeMargin=True)
        assert (len(process.tasks), process.is_final) == (2, False)
        done = client.wait(process, every_s=0.1, on_progress=lambda progress: seen.append(progress.percent))
        assert (done.is_successful, seen[-1], seen) == (True, 100, sorted(seen))
        assert [task.id for task in done.tasks] == [task.id for task in process.tasks]
        for kind, start in (("png", b"\x89PNG"), ("jpeg", b"\xff\xd8"), ("pdf", b"%PDF-1.6")):
            path = client.download(done, done.tasks[0], format=kind).save(tmp_path / "out")
            assert path.read_bytes().startswith(start)
        assert httpx.get(done.tasks[1].url, timeout=PATIENCE_S).content == client.download(done, done.tasks[1]).data
        again = client.reroll(done, done.tasks[0], seed=8)
        cancelled = client.cancel(again)
        assert cancelled.is_final
        wait_until(lambda: len(receiver.messages) >= 3)
        message = receiver.messages[0]
        assert is_genuine(channel.secret, message.headers, message.raw)
        assert not is_genuine(channel.secret, message.headers, message.raw + b" ")
        assert not is_genuine(channel.secret, {}, message.raw)
        client.delete_channel(channel)
        assert client.delete_process(done).pictures
        assert client.delete_upload(found).uploads == (found.asset_id,)
        with pytest.raises(ApiError) as gone:
            client.check(done)
        assert (gone.value.status, bool(gone.value.trace_id)) == (404, True)


def test_what_there_is_can_be_searched_listed_and_changed(url: str, who: Credentials, credentials: Secrets) -> None:
    owner, photo = uuid4(), encode_photo(draw_photo())
    with Client(url, who) as client:
        first = client.get_tokens(credentials.jwt_private_key)
        assert client.refresh_tokens(first).access_token != first.access_token
        assert client.search_presets(owner, "white background")[0].id == PRESET["preset"]
        reading = client.read_prompt(owner, "auf weissem marmor")
        assert (reading.understood, reading.language, len(reading.nearest)) == (True, "German", 3)
        found = client.recommend(photo, owner)
        orders = [client.order(found, [PRESET], size="96x64,64x64") for _ in range(2)]
        client.cancel(orders[0])
        client.cancel(orders[1])
        latest = client.wait(orders[1])
        assert [(task.prompt_index, task.size) for task in latest.tasks] == [(0, "96x64"), (0, "64x64")]
        assert latest.tasks[1].error_message == "The task was cancelled."
        hour_ago = datetime.now(UTC) - timedelta(hours=1)
        page = client.list_processes(user_id=owner, limit=1, since=hour_ago)
        assert [one.process_id for one in page.processes] == [latest.process_id]
        rest = client.list_processes(user_id=owner, limit=1, cursor=page.next_cursor)
        assert ([one.process_id for one in rest.processes], rest.next_cursor) == ([orders[0].process_id], None)
        assert client.list_processes(user_id=owner, state=latest.state, until=hour_ago).processes == ()
        assert client.delete_picture(latest, latest.tasks[1]).pictures == (latest.tasks[1].id,)
        assert set(client.delete_user(owner).processes) == {one.process_id for one in orders}


def test_channels_are_changed_and_their_messages_sent_again(url: str, who: Credentials) -> None:
    owner = uuid4()
    with Client(url, who) as client, run_receiver() as receiver:
        channel = client.create_channel("http://127.0.0.1:1/nobody")
        changed = client.change_channel(channel, url=receiver.url, name="renamed", is_active=True)
        assert (changed.name, changed.url, changed.secret) == ("renamed", receiver.url, "")
        assert changed in client.list_channels(only_active=True)
        ordered = client.order(client.recommend(encode_photo(draw_photo()), owner), [PRESET], size="64x64")
        client.cancel(ordered)
        wait_until(lambda: len(client.list_deliveries(channel, state="delivered")) == 2)
        last, before = client.list_deliveries(channel)
        assert client.list_deliveries(channel, before=last.id, limit=1) == [before]
        assert (last.process_id, last.task_id, before.task_id) == (ordered.process_id, None, ordered.tasks[0].id)
        assert client.redeliver(channel, before).state == "pending"
        wait_until(lambda: [message.id for message in receiver.messages].count(str(before.id)) == 2)
        client.change_channel(channel, is_active=False)
        assert channel.id not in {one.id for one in client.list_channels(only_active=True)}
        client.delete_channel(channel)


def test_an_application_deletes_itself(url: str, service: Service) -> None:
    short = service.jobs.applications.create("short-lived")
    own = Credentials(application_id=short.application.id, key=short.key, secret=short.secret)
    with Client(url, own) as client:
        assert client.delete_application().uploads == ()
        with pytest.raises(ApiError, match="x-api-key or x-api-secret is wrong"):
            client.list_channels()


def test_both_clients_have_the_same_calls() -> None:
    def signatures(kind: type) -> dict[str, list[str]]:
        own = vars(kind.__base__) | vars(kind)
        methods = {name: method for name, method in own.items() if not name.startswith("_")}
        return {name: list(inspect.signature(method).parameters) for name, method in methods.items()}

    assert signatures(Client) == signatures(AsyncClient)


def test_a_process_is_followed_and_a_picture_in_one_call_names_what_was_made(url: str, who: Credentials) -> None:
    owner, photo = uuid4(), encode_photo(draw_photo())
    with Client(url, who) as client:
        shot = client.shoot(photo, owner, PRESET, size="64x64", format="jpeg", low_resolution=True)
        assert (shot.media_type, shot.task_id is None, shot.asset_id is None) == ("image/jpeg", False, False)
        with pytest.raises(ApiError) as late:
            client.shoot(photo, owner, PRESET, size="96x64", wait_s=0)
        assert late.value.status == 202
        assert late.value.process is not None
        told = list(client.follow(late.value.process))
        assert (told[-1].is_final, [one.is_final for one in told].count(True)) == (True, 1)
        with pytest.raises(UnknownNameError, match="jpeg, pdf, png"):
            client.download(told[-1], told[-1].tasks[0], format="webp")
        alone = client.order(client.recommend(photo, owner), "on a marble slab", size="64x64")
        assert len(client.cancel(alone).tasks) == 1
        client.delete_user(owner)


def test_what_was_missing_of_a_photo_is_told(url: str, who: Credentials) -> None:
    owner, cut = uuid4(), cut_jpeg()
    with Client(url, who) as client:
        found, shot = client.recommend(cut, owner), client.shoot(cut, owner, PRESET, size="64x64")
        whole = client.recommend(encode_photo(draw_photo()), owner)
        client.delete_user(owner)
    warning = r"The file is cut short: its lowest \d+ of \d+ rows are missing and left out\."
    assert re.fullmatch(warning, found.warning)
    assert (shot.warning, whole.warning) == (found.warning, "")


def test_tokens_that_have_ended_are_renewed_by_the_next_call(
    url: str, who: Credentials, credentials: Secrets, user_id: UUID
) -> None:
    with Client(url, who) as client, httpx.Client(timeout=PATIENCE_S) as own, Client(url, who, http=own) as second:
        tokens = client.get_tokens(credentials.jwt_private_key)
        assert datetime.now(UTC) < tokens.expires_at < tokens.refresh_expires_at
        second.get_tokens(credentials.jwt_private_key)
        own.headers["Authorization"] = "Bearer ended"
        assert second.list_presets(user_id)
        assert own.headers["Authorization"] != "Bearer ended"
        second.refresh_tokens(tokens)
    with Client(url, replace(who, secret="0" * 64)) as wrong:
        wrong.get_tokens(credentials.jwt_private_key)
        with pytest.raises(ApiError, match="x-api-secret is wrong"):
            wrong.list_presets(user_id)


def test_calls_that_fail_together_renew_their_tokens_once(
    url: str, who: Credentials, credentials: Secrets, user_id: UUID
) -> None:
    with Client(url, who) as giver:
        tokens = giver.get_tokens(credentials.jwt_private_key)
    with httpx.Client(timeout=PATIENCE_S) as own, Client(url, who, http=own) as client, ThreadPoolExecutor(8) as pool:
        latest = client.refresh_tokens(tokens)  # it knows no private key: each refresh token counts once
        for _ in range(3):
            own.headers["Authorization"] = "Bearer ended"
            assert all(pool.map(lambda _: client.list_presets(user_id), range(8)))
    assert latest.access_token != own.headers["Authorization"].removeprefix("Bearer ")

    async def work() -> None:
        async with httpx.AsyncClient(timeout=PATIENCE_S) as own, AsyncClient(url, who, http=own) as client:
            first = await client.get_tokens(credentials.jwt_private_key)
        async with httpx.AsyncClient(timeout=PATIENCE_S) as own, AsyncClient(url, who, http=own) as client:
            await client.refresh_tokens(first)
            for _ in range(3):
                own.headers["Authorization"] = "Bearer ended"
                assert all(await asyncio.gather(*(client.list_presets(user_id) for _ in range(8))))
            with pytest.raises(ApiError, match="token"):
                await client.refresh_tokens(first)

    asyncio.run(work())


def test_asyncio_does_the_same(url: str, who: Credentials) -> None:
    async def work() -> None:
        user = uuid4()
        async with AsyncClient(url, who) as client:
            found = await client.recommend(encode_photo(draw_photo()), user)
            process = await client.order(found, [PRESET], 64, DisableSafeMargin=True)
            done = await client.wait(process, every_s=0.1)
            picture = await client.download(done, done.tasks[0], low_resolution=True, format="jpeg")
            assert picture.media_type == "image/jpeg"
            made = await client.shoot(encode_photo(draw_photo()), user, PRESET, renderKind=64, DisableSafeMargin=True)
            assert made.data.startswith(b"\x89PNG")
            deleted = await client.delete_user(user)
            assert (len(deleted.uploads), len(deleted.processes)) == (2, 2)

    asyncio.run(work())


def test_a_cut_out_is_told_what_is_meant(
    service: Service, url: str, who: Credentials, credentials: Secrets, user_id: UUID
) -> None:
    photo, left_half = two_bottles(), io.BytesIO()
    with Image.open(io.BytesIO(photo)) as image:
        half = image.width // 2
        stroke = Image.new("L", image.size)
    stroke.paste(255, (0, 0, half, stroke.height))
    stroke.save(left_half, "PNG")

    def left_edge(found: api.Recommendation) -> int:
        return service.jobs.assets.load(credentials.application.id, found.asset_id).cutout.box.left

    with Client(url, who) as client:
        assert left_edge(client.recommend(photo, user_id)) < half
        assert left_edge(client.recommend(photo, user_id, select="the right one")) >= half
        assert left_edge(client.recommend(photo, user_id, remove=left_half.getvalue())) >= half
        with pytest.raises(ApiError, match="select"):
            client.shoot(photo, user_id, PRESET, keep=left_half.getvalue(), select="the purple one")


def test_a_refusal_says_why_in_each_of_the_contracts_shapes(url: str, who: Credentials, user_id: UUID) -> None:
    wrong = Credentials(application_id=who.application_id, key=who.key, secret="0" * 64)
    with Client(url, wrong) as client, pytest.raises(ApiError, match="x-api-key or x-api-secret is wrong") as refused:
        client.list_presets(user_id)
    assert refused.value.status == 401
    with Client(url, who) as client:
        with pytest.raises(ApiError, match="unknown_foreground"):
            client.recommend(GREY, user_id)
        found = api.Recommendation(
            asset_id=uuid4(), user_id=user_id, product_name="a", product_description="b", prompts=(), preset_ids=()
        )
        with pytest.raises(ApiError, match="renderKind The value '3'"):
            client.order(found, [PRESET], 3)
        with pytest.raises(ApiError, match="seed"):
            client.order(found, [PRESET], seed="many")


GREY = encode_photo(draw_photo().convert("RGB").point(lambda _: 128))


def test_a_busy_service_is_asked_again_and_an_order_is_carried_out_once(service: Service, who: Credentials) -> None:
    answers = [429, 503, 200]
    keys: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["idempotency-key"])
        status = answers.pop(0)
        told = {
            "imageRenderProcessId": str(uuid4()),
            "userId": str(uuid4()),
            "requestRenderState": 1,
            "progress": 0,
            "tasks": {},
            "isSuccessful": False,
            "errorMessage": "",
        }
        return httpx.Response(status, json=told, headers={"Retry-After": "0"})

    assert service
    found = api.Recommendation(
        asset_id=uuid4(), user_id=uuid4(), product_name="a", product_description="b", prompts=(), preset_ids=()
    )
    with Client("http://service.test", who, http=httpx.Client(transport=httpx.MockTransport(answer))) as client:
        client.order(found, [PRESET])
    assert (answers, len(set(keys))) == ([], 1)
