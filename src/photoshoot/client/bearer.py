"""The tokens that a client's calls carry, and how they are renewed once they have ended."""

from photoshoot.client.calls import Call, Credentials
from photoshoot.client.generation_calls import get_tokens, refresh_tokens
from photoshoot.client.records import ApiError, Tokens


class Bearer:
    """Of one client.

    Args:
        who: The application's secrets.
    """

    def __init__(self, who: Credentials) -> None:
        self._who = who
        self.private_key = ""
        """What new tokens are had for; empty: by the refresh token alone."""
        self.tokens: Tokens | None = None
        """What calls carry. None: nothing."""

    def renew(self, error: ApiError) -> Call[Tokens] | None:
        """How to get new tokens, where the service has refused a call for its old one; None: that is not why."""
        if self.tokens is None or error.status != 401 or "token" not in error.denial:
            return None
        if self.private_key:
            return get_tokens(self._who, self.private_key)
        return refresh_tokens(self._who, self.tokens)
