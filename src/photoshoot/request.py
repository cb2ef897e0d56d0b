"""What a caller asks for, and what it comes to: each door writes a ``Request``, ``resolve_request`` knows the rest.

``read_request`` and ``write_request`` are its one plain form: in recipes, in the store of jobs and over HTTP.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass
from typing import Annotated, Any, Final, NoReturn, TypeAlias, TypeVar

from photoshoot.arrays import same_values
from photoshoot.errors import InputError, PhotoError, PromptError, SettingsError
from photoshoot.framing.layout import AdSize, RenderKind, ad_sizes
from photoshoot.pixels.photos import PhotoSource, read_style_image
from photoshoot.prompts import Prompt, PromptsLike, parse_prompts
from photoshoot.records import Cutout, Product
from photoshoot.records.plain_data import Complaint, Json, PlainForm, read_record, to_plain
from photoshoot.seeds import SEED_LIMIT, draw_seed
from photoshoot.settings import LightOverride, Placement, Range, ShotSettings, StyleImage
from photoshoot.stages import Translator

_Item = TypeVar("_Item")
ProductLike: TypeAlias = Product | Cutout | PhotoSource
"""A described product, a cut-out, or anything that ``read_photo`` takes."""
StyleLike: TypeAlias = StyleImage | PhotoSource | None
"""A style picture; a request keeps its small form alone."""
RenderKinds: TypeAlias = RenderKind | AdSize | str | int | Sequence[RenderKind | AdSize | str | int]
"""A size, a group of sizes, or several of them.

Each is a ``RenderKind``, its name, the HTTP API's number, or a size of one's own, such as ``"1920x1080"``.
"""

_STYLE = ("lean_palette", "style_reference")
_RECORDS: Final[dict[str, type[Any]]] = {"placement": Placement, "light": LightOverride}
_QUALITIES = ("final", "draft")
_BOTH_STYLES = "same_style_reference"  # sets both of them; never written


def _read_prompts(value: Any) -> tuple[Prompt, ...]:
    """An empty text is a field that was left empty, and no wish for the presets that suit best."""
    if isinstance(value, str) and not value.strip():
        raise PromptError("the prompt is empty: give one, or none at all for the presets that suit the product")
    return () if value is None or (isinstance(value, tuple | list) and not value) else tuple(parse_prompts(value))


def _write_prompts(prompts: PromptsLike) -> Json:
    return [dict(prompt.to_api()) for prompt in _read_prompts(prompts)]


def _read_kinds(value: Any) -> tuple[RenderKind | AdSize, ...]:
    return list_kinds(value)


def _write_kinds(kinds: RenderKinds) -> Json:
    return [kind.label if isinstance(kind, AdSize) else str(kind.name).lower() for kind in list_kinds(kinds)]


KINDS: Final = PlainForm(_read_kinds, _write_kinds)
"""How a field of sizes is read and written: by names, or the HTTP API's numbers."""


def _read_style(value: Any) -> StyleImage | None:
    if value is None or isinstance(value, StyleImage):
        return value
    if not isinstance(value, str):
        raise PhotoError(f"must be a data URI of a picture, not {type(value).__name__}")
    return StyleImage.parse(value)  # never a path: whoever writes plain data need not own this machine's files


def _write_style(image: StyleImage | PhotoSource | None) -> Json:
    return None if image is None else str(read_style_image(image))


def _refuse_product(_: object) -> NoReturn:
    raise InputError("can't be given here: the product stands beside the request")


def _as_record(kind: type[Any], name: str, value: object) -> object:
    """A record, or a mapping of its fields as one; None where the field may be left out."""
    if isinstance(value, kind) or (value is None and kind is LightOverride):
        return value
    fields = {field.name for field in dataclasses.fields(kind)}
    if isinstance(value, Mapping) and value.keys() <= fields:
        return kind(**value)
    raise SettingsError(name, value, f"a {kind.__name__}, or a dict of {', '.join(sorted(fields))}")


@dataclass(frozen=True, kw_only=True)
class Request(ShotSettings):
    """What to make of one product; one shot per prompt and size."""

    product: Annotated[ProductLike | None, PlainForm(_refuse_product, lambda _: None)] = dataclasses.field(
        default=None,
        hash=False,  # arrays have none
    )
    """The product, or a photo of it. None: it is given beside the request, which may be for many products."""
    prompts: Annotated[PromptsLike, PlainForm(_read_prompts, _write_prompts)] = ()
    """One to six prompts: ``Prompt`` records, texts, or the HTTP API's JSON string. None at all: the presets that suit
    the product best, but of the service, which wants at least one."""
    render_kind: Annotated[RenderKinds, KINDS] = RenderKind.LANDSCAPE
    """A size, a group of sizes, or several of them, also of one's own (``1920x1080``, without a safe margin); a size
    that is named twice is made once."""
    style_image: Annotated[StyleLike, PlainForm(_read_style, _write_style)] = None  # type: ignore[assignment]
    """A picture whose style all shots follow: the studio takes its colours and the side of its light, networks with a
    style adapter its colours, materials and light. A small copy of it is kept (``StyleImage``)."""
    seed: Annotated[int | None, Range(0, SEED_LIMIT - 1)] = None
    """0 to 2147483647: the same seed gives the same pictures. Each shot's own, as in its file's name, is drawn from it.
    None: a random one."""
    name: str | None = None
    """The product's name, instead of the captioner's."""
    description: str | None = None
    """The product's description, instead of the captioner's."""
    first_prompt_index: Annotated[int, Range(0, SEED_LIMIT)] = 0
    """Number of the first prompt, from 0, where these are a later part of a larger request: seeds go by it."""
    same_style_reference: InitVar[bool | None] = None
    quality: InitVar[str | None] = None

    def __post_init__(self, same_style_reference: bool | None, quality: str | None = None) -> None:  # noqa: RUF033  # a recipe file has a key of that name for its files
        for name, kind in _RECORDS.items():
            object.__setattr__(self, name, _as_record(kind, name, getattr(self, name)))
        super().__post_init__()
        object.__setattr__(self, "prompts", _read_prompts(self.prompts))
        if quality is not None:
            if quality not in _QUALITIES:
                raise SettingsError("quality", quality, " or ".join(map(repr, _QUALITIES)))
            object.__setattr__(self, "draft", quality == "draft")
        if same_style_reference is not None:
            if not isinstance(same_style_reference, bool):
                raise SettingsError(_BOTH_STYLES, same_style_reference, "True or False")
            for name in _STYLE:
                object.__setattr__(self, name, same_style_reference)
        if not (kinds := list_kinds(self.render_kind)):
            raise SettingsError("render_kind", self.render_kind, "at least one")
        object.__setattr__(self, "render_kind", kinds[0] if len(kinds) == 1 else kinds)
        if self.style_image is not None:
            object.__setattr__(self, "style_image", read_style_image(self.style_image))

    def __eq__(self, other: object) -> bool:
        names = [field.name for field in dataclasses.fields(self)]
        return type(other) is type(self) and all(same_values(getattr(self, n), getattr(other, n)) for n in names)


@dataclass(frozen=True, kw_only=True, eq=False)
class ResolvedRequest(ShotSettings):
    """A request of which everything is known, before its shots are laid out; ``resolve_request`` makes it."""

    product: Product
    """The described product, under the name and description that the caller gave."""
    prompts: tuple[Prompt, ...]
    """One to six, those without an English text translated."""
    sizes: tuple[AdSize, ...]
    """Each once, in the order they were asked for."""
    seed: int
    """0 to 2147483647, given or drawn."""
    first_prompt_index: int
    """Number of the first prompt, from 0."""


def resolve_request(request: Request, product: Product, translator: Translator | None = None) -> ResolvedRequest:
    """Make a request known: prompts parsed and translated, sizes listed, the seed drawn, the product named.

    Args:
        request: What is asked for.
        product: Its product, described.
        translator: Puts prompts without an English text into English. None: they are read as they are.

    Raises:
        PromptError: A prompt is malformed, or there are none or too many.
        SettingsError: A size is none.
    """
    given = {"name": request.name, "description": request.description}
    changes: dict[str, Any] = {name: text for name, text in given.items() if text is not None}
    if request.name is not None:
        changes["confidence"] = 1.0
    if changes:
        changes |= {"alt_text": "", "long_description": "", "evidence": ()}  # they were written of another name
    return ResolvedRequest(
        **settings_of(request),
        product=dataclasses.replace(product, **changes),
        prompts=tuple(_translate(parse_prompts(request.prompts), translator)),
        sizes=list_sizes(request.render_kind),
        seed=draw_seed() if request.seed is None else request.seed,
        first_prompt_index=request.first_prompt_index,
    )


def product_of(request: Request) -> ProductLike:
    """The product of a request.

    Raises:
        InputError: It is to be given beside it.
    """
    if request.product is None:
        raise InputError("the request has no product: give one, or a photo of it")
    return request.product


def list_products(items: Sequence[_Item]) -> Sequence[_Item]:
    """The photos or products, unless they are one that was meant to stand in a list.

    Raises:
        InputError: They are no list.
    """
    if isinstance(items, Sequence) and not isinstance(items, str | bytes | bytearray | memoryview):
        return items
    raise InputError(f"photos and products are given in a list, even a single one: [photo], not {type(items).__name__}")


def list_requests(items: Iterable[Request]) -> list[Request]:
    """The requests, unless they are something else.

    Raises:
        InputError: They are no list, or something in it is no request.
    """
    one = "Request(product=photo, prompts=[text])"
    if isinstance(items, Request | str | bytes | Mapping) or not isinstance(items, Iterable):
        raise InputError(f"requests are given in a list, even a single one: [{one}], not {type(items).__name__}")
    requests = list(items)
    for index, item in enumerate(requests):
        if not isinstance(item, Request):
            raise InputError(f"request {index} is to be a {one}, not {type(item).__name__}")
    return requests


def list_kinds(kinds: RenderKinds) -> tuple[RenderKind | AdSize, ...]:
    """The kinds and sizes of its own that a request names, in order.

    Raises:
        SettingsError: One is a combination that the HTTP API does not know, or a size out of range.
    """
    if isinstance(kinds, (str, AdSize)) or not isinstance(kinds, Sequence):
        return (_read_kind(kinds),)
    return tuple(map(_read_kind, kinds))


def _read_kind(kind: RenderKind | AdSize | str | int) -> RenderKind | AdSize:
    if isinstance(kind, AdSize):
        return kind
    own = AdSize.of_its_own(kind) if isinstance(kind, str) else None
    return own or RenderKind.parse(kind)


def list_sizes(kinds: RenderKinds) -> tuple[AdSize, ...]:
    """The sizes of the kinds, each once, in order."""
    sizes = [size for kind in list_kinds(kinds) for size in ([kind] if isinstance(kind, AdSize) else ad_sizes(kind))]
    return tuple({size.label: size for size in sizes}.values())


def settings_of(request: ShotSettings) -> dict[str, Any]:
    """What a request or recipe says as ``ShotSettings``, by name."""
    return {field.name: getattr(request, field.name) for field in dataclasses.fields(ShotSettings)}


def read_request(data: object, *, where: str, complaint: Complaint, key: str = "") -> Request:
    """Read a request, without its product, from plain data; what is left out keeps its default.

    ``same_style_reference``, as of old, is read as a shorthand for both settings of style.

    Args:
        data: The decoded object.
        where: The file or table that it stands in, for messages.
        complaint: What is raised, see ``read_record``.
        key: The object's own key in the file.

    Raises:
        InputError: A ``complaint``.
    """
    return read_record(Request, spell_out(data), where=where, complaint=complaint, key=key)


def spell_out(data: object) -> object:
    """Plain data of a request with the shorthand for style written out; anything else as it is."""
    if not isinstance(data, Mapping) or _BOTH_STYLES not in data:
        return data
    both = data[_BOTH_STYLES]
    return {**dict.fromkeys(_STYLE, both), **{name: value for name, value in data.items() if name != _BOTH_STYLES}}


def write_request(request: Request) -> dict[str, Json]:
    """A request without its product, as plain data; ``read_request`` reads it back.

    Raises:
        PromptError: A prompt is malformed.
    """
    return {name: value for name, value in to_plain(request).items() if name != "product"}


def _translate(prompts: Sequence[Prompt], translator: Translator | None) -> list[Prompt]:
    native = [prompt for prompt in prompts if prompt.is_native]
    if translator is None or not native:
        return list(prompts)
    texts = iter(translator.translate([prompt.text or "" for prompt in native]))
    return [
        Prompt.custom(next(texts), prompt.native_language_prompt, negative=prompt.negative)
        if prompt.is_native
        else prompt
        for prompt in prompts
    ]
