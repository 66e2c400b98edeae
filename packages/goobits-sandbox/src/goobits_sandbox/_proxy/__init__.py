"""The one way out of a sandbox: named hosts, by TLS or HTTP, at public addresses."""

from goobits_sandbox._proxy._hosts import Allowed, check_services
from goobits_sandbox._proxy._ledger import Caps
from goobits_sandbox._proxy._route import dial_address, resolve_name
from goobits_sandbox._proxy._server import Proxy, serve
from goobits_sandbox._proxy._upstream import Upstream

__all__ = [
    "Allowed",
    "Caps",
    "Proxy",
    "Upstream",
    "check_services",
    "dial_address",
    "resolve_name",
    "serve",
]
