def child_of(command: "Command", word: str) -> "Command | None":
    """Return the command that a word names inside a group."""
    for child in command.get("commands", ()):
        if word == child["name"] or word in child.get("aliases", ()):
            return child
    return None


def options_of(command: "Command") -> "Sequence[Option]":
    return command.get("options", ())


def dashed(option: "Option") -> str:
    return "--" + option["long"]


def answers(option: "Option", word: str) -> bool:
    """Tell whether `--name`, `--no-name` or `-n` means an option."""
    if word[1] != "-":
        return option.get("short") == word[1]
    long = option["long"]
    if long == word[2:]:
        return True
    return bool(option.get("negatable")) and word == f"--no-{long}"


def same_shape(one: "Option", other: "Option") -> bool:
    """Tell whether a value of one option can stand for a value of the other."""
    return (
        one["kind"] == other["kind"]
        and one["type"] == other["type"]
        and one.get("multiple") == other.get("multiple")
    )


def absent_option(option: "Option") -> "Value":
    """Return what a hook gets for an option that was not given."""
    default = option.get("default", ())
    if option["kind"] == "flag":
        return bool(default)
    if option["kind"] == "count":
        return 0
    values = [convert(text, option["type"]) for text in default]
    if option.get("multiple"):
        return values
    return values[0] if values else None


def absent_argument(argument: "Argument") -> "Value":
    """Return what a hook gets for an argument that was not given."""
    default = argument.get("default", ())
    values = [convert(text, argument["type"]) for text in default]
    if argument.get("many"):
        return values
    return values[0] if values else None
