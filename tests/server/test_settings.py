from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot import SettingsError, UnknownNameError
from photoshoot.server import ServerSettings, load_settings


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text('port = 1\nhost = "file"\nengine = "file"\npresets = ["a", "b"]\ncharge_credits = true\n')
    environment = {"PHOTOSHOOT_PORT": "2", "PHOTOSHOOT_HOST": "::1", "PORT": "9"}
    settings = load_settings({"port": 3, "host": None}, environment, file)
    assert (settings.port, settings.host, settings.engine) == (3, "::1", "file")
    assert settings.presets == (Path("a"), Path("b"))
    assert settings.charge_credits


def test_texts_of_the_environment_become_the_settings_kinds() -> None:
    environment = {
        "PHOTOSHOOT_FOLDER": "here",
        "PHOTOSHOOT_SAMPLES": "2",
        "PHOTOSHOOT_REQUIRE_TOKEN": "yes",
        "PHOTOSHOOT_RAY": "local",
        "PHOTOSHOOT_REPLICA_CPUS": "0.5",
        "PHOTOSHOOT_PRESETS": "a,b",
    }
    settings = load_settings({}, environment)
    assert settings == ServerSettings(
        folder=Path("here"),
        samples=2,
        require_token=True,
        ray="local",
        replica_cpus=0.5,
        presets=(Path("a"), Path("b")),
    )
    assert settings.database_url == "sqlite:///here/photoshoot.db"
    assert settings.pictures_url == "here/pictures"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("REQUIRE_TOKEN", "perhaps"),
        ("SIGNING_KEY", "short"),
        ("LOG_LEVEL", "loud"),
        ("MIN_REPLICAS", "9"),
        ("REPLICA_CPUS", "half"),
        ("REPLICA_GPUS", "nan"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({}, {f"PHOTOSHOOT_{name}": text})
    assert caught.value.name == name.lower()


@pytest.mark.parametrize("name", ["min_replicas", "max_replicas", "replica_cpus", "replica_gpus"])
def test_what_only_a_cluster_heeds_is_refused_without_one(name: str) -> None:
    with pytest.raises(SettingsError, match="give it with ray alone") as caught:
        load_settings({name: 2}, {})
    assert caught.value.name == name
    assert getattr(load_settings({name: 2, "ray": "local"}, {}), name) == 2


def test_an_unknown_name_is_refused_with_the_nearest_ones(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text("prot = 1\n")
    with pytest.raises(UnknownNameError, match="port"):
        load_settings({}, {}, file)
    with pytest.raises(UnknownNameError, match="database"):
        load_settings({}, {"PHOTOSHOOT_DATABSE": "x"})


@pytest.mark.parametrize("text", ["port = ", None])
def test_a_file_that_cant_be_read_is_named(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "service.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(SettingsError, match=r"service\.toml"):
        load_settings({}, {}, file)


def test_a_phones_largest_photos_are_taken() -> None:
    for width, height in ((8192, 6144), (9248, 6936)):  # what phones call 50 and 64 megapixels
        assert width * height <= ServerSettings().photo_limits.max_pixels


def test_secrets_are_not_shown() -> None:
    shown = repr(ServerSettings(signing_key="k" * 32, studio_page=True, studio_password="sesame"))
    assert "k" * 32 not in shown
    assert "sesame" not in shown


def test_the_page_under_the_service_wants_a_password() -> None:
    with pytest.raises(SettingsError, match="studio_password"):
        load_settings({}, {"PHOTOSHOOT_STUDIO_PAGE": "true"})


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("port = true", "a whole number"),
        ("port = 80.5", "a whole number"),
        ("replica_cpus = true", "a number"),
        ("require_token = 2", "true or false"),
        ("host = 5", "a text"),
        ("presets = 5", "a list of folders"),
        ("presets = [5]", "a list of folders"),
        ("folder = 5", "a folder"),
    ],
)
def test_a_value_of_another_kind_in_the_file_is_refused_by_name(line: str, wanted: str, tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text(line)
    with pytest.raises(SettingsError, match=wanted) as caught:
        load_settings({}, {}, file)
    assert caught.value.name == line.split()[0]


@pytest.mark.parametrize(("line", "port"), [("port = 80", 80), ('port = "80"', 80), ("port = 0", 0)])
def test_the_file_may_say_numbers_as_texts(line: str, port: int, tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text(line)
    assert load_settings({}, {}, file).port == port


INJECTED = {
    "PHOTOSHOOT_PORT": "tcp://10.0.0.7:8000",
    "PHOTOSHOOT_PORT_8000_TCP": "tcp://10.0.0.7:8000",
    "PHOTOSHOOT_PORT_8000_TCP_ADDR": "10.0.0.7",
    "PHOTOSHOOT_PORT_8000_TCP_PORT": "8000",
    "PHOTOSHOOT_PORT_8000_TCP_PROTO": "tcp",
    "PHOTOSHOOT_SERVICE_HOST": "10.0.0.7",
    "PHOTOSHOOT_SERVICE_PORT": "8000",
    "PHOTOSHOOT_SERVICE_PORT_HTTP": "8000",
    "PHOTOSHOOT_API_SERVICE_HOST": "10.0.0.8",  # of a Kubernetes service "photoshoot-api"
    "PHOTOSHOOT_API_PORT": "udp://10.0.0.8:53",
    "PHOTOSHOOT_NAME": "/web/photoshoot",  # of a Docker link
    "PHOTOSHOOT_ENV_PATH": "/usr/bin",
    "PHOTOSHOOT_APP": "a",  # of those who call the service, as examples/service has them
    "PHOTOSHOOT_KEY": "b",
    "PHOTOSHOOT_SECRET": "c",
    "PHOTOSHOOT_UI_PASSWORD": "d",  # the page's
}


@pytest.mark.parametrize("name", INJECTED)
def test_what_kubernetes_docker_callers_and_the_page_set_is_no_setting(name: str) -> None:
    assert load_settings({}, {name: INJECTED[name]}) == ServerSettings()
    assert load_settings({}, INJECTED | {"PHOTOSHOOT_HOST": "::1"}) == ServerSettings(host="::1")


def test_beyond_this_machine_a_public_url_is_demanded() -> None:
    for host in ("0.0.0.0", "::", "192.0.2.7", "ads.example.com"):
        with pytest.raises(SettingsError, match="public_url"):
            ServerSettings(host=host)
        assert ServerSettings(host=host, public_url="https://ads.example.com").host == host
    for host in ("127.0.0.1", "127.8.0.1", "::1", "localhost"):
        assert ServerSettings(host=host).public_url is None
