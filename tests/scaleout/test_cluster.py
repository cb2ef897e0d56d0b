from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from photoshoot import Photoshoot, Prompt, RenderKind
from photoshoot.catalogue import EngineChoice, Made, Recipe, list_items, load_recipe
from photoshoot.catalogue.running import shoot_here
from photoshoot.errors import DeviceError, PhotoshootError, SettingsError
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.production import redraw_seed
from photoshoot.quality import gate
from photoshoot.quality.gate import inspect
from photoshoot.records import ProductLayer, Shot, ShotRequest
from photoshoot.scaleout.batch import ActorPool, shoot_on_cluster
from photoshoot.scaleout.cluster import LOCAL, join_cluster
from photoshoot.scaleout.replicas import ReplicaScaling
from photoshoot.scaleout.serving import RayServePlacer
from photoshoot.settings import StudioSettings
from photoshoot.stages import Placer
from tests.catalogue.products import QUICK_STUDIO, write_photos, write_recipe
from tests.jobs.waiting import wait_until
from tests.making import make_canvas, make_product, make_request

pytest.importorskip("ray", reason="Ray, of the extra ray, is not installed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
]  # of Ray and pandas, about themselves

QUICK = EngineChoice(studio=StudioSettings(**QUICK_STUDIO))  # type: ignore[arg-type]  # one of each type


def actor_pids(name: str) -> list[int]:
    """The processes of the living actors whose class is called so."""
    from ray._private.state import actors

    return [
        facts["Pid"] for facts in actors().values() if name in facts["ActorClassName"] and facts["State"] == "ALIVE"
    ]


@pytest.mark.usefixtures("cluster")
def test_two_actors_of_which_one_is_killed_give_the_bytes_of_a_plain_run(tmp_path: Path) -> None:
    write_photos(tmp_path / "photos", 6)
    (tmp_path / "photos" / "broken.png").write_bytes(b"no photo")
    recipe, items = load_recipe(write_recipe(tmp_path / "recipe.json")), list_items(tmp_path / "photos")
    made, killed = {}, None
    for outcome in shoot_on_cluster(LOCAL, ActorPool(count=2, cpus=0.1))(recipe, items):
        made[outcome.item.id] = outcome
        if killed is None and isinstance(outcome, Made):
            killed = actor_pids("_Shooter")[0]
            os.kill(killed, signal.SIGKILL)
    assert killed is not None
    plain = {outcome.item.id: outcome for outcome in shoot_here()(recipe, items)}
    assert sum(isinstance(outcome, Made) for outcome in plain.values()) == 6
    assert made == plain


@pytest.mark.usefixtures("cluster")
def test_an_engine_that_cant_be_built_there_ends_the_run_with_the_reason(tmp_path: Path) -> None:
    write_photos(tmp_path / "photos", 1)
    recipe = Recipe(engine=EngineChoice(segmenter="no-such-network"))
    with pytest.raises(DeviceError, match="no-such-network"):
        list(shoot_on_cluster(LOCAL, ActorPool(count=1, cpus=0.1))(recipe, list_items(tmp_path / "photos")))


@pytest.fixture(scope="module")
def placer(cluster: str) -> Iterator[RayServePlacer]:
    del cluster
    scaling = ReplicaScaling(min_replicas=2, max_replicas=2, cpus=0.1)
    placer = RayServePlacer(QUICK, LOCAL, scaling)
    yield placer
    placer.close()
    placer.close()


@pytest.fixture(scope="module")
def local() -> Iterator[Placer]:
    placer = StudioPlacer(QUICK.studio)
    yield placer
    placer.close()


def make_requests(count: int) -> list[ShotRequest]:
    product = make_product()
    canvas = make_canvas(product, width=160, height=120)
    return [make_request(product=product, canvas=canvas, seed=seed) for seed in range(count)]


def test_replicas_give_the_bytes_of_a_placer_here(placer: RayServePlacer, local: Placer) -> None:
    assert isinstance(placer, Placer)
    assert placer.overlap == 2 * local.batch_size * local.overlap
    requests = make_requests(6)
    there, here = placer.place(requests), local.place(requests)
    for request, shot, expected in zip(requests, there, here, strict=True):
        assert np.array_equal(shot.image, expected.image)
        assert shot.product is request.product, "with its cut-out, which stays here"
        assert (shot.seed, shot.provenance.settings) == (expected.seed, expected.provenance.settings)


@dataclasses.dataclass
class Striking:
    """The replicas' handle, which kills one of them as soon as all shots have been given out."""

    handle: Any
    """Ray Serve's own."""
    victim: int
    """The replica's process."""
    count: int
    """How many shots there are."""
    sent: list[Any] = dataclasses.field(default_factory=list)
    """An answer for each shot that was given out, the second time, too."""

    @property
    def place(self) -> Striking:
        """The method, as Ray has it."""
        return self

    def remote(self, request: ShotRequest) -> Any:
        """Give out a shot."""
        answer = self.handle.place.remote(request)
        self.sent.append(answer)
        if len(self.sent) == self.count:
            for each in self.sent:
                each._to_object_ref_sync()  # waits until a replica has it
            os.kill(self.victim, signal.SIGKILL)
        return answer


def test_a_shot_whose_replica_is_killed_is_made_by_another(
    placer: RayServePlacer, local: Placer, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = make_requests(12)
    striking = Striking(placer._handle, actor_pids("Placer")[0], len(requests))
    monkeypatch.setattr(placer, "_handle", striking)
    made = placer.place(requests)
    assert len(striking.sent) > len(requests), "some were with the replica that was killed"
    for shot, expected in zip(made, local.place(requests), strict=True):
        assert np.array_equal(shot.image, expected.image)


def test_an_error_of_a_replica_is_the_callers(placer: RayServePlacer) -> None:
    (request,) = make_requests(1)
    wrong = dataclasses.replace(request, canvas=dataclasses.replace(request.canvas, width_px=8, height_px=8))
    with pytest.raises(PhotoshootError):
        placer.place([wrong])
    assert placer.place([request])[0].seed == request.seed, "and the replica lives on"


def test_pictures_that_fail_by_chance_are_drawn_again_there(
    placer: RayServePlacer, local: Placer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blank_some(shot: Shot, layer: ProductLayer, *rest: Any) -> Shot:
        if shot.seed in blank:
            shot = dataclasses.replace(shot, image=np.where(layer.alpha_matte[..., None] > 0, shot.image, np.uint8(0)))
        return inspect(shot, layer, *rest)

    def generate(placer: Placer) -> list[Shot]:
        return Photoshoot.with_placer(placer).generate(
            make_product(),
            prompts=[Prompt.preset("white_background")] * 3,
            render_kind=RenderKind.MEDIUM_BANNER,
            seed=7,
        )

    blank: set[int] = set()
    monkeypatch.setattr(gate, "inspect", blank_some)
    seed = generate(local)[1].seed
    blank |= {seed, redraw_seed(seed, 1)}
    there, here = generate(placer), generate(local)
    assert [shot.quality.redraws for shot in there if shot.quality] == [0, 2, 0]
    assert there[1].seed == redraw_seed(seed, 2)
    for shot, expected in zip(there, here, strict=True):
        assert np.array_equal(shot.image, expected.image)
        assert shot.quality == expected.quality


@pytest.mark.usefixtures("cluster")
def test_what_is_closed_leaves_nothing_at_work_and_can_be_opened_again() -> None:
    before = metrics_tasks()
    for _ in range(2):
        placer = RayServePlacer(QUICK, LOCAL, ReplicaScaling(max_replicas=1, cpus=0.1), application="again")
        placer.check()
        wait_until(lambda: metrics_tasks() > before)  # which autoscaling goes by
        placer.close()
        wait_until(lambda: metrics_tasks() == before)
        with pytest.raises(DeviceError, match="gone"):
            placer.check()


def metrics_tasks() -> set[asyncio.Task[object]]:
    """What Ray Serve does in this process for its metrics, beside watching its own event loop."""
    from ray.serve._private.router import SingletonThreadRouter

    loop = SingletonThreadRouter._asyncio_loop
    tasks: set[asyncio.Task[object]] = set() if loop is None else asyncio.all_tasks(loop)
    return {task for task in tasks if "Metrics" in getattr(task.get_coro(), "__qualname__", "")}


def test_signals_stay_the_hosts(cluster: str) -> None:
    del cluster
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_what_a_cluster_cant_do_is_said_at_once() -> None:
    with pytest.raises(SettingsError, match="ray://"), join_cluster("ray://head:10001"):
        pass
    with pytest.raises(SettingsError, match="min_replicas"):
        ReplicaScaling(min_replicas=3, max_replicas=2)
    with pytest.raises(SettingsError, match="actors"):
        ActorPool(count=0)


@pytest.mark.parametrize(
    ("pool", "engine", "there", "expected"),
    [
        (ActorPool(), "studio", {"CPU": 64.0}, (16, 4.0, 0.0)),
        (ActorPool(), "studio", {"CPU": 2.0}, (1, 2.0, 0.0)),
        (ActorPool(count=2), "studio", {"CPU": 2.0}, (2, 1.0, 0.0)),
        (ActorPool(), "studio", {"CPU": 8.0, "GPU": 2.0}, (2, 4.0, 0.0)),
        (ActorPool(), "sd15", {"CPU": 32.0, "GPU": 4.0}, (4, 1.0, 1.0)),
        (ActorPool(gpus=0.5), "sd15", {"CPU": 32.0, "GPU": 4.0}, (8, 1.0, 0.5)),
        (ActorPool(), "sd15", {"CPU": 8.0}, (2, 4.0, 0.0)),
    ],
)
def test_actors_fit_the_cluster(
    pool: ActorPool, engine: str, there: dict[str, float], expected: tuple[int, float, float]
) -> None:
    assert pool.fit(Recipe(engine=EngineChoice(name=engine)), there) == expected


@pytest.mark.usefixtures("cluster")
def test_a_cluster_of_this_machine_is_reached_from_this_machine_alone() -> None:
    psutil = pytest.importorskip("psutil", reason="psutil, which tells who listens where, is not installed")
    own = psutil.Process()
    listening = set()
    for process in [own, *own.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):  # an idle worker of Ray's that ends in between
            connections = process.net_connections(kind="inet")
            listening |= {(process.name(), each.laddr.ip) for each in connections if each.status == psutil.CONN_LISTEN}
    assert {"gcs_server", "raylet"} <= {name for name, _ in listening}
    listening = {pair for pair in listening if not pair[0].startswith("ray::ServeReplica")}  # Ray takes "[::]" for them
    assert {(name, ip) for name, ip in listening if not ip.removeprefix("::ffff:").startswith("127.")} == set()
