"""Applications, their secrets and their credits."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import uuid
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from photoshoot.errors import AuthenticationError, NoCreditsError, SettingsError, UnknownJobError
from photoshoot.jobs.store.database import Database
from photoshoot.jobs.store.records import Application, Credentials, check_text
from photoshoot.jobs.store.tables import ApplicationRow, CreditRow, TaskRow

_LONGEST_NAME = 200
_WRONG = "the key or the secret is wrong"


class Applications:
    """Who may use the service.

    Secrets are random, 128 bits and more, so they can't be guessed from their digests however fast the digest is: plain
    SHA-256 is right. Slow digests such as scrypt are for passwords that people think of, and would cost every call.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str) -> Credentials:
        """See ``Jobs.create_application``."""
        check_text("name", name, _LONGEST_NAME)
        drawn = _Secrets.draw()
        row = ApplicationRow(
            id=uuid.uuid4(), name=name.strip(), credentials_version=1, credits=None, created_s=time.time()
        )
        drawn.digest_into(row)
        with self._database.writing() as session:
            session.add(row)
        return drawn.reveal(_record(row))

    def rotate(self, application_id: UUID) -> Credentials:
        """See ``Jobs.rotate_secrets``."""
        drawn = _Secrets.draw()
        with self._database.writing() as session:
            row = lock_application(session, application_id)
            drawn.digest_into(row)
            row.credentials_version += 1
        return drawn.reveal(_record(row))

    def all(self) -> list[Application]:
        """See ``Jobs.applications``."""
        with self._database.reading() as session:
            rows = session.scalars(select(ApplicationRow).order_by(ApplicationRow.created_s, ApplicationRow.id))
            return [_record(row) for row in rows]

    def find(self, application_id: UUID) -> Application:
        """See ``Jobs.find_application``."""
        with self._database.reading() as session:
            row = session.get(ApplicationRow, application_id)
        if row is None:
            raise UnknownJobError("application", application_id)
        return _record(row)

    def authenticate(self, key: str, secret: str) -> Application:
        """See ``Jobs.authenticate``."""
        with self._database.reading() as session:
            row = session.scalar(select(ApplicationRow).where(ApplicationRow.key_digest == _digest(key)))
        return _admit(row, "" if row is None else row.secret_digest, secret)

    def authenticate_token_request(self, application_id: UUID, jwt_private_key: str) -> Application:
        """See ``Jobs.authenticate_token_request``."""
        with self._database.reading() as session:
            row = session.get(ApplicationRow, application_id)
        return _admit(row, "" if row is None else row.jwt_private_key_digest, jwt_private_key)

    def grant(self, application_id: UUID, amount: int) -> Application:
        """See ``Jobs.grant_credits``."""
        if amount <= 0:
            raise SettingsError("amount", amount, "a whole number above 0")
        with self._database.writing() as session:
            row = lock_application(session, application_id)
            row.credits = (row.credits or 0) + amount
            session.add(CreditRow(application_id=application_id, amount=amount, created_s=time.time()))
        return _record(row)

    def charge(self, application_id: UUID, task_id: UUID) -> None:
        """See ``Jobs.charge``; always takes the credit."""
        with self._database.writing() as session:
            row = lock_application(session, application_id)
            task = session.get(TaskRow, task_id)
            if task is None or task.application_id != application_id:
                raise UnknownJobError("task", task_id)
            if session.scalar(select(CreditRow.number).where(CreditRow.task_id == task_id)) is not None:
                return
            if not row.credits:
                reason = "does not exist" if row.credits is None else "is used up"
                raise NoCreditsError(application_id, f"API Key Credits for Application {reason}.")
            row.credits -= 1
            session.add(CreditRow(application_id=application_id, task_id=task_id, amount=-1, created_s=time.time()))


def lock_application(session: Session, application_id: UUID) -> ApplicationRow:
    """An application's row, which no other transaction changes meanwhile.

    Raises:
        UnknownJobError: There is no such application.
    """
    row = session.get(ApplicationRow, application_id, with_for_update=True)
    if row is None:
        raise UnknownJobError("application", application_id)
    return row


@dataclass(frozen=True)
class _Secrets:
    key: str
    secret: str
    jwt_private_key: str

    @classmethod
    def draw(cls) -> _Secrets:
        return cls(secrets.token_hex(16), secrets.token_hex(32), secrets.token_hex(32))

    def digest_into(self, row: ApplicationRow) -> None:
        row.key_digest, row.secret_digest = _digest(self.key), _digest(self.secret)
        row.jwt_private_key_digest = _digest(self.jwt_private_key)

    def reveal(self, application: Application) -> Credentials:
        return Credentials(
            application=application, key=self.key, secret=self.secret, jwt_private_key=self.jwt_private_key
        )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _admit(row: ApplicationRow | None, digest: str, given: str) -> Application:
    same = hmac.compare_digest(digest, _digest(given))  # in constant time, also where there is no such application
    if row is None or not same:
        raise AuthenticationError(_WRONG)
    return _record(row)


def _record(row: ApplicationRow) -> Application:
    return Application(
        id=row.id,
        name=row.name,
        credentials_version=row.credentials_version,
        credits=row.credits,
        created_s=row.created_s,
    )
