"""The variables that a guest gets: a few of its own, and those that its policy names."""

from __future__ import annotations

from goobits_sandbox._errors import PolicyError
from goobits_sandbox._plan import HOME, PROXY_PORT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goobits_sandbox._policy import Policy

_FOLDERS = ("/usr/local/bin", "/usr/bin", "/bin")
_PROXY = f"http://127.0.0.1:{PROXY_PORT}"
_PROXIES = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
# Where programs look for the certificates of authorities that this host trusts besides.
_AUTHORITIES = (
    "SSL_CERT_FILE",
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "PIP_CERT",
    "NODE_EXTRA_CA_CERTS",
    "GIT_SSL_CAINFO",
    "CARGO_HTTP_CAINFO",
)


def variables(
    policy: Policy,
    host: Mapping[str, str],
    folders: Iterable[str],
    *,
    net: bool,
) -> dict[str, str]:
    """Return the guest's whole environment; `folders` of its programs come first on its PATH.

    With `net` it names the proxy, which also serves guests that may reach no host.

    Raises:
        PolicyError: a name is no name of a variable, or a value holds NUL.
    """
    found = {
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "LOGNAME": "user",
        "PATH": ":".join((*_own(folders), *_FOLDERS)),
        "USER": "user",
    }
    if net:
        found |= dict.fromkeys(_PROXIES, _PROXY)
        found |= {"NODE_USE_ENV_PROXY": "1", "npm_config_noproxy": ""}
    if policy.net:
        found |= {name: host[name] for name in _AUTHORITIES if host.get(name)}
    found |= {name: host[name] for name in policy.env if name in host}
    found |= dict(policy.variables)
    for name in (*policy.env, *found):
        _check(name, found.get(name, ""))
    return found


def _own(folders: Iterable[str]) -> dict[str, None]:
    """Return the folders of programs that lie elsewhere than where everybody looks."""
    found = ":".join(folders).split(":")
    return dict.fromkeys(folder for folder in found if folder not in _FOLDERS)


def authorities(policy: Policy, host: Mapping[str, str]) -> set[str]:
    """Return the files of certificates that the guest's clients of TLS read besides /etc's."""
    if not policy.net:
        return set()
    return {host[name] for name in _AUTHORITIES if host.get(name, "").startswith("/")}


def _check(name: str, value: str) -> None:
    if not name or "=" in name or "\0" in name + value:
        raise PolicyError(
            f"env {name!r}: no name of a variable, or a value that holds NUL",
            "env",
            name,
            hint="names are given, not assignments",
        )
