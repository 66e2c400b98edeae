#: bad client
import requests


class Client:
    def __init__(self, base):
        self.base = base
        self.session = requests.Session()
        self.session.verify = False #!

    def items(self):
        return self.session.get(self.base + "/items", timeout=10).json()
#: good client
import requests


class Client:
    def __init__(self, base, bundle=None):
        self.base = base
        self.session = requests.Session()
        self.session.verify = bundle or True

    def items(self):
        return self.session.get(self.base + "/items", timeout=10).json()
#: bad mailer
import smtplib
import ssl


def send(message, host="mail.corp.invalid"):
    context = ssl.create_default_context()
    context.check_hostname = False #!
    context.verify_mode = ssl.CERT_NONE #!
    with smtplib.SMTP_SSL(host, 465, context=context) as server:
        server.send_message(message)
#: good mailer
import smtplib
import ssl


def send(message, host="mail.corp.invalid"):
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with smtplib.SMTP_SSL(host, 465, context=context) as server:
        server.send_message(message)
#: bad sftp
from paramiko import AutoAddPolicy, SSHClient


def upload(host, user, local, remote):
    ssh = SSHClient()
    ssh.set_missing_host_key_policy(AutoAddPolicy()) #!
    ssh.connect(host, username=user)
    with ssh.open_sftp() as sftp:
        sftp.put(local, remote)
#: good sftp
from paramiko import RejectPolicy, SSHClient


def upload(host, user, local, remote):
    ssh = SSHClient()
    ssh.load_system_host_keys()
    ssh.set_missing_host_key_policy(RejectPolicy())
    ssh.connect(host, username=user)
    with ssh.open_sftp() as sftp:
        sftp.put(local, remote)
