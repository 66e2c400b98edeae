"""Whatever is done to a cache on disk, it is a dict whose entries expire."""

from __future__ import annotations

import shutil
import tempfile

import pytest
from cache_contract import Clock
from goobits_cache import PersistentCache
from goobits_cache._persistent import _entries
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

texts = st.text(st.characters(exclude_categories=()))
values = st.binary() | st.integers(4000, 4200).map(bytes)
halves = st.integers(1, 40).map(lambda number: number / 2)
lives = st.none() | halves


@given(texts, st.binary(), st.integers(-(2**63), 2**63 - 1), st.integers(0, 2**63 - 1))
def test_entry_is_read_as_it_was_written(
    key: str, payload: bytes, written: int, expires: int
) -> None:
    """The form has room for everything, and what follows it does not matter."""
    encoded = _entries.encode_key(key)
    data = _entries.pack(encoded, payload, written, expires)
    assert _entries.unpack(data) == (encoded, payload, written, expires)
    assert _entries.unpack(data + b"more") == (encoded, payload, written, expires)


@given(st.binary(max_size=200) | st.binary(max_size=200).map(b"goobits1".__add__))
def test_any_bytes_can_be_read(data: bytes) -> None:
    """Nothing in a file raises."""
    assert _entries.unpack(data) is None


@given(texts, texts)
def test_names_of_two_keys_differ(one: str, other: str) -> None:
    """A key has a file of its own."""
    names = {_entries.name(b"space", _entries.encode_key(key)) for key in (one, other)}
    assert len(names) == len({one, other})


class Mapping(RuleBasedStateMachine):
    """A cache and the dict that it should be."""

    keys: Bundle[str] = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.clock = Clock()
        self.model: dict[str, tuple[bytes, float]] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def open(self) -> None:
        self.cache = PersistentCache(self.folder, timer=self.clock)

    @rule()
    def reopen(self) -> None:
        self.cache.close()
        self.open()

    @rule(target=keys, key=texts)
    def choose(self, key: str) -> str:
        return key

    @rule(key=keys, value=values, ttl=lives)
    def set(self, key: str, value: bytes, ttl: float | None) -> None:
        self.cache.set(key, value, ttl=ttl)
        end = float("inf") if ttl is None else self.clock.now + ttl
        self.model[key] = value, end

    @rule(key=keys)
    def get(self, key: str) -> None:
        assert self.cache.get(key) == self.live().get(key)

    @rule(key=keys, value=values)
    def get_or_create(self, key: str, value: bytes) -> None:
        expected = self.live().get(key, value)
        assert self.cache.get_or_create(key, lambda: value) == expected
        if key not in self.live():
            self.model[key] = value, float("inf")

    @rule(key=keys)
    def pop(self, key: str) -> None:
        assert self.cache.pop(key, None) == self.live().get(key)
        self.model.pop(key, None)

    @rule(key=keys)
    def delete(self, key: str) -> None:
        if key in self.live():
            del self.cache[key]
        else:
            with pytest.raises(KeyError):
                del self.cache[key]
        self.model.pop(key, None)

    @rule()
    def clear(self) -> None:
        self.cache.clear()
        self.model.clear()

    @rule(seconds=halves)
    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)

    def live(self) -> dict[str, bytes]:
        now = self.clock.now
        return {key: value for key, (value, end) in self.model.items() if now < end}

    @invariant()
    def entries_are_the_same(self) -> None:
        assert dict(self.cache.items()) == self.live()
        assert len(self.cache) == len(self.live())
        assert self.cache.statistics.failures == 0


TestMapping = Mapping.TestCase
TestMapping.settings = settings(max_examples=50, deadline=None)
