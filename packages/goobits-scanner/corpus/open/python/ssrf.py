#: bad webhook-test
import httpx
from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter()


class Hook(BaseModel):
    target: str
    event: str


@router.post("/hooks/test")
async def test_hook(hook: Hook):
    async with httpx.AsyncClient() as client:
        answer = await client.post(hook.target, json={"event": hook.event})  #!
    return {"status": answer.status_code, "body": answer.text}

#: good webhook-test
import httpx
from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter()


class Hook(BaseModel):
    event: str


@router.post("/hooks/test")
async def test_hook(hook: Hook):
    async with httpx.AsyncClient() as client:
        answer = await client.post("https://hooks.example.invalid/", json={"event": hook.event})
    return {"status": answer.status_code}

#: bad image-proxy
from urllib.request import Request, urlopen

from django.http import HttpResponse


def image(request):
    address = request.GET.get("src")
    upstream = urlopen(Request(address, headers={"User-Agent": "proxy"}))  #!
    return HttpResponse(upstream.read(), content_type=upstream.headers["Content-Type"])

#: good image-proxy
from urllib.parse import quote
from urllib.request import Request, urlopen

from django.http import HttpResponse


def image(request):
    address = "https://images.example.invalid/" + quote(request.GET.get("name"), safe="")
    upstream = urlopen(Request(address, headers={"User-Agent": "proxy"}))
    return HttpResponse(upstream.read(), content_type="image/png")
