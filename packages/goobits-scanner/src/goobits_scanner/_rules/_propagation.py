"""Packages that spread into other packages."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    HIGH,
    LIKELY,
    LOW,
    MALICE,
    MEDIUM,
    Rule,
)

_PUBLISH = (
    r"/\b(?:npm|yarn|pnpm)\s+(?:-\S+\s+)*publish\b(?!.*--dry-run)"
    r"|\btwine\s+upload\b|\bcargo\s+publish\b(?!.*--dry-run)"
    r"|\bpoetry\s+publish\b|\bflit\s+publish"
    r"\b|\bhatch\s+publish\b|\buv\s+publish\b|setup\.py\s.*\bupload\b|\bgem\s+push\b/"
)
_PUSH = (
    r"/\bgit\s+(?:-\S+\s+)*push\b|\bgh\s+repo\s+(?:create|edit\b.*public)"
    r"|\bgh\s+secret\s+list/"
)
_TOKEN_FILES = (
    r"/(?:^|\W)\.(?:npmrc|pypirc)$|\.cargo\W+credentials(?:\.toml)?$"
    r"|\.gem\W+credentials$|\.config\W+gh\W+hosts\.yml$/"
)
_FOREIGN = (
    r"/(?:\bnode_modules\W.*|^\0\W?|\.\.\W.*)package\.json$"
    r"|\bsite-packages\W.*\.py$|\bnode_modules\W.*\.[cm]?js$"
    r"|\.cargo\W+registry\W.*\.rs$/"
)
_WORKFLOW = r"/\.github\Wworkflows\W[^\s]*\.ya?ml$/"
_REPOSITORY = (
    r"/^https?:..api\.github\.com.(?:user.repos|orgs.[^\/]+.repos"
    r"|repos.[^\/]+.[^\/]+.(?:contents|git.refs|forks|dispatches|actions.secrets))/"
)

RULES = (
    Rule(
        "publishes-packages",
        "propagation",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "The code publishes packages",
        "A worm publishes itself with whatever tokens it finds.",
        "Publish from a workflow that people review.",
        {
            "python": (
                f"os.system(0: {_PUBLISH})",
                f"os.popen(0: {_PUBLISH})",
                f"subprocess.*(0/args: {_PUBLISH})",
                "twine.commands.upload.main()",
                "twine.commands.upload.upload()",
            ),
            "javascript": (
                f"child_process.*(0: {_PUBLISH})",
                r"child_process.*(0: /^(?:npm|yarn|pnpm)(?:\.cmd)?$/; 1: "
                r"/^publish\b(?!.*--dry-run)/)",
                f"execa.*(0: {_PUBLISH})",
                f"shelljs.exec(0: {_PUBLISH})",
                "libnpmpublish.publish()",
            ),
            "rust": (
                f".arg(0: {_PUBLISH})",
                ".arg(0: 'publish'; recv: <std.process.Command.new()> & !~param)",
                r".args(0: /^publish\b(?!.*--dry-run)/)",
            ),
        },
        bad={
            "python": ("import os\nos.system('twine upload dist/*')\n",),
            "javascript": (
                "require('child_process').execSync('npm publish --access public');\n",
            ),
            "rust": (
                "fn main() { std::process::Command"
                '::new("cargo").arg("publish").status(); }\n',
            ),
        },
        good={
            "python": ("import os\nos.system('twine check dist/*')\n",),
            "javascript": (
                "require('child_process').execSync('npm publish --dry-run');\n",
            ),
            "rust": (
                "fn main() { std::process::Command"
                '::new("cargo").arg("build").status(); }\n',
            ),
        },
    ),
    Rule(
        "publishing-token-read",
        "propagation",
        MALICE,
        MEDIUM,
        LIKELY,
        522,
        "Tokens that publish packages are read",
        "With them somebody else's package can be replaced.",
        "Leave them to the tool that publishes.",
        {
            "python": (
                f"open(0/file: {_TOKEN_FILES}) @with-reaching-out",
                f".read_text(recv: {_TOKEN_FILES}) @with-reaching-out",
                f"shutil.copy(0: {_TOKEN_FILES}) @with-reaching-out",
                r"subprocess.*(0/args: /\bnpm\s+(?:token\s+(?:list|create)"
                r"|config\s+get\s+\S*_authToken)/)",
                r"os.popen(0: /\bnpm\s+(?:token\s+(?:list|create)"
                r"|config\s+get\s+\S*_authToken)/)",
            ),
            "javascript": (
                f"fs.readFileSync(0: {_TOKEN_FILES}) @with-reaching-out",
                f"fs.readFile(0: {_TOKEN_FILES}) @with-reaching-out",
                f"fs.promises.readFile(0: {_TOKEN_FILES}) @with-reaching-out",
                r"child_process.*(0: /\bnpm\s+(?:token\s+(?:list|create)"
                r"|config\s+get\s+\S*_authToken)/)",
            ),
            "rust": (
                f"std.fs.read_to_string(0: {_TOKEN_FILES}) @with-reaching-out",
                f"std.fs.read(0: {_TOKEN_FILES}) @with-reaching-out",
                f"std.fs.File.open(0: {_TOKEN_FILES}) @with-reaching-out",
            ),
        },
        bad={
            "python": (
                "import os, subprocess\ntoken = open(os.path.expanduser('~/.pypirc')).read()\n"
                "subprocess.run(['twine', 'upload', 'a'])\n",
            ),
            "javascript": (
                "const text = require('fs').readFileSync(require('os').homedir() + '/.npmrc');\n"
                "fetch('https://a.invalid', { method: 'POST' });\n",
            ),
            "rust": (
                "fn main() { std::fs::read_to_stri"
                'ng("/root/.cargo/credentials.toml"); ureq::get(url); }\n',
            ),
        },
        good={
            "python": ("open('setup.cfg').read()\n",),
            "javascript": ("require('fs').readFileSync('package.json', 'utf8');\n",),
            "rust": ('fn main() { std::fs::read_to_string("Cargo.toml"); }\n',),
        },
    ),
    Rule(
        "foreign-package-written",
        "propagation",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "Files of another package are changed",
        "The change is in no release of that package, and survives this one.",
        "Offer the change to the other package.",
        {
            "python": (
                f"open(0/file: {_FOREIGN}; 0/file: !~param; 1/mode: /[wa+]/)",
                f".write_text(recv: {_FOREIGN}; recv: !~param)",
                "string /site-packages/ @with-reading-itself @with-writing",
                "site.getsitepackages() @with-reading-itself @with-writing",
            ),
            "javascript": (
                r"fs.writeFileSync(0: /\bnode_modules\W.*\.(?:[cm]?js|json)$/; 0: "
                r"!/\.cache/)",
                r"fs.writeFile(0: /\bnode_modules\W.*\.(?:[cm]?js|json)$/; 0: "
                r"!/\.cache/)",
                r"fs.appendFileSync(0: /\bnode_modules\W.*\.(?:[cm]?js|json)$/)",
                r"fs.writeFileSync(0: <require.resolve()>)",
                "string /node_modules/ @with-reading-itself @with-writing",
                "path.dirname(0: <process.execPath>) @with-writing",
            ),
            "rust": (
                r"std.fs.write(0: /\bnode_modules\W.*\.(?:[cm]?js|json)$"
                r"|\bsite-packages\W.*\.py$|\.cargo\W+registry\W/)",
            ),
        },
        bad={
            "python": (
                "open('/usr/lib/python3/site-packages/requests/api.py', "
                "'a').write(text)\n",
            ),
            "javascript": (
                "require('fs').writeFileSync('node_modules/express/index.js', text);\n",
            ),
            "rust": (
                'fn main() { std::fs::write("/root/.cargo/registry/src/a/lib.rs", '
                "TEXT); }\n",
            ),
        },
        good={
            "python": ("open('src/a.py', 'w').write(text)\n",),
            "javascript": ("require('fs').writeFileSync('package.json', text);\n",),
            "rust": ('fn main() { std::fs::write("src/lib.rs", TEXT); }\n',),
        },
    ),
    Rule(
        "pushes-code",
        "propagation",
        MALICE,
        LOW,
        LIKELY,
        506,
        "The code pushes to a repository or makes one",
        "With the user's own rights it changes what others will fetch.",
        "Leave pushing to people and to reviewed workflows.",
        {
            "python": (
                f"os.system(0: {_PUSH})",
                f"subprocess.*(0/args: {_PUSH})",
                f"requests.post(0: {_REPOSITORY})",
                f"requests.put(0: {_REPOSITORY})",
                "git.Repo().remote().push()",
                "github.Github().get_user().create_repo()",
            ),
            "javascript": (
                f"child_process.*(0: {_PUSH})",
                r"child_process.*(0: 'git'; 1: /^push\b/)",
                "fetch(0: " + _REPOSITORY + "; 1.method: 'POST' | 'PUT')",
                "axios.post(0: " + _REPOSITORY + ")",
                "axios.put(0: " + _REPOSITORY + ")",
                "@octokit.rest.Octokit().repos.createForAuthenticatedUser()",
                ".repos.createForAuthenticatedUser()",
                ".repos.createOrUpdateFileContents()",
            ),
            "rust": (
                f".arg(0: {_PUSH})",
                r".args(0: /^push\b/)",
            ),
        },
        bad={
            "python": ("import os\nos.system('git push --force')\n",),
            "javascript": (
                "require('child_process').execSync('git push origin main');\n",
            ),
            "rust": (
                'fn main() { std::process::Command::new("sh").arg("-c").arg("git '
                'push"); }\n',
            ),
        },
        good={
            "python": ("import os\nos.system('git pull')\n",),
            "javascript": ("require('child_process').execSync('git status');\n",),
            "rust": ('fn main() { std::process::Command::new("git").arg("pull"); }\n',),
        },
    ),
    Rule(
        "repositories-changed",
        "propagation",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "Repositories or machines are looked for, to be changed",
        "So a package spreads to what its users maintain and reach.",
        "Do not run it.",
        {
            "python": (
                "string /known_hosts/ @with-reading-itself",
                r"subprocess.*(0/args: /^git\b.*\b(?:commit|push)\b|^(?:npm|twine|cargo|poetry|uv) (?:publish|upload)\b/) @with-walking @with-writing",
                r"os.system(0: /\bgit\b.*\b(?:commit|push)\b|\b(?:npm|twine|cargo|poetry|uv) (?:publish|upload)\b/) @with-walking @with-writing",
            ),
            "javascript": (
                "string /known_hosts/ @with-reading-itself",
                r"child_process.*(0: /\bgit\b.*\b(?:commit|push)\b|\b(?:npm|yarn|pnpm) publish\b/) @with-walking @with-writing",
                r"child_process.*(0: /^(?:git|npm|yarn|pnpm)$/; 1: /\b(?:commit|push|publish)\b/) @with-walking @with-writing",
            ),
            "rust": (
                "string /known_hosts/ @with-reading-itself",
                r".args(0: /\b(?:commit|push|publish)\b/) @with-walking @with-writing",
            ),
        },
        bad={
            "python": (
                "import subprocess\nfrom pathlib import Path\nfor file in Path.home().rglob('setup.py'):\n"
                "    file.write_text(TEXT)\n    subprocess.run(['git', 'push'], cwd=file.parent)\n",
            ),
            "javascript": (
                "const fs = require('fs'); const cp = require('child_process');\n"
                "for (const name of fs.readdirSync(home)) {\n  fs.writeFileSync(name, text);\n"
                "  cp.execSync('npm publish', { cwd: name });\n}\n",
            ),
            "rust": (
                "fn main() { for one in walkdir::WalkDir::new(home) { std::fs::write(one, TEXT); "
                'Command::new("git").args(["commit", "-am", "a"]); } }\n',
            ),
        },
        good={
            "python": ("import subprocess\nsubprocess.run(['git', 'push'])\n",),
            "javascript": ("require('child_process').execSync('npm publish');\n",),
            "rust": ('fn main() { Command::new("git").args(["push"]); }\n',),
        },
    ),
    Rule(
        "workflow-written",
        "propagation",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "A workflow of a repository is written",
        "It runs with the repository's secrets at the next push.",
        "Let people add workflows.",
        {
            "python": (
                r"string /toJSON\(secrets\)/",
                f"open(0/file: {_WORKFLOW}; 1/mode: /[wax+]/)",
                f".write_text(recv: {_WORKFLOW})",
            ),
            "javascript": (
                r"string /toJSON\(secrets\)/",
                f"fs.writeFileSync(0: {_WORKFLOW})",
                f"fs.writeFile(0: {_WORKFLOW})",
                f"fs.promises.writeFile(0: {_WORKFLOW})",
                f"fs.appendFileSync(0: {_WORKFLOW})",
                f".createOrUpdateFileContents(*.path: {_WORKFLOW})",
            ),
            "rust": (
                r"string /toJSON\(secrets\)/",
                f"std.fs.write(0: {_WORKFLOW})",
                f"std.fs.File.create(0: {_WORKFLOW})",
            ),
        },
        bad={
            "python": ("open('.github/workflows/a.yml', 'w').write(text)\n",),
            "javascript": (
                "require('fs').writeFileSync('.github/workflows/a.yml', text);\n",
            ),
            "rust": (
                'fn main() { std::fs::write(".github/workflows/a.yml", TEXT); }\n',
            ),
        },
        good={
            "python": ("open('.github/workflows/a.yml').read()\n",),
            "javascript": ("require('fs').readFileSync('.github/workflows/a.yml');\n",),
            "rust": ('fn main() { std::fs::write("a.yml", TEXT); }\n',),
        },
    ),
    Rule(
        "secret-scanner-run",
        "propagation",
        MALICE,
        HIGH,
        LIKELY,
        522,
        "A scanner of secrets is run over the user's files",
        "Worms use the tools of defenders to find what they can use.",
        "Do not run it; whoever did should change every secret in their home folder.",
        {
            language: tuple(
                f"{call}({which}: /\\b(?:trufflehog|gitleaks"
                f"|noseyparker)\\b.*(?:filesystem|detect|dir|scan)/)"
                for call, which in calls
            )
            for language, calls in {
                "python": (
                    ("os.system", "0"),
                    ("os.popen", "0"),
                    ("subprocess.*", "0/args"),
                ),
                "javascript": (("child_process.*", "0"), ("execa.*", "0")),
                "rust": ((".arg", "0"),),
            }.items()
        },
        bad={
            "python": ("import os\nos.system('trufflehog filesystem ~ --json')\n",),
            "javascript": (
                "require('child_process').execSync('trufflehog filesystem / "
                "--json');\n",
            ),
            "rust": (
                'fn main() { std::process::Command::new("sh").arg("-c").arg("gitleaks '
                'dir /"); }\n',
            ),
        },
        good={
            "python": ("import os\nos.system('grep -r filesystem .')\n",),
            "javascript": ("require('child_process').execSync('eslint .');\n",),
            "rust": (
                'fn main() { std::process::Command::new("sh").arg("-c").arg("ls"); }\n',
            ),
        },
    ),
)
