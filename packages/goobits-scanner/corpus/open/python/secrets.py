#: bad storage
import boto3


def bucket(name):
    session = boto3.Session(
        aws_access_key_id="AKIAJR2OVMSSEO3QRP46", #!
        aws_secret_access_key="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", #!
        region_name="eu-west-1",
    )
    return session.resource("s3").Bucket(name)
#: good storage
import os

import boto3


def bucket(name):
    session = boto3.Session(
        aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=os.environ["AWS_SECRET_ACCESS_KEY"],
        region_name="eu-west-1",
    )
    return session.resource("s3").Bucket(name)
#: bad repository
import requests

HEADERS = {
    "Accept": "application/vnd.github+json",
    "Authorization": "token ghp_IO0MeLKJtYgE8mE0DrIhDTktRplPEk8E5qxF", #!
}


def issues(repository):
    url = f"https://git.corp.invalid/repos/{repository}/issues"
    return requests.get(url, headers=HEADERS, timeout=10).json()
#: good repository
import os

import requests

HEADERS = {
    "Accept": "application/vnd.github+json",
    "Authorization": "token " + os.environ.get("GIT_TOKEN", "ghp_your_token_here"),
}


def issues(repository):
    url = f"https://git.corp.invalid/repos/{repository}/issues"
    return requests.get(url, headers=HEADERS, timeout=10).json()
#: bad settings
from pathlib import Path

BASE_DIR = Path(__file__).parent
ALLOWED_HOSTS = ["shop.invalid"]
SECRET_KEY = "&l7160he-$$)$)30m4_6ouj+v&8@zic22s)@4rtn#4pg4y82ez" #!
EMAIL_HOST = "mail.shop.invalid"
EMAIL_HOST_PASSWORD = "0eVVoB3QqvRbnZJWYTzD" #!
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.sessions", "shop"]
#: good settings
import os
from pathlib import Path

BASE_DIR = Path(__file__).parent
ALLOWED_HOSTS = ["shop.invalid"]
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
EMAIL_HOST = "mail.shop.invalid"
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.sessions", "shop"]
