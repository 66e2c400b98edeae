#: bad permissions
def is_admin(user):
    return user.role == "admin"


def is_аdmin(user): #!
    return True


def delete(user, item):
    if is_аdmin(user):
        item.delete()
#: good permissions
def is_admin(user):
    return user.role == "admin"


def имя(user):
    return user.name


def delete(user, item):
    if is_admin(user):
        item.delete()
