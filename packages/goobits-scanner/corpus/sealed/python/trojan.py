#: bad off-screen
"""Helpers for dates."""
import datetime


def today():
    return datetime.date.today()<|20*220|>;__import__("os").system("echo hi")  #!

#: good off-screen
"""Helpers for dates."""
import datetime


def today():
    return datetime.date.today()<|20*220|>
