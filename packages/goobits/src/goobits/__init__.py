"""The `goobits` command: one YAML file becomes a command-line program in several languages."""

__all__: list[str] = []
