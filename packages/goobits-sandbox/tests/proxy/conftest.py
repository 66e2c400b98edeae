"""The fixtures are those of proxy_way.py, which the tests import names from, too."""

from proxy_way import authority, dial, plain, resolve, secure, start

__all__ = ["authority", "dial", "plain", "resolve", "secure", "start"]
