"""For those who run the service: is it alive, is it ready, and how much does it do."""

from typing import Literal

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from photoshoot.errors import StoreError
from photoshoot.server.http.openapi import problem_answers
from photoshoot.server.http.schemas import Body
from photoshoot.server.routes.access import Served

router = APIRouter(tags=["Operations"])


class Health(Body):
    """All is well."""

    status: Literal["ok"] = "ok"


@router.get("/healthz", summary="Is the process alive?", responses=problem_answers(431))
async def healthz() -> Health:
    """Says nothing of database and engine, so that a supervisor does not restart the process for their sake."""
    return Health()


@router.get("/readyz", summary="Can it take requests?", responses=problem_answers(431, 503))
def readyz(service: Served) -> Health:
    """Asks database, pictures and workers."""
    service.check()
    return Health()


@router.get(
    "/metrics",
    summary="Prometheus metrics",
    response_class=Response,
    responses={
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}},
        **problem_answers(431),
    },
)
def metrics(service: Served) -> Response:
    """In Prometheus's text format, also while the database is down. Keep it from the public, at the proxy."""
    try:
        counts = service.jobs.counts()
    except StoreError:
        counts = None
    return Response(service.metrics.write(counts), headers={"Content-Type": CONTENT_TYPE_LATEST})
