"""Applications, their secrets and their credits."""

import hashlib
import hmac
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from photoshoot.errors import AuthenticationError, NoCreditsError, SettingsError, UnknownJobError
from photoshoot.jobs.settings import Clock
from photoshoot.jobs.store.database import Database, from_row
from photoshoot.jobs.store.records import Application, Credentials
from photoshoot.jobs.store.tables import ApplicationRow, CreditRow, SpentTokenRow, TaskRow
from photoshoot.settings import check_text

_LONGEST_NAME = 200
_COLUMNS: Final = ApplicationRow.__table__.c
_BY_ID: Final = select(*_COLUMNS).where(_COLUMNS.id == bindparam("wanted"))
_BY_KEY: Final = select(*_COLUMNS).where(
    or_(_COLUMNS.key_digest == bindparam("wanted"), _COLUMNS.old_key_digest == bindparam("wanted"))
)
"""Both are built once: every call asks for its application."""
_MOST_CREDITS: Final = 10**12
"""Credits that an application may have; far under what databases hold."""


class Applications:
    """Who may use the service.

    Secrets are random, 128 bits and more, so they can't be guessed from their digests however fast the digest is: plain
    SHA-256 is right. Slow digests such as scrypt are for passwords that people think of, and would cost every call.

    Args:
        database: Where they are kept.
        credits_required: Whether ``charge`` takes a credit; False: it does nothing.
        clock: Seconds since 1970.
    """

    def __init__(self, database: Database, *, credits_required: bool, clock: Clock = time.time) -> None:
        self._database, self._credits_required, self._clock = database, credits_required, clock

    def create(self, name: str, credits: int | None = None) -> Credentials:
        """Add an application. Its secrets are in the answer and nowhere else: the store has only their digests.

        Args:
            name: What it is called, 1 to 200 characters.
            credits: What it may download at first, from 1 on. None: nothing, where the service charges.

        Raises:
            SettingsError: The name or the credits are not allowed; there is no application then.
        """
        check_text("name", name, _LONGEST_NAME)
        drawn = _Secrets()
        row = ApplicationRow(
            id=uuid.uuid4(), name=name.strip(), credentials_version=1, credits=None, created_s=time.time()
        )
        drawn.digest_into(row)
        with self._database.writing() as session:
            session.add(row)
            if credits is not None:
                session.flush()
                _grant(session, row, credits)
        return drawn.reveal(from_row(Application, row))

    def rotate(self, application_id: UUID, overlap_s: float = 0.0) -> Credentials:
        """Replace an application's secrets.

        Args:
            application_id: The application.
            overlap_s: How long the old secrets and their tokens count beside the new ones, seconds; 0: they are void
                from now on.

        Raises:
            UnknownJobError: There is no such application.
            SettingsError: The overlap is below 0.
        """
        if not overlap_s >= 0:
            raise SettingsError("overlap_s", overlap_s, "0 seconds or more")
        drawn = _Secrets()
        with self._database.writing() as session:
            row = lock_application(session, application_id)
            row.old_key_digest, row.old_secret_digest = row.key_digest, row.secret_digest
            row.old_jwt_private_key_digest = row.jwt_private_key_digest
            row.old_until_s = self._clock() + overlap_s if overlap_s else None
            drawn.digest_into(row)
            row.credentials_version += 1
        return drawn.reveal(from_row(Application, row))

    def set_disabled(self, application_id: UUID, disabled: bool) -> Application:
        """Shut an application out, or let it in again; what it has ordered goes on, and its pictures' URLs count.

        Raises:
            UnknownJobError: There is no such application.
        """
        with self._database.writing() as session:
            row = lock_application(session, application_id)
            row.disabled_s = self._clock() if disabled else None
        return from_row(Application, row)

    def all(self) -> list[Application]:
        """All applications, oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(ApplicationRow).order_by(ApplicationRow.created_s, ApplicationRow.id))
            return [from_row(Application, row) for row in rows]

    def find(self, application_id: UUID) -> Application:
        """An application.

        Raises:
            UnknownJobError: There is no such application.
        """
        row = self._look_up(_BY_ID, application_id)
        if row is None:
            raise UnknownJobError("application", application_id)
        return from_row(Application, row)

    def authenticate(self, key: str, secret: str) -> Application:
        """The application that has this ``x-api-key`` and ``x-api-secret``.

        Raises:
            AuthenticationError: There is none.
        """
        digest = _digest(key)
        row = self._look_up(_BY_KEY, digest)
        if row is None or row.key_digest == digest:
            return _admit(row, "" if row is None else row.secret_digest, secret)
        return self._admit_old(row, row.old_secret_digest, secret)

    def authenticate_token_request(self, application_id: UUID, jwt_private_key: str) -> Application:
        """The application, if this is its ``jwtPrivateKey``.

        Raises:
            AuthenticationError: It is not, or there is no such application.
        """
        row = self._look_up(_BY_ID, application_id)
        try:
            return _admit(row, "" if row is None else row.jwt_private_key_digest, jwt_private_key)
        except AuthenticationError:
            if row is None:
                raise
            return self._admit_old(row, row.old_jwt_private_key_digest, jwt_private_key)

    def spend(self, application_id: UUID, token_id: str, until_s: float) -> bool:
        """Use a token up that counts once, whichever of several services it is sent to; say whether it still counted.

        Args:
            application_id: The application.
            token_id: The token's own id, up to 64 characters.
            until_s: When it ends by itself, seconds since 1970; nothing is kept of it after that.

        Raises:
            UnknownJobError: There is no such application.
        """
        with self._database.writing() as session:
            lock_application(session, application_id)
            session.execute(delete(SpentTokenRow).where(SpentTokenRow.until_s < self._clock()))
            if session.get(SpentTokenRow, token_id) is not None:
                return False
            session.add(SpentTokenRow(id=token_id, until_s=until_s))
            return True

    def _admit_old(self, row: Row[Any], digest: str | None, given: str) -> Application:
        if row.old_until_s is None or self._clock() >= row.old_until_s:
            raise AuthenticationError("the key or the secret is wrong")
        return _admit(row, digest or "", given)

    def grant_credits(self, application_id: UUID, amount: int) -> Application:
        """Give an application credits on top of those that it has.

        Raises:
            UnknownJobError: There is no such application.
            SettingsError: The amount is not above 0, or they would be more than 10¹².
        """
        with self._database.writing() as session:
            row = lock_application(session, application_id)
            _grant(session, row, amount)
        return from_row(Application, row)

    def charge(self, application_id: UUID, task_id: UUID) -> None:
        """Take one credit for a task's download; a task is paid once, however often it is downloaded.

        Raises:
            UnknownJobError: The application has no such task.
            NoCreditsError: It has no credits.
        """
        if not self._credits_required:
            return
        with self._database.writing() as session:
            row = lock_application(session, application_id)
            task = session.get(TaskRow, task_id)
            if task is None or task.application_id != application_id:
                raise UnknownJobError("task", task_id)
            if session.scalar(select(CreditRow.number).where(CreditRow.task_id == task_id)) is not None:
                return
            if not row.credits:
                raise NoCreditsError(application_id, "API Key Credits for Application does not exist.")  # nor any more
            row.credits -= 1
            session.add(CreditRow(application_id=application_id, task_id=task_id, amount=-1, created_s=time.time()))

    def _look_up(self, statement: Select[Any], wanted: str | UUID) -> Row[Any] | None:
        with self._database.looking() as connection:
            return connection.execute(statement, {"wanted": wanted}).first()


def lock_application(session: Session, application_id: UUID) -> ApplicationRow:
    """An application's row, which no other transaction changes meanwhile.

    Raises:
        UnknownJobError: There is no such application.
    """
    row = session.get(ApplicationRow, application_id, with_for_update=True)
    if row is None:
        raise UnknownJobError("application", application_id)
    return row


def _grant(session: Session, row: ApplicationRow, amount: int) -> None:
    total = (row.credits or 0) + amount
    if amount <= 0 or total > _MOST_CREDITS:
        raise SettingsError("amount", amount, f"a whole number above 0, of at most {_MOST_CREDITS:,} in all")
    row.credits = total
    session.add(CreditRow(application_id=row.id, amount=amount, created_s=time.time()))


@dataclass(frozen=True)
class _Secrets:
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    jwt_private_key: str = field(default_factory=lambda: secrets.token_hex(32))

    def digest_into(self, row: ApplicationRow) -> None:
        row.key_digest, row.secret_digest = _digest(self.key), _digest(self.secret)
        row.jwt_private_key_digest = _digest(self.jwt_private_key)

    def reveal(self, application: Application) -> Credentials:
        return Credentials(application=application, **vars(self))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _admit(row: Row[Any] | None, digest: str, given: str) -> Application:
    same = hmac.compare_digest(digest, _digest(given))  # in constant time, also where there is no such application
    if row is None or not same or row.disabled_s is not None:
        raise AuthenticationError("the key or the secret is wrong")
    return from_row(Application, row)
