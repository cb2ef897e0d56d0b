"""Who calls: key and secret, the bearer token where there is one, and how many calls are left."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from starlette.requests import Request

from photoshoot.errors import AuthenticationError
from photoshoot.jobs import Application
from photoshoot.server.problems import busy, unauthorized
from photoshoot.server.rate_limits import Allowance
from photoshoot.server.service import Service, service_of

_TOO_MANY = "Too many requests."


class Caller:
    """The application that calls, and what it may ask for."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.id = application.id

    def must_be(self, application_id: UUID) -> None:
        """Hold that a request names its own application.

        Raises:
            ApiError: It names another (401).
        """
        if application_id != self.id:
            raise unauthorized()


def identify(request: Request, service: Annotated[Service, Depends(service_of)]) -> Caller:
    """The application of a request's ``x-api-key`` and ``x-api-secret``.

    A bearer token may come on top: it must then be genuine, in time, and of the same application.

    Raises:
        ApiError: Credentials are missing or wrong (401), or there were too many requests (429).
    """
    guard_failures(request, service)
    try:
        application = _authenticate(request, service)
    except AuthenticationError as error:
        count_failure(request, service)
        raise unauthorized() from error
    request.state.application_id = str(application.id)
    allowance = service.requests.take(str(application.id))
    request.state.answer_headers = dict(allowance.headers)
    _hold(allowance)
    return Caller(application)


def guard_failures(request: Request, service: Service) -> None:
    """Refuse an address that has sent wrong credentials too often (429)."""
    _hold(service.failures.look(_address(request)))


def count_failure(request: Request, service: Service) -> None:
    """Remember that an address sent wrong credentials."""
    service.failures.take(_address(request))


def _authenticate(request: Request, service: Service) -> Application:
    key, secret = request.headers.get("x-api-key", ""), request.headers.get("x-api-secret", "")
    application = service.jobs.authenticate(key, secret)
    authorization = request.headers.get("authorization")
    if authorization is None:
        if service.settings.require_token:
            raise AuthenticationError("there is no bearer token")
        return application
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not service.tokens.belongs_to(token.strip(), application, "access"):
        raise AuthenticationError("the bearer token is not good")
    return application


def _hold(allowance: Allowance) -> None:
    if not allowance.allowed:
        error = busy(_TOO_MANY, allowance.reset_s)
        error.headers = {**(error.headers or {}), **allowance.headers}
        raise error


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


ApplicationId = Annotated[UUID, Query(alias="applicationId", description="The calling application.")]
"""The contract's ``applicationId``."""
UserId = Annotated[UUID, Query(alias="userId", description="A user of the application, as it names them.")]
"""The contract's ``userId``."""
ProcessId = Annotated[UUID, Query(alias="imageProductGeneratorProcessId", description="The process.")]
"""The contract's ``imageProductGeneratorProcessId``."""
TaskId = Annotated[UUID, Query(alias="taskId", description="A task of the process.")]
"""The contract's ``taskId``."""
Identified = Annotated[Caller, Depends(identify)]
"""A route's argument that demands credentials."""
Served = Annotated[Service, Depends(service_of)]
"""A route's argument: the service."""
