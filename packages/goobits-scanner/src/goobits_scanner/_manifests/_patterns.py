"""Patterns of shell and PowerShell commands: the words that a line must have, and its form.

A form is compiled only when a file has one of its words: most files never have. Every
repetition is bounded, so that no line can make the search slow.
"""

from __future__ import annotations

from typing import NamedTuple

_FETCH = r"\b(?:curl|wget|aria2c)\b"
_SHELL = r"(?:[\w./-]{0,60}/)?(?:ba|z|da|k|a|fi|c)?sh(?![\w.-])"
_INTERPRETER = (
    r"(?:[\w./-]{0,60}/)?(?:python[\d.]{0,4}|node|perl|ruby|php)"
    r"\s*(?:-\s*)?(?=$|[|;&)\"'`])"
)
_BEFORE = (
    r"(?:(?:sudo|env|exec|nohup|command|xargs)\s+(?:(?:-\S+|\w+=\S*)\s+){0,6}){0,3}"
)
RUN = rf"{_BEFORE}(?:{_SHELL}|{_INTERPRETER})"
_PIPES = r"\|(?:[^|\n]{0,300}\|){0,4}\s*"
_DECODE = (
    r"(?:base(?:64|32)\s+(?:-\w*d\w*|--decode|-D)|xxd\s+(?:-\w+\s+){0,3}-\w*r"
    r"|openssl\s+(?:enc|base64|aes)\b[^|\n]{0,200}\s-d\b|\brev\b)"
)
_SUBSTITUTION = r"[\"']?(?:\$\(|<\(|`)\s*"
_EVALUATES = (
    r"(?:\beval\b|\bsource\b|(?:^|[;&\s])\.|\b(?:ba|z|da|k)?sh)\s+(?:-\w+\s+){0,3}"
)
_KEYS = (
    r"(?:\.ssh(?:/id_|/\*|/?(?=[\s|;\"\')]|$))|\bid_(?:rsa|ed25519|ecdsa|dsa)\b(?!\.pub)|\.aws/credentials"
    r"|\.(?:npmrc|pypirc|netrc|git-credentials)\b|\.kube/config|\.docker/config\.json"
    r"|\.config/gcloud|\.gnupg\b|/etc/shadow|wallet\.dat|login data\b|\.solana/|solana/id\.json"
    r"|\.electrum|\.ethereum|key4\.db|logins\.json)"
)
_UPLOAD = (
    r"(?:\s-d|\s--data\S{0,20}|\s-F|\s--form\S{0,8}|\s-T|\s--upload-file|\s--post-\w+)"
)
_IDENTITY = r"(?:whoami|hostname|id|uname\s+-a|cat\s+/etc/(?:passwd|hostname))\b"
_HOME = r"[\"']?(?:~|\$\{?HOME\}?|/root|/home/[^\s/]{1,60})/"
_RC = (
    r"\.(?:bashrc|bash_profile|bash_login|profile|zshrc|zprofile|zshenv"
    r"|config/(?:fish/config\.fish|autostart/))"
)
_NET_SCRIPT = r"(?:downloadstring|downloaddata|invoke-webrequest|\biwr\b|invoke-restmethod|\birm\b)"
_IEX = r"(?:\biex\b|invoke-expression)"


class Pattern(NamedTuple):
    """One form of a command. `words` are lower case; one of them is in each match.

    `is_worse_unasked` says that where nobody asked for the command to run, it is of high
    severity.
    """

    rule: str
    words: tuple[str, ...]
    form: str
    is_worse_unasked: bool = False


PATTERNS = (
    Pattern(
        "shell-download-run",
        ("curl", "wget", "aria2c"),
        rf"{_FETCH}[^|\n]{{0,300}}{_PIPES}{RUN}",
    ),
    Pattern(
        "shell-download-run",
        ("curl", "wget"),
        rf"{_EVALUATES}{_SUBSTITUTION}(?:curl|wget)\b",
    ),
    Pattern(
        "shell-download-run",
        ("curl", "wget"),
        r"(?:^|[;&|]\s{0,20})(?:\$\(|`)\s{0,20}(?:curl|wget)\b",
    ),
    Pattern(
        "shell-decode-run",
        ("base64", "base32", "xxd", "openssl", "rev"),
        rf"{_DECODE}[^|\n]{{0,300}}{_PIPES}{RUN}",
    ),
    Pattern(
        "shell-decode-run",
        ("base64", "base32", "xxd", "openssl", "rev"),
        rf"{_EVALUATES}{_SUBSTITUTION}[^\n]{{0,4000}}?{_DECODE}",
    ),
    Pattern(
        "shell-decode-run",
        ("printf", "echo"),
        rf"\b(?:printf|echo\s+-\w*e\w*)\s+[\"']?(?:\\+x[0-9a-f]{{2}}|\\+[0-7]{{3}})"
        rf"{{4}}[^|\n]{{0,4000}}\|\s*{RUN}",
    ),
    Pattern(
        "shell-reverse-shell",
        ("/dev/tcp", "/dev/udp"),
        r"sh\s+-i\b[^\n]{0,80}/dev/(?:tcp|udp)/",
    ),
    Pattern(
        "shell-reverse-shell",
        ("/dev/tcp", "/dev/udp"),
        r"/dev/(?:tcp|udp)/[^\n]{0,200}(?:\bsh\s+(?:-i\s+)?[<0]?<?&\s*\d|\|\s*while"
        r"\s+read)",
    ),
    Pattern(
        "shell-reverse-shell",
        ("/dev/tcp", "/dev/udp"),
        r"while\s+read\b[^\n]{0,200}<&?\s*\d[^\n]{0,200}/dev/(?:tcp|udp)/",
    ),
    Pattern(
        "shell-reverse-shell",
        ("nc ", "ncat", "netcat"),
        r"\b(?:nc|ncat|netcat)\b[^\n|;]{0,120}\s(?:-\w*[ec]|--(?:sh-)?exec)\s*[\"']?"
        r"\S{0,40}(?:sh|cmd(?:\.exe)?|powershell)\b",
    ),
    Pattern(
        "shell-reverse-shell",
        ("mkfifo", "mknod"),
        rf"\bmk(?:fifo|nod)\b[^\n]{{0,200}}\|\s*{_SHELL}[^\n]{{0,200}}\|\s*(?:nc|ncat"
        r"|netcat|telnet|openssl\s+s_client)\b",
    ),
    Pattern(
        "shell-reverse-shell",
        ("socat",),
        r"\bsocat\b[^\n]{0,200}\b(?:exec|system):[\"']?\S{0,40}(?:sh|cmd)\b",
    ),
    Pattern(
        "shell-reverse-shell",
        ("socket", "fsockopen"),
        r"(?:socket[^\n]{0,500}(?:\bdup2\s*\(|pty\.spawn|>&s\b|<&3|exec\s*\(?[\"'{]?"
        r"/bin/)|fsockopen[^\n]{0,200}\b(?:exec|system|proc_open|shell_exec)\b|tcpso"
        r"cket[^\n]{0,200}\b(?:exec|popen)\b)",
    ),
    Pattern(
        "shell-reverse-shell",
        ("tcpclient",),
        rf"net\.sockets\.tcpclient[^\n]{{0,1000}}{_IEX}",
    ),
    Pattern(
        "shell-env-sent",
        ("env", "set ", "export"),
        rf"(?:^|[;&|(`\s])(?:env|printenv|export\s+-p|set)\s*{_PIPES}(?:curl|wget|nc|"
        r"ncat)\b",
    ),
    Pattern(
        "shell-env-sent",
        ("env",),
        rf"{_FETCH}[^\n]{{0,400}}(?:\$\(|`|<\()\s*(?:env|printenv|export\s+-p)\s*"
        r"[|)`]",
    ),
    Pattern(
        "shell-env-sent",
        ("/environ",),
        rf"(?:{_FETCH}[^\n]{{0,300}}/proc/\w+/environ|/proc/\w+/environ[^\n]{{0,300}}"
        r"\|\s*(?:curl|wget|nc)\b)",
    ),
    Pattern(
        "shell-key-sent",
        ("curl", "wget"),
        rf"{_FETCH}[^\n|;]{{0,400}}{_UPLOAD}[^\n|;]{{0,200}}{_KEYS}",
    ),
    Pattern(
        "shell-key-sent",
        ("curl", "wget", "nc ", "ncat", "netcat", "socat"),
        rf"\b(?:cat|tar|zip|gzip|base64|find)\b[^\n|;]{{0,300}}{_KEYS}[^\n;]{{0,300}}"
        r"\|\s*(?:curl|wget|nc|ncat|netcat|socat)\b",
    ),
    Pattern(
        "shell-key-sent",
        ("nc ", "ncat", "netcat"),
        rf"\b(?:nc|ncat|netcat)\b[^\n|;]{{0,200}}<\s*[^\s|;]{{0,100}}{_KEYS}",
    ),
    Pattern(
        "shell-token-sent",
        ("token", "secret", "password", "_key"),
        rf"{_FETCH}[^\n|;]{{0,400}}{_UPLOAD}[^\n|;]{{0,200}}\$\{{?\w*(?:TOKEN|SECRET|"
        r"PASSWORD|_KEY)",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-host-told",
        ("whoami", "hostname", "id", "uname", "passwd"),
        rf"\b(?:curl|wget|nslookup|dig|ping)\b[^\n;]{{0,400}}(?:\$\(|`)\s*{_IDENTITY}",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-host-told",
        ("whoami", "hostname", "passwd"),
        rf"\b{_IDENTITY}[^\n;]{{0,100}}\|\s*(?:curl|wget|nc)\b",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-crontab",
        ("crontab", "/cron"),
        r"(?:\|\s*(?:sudo\s+)?crontab\b|\bcrontab\s+(?!-)[\w./~$\"'{]|>>?\s*[\"']?(?"
        r":/etc/cron|/var/spool/cron)|\b(?:tee|cp|mv|install)\b[^\n;|]{0,200}(?:/etc"
        r"/cron|/var/spool/cron))",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-startup-file",
        (".bash", ".profile", ".zsh", ".zprofile", "config.fish", "autostart"),
        rf"(?:>>?|\btee\s+(?:-a\s+)?)\s*{_HOME}{_RC}",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-startup-file",
        ("/etc/profile", "/etc/bash", "/etc/rc.local"),
        r"(?:>>?|\btee\s+(?:-a\s+)?)\s*[\"']?/etc/(?:profile|bash\.?bashrc|bashrc|rc"
        r"\.local)",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-service",
        (
            "systemctl",
            "launchctl",
            "launchagents",
            "launchdaemons",
            "schtasks",
            "currentversion",
            "update-rc.d",
        ),
        r"(?:\bsystemctl\s+(?:--\w+\s+){0,2}enable\b|\blaunchctl\s+(?:load|bootstrap"
        r")\b|>\s*\S{0,100}launch(?:agents|daemons)/|\bschtasks\b[^\n]{0,200}/create"
        r"|\breg(?:\.exe)?\s+add\b[^\n]{0,200}currentversion\\+run|\bupdate-rc\.d\b)",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-authorized-keys",
        ("authorized_keys",),
        r"(?:>>?|\btee\s+(?:-a\s+)?)\s*\S{0,100}authorized_keys",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-preload",
        ("ld.so.preload",),
        r"(?:>>?|\btee\s+(?:-a\s+)?|\bcp\s[^\n;|]{0,200})\s*/etc/ld\.so\.preload",
    ),
    Pattern(
        "shell-destroys",
        ("rm ",),
        r"\brm\s+(?:-\S+\s+){0,4}-(?:\w*[rR]\w*f|\w*f\w*[rR]|r\s+-f|f\s+-r)\w*\s+(?:"
        r"-\S+\s+){0,3}[\"']?(?:/\*?|(?:~|\$\{?HOME\}?[\"']?)/?\*?|(?:~|\$\{?HOME\}?)/"
        r"(?:Documents|Desktop|Pictures|Downloads|\.ssh|\.gnupg|\.aws|\.npmrc|\.config)/?\*?)"
        r"[\"']?(?=\s|$|[;&|)`])",
    ),
    Pattern(
        "shell-destroys",
        (":|:",),
        r":\s*\(\)\s*\{\s*:\s*\|\s*:\s*&\s*\}",
    ),
    Pattern(
        "shell-destroys",
        ("/s", "remove-item"),
        r"(?:\b(?:rd|rmdir|del)\s+(?:/\w\s+){0,4}/s\s+(?:/\w\s+){0,3}[\"']?c:\\?"
        r"[\"']?(?=\s|$|\*)|remove-item\b[^\n;|]{0,80}-recurse[^\n;|]{0,40}\s[\"']?c"
        r":\\[\"']?(?=\s|$|\*))",
    ),
    Pattern(
        "shell-world-writable",
        ("chmod",),
        r"\bchmod\s+(?:-\S+\s+){0,3}(?:0?777|0?666|a\+\w*w\w*|o\+\w*w\w*|ugo\+\w*w\w"
        r"*)\s",
    ),
    Pattern(
        "shell-setuid",
        ("chmod",),
        r"\bchmod\s+(?:-\S+\s+){0,3}(?:0?[4-7][0-7]{3}|[ug]*\+\w*s\w*)\s",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-tls-off",
        ("curl", "wget"),
        r"(?:\bcurl\b[^\n|;]{0,300}\s(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure)(?=\s|$)|--n"
        r"o-check-certificate)",
    ),
    Pattern(
        "shell-defences-off",
        (
            "histfile",
            "history",
            "setenforce",
            "disablerealtimemonitoring",
            "spctl",
            "quarantine",
            "mppreference",
        ),
        r"(?:\bhistfile=(?:/dev/null|[\"']{2})|\bunset\s+histfile\b|\bhistory\s+-c\b"
        r"|\bsetenforce\s+0|disablerealtimemonitoring\s+\$?(?:true|1)|add-mppreferen"
        r"ce[^\n]{0,60}-exclusion|\bspctl\s+--(?:master|global)-disable|\bxattr\s+(?"
        r":-\w+\s+){1,3}com\.apple\.quarantine)",
        is_worse_unasked=True,
    ),
    Pattern(
        "shell-miner",
        ("stratum+", "xmrig", "minerd", "cpuminer"),
        r"(?:stratum\+(?:tcp|ssl|udp)://|\b(?:xmrig|minerd|cpuminer)\b[^\n;|]{0,200}"
        r"\s(?:-o|--url|-u|--user)\s)",
    ),
    Pattern(
        "powershell-encoded",
        ("powershell", "pwsh"),
        r"\b(?:powershell|pwsh)(?:\.exe)?\b[^\n]{0,300}\s[-/]e(?:c|nc|ncodedcommand|"
        r"ncod\w{0,12})?\s+[\"']?[a-z0-9+/=]{16}",
    ),
    Pattern(
        "powershell-download-run",
        ("iex", "invoke-expression"),
        rf"(?:{_IEX}[^\n]{{0,200}}{_NET_SCRIPT}|{_NET_SCRIPT}[^\n]{{0,300}}\|\s*"
        rf"{_IEX})",
        is_worse_unasked=True,
    ),
    Pattern(
        "powershell-hidden",
        ("powershell", "pwsh", "start-process"),
        r"(?:\b(?:powershell|pwsh)(?:\.exe)?\b[^\n]{0,200}\s-w(?:in\w{0,10})?\s+(?:h"
        r"idden|1)\b|\bstart-process\b[^\n]{0,200}-windowstyle\s+hidden)",
        is_worse_unasked=True,
    ),
    Pattern(
        "windows-tool-download",
        ("certutil", "bitsadmin", "mshta", "regsvr32", "rundll32"),
        r"(?:\bcertutil\b[^\n]{0,120}[-/]urlcache\b|\bbitsadmin\b[^\n]{0,120}/transf"
        r"er\b|\bmshta(?:\.exe)?\s+[\"']?(?:https?:|vbscript:|javascript:)|\bregsvr3"
        r"2\b[^\n]{0,120}/i:https?:|\brundll32\b[^\n]{0,80}javascript:)",
    ),
    Pattern(
        "install-publishes",
        ("publish", "twine", "git push"),
        r"\b(?:npm|pnpm|yarn|cargo)\s+(?:npm\s+)?publish\b|\btwine\s+upload\b|\bgit"
        r"\s+push\b",
    ),
    Pattern(
        "install-sudo",
        ("sudo", "runas"),
        r"(?:^|[;&|(\s])(?:sudo|doas|runas)\s",
    ),
    Pattern(
        "install-network",
        ("curl", "wget", "invoke-webrequest", "aria2c"),
        rf"(?:{_FETCH}|\binvoke-webrequest\b)[^\n]{{0,300}}://",
    ),
)

# Installers that many trust: fetched from where their makers say to fetch them.
TRUSTED = (
    "sh.rustup.rs", "static.rust-lang.org", "get.docker.com", "deb.nodesource.com",
    "install.python-poetry.org", "astral.sh", "raw.githubusercontent.com/nvm-sh/nvm",
    "raw.githubusercontent.com/homebrew/install", "get.sdkman.io", "bootstrap.pypa.io",
    "get.pnpm.io", "bun.sh", "deno.land", "get.helm.sh", "get.k3s.io", "sh.wasmtime.dev",
    "rustwasm.github.io", "codecov.io", "coveralls.io", "install.determinate.systems",
    "nixos.org", "pyenv.run", "just.systems", "get-ghcup.haskell.org", "cli.run.nvidia.com",
    "packages.microsoft.com", "apt.llvm.org", "packagecloud.io", "get.nexte.st",
    "community.chocolatey.org", "chocolatey.org", "get.scoop.sh", "win.rustup.rs",
    "aka.ms", "sdk.cloud.google.com", "cli.github.com", "taskfile.dev", "mise.run",
)  # fmt: skip
