"""Names that people take for each other share a key."""

import pytest
from goobits_plugin._manifest import confusable_key
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("acme/hello", "acrne/he11o"),
        ("acme/git-tools", "acme/gittools"),
        ("acme/git-tools", "acme/git-t00l5"),
        ("acme/view", "acme/vievv"),
        ("acme/file", "acme/fi1e"),
        ("acme/lint", "acme/iint"),
        ("acme/vw", "acme/wv"),
        ("acme/corn", "acme/com"),
        ("acme/r-n", "acme/m"),
    ],
)
def test_names_that_look_alike_share_a_key(left: str, right: str) -> None:
    """A squatter must not stand beside the name that people mean."""
    assert confusable_key(left) == confusable_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("acme/a", "acme/b"),
        ("ac/me", "a/cme"),
        ("acme/lint", "acme/hint"),
        ("a/2", "a/z"),
    ],
)
def test_other_names_have_other_keys(left: str, right: str) -> None:
    """Folding too much would refuse honest names."""
    assert confusable_key(left) != confusable_key(right)


@given(st.text("abimnrvw015/-"), st.text("abimnrvw015/-"))
def test_keys_join_as_names_do(left: str, right: str) -> None:
    """No letter is seen differently because of its neighbours, so looking alike is transitive."""
    assert confusable_key(left + right) == confusable_key(left) + confusable_key(right)
