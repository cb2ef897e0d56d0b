"""Who calls: key and secret, the bearer token where there is one, and how many calls are left."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from starlette.requests import Request

from photoshoot.errors import AuthenticationError
from photoshoot.jobs import Application
from photoshoot.server.auth.rate_limits import Allowance, RateLimiter
from photoshoot.server.http.errors import ApiError, Denial, ValidationError, busy, repeated, unauthorized
from photoshoot.server.service import Service, service_of


class Caller:
    """The application that calls, and what it may ask for."""

    def __init__(self, application: Application, users: RateLimiter) -> None:
        self.application = application
        self.id = application.id
        self._users = users

    def count(self, user_id: UUID) -> None:
        """Count a request for a user.

        Raises:
            ApiError: There were too many for that user (429).
        """
        allowance = self._users.take(f"{self.id}/{user_id}")
        if not allowance.allowed:
            raise _too_many(allowance, "for this user")

    def must_be(self, application_id: UUID) -> None:
        """Hold that a request names its own application.

        Raises:
            ApiError: It names another (401).
        """
        if application_id != self.id:
            raise unauthorized(Denial.OTHER_APPLICATION)


def identify(request: Request, service: Annotated[Service, Depends(service_of)]) -> Caller:
    """The application of a request's ``x-api-key`` and ``x-api-secret``; the request counts as one that does work.

    A bearer token may come on top: it must then be genuine, in time, and of the same application.

    Raises:
        ApiError: Credentials are missing or wrong (401), or there were too many requests (429).
    """
    return _identify(request, service, service.requests)


def identify_asking(request: Request, service: Annotated[Service, Depends(service_of)]) -> Caller:
    """Like ``identify``; the request counts as a question, which leaves what orders and downloads have as it is.

    Raises:
        ApiError: See ``identify``.
    """
    return _identify(request, service, service.polls)


def _identify(request: Request, service: Service, limiter: RateLimiter) -> Caller:
    application = _authenticate(request, service)
    _hold_single(request)
    request.state.application_id = str(application.id)
    allowance = limiter.take(str(application.id))
    request.state.answer_headers = dict(allowance.headers)
    if not allowance.allowed:
        raise _too_many(allowance, "of this application")
    return Caller(application, service.user_requests)


def refuse(request: Request, service: Service, denial: Denial) -> ApiError:
    """The answer to wrong credentials: 401, or 429 where their address has sent too many of them.

    Right credentials are never held up by wrong ones, which may come from behind the same proxy.
    """
    allowance = service.failures.take(request.client.host if request.client else "unknown")
    return unauthorized(denial) if allowance.allowed else _too_many(allowance, "with wrong credentials")


def _authenticate(request: Request, service: Service) -> Application:
    key, secret = request.headers.get("x-api-key", ""), request.headers.get("x-api-secret", "")
    try:
        application = service.jobs.applications.authenticate(key, secret)
    except AuthenticationError as error:
        raise refuse(request, service, Denial.WRONG_KEY if key or secret else Denial.NO_KEY) from error
    authorization = request.headers.get("authorization")
    if authorization is None:
        if service.settings.require_token:
            raise refuse(request, service, Denial.NO_TOKEN)
        return application
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not service.tokens.belongs_to(token.strip(), application, "access"):
        raise refuse(request, service, Denial.WRONG_TOKEN)
    return application


def _hold_single(request: Request) -> None:
    """Hold that nothing in the query has several values, none of which would be more likely meant.

    Raises:
        ApiError: Something has (400).
    """
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if found.setdefault(name, value) != value:
            raise ValidationError({name: [repeated(name)]})


def _too_many(allowance: Allowance, whose: str) -> ApiError:
    error = busy(f"Too many requests {whose}.", allowance.reset_s)
    error.headers = {**(error.headers or {}), **allowance.headers}
    return error


ApplicationId = Annotated[UUID, Query(alias="applicationId", description="The calling application.")]
"""The contract's ``applicationId``."""
UserId = Annotated[UUID, Query(alias="userId", description="A user of the application, as it names them.")]
"""The contract's ``userId``."""
ProcessId = Annotated[UUID, Query(alias="imageProductGeneratorProcessId", description="The process.")]
"""The contract's ``imageProductGeneratorProcessId``."""
TaskId = Annotated[UUID, Query(alias="taskId", description="A task of the process.")]
"""The contract's ``taskId``."""
AssetId = Annotated[UUID, Query(alias="productImageAssetId", description="An upload of the application.")]
"""The contract's ``productImageAssetId``."""
Identified = Annotated[Caller, Depends(identify)]
"""A route's argument that demands credentials, of a route that does work or changes something."""
Asking = Annotated[Caller, Depends(identify_asking)]
"""The same of a route that only answers a question."""
Served = Annotated[Service, Depends(service_of)]
"""A route's argument: the service."""
