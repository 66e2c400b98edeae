"""The public names are exactly those that the package says it has."""

import goobits_sandbox


def test_every_public_name_is_there() -> None:
    """A name that cannot be imported would be found by a user."""
    for name in goobits_sandbox.__all__:
        assert getattr(goobits_sandbox, name) is not None


def test_public_names_are_those_of_the_modules() -> None:
    """The table that finds them and the list that names them say the same."""
    listed = [name for names in goobits_sandbox._MODULES.values() for name in names]
    assert sorted(listed) == goobits_sandbox.__all__ == dir(goobits_sandbox)
