"""``/Authorization``: tokens for a private key, and new tokens for old ones."""

from fastapi import APIRouter
from starlette.requests import Request

from photoshoot.errors import AuthenticationError, UnknownJobError
from photoshoot.jobs import Application
from photoshoot.server.http.errors import Denial
from photoshoot.server.http.json_route import JsonRoute
from photoshoot.server.http.openapi import problem_answers
from photoshoot.server.http.schemas import RefreshRequest, TokenAnswer, TokenRequest
from photoshoot.server.routes.access import Served, refuse
from photoshoot.server.service import Service

_PROBLEMS = problem_answers(400, 401, 413, 415, 429, 503)
router = APIRouter(prefix="/Authorization", tags=["Authorization"], route_class=JsonRoute)


@router.post("/GenerateJwtToken", summary="Get tokens for a private key", responses=_PROBLEMS)
def generate_jwt_token(body: TokenRequest, request: Request, service: Served) -> TokenAnswer:
    """The private key is the application's `jwtPrivateKey`, which was shown when it was created."""
    try:
        application = service.jobs.applications.authenticate_token_request(body.application_id, body.jwt_private_key)
    except AuthenticationError as error:
        raise refuse(request, service, Denial.WRONG_PRIVATE_KEY) from error
    return _sign(service, application)


@router.post("/RefreshJwtToken", summary="Get new tokens for a refresh token", responses=_PROBLEMS)
def refresh_jwt_token(body: RefreshRequest, request: Request, service: Served) -> TokenAnswer:
    """A refresh token counts once, and is void once the application's secrets are rotated."""
    applications = service.jobs.applications
    try:
        application = applications.find(body.application_id)
        claims = service.tokens.read(body.refresh_token, application, "refresh")
        counts = claims is not None and applications.spend(application.id, claims.id, claims.expires_s)
    except UnknownJobError as error:
        raise refuse(request, service, Denial.WRONG_TOKEN) from error
    if not counts:
        raise refuse(request, service, Denial.WRONG_TOKEN)
    return _sign(service, application)


def _sign(service: Service, application: Application) -> TokenAnswer:
    access, refresh = service.tokens.sign(application, "access"), service.tokens.sign(application, "refresh")
    return TokenAnswer(
        application_id=application.id,
        access_token=access.text,
        access_token_expiration=access.expires,
        refresh_token=refresh.text,
        refresh_token_expiration=refresh.expires,
    )
