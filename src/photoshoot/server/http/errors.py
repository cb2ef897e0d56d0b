"""What is answered when something is wrong: the contract's bodies, word for word.

Three shapes, all with status and text of their own::

    business    errors, type, title "One or more errors occurred.", status, detail, instance, extensions.traceId
    validation  errors, type, title "One or more validation errors occurred.", status, traceId
    cut-out     errors: [{title, code, detail}], as remove.bg has it
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from photoshoot.errors import (
    BusyError,
    DamagedPictureError,
    FileTooLargeError,
    IdempotencyError,
    NoCreditsError,
    NoProductFoundError,
    PictureNotFoundError,
    UnknownJobError,
)
from photoshoot.records.plain_data import Json
from photoshoot.server.ops.tracing import current_trace_id

BAD_TOKEN: Final = "Token is missing, invalid or ApplicationId is not found in the token."
_OUT_OF_REACH: Final = "The service is not available at the moment. Please try again later."
_RETRY_AFTER_S: Final = 5
_LONGEST_ECHO: Final = 60
_NAMED_VALUE: Final = re.compile(r"^[\w.]+=(?=.* is not allowed: give )", re.DOTALL)
_VALIDATION: Final = "https://tools.ietf.org/html/rfc9110#section-15.5.1"
_CLIENT: Final = "https://tools.ietf.org/html/rfc7231#section-6.5.1"
_KINDS: Final = {400: "Bad request", 404: "Not found", 409: "Conflict", 500: "Internal"}
_TYPES: Final = {
    429: "https://tools.ietf.org/html/rfc6585#section-4",
    500: "https://tools.ietf.org/html/rfc7231#section-6.6.1",
    503: "https://tools.ietf.org/html/rfc7231#section-6.6.4",
}


class ApiError(HTTPException):
    """An answer that is an error. It is an ``HTTPException``, so that it passes through FastAPI's reading of bodies.

    Args:
        status: The HTTP status.
        errors: Messages by field or layer.
        headers: Headers of the answer.
    """

    def __init__(
        self, status: int, errors: Mapping[str, Sequence[str]], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, headers=headers)
        self.errors: dict[str, Json] = {name: list(messages) for name, messages in errors.items()}

    def body(self, trace_id: str) -> dict[str, Json]:
        """The answer's body."""
        problem = self._problem(_TYPES.get(self.status_code, _CLIENT), "One or more errors occurred.")
        return problem | {"detail": None, "instance": None, "extensions": {"traceId": trace_id}}

    def _problem(self, type: str, title: str) -> dict[str, Json]:
        """What business and validation problems share."""
        return {"errors": self.errors, "type": type, "title": title, "status": self.status_code}


class ValidationError(ApiError):
    """A field is missing or malformed."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(400, errors)

    def body(self, trace_id: str) -> dict[str, Json]:
        """The answer's body."""
        return self._problem(_VALIDATION, "One or more validation errors occurred.") | {"traceId": trace_id}


class CutoutError(ApiError):
    """The background can't be removed."""

    def __init__(self, title: str, code: str, detail: str | None = None) -> None:
        super().__init__(400, {})
        self.title, self.code, self.detail_text = title, code, detail

    def body(self, trace_id: str) -> dict[str, Json]:
        """The answer's body."""
        del trace_id
        error: dict[str, Json] = {"title": self.title, "code": self.code}
        if self.detail_text is not None:
            error["detail"] = self.detail_text
        return {"errors": [error]}


def answer(error: ApiError) -> Response:
    """The answer that an error is. Characters that can't be written down are replaced."""
    text = json.dumps(error.body(current_trace_id()), ensure_ascii=False)
    return Response(
        text.encode("utf-8", "replace"), error.status_code, headers=error.headers, media_type="application/json"
    )


def internal_error() -> ApiError:
    """Something went wrong that no one foresaw; the log says what, the answer does not."""
    return ApiError(500, {"business:": ["An internal error occurred. Its details are in the service's log."]})


def out_of_reach() -> ApiError:
    """Database, pictures or workers can't be had, or the service ends."""
    return ApiError(503, {"business:": [_OUT_OF_REACH]}, {"Retry-After": str(_RETRY_AFTER_S)})


class Denial(StrEnum):
    """Why a caller is refused, as the header ``WWW-Authenticate`` says it: the contract's body is the same for all."""

    NO_KEY = 'ApiKey error="missing_key", error_description="x-api-key and x-api-secret are missing"'
    WRONG_KEY = 'ApiKey error="invalid_key", error_description="x-api-key or x-api-secret is wrong"'
    OTHER_APPLICATION = (
        'ApiKey error="other_application", error_description="applicationId is not the one that the key belongs to"'
    )
    NO_TOKEN = 'Bearer error="missing_token", error_description="this service demands a bearer token, too"'
    WRONG_TOKEN = (
        'Bearer error="invalid_token", error_description="the token is malformed, expired or of another application"'
    )
    WRONG_PRIVATE_KEY = 'ApiKey error="invalid_key", error_description="applicationId or jwtPrivateKey is wrong"'


def unauthorized(denial: Denial) -> ApiError:
    """Credentials are missing or wrong, or belong to another application."""
    return ApiError(401, {"business:": [BAD_TOKEN]}, {"WWW-Authenticate": denial})


@dataclass(frozen=True)
class Refusals:
    """How a route words that a well-formed request can't be met: what the engine says, and what that means.

    ``with`` one of them, errors of jobs become the contract's answers.
    """

    route: str
    """The route as the contract's bodies name it, such as ``"ProductGeneration/Download"``."""
    doing: str
    """What it was about to do, such as ``"checking user progress"``."""
    not_found: str
    """What is said where something does not exist, or belongs to another application."""

    def refuse(self, status: int, engine: str) -> ApiError:
        """An answer; ``engine`` is what was wrong."""
        business = f"{_KINDS[status]} error occurred while {self.doing}"
        return ApiError(status, {f"engine: {self.route}": [engine], f"business: {self.route}": [business]})

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Translate what is raised within.

        Raises:
            ApiError: Something does not exist (404), an idempotency key was used for another order (409), there are no
                credits (400), the queue is full (429), or a kept picture is damaged (500).
        """
        try:
            yield
        except (UnknownJobError, PictureNotFoundError) as error:
            raise self.refuse(404, self.not_found) from error
        except DamagedPictureError as error:
            refusal = self.refuse(500, "Image content is damaged. It is made again.")
            refusal.headers = {"Retry-After": str(_RETRY_AFTER_S)}
            raise refusal from error
        except IdempotencyError as error:
            raise self.refuse(409, "The Idempotency-Key was used for another request.") from error
        except NoCreditsError as error:
            raise self.refuse(400, str(error)) from error
        except BusyError as error:
            raise busy("The queue is full. Please try again later.", error.retry_after_s) from error


def busy(message: str, retry_after_s: int) -> ApiError:
    """Too much at once."""
    return ApiError(429, {"business:": [message]}, {"Retry-After": str(max(1, retry_after_s))})


def file_too_large(error: FileTooLargeError) -> CutoutError:
    """The photo's file is over the limit."""
    return CutoutError("File too large", error.code, str(error))


def unknown_foreground() -> CutoutError:
    """No product stands out in the photo."""
    return CutoutError("Could not identify foreground in image", NoProductFoundError.code)


NO_FILE = "The request does not contain a file. Please make sure to upload the file."
"""What is said of a file that is missing, after ``required``, and the kind of that error."""


def invalid(value: object, hint: str = "") -> str:
    """What is said of a malformed value, which is cut short where it is long, and what is allowed instead."""
    text = str(value)
    shown = text if len(text) <= _LONGEST_ECHO else f"{text[:_LONGEST_ECHO]}…"
    return f"The value '{shown}' is not valid.{hint and f' {hint}'}"


def required(name: str) -> str:
    """What is said of a field that is missing."""
    return f"The {name} field is required."


def repeated(name: str) -> str:
    """What is said of a field that has several values."""
    return f"The {name} field is given more than once."


def sentence(text: str) -> str:
    """An error's message, which begins small and has no full stop, as a sentence.

    What says ``name=value is not allowed`` says it of the value: the field's name stands beside it.
    """
    text = _NAMED_VALUE.sub("the value ", text)
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('?') else '.'}"
