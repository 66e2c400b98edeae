#: bad deploy-key
import io

import paramiko

KEY = """-----BEGIN <|>RSA PRIVATE KEY-----
MIIEpAIBAAKCAQEAxv8Q2nT7Lr5WkZc9YbJ4mGdH1sPfE6uVtRq3oXiNaK0yCwBz
8hUeMjDgSl2FpQvA7nT4xKcZ1bYwRm5GsVtH9dLfJ6uPqE3oXiNaK0yCwBzhUeMj
DgSl2FpQvA7nT4xKcZ1bYwRm5GsVtH9dLfJ6uPqE3oXiNaK0yCwBzhUeMjDgSl2F
-----END RSA PRIVATE KEY-----"""  #!


def connect(client: paramiko.SSHClient) -> None:
    client.connect("h1.example.invalid", pkey=paramiko.RSAKey.from_private_key(io.StringIO(KEY)))

#: good deploy-key
import paramiko

HEADER = "-----BEGIN RSA PRIVATE KEY-----"


def connect(client: paramiko.SSHClient, path: str) -> None:
    with open(path) as stream:
        if not stream.readline().startswith(HEADER):
            raise ValueError("not a key")
    client.connect("h1.example.invalid", key_filename=path)

#: bad github-release
import httpx

TOKEN = "ghp_<|>R4mZx8KwLq2TvN6yBc1JdHs9PfUg3e0aXo7i"  #!


def release(tag: str) -> None:
    httpx.post(
        "https://git.example.invalid/releases",
        json={"tag_name": tag},
        headers={"Authorization": f"token {TOKEN}"},
    ).raise_for_status()

#: good github-release
import os

import httpx

TOKEN = os.getenv("GITHUB_TOKEN", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")


def release(tag: str) -> None:
    httpx.post(
        "https://git.example.invalid/releases",
        json={"tag_name": tag},
        headers={"Authorization": f"token {TOKEN}"},
    ).raise_for_status()
