#: bad requests-verify
import requests

session = requests.Session()


def fetch_invoice(number: int) -> dict:
    url = f"https://billing.example.invalid/invoices/{number}"
    return session.get(url, verify=False, timeout=10).json()  #!

#: good requests-verify
import requests

session = requests.Session()


def fetch_invoice(number: int) -> dict:
    url = f"https://billing.example.invalid/invoices/{number}"
    return session.get(url, verify="certs/internal.pem", timeout=10).json()

#: bad unverified-context
import ssl
import urllib.request

ssl._create_default_https_context = ssl._create_unverified_context  #!


def version() -> str:
    with urllib.request.urlopen("https://updates.example.invalid/latest") as answer:
        return answer.read().decode()

#: good unverified-context
import ssl
import urllib.request

context = ssl.create_default_context()


def version() -> str:
    url = "https://updates.example.invalid/latest"
    with urllib.request.urlopen(url, context=context) as answer:
        return answer.read().decode()

#: bad hostname-check
import ssl
import smtplib


def mailer():
    context = ssl.create_default_context()
    context.check_hostname = False  #!
    context.verify_mode = ssl.CERT_NONE  #!
    server = smtplib.SMTP("mail.example.invalid", 587)
    server.starttls(context=context)
    return server

#: good hostname-check
import ssl
import smtplib


def mailer():
    context = ssl.create_default_context()
    context.check_hostname = True
    context.verify_mode = ssl.CERT_REQUIRED
    server = smtplib.SMTP("mail.example.invalid", 587)
    server.starttls(context=context)
    return server

#: bad aiohttp-connector
import aiohttp


async def gather(urls):
    connector = aiohttp.TCPConnector(limit=8, ssl=False)  #!
    async with aiohttp.ClientSession(connector=connector) as session:
        for url in urls:
            async with session.get(url) as answer:
                yield await answer.text()

#: good aiohttp-connector
import aiohttp


async def gather(urls):
    connector = aiohttp.TCPConnector(limit=8, ssl=True)
    async with aiohttp.ClientSession(connector=connector) as session:
        for url in urls:
            async with session.get(url) as answer:
                yield await answer.text()

#: bad host-keys
from paramiko import AutoAddPolicy, SSHClient


def upload(path: str) -> None:
    with SSHClient() as client:
        client.set_missing_host_key_policy(AutoAddPolicy())  #!
        client.connect("files.example.invalid")
        client.open_sftp().put(path, "/srv/" + path)

#: good host-keys
from paramiko import RejectPolicy, SSHClient


def upload(path: str) -> None:
    with SSHClient() as client:
        client.load_system_host_keys()
        client.set_missing_host_key_policy(RejectPolicy())
        client.connect("files.example.invalid")
        client.open_sftp().put(path, "/srv/" + path)
