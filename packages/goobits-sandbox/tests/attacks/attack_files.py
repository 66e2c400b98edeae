"""x."""

from attack_probe import Probe

PROBES = (
    Probe("read-ssh-key", "files", "The user's SSH key.", 'shown(*W["secrets"])'),
    Probe(
        "write-bashrc",
        "shell-startup",
        "x",
        'open(W["home"]+"/.bashrc","a").write("evil")',
    ),
)
