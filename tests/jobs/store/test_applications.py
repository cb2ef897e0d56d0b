from __future__ import annotations

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from photoshoot.errors import AuthenticationError, NoCreditsError, SettingsError, UnknownJobError
from photoshoot.jobs import JobSettings
from photoshoot.jobs.store.applications import Applications
from photoshoot.jobs.store.database import Database
from photoshoot.server.auth.tokens import Tokens
from tests.jobs.conftest import OpenShop, Shop
from tests.jobs.stubs import FlatPlacer
from tests.jobs.waiting import Clock

WITH_LEDGER = JobSettings(credits_required=True, poll_s=0.05)


@pytest.fixture
def shop(database_url: str, open_shop: OpenShop) -> Shop:
    return open_shop(database_url)


def test_secrets_let_in_and_are_kept_nowhere(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    made = shop.jobs.applications.create(" Acme ")
    assert made.application.name == "Acme"
    assert shop.jobs.applications.authenticate(made.key, made.secret) == made.application
    assert (
        shop.jobs.applications.authenticate_token_request(made.application.id, made.jwt_private_key) == made.application
    )
    shop.jobs.close()
    kept = b"".join(path.read_bytes() for path in shop.pictures.parent.glob("jobs.db*"))
    for secret in (made.key, made.secret, made.jwt_private_key):
        assert len(secret) >= 32
        assert secret.encode() not in kept
        assert secret not in repr(made)


def test_wrong_secrets_are_refused_alike(shop: Shop) -> None:
    made, other = shop.jobs.applications.create("a"), shop.jobs.applications.create("b")
    messages = set()
    for key, secret in ((made.key, other.secret), ("", ""), (made.key, ""), ("x", made.secret), (made.key, "\ud800é")):
        with pytest.raises(AuthenticationError) as refused:
            shop.jobs.applications.authenticate(key, secret)
        messages.add(str(refused.value))
    for owner, private_key in (
        (made.application.id, other.jwt_private_key),
        (made.application.id, made.secret),
        (uuid.uuid4(), made.jwt_private_key),
    ):
        with pytest.raises(AuthenticationError) as refused:
            shop.jobs.applications.authenticate_token_request(owner, private_key)
        messages.add(str(refused.value))
    assert len(messages) == 1


def test_rotated_secrets_replace_the_old_ones(shop: Shop) -> None:
    old = shop.jobs.applications.create("a")
    new = shop.jobs.applications.rotate(old.application.id)
    assert new.application.credentials_version == old.application.credentials_version + 1
    with pytest.raises(AuthenticationError):
        shop.jobs.applications.authenticate(old.key, old.secret)
    assert shop.jobs.applications.authenticate(new.key, new.secret) == new.application
    with pytest.raises(UnknownJobError, match="application"):
        shop.jobs.applications.rotate(uuid.uuid4())


def test_applications_are_listed_and_found(shop: Shop) -> None:
    made = shop.jobs.applications.create("late").application
    assert [application.name for application in shop.jobs.applications.all()] == ["shop", "late"]
    assert shop.jobs.applications.find(made.id) == made
    with pytest.raises(UnknownJobError, match="application"):
        shop.jobs.applications.find(uuid.uuid4())
    for name in ("", "  ", "x" * 201, "a\0b", "\ud800"):
        with pytest.raises(SettingsError, match="name"):
            shop.jobs.applications.create(name)


def test_a_task_is_paid_once_and_only_with_credits(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url, FlatPlacer(), settings=WITH_LEDGER)
    shop.jobs.start()
    process = shop.wait(shop.jobs.submit(shop.order(2)))
    ours = shop.application.id
    first, second = (task.id for task in process.tasks)
    with pytest.raises(NoCreditsError) as none:
        shop.jobs.pictures.download(ours, process.id, first)
    assert str(none.value) == (
        f"Error decreasing Api Key Credits for Application {ours}. "
        "ErrorMessage: API Key Credits for Application does not exist."
    )
    assert shop.jobs.applications.grant_credits(ours, 1).credits == 1
    for low in (False, True):
        shop.jobs.pictures.download(ours, process.id, first, low_resolution=low)
    assert shop.jobs.applications.find(ours).credits == 0
    with pytest.raises(NoCreditsError, match="does not exist"):
        shop.jobs.pictures.download(ours, process.id, second)
    shop.jobs.pictures.download(ours, process.id, first)
    with pytest.raises(UnknownJobError):
        shop.jobs.applications.charge(shop.another().application.id, first)
    with pytest.raises(SettingsError, match="amount"):
        shop.jobs.applications.grant_credits(ours, 0)


def test_downloads_at_once_take_no_credit_twice(database_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(database_url, settings=WITH_LEDGER)
    tasks = [task.id for task in shop.jobs.submit(shop.order(4)).tasks]
    shop.jobs.applications.grant_credits(shop.application.id, 3)

    def charge(task: uuid.UUID) -> str:
        try:
            shop.jobs.applications.charge(shop.application.id, task)
        except NoCreditsError:
            return "refused"
        return "paid"

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(charge, tasks * 3))
    assert answers == {"paid": 9, "refused": 3}
    assert shop.jobs.applications.find(shop.application.id).credits == 0


def test_without_the_ledger_nothing_is_paid(sqlite_url: str, open_shop: OpenShop) -> None:
    shop = open_shop(sqlite_url)
    (task,) = shop.jobs.submit(shop.order()).tasks
    shop.jobs.applications.charge(shop.application.id, task.id)
    assert shop.jobs.applications.find(shop.application.id).credits is None


def test_old_secrets_count_for_as_long_as_it_was_said(sqlite_url: str) -> None:
    clock = Clock()
    database = Database(sqlite_url)
    applications = Applications(database, credits_required=False, clock=clock)
    old = applications.create("rotating")
    new = applications.rotate(old.application.id, overlap_s=60)
    tokens = Tokens(b"k" * 32, {"access": 3600, "refresh": 3600}, clock)
    token = tokens.sign(old.application, "access").text
    for credentials in (old, new):
        application = applications.authenticate(credentials.key, credentials.secret)
        assert application == new.application
        assert applications.authenticate_token_request(application.id, credentials.jwt_private_key) == application
        assert tokens.belongs_to(token, application, "access")
    with pytest.raises(AuthenticationError):
        applications.authenticate(old.key, new.secret)
    clock.now += 60
    with pytest.raises(AuthenticationError):
        applications.authenticate(old.key, old.secret)
    with pytest.raises(AuthenticationError):
        applications.authenticate_token_request(old.application.id, old.jwt_private_key)
    assert not tokens.belongs_to(token, new.application, "access")
    assert applications.authenticate(new.key, new.secret) == new.application
    with pytest.raises(SettingsError, match="overlap"):
        applications.rotate(old.application.id, overlap_s=-1)
    database.close()


def test_an_application_is_shut_out_and_let_in_again(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    applications = Applications(database, credits_required=False)
    shut = applications.create("shut out")
    disabled = applications.set_disabled(shut.application.id, True)
    assert disabled.disabled_s is not None
    with pytest.raises(AuthenticationError):
        applications.authenticate(shut.key, shut.secret)
    with pytest.raises(AuthenticationError):
        applications.authenticate_token_request(shut.application.id, shut.jwt_private_key)
    tokens = Tokens(b"k" * 32, {"access": 3600, "refresh": 3600})
    token = tokens.sign(shut.application, "refresh").text
    assert not tokens.belongs_to(token, disabled, "refresh")
    applications.set_disabled(shut.application.id, False)
    assert applications.authenticate(shut.key, shut.secret) == shut.application
    database.close()
