"""An order's form: the contract's fields, and every further field of the library's request beside them."""

import contextlib
import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, get_args, get_type_hints
from uuid import UUID

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    create_model,
    model_validator,
)
from pydantic.alias_generators import to_camel

from photoshoot.framing.layout import AdSize, RenderKind, ad_sizes
from photoshoot.records.plain_data import RepeatedKeyError, build_object, read_docs
from photoshoot.request import Request
from photoshoot.server.http.errors import ValidationError, repeated
from photoshoot.server.http.schemas import CutoutForm, Off, On, RequestBody, Text, empty_to
from photoshoot.settings import StyleImage

_KINDS = tuple(kind.value for kind in RenderKind.__members__.values())

_SIZES = [kind.value for kind in RenderKind.__members__.values() if kind.value.bit_count() == 1]


def _check_size(kind: int) -> int:
    if kind not in _SIZES:
        raise ValueError(f"it should be a single size: {', '.join(map(str, _SIZES))}")
    return kind


def _check_kind(kind: int) -> int:
    if kind not in _KINDS:
        raise ValueError(f"it should be one of {', '.join(map(str, _KINDS))}")
    return kind


def _describe_kinds() -> str:
    def tell(size: AdSize) -> str:
        return f"{size.label.replace('_', ' ')} {size.width_px}x{size.height_px}"

    single = [kind for kind in RenderKind.__members__.values() if kind.value.bit_count() == 1]
    sizes = ", ".join(f"{kind.value} {tell(*ad_sizes(kind))}" for kind in single)
    return f"{sizes}; groups: 31 (1 to 16), 992 (32 to 512), 1023 (all); 0 is 4."


_MARGIN: Final = (
    "Off: the picture is wider by 1674/1200 (landscape is 1674x628), height as it is, and the product stays inside the "
    "named width in the middle, so that it can be cropped. On: exactly the named size. A `size` of one's own is exact."
)
_STYLE: Final = (
    "A preset's picture is its style reference, and its accents lean to the product's colours. Off: "
    "neither; `styleReference` and `leanPalette` set them one by one."
)


class ContractForm(RequestBody):
    """An order, as the contract has it."""

    application_id: UUID
    user_id: UUID = Field(description="The user that the photo was uploaded for.")
    render_kind: Annotated[int, AfterValidator(_check_kind)] = Field(
        description=_describe_kinds(), json_schema_extra={"enum": list(_KINDS)}
    )
    product_image_asset_id: UUID = Field(description="`backgroundRemovedImageAssetId` of an upload.")
    prompt_objects_string: str = Field(
        min_length=1,
        alias="PromptObjectsString",
        description="A JSON array of one to six prompt objects, as a string: `tag` is `preset` or `custom`, with "
        "`preset` an id or `prompt` a text; `nativeLanguagePrompt`, and `negative`: what must not be there.",
        examples=['[{"preset": "white_background", "tag": "preset"}]'],
    )
    product_name: Text
    product_description: Text
    disable_safe_margin: Off = Field(default=False, alias="DisableSafeMargin", description=_MARGIN)
    use_same_style_reference_image: On = Field(default=True, alias="UseSameStyleReferenceImage", description=_STYLE)


class OrderForm(ContractForm):
    """An order whose size may be one's own, and which then needs no kind.

    The document says that it does: generators of clients know no form that wants one field or another.
    """

    @model_validator(mode="before")
    @classmethod
    def _leave_out_kind(cls, given: Any) -> Any:
        """Names are in any case here: it goes before what spells them."""
        if not isinstance(given, Mapping):
            return given
        names = {str(name).lower() for name, value in given.items() if value is not None}
        return {**given, "renderKind": 0} if "size" in names and not {"renderkind", "render_kind"} & names else given


_CONTRACTS = ("product", "prompts", "render_kind", "safe_margin", "name", "description")
"""Fields of a request that the contract has fields of its own for."""


def _describe_more() -> Iterator[tuple[str, Any]]:
    """The further fields of a request, optional ones: plain values, or JSON objects as strings."""
    docs, hints = read_docs(Request), get_type_hints(Request)
    for name in (field.name for field in dataclasses.fields(Request) if field.name not in _CONTRACTS):
        kinds = [kind for kind in get_args(hints[name]) or (hints[name],) if kind is not type(None)]
        record: Any = None if kinds[0] in _JSON_TYPES else next(filter(dataclasses.is_dataclass, kinds), None)
        keys = "" if record is None else f" A JSON object, as a string, of {', '.join(read_docs(record))}."
        doc = docs[name].replace("``", "`").replace("None:", "Left out:")
        schema: dict[str, Any] = {"type": "string" if record else _JSON_TYPES[kinds[0]]}
        if kinds[0] is StyleImage:
            keys = " A data URI (data:image/jpeg;base64,…) of at most 90 KB; 448 px a side are enough."
        value = Annotated[kinds[0] | None, empty_to(None)] if schema["type"] != "string" else str | None
        yield name, (Annotated[value, WithJsonSchema(schema)], Field(default=None, description=doc + keys))


_JSON_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", StyleImage: "string"}
_MORE: Final = dict(_describe_more())
_SIZE: Any = (
    str | None,
    Field(
        default=None,
        description="A size of one's own instead of `renderKind` (before it: with a size, the kind may be left out), "
        "32 to 8192 px a side; or several, with commas.",
        examples=["1920x1080"],
    ),
)
_ENGINE: Any = (
    Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None,
    Field(default=None, description="One of the service's engines. Left out: its first.", examples=["studio"]),
)
_FORMATS: Any = (
    str | None,
    Field(
        default=None,
        description="Files that progress with `details` has signed URLs of, with commas: png (where it is left out), "
        "jpeg, webp, avif, pdf.",
        examples=["png,webp,pdf"],
    ),
)
_BESIDE: Final = {"size": _SIZE, "engine": _ENGINE, "formats": _FORMATS}
"""What an order says beside the request and the contract."""
AdCreativeForm = create_model("AdCreativeForm", __base__=OrderForm, __doc__="An order.", **_BESIDE, **_MORE)


class BaseShootForm(CutoutForm):
    """The fields beside the photo; what is left out is taken from what the photo shows."""

    application_id: UUID
    user_id: UUID
    render_kind: Annotated[int, AfterValidator(_check_size)] = Field(
        default=RenderKind.LANDSCAPE.value, description="A single size.", json_schema_extra={"enum": [*_SIZES]}
    )
    prompt_objects_string: str | None = Field(
        default=None, alias="PromptObjectsString", description="A JSON array of one prompt object, as a string."
    )
    product_name: Text | None = None
    product_description: Text | None = None
    disable_safe_margin: Off = Field(default=False, alias="DisableSafeMargin", description=_MARGIN)
    use_same_style_reference_image: On = Field(default=True, alias="UseSameStyleReferenceImage", description=_STYLE)


ShootForm = create_model("ShootForm", __base__=BaseShootForm, __doc__="A photo's order.", **_BESIDE, **_MORE)


def complete_order(form: BaseShootForm, asset_id: UUID, name: str, description: str, preset_id: str) -> ContractForm:
    """The order of AdCreative that a form of Shoot is.

    Args:
        form: What was sent beside the photo.
        asset_id: The photo's product.
        name: Its name, where the form has none.
        description: Its description, where the form has none.
        preset_id: The preset, where the form has no prompt.
    """
    fallback = json.dumps([{"tag": "preset", "preset": preset_id}])
    shared = form.__class__.model_fields.keys() & AdCreativeForm.model_fields.keys()
    given = {field: getattr(form, field) for field in shared}
    return AdCreativeForm(
        **given
        | {
            "product_image_asset_id": asset_id,
            "prompt_objects_string": form.prompt_objects_string or fallback,
            "product_name": form.product_name or name or "product",
            "product_description": form.product_description or description or "A product.",
        }
    )


def read_more(form: ContractForm) -> dict[str, object]:
    """What a form says of a request beyond the contract, as plain data: each text as the JSON value that it is.

    What is null in it counts as left out, as in bodies that are JSON.

    Raises:
        ValidationError: A key of an object has several values.
    """
    given = {name: getattr(form, name) for name in _MORE}
    plain = {name: _decode(name, value) if isinstance(value, str) else value for name, value in given.items()}
    return {name: value for name, value in plain.items() if value is not None}


def _decode(name: str, text: str) -> object:
    with contextlib.suppress(ValueError, RecursionError):
        try:
            value = json.loads(text, object_pairs_hook=build_object)
        except RepeatedKeyError as error:
            raise ValidationError({f"{to_camel(name)}.{error.key}": [repeated(error.key)]}) from error
        return {key: one for key, one in value.items() if one is not None} if isinstance(value, dict) else value
    return text
