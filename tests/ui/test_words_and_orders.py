"""What the page says and asks for, without a browser."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import importlib.util
import json
import shlex
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from photoshoot import ExportSettings, LightOverride, Photoshoot, Placement, Prompt, Request
from photoshoot.cli.arguments import build_parser
from photoshoot.cli.orders import Order
from photoshoot.engines.choice import EngineChoice
from photoshoot.errors import (
    CancelledError,
    DeviceError,
    FileTooLargeError,
    InputError,
    NoProductFoundError,
    PhotoError,
    SettingsError,
    UnknownNameError,
)
from photoshoot.pixels.photos import read_photo
from photoshoot.production import OnProgress
from photoshoot.records import Cutout, Progress, Recommendation, RgbImage, Shot
from photoshoot.request import list_sizes, write_request
from photoshoot.settings import Anchor, ImageFormat

if importlib.util.find_spec("gradio") is None:  # which is not imported: it takes two seconds, and is not needed here
    pytest.skip("the extra ui is not installed", allow_module_level=True)

from photoshoot.ui import cards
from photoshoot.ui.batches import BatchRoom
from photoshoot.ui.cards import shot_cards, show_downloads
from photoshoot.ui.code import write_code
from photoshoot.ui.downloads import build_zip
from photoshoot.ui.engines import Builder, Engines
from photoshoot.ui.guard import Guard, guard_page
from photoshoot.ui.job import Job
from photoshoot.ui.orders import CONTROLS, Choices
from photoshoot.ui.sessions import Cutting, Picture, Session, SessionStore
from photoshoot.ui.settings import UiSettings
from photoshoot.ui.wording import explain
from photoshoot.ui.workroom import MOST_KEPT, Workroom
from tests.conftest import EXAMPLES
from tests.jobs.stubs import FlatPlacer, with_placer
from tests.jobs.waiting import PATIENCE_S
from tests.ui.conftest import draw_things

ASKED = Request(
    prompts=(Prompt.custom("on a black marble slab"),),
    render_kind="medium_banner",
    safe_margin=False,
    light=LightOverride(azimuth_deg=-60.0, color="#ffe0b0"),
    placement=Placement(anchor=Anchor.LEFT, scale=0.8, pitch_deg=20.0),
    light_on_product=0.5,
    seed=11,
    draft=True,
)


def two_engines(studio: Photoshoot, build: Callable[[], Photoshoot]) -> Engines:
    """The tests' own engine, and another one beside it."""
    return Engines(
        {
            "studio": Builder(choice=EngineChoice(), build=lambda: studio),
            "sd15": Builder(choice=EngineChoice(name="sd15"), build=build),
        }
    )


@pytest.fixture(scope="module")
def shoot(shoot: Photoshoot) -> Photoshoot:
    """The embedded parts but for the studio, whose pictures the page's own tests show."""
    return with_placer(shoot, FlatPlacer())


@pytest.fixture
def room(shoot: Photoshoot, tmp_path: Path) -> Workroom:
    """A workroom with the tests' own engine."""
    return Workroom(UiSettings(folder=tmp_path), {"studio": Builder(choice=EngineChoice(), build=lambda: shoot)})


def values(**changes: object) -> Choices:
    """The page's controls as they stand at first, but for changes."""
    plain: dict[str, object] = {
        "recommended": {"chosen": ["white_background"]}, "gallery": {}, "stance": "as suits the product", "prompts": "",
        "sizes": {"chosen": ["post"]}, "own_size": "", "safe": True, "own_light": False,
        "dial": {"azimuth": -45, "elevation": 45}, "softness": 0.5, "intensity": 0.6,
        "brightness": 1, "color": "#ffffff",
        "on_product": 0, "own_place": False, "frame": {"x": 0.3, "base": 0.85}, "scale": 1,
        "own_pitch": False, "pitch": 30, "seed": 7, "engine": "studio",
    }  # fmt: skip
    return Choices.of([{**plain, **changes}[name] for name in CONTROLS])


def picture_of(cutting: Cutting) -> Picture:
    """What was asked for, of a product that was cut out like this."""
    told = {"title": "", "size": "", "draft": True, "passed": True, "told": (), "note": "", "cutting": cutting}
    box = (0, 0, 1, 1)
    return Picture(file="1.png", width_px=1, height_px=1, product_box=box, request=write_request(ASKED), **told)  # type: ignore[arg-type]


def test_the_photo_is_laid_under_its_picture_however_the_product_is_held(room: Workroom) -> None:
    """A garment lay and a bottle stood, and the slider showed each where it would have stood."""
    photo = np.full((240, 320, 3), 244, np.uint8)
    photo[60:200, 130:190] = 30, 120, 60
    held = BytesIO()
    Image.fromarray(photo).save(held, "PNG")
    work = room.take(held.getvalue(), "block.png")
    for box in ((40, 90, 100, 230), (200, 20, 230, 90)):
        made = dataclasses.replace(picture_of(Cutting()), width_px=300, height_px=240, product_box=box)
        for enlarged in (1, 2):
            before = cards.compare(work, made, np.zeros((240 * enlarged, 300 * enlarged, 3), np.uint8))
            assert before.shape == (240 * enlarged, 300 * enlarged, 3)
            green = np.argwhere(before[..., 0] < 100)
            (top, left), (bottom, right) = green.min(0), green.max(0) + 1
            np.testing.assert_allclose((left, top, right, bottom), enlarged * np.array(box), atol=3 * enlarged)


def test_the_code_makes_a_picture_of_a_chosen_and_corrected_thing_again(
    room: Workroom, shoot: Photoshoot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    things = np.asarray(Image.open(BytesIO(draw_things()))).copy()
    things[things[..., 3] == 0, :3], things[140:180, 200:270, :3] = 250, (230, 200, 20)
    Image.fromarray(things).save("things.png")
    session = room.take(Path("things.png").read_bytes(), "things.png").session
    room.choose(session.id, select="1")
    kept, removed = np.zeros((2, 200, 300), bool)
    removed[145:175, 205:265] = True
    work = room.correct(session.id, kept, removed)
    assert (work.cutout.box.left, work.cutout.box.bottom) == (200, 140)
    session.name, session.description = "blue box", "A blue box."
    job = room.start(session.id, dataclasses.replace(ASKED, placement=Placement()))
    assert job.ended.wait(PATIENCE_S), job.told
    (picture,) = room.store.load(session.id).pictures
    with zipfile.ZipFile(BytesIO(build_zip(room.store, session, ExportSettings()))) as bundle:
        bundle.extractall(".")
        command = bundle.read("make-again.sh").decode().splitlines()[1]
    python, told = write_code(session.photo_name, picture)
    assert told == command
    text = python.replace("Photoshoot.embedded()", "nullcontext(shoot)").replace('"out/"', '"again.png"')
    exec(text, {"shoot": shoot, "nullcontext": contextlib.nullcontext})
    made = read_photo(room.store.picture(session.id, picture.file)).rgb
    assert np.array_equal(read_photo("again.png").rgb, made)
    order = Order.read(build_parser().parse_args([*shlex.split(command)[1:], "--out", str(tmp_path)]))
    product = order.describe(shoot, "things.png")
    assert product.cutout.sha256 == work.cutout.sha256
    assert (order.request.name, order.request.description) == ("blue box", "A blue box.")


def test_the_code_says_that_glass_is_clear_or_not() -> None:
    for glass, python, option in ((True, "glass=True", "--glass"), (False, "glass=False", "--no-glass")):
        code, command = write_code("bottle.jpg", picture_of(Cutting(glass=glass)))
        assert f"SegmentationSettings({python})" in code
        assert option in shlex.split(command)


def test_the_code_makes_the_same_request(tmp_path: Path) -> None:
    python, command = write_code("bottle.jpg", picture_of(Cutting()))
    words = shlex.split(command)
    assert words[:2] == ["photoshoot", "shoot"]
    arguments = build_parser().parse_args([*words[1:], "--out", str(tmp_path)])
    assert Order.read(arguments).request == ASKED
    taken: dict[str, Any] = {}

    class Taking:
        def __enter__(self) -> Taking:
            return self

        def __exit__(self, *_: object) -> None: ...

        def generate(self, photo: str, **given: object) -> list[Taking]:
            taken.update(given, photo=photo)
            return [self]

        def save(self, folder: str, format: str) -> str:
            return folder + format

    text = python.replace("Photoshoot.embedded()", "Taking()").partition("\n\n")[2]
    exec(
        text,
        {"Taking": Taking, "LightOverride": LightOverride, "Placement": Placement, "Prompt": Prompt, "print": list},
    )
    photo = taken.pop("photo")
    assert photo == "bottle.jpg"
    assert Request(**{**taken, "prompts": tuple(taken["prompts"])}) == ASKED


def test_controls_become_a_request() -> None:
    asked = values(
        prompts="on slate\n\n", own_size="500x400", own_light=True, own_place=True, color="rgba(255, 224.2, 176, 1)"
    ).build_request(draft=True)
    assert [prompt.preset_id for prompt in asked.prompts] == [None, "white_background"]  # type: ignore[union-attr]
    assert asked.light is not None
    assert asked.light.color == "#ffe0b0"
    assert (asked.placement.center_x, asked.placement.base) == (0.3, 0.85)
    seen = values(own_pitch=True).build_request(draft=True).placement
    assert seen == Placement(pitch_deg=30.0)
    assert values(own_pitch=True, own_place=True).build_request(draft=True).placement.pitch_deg == 30.0
    assert values().build_request(draft=False) == Request(
        prompts=(Prompt.preset("white_background"),), render_kind="post", seed=7
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"recommended": {"chosen": []}}, "choose a scene"),
        ({"sizes": {"chosen": []}}, "choose a size"),
        ({"prompts": "\n".join("abcdefg")}, "8 scenes are chosen"),
        ({"own_size": "9x9"}, "“9x9” can't be made: give 32 to 8192"),
        ({"own_size": "large"}, "“large” can't be made: give width and height"),
    ],
)
def test_what_is_missing_is_told(changes: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        values(**changes).build_request(draft=True)


def test_sizes_of_ones_own_are_read_as_people_write_them() -> None:
    asked = values(own_size="1920 x 1080, 300×250 640*480", sizes={}).build_request(draft=True)
    assert [size.label for size in list_sizes(asked.render_kind)] == ["1920x1080", "300x250", "640x480"]


def test_a_size_says_what_its_file_will_measure_with_a_safe_margin(room: Workroom) -> None:
    work = room.take((EXAMPLES / "bottle.jpg").read_bytes(), "bottle.jpg")
    (card,) = (card for card in cards.size_cards() if card["id"] == "medium_banner")
    job = room.start(work.session.id, dataclasses.replace(ASKED, safe_margin=True, draft=False))
    assert job.ended.wait(PATIENCE_S)
    made = job.made[0]
    assert card["wide"].replace("\N{NO-BREAK SPACE}", " ") == f"file {made.width_px} × {made.height_px}"
    assert card["small"] == "300 × 250"


def test_a_setting_that_is_out_of_its_range_is_told_in_plain_words() -> None:
    with pytest.raises(SettingsError) as wrong:
        values(seed=-5).build_request(draft=True)
    assert explain(wrong.value) == "Seed -5 can't be used: give a number from 0 to 2147483647."
    assert "DPI" in show_downloads(None, "0" * 32, "PNG", 0)
    assert "Download" in show_downloads(None, "0" * 32, "PNG", 300)


def test_where_an_order_made_nothing_the_pictures_of_before_are_shown(room: Workroom) -> None:
    from photoshoot.ui.drawing import _list_cards

    work = room.take((EXAMPLES / "bottle.jpg").read_bytes(), "bottle.jpg")
    job = room.start(work.session.id, ASKED)
    assert job.ended.wait(PATIENCE_S)
    stopped = Job(shapes=[(300, 250)], draft=True)
    assert [card["id"] for card in _list_cards(work, stopped)] == [""], "its places, while it is working"
    stopped.ended.set()
    assert [card["id"] for card in _list_cards(work, stopped)] == [picture.file for picture in job.made]


def test_errors_are_told_in_plain_words() -> None:
    for error in (
        PhotoError("/tmp/x is broken"), FileTooLargeError(2**25, 2**24), NoProductFoundError("none"),
        CancelledError("x"),        DeviceError("CUDA went away at 0x7f"), KeyError("secret"),
    ):  # fmt: skip
        told = explain(error)
        assert told.endswith("."), told
        assert not {"/tmp", "0x7f", "secret", "Error"} & set(told.split())


def test_others_than_this_machine_need_a_password() -> None:
    with pytest.raises(SettingsError, match="password"):
        UiSettings(host="0.0.0.0")
    assert UiSettings(host="0.0.0.0", password="open").password == "open"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *((name, 200) for name in ("localhost:7860", "LOCALHOST", "127.0.0.1:1", "[::1]:7860", "ads.example.com")),
        *((name, 421) for name in ("evil.example:7860", "127.0.0.1.evil.example", "[::2]")),
    ],
)
def test_a_page_without_a_password_is_asked_for_by_names_that_it_knows(host: str, status: int) -> None:
    """Else a page elsewhere, whose own name leads to this machine by then, could read it (DNS rebinding)."""

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("the page")(scope, receive, send)

    def ask(guard: Guard) -> httpx.Response:
        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(guard)) as client:
                return await client.get("http://service.test/", headers={"Host": host})

        return asyncio.run(send())

    settings = UiSettings(allowed_hosts=("Ads.example.com",))
    reply = ask(guard_page(page, settings))
    assert reply.status_code == status
    assert ("--allow-host" in reply.text) == (status == 421)
    assert ask(guard_page(page, UiSettings(password="open"))).status_code == 401  # whatever the name


def test_names_lead_nowhere_else(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    for session in ("../..", "x" * 32, "", "0" * 32):
        with pytest.raises(InputError):
            store.load(session)
        with pytest.raises(InputError):
            store.picture(session, "../session.json")


def test_a_session_that_another_version_kept_is_opened(tmp_path: Path) -> None:
    begun = SessionStore(tmp_path).begin(b"photo", "mug.jpg")
    record = begun.folder / "session.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "choices": {}}))
    assert SessionStore(tmp_path).load(begun.id) == begun


def test_a_session_is_kept_and_its_archive_holds_what_was_made(room: Workroom) -> None:
    work = room.take((EXAMPLES / "bottle.jpg").read_bytes(), "bottle.jpg")
    job = room.start(work.session.id, ASKED)
    assert job.ended.wait(PATIENCE_S)
    assert job.told == ""
    again = SessionStore(room.store.folder).load(work.session.id)
    assert [picture.file for picture in again.pictures] == [picture.file for picture in job.made]
    with zipfile.ZipFile(BytesIO(build_zip(room.store, again, ExportSettings(format=ImageFormat.WEBP)))) as bundle:
        assert sorted(name.rpartition(".")[2] for name in bundle.namelist()) == ["sh", "webp"]


def test_how_long_pictures_take_is_told_before_the_first_one_by_those_of_before(
    room: Workroom, shoot: Photoshoot
) -> None:
    photo = (EXAMPLES / "bottle.jpg").read_bytes()
    first = room.start(room.take(photo, "bottle.jpg").session.id, ASKED)
    fresh = Job(shapes=first.shapes, draft=True)
    assert "known after the first" in cards.show_job(fresh)
    fresh.stopped.set()
    assert "stopping as soon as" in cards.show_job(fresh)
    assert first.ended.wait(PATIENCE_S)
    assert first.expected_s is None, "nothing was made before"
    anew = Workroom(
        UiSettings(folder=room.store.folder), {"studio": Builder(choice=EngineChoice(), build=lambda: shoot)}
    )
    pixels = [300 * 250]
    told, larger = anew.paces.estimate(first.kind, pixels), anew.paces.estimate(first.kind, [1080 * 1920])
    assert told is not None
    assert larger is not None
    assert 0 < told[0] < told[1] < larger[1]
    assert anew.paces.estimate("studio final", pixels) is None
    anew.paces.add("studio final", 0, 1000.0)
    assert (
        cards.show_job(Job(shapes=[(1, 1)], draft=True, expected_s=(40.2, 250))).count("about 40 s to 4 min in all")
        == 1
    )


def test_work_that_its_server_did_not_live_to_end_is_told(room: Workroom, shoot: Photoshoot) -> None:
    work = room.take((EXAMPLES / "bottle.jpg").read_bytes(), "bottle.jpg")
    seen: list[bool] = []

    class Watched:
        def stream(self, request: Request, _watch: OnProgress) -> Iterator[Shot]:
            seen.append(SessionStore(room.store.folder).load(work.session.id).working)
            yield from shoot.stream(request)

    room.engines = two_engines(shoot, Watched)  # type: ignore[arg-type]
    job = room.start(work.session.id, ASKED, "sd15")
    assert job.ended.wait(PATIENCE_S)
    assert seen == [True], "as a server that ends now leaves it"
    assert not SessionStore(room.store.folder).load(work.session.id).working


def test_two_orders_that_finish_together_keep_all_pictures(room: Workroom, shoot: Photoshoot) -> None:
    """The same scene and size: only the number tells their files apart."""

    def write(_shot: Shot, path: Path, _settings: ExportSettings) -> Path:
        there.append(path)
        together.wait(0.5)  # the other one, if it does not wait for this
        path.write_bytes(b"")
        return path

    there: list[Path] = []
    together = threading.Event()
    work = room.take((EXAMPLES / "bottle.jpg").read_bytes(), "bottle.jpg")
    shot = dataclasses.replace(
        next(iter(shoot.stream(dataclasses.replace(ASKED, product=work.product)))), exporter=write
    )
    with ThreadPoolExecutor(2) as pool:
        stored = [
            pool.submit(room._store, work, shot, ASKED, Job(shapes=(), draft=True, engine="studio")) for _ in range(2)
        ]
    files = {future.result().file for future in stored}
    assert len(files) == len(set(there)) == 2
    assert {picture.file for picture in SessionStore(room.store.folder).load(work.session.id).pictures} == files


def test_an_order_or_a_reload_while_the_cut_out_is_corrected_is_of_what_comes_of_it(
    room: Workroom, shoot: Photoshoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recommend(cutout: Cutout) -> Recommendation:
        begun.set()
        assert ordered.wait(PATIENCE_S)
        return found(cutout)

    session, found = room.take(draw_things(), "things.png").session, shoot.recommend
    begun, ordered = threading.Event(), threading.Event()
    monkeypatch.setattr(shoot, "recommend", recommend)
    with ThreadPoolExecutor(3) as pool:
        chosen = pool.submit(room.choose, session.id, select="1")
        assert begun.wait(PATIENCE_S)
        job = pool.submit(room.start, session.id, dataclasses.replace(ASKED, placement=Placement()))
        loaded = pool.submit(lambda: cards.show_things(room.reopen(session.id))["chosen"])
        for waiting in (job, loaded):
            with contextlib.suppress(TimeoutError):
                waiting.result(0.5)  # it comes at once, if it does not wait for the choice
        ordered.set()
        assert job.result(PATIENCE_S).cutting == chosen.result(PATIENCE_S).session.cutting == Cutting(select="1")
        assert loaded.result(PATIENCE_S) == ["1"]
    assert job.result().ended.wait(PATIENCE_S)


def test_drafts_that_come_by_themselves_take_no_orders_place(room: Workroom) -> None:
    session = room.take((EXAMPLES / "bottle.jpg").read_bytes(), "bottle.jpg").session
    ordered = room.start(session.id, dataclasses.replace(ASKED, draft=False))
    assert room.start(session.id, ASKED, suggested=True) is ordered
    assert not ordered.stopped.is_set()
    assert ordered.ended.wait(PATIENCE_S)
    assert room.start(session.id, ASKED) is not ordered


def test_two_tabs_open_one_work_and_a_running_one_is_kept_in_memory(room: Workroom) -> None:
    photo = (EXAMPLES / "bottle.jpg").read_bytes()
    work = room.take(photo, "bottle.jpg")
    engines = {"studio": Builder(choice=EngineChoice(), build=lambda: room.shoot)}
    anew = Workroom(UiSettings(folder=room.store.folder), engines)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(anew.open, [work.session.id] * 2)
    assert first is second, "each would write its own list of pictures"
    first.job = Job(shapes=[(300, 250)], draft=True)  # it is still making them
    for number in range(MOST_KEPT):
        anew._keep(dataclasses.replace(first, session=Session(id=str(number), folder=room.store.folder), job=None))
    assert anew.open(work.session.id) is first, "what it is making could not be stopped, and its pictures be lost"


def test_what_was_kept_and_then_taken_away_is_so_after_a_restart(room: Workroom, shoot: Photoshoot) -> None:
    work = room.take((EXAMPLES / "bottle.jpg").read_bytes(), "bottle.jpg")
    height, width = work.cutout.alpha_matte.shape
    nothing = np.zeros((height, width), np.bool_)
    whole, part = nothing.copy(), nothing.copy()
    whole[: height // 8, : width // 8], part[: height // 16, : width // 8] = True, True
    room.correct(work.session.id, whole, nothing)
    room.correct(work.session.id, nothing, part)
    anew = Workroom(
        UiSettings(folder=room.store.folder), {"studio": Builder(choice=EngineChoice(), build=lambda: shoot)}
    )
    for place in (room, anew):
        matte = place.open(work.session.id).cutout.alpha_matte
        assert [float(matte[whole & ~part].min()), float(matte[part].max())] == [1, 0]


def test_strokes_of_two_tabs_both_count(room: Workroom) -> None:
    work = room.take((EXAMPLES / "bottle.jpg").read_bytes(), "bottle.jpg")
    height, width = work.cutout.alpha_matte.shape
    nothing = np.zeros((height, width), np.bool_)
    left, right = nothing.copy(), nothing.copy()
    left[: height // 8, : width // 8], right[: height // 8, -(width // 8) :] = True, True
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(room.correct, work.session.id, keep, nothing) for keep in (left, right)]
    assert all(future.result() for future in done)
    matte = room.open(work.session.id).cutout.alpha_matte
    assert matte[left].min() == matte[right].min() == 1
    kept = work.session.read_mask("keep")
    assert kept is not None
    with Image.open(BytesIO(kept)) as strokes:
        assert np.array_equal(np.asarray(strokes) > 0, left | right)


def test_one_of_several_things_is_chosen_its_name_follows_and_it_is_kept(room: Workroom, shoot: Photoshoot) -> None:
    work = room.take(draw_things(), "two.png")
    shown = cards.show_things(work)
    assert [thing["id"] for thing in shown["items"]] == ["0", "1"]
    assert shown["chosen"] == []
    assert ["left" in thing["name"] for thing in shown["items"]] == [True, False]
    told = work.session.description
    work.session.name = "my own name"
    chosen = room.choose(work.session.id, select="1")
    assert (chosen.cutout.box.left, chosen.cutout.box.right) == (200, 270)
    assert chosen.product.name == "my own name", "what a visitor wrote stays"
    assert chosen.session.description != told, "what was measured is another thing's"
    anew = Workroom(
        UiSettings(folder=room.store.folder), {"studio": Builder(choice=EngineChoice(), build=lambda: shoot)}
    ).open(work.session.id)
    assert (anew.cutout.box, cards.show_things(anew)["chosen"]) == (chosen.cutout.box, ["1"])
    assert room.choose(work.session.id, select="").cutout.box == work.uncorrected.box


def test_strokes_stay_where_another_thing_is_chosen(room: Workroom) -> None:
    work = room.take(draw_things(), "two.png")
    nothing = np.zeros((200, 300), np.bool_)
    gone, kept = nothing.copy(), nothing.copy()
    gone[150:180, 200:270], kept[80:110, 200:270] = True, True
    room.correct(work.session.id, kept, gone)
    matte = room.choose(work.session.id, select="1").cutout.alpha_matte
    assert [float(value) for value in (matte[gone].max(), matte[kept].min(), matte[100, 100])] == [0, 1, 0]


def test_whether_it_is_glass_is_for_the_visitor_to_say(room: Workroom) -> None:
    photo = BytesIO()
    with Image.open(Path(__file__).parents[1] / "segmenters" / "glass_and_china" / "glass_jar.jpg") as jar:
        jar.reduce(2).save(photo, "PNG")
    work = room.take(photo.getvalue(), "jar.png")
    assert "untick" in cards.show_cutout(work).lower()
    assert "glass=" not in cards.show_cutout(work)
    clear = work.cutout.alpha_matte.copy()
    opaque = room.choose(work.session.id, glass=False)
    assert float(opaque.cutout.alpha_matte.sum()) > 1.5 * float(clear.sum())
    assert "glass" not in cards.show_cutout(opaque).lower()
    assert np.array_equal(room.choose(work.session.id, glass=True).cutout.alpha_matte, clear)


def test_pictures_are_seen_while_they_are_painted(room: Workroom, shoot: Photoshoot) -> None:
    class Painting:
        def stream(self, request: Request, watch: OnProgress) -> Iterator[Shot]:
            def preview() -> list[RgbImage]:
                return [np.full((4, 6, 3), 90, np.uint8)]

            watch(Progress(stage="place", done=0, total=1, message="a step", preview=preview))
            seen.extend(shot_cards("", (), work.job))
            yield from shoot.stream(request)

    seen: list[dict[str, Any]] = []
    room.engines = two_engines(shoot, Painting)  # type: ignore[arg-type]
    work = room.take((EXAMPLES / "bottle.jpg").read_bytes(), "bottle.jpg")
    job = room.start(work.session.id, ASKED, "sd15")
    assert job.ended.wait(PATIENCE_S)
    assert job.told == ""
    assert [(card["preview"][:16], card["w"], card["h"]) for card in seen] == [("data:image/webp;", 300, 250)]
    assert round(job.made[0].width_px / job.made[0].height_px, 1) == 300 / 250  # a draft's sides are whole pixels
    assert (len(job.previews), job.made[0].engine) == (0, "sd15")
    python, command = write_code("bottle.jpg", job.made[0])
    assert 'from_pretrained("sd15")' in python.replace("'", '"')
    assert command.endswith("--engine sd15")
    with pytest.raises(UnknownNameError, match="sdxl"):
        room.start(work.session.id, ASKED, "sdxl")


def test_a_batch_leaves_a_bad_photo_out_and_goes_on_under_its_name(
    room: Workroom, shoot: Photoshoot, tmp_path: Path
) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"no photo")
    batches = BatchRoom(room, tmp_path / "batches")
    asked = Request(prompts=(Prompt.preset("white_background"),), render_kind="medium_banner", draft=True, seed=7)
    batch = batches.start("My list", [EXAMPLES / "bottle.jpg", tmp_path / "broken.jpg"], asked)
    assert batch.ended.wait(PATIENCE_S)
    assert batch.rows["bottle.jpg"] == "ready"
    assert batch.rows["broken.jpg"].startswith("left out: This file can't be read as a photo")
    assert "1 of 2" in batch.told
    again = batches.start("My list", [], asked)
    assert again.ended.wait(PATIENCE_S)
    assert again.rows["bottle.jpg"] == "ready since an earlier run"
    room.engines = two_engines(shoot, lambda: shoot)
    other = batches.start("My list", [], asked, "sd15")
    assert other.ended.wait(PATIENCE_S)
    assert other.rows["bottle.jpg"] == "ready", "another engine's pictures are others"
    with pytest.raises(UnknownNameError, match="sdxl"):
        batches.start("My list", [], asked, "sdxl")
    with zipfile.ZipFile(BytesIO(batches.zip("my-list"))) as bundle:
        assert [name for name in bundle.namelist() if name.endswith(".png")]
