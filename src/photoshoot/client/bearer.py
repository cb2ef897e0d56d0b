"""The tokens that a client's calls carry, and how they are renewed once they have ended."""

from collections.abc import MutableMapping

from photoshoot.client.calls import Call, Credentials
from photoshoot.client.generation_calls import get_tokens, refresh_tokens
from photoshoot.client.records import ApiError, Tokens


class Bearer:
    """Of one client.

    Args:
        who: The application's secrets.
        headers: Those of the HTTP client, which all of its calls carry.
    """

    def __init__(self, who: Credentials, headers: MutableMapping[str, str]) -> None:
        self._who, self._headers = who, headers
        self.private_key = ""
        """What new tokens are had for; empty: by the refresh token alone."""
        self.tokens: Tokens | None = None
        """What calls carry. None: nothing."""

    def carry(self, tokens: Tokens) -> Tokens:
        """Have calls carry these tokens from now on; returns them."""
        self.tokens = tokens
        self._headers["Authorization"] = f"Bearer {tokens.access_token}"
        return tokens

    def is_why(self, error: ApiError) -> bool:
        """Whether the service has refused a call for the token that it carried."""
        return self.tokens is not None and error.status == 401 and "token" in error.denial

    def renew(self) -> Call[Tokens]:
        """How to get new tokens. A refresh token counts once: of calls that fail together, one alone may use it."""
        assert self.tokens is not None
        if self.private_key:
            return get_tokens(self._who, self.private_key)
        return refresh_tokens(self._who, self.tokens)
