#: bad bidi-comment
def transfer(account, amount, is_admin=False):
    if is_admin:  # <|202E|> <|2066|># only for staff <|2069|> <|2066|>  #!
        account.balance -= amount
    return account.balance

#: good bidi-comment
GREETINGS = {
    "he": "שלום עולם",
    "ar": "مرحبا بالعالم",
    "fa": "سلام دنیا",
}


def greet(language):
    return GREETINGS.get(language, "hello")

#: bad homoglyph
import hashlib


def verify(password, stored):
    return hashlib.sha256(password).digest() == stored


def v<|435|>rify(password, stored):  #!
    return True


def login(user, password):
    return v<|435|>rify(password, user.stored)

#: good homoglyph
import hashlib


def проверить(пароль, сохранённый):
    return hashlib.sha256(пароль).digest() == сохранённый


def login(user, password):
    return проверить(password, user.stored)

#: bad zero-width
ROLES = {"admin<|200B|>": 1, "user": 0}


def level(role):
    if role == "ad<|200B|>min":  #!
        return 9
    return ROLES.get(role, 0)

#: good zero-width
FAMILIES = ["👨<|200D|>👩<|200D|>👧", "👩<|200D|>💻"]
NAMES = {"fa": "می<|200C|>خواهم"}


def label(index):
    return FAMILIES[index] + " " + NAMES["fa"]
