"""What no guest writes, whatever its policy says, and what no guest reads.

Never written are files that other programs run or trust because of where they lie. The rules are
pure; `secrets` alone looks at the disk.
"""

from __future__ import annotations

import os

from goobits_sandbox._errors import PolicyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Names in lower case, by why they are never written.
_NAMES: dict[str, str] = {
    name: why
    for why, names in {
        "shells and version managers run it on entering the folder": (
            ".direnv .autoenv .autoenv.zsh .mise .mise.toml mise.toml .mise.local.toml"
            " mise.local.toml .rtx.toml .tool-versions .asdfrc .in .out .lando.yml"
        ),
        "editors run commands that it names": (
            ".vscode .idea .devcontainer .devcontainer.json .zed .fleet .vs .cursor .claude"
            " .mcp.json .vimrc _vimrc .gvimrc .lvimrc .exrc .nvim.lua .nvimrc .nvim .emacs"
            " .emacs.d .dir-locals.el .dir-locals-2.el .nanorc .kateconfig"
        ),
        "it holds hooks that others run": (
            ".husky .githooks .pre-commit-config.yaml .pre-commit-config.yml lefthook.yml"
            " .lefthook.yml lefthook.yaml .lefthook.yaml .overcommit.yml .git-hooks"
        ),
        "package managers and builds run what it names, or trust it": (
            ".npmrc .yarnrc .yarnrc.yml .pnpmfile.cjs .pypirc pip.conf .condarc .gemrc .bundle"
            " .cargo .mvn .bazelrc .terraformrc"
        ),
        "it holds or chooses credentials": (
            ".netrc _netrc .ssh .gnupg .git-credentials .aws .azure .kube .docker .dockercfg"
            " .my.cnf .pgpass .curlrc .wgetrc"
        ),
        "shells and sessions run it when they start": (
            ".bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv"
            " .zprofile .zlogin .zlogout .kshrc .mkshrc .cshrc .tcshrc .login .logout .inputrc"
            " .xprofile .xinitrc .xsession .xsessionrc .xresources .pam_environment .screenrc"
            " .tmux.conf config.fish .config"
        ),
        "debuggers and interpreters run it when they start": (
            ".gdbinit .lldbinit .pdbrc .pythonrc .pythonrc.py sitecustomize.py usercustomize.py"
            " .irbrc .pryrc .rprofile .renviron .ghci .ocamlinit .octaverc"
        ),
        "version control runs what it names": (
            ".gitconfig .hg .hgrc .svn .bzr .jj .sl .fslckout _fossil_"
        ),
        "file managers run or trust it": "autorun.inf desktop.ini .directory folder.htt",
    }.items()
    for name in names.split()
}  # fmt: skip
_SUFFIXES = (".desktop", ".lnk", ".url", ".scf", ".code-workspace")
TEMPORARY = ".goobits-"

# Inside of a git folder that the host has, only these are written.
_GIT_FILES = frozenset(
    "HEAD index packed-refs ORIG_HEAD FETCH_HEAD CHERRY_PICK_HEAD REVERT_HEAD AUTO_MERGE"
    " COMMIT_EDITMSG TAG_EDITMSG shallow".split()
)
_GIT_FOLDERS = frozenset(("objects", "refs", "logs"))
_GIT_NEVER = {("objects", "info", "alternates"), ("objects", "info", "http-alternates")}


def protects(name: str) -> str:
    """Return why a file or folder of this name is never written, "" where it may be.

    A git folder counts as one: who writes inside of it asks `refusal`.
    """
    folded = _fold(name)
    if folded == ".git" or folded.startswith("git~"):
        return "git runs hooks and commands that it names"
    if folded.startswith(".env"):
        return "shells and programs take variables and commands from it"
    if folded.startswith(TEMPORARY):
        return "the sandbox itself uses such names"
    if folded.endswith(_SUFFIXES):
        return "file managers and editors run what it names"
    return _NAMES.get(folded, "")


def refusal(
    parts: tuple[str, ...],
    repositories: frozenset[int] = frozenset(),
    *,
    partial: bool = False,
) -> str:
    """Return why the path is never written, "" where it may be.

    `repositories` are depths at which a folder of the path is a git folder under another name: 0
    the root itself. `partial` says that names may follow which are not known yet.
    """
    for index, name in enumerate(parts):
        if not name.isprintable():
            return "its name holds characters that cannot be printed"
        if name == ".git":
            return _git_refusal(parts[index + 1 :], partial=partial)
        if index in repositories:
            return _git_refusal(parts[index:], partial=partial)
        why = protects(name)
        if why:
            return f"{name}: {why}"
    if parts and parts[-1] == "HEAD" and not partial:
        return "HEAD: git takes a folder that holds one for a repository"
    return ""


def _git_refusal(inner: tuple[str, ...], *, partial: bool) -> str:
    """Return why a path inside of a git folder is never written."""
    if not inner:
        return "" if partial else ".git: the host alone makes one"
    for name in inner:
        why = "" if name.isprintable() else "its name cannot be printed"
        why = why or protects(name)
        if why:
            return f"{name}: {why}"
    first = inner[0]
    is_file = len(inner) == 1 and (first in _GIT_FILES or first.startswith("MERGE_"))
    is_taken = is_file or (first in _GIT_FOLDERS and inner not in _GIT_NEVER)
    return "" if is_taken else f".git/{first}: git runs or trusts what it says"


def _fold(name: str) -> str:
    """Return the name as lenient file systems take it: no case, marks, trailing dots, streams."""
    printable = "".join(char for char in name if char.isprintable())
    stem = printable.casefold().partition(":")[0]
    return stem.rstrip(". ") or stem


_SECRET_NAMES = frozenset(
    ".envrc .npmrc .pypirc .netrc _netrc .git-credentials .pgpass .my.cnf .dockercfg"
    " id_rsa id_ed25519 id_ecdsa id_dsa id_ecdsa_sk id_ed25519_sk".split()
)
_SECRET_FOLDERS = frozenset((".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker"))
_TEMPLATES = (".example", ".sample", ".template", ".dist")
_STORES = (".p12", ".pfx", ".jks", ".keystore")
_TEXTS = (".pem", ".key")
_SKIPPED = frozenset(("node_modules", ".git", "__pycache__"))
_MARKED = {".venv": "pyvenv.cfg", "venv": "pyvenv.cfg", "target": "CACHEDIR.TAG"}
_CONFIG = 1 << 18
# A longer user in an address is a token.
_USER = 16
_HEAD = 4096


def secrets(root: str, *, entries: int = 200_000) -> Iterator[str]:
    """Yield the paths below a folder that no guest may read, relative to it.

    No link is followed, and folders full of others' files are not searched. One walk, about 5
    microseconds for each of at most `entries` entries.

    Raises:
        PolicyError: there are more.
    """
    left = entries
    pending = [""]
    while pending:
        below = pending.pop()
        folder = os.path.join(root, below)
        try:
            found = os.scandir(folder)
        except OSError:
            continue
        with found:
            for entry in found:
                left -= 1
                if left < 0:
                    raise _too_many(root, entries)
                path = f"{below}/{entry.name}" if below else entry.name
                if entry.is_dir(follow_symlinks=False):
                    if entry.name.lower() in _SECRET_FOLDERS:
                        yield path
                    elif not _is_skipped(entry):
                        pending.append(path)
                    elif entry.name == ".git" and _names_a_password(entry):
                        yield f"{path}/config"
                elif _is_secret(entry):
                    yield path


def _too_many(root: str, entries: int) -> PolicyError:
    return PolicyError(
        f"read {root!r}: more than {entries} files and folders, too many to search for secrets",
        "read",
        root,
        hint="read only the folders below it that the guest needs",
    )


def _is_skipped(entry: os.DirEntry[str]) -> bool:
    mark = _MARKED.get(entry.name)
    if mark is not None:
        return os.path.isfile(os.path.join(entry.path, mark))
    return entry.name in _SKIPPED


def _is_secret(entry: os.DirEntry[str]) -> bool:
    """Say whether a file holds a secret: by its name, or by how it begins."""
    name = entry.name.lower()
    if name in _SECRET_NAMES or name.endswith(_STORES):
        return True
    if name == ".env" or name.startswith(".env."):
        return not name.endswith(_TEMPLATES)
    if name.endswith(_TEXTS):
        return _holds(entry, b"PRIVATE KEY")
    return name.endswith(".json") and _holds(entry, b'"private_key"')


def _names_a_password(git: os.DirEntry[str]) -> bool:
    """Say whether a git folder's config names a host with a password, or a header that is one."""
    try:
        with open(f"{git.path}/config", encoding="utf-8", errors="replace") as file:
            lines = file.read(_CONFIG).splitlines()
    except OSError:
        return False
    for line in lines:
        name, _, value = line.lower().partition("=")
        user = value.partition("://")[2].partition("/")[0].rpartition("@")[0]
        if ":" in user or len(user) > _USER or "extraheader" in name:
            return True
    return False


def _holds(entry: os.DirEntry[str], mark: bytes) -> bool:
    """Say whether the mark is among the first bytes; what cannot be read is taken to hold it."""
    if not entry.is_file(follow_symlinks=False):
        return False
    try:
        descriptor = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return True
    try:
        return mark in os.read(descriptor, _HEAD)
    finally:
        os.close(descriptor)
