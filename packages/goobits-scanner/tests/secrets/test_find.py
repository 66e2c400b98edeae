"""Where and how secrets are found in files of many kinds."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from zlib import crc32

import pytest
from goobits_scanner._finding import Confidence, Severity
from goobits_scanner._secrets import KEYWORDS, find_secrets, scan_text

Fill = Callable[[str, int], str]

BEGIN, END = "-----" + "BEGIN ", "-----" + "END "


def ids(name: str, text: str) -> list[str]:
    return [secret.pattern for secret in scan_text(name, text)]


FOUND = [
    ("app.py", 'password = "hunter2"'),
    ("app.py", 'db_password = "Tr0ub4dor&3"'),
    ("app.py", 'password = "swordfish"'),
    ("app.py", 'PASSWORD = os.getenv("DB_PASSWORD", "hunter2")'),
    ("app.py", 'define("DB_PASSWORD", "hunter2")'),
    ("app.py", 'client.set_password("hunter2")'),
    ("app.py", 'if password == "hunter2":'),
    ("app.py", 'password: str = "hunter2"'),
    ("app.py", r'body = "{\"password\": \"hunter2\"}"'),
    ("app.rs", 'let password = String::from("hunter2");'),
    ("app.rs", 'const DB_PASSWORD: &\'static str = "hunter2";'),
    ("app.ts", "const secret = process.env.SECRET ?? '9fK2mQ7xVb3R';"),
    (".env", "DB_PASSWORD=p4ss;w0rd&x"),
    ("app.yaml", "password: hunter2"),
    ("Dockerfile", "ENV DB_PASSWORD hunter2"),
    (".netrc", "machine a.invalid login b password hunter2"),
    ("pom.xml", "<password>hunter2</password>"),
    ("run.sh", "tool --password hunter2"),
    ("app.py", 'subprocess.run(["tool", "--password", "hunter2"])'),
    ("app.cs", '"Server=db.invalid;User Id=sa;Password=hunter2;"'),
    ("app.py", 'connect("dbname=app user=b password=hunter2 host=c")'),
    ("app.xml", '<property name="password" value="hunter2"/>'),
    ("app.py", 'password = ("hunter2")'),
    ("app.py", 'ADMIN_PASSWORD = "admin123"'),
    (".htpasswd", "admin:$apr1$" + "a8Xk2mQ9$" + "Zk3v9QmT1xB7cN5pL2sR80"),
]


@pytest.mark.parametrize(("name", "line"), FOUND)
def test_literal_of_a_secret_name_is_found(name: str, line: str) -> None:
    """These are the forms in which passwords get into repositories."""
    (secret,) = scan_text(name, line)
    assert secret.severity <= Severity.MEDIUM
    assert "hunter2" not in secret.evidence


NOT_FOUND = [
    ("app.py", 'password = "password"'),
    ("app.py", "password = get_password()"),
    ("app.py", 'password = config["password"]'),
    ("app.py", 'password = f"{user}1"'),
    ("app.py", 'tokenizer = "bert-base-uncased-v1"'),
    ("app.py", 'PASSWORD_FIELD = "passwd2"'),
    ("app.py", 'fields = ["username", "password", "email2"]'),
    ("app.py", 'password = password.encode("utf-8")'),
    ("app.py", '"AWS::IAM::AccessKey": "62d9f7c1a0b34e58"'),
    ("app.py", 'pad_token = "a8Xk2mQ9Zk3v9QmT"'),
    ("app.py", 'secret_name = "prod/db2/creds"'),
    ("app.py", "token = tokens[3]"),
    ("app.py", 'token = "access_token_v2"'),
    ("app.py", 'password_hash = "$2b$12$VasE3LSEOB5yXnczLWQTnAJ1bHKUsNx3axg2LHr"'),
    ("app.py", "connect(host=host, user=user, password=password1 )"),
    ("app.js", "password: t('password.label1'),"),
    ("de.json", '"password": "Passwort"'),
    ("de.json", '"password": "Kennwort eingeben"'),
    ("es.json", '"password": "ContraseÃ±a"'),
    ("app.yaml", "password: !vault |"),
    ("app.yaml", "password: ${PASSWORD1}"),
    ("package-lock.json", '"token": "sha512-9fK2mQ7xVb3Rp8Lw0sTz"'),
    ("app.py", 'url = "https://user:pass@host.invalid/"'),
    ("app.py", 'url = "https://user:${PASS}@host.invalid/"'),
    ("app.py", "Authorization: Basic authentication"),
    ("app.py", "AKIA" + "IOSFODNN7EXAMPLE"),
    ("setup.cfg", "home = $apr1$" + "a8Xk2mQ9$" + "Zk3v9QmT1xB7cN5pL2sR80"),
]


@pytest.mark.parametrize(("name", "line"), NOT_FOUND)
def test_reference_or_text_is_no_secret(name: str, line: str) -> None:
    """A scanner that cries at these is switched off."""
    assert scan_text(name, line) == []


def pem(kind: str, body: str, joint: str = "\n") -> str:
    rows = [body[at : at + 64] for at in range(0, len(body), 64)]
    return joint.join([f"{BEGIN}{kind}-----", *rows, f"{END}{kind}-----"])


@pytest.mark.parametrize("joint", ["\n", "\r\n", r"\n", '\\n" +\n    "'])
@pytest.mark.parametrize(
    "kind",
    ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "PGP PRIVATE KEY BLOCK"],
)
def test_private_key_is_found_in_lines_and_in_literals(
    kind: str, joint: str, fill: Fill
) -> None:
    """Keys are pasted as files, as escaped literals and as concatenated ones."""
    text = "first\nkey = " + pem(kind, fill("MIIE{b64:400}", 1), joint) + "\nlast\n"
    (secret,) = scan_text("a.py", text)
    assert (secret.pattern, secret.confidence) == ("private-key", Confidence.HIGH)
    assert secret.line == 2
    assert secret.end_line == 2 + pem(kind, "a" * 404, joint).count("\n")


def test_header_without_a_key_is_none(fill: Fill) -> None:
    """Code that reads keys names the header; documentation shortens the body."""
    assert not ids(
        "a.py", f'if text.startswith("{BEGIN}PRIVATE KEY-----"):\n    pass\n'
    )
    assert not ids("a.md", pem("RSA PRIVATE KEY", "MIIE..."))
    assert not ids("a.md", pem("RSA PUBLIC KEY", fill("MIIE{b64:400}", 1)))


def test_encrypted_private_keys_are_left_alone(fill: Fill) -> None:
    """Without its passphrase such a key is of no use."""
    body = fill("MIIE{b64:400}", 1)
    assert not ids("a.pem", pem("ENCRYPTED PRIVATE KEY", body))
    locked = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" + body
    assert not ids(
        "a.pem", f"{BEGIN}RSA PRIVATE KEY-----\n{locked}\n{END}RSA PRIVATE KEY-----"
    )


@pytest.mark.parametrize(("cipher", "found"), [(b"none", True), (b"aes256-ctr", False)])
def test_openssh_key_says_whether_it_is_encrypted(
    cipher: bytes, found: bool, fill: Fill
) -> None:
    """OpenSSH has one header for both; the cipher's name is in the body."""
    size = len(cipher).to_bytes(4, "big")
    raw = b"openssh-key-v1\0" + size + cipher + fill("{alnum:300}", 1).encode()
    text = pem("OPENSSH PRIVATE KEY", b64encode(raw).decode())
    assert ("private-key" in ids("id_ed25519", text)) is found


def test_private_key_in_base64_is_found(fill: Fill) -> None:
    """Kubernetes keeps keys in base64 of PEM."""
    text = b64encode(pem("RSA PRIVATE KEY", fill("MIIE{b64:400}", 1)).encode()).decode()
    assert ids("kubeconfig", f"client-key-data: {text}") == ["encoded-private-key"]
    public = b64encode(pem("CERTIFICATE", fill("MIIE{b64:400}", 1)).encode()).decode()
    assert not ids("kubeconfig", f"client-certificate-data: {public}")


@pytest.mark.parametrize(
    ("encryption", "found"), [("none", True), ("aes256-cbc", False)]
)
def test_putty_key_without_passphrase_is_found(
    encryption: str, found: bool, fill: Fill
) -> None:
    """PuTTY keeps keys in a form of its own."""
    text = (
        f"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: {encryption}\nComment: a\n"
        f"Public-Lines: 1\n{fill('{b64:64}', 1)}\nPrivate-Lines: 1\n"
        f"{fill('{b64:48}', 2)}\nPrivate-MAC: {fill('{hex:64}', 3)}\n"
    )
    assert ("putty-private-key" in ids("a.ppk", text)) is found


def test_checksum_of_a_token_raises_confidence(fill: Fill) -> None:
    """Chance makes a right checksum once in four billion; a sample text has a wrong one."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    body = fill("{alnum:30}", 1)
    rest, check = crc32(body.encode()), ""
    while rest:
        rest, digit = divmod(rest, 62)
        check = digits[digit] + check
    (right,) = scan_text("a.py", "ghp_" + body + check.rjust(6, "0"))
    (wrong,) = scan_text("a.py", "ghp_" + body + "0abcd1")
    assert (right.confidence, wrong.confidence) == (Confidence.HIGH, Confidence.MEDIUM)


def test_overlapping_finds_are_one_and_the_vendor_wins(fill: Fill) -> None:
    """One leak is one finding, under the name that says where to revoke it."""
    token = fill("glpat-{word:20}", 1)
    assert ids("a.py", f'password = "{token}"') == ["gitlab-token"]
    assert ids("a.py", f'url = "https://oauth2:{token}@git.invalid/a"') == [
        "gitlab-token"
    ]
    assert ids("a.py", f'headers = {{"Authorization": "Bearer {token}"}}') == [
        "gitlab-token"
    ]


def test_places_in_text_that_is_not_ascii(fill: Fill) -> None:
    """Lines are counted in the text as it was given, whatever characters come before."""
    token = fill("ghp_{alnum:36}", 1)
    (secret,) = scan_text("a.py", f"# ÄÖÜ İ 漢字 🎉\n\nx = '{token}'  # é\n")
    assert (secret.line, secret.end_line) == (3, 3)
    assert "漢" not in secret.evidence


def test_keywords_that_others_share_are_told_by_index(fill: Fill) -> None:
    """The caller's automaton holds keywords of others, too, and passes on only ours."""
    text = "x = '" + fill("ghp_{alnum:36}", 1) + "'"
    last = text.index("ghp_") + 3
    (secret,) = find_secrets("a.py", text, [(last, KEYWORDS.index("ghp_"))])
    assert secret.pattern == "github-token"
    assert find_secrets("a.py", text, []) == []


def test_weak_places_are_less_severe_among_tests(fill: Fill) -> None:
    """A key or a URL among tests is mostly made for them; a vendor's token is real anywhere."""
    key = pem("PRIVATE KEY", fill("MIIE{b64:400}", 1))
    url = "postgres://app:" + fill("{password}", 1) + "@db.invalid/app"
    token = fill("ghp_{alnum:36}", 1)
    for text, among_tests in ((key, 1), (url, 1), (token, 2)):
        (secret,) = scan_text("src/a.py", text)
        (tried,) = scan_text("tests/a.py", text)
        assert (secret.severity, tried.severity) == (Severity.MEDIUM, among_tests)


def test_ten_megabytes_on_one_line_take_seconds(fill: Fill) -> None:
    """What is looked at around a keyword is bounded, however long the line."""
    line = 'a={token:b,key:c,"secret":d,password:e};' * 50_000
    line += fill("ghp_{alnum:36}", 1) + " " + line
    start = time.process_time()
    assert ids("a.min.js", line) == ["github-token"]
    assert time.process_time() - start < 10
