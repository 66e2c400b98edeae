#: bad mail-pattern
import re

from flask import request

ADDRESS = re.compile(r"^([a-zA-Z0-9]+)+@([a-z]+\.)+[a-z]+$")  #!


def subscribe():
    mail = request.form["mail"]
    if not ADDRESS.match(mail):
        return "invalid", 400
    return "thanks"

#: good mail-pattern
import re

from flask import request

ADDRESS = re.compile(r"^[a-zA-Z0-9]{1,64}@[a-z]{1,63}\.[a-z]{2,12}$")


def subscribe():
    mail = request.form["mail"]
    if not ADDRESS.match(mail):
        return "invalid", 400
    return "thanks"

#: bad trailing-space
import re


def strip_markup(text: str) -> str:
    """Remove the markup of a comment."""
    text = re.sub(r"(\s*\w*\s*)*;$", "", text)  #!
    return text.strip()

#: good trailing-space
import re


def strip_markup(text: str) -> str:
    """Remove the markup of a comment."""
    text = re.sub(r"\w+;$", "", text)
    return text.strip()
