"""A set of lines with and without secrets, made by chance from a fixed seed.

No secret here is real: each is drawn when the set is made. Run as a program, it prints the shares
of true and false lines that are reported, ours and (where it is installed) detect-secrets'.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import string
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

SEED = 20_260
ALPHABETS = {
    "alnum": string.ascii_letters + string.digits,
    "letter": string.ascii_letters,
    "low": string.ascii_lowercase + string.digits,
    "up": string.ascii_uppercase + string.digits,
    "b32": string.ascii_uppercase + "234567",
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "digit": "123456789",
    "word": string.ascii_letters + string.digits + "_-",
    "b64": string.ascii_letters + string.digits + "+/",
    "sym": string.ascii_letters + string.digits + "!@#%^&*_-+=",
}


class Line(NamedTuple):
    """One line of the set, the file that it lies in, and whether it holds a secret."""

    file: str
    text: str
    is_secret: bool


def fill(template: str, chance: random.Random) -> str:
    """Replace `{alphabet:size}`, `{uuid}`, `{jwt}` and `{password}` by random characters."""

    def draw(match: re.Match[str]) -> str:
        name, _, size = match[1].partition(":")
        if name in FILLS:
            return FILLS[name](chance)
        if name not in ALPHABETS:
            return match[0]
        low, _, high = size.partition("-")
        count = chance.randint(int(low), int(high or low))
        return "".join(chance.choice(ALPHABETS[name]) for _ in range(count))

    return re.sub(r"\{([a-zA-Z]\w*(?::\d+(?:-\d+)?)?)\}", draw, template)


def _uuid(chance: random.Random) -> str:
    return fill("{hex:8}-{hex:4}-4{hex:3}-a{hex:3}-{hex:12}", chance)


def _jwt(chance: random.Random) -> str:
    from base64 import urlsafe_b64encode

    head = urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=").decode()
    body = fill('{"sub":"u{digit:6}","iat":17{digit:8}}', chance)
    payload = urlsafe_b64encode(body.encode()).rstrip(b"=").decode()
    return f"{head}.{payload}." + fill("{word:43}", chance)


def _basic(chance: random.Random) -> str:
    from base64 import b64encode

    return b64encode(f"deploy:{_password(chance)}".encode()).decode()


def _password(chance: random.Random) -> str:
    """Make up a password as people do."""
    word = chance.choice(
        "hunter dragon Tr0ub4dor winter Summer s3cur3 Falcon tiger_ Zeppelin pizza p4nth3r "
        "Bubbles rosebud monkey Kestrel ops".split()
    )
    shapes: list[Callable[[], str]] = [
        lambda: word + fill("{digit:2}", chance),
        lambda: word + chance.choice("!&#@$%") + fill("{digit:3}", chance),
        lambda: fill("{alnum:12}", chance) + "7",
        lambda: fill("{sym:14}", chance) + "4",
        lambda: word.capitalize() + fill("20{digit:2}!", chance),
    ]
    return chance.choice(shapes)()


FILLS: dict[str, Callable[[random.Random], str]] = {
    "uuid": _uuid,
    "jwt": _jwt,
    "basic": _basic,
    "password": _password,
}

# Tokens that say by themselves whose they are.
TOKENS = """
AKIA{b32:16}
ASIA{b32:16}
AIza{word:35}
GOCSPX-{word:28}
ya29.{word:60}
LTAI{alnum:20}
dop_v1_{hex:64}
dapi{hex:32}
hvs.{word:95}
dp.st.{alnum:43}
dp.pt.{alnum:43}
pul-{hex:40}
ghp_{alnum:36}
gho_{alnum:36}
ghs_{alnum:36}
github_pat_{alnum:22}_{alnum:59}
glpat-{word:20}
glrt-{word:20}
gldt-{word:20}
npm_{alnum:36}
pypi-AgEIcHlwaS5vcmc{word:120}
rubygems_{hex:48}
cio{alnum:32}
dckr_pat_{word:27}
xoxb-{digit:11}-{digit:12}-{alnum:24}
xoxp-{digit:11}-{digit:11}-{digit:12}-{hex:32}
xapp-1-A{up:10}-{digit:13}-{hex:64}
https://hooks.slack.com/services/T{up:8}/B{up:10}/{alnum:24}
https://discord.com/api/webhooks/{digit:18}/{word:68}
{digit:10}:AA{word:33}
SG.{word:22}.{word:43}
key-{hex:32}
{hex:32}-us12
sk_live_{alnum:24}
rk_live_{alnum:24}
whsec_{alnum:32}
sq0atp-{word:22}
shpat_{hex:32}
rzp_live_{alnum:14}
sk-{alnum:20}T3BlbkFJ{alnum:20}
sk-proj-{word:48}T3BlbkFJ{word:48}
sk-ant-api03-{word:93}AA
hf_{letter:34}
r8_{alnum:37}
gsk_{alnum:52}
pplx-{alnum:48}
xai-{alnum:80}
NRAK-{up:27}
glsa_{alnum:32}_{hex:8}
glc_{alnum:60}
dt0c01.{up:24}.{up:64}
lin_api_{alnum:40}
figd_{word:40}
ntn_{alnum:46}
PMAK-{hex:24}-{hex:34}
shippo_live_{hex:40}
EZAK{alnum:54}
pnu_{alnum:36}
AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRYCE6MUA7L9X8GF2TVDW0S3
ATATT3{word:186}
{alnum:14}.atlasv1.{word:67}
{jwt}
""".split()

# Where a token is found.
HOLDERS = (
    ("app.py", 'TOKEN = "%s"'),
    ("app.py", "client = Client('%s', timeout=5)"),
    ("config.js", "const credentials = '%s';"),
    ("api.ts", "export const apiKey: string = `%s`;"),
    ("main.rs", 'let value = "%s".to_string();'),
    (".env", "VALUE=%s"),
    ("deploy.sh", "export THING=%s"),
    ("values.yaml", "  value: %s"),
    ("settings.json", '  "value": "%s",'),
    ("notes.md", "Use `%s` for now."),
    ("app.js", 'headers: { "X-Auth": "%s" },'),
)

# Values told by the names that hold them; `%` is the file.
NAMED = """
app.py % db_password = "{password}"
app.py % password: str = "{password}"
app.py % connect(host="db.invalid", user="app", password="{password}")
app.py % if password == "{password}":
app.py % os.environ["DB_PASSWORD"] = "{password}"
app.py % password = os.environ.get("DB_PASSWORD") or "{password}"
app.py % PASSWORD = os.getenv("APP_PASSWORD", "{password}")
app.py % requests.get(url, auth=("admin", "{password}"))
app.py % SECRET_KEY = "{sym:50}"
app.py % app.secret_key = "{alnum:24}"
app.py % aws_secret_access_key = "{b64:40}"
app.py % api_key = '{hex:32}'
app.py % headers = {"Authorization": "Bearer {alnum:40}"}
app.py % AUTH_TOKEN = b"{word:32}"
app.py % self.access_token = "{alnum:28}"
app.py % config = {"client_secret": "{word:32}"}
app.py % engine = create_engine("postgresql://app:{password}@db.invalid:5432/app")
app.py % ENCRYPTION_KEY = "{b64:43}="
app.py % jwt.encode(payload, key, headers={"token": "{hex:40}"})
app.js % const password = "{password}";
app.js % password: '{password}',
app.js % const API_KEY = '{alnum:32}';
app.js % const secret = process.env.JWT_SECRET || "{alnum:20}";
app.js % axios.defaults.headers.common["Authorization"] = "Bearer {word:40}";
app.js % mongoose.connect("mongodb+srv://app:{password}@cluster0.invalid/test");
app.js % fetch(`https://api.invalid/v1?api_key={hex:32}`)
app.js % clientSecret: "{word:40}",
app.js % session({ secret: "{alnum:18}" })
app.js % {"accessToken":"{alnum:40}"}
app.ts % private readonly apiToken: string = "{alnum:36}";
app.ts % dbPassword: "{password}",
app.ts % const encryptionKey = "{hex:64}";
main.rs % const API_KEY: &str = "{alnum:32}";
main.rs % let password = "{password}";
main.rs % let secret = String::from("{hex:40}");
main.rs % .basic_auth("admin", Some("{password}"))
.env % DB_PASSWORD={password}
.env % SECRET_KEY={hex:48}
.env % STRIPE_SECRET={alnum:32}
.env % export API_TOKEN={alnum:30}
.env % REDIS_URL=redis://:{alnum:20}@cache.invalid:6379/0
.env % TWILIO_AUTH_TOKEN={hex:32}
.env % DATADOG_API_KEY={hex:32}
.env % HEROKU_API_KEY={uuid}
.env % CLOUDFLARE_API_TOKEN={word:40}
.env % ALGOLIA_ADMIN_KEY={hex:32}
settings.ini % password = {password}
settings.ini % secret_key = {hex:40}
app.properties % spring.datasource.password={password}
values.yaml % password: {password}
values.yaml % password: "{password}"
values.yaml % api_key: {hex:32}
values.yaml % clientSecret: {word:36}
values.yaml % auth_token: '{alnum:32}'
values.yaml % ansible_ssh_pass: {password}
kubeconfig % token: {jwt}
config.toml % password = "{password}"
config.toml % token = "{alnum:40}"
config.json % "password": "{password}",
config.json % "api_key": "{hex:32}",
config.json % "client_secret": "{word:30}",
config.json % "auth": "{basic}"
main.tf % db_password = "{password}"
main.tf % secret_key = "{b64:40}"
Dockerfile % ENV DB_PASSWORD={password}
Dockerfile % ENV API_TOKEN {alnum:32}
Dockerfile % ARG NPM_TOKEN={alnum:36}
deploy.sh % PGPASSWORD={password} psql -h db.invalid
deploy.sh % curl -u admin:{password} https://api.invalid/
deploy.sh % curl -H "Authorization: Basic {basic}" https://api.invalid/
deploy.sh % curl -H "X-API-Key: {alnum:32}" https://api.invalid/
deploy.sh % docker login --username bot --password {password} registry.invalid
deploy.sh % sshpass -p '{password}' ssh root@host.invalid
.netrc % machine api.invalid login bot password {password}
.npmrc % //registry.invalid/:_authToken={uuid}
.pypirc % password = {password}
.git-credentials % https://bot:{alnum:24}@git.invalid
settings.xml % <password>{password}</password>
web.config % connectionString="Server=db.invalid;Database=app;User Id=sa;Password={password};"
app.py % CONNECTION = "DefaultEndpointsProtocol=https;AccountName=app;AccountKey={b64:86}=="
wp-config.php % define( 'DB_PASSWORD', '{password}' );
.htpasswd % admin:$apr1${alnum:8}${alnum:22}
"""

# What only looks like one.
CLEAN = """
app.py % password = os.environ["DB_PASSWORD"]
app.py % password = getpass.getpass("Password: ")
app.py % password = ""
app.py % password = "password"
app.py % password = "changeme"
app.py % password = config.get("database", "password")
app.py % password = "<your-password>"
app.py % token = "<token>"
app.py % token = request.headers.get("X-Token")
app.py % TOKEN_URL = "https://auth.invalid/oauth/token"
app.py % token_type = "bearer"
app.py % api_key = "YOUR_API_KEY"
app.py % api_key = "your-api-key-here"
app.py % API_KEY_HEADER = "X-API-Key"
app.py % api_key = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
app.py % secret_name = "prod/app/db-credentials"
app.py % SECRET_KEY = os.getenv("SECRET_KEY")
app.py % SECRET_KEY = "{{ secret_key }}"
app.py % password_field = "user_password"
app.py % parser.add_argument("--password", help="the password to use")
app.py % tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
app.py % pad_token = "<|endoftext|>"
app.py % bos_token: str = "[CLS]"
app.py % max_tokens = 4096
app.py % sha256 = "{hex:64}"
app.py % commit = "{hex:40}"
app.py % request_id = "{uuid}"
app.py % checksum: str = "{hex:32}"
app.py % user_id = "{uuid}"
app.py % PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
app.py % raise ValueError("password must have at least 8 characters")
app.py % logger.info("token: %s", token)
app.py % f"token={token}&secret={secret}"
app.py % password = f"{user}-{suffix}"
app.py % self.assertEqual(token, "token")
app.py % aws_access_key_id = "AKIAIOSFODNN7EXAMPLE"
app.py % aws_secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
app.py % url = "https://user:password@example.com/path"
app.py % url = f"postgres://{user}:{pw}@{host}/db"
app.py % DATABASE_URL = "postgresql://user:password@localhost/dbname"
app.py % image = "data:image/png;base64,iVBORw0KGgo{b64:60}"
app.py % key = "user:profile:settings"
app.py % primary_key = "account_id"
app.py % cache_key = "session-v{digit:1}-{digit:4}"
app.py % sort_key = "created_at"
app.py % csrf_token = "{{ csrf_token() }}"
app.py % SECRET_PATTERN = re.compile(r"[a-f0-9]{32}")
app.py % password_regex = "^(?=.*[A-Z])(?=.*[0-9]).{8,}$"
app.py % token = tokens[index + 1]
app.py % header = "-----BEGIN PRIVATE KEY-----"
app.py % assert secret == expected_secret
app.py % class TokenAuthentication(BaseAuthentication):
app.py % ("password", "Password"),
app.py % token = "REPLACE_ME"
app.py % token = "abcdefghijklmnopqrstuvwxyz123456"
app.py % token = "1234567890abcdef1234567890abcdef"
app.py % AUTH_BACKEND = "django.contrib.auth.backends.ModelBackend"
app.py % token = "secret-token-{digit:1}"
app.py % __version__ = "1.{digit:1}.{digit:2}"
app.py % "Authorization": f"Bearer {self.token}",
app.py % "Authorization": "Bearer <access_token>",
app.js % password: process.env.DB_PASSWORD,
app.js % const token = localStorage.getItem("token");
app.js % const token = await getToken();
app.js % password: "Please enter your password",
app.js % passwordLabel: "Password",
app.js % placeholder="Password"
app.js % type: "password",
app.js % <input type="password" name="password" autocomplete="current-password">
app.js % password: { type: String, required: true },
app.js % token: PropTypes.string,
app.js % export const SET_TOKEN = "SET_TOKEN";
app.js % secret: "keyboard_cat_placeholder",
app.js % apiKey: "${API_KEY}",
app.js % apiKey: import.meta.env.VITE_API_KEY,
app.js % const key = "arrowLeft";
app.js % fetch(`/reset?token=${token}`)
app.js % password: "required|min:8",
app.js % tokens: ["access", "refresh"],
app.js % integrity="sha384-{b64:64}"
app.ts % password: string;
app.ts % token?: string | null = null;
app.ts % authToken: "authToken",
app.ts % resetPasswordUrl: "/account/reset-password",
app.ts % passwordStrength: "medium",
app.ts % const PASSWORD_KEY = "app.password.storage";
main.rs % let token = env::var("API_TOKEN")?;
main.rs % password: Option<String>,
main.rs % #[serde(rename = "access_token")]
main.rs % Token::Ident("identifier")
.env % DB_PASSWORD=
.env % DB_PASSWORD=changeme
.env % API_KEY=your_api_key_here
.env % SECRET_KEY=${SECRET_KEY}
.env % TOKEN=<insert token>
.env % AUTH_ENABLED=true
.env % PASSWORD_MIN_LENGTH=12
.env % TOKEN_EXPIRY=3600s
settings.ini % password = %(db_password)s
settings.ini % secret_file = /run/secrets/db
values.yaml % password: ${DB_PASSWORD}
values.yaml % password: "{{ vault_db_secret }}"
values.yaml % token: ${{ secrets.GITHUB_TOKEN }}
values.yaml % secretName: app-tls-secret
values.yaml % secretKeyRef: {name: db, key: password}
values.yaml % password: !vault |
values.yaml % existingSecret: my-release-postgresql
values.yaml % digest: sha256:{hex:64}
values.yaml % uses: actions/checkout@{hex:40}
values.yaml % password: Passwort
values.yaml % passwd: required
values.yaml % token: string
en.json % "password": "Password",
en.json % "password": "Passwort",
en.json % "password": "Please enter your password",
en.json % "forgotPassword": "Forgot your password?",
en.json % "token": "Token",
en.json % "secret": "Secret key",
en.json % "newPassword": "Nuevo",
en.json % "apiKey": "API key",
package-lock.json % "integrity": "sha512-{b64:86}==",
package-lock.json % "resolved": "https://registry.invalid/jsonwebtoken/-/jsonwebtoken-9.0.{digit:1}.tgz",
yarn.lock % resolved "https://registry.invalid/tokenizer/-/tokenizer-1.0.0.tgz#{hex:40}"
poetry.lock % {file = "secret-1.0.tar.gz", hash = "sha256:{hex:64}"},
go.sum % github.com/x/secret v1.0.0 h1:{b64:43}=
Cargo.lock % checksum = "{hex:64}"
config.toml % password = "${DB_PASSWORD}"
config.toml % token-url = "https://auth.invalid/token"
config.json % "password": "string",
config.json % "tokenEndpoint": "https://auth.invalid/token",
config.json % "auth": "oauth2",
config.json % "secretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-{alnum:6}",
main.tf % password = var.db_password
main.tf % secret_id = aws_secretsmanager_secret.db.id
main.tf % key_name = "deploy-{digit:4}"
Dockerfile % ARG NPM_TOKEN
Dockerfile % ENV TOKEN=$TOKEN
Dockerfile % RUN --mount=type=secret,id=npm_token cat /run/secrets/npm_token
deploy.sh % curl -u "$USER:$PASSWORD" https://api.invalid/
deploy.sh % curl -H "Authorization: Bearer $TOKEN" https://api.invalid/
deploy.sh % export PASSWORD=$(pass show app/db)
deploy.sh % docker login --password-stdin registry.invalid
deploy.sh % git clone https://github.com/org/repo.git
.npmrc % //registry.invalid/:_authToken=${NPM_TOKEN}
notes.md % Set `API_KEY` to your API key, such as `sk-xxxxxxxxxxxxxxxx`.
notes.md % export GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
notes.md % Authorization: Bearer YOUR_TOKEN
notes.md % The token is valid for 30 minutes; the secret never expires.
notes.md % password: your password
page.html % <label for="password">Password</label>
page.html % <meta name="csrf-token" content="{b64:40}">
page.html % <script src="/a.js" integrity="sha256-{b64:43}="></script>
settings.xml % <password>${env.PASSWORD}</password>
settings.xml % <string name="password">Password</string>
app.py % password_hash = "$2b$12${alnum:53}"
app.py % def verify(password: str, token: str | None = None) -> bool:
app.py % token_pattern = r"(?u)\\b\\w\\w+\\b"
app.py % secret = Field(..., description="The client secret")
app.py % api_key: str = Field(default="", alias="apiKey")
app.py % PASSWORD_RESET_TIMEOUT = 259200
app.py % "pwd": "/home/user/project",
app.py % env["PWD"] = "/srv/app{digit:1}"
app.py % os.environ["AWS_SECRET_ACCESS_KEY"] = "testing"
app.py % access_key = "test"
app.py % auth = HTTPBasicAuth(username, password)
app.py % monkeypatch.setenv("API_TOKEN", "token")
app.py % token = Token(type="NAME", value="x1")
app.py % nonce = "{hex:24}"
app.py % etag = '"{hex:32}"'
app.py % trace_id = "{hex:32}"
app.py % ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
app.py % fingerprint = "SHA256:{b64:43}"
app.py % public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b64:43}"
app.py % next_token = "{b64:60}=="
app.py % md5 = "{hex:32}"
app.py % snapshot_id = "snap-{hex:17}"
app.py % secret_arn = "arn:aws:secretsmanager:us-east-1:{digit:12}:secret:app-{alnum:6}"
app.py % token_id = "{uuid}"
app.py % key_id = "{hex:16}"
app.js % const tokenTypes = "access|refresh";
app.js % const csrfToken = "{hex:40}";
app.js % token: "{{token}}",
app.js % sessionStorage.setItem("authToken", response.token);
app.js % export const passwordRules = "minlength: 8; required: lower;";
app.js % const hash = "{hex:40}";
app.js % passwordPlaceholder: "At least 8 characters",
app.js % { name: "password", type: "password", label: "Password" }
app.js % secretKey: config.secretKey,
app.ts % key: "{uuid}",
app.ts % export type Password = "weak" | "strong";
main.rs % const TOKEN_PREFIX: &str = "tok_";
main.rs % assert_eq!(token.kind, "identifier2");
values.yaml % image: registry.invalid/app@sha256:{hex:64}
values.yaml % passwordSecretRef: app-db-password
values.yaml % token_ttl: 24h
values.yaml % auth: basic
config.json % "gitHead": "{hex:40}",
config.json % "shasum": "{hex:40}",
config.json % "id": "{uuid}",
config.json % "password": "********",
pnpm-lock.yaml % resolution: {integrity: sha512-{b64:86}==}
uv.lock % { url = "https://pypi.invalid/x.whl", hash = "sha256:{hex:64}", size = {digit:5} },
notes.md % The default password is documented in the vendor's manual.
notes.md % mysql -u root -p
web.config % connectionString="Server=db;Integrated Security=true;"
"""


def _filled(table: str, chance: random.Random, times: int) -> Iterator[tuple[str, str]]:
    for row in table.strip().splitlines():
        file, _, template = row.partition(" % ")
        drawn = [fill(template, chance) for _ in range(times)]
        yield from ((file, text) for text in dict.fromkeys(drawn))


def make(seed: int = SEED) -> list[Line]:
    """Return the set: some 470 lines with a secret and 300 without."""
    chance = random.Random(seed)
    lines = []
    for template in TOKENS:
        for file, holder in chance.sample(HOLDERS, 3):
            lines.append(Line(file, holder % fill(template, chance), True))
    lines += [Line(file, text, True) for file, text in _filled(NAMED, chance, 3)]
    lines += [Line(file, text, False) for file, text in _filled(CLEAN, chance, 4)]
    return lines


def ours(lines: list[Line]) -> list[bool]:
    """Say of each line whether it is reported."""
    from goobits_scanner._secrets import scan_text

    return [bool(scan_text(line.file, line.text)) for line in lines]


def detect_secrets(lines: list[Line], program: str) -> list[bool]:
    """Say of each line whether detect-secrets reports it, every line in a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for index, line in enumerate(lines):
            place = root / str(index)
            place.mkdir()
            (place / line.file).write_text(line.text + "\n")
        command = [program, "scan", "--all-files", "--no-verify", "."]
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)
        found = {
            int(Path(name).parts[0]) for name in json.loads(done.stdout)["results"]
        }
    return [index in found for index in range(len(lines))]


def rates(lines: list[Line], reported: list[bool]) -> tuple[float, float]:
    """Return the shares of lines with a secret and of those without that are reported."""
    pairs = list(zip(lines, reported, strict=True))
    true = [hit for line, hit in pairs if line.is_secret]
    false = [hit for line, hit in pairs if not line.is_secret]
    return sum(true) / len(true), sum(false) / len(false)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def main() -> None:
    """Print the rates; with `-v` the lines that we get wrong, too."""
    lines = make()
    mine = ours(lines)
    shown = {"goobits-scanner": rates(lines, mine)}
    program = shutil.which("detect-secrets")
    if program:
        shown["detect-secrets"] = rates(lines, detect_secrets(lines, program))
    with_secret = sum(line.is_secret for line in lines)
    _say(f"{with_secret} lines with a secret, {len(lines) - with_secret} without")
    for name, (true, false) in shown.items():
        _say(f"{name:16} true {true:6.1%}  false {false:6.1%}")
    if "-v" in sys.argv:
        for line, hit in zip(lines, mine, strict=True):
            if hit != line.is_secret:
                kind = "missed" if line.is_secret else "false "
                _say(f"{kind} {line.file} {line.text}")


if __name__ == "__main__":
    main()
