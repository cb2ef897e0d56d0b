from __future__ import annotations

from collections import Counter

from photoshoot.training.bucket_sampler import BucketSampler

BUCKETS = {(8, 8): range(12), (4, 16): range(12, 16)}


def test_a_step_has_one_size_and_each_picture_comes_equally_often() -> None:
    order = BucketSampler(BUCKETS, 4, seed=2)
    counts: Counter[int] = Counter()
    for step in range(400):
        pictures = order.pictures(step)
        assert len({picture < 12 for picture in pictures}) == 1
        counts.update(pictures)
    assert set(counts) == set(range(16))
    assert all(70 <= count <= 130 for count in counts.values()), counts


def test_a_bucket_is_gone_through_before_a_picture_comes_again() -> None:
    order = BucketSampler({(8, 8): range(6)}, 4, seed=2)
    taken = [picture for step in range(6) for picture in order.pictures(step)]
    for turn in range(4):
        assert sorted(taken[6 * turn : 6 * turn + 6]) == list(range(6))
    assert taken[:6] != taken[6:12]


def test_a_step_does_not_depend_on_those_that_were_asked_for() -> None:
    whole = [BucketSampler(BUCKETS, 3, seed=5).pictures(step) for step in range(20)]
    late = BucketSampler(BUCKETS, 3, seed=5)
    assert [late.pictures(step) for step in reversed(range(20))] == whole[::-1]
    assert BucketSampler(BUCKETS, 3, seed=6).pictures(3) != whole[3]


def test_fewer_pictures_than_a_batch_are_repeated() -> None:
    assert sorted(BucketSampler({(8, 8): [3, 7]}, 4, seed=0).pictures(0)) == [3, 3, 7, 7]
