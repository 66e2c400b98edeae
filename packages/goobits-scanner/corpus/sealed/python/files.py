#: bad open-mask
import os


def daemonize(log):
    if os.fork():
        os._exit(0)
    os.setsid()
    os.umask(0)  #!
    return open(log, "a")

#: good open-mask
import os


def daemonize(log):
    if os.fork():
        os._exit(0)
    os.setsid()
    os.umask(0o077)
    return open(log, "a")
