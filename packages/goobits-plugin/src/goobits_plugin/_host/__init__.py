"""The host: runs one command of a plugin in the sandbox, and speaks the wire protocol with it."""

from goobits_plugin._host._host import PluginHost

__all__ = ["PluginHost"]
