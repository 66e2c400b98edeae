#: bad access
def check(user):
    level = user.get("level")
    if level != "user‮ ⁦# admins only⁩ ⁦": #!
        return True
    return False


def allowed(users):
    return [user for user in users if check(user)]
#: good access
def check(user):
    level = user.get("level")
    if level != "user":  # admins only
        return True
    return False


GREETING = "שלום עולם"


def allowed(users):
    return [user for user in users if check(user)]
#: bad environment
import os


def mode(name, environment＿="prod"):
    flagᅟ = os.environ.get("APP_DEBUG") #!
    if name or flagᅟ:
        return "debug"
    return environment＿
#: good environment
import os


def mode(name, environment_="prod"):
    flag_é = os.environ.get("APP_DEBUG")
    if name and flag_é:
        return "debug"
    return environment_
#: bad transferlimit
LIMIT = 1000


def transfer(account, amount):
    """Move the amount; checks the limit first⁧ ''' ;return #⁩""" #!
    if amount > LIMIT:
        raise ValueError(amount)
    account.balance -= amount
#: good transferlimit
LIMIT = 1000
LABEL = "family: \U0001f468‍\U0001f469‍\U0001f467"
TEXT = "می‌خواهم"


def transfer(account, amount):
    """Move the amount; checks the limit first."""
    if amount > LIMIT:
        raise ValueError(amount)
    account.balance -= amount
