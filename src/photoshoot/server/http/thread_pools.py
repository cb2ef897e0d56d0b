"""Threads for calls that may take long, apart from those in which questions are answered.

Orders wait for the database's writers, downloads encode pictures, and a webhook's host is looked up. Were they to share
threads with questions about progress, a burst of them would hold those up.
"""

import functools
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.requests import Request

_P = ParamSpec("_P")
_T = TypeVar("_T")
_SLOW_CALLS: Final = 8


def provide_threads(app: Starlette) -> None:
    """Give an application its threads for slow calls."""
    app.state.slow_calls = CapacityLimiter(_SLOW_CALLS)


async def run_slow(request: Request, call: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Run a call that may take long in one of its application's few threads for such, when its turn comes."""
    limiter: CapacityLimiter = request.app.state.slow_calls
    return await to_thread.run_sync(functools.partial(call, *args, **kwargs), limiter=limiter)
