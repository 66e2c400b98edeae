#: bad address
import re

ADDRESS = re.compile(r"^([a-zA-Z0-9]+\s?)+$") #!


def is_address(line):
    return ADDRESS.match(line) is not None
#: good address
import re

ADDRESS = re.compile(r"^[a-zA-Z0-9]+(?:\s[a-zA-Z0-9]+)*\s?$")


def is_address(line):
    return ADDRESS.match(line) is not None
#: bad markdown
import re
from typing import NamedTuple


class Token(NamedTuple):
    kind: str
    text: str


def emphasis(text):
    found = re.search(r"\*((?:[^*]|\w+)*)\*$", text) #!
    return Token("em", found.group(1)) if found else None
#: good markdown
import re
from typing import NamedTuple


class Token(NamedTuple):
    kind: str
    text: str


def emphasis(text):
    found = re.search(r"\*([^*]*)\*$", text)
    return Token("em", found.group(1)) if found else None
