"""Runs one command of a plugin in the sandbox, and speaks the wire protocol with it.

`_wire` cuts and reads lines, `_session` holds the protocol's rules, `_conversation` carries out
what it says, `_terminal` draws, `_policy` says what the guest may do, `_messages` what a user is
told, and `_run` puts them together.
"""

from __future__ import annotations

from goobits_plugin._host._run import PluginHost

__all__ = ["PluginHost"]
