"""Bodies are in the contract's names; a form's further fields are a request's, read as the JSON that they are."""

from __future__ import annotations

import dataclasses
import uuid

import pydantic
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from photoshoot.framing.layout import RenderKind
from photoshoot.request import Request
from photoshoot.server.http.channel_schemas import ChannelRequest
from photoshoot.server.http.errors import ValidationError
from photoshoot.server.http.order_schemas import AdCreativeForm, ContractForm, ShootForm, complete_order, read_more
from photoshoot.server.http.schemas import Body, TokenRequest

APPLICATION = uuid.uuid4()
FORM = {
    "applicationId": str(uuid.uuid4()),
    "userId": str(uuid.uuid4()),
    "renderKind": "1",
    "productImageAssetId": str(uuid.uuid4()),
    "PromptObjectsString": "[]",
    "productName": "mug",
    "productDescription": "a mug",
}


def form(**more: str) -> ContractForm:
    return AdCreativeForm.model_validate({**FORM, **more})


def bodies(kind: type[Body]) -> list[type[Body]]:
    return [kind, *(each for below in kind.__subclasses__() for each in bodies(below))]


def test_names_have_no_underscores() -> None:
    names = {(kind.__name__, field.alias) for kind in bodies(Body) for field in kind.model_fields.values()}
    assert len(names) > 60
    assert [each for each in names if not each[1] or "_" in each[1]] == []


def test_a_form_has_every_field_of_a_request() -> None:
    contract = {"product": "product_image_asset_id", "prompts": "prompt_objects_string", "safe_margin":
                "disable_safe_margin", "name": "product_name", "description": "product_description"}  # fmt: skip
    fields = {contract.get(field.name, field.name) for field in dataclasses.fields(Request)}
    assert fields <= set(AdCreativeForm.model_fields)


@pytest.mark.parametrize("kind", [each.value for each in RenderKind.__members__.values()])
def test_render_kinds_are_the_layouts(kind: int) -> None:
    assert form(renderKind=str(kind)).render_kind == kind


@settings(max_examples=25, deadline=None)
@given(st.integers().filter(lambda kind: kind not in {each.value for each in RenderKind.__members__.values()}))
def test_other_render_kinds_are_refused(kind: int) -> None:
    with pytest.raises(pydantic.ValidationError):
        form(renderKind=str(kind))


@pytest.mark.parametrize(("value", "off", "on"), [("", False, True), ("true", True, True), ("false", False, False)])
def test_a_switch_that_is_empty_is_as_if_it_were_left_out(value: str, off: bool, on: bool) -> None:
    read = form(DisableSafeMargin=value, UseSameStyleReferenceImage=value)
    assert (read.disable_safe_margin, read.use_same_style_reference_image) == (off, on)
    assert (form().disable_safe_margin, form().use_same_style_reference_image) == (False, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [('{"a": [1]}', {"a": [1]}), ("true", True), ("plain", "plain"), ("[" * 100_000, "[" * 100_000)],
)
def test_objects_are_read_as_json_and_else_as_texts(text: str, value: object) -> None:
    assert read_more(form(light=text)) == {"light": value}


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [("seed", "7", 7), ("seed", "7.0", 7), ("styleStrength", "0.5", 0.5), ("maxRedraws", "", None)]
    + [
        ("draft", text, value) for text, value in {"True": True, "1": True, "no": False, "off": False, "": None}.items()
    ],
)
def test_a_plain_value_is_read_as_the_contracts_own_are(field: str, text: str, value: object) -> None:
    assert list(read_more(form(**{field: text})).values()) == ([] if value is None else [value])


def test_plain_values_are_told_with_all_the_others() -> None:
    wrong = {"userId": "x", "seed": "x", "draft": "maybe", "lightOnProduct": "far", "renderKind": "x"}
    with pytest.raises(pydantic.ValidationError) as caught:
        form(**wrong)
    assert {error["loc"][0] for error in caught.value.errors()} == set(wrong)


def test_what_is_left_out_is_not_said() -> None:
    assert read_more(form()) == {}


@pytest.mark.parametrize("field", ["light", "placement", "styleImage"])
def test_what_is_null_is_left_out(field: str) -> None:
    assert read_more(form(**{field: "null"})) == {}
    assert read_more(form(placement='{"scale": null, "padding": 0.1}')) == {"placement": {"padding": 0.1}}


def test_an_object_in_a_form_has_each_key_once() -> None:
    assert read_more(form(light='{"rim": 0.5, "rim": 0.5}')) == {"light": {"rim": 0.5}}
    with pytest.raises(ValidationError) as caught:
        read_more(form(light='{"rim": 1, "rim": 0.5}'))
    assert caught.value.errors == {"light.rim": ["The rim field is given more than once."]}


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters=" \t\n\x00"), max_size=50))
@example("a\x00b")
@example(" \t")
def test_texts_are_stripped_and_neither_blank_nor_hold_a_null(text: str) -> None:
    try:
        read = TokenRequest(application_id=APPLICATION, jwt_private_key=text)
    except pydantic.ValidationError:
        assert not text.strip() or "\x00" in text
    else:
        assert read.jwt_private_key == text.strip() != ""
        assert "\x00" not in text


@pytest.mark.parametrize(("length", "fits"), [(200, True), (201, False)])
def test_a_channels_name_has_its_length(length: int, fits: bool) -> None:
    channel = {"applicationId": str(uuid.uuid4()), "url": "https://a.example", "name": "n" * length}
    if fits:
        assert ChannelRequest.model_validate(channel).name == "n" * length
    else:
        with pytest.raises(pydantic.ValidationError):
            ChannelRequest.model_validate(channel)


def test_a_field_that_is_misspelt_is_told_to_the_operator(caplog: pytest.LogCaptureFixture) -> None:
    ContractForm.model_validate({**FORM, "sead": "3", "RENDERKIND": "1"})
    (record,) = caplog.records
    assert record.getMessage() == "fields that are not read: ['sead']"
    caplog.clear()
    own = {"applicationId": FORM["applicationId"], "userId": FORM["userId"], "glass": "true", "seed": "3"}
    order = complete_order(ShootForm.model_validate(own), APPLICATION, "mug", "a mug", "white_background")
    assert (read_more(order), caplog.records) == ({"seed": 3}, [])
