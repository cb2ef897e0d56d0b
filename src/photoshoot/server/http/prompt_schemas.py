"""What is answered of prompts and of searched presets."""

from pydantic import Field

from photoshoot.server.http.schemas import Body


class FoundPresetAnswer(Body):
    """A preset that was searched for."""

    id: str
    preview_name: str
    preview_image_url: str = Field(description="A WebP picture; empty where a preset has none.")
    score: float = Field(description="How well it fits; only the order within one search means something.")
    likeness: float | None = Field(description="By meaning, -1 to 1; null where words alone were compared.")
    words: list[str] = Field(description="The words of the text that it has.")


class NearPresetAnswer(Body):
    """A preset that is near to a prompt."""

    id: str
    preview_image_url: str = Field(description="A WebP picture; empty where a preset has none.")
    score: float = Field(description="How well it fits; only the order within one answer means something.")
    why: str = Field(description="What it was found by.")


class PromptReadingAnswer(Body):
    """How a prompt is read."""

    understood: bool = Field(description="Whether anything was; else an order with it is refused.")
    language: str = Field(description="The language that it was read as, in English.")
    english: str = Field(description="Translated and mended, as far as its words are known.")
    mended: dict[str, str] = Field(description="Misspelt words, as written to as read.")
    set_name: str = Field(description="The set that is built.")
    words: dict[str, list[str]] = Field(description="The words that shape it, by what they are.")
    unread: list[str] = Field(description="Words that nothing in the picture comes from.")
    absent: list[str] = Field(description="What was asked for and the studio has none of, such as people.")
    confidence: float = Field(ge=0, le=1, description="Share of the meaningful words that shape the set.")
    reading: str = Field(description="All of it in one line.")
    nearest: list[NearPresetAnswer]
    note: str | None = Field(description="What is missing to read more.")
