from __future__ import annotations

from photoshoot.server.auth.rate_limits import RateLimiter
from tests.jobs.waiting import Clock


def test_a_key_has_its_requests_a_minute_and_they_come_back() -> None:
    clock = Clock()
    began = clock.now
    limiter = RateLimiter(3, clock)
    clock.now = began + 10
    assert [limiter.take("a").allowed for _ in range(4)] == [True, True, True, False]
    assert limiter.take("b").allowed
    clock.now = began + 59.5
    refused = limiter.take("a")
    assert refused.headers == {"RateLimit-Limit": "3", "RateLimit-Remaining": "0", "RateLimit-Reset": "1"}
    clock.now = began + 60
    assert limiter.take("a").headers == {"RateLimit-Limit": "3", "RateLimit-Remaining": "2", "RateLimit-Reset": "60"}


def test_what_is_remembered_is_bounded_and_those_beyond_share_a_count() -> None:
    limiter = RateLimiter(2, Clock(), most_keys=2)
    for key in ("a", "b", "c", "d"):
        assert limiter.take(key).allowed
    assert not limiter.take("e").allowed
    assert limiter.take("a").allowed
