"""The one command that desk has of its own."""


def on_where(**_: object) -> None:
    """Say where you are."""
    print("at your desk")
