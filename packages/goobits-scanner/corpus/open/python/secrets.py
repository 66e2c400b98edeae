#: bad aws-keys
import boto3

s3 = boto3.client(
    "s3",
    aws_access_key_id="AKIA<|>Q7ZT4XN5LWVK3RJD",  #!
    aws_secret_access_key="pV8n+Jt2<|>wQxZ4sLkR7mYc1bHdG6fTzUe9aWiN3oB",
)


def upload(path):
    s3.upload_file(path, "reports", path)

#: good aws-keys
import os

import boto3

s3 = boto3.client(
    "s3",
    aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"],
    aws_secret_access_key=os.environ["AWS_SECRET_ACCESS_KEY"],
)


def upload(path):
    s3.upload_file(path, "reports", path)

#: bad database-url
from sqlalchemy import create_engine

ENGINE = create_engine(
    "postgresql://billing:Xk9<|>vTq2LmZ7w@db.example.invalid:5432/billing",  #!
    pool_pre_ping=True,
)

#: good database-url
from os import environ

from sqlalchemy import create_engine

ENGINE = create_engine(
    environ.get("DATABASE_URL", "postgresql://user:password@localhost:5432/billing"),
    pool_pre_ping=True,
)

#: bad django-settings
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "k3$z@9w!<|>q7h+vn5^x2m8r&d4j6t1b0c-yfu(lg)ae_sp%io"  #!
ALLOWED_HOSTS = ["shop.example.invalid"]
ROOT_URLCONF = "shop.urls"

#: good django-settings
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
ALLOWED_HOSTS = ["shop.example.invalid"]
ROOT_URLCONF = "shop.urls"

#: bad slack-bot
class Notifier:
    token = "xoxb-<|>739201846512-840193756201-Vq8LmZ2xTk5RwN7yBc4JdHs9"  #!

    def __init__(self, client, channel="#builds"):
        self.client = client
        self.channel = channel

    def send(self, text):
        self.client.chat_postMessage(token=self.token, channel=self.channel, text=text)

#: good slack-bot
class Notifier:
    token = "xoxb-your-token-here"

    def __init__(self, client, channel="#builds", token=None):
        self.client = client
        self.token = token or self.token
        self.channel = channel

    def send(self, text):
        self.client.chat_postMessage(token=self.token, channel=self.channel, text=text)
