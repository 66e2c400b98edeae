#: bad old-protocol
import socket
import ssl as tls


def open_channel(host, port):
    context = tls.SSLContext(tls.PROTOCOL_TLSv1)  #!
    context.load_default_certs()
    return context.wrap_socket(socket.create_connection((host, port)), server_hostname=host)

#: good old-protocol
import socket
import ssl as tls


def open_channel(host, port):
    context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    return context.wrap_socket(socket.create_connection((host, port)), server_hostname=host)

#: bad httpx-client
import httpx


class Api:
    def __init__(self, token):
        options = {"timeout": 5.0, "verify": False}
        self._client = httpx.Client(base_url="https://api.example.invalid", **options)  #!
        self._client.headers["Authorization"] = f"Bearer {token}"

#: good httpx-client
import httpx


class Api:
    def __init__(self, token):
        options = {"timeout": 5.0, "verify": True}
        self._client = httpx.Client(base_url="https://api.example.invalid", **options)
        self._client.headers["Authorization"] = f"Bearer {token}"

#: bad urllib3-pool
import ssl
import urllib3

urllib3.disable_warnings()
pool = urllib3.PoolManager(cert_reqs=ssl.CERT_NONE, assert_hostname=False)  #!


def fetch(path):
    return pool.request("GET", "https://nas.example.invalid" + path).data

#: good urllib3-pool
import ssl
import urllib3

pool = urllib3.PoolManager(cert_reqs=ssl.CERT_REQUIRED, ca_certs="nas.pem")


def fetch(path):
    return pool.request("GET", "https://nas.example.invalid" + path).data
